"""Reports: result frames told in sentences, tables and figures, for notebooks and their pages.

A notebook opens a report and shows its sections one after another; all wording comes from
:mod:`analysis.words`, all numbers from the result frames.
"""

from __future__ import annotations

from analysis.reports.gap import GapReport
from analysis.reports.group import GroupReport
from analysis.reports.report import PlanReport, Report, ReportError
from analysis.reports.trend import TrendReport

__all__ = ["GapReport", "GroupReport", "PlanReport", "Report", "ReportError", "TrendReport"]
