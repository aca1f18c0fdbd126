"""Sensitivity matrix: what each verdict would be from another base year or by another method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts import style
from analysis.charts.chart import Chart
from analysis.charts.labels import label, wrapped
from analysis.charts.rows import Row, first, records
from analysis.measures import METHODS
from analysis.words import Words

_OWN = "own"
_UNJUDGED = ("NOT_ASSESSABLE", "NO_DATA", "NO_TARGET", "")
_NAMES = 2.25  # inches for the names of the rows
_NAME_WIDTH = 31
_CELL_WIDTHS = {True: 11, False: 12}  # letters in a line of a cell: own method, published ones
_FOOT_WIDTH = 165
_LINE = 0.145  # inches for a line of text
_HEAD, _GAP = 0.62, 0.15
_STRIP = 0.05  # of a cell


@dataclass(frozen=True)
class _Line:
    """One series and target year: its name and the text of every cell, all wrapped."""

    name: str
    cells: list[tuple[Row, str]]

    @property
    def height(self) -> float:
        """Inches: those of the longest text."""
        texts = [self.name, *(text for _, text in self.cells)]
        return 0.14 + _LINE * max(text.count("\n") + 1 for text in texts)


@dataclass(frozen=True)
class _Block:
    """One of the two tables of the figure: its scenarios across, all rows down."""

    own: bool
    scenarios: list[Row]
    lines: list[_Line]

    @property
    def height(self) -> float:
        """Inches without the heads."""
        return sum(line.height for line in self.lines)


def sensitivity_matrix(frame: pd.DataFrame, language: str = "vi", theme: str = "light") -> Chart:
    """Draw every verdict under every scenario; those that differ from the default are framed.

    Above stands this project's method, from every base year, without and with values for context;
    below stand the published methods, each in its own words, with the mark of the verdict of this
    project that it comes to.

    Parameters
    ----------
    frame
        Rows of the sensitivity frame (:func:`analysis.results.sensitivity_frame`), with
        ``placed``: the verdict code by which a cell is coloured and marked, empty where a
        published method gives no judgement.
    language
        ``vi`` or ``en``.
    theme
        ``light`` or ``dark``.

    Raises
    ------
    ValueError
        If no scenario judges any row: say it in a sentence instead.
    """
    words = Words(language)
    rows = judged_somehow(frame)
    if rows.empty:
        raise ValueError("no scenario gives a verdict: write a sentence instead")
    with style.house_style(theme):
        figure = _draw(rows, words)
    keys = rows.groupby(["series_id", "target_year"], sort=False)
    texts = [_alt_row(part, words) for _, part in keys]
    return Chart(figure, words("chart.scenarios_alt", rows=" ".join(texts)))


def judged_somehow(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of those series and target years that at least one scenario judges."""
    judged = ~frame["placed"].isin(_UNJUDGED)
    keys = pd.MultiIndex.from_frame(frame[["series_id", "target_year"]])
    return frame[keys.isin(keys[judged])]


def scenario_name(row: Row, words: Words) -> str:
    """Return the name of a scenario: its base year, or the published method."""
    if row["method"] != _OWN:
        return words(f"method_short.{row['method']}")
    kind = "proxies" if row["include_proxy"] else "base"
    return words(f"chart.scenarios_{kind}", year=row["scenario_base_year"])


def cell_word(row: Row, words: Words) -> str:
    """Return what a scenario says: the verdict, the method's own class, or why neither."""
    if row["method"] == _OWN:
        return words(f"verdict_short.{row['verdict']}")
    if row["category"]:
        classes = {one.code: one for one in METHODS[row["method"]].categories}
        return str(getattr(classes[row["category"]], words.language))
    known = "not_covered" if row["reason"] == "MODE_NOT_COVERED" else "not_asked"
    return words(f"chart.scenarios_{known}")


def _draw(rows: pd.DataFrame, words: Words) -> Figure:
    own = rows["method"].eq(_OWN)
    blocks = [_block(rows[own], words, own=True), _block(rows[~own], words, own=False)]
    default = first(rows[rows["axis"].eq("default")])
    foot = wrapped(words("chart.scenarios_foot", year=default["scenario_base_year"]), _FOOT_WIDTH)
    bottom = 0.2 + _LINE * len(foot)
    top = total = sum(block.height + _HEAD + _GAP for block in blocks) + bottom
    figure = Figure(figsize=(style.WIDTH, total))
    left = _NAMES / style.WIDTH
    for block in blocks:
        top -= _HEAD + block.height
        box = (left, top / total, 0.99 - left, block.height / total)
        _table(figure.add_axes(box), block, words)
        top -= _GAP
    figure.text(
        0.01, 0.08 / total, "\n".join(foot), fontsize=style.SMALL, va="bottom",
        color=style.look().quiet,
    )  # fmt: skip
    return figure


def _block(rows: pd.DataFrame, words: Words, *, own: bool) -> _Block:
    width = _CELL_WIDTHS[own]
    lines = [
        _Line(
            _row_name(first(part), words),
            [(row, _cell_text(row, width, words)) for row in records(part)],
        )
        for _, part in rows.groupby(["series_id", "target_year"], sort=False)
    ]
    return _Block(own, [row for row, _ in lines[0].cells], lines)


def _row_name(row: Row, words: Words) -> str:
    name = words("chart.scenarios_row", label=label(row, words), year=row["target_year"])
    return "\n".join(wrapped(name, _NAME_WIDTH))


def _cell_text(row: Row, width: int, words: Words) -> str:
    head = words("chart.scenarios_differs") if _differs(row) else ""
    return "\n".join(wrapped(head + cell_word(row, words), width))


def _differs(row: Row) -> bool:
    return row["differs"] is not pd.NA and bool(row["differs"])


def _judged(row: Row) -> bool:
    return row["placed"] not in _UNJUDGED


def _table(axes: Axes, block: _Block, words: Words) -> None:
    axes.set_xlim(0, len(block.scenarios))
    axes.set_ylim(block.height, 0)
    axes.set_axis_off()
    _heads(axes, block, words)
    top = 0.0
    for line in block.lines:
        axes.annotate(
            line.name, (0, top + line.height / 2), (-8, 0), textcoords="offset points",
            ha="right", va="center", fontsize=style.TEXT,
        )  # fmt: skip
        for place, (row, text) in enumerate(line.cells):
            _cell(axes, row, text, (place, top, line.height))
        top += line.height


def _heads(axes: Axes, block: _Block, words: Words) -> None:
    kind = "own" if block.own else "published"
    head: dict[str, Any] = {"textcoords": "offset points", "va": "bottom"}
    axes.annotate(
        words(f"chart.scenarios_{kind}"), (0, 0), (-8, 4), ha="right", fontweight="bold",
        fontsize=style.LABEL, **head,
    )  # fmt: skip
    for place, row in enumerate(block.scenarios):
        name = str(row["scenario_base_year"]) if block.own else scenario_name(row, words)
        axes.annotate(
            "\n".join(wrapped(name, _CELL_WIDTHS[block.own])), (place + 0.5, 0), (0, 4),
            ha="center", fontsize=style.SMALL, **head,
            fontweight="bold" if row["axis"] == "default" else "normal",
        )  # fmt: skip
    if block.own:
        _spans(axes, block.scenarios, words)


def _spans(axes: Axes, scenarios: list[Row], words: Words) -> None:
    """Write above the base years whether values for context are used."""
    for proxies in (False, True):
        places = [at for at, row in enumerate(scenarios) if bool(row["include_proxy"]) is proxies]
        if places:
            axes.annotate(
                words(f"chart.scenarios_span.{'proxies' if proxies else 'base'}"),
                ((places[0] + places[-1] + 1) / 2, 0), (0, 19), textcoords="offset points",
                ha="center", va="bottom", fontsize=style.SMALL, color=style.look().quiet,
            )  # fmt: skip


def _cell(axes: Axes, row: Row, text: str, box: tuple[float, float, float]) -> None:
    look = style.look()
    place, top, height = box
    ground = look.none if _differs(row) else look.paper
    axes.add_patch(Rectangle((place, top), 1, height, fc=ground, ec=look.rule, lw=style.HAIR))
    if _judged(row):
        _mark(axes, row["placed"], box, ground)
    if _differs(row):
        frame = Rectangle((place + 0.012, top + 0.012), 0.976, height - 0.024, fill=False)
        frame.set(edgecolor=look.ink, linewidth=style.BOLD, zorder=2.5)
        axes.add_patch(frame)
    axes.text(
        place + (0.22 if _judged(row) else 0.1), top + height / 2, text, va="center",
        fontsize=style.SMALL, color=look.ink if _judged(row) else look.quiet, linespacing=1.15,
    )  # fmt: skip


def _mark(axes: Axes, code: str, box: tuple[float, float, float], ground: str) -> None:
    """Draw the colour and the mark of a verdict at the left of its cell."""
    place, top, height = box
    colour, mark = style.look().verdicts[code], style.MARKS[code]
    axes.add_patch(Rectangle((place, top), _STRIP, height, fc=colour, ec="none"))
    axes.plot(
        place + 0.14, top + height / 2, marker=mark.marker, markersize=5, color=colour,
        markerfacecolor=colour if mark.filled else ground, linestyle="none", zorder=3,
    )  # fmt: skip


def _alt_row(part: pd.DataFrame, words: Words) -> str:
    default = first(part[part["axis"].eq("default")])
    others: dict[str, list[str]] = {}
    for row in records(part):
        if _differs(row):
            others.setdefault(cell_word(row, words), []).append(scenario_name(row, words))
    listed = [f"{word} ({words.listing(names)})" for word, names in others.items()]
    silent = [
        scenario_name(row, words) for row in records(part) if row["placed"] in _UNJUDGED
        and row["method"] != _OWN
    ]  # fmt: skip
    others_said = words("chart.scenarios_alt_others", list="; ".join(listed))
    return words(
        "chart.scenarios_alt_row",
        label=label(default, words),
        year=default["target_year"],
        verdict=words(f"verdict_short.{default['verdict']}"),
        changes=others_said if listed else words("chart.scenarios_alt_none"),
        silent=words("chart.scenarios_alt_silent", list=words.listing(silent)) if silent else "",
    )
