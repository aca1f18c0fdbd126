"""Verdicts as cells: one cell a target, in rows, sorted by verdict, so that they can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.figures import keys, marks, tokens
from analysis.publish.site.figures.evidence import level_names
from analysis.publish.site.figures.keys import Key
from analysis.publish.site.figures.size import Size
from analysis.publish.site.figures.spec import Frame, Layer, Padding, layer, pointed, raw, texts
from analysis.publish.site.figures.tips import tip
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.charts.rows import Row

PAPER_CODES: Final = ("NOT_ASSESSABLE", "NOT_APPLICABLE")
"""Verdicts whose cell is open: there is no judgement."""

PALE_CODES: Final = ("NO_DATA",)
"""Verdicts whose cell is pale: there is nothing at all."""

_NAMES = 236  # pixels for the names beside the cells
_GAP, _SPACE = 2, 12  # pixels between cells, and between rows


@dataclass(frozen=True)
class Line:
    """A row of the figure: its name, and the gap rows of its cells."""

    name: str
    rows: Sequence[Row]


def ordered(rows: Sequence[Row]) -> list[Row]:
    """Return gap rows from the best verdict to the worst, then those without a judgement."""
    from analysis.charts.style import CLASS_OF

    codes = list(CLASS_OF)
    return sorted(rows, key=lambda row: (codes.index(row["verdict"]), row["position"]))


def cells_spec(writer: Writer, lines: Sequence[Line], size: Size) -> dict[str, Any]:
    """Return the spec of the cells, names beside them or, where it is narrow, above.

    Parameters
    ----------
    writer
        Who writes.
    lines
        The rows from top to bottom.
    size
        Width and type.
    """
    rows: dict[str, list[dict[str, Any]]] = {"names": [], "cells": []}
    top = 0.0
    for line in lines:
        top = _place(writer, line, size, top, rows)
    frame = Frame(size, top - _SPACE + 4, Padding(2, 2, 4, 4), writer.language)
    return frame.spec(_layers(), rows)


def _place(
    writer: Writer, line: Line, size: Size, top: float, rows: dict[str, list[dict[str, Any]]]
) -> float:
    """Add a row at ``top`` and return where the next one begins."""
    from analysis.charts.labels import wrapped

    pitch, side = (21, 22) if size.is_narrow else (26, 26)
    left = 0 if size.is_narrow else _NAMES
    room = size.width - 4 if size.is_narrow else _NAMES - 12
    names = wrapped(line.name, size.letters(room))
    text = size.line * len(names)
    high = top + (text + 2 if size.is_narrow else 0)
    in_line = int((size.width - 4 - left) // pitch)
    for number, row in enumerate(ordered(line.rows)):
        down, across = divmod(number, in_line)
        corner = left + across * pitch, high + down * (side + _GAP)
        rows["cells"].append(_cell(writer, row, corner, (pitch - _GAP, side)))
    height = (side + _GAP) * -(-len(line.rows) // in_line) - _GAP
    first = top + size.text if size.is_narrow else top + (max(height, text) - text) / 2 + size.text
    rows["names"].append({"x": 0, "y": round(first, 1), "text": names})
    return (high + height if size.is_narrow else top + max(height, text)) + _SPACE


def _cell(
    writer: Writer, row: Row, corner: tuple[float, float], size: tuple[float, float]
) -> dict[str, Any]:
    code = row["verdict"]
    (left, top), (width, height) = corner, size
    fill, edge, ink = colours(code)
    return {
        "x": left, "x2": left + width, "y": round(top, 1), "y2": round(top + height, 1),
        "xm": left + width / 2, "ym": round(top + height / 2, 1),
        "series_id": row["series_id"], "year": int(row["target_year"]), "verdict": code,
        "fill": fill, "edge": edge, "ink": ink if code not in marks.OPEN else tokens.CLEAR,
        "line": ink if code in marks.OPEN else tokens.CLEAR, "shape": marks.VERDICTS[code],
        "tip": target_tip(writer, row), "href": writer.indicator(row["indicator_id"]).path,
    }  # fmt: skip


def colours(code: str) -> tuple[str, str, str]:
    """Return ground, border and mark of the cell of a verdict."""
    if code in PAPER_CODES:
        return tokens.PAPER, tokens.verdict(code), tokens.QUIET
    if code in PALE_CODES:
        return tokens.NONE, tokens.NONE, tokens.QUIET
    return tokens.verdict(code), tokens.verdict(code), tokens.on_verdict(code)


def target_tip(writer: Writer, row: Row) -> str:
    """Return what is known of a target: value, how it stands, and why if that is not known."""
    from analysis.charts.labels import gap_text, given, label, target_text
    from analysis.charts.rows import absent

    words = writer.words
    value = "" if absent(row["judged_value"]) else judged_text(writer, row)
    target = words("chart.targets_part", year=row["target_year"], target=target_text(row, words))
    return tip(
        writer,
        label(row, words),
        {
            "target": target,
            "value": value,
            "verdict": words(f"verdict.{row['verdict']}"),
            "gap": "" if absent(row["gap"]) or row["met"] else gap_text(row, words),
            "reason": words(f"reason.{row['reason']}") if given(row["reason"]) else "",
        },
    )


def judged_text(writer: Writer, row: Row) -> str:
    """Return the value by which a target is judged, with its period and how sure it is."""
    from analysis.charts.labels import value_text

    words = writer.words
    notes = [words.period(row["value_period"])]
    if row["value_status"] != "actual":
        notes.append(words(f"status.{row['value_status']}"))
    if row["value_comparability"] != "exact":
        notes.append(words(f"comparability.{row['value_comparability']}"))
    level = level_names(writer.edition, writer.language, row["scale"]).get(
        float(row["judged_value"]), ""
    )
    value = value_text(row, row["judged_value"], words, level)
    return f"{value} ({', '.join(notes)})"


def _layers() -> list[Layer]:
    square = {"x": raw("x"), "x2": {"field": "x2"}, "y": raw("y"), "y2": {"field": "y2"}}
    middle = {"x": raw("xm"), "y": raw("ym")}
    sign = {"type": "point", "size": 60, "strokeWidth": 1.8, "opacity": 1}
    return [
        *texts("names", {"x": raw("x"), "y": raw("y")}),
        layer("cells", {"type": "rect", "strokeWidth": 1.2, "opacity": 1},
              {**square, "fill": "fill", "stroke": "edge"}),
        layer("cells", sign, {**middle, "shape": "shape", "fill": "ink", "stroke": "line"},
              "signs"),
        pointed("cells", {"type": "rect"}, square),
    ]  # fmt: skip


def cell_keys(writer: Writer, rows: Sequence[Row]) -> tuple[Key, ...]:
    """Return an entry for every verdict that there is, with how often it is there."""
    from analysis.charts.style import CLASS_OF

    counts = {code: sum(row["verdict"] == code for row in rows) for code in CLASS_OF}
    return tuple(_key(writer, code, n) for code, n in counts.items() if n)


def _key(writer: Writer, code: str, n: int) -> Key:
    fill, edge, ink = colours(code)
    text = writer.say("figures.count", name=writer.words(f"verdict_short.{code}"), n=n)
    sign = keys.shape(marks.VERDICTS[code], ink, scale=4.5, open_=code in marks.OPEN)
    return Key(text, (keys.box(fill, edge), sign))
