"""How far the series of a group are from their targets, comparable across units."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.figures import marks, tokens
from analysis.publish.site.figures.cells import target_tip
from analysis.publish.site.figures.evidence import grouped
from analysis.publish.site.figures.figure import Figure
from analysis.publish.site.figures.keys import Key, sign
from analysis.publish.site.figures.plane import round_ticks
from analysis.publish.site.figures.size import NARROW, WIDE, Size
from analysis.publish.site.figures.spec import (
    Frame,
    Layer,
    Padding,
    constant,
    layer,
    plain,
    pointed,
    raw,
    texts,
)
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts.rows import Row

SPREAD: Final = 100.0
"""Bars end at this distance, in per cent of the target; beyond it the distance is written."""

_PAD, _SPACE, _LEAST = 5, 12, 22
_AXIS = 34  # pixels for the names of the axis, above the field


@dataclass(frozen=True)
class _Columns:
    """Where the columns begin, in pixels: names, years, the field of bars and its end, texts."""

    year: float
    start: float
    end: float
    text: float
    names: float


_COLUMNS: Final = {
    False: _Columns(year=226, start=272, end=470, text=488, names=212),
    True: _Columns(year=0, start=36, end=142, text=154, names=312),
}


def gap_dots(writer: Writer, group_id: int) -> Figure | None:
    """Return the distance of every series of a group to its targets, in per cent of the target.

    The same rows, scale and readings as :func:`analysis.charts.gap_bars`; a target year without a
    judgement says so. Nothing where no series has a value and a numerical target.

    Parameters
    ----------
    writer
        Who writes, and about which edition.
    group_id
        The group.
    """
    gap = writer.edition.gap
    rows = measured(writer, gap[gap["group_id"].eq(group_id)])
    if not rows:
        return None
    wide, narrow = (_spec(writer, rows, size) for size in (WIDE, NARROW))
    return Figure(
        f"gaps-{group_id}",
        wide,
        narrow,
        _alt(writer, rows),
        writer.say("figures.gaps.read"),
        _keys(writer, rows),
        layout="rows",
    )


def measured(writer: Writer, gap: pd.DataFrame) -> dict[str, list[Row]]:
    """Return the gap rows of the series that can be drawn for some target year, by series.

    They have ``value_shown, target_shown``; ``drawn``: whether there is a value and a numerical
    target; ``distance``: signed, in per cent of the target (negative: not met).
    """
    from analysis.charts.gap_bars import drawable, relative_distance, shown

    drawn = drawable(gap)
    rows = shown(gap[gap["series_id"].isin(drawn["series_id"])], writer.words)
    if rows.empty:
        return {}
    rows = rows.assign(distance=relative_distance, drawn=rows.index.isin(drawn.index))
    return dict(grouped(rows, "series_id"))


def _spec(writer: Writer, rows: Mapping[str, Sequence[Row]], size: Size) -> dict[str, Any]:
    columns = _COLUMNS[size.is_narrow]
    data: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in ("blocks", "rules", "names", "years", "rows", "bars", "texts", "details")
    }
    top = 0.0
    for part in rows.values():
        top = _series(writer, part, (size, columns), top, data)
    span = _span([float(row["distance"]) for part in rows.values() for row in part
                  if row["drawn"] and not math.isnan(row["distance"])])  # fmt: skip
    ticks = round_ticks(span, 4)
    data["grid"] = [
        {**block, "distance": tick, "stroke": tokens.GRID if tick else tokens.INK}
        for block in data["blocks"]
        for tick in ticks
    ]
    frame = Frame(size, top - _SPACE, Padding(2, 2, _AXIS, 4), writer.language)
    return frame.spec(_layers(columns, size), data, _encoding(writer, columns, span, ticks))


def _series(
    writer: Writer,
    rows: Sequence[Row],
    how: tuple[Size, _Columns],
    top: float,
    data: dict[str, list[dict[str, Any]]],
) -> float:
    """Add a series at ``top`` and return where the next one begins."""
    from analysis.charts.labels import label, wrapped

    size, columns = how
    names = wrapped(label(rows[0], writer.words), size.letters(columns.names))
    named = size.line * len(names)
    data["rules"].append({"y": top - _SPACE / 2} if top else {"y": 0.0})
    data["names"].append({"y": top + size.text, "text": names})
    place = top + named + 2 if size.is_narrow else top
    for row in rows:
        lines = _lines(writer, row, size.letters(size.width - columns.text - 4))
        height = max(_LEAST, size.line * len(lines) + _PAD)
        _target(writer, row, lines, (place, height, size), data)
        place += height
    start = top + named + 2 if size.is_narrow else top - _SPACE / 2
    data["blocks"].append({"y": max(start, 0.0), "y2": place})
    return max(place, top + named) + _SPACE


def _target(
    writer: Writer,
    row: Row,
    lines: Sequence[str],
    where: tuple[float, float, Size],
    data: dict[str, list[dict[str, Any]]],
) -> None:
    """Add a target in the row that begins at a place and has a height."""
    top, height, size = where
    first = round(top + size.text, 1)
    here = {"y": first, "year": int(row["target_year"])}
    data["years"].append({**here, "text": str(row["target_year"])})
    ink = tokens.INK if row["drawn"] else tokens.QUIET
    weight = "bold" if row["drawn"] else "normal"
    data["texts"].append({**here, "text": lines[0], "fill": ink, "weight": weight})
    if lines[1:]:
        data["details"].append({**here, "y": first + size.line, "text": list(lines[1:])})
    data["rows"].append(
        {"y": top, "y2": top + height, "tip": target_tip(writer, row),
         "href": writer.indicator(row["indicator_id"]).path}
    )  # fmt: skip
    if row["drawn"] and not math.isnan(row["distance"]):
        data["bars"].append({**here, "y": first - 0.35 * size.text, **_bar(row)})


def _bar(row: Row) -> dict[str, Any]:
    code = row["verdict"]
    colour = tokens.verdict(code)
    return {
        "series_id": row["series_id"],
        "distance": round(min(max(float(row["distance"]), -SPREAD), SPREAD), 4),
        "verdict": code,
        "shape": marks.VERDICTS[code],
        "stroke": colour,
        "fill": tokens.PAPER if code in marks.OPEN else colour,
    }


def _lines(writer: Writer, row: Row, width: int) -> list[str]:
    from analysis.charts.labels import gap_text, wrapped

    words = writer.words
    verdict = words(f"verdict_short.{row['verdict']}")
    if not row["drawn"]:
        return [verdict]
    said = [] if row["met"] else [gap_text(row, words)]
    if abs(row["distance"]) > SPREAD:
        distance = words.number(row["distance"], 0, signed=True)
        said.append(words("chart.beyond", distance=distance))
    return [verdict, *(line for text in said for line in wrapped(text, width))]


def _span(distances: Sequence[float]) -> tuple[float, float]:
    """Return the shown part of the axis: from the farthest bar to zero and a little beyond."""
    low = max(-SPREAD, min(0.0, *distances)) if distances else 0.0
    high = min(SPREAD, max(0.0, *distances)) if distances else 0.0
    pad = 0.08 * max(high - low, 4.0)
    return round(low - pad, 4), round(high + pad, 4)


def _encoding(
    writer: Writer, columns: _Columns, span: tuple[float, float], ticks: Sequence[float]
) -> Layer:
    scale = {"domain": list(span), "range": [columns.start, columns.end], "nice": False,
             "zero": False}  # fmt: skip
    axis = {
        "orient": "top", "grid": False, "values": list(ticks), "format": ",.6~f", "labelPadding": 4,
        "title": writer.say("figures.gaps.axis"), "titleColor": tokens.QUIET,
        "titleFontWeight": "normal", "titleFontSize": 12, "titleAnchor": "start",
    }  # fmt: skip
    return {"x": {"field": "distance", "type": "quantitative", "scale": scale, "axis": axis}}


def _layers(columns: _Columns, size: Size) -> list[Layer]:
    at = {"y": raw("y")}
    whole = {"x": constant(0), "x2": constant(size.width - 4)}
    bar = {"type": "rule", "strokeWidth": 5}
    dot = {"type": "point", "size": 95, "strokeWidth": 2, "opacity": 1}
    bold: Layer = {"fontWeight": "bold"} if size.is_narrow else {}
    return [
        layer("rules", {"type": "rule", "stroke": tokens.GRID}, {**whole, **at}),
        layer("grid", {"type": "rule"},
              {"x": plain("distance"), **at, "y2": {"field": "y2"}, "stroke": "stroke"}),
        *texts("names", {"x": constant(0), **at}, **bold),
        *texts("years", {"x": constant(columns.year), **at}, fill=tokens.QUIET),
        layer("bars", bar, {"x": plain("distance"), "x2": {"datum": 0}, **at, "stroke": "stroke"},
              "bar"),
        layer("bars", dot, {"x": plain("distance"), **at, "shape": "shape", "fill": "fill",
                            "stroke": "stroke"}, "dot"),
        *texts("texts", {"x": constant(columns.text), **at, "fill": raw("fill")},
               fontWeight={"expr": "datum.weight"}),
        *texts("details", {"x": constant(columns.text), **at}, fill=tokens.QUIET),
        pointed("rows", {"type": "rect"}, {**whole, **at, "y2": {"field": "y2"}}),
    ]  # fmt: skip


def _alt(writer: Writer, rows: Mapping[str, Sequence[Row]]) -> str:
    from analysis.charts.labels import label, outcome

    words, said = writer.words, []
    for part in rows.values():
        texts = [
            words(
                "chart.gap_alt_part",
                year=row["target_year"],
                target=row["target_shown"],
                value=row["value_shown"],
                outcome=outcome(row, words),
            )
            for row in part
            if row["drawn"]
        ]
        name = label(part[0], words)
        said.append(words("chart.gap_alt_row", label=name, parts="; ".join(texts)))
    return words("chart.gap_alt", rows=" ".join(said))


def _keys(writer: Writer, rows: Mapping[str, Sequence[Row]]) -> tuple[Key, ...]:
    from analysis.charts.style import CLASS_OF

    there = {row["verdict"] for part in rows.values() for row in part if row["drawn"]}
    return tuple(
        sign(code, writer.words(f"verdict_short.{code}")) for code in CLASS_OF if code in there
    )
