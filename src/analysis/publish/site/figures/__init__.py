"""The charts of the site: one function a chart, each giving a :class:`Figure` or nothing.

A figure is a Vega-Lite spec in two widths and the words that say the same. Its still picture is
part of the page and whole without scripts; where scripts run, ``assets/charts.js`` draws the same
spec again so that its marks can be asked.
"""

from __future__ import annotations

from analysis.publish.site.figures.country import country_line
from analysis.publish.site.figures.coverage import coverage_map
from analysis.publish.site.figures.figure import Figure
from analysis.publish.site.figures.gaps import gap_dots
from analysis.publish.site.figures.methods import method_strip
from analysis.publish.site.figures.runtime import write_runtime
from analysis.publish.site.figures.timeline import task_timeline
from analysis.publish.site.figures.trajectory import trajectory
from analysis.publish.site.figures.verdicts import agency_bars, verdict_bars

__all__ = [
    "Figure",
    "agency_bars",
    "country_line",
    "coverage_map",
    "gap_dots",
    "method_strip",
    "task_timeline",
    "trajectory",
    "verdict_bars",
    "write_runtime",
]
