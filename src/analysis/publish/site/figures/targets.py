"""Targets in the plane of years and values: a bar at the year, its mark, and its text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.figures import marks, tokens
from analysis.publish.site.figures.plane import Plane
from analysis.publish.site.figures.size import Size
from analysis.publish.site.figures.spec import Layer, layer, plain, pointed, texts
from analysis.publish.site.figures.tips import tip
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.charts.rows import Row

HALF: Final = 0.45
"""Years to the left and to the right of the year of a target."""

_HIT = 8  # pixels above and below a target in which a pointer finds it

SHAPES: Final = {"^": marks.UP, "v": marks.DOWN}
"""The mark points to the side on which the target is met; one that is to be kept has none."""


def bound(row: Row) -> float:
    """Return the value at which a target stands; NaN if it is no number or level, or not stated.

    Of a range it is the edge from which the series comes.
    """
    if row["target_status"] != "stated" or row["kind"] == "text":
        return math.nan
    if row["kind"] == "level":
        return float(row["target_level"])
    low, high = float(row["low"]), float(row["high"])
    first, other = (high, low) if row["mode"] == "down" else (low, high)
    return other if math.isnan(first) else first


def target_rows(
    writer: Writer, targets: Sequence[Row], field: Plane, last: Row | None
) -> list[dict[str, Any]]:
    """Return a row for every target: where it stands, its mark, and where its text is free."""
    return [_row(writer, row, field, last) for row in targets]


def target_marks(targets: Sequence[Row]) -> list[dict[str, Any]]:
    """Return a row for the mark of every target that is met on one side of its bar."""
    from analysis.charts.trajectory import mark_of

    return [
        {"year": int(row["target_year"]), "value": bound(row), "shape": SHAPES[mark_of(row)]}
        for row in targets
        if not _is_range(row) and mark_of(row) in SHAPES
    ]


def _row(writer: Writer, row: Row, field: Plane, last: Row | None) -> dict[str, Any]:
    place, year = bound(row), int(row["target_year"])
    low, high = (float(row["low"]), float(row["high"])) if _is_range(row) else (place, place)
    above = last is None or float(last["value"]) < place
    text = "" if row["kind"] == "level" else _text(writer, row)
    size = field.frame.size
    free = (field.years[1] - year) * field.year_width + field.frame.padding.right
    at_end = size.pixels(len(text)) / 2 > free
    return {
        "year": year,
        "value": place,
        "left": year - HALF,
        "right": year + HALF,
        "low": low,
        "high": high,
        "text": text,
        "from": low - field.up(_HIT),
        "to": high + field.up(_HIT),
        "text_year": field.years[1] if at_end else year,
        "text_value": high + field.up(15) if above else low - field.up(15),
        "align": "right" if at_end else "center",
        "tip": _tip(writer, row),
    }


def _is_range(row: Row) -> bool:
    return bool(row["kind"] == "between")


def _text(writer: Writer, row: Row) -> str:
    """Return a target without its unit, which the axis names."""
    from analysis.charts.labels import target_text

    if row["unit_id"] == "rank":
        return writer.words("target.at_most", value=writer.words.number(row["high"]))
    bare = {**row, "symbol_vi": "", "symbol_en": ""}
    return target_text(bare, writer.words).partition(" (")[0]


def _tip(writer: Writer, row: Row) -> str:
    from analysis.charts.labels import gap_text, target_text
    from analysis.charts.rows import absent

    words = writer.words
    title = words("chart.target_open", year=row["target_year"]) + words("colon")
    return tip(
        writer,
        title + target_text(row, words),
        {
            "verdict": words(f"verdict.{row['verdict']}"),
            "gap": "" if absent(row["gap"]) or row["met"] else gap_text(row, words),
            "printed": f"“{row['text_source']}”",
        },
    )


def target_layers(size: Size) -> list[Layer]:
    """Return what draws ``targets`` and ``target_marks``: bar or block, mark, text with halo."""
    across = {"x": plain("left"), "x2": {"field": "right"}}
    block = {**across, "y": plain("low"), "y2": {"field": "high"}}
    at = {"x": plain("text_year"), "y": plain("text_value")}
    return [
        layer("targets", {"type": "rect", "fill": tokens.TARGET, "opacity": 0.6}, block,
              "target_range"),
        layer("targets", {"type": "rule", "stroke": tokens.TARGET, "strokeWidth": 2.4},
              {**across, "y": plain("value")}, "target_bar"),
        layer("target_marks", {"type": "point", "size": 75, "fill": tokens.TARGET,
                               "stroke": tokens.CLEAR, "opacity": 1}, {"shape": "shape"}),
        *_texts(at, size),
    ]  # fmt: skip


def target_hits() -> Layer:
    """Return what a pointer finds of ``targets``."""
    across = {"x": plain("left"), "x2": {"field": "right"}}
    return pointed(
        "targets", {"type": "rect"}, {**across, "y": plain("from"), "y2": {"field": "to"}}
    )


def _texts(at: Layer, size: Size) -> list[Layer]:
    """Return the texts: those at the edge of the field end there, the others are centred."""
    look = {"fill": tokens.TARGET, "fontSize": size.text, "baseline": "middle"}
    both = texts("targets", at, halo=True, **look)
    for one in both:
        one["mark"]["align"] = {"expr": "datum.align"}
    return both
