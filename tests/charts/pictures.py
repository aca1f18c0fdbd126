"""What can be seen in a picture without knowing what it shows."""

from __future__ import annotations

import io

import numpy as np
from matplotlib import image
from matplotlib.colors import to_rgba

from analysis.charts import Chart
from analysis.charts.style import THEMES


def pixels(png: bytes) -> np.ndarray:
    """Return the pixels of a PNG: rows, columns, red-green-blue-alpha from 0 to 1."""
    return np.asarray(image.imread(io.BytesIO(png), format="png"))


def cut_off(chart: Chart) -> list[str]:
    """Return the edges of the picture that something reaches: there it may be cut off."""
    shown = pixels(chart.png())
    edges = {"top": shown[0], "bottom": shown[-1], "left": shown[:, 0], "right": shown[:, -1]}
    paper = np.array(to_rgba(THEMES[chart.theme].paper))
    return [name for name, edge in edges.items() if np.abs(edge - paper).max() > 1 / 255]
