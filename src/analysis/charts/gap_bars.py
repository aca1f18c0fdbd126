"""Gap bars: the distance to the target of every series of a group, comparable across units."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FixedLocator, MaxNLocator

from analysis.charts import style
from analysis.charts.chart import Chart
from analysis.charts.labels import gap_text, label, outcome, target_text, value_text, wrapped
from analysis.charts.rows import Row, first, records
from analysis.words import Words

_NAME_WIDTH = 34
_TEXT_WIDTH = 45
_LEADING = 1.35 * style.TEXT
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


def gap_bars(frame: pd.DataFrame, language: str = "vi", theme: str = "light") -> Chart:
    """Draw the distance of every series to its targets, one panel a target year.

    Parameters
    ----------
    frame
        Rows of the gap frame (:func:`analysis.results.gap_frame`); those without a value or a
        numerical target are left out.
    language
        ``vi`` or ``en``.
    theme
        ``light`` or ``dark``.

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
    texts = pd.Series([_lines(row, words) for row in records(rows)], rows.index, dtype=object)
    with style.house_style(theme):
        figure = _draw(rows.assign(texts=texts), words)
    return Chart(figure, _alt(rows[rows["drawn"]], words))


def _draw(rows: pd.DataFrame, words: Words) -> Figure:
    series = list(dict.fromkeys(rows["series_id"]))
    years = sorted(rows["target_year"].unique())
    lines = max(2, *map(len, rows["texts"])) + 0.5
    height = 1.15 + lines * _LEADING / 72 * len(series)
    layout = ConstrainedLayoutEngine(h_pad=0.08, w_pad=0.08)
    figure = Figure(figsize=(style.WIDTH, height), layout=layout)
    panels = figure.subplots(1, len(years), sharey=True, squeeze=False)[0]
    span = _span(rows.loc[rows["drawn"], "distance"])
    for axes, year in zip(panels, years, strict=True):
        _panel(axes, rows[rows["target_year"] == year], series, span, words)
        axes.set_title(_year_title(rows, int(year), words))
    _name_rows(panels[0], rows, series, words)
    figure.supxlabel(words("chart.gap_axis"), fontsize=style.TEXT, color=style.look().quiet)
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
    look = style.look()
    axes.set_xlim(*span)
    axes.set_ylim(len(series) - 0.5, -0.5)
    axes.axvline(0, color=look.ink, linewidth=1.0)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(_tick_places(span))
    axes.xaxis.set_major_formatter(lambda value, _: words.number(value))
    axes.grid(axis="x")
    axes.hlines(np.arange(1, len(series)) - 0.5, *span, color=look.rule, linewidth=style.HAIR)
    start = span[0] + (span[1] - span[0]) * (_BAR_SHARE + 0.04)
    for row in records(rows):
        place = series.index(row["series_id"])
        if row["drawn"]:
            _bar(axes, row, place)
        _say(axes, (start, place), row["texts"], look.ink if row["drawn"] else look.quiet)


def _tick_places(span: tuple[float, float]) -> FixedLocator:
    """Tick only where bars can be: the room to the right holds text."""
    low, high = span
    end = low + (high - low) * _BAR_SHARE
    ticks = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(low, end)
    return FixedLocator([tick for tick in ticks if low <= tick <= max(end, 0.0)])


def _bar(axes: Axes, row: Row, place: int) -> None:
    if np.isnan(row["distance"]):
        return
    look, mark = style.look(), style.MARKS[row["verdict"]]
    colour = look.verdicts[row["verdict"]]
    end = float(np.clip(row["distance"], -_SPREAD, _SPREAD))
    axes.hlines(place, 0, end, color=colour, linewidth=5)
    axes.plot(
        end,
        place,
        marker=mark.marker,
        markersize=1.25 * style.MARK,
        markerfacecolor=colour if mark.filled else look.paper,
        markeredgecolor=colour,
        markeredgewidth=style.BOLD,
        clip_on=False,
    )


def _say(axes: Axes, place: tuple[float, float], texts: list[str], colour: str) -> None:
    """Write lines beside a bar, the first of several bold, all together centred on it."""
    for number, text in enumerate(texts):
        axes.annotate(
            text,
            place,
            xytext=(0, ((len(texts) - 1) / 2 - number) * _LEADING),
            textcoords="offset points",
            va="center_baseline",
            fontsize=style.TEXT,
            fontweight="normal" if number or len(texts) == 1 else "bold",
            color=colour,
        )


def _lines(row: Row, words: Words) -> list[str]:
    verdict = words("verdict_short." + row["verdict"])
    return [verdict, *_bar_lines(row, words)] if row["drawn"] else [verdict]


def _bar_lines(row: Row, words: Words) -> list[str]:
    value = f"{words.number(row['judged_value'])} ({words.period(row['value_period'])})"
    texts = [] if row["met"] else [gap_text(row, words)]
    texts.append(words("chart.against", value=value, target=row["target_shown"]))
    if abs(row["distance"]) > _SPREAD:
        texts.append(words("chart.beyond", distance=words.number(row["distance"], 0, signed=True)))
    return [line for text in texts for line in wrapped(text, _TEXT_WIDTH)]


def _name_rows(axes: Axes, rows: pd.DataFrame, series: list[str], words: Words) -> None:
    names = [
        "\n".join(wrapped(label(row, words), _NAME_WIDTH))
        for row in records(rows.drop_duplicates("series_id"))
    ]
    axes.set_yticks(range(len(series)), names, color=style.look().ink, fontsize=style.LABEL)


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
