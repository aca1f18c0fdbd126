"""Charts: one public function a chart, each returning a figure with its text alternative."""

from __future__ import annotations

from analysis.charts.chart import Chart
from analysis.charts.gap_bars import gap_bars, relative_distance
from analysis.charts.trajectories import trajectories

__all__ = ["Chart", "gap_bars", "relative_distance", "trajectories"]
