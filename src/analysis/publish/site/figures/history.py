"""What has been observed of a series in one area, as marks and lines of a figure."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.edition import Edition
from analysis.publish.site.figures import marks, tokens
from analysis.publish.site.figures.spec import Layer, layer, plain
from analysis.publish.site.figures.tips import value_tip
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts.rows import Row

THICK, THIN = 2.4, 1.0
"""Widths of a line between values of consecutive years, and across years without a value."""

DOT: Final = 70
"""Area of a mark, in square pixels."""

HIT: Final = {"type": "point", "size": 700, "shape": "circle", "opacity": 1}
"""What a pointer finds about a mark."""


def observed(writer: Writer, series_id: str, area_id: str) -> pd.DataFrame:
    """Return the current view of a series in an area, by year; values only.

    Its ``text`` is the name of the level, in the language of the page, and else empty.
    """
    return _of(writer, writer.edition.view, series_id, area_id)


def context(writer: Writer, series_id: str, area_id: str) -> pd.DataFrame:
    """Return proxies of years that have no better value, in the unit of the series, by year."""
    return _of(writer, _proxies(writer.edition), series_id, area_id)


@lru_cache(maxsize=2)
def _proxies(edition: Edition) -> pd.DataFrame:
    view = edition.plan.view(as_of=edition.as_of, include_proxy=True)
    return view[view["comparability"].eq("proxy")]


def _of(writer: Writer, view: pd.DataFrame, series_id: str, area_id: str) -> pd.DataFrame:
    rows = view[view["series_id"].eq(series_id) & view["area_id"].eq(area_id)]
    rows = rows[rows["value"].notna()].sort_values("year").reset_index(drop=True)
    levels = writer.edition.plan["levels"].set_index("level_id")[f"label_{writer.language}"]
    named = rows["level_id"].map(levels)
    return rows.assign(text=named.where(rows["level_id"].ne("none"), ""))


def points(
    writer: Writer, facts: Row, values: pd.DataFrame, colour: str = tokens.ACCENT
) -> list[dict[str, Any]]:
    """Return a row for the mark of every value.

    A value that is used has the colour, one from before a break is grey, a proxy is a grey cross.
    What is preliminary or an estimate is open, and what covers a part of a year is a square.
    """
    from analysis.charts.rows import records

    return [
        {
            "year": int(row["year"]),
            "value": float(row["value"]),
            "tip": value_tip(writer, facts, row),
            **_look(row, colour),
        }
        for row in records(values)
    ]


def _look(row: Row, colour: str) -> dict[str, str]:
    if row["comparability"] == "proxy":
        return {"shape": marks.CROSS, "fill": tokens.EARLIER, "stroke": tokens.CLEAR}
    shown = colour if row["is_current_segment"] else tokens.EARLIER
    sure = row["status"] == "actual"
    return {
        "shape": marks.SQUARE if row["part_year"] else marks.CIRCLE,
        "fill": shown if sure else tokens.PAPER,
        "stroke": shown,
    }


def links(
    values: pd.DataFrame, *, steps: bool = False, colour: str = tokens.ACCENT
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
    from analysis.charts.rows import records

    found = []
    for before, after in pairwise(records(values)):
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
