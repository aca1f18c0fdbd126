"""What has been observed of a series in one area, as marks and lines of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.figures import marks, tokens
from analysis.publish.site.figures.evidence import (
    level_labels,
    proxies_by_series,
    values_by_series,
)
from analysis.publish.site.figures.spec import Layer, layer, plain
from analysis.publish.site.figures.tips import value_tip
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.charts.rows import Row

THICK, THIN = 2.4, 1.0
"""Widths of a line between values of consecutive years, and across years without a value."""

DOT: Final = 70
"""Area of a mark, in square pixels."""

HIT: Final = {"type": "point", "size": 700, "shape": "circle", "opacity": 1}
"""What a pointer finds about a mark."""


def observed(writer: Writer, series_id: str, area_id: str) -> list[Row]:
    """Return the current view of a series in an area, by year; values only.

    The ``text`` of a row is the name of its level, in the language of the page, and else empty.
    """
    found = values_by_series(writer.edition).get((series_id, area_id), [])
    return [_named(writer, row) for row in found]


def context(writer: Writer, series_id: str, area_id: str) -> list[Row]:
    """Return proxies of years that have no better value, in the unit of the series, by year."""
    found = proxies_by_series(writer.edition).get((series_id, area_id), [])
    return [_named(writer, row) for row in found]


def _named(writer: Writer, row: Row) -> Row:
    level = row["level_id"]
    text = "" if level == "none" else level_labels(writer.edition, writer.language)[level]
    return {**row, "text": text}


def is_open(row: Row) -> bool:
    """Tell whether a value is preliminary or an estimate."""
    return bool(row["status"] != "actual")


def points(
    writer: Writer, facts: Row, values: Sequence[Row], colour: str = tokens.ACCENT
) -> list[dict[str, Any]]:
    """Return a row for the mark of every value.

    A value that is used has the colour, one from before a break is grey, a proxy is a grey cross.
    What is preliminary or an estimate is open, and what covers a part of a year is a square.
    """
    return [
        {
            "year": int(row["year"]),
            "value": float(row["value"]),
            "tip": value_tip(writer, facts, row),
            **_look(row, colour),
        }
        for row in values
    ]


def _look(row: Row, colour: str) -> dict[str, str]:
    if row["comparability"] == "proxy":
        return {"shape": marks.CROSS, "fill": tokens.EARLIER, "stroke": tokens.CLEAR}
    shown = colour if row["is_current_segment"] else tokens.EARLIER
    return {
        "shape": marks.SQUARE if row["part_year"] else marks.CIRCLE,
        "fill": tokens.PAPER if is_open(row) else shown,
        "stroke": shown,
    }


def links(
    values: Sequence[Row], *, steps: bool = False, colour: str = tokens.ACCENT
) -> list[dict[str, Any]]:
    """Return a row for every line between two values that follow each other.

    Values on both sides of a break are not joined. A line across years without a value is thin:
    nothing is known of those years.

    Parameters
    ----------
    values
        Rows of the current view of one series and area, by year.
    steps
        Whether a value holds until the next one is reached, as levels do.
    colour
        That of values that are used.
    """
    found = []
    for before, after in pairwise(values):
        if before["segment"] != after["segment"]:
            continue
        years, two = (int(before["year"]), int(after["year"])), (before["value"], after["value"])
        used = bool(after["is_current_segment"])
        look = {
            "stroke": colour if used else tokens.EARLIER,
            "thick": THICK if years[1] - years[0] == 1 and used else THIN,
        }
        found += [{**ends, **look} for ends in _ends(years, two, steps=steps)]
    return found


def _ends(
    years: tuple[int, int], values: tuple[float, float], *, steps: bool
) -> list[dict[str, float]]:
    (year, year2), (value, value2) = years, values
    if not steps or value == value2:
        return [{"year": year, "value": value, "year2": year2, "value2": value2}]
    flat = {"year": year, "value": value, "year2": year2, "value2": value}
    return [flat, {"year": year2, "value": value, "year2": year2, "value2": value2}]


def link_layer(data: str) -> Layer:
    """Return the layer of the lines."""
    ends = {"x": plain("year"), "y": plain("value"), "x2": {"field": "year2"},
            "y2": {"field": "value2"}}  # fmt: skip
    mark = {"type": "rule", "strokeCap": "round"}
    return layer(data, mark, {**ends, "stroke": "stroke", "strokeWidth": "thick"})
