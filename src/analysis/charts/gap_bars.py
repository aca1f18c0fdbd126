"""Gap bars: the distance to the target of every series of a group, comparable across units."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts import style
from analysis.charts.chart import Chart
from analysis.charts.labels import gap_text, label, outcome, target_text, value_text
from analysis.charts.rows import Row, first, records
from analysis.words import Words

_LABEL_WIDTH = 34
_TEXT_WIDTH = 44
_WRAPPING: dict[str, Any] = {"break_on_hyphens": False, "break_long_words": False}
_ROW_HEIGHT = 0.62
_WIDTH = 11.0
_SPREAD = 100.0
_BAR_SHARE = 0.34  # of the width of a panel; the rest is for its texts


def relative_distance(frame: pd.DataFrame) -> pd.Series:
    """Return the signed distance to the target in per cent of the target.

    Negative is short of the target, zero or more is met, whichever direction is the better one.
    A target of zero has no such percentage and gives NaN, unless it is met (0).

    Parameters
    ----------
    frame
        Rows of the gap frame with ``mode, gap, signed_gap, relative_gap, met``.
    """
    against = np.where(frame["mode"].eq("down"), -1.0, 1.0)
    edge = (frame["gap"] / frame["relative_gap"]).where(frame["relative_gap"] > 0)
    known = edge.fillna(_printed_edge(frame)).replace(0.0, np.nan)
    signed = against * frame["signed_gap"] / known.abs() * 100.0
    inside = frame["mode"].eq("band") & frame["met"].eq(True)
    outside = frame["mode"].eq("band") & frame["met"].eq(False)
    signed = signed.mask(inside, 0.0).mask(outside, -signed.abs())
    whole: pd.Series = signed.mask(signed.isna() & frame["met"].eq(True), 0.0)
    return whole


def _printed_edge(frame: pd.DataFrame) -> pd.Series:
    bound = frame["high"].where(frame["mode"].eq("down"), frame["low"])
    return bound.fillna(frame["low"]).fillna(frame["high"]).astype(float)


def drawable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have both a value and a numerical target."""
    measured = frame["gap"].notna() & ~frame["mode"].eq("level")
    return frame[measured & frame["kind"].ne("text") & frame["target_status"].eq("stated")]


def gap_bars(frame: pd.DataFrame, language: str = "vi") -> Chart:
    """Draw the distance of every series to its targets, one panel a target year.

    Parameters
    ----------
    frame
        Rows of the gap frame (:func:`analysis.results.gap_frame`); those without a value or a
        numerical target are left out.
    language
        ``vi`` or ``en``.

    Raises
    ------
    ValueError
        If no row can be drawn: say it in a sentence instead.
    """
    words = Words(language)
    drawn = drawable(frame)
    if drawn.empty:
        raise ValueError("no row has a value and a numerical target: write a sentence instead")
    rows = shown(frame[frame["series_id"].isin(drawn["series_id"])], words)
    rows = rows.assign(distance=relative_distance, drawn=rows.index.isin(drawn.index))
    with style.house_style():
        figure = _draw(rows, words)
    return Chart(figure, _alt(rows[rows["drawn"]], words))


def _draw(rows: pd.DataFrame, words: Words) -> Figure:
    series = list(dict.fromkeys(rows["series_id"]))
    years = sorted(rows["target_year"].unique())
    height = 1.5 + _ROW_HEIGHT * len(series)
    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    panels = figure.subplots(1, len(years), sharey=True, squeeze=False)[0]
    span = _span(rows.loc[rows["drawn"], "distance"])
    for axes, year in zip(panels, years, strict=True):
        _panel(axes, rows[rows["target_year"] == year], series, span, words)
        axes.set_title(_year_title(rows, int(year), words))
    _name_rows(panels[0], rows, series, words)
    figure.supxlabel(words("chart.gap_axis"), fontsize=8, color=style.QUIET)
    return figure


def _year_title(rows: pd.DataFrame, year: int, words: Words) -> str:
    due = bool(rows.loc[rows["target_year"] == year, "due"].any())
    return words("chart.target_due" if due else "chart.target_open", year=year)


def _span(distance: pd.Series) -> tuple[float, float]:
    """Return the shown part of the axis, with room for the texts beside the bars."""
    low = max(-_SPREAD, min(0.0, float(distance.min(skipna=True) or 0.0)))
    high = min(_SPREAD, max(0.0, float(distance.max(skipna=True) or 0.0)))
    width = max(high - low, 4.0) * 1.1
    return high - width, high - width + width / _BAR_SHARE


def _panel(
    axes: Axes, rows: pd.DataFrame, series: list[str], span: tuple[float, float], words: Words
) -> None:
    axes.set_xlim(*span)
    axes.set_ylim(len(series) - 0.4, -0.6)
    axes.axvline(0, color=style.INK, linewidth=1.0)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(_tick_places(span))
    axes.grid(axis="x")
    for row in records(rows):
        _bar(axes, row, series.index(row["series_id"]), span, words)


def _tick_places(span: tuple[float, float]):  # type: ignore[no-untyped-def]
    """Tick only where bars can be: the room to the right holds text."""
    from matplotlib.ticker import FixedLocator, MaxNLocator

    low, high = span
    end = low + (high - low) * _BAR_SHARE
    ticks = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(low, end)
    return FixedLocator([tick for tick in ticks if low <= tick <= max(end, 0.0)])


def _bar(axes: Axes, row: Row, place: int, span: tuple[float, float], words: Words) -> None:
    start = span[0] + (span[1] - span[0]) * (_BAR_SHARE + 0.04)
    if not row["drawn"]:
        text = words("verdict_short." + row["verdict"])
        axes.text(start, place, text, va="center", fontsize=8, color=style.QUIET)
        return
    colour = style.VERDICT_COLOURS[row["verdict"]]
    known = not np.isnan(row["distance"])
    end = float(np.clip(row["distance"], -_SPREAD, _SPREAD)) if known else 0.0
    if known:
        beyond = abs(row["distance"]) > _SPREAD
        shape = ("<" if end < 0 else ">") if beyond else "o"
        axes.hlines(place, 0, end, color=colour, linewidth=5)
        axes.plot(end, place, marker=shape, markersize=9, color=colour, clip_on=False)
    axes.text(
        start,
        place,
        "\n".join(_bar_texts(row, words)),
        va="center",
        fontsize=8,
        linespacing=1.35,
    )


def _bar_texts(row: Row, words: Words) -> list[str]:
    verdict = words("verdict_short." + row["verdict"])
    head = verdict if row["met"] else f"{verdict} · {gap_text(row, words)}"
    value = f"{words.number(row['judged_value'])} ({words.period(row['value_period'])})"
    detail = words("chart.against", value=value, target=row["target_shown"])
    return [
        line for text in (head, detail) for line in textwrap.wrap(text, _TEXT_WIDTH, **_WRAPPING)
    ]


def _name_rows(axes: Axes, rows: pd.DataFrame, series: list[str], words: Words) -> None:
    names = [
        textwrap.fill(label(row, words), _LABEL_WIDTH)
        for row in records(rows.drop_duplicates("series_id"))
    ]
    axes.set_yticks(range(len(series)), names, color=style.INK, fontsize=8.5)


def _alt(rows: pd.DataFrame, words: Words) -> str:
    texts = []
    for _, part in rows.groupby("series_id", sort=False):
        parts = [
            words(
                "chart.gap_alt_part",
                year=row["target_year"],
                target=row["target_shown"],
                value=row["value_shown"],
                outcome=outcome(row, words),
            )
            for row in records(part)
        ]
        name = label(first(part), words)
        texts.append(words("chart.gap_alt_row", label=name, parts="; ".join(parts)))
    return words("chart.gap_alt", rows=" ".join(texts))


def shown(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Add the texts of value and target (``value_shown, target_shown``) to gap rows."""
    values = [
        value_text(row, row["judged_value"], words, _level_text(row)) for row in records(rows)
    ]
    targets = [target_text(row, words) for row in records(rows)]
    return rows.assign(value_shown=values, target_shown=targets)


def _level_text(row: Row) -> object:
    return row.get("value_text") if row["scale"] != "none" else ""
