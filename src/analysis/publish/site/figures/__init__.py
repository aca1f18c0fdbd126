"""The charts of the site."""

from __future__ import annotations

from typing import Any

from analysis.publish.site.figures.figure import Figure
from analysis.publish.site.writer import Writer

def _later(*_: Any, **__: Any) -> Figure | None:
    return None

trajectory = verdict_bars = gap_dots = task_timeline = coverage_map = _later
method_strip = country_line = agency_bars = _later
