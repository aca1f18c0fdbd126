"""Charts: one public function a chart, each returning a figure with its text alternative."""

from __future__ import annotations

from analysis.charts.area_comparison import area_comparison
from analysis.charts.chart import Chart
from analysis.charts.coverage_map import coverage_map
from analysis.charts.gap_bars import gap_bars, relative_distance
from analysis.charts.sensitivity_matrix import sensitivity_matrix
from analysis.charts.task_gantt import task_gantt
from analysis.charts.trajectories import trajectories
from analysis.charts.verdict_matrix import verdict_matrix

__all__ = [
    "Chart",
    "area_comparison",
    "coverage_map",
    "gap_bars",
    "relative_distance",
    "sensitivity_matrix",
    "task_gantt",
    "trajectories",
    "verdict_matrix",
]
