"""Results: tables and the current view, laid out as arrays, measured, and named again.

This is the one place where the plan's targets meet the observed values. It holds no formula
(those are in :mod:`analysis.measures`) and no wording.
"""

from __future__ import annotations

from analysis.results.gap import GAP_COLUMNS, gap_frame
from analysis.results.panel import Panel, panel
from analysis.results.trend import TREND_COLUMNS, trend_frame

__all__ = ["GAP_COLUMNS", "TREND_COLUMNS", "Panel", "gap_frame", "panel", "trend_frame"]
