"""Area comparison: the province beside the whole country, every common year of every series."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.charts import style
from analysis.charts.chart import Chart
from analysis.charts.labels import difference_symbol, label, symbol, value_text
from analysis.charts.rows import Row, first, records
from analysis.words import Words

NOTES = ("BEFORE_BREAK", "COMPARABILITY", "NEITHER_EXACT", "PERIOD", "STATUS")
"""The codes of ``definition_note``; each has the same letter in every figure."""

_LETTERS = dict(zip(NOTES, "abcde", strict=True))
_SIDES = ("province", "country")
_ROW, _HEAD, _LINE = 0.27, 0.66, 0.18  # heights in inches: a year, a title, a line of the foot
_LEFT, _RIGHT, _TEXT = 0.14, 0.50, 0.59  # where marks and texts stand across a panel
_FOOT_WIDTH = 150
_GAP = 8  # points between a mark and its value
_LEAST_SPAN = 0.2  # of the greatest value: what is nearly equal looks nearly equal


@dataclass(frozen=True)
class _Dumbbell:
    """One year of one series on its panel."""

    axes: Axes
    words: Words
    place: int
    row: Row
    across: dict[str, float]


def area_comparison(areas: pd.DataFrame, language: str = "vi", theme: str = "light") -> Chart:
    """Draw one dumbbell a year for every series that both areas have: province and country.

    Every value is printed beside its mark, with who is better off in words. Letters mark how the
    two values differ in what they measure; values of an earlier measure are grey.

    Parameters
    ----------
    areas
        Rows of the area frame (:func:`analysis.results.area_frame`), one a series and year.
    language
        ``vi`` or ``en``.
    theme
        ``light`` or ``dark``.

    Raises
    ------
    ValueError
        If there is no row: say it in a sentence instead.
    """
    if areas.empty:
        raise ValueError("the areas have no year in common: write a sentence instead")
    words = Words(language)
    parts = [part for _, part in areas.groupby("series_id", sort=False)]
    with style.house_style(theme):
        figure = _draw(parts, words)
    rows = " ".join(_alt_row(part, words) for part in parts)
    return Chart(figure, words("chart.areas_alt", rows=rows))


def note_codes(row: Row) -> list[str]:
    """Return the codes of a row's ``definition_note``."""
    note = row["definition_note"]
    return note.split() if isinstance(note, str) else []


def better_way(part: pd.DataFrame, words: Words) -> str:
    """Say which way is the better one for the series of these rows."""
    row = first(part)
    if part["better"].eq("not_comparable").all():
        return words("chart.areas_way.none")
    return words(f"chart.areas_way.{'rank' if row['unit_id'] == 'rank' else row['mode']}")


def who_is_better(row: Row, words: Words) -> str:
    """Say who is better off, and by how much the province's value is above or below."""
    amount = round(abs(row["difference"]), 6)
    unit = difference_symbol(row, words, amount)
    way = "above" if row["difference"] > 0 else "below" if row["difference"] < 0 else "level"
    return words(
        f"chart.areas_{way}",
        better=words(f"chart.areas_better.{row['better']}"),
        difference=words.quantity(amount, unit),
    )


def _draw(parts: list[pd.DataFrame], words: Words) -> Figure:
    foot = _foot_lines(parts, words)
    heights = [_HEAD + _ROW * len(part) for part in parts]
    total = sum(heights) + 0.45 + _LINE * len(foot)
    figure = Figure(figsize=(style.WIDTH, total))
    top = total
    for part, height in zip(parts, heights, strict=True):
        top -= height
        box = (0.02, top / total, 0.96, _ROW * len(part) / total)
        _panel(figure.add_axes(box), part, words)
    _legend(figure, parts, words, total)
    for line, text in enumerate(foot, start=1):
        bottom = 0.08 + _LINE * (len(foot) - line)
        figure.text(0.02, bottom / total, text, fontsize=style.SMALL, va="bottom")
    return figure


def _panel(axes: Axes, part: pd.DataFrame, words: Words) -> None:
    axes.set_xlim(0, 1)
    axes.set_ylim(len(part) - 0.5, -0.5)
    axes.set_axis_off()
    unit = symbol(first(part), words)
    axes.set_title(label(first(part), words) + (f" ({unit})" if unit else ""), pad=17)
    axes.annotate(
        better_way(part, words), (0, 1), (0, 5), xycoords="axes fraction",
        textcoords="offset points", color=style.look().quiet, fontsize=style.TEXT,
    )  # fmt: skip
    low, high = _span(part)
    for place, row in enumerate(records(part)):
        across = {
            side: _LEFT + (_RIGHT - _LEFT) * (row[f"{side}_value"] - low) / (high - low)
            for side in _SIDES
        }
        _draw_year(_Dumbbell(axes, words, place, row, across))


def _span(part: pd.DataFrame) -> tuple[float, float]:
    """Return the values at the left and at the right end of a panel's marks."""
    values = part[[f"{side}_value" for side in _SIDES]].to_numpy(dtype=float)
    low, high = float(values.min()), float(values.max())
    lacking = max(_LEAST_SPAN * float(np.abs(values).max()) - (high - low), 0.0)
    if lacking == high - low == 0.0:
        return low - 0.5, high + 0.5
    return low - lacking / 2, high + lacking / 2


def _draw_year(one: _Dumbbell) -> None:
    look, axes, ends = style.look(), one.axes, one.across
    axes.hlines(one.place, 0.05, _TEXT - 0.02, color=look.rule, linewidth=style.HAIR, zorder=0.5)
    axes.hlines(one.place, ends["province"], ends["country"], color=look.accent_soft, linewidth=3)
    axes.text(0, one.place, str(one.row["year"]), va="center", fontsize=style.LABEL)
    left = "province" if ends["province"] <= ends["country"] else "country"
    for side in reversed(_SIDES):
        _mark(one, side)
        _value(one, side, left=side == left)
    letters = ", ".join(_LETTERS[code] for code in note_codes(one.row))
    text = who_is_better(one.row, one.words) + (f"  ({letters})" if letters else "")
    axes.text(_TEXT, one.place, text, va="center", fontsize=style.TEXT)


def _mark(one: _Dumbbell, side: str) -> None:
    colour = _colour(one, side)
    one.axes.plot(
        one.across[side], one.place, marker="o" if side == "province" else "s",
        markersize=style.MARK, color=colour, markeredgewidth=style.LINE, zorder=3,
        markerfacecolor=colour if side == "province" else style.look().paper,
    )  # fmt: skip


def _value(one: _Dumbbell, side: str, *, left: bool) -> None:
    one.axes.annotate(
        one.words.number(one.row[f"{side}_value"]), (one.across[side], one.place),
        (-_GAP if left else _GAP, 0), textcoords="offset points", va="center",
        ha="right" if left else "left", fontsize=style.TEXT, color=_colour(one, side),
        fontweight="bold" if side == "province" else "normal",
        bbox={"facecolor": style.look().paper, "edgecolor": "none", "pad": 0.8}, zorder=2.5,
    )  # fmt: skip


def _colour(one: _Dumbbell, side: str) -> str:
    look = style.look()
    if not one.row[f"{side}_is_current_segment"]:
        return look.quiet
    return look.accent if side == "province" else look.ink


def _legend(figure: Figure, parts: list[pd.DataFrame], words: Words, total: float) -> None:
    look = style.look()
    marks = {
        "province": Line2D([], [], color=look.accent, marker="o", ls="none"),
        "country": Line2D([], [], color=look.ink, marker="s", mfc=look.paper, ls="none"),
        "earlier": Line2D([], [], color=look.quiet, marker="o", ls="none"),
    }
    if not any("BEFORE_BREAK" in note_codes(row) for part in parts for row in records(part)):
        del marks["earlier"]
    for name, mark in marks.items():
        mark.set_label(words(f"chart.areas_{name}"))
    foot = 0.1 + _LINE * len(_foot_lines(parts, words))
    figure.legend(
        handles=list(marks.values()), loc="lower left", ncols=3, borderaxespad=0,
        bbox_to_anchor=(0.015, foot / total), columnspacing=1.5, handletextpad=0.3,
    )  # fmt: skip


def _foot_lines(parts: list[pd.DataFrame], words: Words) -> list[str]:
    """Return what the letters mean that the figure uses."""
    used = {code for part in parts for row in records(part) for code in note_codes(row)}
    texts = [f"({_LETTERS[code]}) {words(f'definition_note.{code}')}" for code in NOTES
             if code in used]  # fmt: skip
    return textwrap.wrap("; ".join(texts), _FOOT_WIDTH, break_on_hyphens=False)


def _alt_row(part: pd.DataFrame, words: Words) -> str:
    years = [_alt_year(row, words) for row in records(part)]
    return words(
        "chart.areas_alt_row",
        label=label(first(part), words),
        way=better_way(part, words),
        years="; ".join(years),
    )


def _alt_year(row: Row, words: Words) -> str:
    province, country = (value_text(row, row[f"{side}_value"], words) for side in _SIDES)
    notes = [words(f"definition_note.{code}") for code in note_codes(row)]
    return words(
        "chart.areas_alt_year",
        year=row["year"],
        province=province,
        country=country,
        better=words(f"chart.areas_better.{row['better']}"),
        notes=f" ({', '.join(notes)})" if notes else "",
    )
