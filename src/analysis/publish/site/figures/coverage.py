"""What is there of every series in every year, group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.publish.site.figures import coverage_text, tokens
from analysis.publish.site.figures.coverage_text import FIRST_YEAR, SHAPES, STEPS
from analysis.publish.site.figures.evidence import grouped, targets_by_series
from analysis.publish.site.figures.figure import Figure
from analysis.publish.site.figures.size import LARGE, NARROW, Size
from analysis.publish.site.figures.spec import (
    Frame,
    Layer,
    Padding,
    layer,
    pointed,
    raw,
    texts,
)
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts.rows import Row

_NAMES = 344  # pixels for the names beside the cells
_HEAD, _YEARS, _SPACE = 22, 18, 14  # pixels: name of a group, names of the years, between groups
_SIDE = 18  # height of a cell

Data = dict[str, list[dict[str, Any]]]


def coverage_map(writer: Writer) -> Figure | None:
    """Return one row for each series and one column for each year, by group.

    The same cells, marks and readings as :func:`analysis.charts.coverage_map`: years before 2010
    share a column, and a frame marks the years for which the plan states a target.

    Parameters
    ----------
    writer
        Who writes, and about which edition.
    """
    grid = grid_of(writer)
    wide, narrow = (_spec(grid, size) for size in (LARGE, NARROW))
    return Figure(
        "coverage",
        wide,
        narrow,
        coverage_text.alt(writer, grid),
        writer.say("figures.coverage.read"),
        coverage_text.keys(writer, grid),
        layout="page",
    )


@dataclass(frozen=True)
class Grid:
    """What is drawn.

    Attributes
    ----------
    writer
        Who writes.
    cells
        One row a series and year that has anything (:func:`analysis.charts.coverage_map`).
    last
        The last year with a column of its own; later target years stand apart.
    """

    writer: Writer
    cells: pd.DataFrame
    last: int

    @cached_property
    def gap(self) -> pd.DataFrame:
        """The gap rows of all series, in plan order."""
        return self.writer.edition.gap

    @cached_property
    def later(self) -> list[int]:
        """The target years after the last year."""
        return sorted({int(year) for year in self.gap["target_year"] if year > self.last})

    @cached_property
    def counts(self) -> pd.DataFrame:
        """The cells of every group by kind (:func:`analysis.charts.coverage_map.cell_counts`)."""
        from analysis.charts.coverage_map import cell_counts

        return cell_counts(self.cells, self.gap)

    @property
    def columns(self) -> int:
        """The number of columns: earlier years, every year, a space, later years."""
        return 1 + self.last - FIRST_YEAR + 1 + (1 + len(self.later) if self.later else 0)

    def column(self, year: int) -> int:
        """Return the column in which a year stands."""
        if year in self.later:
            return self.columns - len(self.later) + self.later.index(year)
        return max(year - FIRST_YEAR + 1, 0)

    @cached_property
    def by_series(self) -> Mapping[str, list[Row]]:
        """The cells of every series that has some, by year."""
        return grouped(self.cells, "series_id")


def grid_of(writer: Writer) -> Grid:
    """Gather the cells of all series of the province."""
    from analysis.api import PROVINCE
    from analysis.charts.coverage_map import coverage_cells
    from analysis.reports import CoverageReport

    edition = writer.edition
    report = CoverageReport(
        edition.plan, writer.language, base_year=edition.base_year, as_of=edition.as_of
    )
    view = edition.view[edition.view["area_id"].eq(PROVINCE)]
    recorded = report.recorded
    cells = coverage_cells(view, recorded[~recorded["own"]])
    last = edition.as_of.year
    return Grid(writer, cells[cells["year"] <= last].reset_index(drop=True), last)


@dataclass(frozen=True)
class _Place:
    """Where the cells stand, in pixels: their left edge and the width of a column."""

    size: Size
    left: float
    pitch: float

    def edges(self, column: int) -> dict[str, float]:
        """Return left and right edge of a cell, and its middle."""
        left = self.left + column * self.pitch
        right = left + self.pitch - 1.5
        return {"x": round(left, 2), "x2": round(right, 2), "xm": round((left + right) / 2, 2)}


def _spec(grid: Grid, size: Size) -> dict[str, Any]:
    left = 0 if size.is_narrow else _NAMES
    place = _Place(size, left, (size.width - 4 - left) / grid.columns)
    names = ("groups", "shares", "years", "strips", "names", "cells", "counts", "frames")
    data: Data = {name: [] for name in names}
    top = 0.0
    last = 0
    for rows in targets_by_series(grid.writer.edition).values():
        group_id = int(rows[0]["group_id"])
        if group_id != last:
            top = _group(grid, place, group_id, top + (_SPACE if last else 0), data)
        last = group_id
        top = _series(grid, place, rows, top, data)
    frame = Frame(size, top, Padding(2, 2, 2, 4), grid.writer.language)
    return frame.spec(_layers(size), data)


def _group(grid: Grid, place: _Place, group_id: int, top: float, data: Data) -> float:
    """Write the name of a group and, below it, the years; return where its series begin."""
    from analysis.charts.labels import wrapped

    size = place.size
    names = wrapped(grid.writer.group(group_id).text, size.letters(0.92 * size.width))
    data["groups"].append({"x": 0, "y": round(top + 14, 1), "text": names})
    share = {"text": coverage_text.share(grid.writer, grid, group_id)}
    if size.is_narrow:
        top += size.line * len(names)
        data["shares"].append({**share, "x": 0, "y": round(top + 14, 1)})
    else:
        data["shares"].append({**share, "x": size.width - 4, "y": top + 14})
    targets = set(grid.gap["target_year"])
    for year, text in _year_names(grid, place).items():
        fill = tokens.TARGET if year in targets else tokens.QUIET
        at = {"x": place.edges(grid.column(year))["xm"], "y": round(top + _HEAD + 13, 1)}
        data["years"].append({**at, "text": text, "fill": fill})
    return top + _HEAD + _YEARS


def _year_names(grid: Grid, place: _Place) -> dict[int, str]:
    """Return the names of the columns; where it is narrow, of every fifth year only."""
    years = [*range(FIRST_YEAR, grid.last + 1), *grid.later]
    if place.size.is_narrow:
        years = [year for year in years if year % 5 == 0]
    names = {year: str(year) for year in years}
    return names if place.size.is_narrow else {FIRST_YEAR - 1: f"≤{FIRST_YEAR - 1}", **names}


def _series(grid: Grid, place: _Place, rows: Sequence[Row], top: float, data: Data) -> float:
    """Add the row of a series and return where the next one begins."""
    from analysis.charts.labels import label

    size, facts = place.size, rows[0]
    high = top + size.line + 2 if size.is_narrow else top
    first = top + size.text - 1 if size.is_narrow else top + 14
    data["names"].append({"x": 0, "y": round(first, 1), "text": label(facts, grid.writer.words)})
    edges = {"y": round(high, 1), "y2": round(high + _SIDE, 1), "ym": round(high + _SIDE / 2, 1)}
    data["strips"].append(
        {"x": place.left, "x2": place.edges(grid.column(grid.last))["x2"], **edges}
    )
    own = grid.by_series.get(str(facts["series_id"]), [])
    early = [cell for cell in own if cell["year"] < FIRST_YEAR]
    if early:
        data["cells"].append({**_earlier(grid, facts, early), **place.edges(0), **edges})
    if early and not size.is_narrow:
        data["counts"].append(_count(data["cells"][-1], len(early)))
    data["cells"] += [
        {**_cell(grid, facts, cell), **place.edges(grid.column(cell["year"])), **edges}
        for cell in own
        if cell["year"] >= FIRST_YEAR
    ]
    data["frames"] += [
        {**place.edges(grid.column(row["target_year"])), **edges}
        for row in rows
        if row["target_status"] == "stated"
    ]
    return high + _SIDE + (5 if size.is_narrow else 2)


def _cell(grid: Grid, facts: Row, cell: Row) -> dict[str, Any]:
    kind = cell["kind"]
    ground, ink = tokens.step(STEPS[kind]), tokens.on_step(STEPS[kind])
    return {
        "series_id": facts["series_id"],
        "year": int(cell["year"]),
        "kind": kind,
        "shape": SHAPES[kind],
        "ground": ground,
        "fill": ground if cell["unsure"] else ink,
        "stroke": ink,
        "tip": coverage_text.tip_of(grid.writer, facts, cell),
        "href": grid.writer.indicator(facts["indicator_id"]).path,
    }


def _earlier(grid: Grid, facts: Row, cells: Sequence[Row]) -> dict[str, Any]:
    """Return the cell of the years that share a column: the best of them, and how many."""
    best = max(cells, key=lambda cell: STEPS[cell["kind"]])
    told = coverage_text.earlier_tip(grid.writer, facts, cells)
    return {**_cell(grid, facts, {**best, "unsure": False}), "tip": told}


def _count(cell: dict[str, Any], n: int) -> dict[str, Any]:
    """Make room for the number of years beside the mark of a cell, and return its text."""
    middle = cell["xm"]
    cell["xm"] = middle - 7
    return {"x": middle + 5, "y": cell["ym"] + 4, "text": str(n), "fill": cell["stroke"]}


def _layers(size: Size) -> list[Layer]:
    square = {"x": raw("x"), "x2": {"field": "x2"}, "y": raw("y"), "y2": {"field": "y2"}}
    at = {"x": raw("x"), "y": raw("y")}
    sign = {"type": "point", "size": 40 if size.is_narrow else 46, "strokeWidth": 1.2, "opacity": 1}
    look = {"shape": "shape", "fill": "fill", "stroke": "stroke"}
    frame = {"type": "rect", "fill": tokens.CLEAR, "stroke": tokens.TARGET, "strokeWidth": 1.3,
             "opacity": 1}  # fmt: skip
    small: Layer = {"fontSize": size.small, "fill": tokens.QUIET}
    side: Layer = {} if size.is_narrow else {"align": "right"}
    return [
        *texts("groups", at, fontWeight="bold"),
        *texts("shares", at, **small, **side),
        *texts("years", {**at, "fill": raw("fill")}, fontSize=10.5, align="center"),
        layer("strips", {"type": "rect", "fill": tokens.NONE, "opacity": 1}, square),
        *texts("names", at, limit=size.width if size.is_narrow else _NAMES - 12),
        layer("cells", {"type": "rect", "opacity": 1}, {**square, "fill": "ground"}),
        layer("cells", sign, {"x": raw("xm"), "y": raw("ym"), **look}, "signs"),
        *texts("counts", {**at, "fill": raw("fill")}, fontSize=11, align="center"),
        layer("frames", frame, square),
        pointed("cells", {"type": "rect"}, square),
    ]
