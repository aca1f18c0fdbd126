"""Verdict matrix: every target of the plan in one picture, told by colour and by sign.

A row is an indicator group, a column of cells a series, and the halves of a column are the target
years. The series of one indicator stand close together under its number, so that an indicator with
parts shows all of them and nothing has to be rolled up.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts import style
from analysis.charts.chart import Chart
from analysis.charts.labels import part_name
from analysis.charts.rows import Row, first, records
from analysis.words import Words

# All lengths are in inches; the axes cover the figure, one unit an inch, and y grows downwards.
_MARGIN, _LEFT = 0.12, 2.3
_NUMBER, _HALF, _SPACE = 0.18, 0.21, 0.12
_WIDEST_CELL = 0.62
_INDICATOR_GAP, _PART_GAP = 0.07, 0.012
_LEGEND_WIDTH, _LEGEND_LINE, _LEGEND_COUNT, _LEGEND_SIGN = 4.2, 0.205, 0.62, 0.42
_NAME_WIDTH, _NOTE_WIDTH, _NOTE_LINE = 24, 160, 0.15

_MET, _WORSE = style.MARKS["MET"].symbol, style.MARKS["NOT_MET"].symbol

SIGNS: Final = MappingProxyType(
    {code: mark.symbol for code, mark in style.MARKS.items()}
    | {
        "MAINTAINED": _MET * 2,  # then and now
        "LOST": _MET + _WORSE,  # then, but not now
        "WORSENING": _WORSE * 2,
        "NOT_APPLICABLE": "/",
        "NO_TARGET": "",
    }
)
"""The sign of every verdict code in a cell: the mark of its class, told apart within the class."""

_OPEN: Final = ("NOT_ASSESSABLE", "NO_TARGET", "NOT_APPLICABLE")
_PALE: Final = ("NO_DATA",)


@dataclass(frozen=True)
class _Layout:
    """Where things stand.

    Attributes
    ----------
    cells
        The rows of the gap frame, one a cell, with ``left, top, width`` and the texts of chart
        and alternative.
    heads
        One row a group: ``group_id, top, right``.
    years
        The target years, from top to bottom.
    """

    cells: pd.DataFrame
    heads: pd.DataFrame
    years: tuple[int, ...]

    @property
    def row(self) -> float:
        """Height of the row of a group."""
        return _NUMBER + _HALF * len(self.years) + _SPACE

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return _MARGIN + self.row * len(self.heads)


def verdict_matrix(gap: pd.DataFrame, language: str = "vi", theme: str = "light") -> Chart:
    """Draw the verdict on every target: rows of groups, one cell for each series and year.

    Parameters
    ----------
    gap
        Rows of the gap frame (:func:`analysis.results.gap_frame`) in plan order: ``series_id,
        indicator_id, group_id, part_vi, part_en, target_year, due, verdict`` are used.
    language
        ``vi`` or ``en``.
    theme
        ``light`` or ``dark``.

    Raises
    ------
    ValueError
        If there are no rows, or a verdict is none of those known.
    """
    if gap.empty:
        raise ValueError("no row of the gap frame: there is nothing to draw")
    if unknown := sorted(set(gap["verdict"]) - set(SIGNS)):
        raise ValueError(f"unknown verdict {', '.join(unknown)}: use some of {', '.join(SIGNS)}")
    words = Words(language)
    with style.house_style(theme):
        figure = _draw(_layout(gap), words)
    return Chart(figure, _alt(gap, words))


def _layout(gap: pd.DataFrame) -> _Layout:
    series = gap.drop_duplicates("series_id")
    column = series.groupby("group_id", sort=False).cumcount()
    parts = series.groupby("indicator_id", sort=False)
    starts, ends = parts.cumcount().eq(0), parts.cumcount(ascending=False).eq(0)
    width = min((style.WIDTH - _LEFT - _MARGIN) / (int(column.max()) + 1), _WIDEST_CELL)
    inset = starts.map({True: _INDICATOR_GAP / 2, False: _PART_GAP / 2})
    outset = ends.map({True: _INDICATOR_GAP / 2, False: _PART_GAP / 2})
    places = pd.DataFrame(
        {
            "series_id": series["series_id"],
            "left": _LEFT + column * width + inset,
            "width": width - inset - outset,
        }
    )
    years = tuple(int(year) for year in sorted(gap["target_year"].unique()))
    cells = gap.merge(places, on="series_id", how="left", validate="many_to_one")
    heads = _heads(cells, len(years))
    tops = cells["group_id"].map(heads.set_index("group_id")["top"])
    half = cells["target_year"].map(years.index) * _HALF
    return _Layout(cells.assign(top=tops + _NUMBER + half), heads, years)


def _heads(cells: pd.DataFrame, n_years: int) -> pd.DataFrame:
    ends = (cells["left"] + cells["width"]).groupby(cells["group_id"], sort=False).max()
    height = _NUMBER + _HALF * n_years + _SPACE
    tops = [_MARGIN + height * place for place in range(len(ends))]
    return pd.DataFrame({"group_id": ends.index, "right": ends.to_numpy(), "top": tops})


def _draw(layout: _Layout, words: Words) -> Figure:
    counts = _counts(layout.cells)
    left, top = _legend_place(layout, _legend_height(counts))
    foot = max(layout.bottom, top + _legend_height(counts))
    notes = _notes(layout, words)
    height = foot + 0.1 + _NOTE_LINE * len(notes) + 0.06
    figure = Figure(figsize=(style.WIDTH, height))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0.0, style.WIDTH)
    axes.set_ylim(height, 0.0)
    axes.set_axis_off()
    for head in records(layout.heads):
        _name_row(axes, head, layout, words)
    for cell in records(layout.cells):
        _cell(axes, cell["verdict"], (cell["left"], cell["top"], cell["width"]))
    _number_columns(axes, layout)
    _legend(axes, counts, (left, top), words)
    for place, line in enumerate(notes):
        _text(axes, (_MARGIN, foot + 0.1 + _NOTE_LINE * (place + 0.5)), line, quiet=True)
    return figure


def _text(
    axes: Axes, place: tuple[float, float], text: str, *, quiet: bool = False, **options: Any
) -> None:
    """Write a line, in the middle of its height: small and quiet, or plain."""
    look = style.look()
    plain: dict[str, Any] = {"fontsize": style.SMALL if quiet else style.TEXT, "va": "center"}
    axes.text(*place, text, **(plain | {"color": look.quiet if quiet else look.ink} | options))


def _name_row(axes: Axes, head: Row, layout: _Layout, words: Words) -> None:
    """Write number and short name of a group, and the years beside their halves."""
    top = head["top"] + _NUMBER
    middle = top + _HALF * len(layout.years) / 2
    name = textwrap.fill(words(f"group_short.{head['group_id']}"), _NAME_WIDTH)
    number: dict[str, Any] = {"ha": "right", "weight": "bold", "color": style.look().accent}
    _text(axes, (_MARGIN + 0.26, middle), str(head["group_id"]), fontsize=style.LABEL, **number)
    _text(axes, (_MARGIN + 0.36, middle), name, fontsize=style.LABEL)
    for place, year in enumerate(layout.years):
        _text(axes, (_LEFT - 0.06, top + _HALF * (place + 0.5)), str(year), quiet=True, ha="right")


def _number_columns(axes: Axes, layout: _Layout) -> None:
    """Write the number of an indicator over its series, on a rule where it has several."""
    for _, part in layout.cells.groupby(["group_id", "indicator_id"], sort=False):
        left, right = part["left"].min(), (part["left"] + part["width"]).max()
        top = part["top"].min()
        number = str(first(part)["indicator_id"])
        _text(axes, ((left + right) / 2, top - _NUMBER / 2), number, quiet=True, ha="center")
        if part["series_id"].nunique() > 1:
            line = style.look().quiet
            axes.plot([left, right], [top - 0.02] * 2, color=line, linewidth=style.HAIR)


def _cell(axes: Axes, verdict: str, place: tuple[float, float, float]) -> None:
    """Draw a cell; its label in the drawing is its verdict."""
    left, top, width = place
    look = style.look()
    ground = _ground(verdict)
    edge = {"NOT_ASSESSABLE": look.verdicts[verdict]}.get(verdict, look.rule)
    box = Rectangle(
        (left, top + 0.01),
        width,
        _HALF - 0.02,
        facecolor=ground,
        edgecolor=edge if verdict in _OPEN else ground,
        linewidth=style.HAIR,
        label=verdict,
    )
    axes.add_patch(box)
    faint = verdict in (*_OPEN, *_PALE)
    colour = look.quiet if faint else look.on(ground)
    middle = (left + width / 2, top + _HALF / 2)
    how: dict[str, Any] = {"ha": "center", "va": "center_baseline", "color": colour}
    if SIGNS[verdict]:
        _text(axes, middle, SIGNS[verdict], fontsize=style.LABEL, **how)


def _ground(verdict: str) -> str:
    """Return the colour of a cell: what has a verdict stands out from what has none."""
    look = style.look()
    if verdict in _OPEN:
        return look.paper
    return look.none if verdict in _PALE else look.verdicts[verdict]


def _counts(cells: pd.DataFrame) -> pd.DataFrame:
    """Count the verdicts that there are: a row a code, best first, and a column a year."""
    counts = pd.crosstab(cells["verdict"], cells["target_year"])
    return counts.reindex([code for code in style.CLASS_OF if code in counts.index])


def _legend_height(counts: pd.DataFrame) -> float:
    return (len(counts) + 2) * _LEGEND_LINE  # with a head and a sum


def _legend_place(layout: _Layout, height: float) -> tuple[float, float]:
    """Return the upper left corner of the legend: beside the short first rows, or below all."""
    left = style.WIDTH - _MARGIN - _LEGEND_WIDTH
    long = layout.heads.loc[layout.heads["right"] > left - 0.2, "top"]
    free = layout.bottom if long.empty else float(long.iloc[0])
    if free - _MARGIN >= height:
        return left, _MARGIN
    return _LEFT, layout.bottom + 0.1


def _legend(axes: Axes, counts: pd.DataFrame, corner: tuple[float, float], words: Words) -> None:
    """Write the key of the signs as a table: sign, word, number of targets by year, sums."""
    left, top = corner
    years = [str(year) for year in counts.columns]
    head = [words("chart.matrix_key"), *years]
    _legend_row(axes, (left, top), head, indent=0.0, weight="bold")
    for place, (code, row) in enumerate(counts.iterrows(), start=1):
        line = top + _LEGEND_LINE * place
        _cell(axes, str(code), (left, line, _LEGEND_SIGN))
        numbers = [words.number(n) if n else words("dash") for n in row]
        texts = [words(f"verdict_short.{code}"), *numbers]
        _legend_row(axes, (left, line), texts)
    line = top + _LEGEND_LINE * (len(counts) + 1)
    ends = [left, left + _LEGEND_WIDTH]
    axes.plot(ends, [line + 0.01] * 2, color=style.look().rule, linewidth=style.HAIR)
    _legend_row(axes, (left, line), [words("chart.matrix_sum"), *map(words.number, counts.sum())])


def _legend_row(
    axes: Axes,
    corner: tuple[float, float],
    texts: list[str],
    indent: float = _LEGEND_SIGN + 0.1,
    **options: Any,
) -> None:
    """Write a line of the legend: its name, and its numbers at the right."""
    left, middle = corner[0], corner[1] + _LEGEND_LINE / 2
    _text(axes, (left + indent, middle), texts[0], **options)
    for place, text in enumerate(texts[:0:-1]):
        end = left + _LEGEND_WIDTH - _LEGEND_COUNT * place
        _text(axes, (end, middle), text, ha="right", **options)


def _notes(layout: _Layout, words: Words) -> list[str]:
    """Return how the picture is read, in lines."""
    text = words(
        "chart.matrix_read",
        n=layout.cells["series_id"].nunique(),
        indicators=layout.cells["indicator_id"].nunique(),
        years=words.listing(map(str, layout.years)),
    )
    return textwrap.wrap(text, _NOTE_WIDTH)


def _alt(gap: pd.DataFrame, words: Words) -> str:
    """Say the counts of every year, then what is in every group, series by series."""
    counts = _counts(gap)
    totals = [_alt_total(year, counts[year], gap, words) for year in map(int, counts.columns)]
    groups = [_alt_group(part, words) for _, part in gap.groupby("group_id", sort=False)]
    return words(
        "chart.matrix_alt",
        series=gap["series_id"].nunique(),
        indicators=gap["indicator_id"].nunique(),
        totals=" ".join(totals),
        groups=" ".join(groups),
    )


def _alt_total(year: int, counts: pd.Series, gap: pd.DataFrame, words: Words) -> str:
    due = "due" if gap.loc[gap["target_year"].eq(year), "due"].any() else "open"
    head = words(f"chart.target_{due}", year=year)
    parts = [
        words("chart.matrix_alt_count", verdict=words(f"verdict_short.{code}"), n=n)
        for code, n in counts.items()
        if n
    ]
    return head + words("colon") + "; ".join(parts) + "."


def _alt_group(rows: pd.DataFrame, words: Words) -> str:
    number = first(rows)["group_id"]
    years = [
        words("chart.matrix_alt_year", year=year, parts=_alt_parts(part, words))
        for year, part in rows.groupby("target_year")
    ]
    name = words(f"group_short.{number}")
    return words("chart.matrix_alt_group", group=number, name=name, years=" ".join(years))


def _alt_parts(rows: pd.DataFrame, words: Words) -> str:
    """Name the series of one group and year by verdict."""
    parts = []
    for code in style.CLASS_OF:
        same = rows[rows["verdict"].eq(code)]
        if len(same):
            names = ", ".join(_name(row, words) for row in records(same))
            verdict = words(f"verdict_short.{code}")
            parts.append(words("chart.matrix_alt_list", verdict=verdict, list=names))
    return "; ".join(parts)


def _name(row: Row, words: Words) -> str:
    """Return the number of a series: that of its indicator, with the part if it is one."""
    part = part_name(row[f"part_{words.language}"])
    return f"{row['indicator_id']} ({part})" if part else str(row["indicator_id"])
