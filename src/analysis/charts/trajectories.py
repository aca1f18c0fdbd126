"""Trajectories: small multiples of every series with its targets, required path and breaks."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.charts import style
from analysis.charts.chart import Chart
from analysis.charts.labels import label, symbol, target_text, value_text
from analysis.charts.rows import Row, absent, first, records
from analysis.charts.trajectory import BREAK_DASHES, PATH_DASHES, Panel, fill, mark_of, panel_of
from analysis.words import Words

_COLUMNS = 2
_PANEL = (4.9, 2.75)


def trajectories(
    values: pd.DataFrame,
    gap: pd.DataFrame,
    breaks: pd.DataFrame,
    language: str = "vi",
    theme: str = "light",
) -> Chart:
    """Draw one small panel for every series that has two or more values.

    Parameters
    ----------
    values
        Rows of the current view of one area (``series_id, year, period, part_year, value, status,
        is_current_segment``).
    gap
        Rows of the gap frame for the same series, one a target year.
    breaks
        Declared breaks (``series_id, from_period``).
    language
        ``vi`` or ``en``.
    theme
        ``light`` or ``dark``.

    Raises
    ------
    ValueError
        If no series has two values: say it in a sentence instead.
    """
    words = Words(language)
    panels = [panel_of(name, values, gap, breaks, words) for name in several_values(values, gap)]
    if not panels:
        raise ValueError("no series has two or more values: write a sentence instead")
    with style.house_style(theme):
        figure = _draw(panels)
    rows = " ".join(_alt_row(panel) for panel in panels)
    return Chart(figure, words("chart.trend_alt", rows=rows))


def several_values(values: pd.DataFrame, gap: pd.DataFrame) -> list[str]:
    """Return the series, in the order of the gap frame, that have two or more values."""
    counts = values[values["value"].notna()].groupby("series_id").size()
    return [name for name in dict.fromkeys(gap["series_id"]) if counts.get(name, 0) >= 2]


def _draw(panels: list[Panel]) -> Figure:
    columns = min(_COLUMNS, len(panels))
    rows = math.ceil(len(panels) / columns)
    size = (_PANEL[0] * columns + (2.0 if columns == 1 else 0.0), _PANEL[1] * rows + 0.55)
    layout = ConstrainedLayoutEngine(h_pad=0.12, w_pad=0.1)
    figure = Figure(figsize=size, layout=layout)
    grid = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes, panel in zip(grid, panels, strict=False):
        fill(axes, panel)
    for axes in grid[len(panels) :]:
        axes.set_visible(False)
    figure.legend(handles=_legend(panels), loc="outside lower center", ncols=2 + columns)
    return figure


def _legend(panels: list[Panel]) -> list[Line2D | Patch]:
    look, words = style.look(), panels[0].words
    dots: dict[str, Any] = {"color": look.accent, "markersize": 5, "markeredgewidth": 1.3}
    fan: dict[str, Any] = {
        "facecolor": look.accent_soft,
        "edgecolor": look.accent,
        "linewidth": style.HAIR,
    }
    marks: dict[str, Line2D | Patch] = {
        "observed": Line2D([], [], marker="o", **dots),
        "unsure": Line2D([], [], marker="o", markerfacecolor=look.paper, ls="none", **dots),
        "part_year": Line2D([], [], marker="s", ls="none", **dots),
        "earlier": Line2D([], [], color=look.earlier, marker="o", markersize=4),
        "break": Line2D([], [], color=look.quiet, ls=BREAK_DASHES),
        "target_minimum": Line2D([], [], color=look.target, marker="^", markersize=5),
        "target_maximum": Line2D([], [], color=look.target, marker="v", markersize=5),
        "target_level": Line2D([], [], color=look.target),
        "target_range": Patch(color=look.target, alpha=0.75),
        "path": Line2D([], [], color=look.quiet, ls=PATH_DASHES),
        "projection": Line2D([], [], color=look.accent, ls=":"),
        "interval": Patch(**fan),
    }
    for name, handle in marks.items():
        handle.set_label(words(f"chart.{name}"))
    needed = _needed(panels)
    return [handle for name, handle in marks.items() if name in needed]


def _needed(panels: list[Panel]) -> set[str]:
    """Return the entries of the legend that some panel really shows."""
    current = pd.concat([panel.current for panel in panels])
    targets = {_target_name(row) for panel in panels for row in records(panel.targets)}
    ahead = [panel.ahead for panel in panels]
    tests = {
        "observed": len(current) > 0,
        "unsure": bool((~current["status"].eq("actual")).any()),
        "part_year": bool(current["part_year"].astype(bool).any()),
        "earlier": any(len(panel.earlier) for panel in panels),
        "break": any(panel.breaks for panel in panels),
        "path": any(panel.path for panel in panels),
        "projection": any(len(rows) for rows in ahead),
        "interval": any(rows["low"].notna().any() for rows in ahead),
    }
    return {name for name, true in tests.items() if true} | targets


def _target_name(row: Row) -> str:
    """Return the entry of the legend for a target; nothing where none is drawn."""
    if row["target_status"] != "stated":
        return ""
    if row["kind"] == "between":
        return "target_range"
    names = {"^": "target_minimum", "v": "target_maximum"}
    return names.get(mark_of(row), "target_level")


def _alt_row(panel: Panel) -> str:
    words, facts = panel.words, panel.facts
    values = panel.current if len(panel.current) else panel.values
    start, last = first(values), records(values)[-1]
    parts = [
        words("chart.targets_part", year=row["target_year"], target=target_text(row, words))
        for row in records(panel.targets)
    ]
    return words(
        "chart.trend_alt_row" if len(values) > 1 else "chart.trend_alt_one",
        label=label(facts, words),
        first=value_text(facts, start["value"], words, start.get("text")),
        first_year=start["year"],
        last=value_text(facts, last["value"], words, last.get("text")),
        last_year=last["year"],
        targets=", ".join(parts),
        rest="".join(_alt_rest(panel)),
    )


def _alt_rest(panel: Panel) -> list[str]:
    """Say what a panel shows beside values and targets."""
    words, row, rest = panel.words, panel.opened, []
    if len(panel.current) and len(panel.earlier):
        rest.append(words("chart.trend_alt_earlier", n=len(panel.earlier)))
    if row is not None and len(panel.ahead):
        low, high = (
            words.number(row[f"projection_{end}"], int(row["decimals"])) for end in ("low", "high")
        )
        projection = words.quantity(row["projection"], symbol(row, words), int(row["decimals"]))
        key = "point" if absent(row["projection_low"]) else "interval"
        facts = {"year": row["target_year"], "value": projection, "low": low, "high": high}
        rest.append(words(f"chart.trend_alt_{key}", **facts))
    return rest
