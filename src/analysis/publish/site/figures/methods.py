"""What the verdicts on a series would be from another base year, with proxies, by other methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.figures import marks, tokens
from analysis.publish.site.figures.evidence import scenarios_by_series
from analysis.publish.site.figures.figure import Figure
from analysis.publish.site.figures.keys import Key, box
from analysis.publish.site.figures.size import NARROW, WIDE, Size
from analysis.publish.site.figures.spec import Frame, Layer, Padding, layer, pointed, raw, texts
from analysis.publish.site.figures.tips import tip
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.charts.rows import Row

_NAMES: Final = {False: 210, True: 104}
_HEAD, _PAD, _STRIP, _MARK = 24, 8, 5, 18  # pixels

Data = dict[str, list[dict[str, Any]]]


def method_strip(writer: Writer, series_id: str) -> Figure | None:
    """Return the verdict on each target of a series under every scenario, a row a scenario.

    The cells of :func:`analysis.charts.sensitivity_matrix`: a published method speaks in its own
    words and has the colour of the verdict that it comes to; what differs from the default has a
    frame and a sign. Nothing where no scenario judges any target.

    Parameters
    ----------
    writer
        Who writes, and about which edition.
    series_id
        The series.
    """
    rows = scenarios_by_series(writer.edition).get(series_id, [])
    if not rows:
        return None
    wide, narrow = (_spec(writer, rows, size) for size in (WIDE, NARROW))
    differs = Key(writer.say("figures.methods.differs"), (box(tokens.NONE, tokens.INK),))
    year = writer.edition.base_year
    return Figure(
        f"methods-{series_id.replace('.', '-')}",
        wide,
        narrow,
        _alt(writer, rows),
        writer.say("figures.methods.read", year=year),
        (differs,) if any(map(_differs, rows)) else (),
        layout="rows",
    )


@dataclass(frozen=True)
class _Line:
    """A row of the figure: the name of a scenario, and its result for each target."""

    name: str
    rows: Sequence[Row]
    is_default: bool


def _blocks(writer: Writer, rows: Sequence[Row]) -> Iterator[tuple[str, list[_Line]]]:
    """Yield the three kinds of scenarios, each with its head and lines."""
    for kind in ("own", "proxies", "published"):
        parts: dict[str, list[Row]] = {}
        for row in rows:
            if _kind(row) == kind:
                parts.setdefault(row["scenario_id"], []).append(row)
        yield writer.say(f"figures.methods.{kind}"), [_line(writer, own) for own in parts.values()]


def _kind(row: Row) -> str:
    if row["method"] != "own":
        return "published"
    return "proxies" if row["include_proxy"] else "own"


def _line(writer: Writer, rows: Sequence[Row]) -> _Line:
    from analysis.charts.sensitivity_matrix import scenario_name

    row = rows[0]
    is_default = row["axis"] == "default"
    if row["method"] != "own":
        return _Line(scenario_name(row, writer.words), rows, is_default)
    name = "default" if is_default else "base"
    year = row["scenario_base_year"]
    return _Line(writer.say(f"figures.methods.{name}", year=year), rows, is_default)


def _spec(writer: Writer, rows: Sequence[Row], size: Size) -> dict[str, Any]:
    years = sorted({int(row["target_year"]) for row in rows})
    names = _NAMES[size.is_narrow]
    width = min((size.width - 4 - names) / len(years), 260)
    lefts = {year: names + place * width for place, year in enumerate(years)}
    data: Data = {name: [] for name in ("heads", "names", "cells", "signs", "texts")}
    data["heads"] = [
        {"x": left, "y": 14, "text": writer.words("chart.target_open", year=year)}
        for year, left in lefts.items()
    ]
    top = float(_HEAD)
    for head, lines in _blocks(writer, rows):
        data["heads"].append({"x": 0, "y": top + size.text, "text": head})
        top += _HEAD
        for line in lines:
            top = _add(writer, line, (size, lefts, width), top, data)
        top += 10
    frame = Frame(size, top - 8, Padding(2, 2, 2, 2), writer.language)
    return frame.spec(_layers(), data)


def _add(
    writer: Writer,
    line: _Line,
    how: tuple[Size, dict[int, float], float],
    top: float,
    data: Data,
) -> float:
    """Add a line at ``top`` and return where the next one begins."""
    from analysis.charts.labels import wrapped
    from analysis.charts.sensitivity_matrix import cell_word

    size, lefts, width = how
    room = size.letters(width - _STRIP - _MARK - 10)
    words = [wrapped(cell_word(row, writer.words), room) for row in line.rows]
    names = wrapped(line.name, size.letters(_NAMES[size.is_narrow] - 8))
    tall = max(len(names), *map(len, words))
    height = size.line * tall + _PAD
    first = round(top + size.text + _PAD / 2, 1)
    weight = "bold" if line.is_default else "normal"
    data["names"].append({"x": 0, "y": first, "text": names, "weight": weight})
    for row, text in zip(line.rows, words, strict=True):
        left = lefts[int(row["target_year"])]
        edges = {"x": left, "x2": left + width - 4, "y": round(top, 1),
                 "y2": round(top + height - 2, 1)}  # fmt: skip
        data["cells"].append({**edges, **_cell(writer, row, line.name)})
        judged = _is_judged(row)
        shift = _STRIP + (_MARK if judged else 6)
        ink = tokens.INK if judged else tokens.QUIET
        data["texts"].append({"x": left + shift, "y": first, "text": text, "fill": ink})
        if judged:
            at = {"x": left + _STRIP + 9, "y": first - 0.35 * size.text}
            data["signs"].append({**at, **_sign(row, left, edges)})
    return top + height


def _is_judged(row: Row) -> bool:
    return row["placed"] not in ("NOT_ASSESSABLE", "NO_DATA", "NO_TARGET", "")


def _differs(row: Row) -> bool:
    from analysis.charts.rows import absent

    return not absent(row["differs"]) and bool(row["differs"])


def _cell(writer: Writer, row: Row, name: str) -> dict[str, Any]:
    from analysis.charts.sensitivity_matrix import cell_word

    words = writer.words
    differs = _differs(row)
    facts = {
        "target": str(row["target_year"]),
        "verdict": cell_word(row, words),
        "reason": _reason(writer, row),
        "default": words(f"verdict_short.{row['default_verdict']}") if differs else "",
    }
    return {
        "scenario_id": row["scenario_id"],
        "year": int(row["target_year"]),
        "placed": row["placed"],
        "fill": tokens.NONE if differs else tokens.PAPER,
        "edge": tokens.INK if differs else tokens.GRID,
        "thick": 1.8 if differs else 1,
        "tip": tip(writer, name, facts),
    }


def _reason(writer: Writer, row: Row) -> str:
    words, code = writer.words, row["reason"]
    if not code:
        return ""
    return words(f"reason.{code}" if words.has(f"reason.{code}") else f"untold.{code}")


def _sign(row: Row, left: float, edges: dict[str, float]) -> dict[str, Any]:
    code = row["placed"]
    colour = tokens.verdict(code)
    return {
        "left": left,
        "right": left + _STRIP,
        "top": edges["y"],
        "foot": edges["y2"],
        "shape": marks.VERDICTS[code],
        "fill": tokens.PAPER if code in marks.OPEN else colour,
        "stroke": colour,
    }


def _layers() -> list[Layer]:
    square = {"x": raw("x"), "x2": {"field": "x2"}, "y": raw("y"), "y2": {"field": "y2"}}
    strip = {"x": raw("left"), "x2": {"field": "right"}, "y": raw("top"), "y2": {"field": "foot"}}
    at = {"x": raw("x"), "y": raw("y")}
    dot = {"type": "point", "size": 62, "strokeWidth": 1.6, "opacity": 1}
    return [
        *texts("heads", at, fontWeight="bold"),
        *texts("names", at, fontWeight={"expr": "datum.weight"}),
        layer("cells", {"type": "rect", "opacity": 1},
              {**square, "fill": "fill", "stroke": "edge", "strokeWidth": "thick"}),
        layer("signs", {"type": "rect", "opacity": 1}, {**strip, "fill": "stroke"}, "strips"),
        layer("signs", dot, {**at, "shape": "shape", "fill": "fill", "stroke": "stroke"}),
        *texts("texts", {**at, "fill": raw("fill")}),
        pointed("cells", {"type": "rect"}, square),
    ]  # fmt: skip


def _alt(writer: Writer, rows: Sequence[Row]) -> str:
    """Return for each target the default verdict, and what each scenario says."""
    from analysis.charts.labels import label
    from analysis.charts.sensitivity_matrix import cell_word, scenario_name

    words, said = writer.words, []
    for year in sorted({int(row["target_year"]) for row in rows}):
        texts: dict[str, list[str]] = {}
        for row in rows:
            if row["target_year"] == year:
                texts.setdefault(cell_word(row, words), []).append(scenario_name(row, words))
        code = next(row["default_verdict"] for row in rows if row["target_year"] == year)
        listed = "; ".join(f"{word}: {', '.join(names)}" for word, names in texts.items())
        verdict = words(f"verdict_short.{code}")
        said.append(writer.say("figures.methods.alt_year", year=year, verdict=verdict, list=listed))
    name = label(rows[0], words)
    return writer.say("figures.methods.alt", label=name, rows=" ".join(said))
