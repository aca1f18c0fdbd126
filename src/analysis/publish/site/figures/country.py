"""The province beside the country: both lines of a series, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.figures import history, keys, marks, tokens
from analysis.publish.site.figures.evidence import targets_by_series
from analysis.publish.site.figures.figure import Figure
from analysis.publish.site.figures.keys import Key
from analysis.publish.site.figures.plane import Plane, dots, plane
from analysis.publish.site.figures.size import NARROW, PLANE, Size
from analysis.publish.site.figures.spec import plain, pointed, raw, texts
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.charts.rows import Row

SIDES: Final = {"province": "QN", "country": "VN"}
SHAPES: Final = {"province": marks.CIRCLE, "country": marks.SQUARE}
COLOURS: Final = {"province": tokens.ACCENT, "country": tokens.INK}

_APART = 17
"""The least distance of the two names, in pixels."""

Views = Mapping[str, "list[Row]"]


def country_line(writer: Writer, series_id: str) -> Figure | None:
    """Return the values of province and country by year; nothing unless both have some.

    What differs between two values of one year besides the area is said in the caption.

    Parameters
    ----------
    writer
        Who writes, and about which edition.
    series_id
        The series.
    """
    views = {side: history.observed(writer, series_id, area) for side, area in SIDES.items()}
    if not all(views.values()):
        return None
    facts = targets_by_series(writer.edition)[series_id][0]
    wide, narrow = (_spec(writer, facts, views, size) for size in (PLANE, NARROW))
    return Figure(
        f"country-{series_id.replace('.', '-')}",
        wide,
        narrow,
        _alt(writer, facts, views),
        _caption(writer, facts),
        _keys(writer, views),
    )


def _spec(writer: Writer, facts: Row, views: Views, size: Size) -> dict[str, Any]:
    seen = [row for view in views.values() for row in view]
    years, values = [row["year"] for row in seen], [float(row["value"]) for row in seen]
    field = plane(writer, size, facts, years, values)
    steps = bool(field.levels)
    rows = {
        **field.rows,
        "links": [link for side, view in views.items()
                  for link in history.links(view, steps=steps, colour=COLOURS[side])],
        "observed": [dot for side in reversed(SIDES)
                     for dot in _points(writer, facts, views, side)],
        "ends": _ends(writer, views, field),
    }  # fmt: skip
    layers = [
        history.link_layer("links"),
        *field.layers,
        dots("observed", history.DOT),
        *texts("ends", {"y": plain("place"), "fill": raw("fill")}, halo=True, dx=9,
               baseline="middle", fontWeight="bold"),
        pointed("observed", history.HIT, {}),
    ]  # fmt: skip
    return field.frame.spec(layers, rows, field.encoding)


def _points(writer: Writer, facts: Row, views: Views, side: str) -> list[dict[str, Any]]:
    """Return the marks of a side, open where a value is not sure or covers a part of its year."""
    view, colour = views[side], COLOURS[side]
    name = writer.words(f"chart.areas_{side}")
    found = []
    for dot, row in zip(history.points(writer, facts, view, colour), view, strict=True):
        open_ = {"fill": tokens.PAPER} if row["part_year"] else {}
        told = {"shape": SHAPES[side], "side": side, "tip": f"{name}, {dot['tip']}"}
        found.append({**dot, **told, **open_})
    return found


def _ends(writer: Writer, views: Views, field: Plane) -> list[dict[str, Any]]:
    """Return the names of the two lines with the last value, kept apart where they would meet."""
    ends: list[dict[str, Any]] = [
        {
            "side": side,
            "year": int(view[-1]["year"]),
            "value": float(view[-1]["value"]),
            "text": _end_text(writer, view[-1], side, named=not field.levels),
            "fill": COLOURS[side],
        }
        for side, view in views.items()
    ]
    low, high = sorted(ends, key=lambda end: float(end["value"]))
    lacking = max(field.up(_APART) - (high["value"] - low["value"]), 0.0)
    near = abs(high["year"] - low["year"]) * field.year_width < field.frame.size.pixels(16)
    shift = lacking / 2 if near else 0.0
    return [{**low, "place": low["value"] - shift}, {**high, "place": high["value"] + shift}]


def _end_text(writer: Writer, last: Row, side: str, *, named: bool) -> str:
    name = writer.words(f"chart.areas_{side}")
    return f"{name} {writer.words.number(float(last['value']))}" if named else name


def _alt(writer: Writer, facts: Row, views: Views) -> str:
    from analysis.charts.labels import label, value_text

    words = writer.words
    said = {
        side: "; ".join(
            words("chart.targets_part", year=row["year"],
                  target=value_text(facts, row["value"], words, row["text"]))
            for row in view
        )
        for side, view in views.items()
    }  # fmt: skip
    return writer.say("figures.country.alt", label=label(facts, words), **said)


def _caption(writer: Writer, facts: Row) -> str:
    """Return which way is better, and how values of common years differ besides the area."""
    from analysis.charts.area_comparison import NOTES, better_way, note_codes
    from analysis.charts.rows import records

    areas, words = writer.edition.areas, writer.words
    rows = areas[areas["series_id"].eq(facts["series_id"])]
    if rows.empty:
        return writer.say("figures.country.no_common")
    years: dict[str, list[str]] = {}
    for row in records(rows):
        for code in note_codes(row):
            years.setdefault(code, []).append(str(row["year"]))
    said = [writer.say("figures.country.way", way=better_way(rows, words))]
    said += [
        writer.say("figures.country.note", years=words.listing(years[code]),
                   note=words(f"definition_note.{code}"))
        for code in NOTES if code in years
    ]  # fmt: skip
    return " ".join(said)


def _keys(writer: Writer, views: Views) -> tuple[Key, ...]:
    words = writer.words
    found = [
        Key(words(f"chart.areas_{side}"),
            (keys.line(COLOURS[side]), keys.shape(SHAPES[side], COLOURS[side])))
        for side in SIDES
    ]  # fmt: skip
    seen = [row for view in views.values() for row in view]
    if any(history.is_open(row) or row["part_year"] for row in seen):
        open_ = keys.shape(marks.CIRCLE, tokens.ACCENT, open_=True)
        found.append(Key(writer.say("figures.key.open"), (open_,)))
    if not all(row["is_current_segment"] for row in seen):
        parts = (keys.line(tokens.EARLIER, history.THIN), keys.shape(marks.CIRCLE, tokens.EARLIER))
        found.append(Key(words("chart.earlier"), parts))
    return tuple(found)
