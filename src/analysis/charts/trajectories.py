"""Trajectories: small multiples of every series with its targets, required path and breaks."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from analysis.charts import style
from analysis.charts.chart import Chart
from analysis.charts.labels import label, target_text, value_text
from analysis.charts.rows import Row, absent, first, records
from analysis.words import Words

_COLUMNS = 2
_PANEL = (4.9, 2.75)
_TITLE_WIDTH = 54
_LINE_WIDTH = 72
_LAST_YEAR = 2030
_CARETS = {"at_least": "^", "more_than": "^", "at_most": "v", "less_than": "v"}
_UP_DOWN = {"up": "^", "down": "v"}


@dataclass(frozen=True)
class _Panel:
    """What one panel draws: the values of a series, its gap rows and its breaks."""

    values: pd.DataFrame
    targets: pd.DataFrame
    breaks: list[float]
    words: Words

    @property
    def facts(self) -> Row:
        return first(self.targets)

    @property
    def current(self) -> pd.DataFrame:
        return self.values[self.values["is_current_segment"].astype(bool)]


def trajectories(
    values: pd.DataFrame, gap: pd.DataFrame, breaks: pd.DataFrame, language: str = "vi"
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

    Raises
    ------
    ValueError
        If no series has two values: say it in a sentence instead.
    """
    words = Words(language)
    panels = [_panel(name, values, gap, breaks, words) for name in several_values(values, gap)]
    if not panels:
        raise ValueError("no series has two or more values: write a sentence instead")
    with style.house_style():
        figure = _draw(panels)
    rows = " ".join(_alt_row(panel) for panel in panels)
    return Chart(figure, words("chart.trend_alt", rows=rows))


def several_values(values: pd.DataFrame, gap: pd.DataFrame) -> list[str]:
    """Return the series, in the order of the gap frame, that have two or more values."""
    counts = values[values["value"].notna()].groupby("series_id").size()
    return [name for name in dict.fromkeys(gap["series_id"]) if counts.get(name, 0) >= 2]


def _panel(
    name: str, values: pd.DataFrame, gap: pd.DataFrame, breaks: pd.DataFrame, words: Words
) -> _Panel:
    own = values[(values["series_id"] == name) & values["value"].notna()]
    starts = breaks.loc[breaks["series_id"] == name, "from_period"]
    return _Panel(
        own.sort_values("year").reset_index(drop=True),
        gap[gap["series_id"] == name].reset_index(drop=True),
        [float(str(period)[:4]) - 0.5 for period in starts],
        words,
    )


def _draw(panels: list[_Panel]) -> Figure:
    columns = min(_COLUMNS, len(panels))
    rows = math.ceil(len(panels) / columns)
    size = (_PANEL[0] * columns + (2.0 if columns == 1 else 0.0), _PANEL[1] * rows + 0.55)
    layout = ConstrainedLayoutEngine(h_pad=0.12, w_pad=0.1)
    figure = Figure(figsize=size, layout=layout)
    grid = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes, panel in zip(grid, panels, strict=False):
        _fill(axes, panel)
    for axes in grid[len(panels) :]:
        axes.set_visible(False)
    handles = _legend(panels)
    figure.legend(
        handles=handles, loc="outside lower center", ncols=2 + columns, frameon=False, fontsize=8
    )
    return figure


def _fill(axes: Axes, panel: _Panel) -> None:
    _frame(axes, panel)
    _breaks(axes, panel)
    _projection(axes, panel)
    _path(axes, panel)
    _targets(axes, panel)
    _observed(axes, panel)
    _last_value(axes, panel)


def _frame(axes: Axes, panel: _Panel) -> None:
    words = panel.words
    title = textwrap.fill(label(panel.facts, words), _TITLE_WIDTH)
    axes.set_title(f"{title}\n", fontsize=9)
    axes.annotate(
        _targets_line(panel),
        xy=(0, 1),
        xytext=(0, 5),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=7.8,
        color=style.TARGET,
    )
    axes.set_xlim(int(panel.values["year"].min()) - 0.7, _LAST_YEAR + 0.9)
    low, high = _value_range(panel)
    axes.set_ylim(low, high)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]))
    ordinal = panel.facts["mode"] == "level"
    axes.yaxis.set_major_locator(MultipleLocator(1) if ordinal else MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(round(value, 6))))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: str(int(value))))
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _value_range(panel: _Panel) -> tuple[float, float]:
    shown = [panel.values["value"], panel.targets["low"], panel.targets["high"]]
    levels = panel.targets["target_level"].where(panel.targets["kind"].eq("level"))
    shown += [levels, panel.targets["projection"]]
    numbers = pd.concat([part.astype(float) for part in shown]).dropna()
    low, high = float(numbers.min()), float(numbers.max())
    if panel.facts["mode"] == "level":
        return low - 0.6, high + 0.6
    pad = max(0.12 * (high - low), 0.02 * abs(high), 0.1)
    top = high + 1.6 * pad
    least, most = panel.facts["natural_min"], panel.facts["natural_max"]
    return (
        low - pad if absent(least) else max(low - pad, least - 0.5 * pad),
        top if absent(most) else min(top, most + 0.5 * pad),
    )


def _breaks(axes: Axes, panel: _Panel) -> None:
    start = axes.get_xlim()[0]
    for place in panel.breaks:
        if place > start:
            axes.axvline(place, color=style.QUIET, linestyle=(0, (1, 2)), linewidth=1.1)


def _projection(axes: Axes, panel: _Panel) -> None:
    row = _open_target(panel)
    if row is None or np.isnan(row["projection"]):
        return
    start, value, end = row["latest_year"], row["latest_value"], row["target_year"]
    axes.plot([start, end], [value, row["projection"]], color=style.ACCENT, linestyle=":")
    if not np.isnan(row["projection_low"]):
        low, high = row["projection_low"], row["projection_high"]
        axes.fill([start, end, end], [value, low, high], color=style.ACCENT_SOFT, alpha=0.45)


def _path(axes: Axes, panel: _Panel) -> None:
    row = _open_target(panel)
    if row is None or not _has_path(row):
        return
    ends = [row["base_year"], row["target_year"]]
    axes.plot(ends, [row["base_value"], _edge(row)], color=style.QUIET, dashes=(4, 3), lw=1.1)


def _has_path(row: Row) -> bool:
    """Tell whether there is a way to go: from a base that had not met the target."""
    return not (np.isnan(row["share_covered"]) or np.isnan(_edge(row)))


def _open_target(panel: _Panel) -> Row | None:
    rows = panel.targets[~panel.targets["due"].astype(bool)]
    rows = rows[rows["target_status"].eq("stated") & rows["mode"].ne("level")]
    rows = rows[rows["reason"].ne("STALE")]  # nothing is carried on from a value that is too old
    return None if rows.empty else records(rows)[-1]


def _edge(row: Row) -> float:
    edge = row["high"] if row["mode"] == "down" else row["low"]
    return float("nan") if absent(edge) else float(edge)


def _observed(axes: Axes, panel: _Panel) -> None:
    earlier = panel.values[~panel.values["is_current_segment"].astype(bool)]
    for _, part in earlier.groupby("segment"):
        axes.plot(part["year"], part["value"], color="#a7b1bb", linewidth=1.2)
        axes.scatter(part["year"], part["value"], s=16, color="#a7b1bb", zorder=3)
    current = panel.current
    # A level holds until the next one is reached; there is nothing between two levels.
    steps = "steps-post" if panel.facts["mode"] == "level" else "default"
    axes.plot(
        current["year"],
        current["value"],
        color=style.ACCENT,
        linewidth=1.8,
        drawstyle=steps,
        zorder=3,
    )
    sure = current["status"].eq("actual")
    for (part_year, known), points in current.groupby([current["part_year"].astype(bool), sure]):
        axes.scatter(
            points["year"],
            points["value"],
            s=26,
            marker="s" if part_year else "o",
            facecolor=style.ACCENT if known else style.PAPER,
            edgecolor=style.ACCENT,
            linewidth=1.3,
            zorder=4,
        )


def _targets(axes: Axes, panel: _Panel) -> None:
    for row in records(panel.targets):
        if row["target_status"] == "stated":
            _target(axes, row)


def _target(axes: Axes, row: Row) -> None:
    year = row["target_year"]
    if row["kind"] == "between":
        years = [year - 0.45, year + 0.45]
        axes.fill_between(years, row["low"], row["high"], color=style.TARGET, alpha=0.75, lw=0)
        return
    bound = row["target_level"] if row["kind"] == "level" else _bound(row)
    if not absent(bound):
        shape = _CARETS.get(row["kind"], _UP_DOWN.get(row["mode"], "_"))
        axes.plot([year - 0.45, year + 0.45], [bound, bound], color=style.TARGET, linewidth=2)
        axes.plot(year, bound, marker=shape, color=style.TARGET, markersize=7, zorder=2.4)


def _bound(row: Row) -> float:
    return float(row["low"]) if not absent(row["low"]) else float(row["high"])


def _last_value(axes: Axes, panel: _Panel) -> None:
    rows = panel.current if len(panel.current) else panel.values
    last = records(rows)[-1]
    low, high = axes.get_ylim()
    above = last["value"] < low + 0.7 * (high - low)
    axes.annotate(
        panel.words.number(last["value"]),
        xy=(last["year"], last["value"]),
        xytext=(-5, 7 if above else -7),
        textcoords="offset points",
        ha="right",
        va="bottom" if above else "top",
        fontsize=8.5,
        fontweight="bold",
        color=style.ACCENT,
        bbox={"facecolor": style.PAPER, "edgecolor": "none", "alpha": 0.75, "pad": 0.6},
        zorder=6,
    )


def _targets_line(panel: _Panel) -> str:
    words = panel.words
    years: dict[str, list[str]] = {}
    for row in records(panel.targets):
        years.setdefault(target_text(row, words), []).append(str(row["target_year"]))
    parts = [
        words("chart.targets_part", year=words.listing(same), target=target)
        for target, same in years.items()
    ]
    line = words("chart.targets_line", parts=" · ".join(parts))
    return textwrap.shorten(line, _LINE_WIDTH, placeholder=" …")


def _legend(panels: list[_Panel]) -> list[Line2D | Patch]:
    words = panels[0].words
    shown: list[tuple[str, Line2D | Patch]] = [
        ("observed", Line2D([], [], color=style.ACCENT, marker="o", markersize=5)),
        ("unsure", Line2D([], [], color=style.ACCENT, marker="o", mfc=style.PAPER, ls="none")),
        ("part_year", Line2D([], [], color=style.ACCENT, marker="s", markersize=5, ls="none")),
        ("earlier", Line2D([], [], color="#a7b1bb", marker="o", markersize=4)),
        ("break", Line2D([], [], color=style.QUIET, ls=(0, (1, 2)))),
        ("target", Line2D([], [], color=style.TARGET, marker="^", markersize=5)),
        ("path", Line2D([], [], color=style.QUIET, dashes=(4, 3))),
        ("projection", Line2D([], [], color=style.ACCENT, ls=":")),
        ("interval", Patch(color=style.ACCENT_SOFT, alpha=0.45)),
    ]
    needed = _needed(panels)
    for name, handle in shown:
        handle.set_label(words(f"chart.{name}"))
    return [handle for name, handle in shown if name in needed]


def _needed(panels: list[_Panel]) -> set[str]:
    """Return the entries of the legend that some panel really shows."""
    values = pd.concat([panel.values for panel in panels])
    current = values[values["is_current_segment"].astype(bool)]
    opened = [row for row in map(_open_target, panels) if row is not None]
    tests = {
        "observed": len(current) > 0,
        "unsure": bool((~current["status"].eq("actual")).any()),
        "part_year": bool(current["part_year"].astype(bool).any()),
        "earlier": len(current) < len(values),
        "break": any(panel.breaks for panel in panels),
        "target": True,
        "path": any(_has_path(row) for row in opened),
        "projection": any(not np.isnan(row["projection"]) for row in opened),
        "interval": any(not np.isnan(row["projection_low"]) for row in opened),
    }
    return {name for name, true in tests.items() if true}


def _alt_row(panel: _Panel) -> str:
    words, facts = panel.words, panel.facts
    values = records(panel.values)
    start, last = values[0], values[-1]
    parts = [
        words("chart.targets_part", year=row["target_year"], target=target_text(row, words))
        for row in records(panel.targets)
    ]
    return words(
        "chart.trend_alt_row",
        label=label(facts, words),
        first=value_text(facts, start["value"], words, start.get("text")),
        first_year=start["year"],
        last=value_text(facts, last["value"], words, last.get("text")),
        last_year=last["year"],
        targets=", ".join(parts),
    )
