"""Reports: result frames told in sentences, tables and figures, for notebooks and their pages.

A notebook opens a report and shows its sections one after another; all wording comes from
:mod:`analysis.words`, all numbers from the result frames.
"""

from __future__ import annotations

from analysis.reports.agency import AgencyReport
from analysis.reports.coverage import CoverageReport
from analysis.reports.gap import GapReport
from analysis.reports.group import GroupReport
from analysis.reports.overview import OverviewReport
from analysis.reports.report import PlanReport, Report, ReportError
from analysis.reports.tasks import TasksReport
from analysis.reports.trend import TrendReport

__all__ = [
    "AgencyReport",
    "CoverageReport",
    "GapReport",
    "GroupReport",
    "OverviewReport",
    "PlanReport",
    "Report",
    "ReportError",
    "TasksReport",
    "TrendReport",
]
