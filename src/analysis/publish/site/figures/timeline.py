"""The tasks in time: when each is to be done, and what is reported of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.figures import timeline_text, tokens
from analysis.publish.site.figures.figure import Figure
from analysis.publish.site.figures.size import LARGE, NARROW, Size
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
from analysis.publish.site.figures.timeline_bars import Data, add_time, year_of
from analysis.publish.site.figures.timeline_text import FIRST_YEAR, LAST_YEAR
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts.rows import Row

_THICK, _PAD, _HEAD, _DAY = 20, 12, 28, 22  # pixels
_LINES = 3  # of the name of a task; where all groups are shown, one less


@dataclass(frozen=True)
class _Columns:
    """Where names end, where the years begin and end, and where texts begin, in pixels."""

    names: float
    start: float
    end: float
    text: float


_COLUMNS: Final = {
    False: _Columns(names=396, start=412, end=762, text=784),
    True: _Columns(names=316, start=0, end=306, text=0),
}


@dataclass(frozen=True)
class _How:
    """How the rows are laid out: width and type, columns, and whether all groups are shown."""

    size: Size
    columns: _Columns
    all_groups: bool

    @property
    def lines(self) -> int:
        """The most lines that the name of a task may have."""
        return _LINES - self.all_groups


def task_timeline(writer: Writer, task_group_id: str | None = None) -> Figure | None:
    """Return one row for every task, of one group or of all: its time and its standing.

    The bars, signs and readings of :func:`analysis.charts.task_gantt`: a task without a report is
    not filled, since it is not known whether it is done.

    Parameters
    ----------
    writer
        Who writes, and about which edition.
    task_group_id
        The Roman number of a group; without it all tasks under the names of their groups.
    """
    tasks = writer.edition.tasks
    if task_group_id is not None:
        tasks = tasks[tasks["task_group_id"].eq(task_group_id)]
    if tasks.empty:
        return None
    wide, narrow = (_spec(writer, tasks, size) for size in (LARGE, NARROW))
    return Figure(
        f"tasks-{task_group_id}" if task_group_id else "tasks",
        wide,
        narrow,
        timeline_text.alt(writer, tasks),
        writer.say("figures.tasks.read", as_of=writer.as_of),
        timeline_text.keys(writer, tasks),
        layout="page",
    )


def _spec(writer: Writer, tasks: pd.DataFrame, size: Size) -> dict[str, Any]:
    columns = _COLUMNS[size.is_narrow]
    how = _How(size, columns, tasks["task_group_id"].nunique() > 1)
    names = ("heads", "rules", "years", "grid", "names", "rows", "bars", "broken", "signs",
             "arrows", "dateless", "texts", "details", "bands")  # fmt: skip
    data: Data = {name: [] for name in names}
    bands: list[dict[str, float]] = []
    top = 0.0
    for heads, rows in _parts(writer, tasks, several=how.all_groups):
        top = first = _heads(heads, how, top, data)
        for row in rows:
            top = _task(writer, row, how, top, data)
        narrow = ({"y": row["y"] - 4, "y2": row["y2"] + 4} for row in data["bands"])
        bands += narrow if size.is_narrow else [{"y": first, "y2": top}]
        data["bands"] = []
        top += _PAD
    data["grid"] = [{**band, "year": year} for band in bands
                    for year in range(FIRST_YEAR, LAST_YEAR + 2)]  # fmt: skip
    data["day"] = _day_rows(writer, tasks, bands)
    frame = Frame(size, top - _PAD, Padding(2, 2, _DAY, 4), writer.language)
    del data["bands"]
    return frame.spec(_layers(columns, size), data, _encoding(columns))


def _parts(
    writer: Writer, tasks: pd.DataFrame, *, several: bool
) -> Iterator[tuple[list[str], list[Row]]]:
    """Yield the tasks under their heads: group, if there are several, and sub-group."""
    from analysis.charts.labels import given
    from analysis.charts.rows import records

    last: tuple[str, str] = ("", "")
    heads: list[str] = []
    rows: list[Row] = []
    for row in records(tasks):
        name = given(row[f"subgroup_{writer.language}"])
        here = (str(row["task_group_id"]), name)
        if here != last and rows:
            yield heads, rows
            rows = []
        if here != last:
            group = writer.task_group(here[0]).text
            heads = [group] if several and here[0] != last[0] else []
            heads += [f"{given(row['subgroup'])}. {name}"] if name else []
        last = here
        rows.append(row)
    yield heads, rows


def _heads(heads: Sequence[str], how: _How, top: float, data: Data) -> float:
    """Write the heads of a part and the years; return where its tasks begin."""
    from analysis.charts.labels import wrapped

    size = how.size
    for place, text in enumerate(heads):
        lines = wrapped(text, size.letters(how.columns.names))
        data["heads"].append({"x": 0, "y": top + size.text, "text": lines})
        last = place == len(heads) - 1
        top += size.line * len(lines) if size.is_narrow or not last else 0
        if last and not size.is_narrow:
            top += max(size.line * (len(lines) - 1), 0)
    data["years"] += [{"year": year + 0.5, "y": top + 15, "text": str(year)}
                      for year in range(FIRST_YEAR, LAST_YEAR + 1)]  # fmt: skip
    return top + _HEAD - 4


def _task(writer: Writer, row: Row, how: _How, top: float, data: Data) -> float:
    """Add the row of a task and return where the next one begins."""
    size = how.size
    names = _names(writer, row, how)
    standing, details = timeline_text.beside(
        writer, row, size.letters(size.width - 4 - how.columns.text), brief=how.all_groups
    )
    named, said = (size.line * len(texts) for texts in (names, [*standing, *details]))
    if size.is_narrow:
        name, bar, told = top + 4, top + named + 10, top + named + _THICK + 16
        height = named + _THICK + said + 24
    else:
        height = max(named, said, _THICK) + _PAD
        name, bar, told = (top + (height - part) / 2 for part in (named, _THICK, said))
    data["rules"].append({"y": round(top, 1)})
    data["names"].append({"x": 0, "y": round(name + size.text, 1), "text": names})
    data["texts"].append({"y": round(told + size.text, 1), "text": standing})
    if details:
        place = told + size.text + size.line * len(standing)
        data["details"].append({"y": round(place, 1), "text": details})
    edges = {"y": round(bar, 1), "y2": round(bar + _THICK, 1), "ym": round(bar + _THICK / 2, 1)}
    add_time(writer, row, edges, data)
    group = writer.task_group(row["task_group_id"]).path
    data["rows"].append({"y": round(top, 1), "y2": round(top + height, 1),
                         "task_id": row["task_id"], "tip": timeline_text.tip_of(writer, row),
                         "href": f"{group}#{row['task_id']}"})  # fmt: skip
    return top + height


def _names(writer: Writer, row: Row, how: _How) -> list[str]:
    """Return the first lines of a name; the whole of it is in the tooltip and on the page."""
    from analysis.charts.labels import wrapped

    width = how.size.letters(how.columns.names) - 2
    lines = wrapped(f"{row['task_id']} {row[f'name_{writer.language}']}", width)
    kept = lines[: how.lines]
    return kept if len(kept) == len(lines) else [*kept[:-1], f"{kept[-1]} …"]


def _day_rows(
    writer: Writer, tasks: pd.DataFrame, bands: Sequence[dict[str, float]]
) -> list[dict[str, Any]]:
    """Return the line of the day of assessment through every band, the first with its text."""
    from analysis.charts.rows import first

    year = round(year_of(first(tasks)["as_of"]), 3)
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        return []
    text = writer.words("chart.gantt_day", as_of=writer.as_of)
    return [
        {**band, "year": year, "text": "" if place else text} for place, band in enumerate(bands)
    ]


def _encoding(columns: _Columns) -> Layer:
    scale = {"domain": [FIRST_YEAR, LAST_YEAR + 1], "range": [columns.start, columns.end],
             "nice": False, "zero": False}  # fmt: skip
    return {"x": {"field": "year", "type": "quantitative", "scale": scale, "axis": None}}


def _layers(columns: _Columns, size: Size) -> list[Layer]:
    at, year = {"y": raw("y")}, plain("year")
    upright = {"x": year, **at, "y2": {"field": "y2"}}
    span = {"x": plain("start"), "x2": {"field": "end"}, **at, "y2": {"field": "y2"}}
    look = {**span, "fill": "fill", "stroke": "stroke"}
    bar = {"type": "rect", "strokeWidth": 1.5, "opacity": 1}
    sign = {"type": "point", "size": 58, "strokeWidth": 1.5, "opacity": 1}
    middle = {"x": year, "y": raw("ym")}
    whole = {"x": constant(0), "x2": constant(size.width - 4)}
    small: Layer = {"fontSize": size.small, "align": "center"}
    italic: Layer = {"fontStyle": "italic", "fill": tokens.QUIET, "dx": 6}
    return [
        layer("rules", {"type": "rule", "stroke": tokens.GRID}, {**whole, **at}),
        layer("grid", {"type": "rule", "stroke": tokens.GRID}, upright),
        *texts("heads", {"x": raw("x"), **at}, fontWeight="bold"),
        *texts("years", {"x": year, **at}, **small, fill=tokens.QUIET),
        *texts("names", {"x": raw("x"), **at}),
        layer("bars", bar, look),
        layer("broken", {**bar, "strokeDash": [4, 3]}, look),
        layer("signs", sign, {**middle, "shape": "shape", "fill": "fill", "stroke": "stroke"}),
        layer("arrows", {"type": "point", "size": 80, "shape": "triangle-right", "opacity": 1,
                         "stroke": tokens.CLEAR, "xOffset": 9}, {**middle, "fill": "fill"}),
        *texts("dateless", {"x": constant(columns.start), **at}, halo=True, **italic),
        layer("day", {"type": "rule", "stroke": tokens.ACCENT, "strokeWidth": 1.5}, upright),
        *texts("day", {"x": year, "y": constant(-7)}, **small, fill=tokens.ACCENT),
        *texts("texts", {"x": constant(columns.text), **at}, fontWeight="bold"),
        *texts("details", {"x": constant(columns.text), **at}, fill=tokens.QUIET),
        pointed("rows", {"type": "rect"}, {**whole, **at, "y2": {"field": "y2"}}),
    ]  # fmt: skip
