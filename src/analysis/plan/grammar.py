"""What both appendices share: the tools of their grammars and the agencies of a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.plan.agencies import FILE as AGENCIES_FILE
from analysis.plan.agencies import Registry
from analysis.plan.cells import Cell, Cursor
from analysis.plan.errors import KEEP_TEXT, Problems
from analysis.plan.expressions import is_time
from analysis.plan.readings import NO_READING, ReadingBook

DASH = "-"
_ITEM = "- "


@dataclass(frozen=True)
class Tools:
    """What the grammars look things up in, and where they note what they cannot read.

    Parameters
    ----------
    unit_cells
        Every text that a unit cell may hold.
    part_ids
        Ids of sub-rows: ``{(indicator_id, printed part): series_id}``.
    """

    readings: ReadingBook
    registry: Registry
    problems: Problems
    unit_cells: frozenset[str] = frozenset()
    part_ids: Mapping[tuple[str, str], str] | None = None


@dataclass(frozen=True)
class Named:
    """One agency that a cell names, in its role.

    Parameters
    ----------
    text, line
        The cell that names it.
    inherited
        Whether that cell belongs to a row above.
    """

    agency_id: str
    role: str
    text: str
    line: int
    reading_id: str = NO_READING
    inherited: bool = False


@dataclass(frozen=True)
class Duties:
    """The agencies of one row: those of its lead cell (lead, statistics) and the coordinating."""

    lead: tuple[Named, ...] = ()
    coordinating: tuple[Named, ...] = ()

    def from_above(self, above: Duties, reading_id: str) -> Duties:
        """Return these duties, with what they lack taken from the row above."""
        return Duties(
            self.lead or _inherit(above.lead, reading_id),
            self.coordinating or _inherit(above.coordinating, reading_id),
        )

    @property
    def all(self) -> tuple[Named, ...]:
        """Lead cell first, then coordinating."""
        return (*self.lead, *self.coordinating)


def _inherit(named: tuple[Named, ...], reading_id: str) -> tuple[Named, ...]:
    return tuple(replace(one, inherited=True, reading_id=reading_id) for one in named)


def skip_header(cursor: Cursor, header: Sequence[str], problems: Problems) -> None:
    """Step over the head, the title and the column heads of an appendix, which must stand there."""
    cursor.take()
    title = cursor.take() if cursor else Cell("", 1)
    for expected in header:
        if cursor.text() != expected:
            where = cursor.peek() or title
            what = f"the table's head has {where.text!r} where {expected!r} is due"
            problems.at_line(where.line, what, KEEP_TEXT)
            return
        cursor.take()


def skip_stray(cursor: Cursor, due: re.Pattern[str], what_is_due: str, problems: Problems) -> None:
    """Note cells that match nothing, up to the next one that can begin a row."""
    while cursor and not due.fullmatch(cursor.text()):
        stray = cursor.take()
        what = f"{stray.text!r} matches nothing: {what_is_due} is due here"
        problems.at_line(stray.line, what, f"add a reading for it; {KEEP_TEXT}")


def take_name(cursor: Cursor, place: str, tools: Tools) -> Cell:
    """Return the name that is due here; note what else stands here, and step over nothing."""
    here = cursor.peek()
    if here and is_name(here.text, tools):
        return cursor.take()
    line = here.line if here else 0
    what = f"row {place} has {cursor.text()!r} where its name is due"
    tools.problems.at_line(line, what, KEEP_TEXT)
    return Cell("", line)


def is_name(text: str, tools: Tools) -> bool:
    """Say whether a cell can be a name: words that are no unit, time or agency."""
    other = text in tools.unit_cells or is_time(text) or tools.registry.split(text)
    return text[:1].isalpha() and not other


def join_broken(cells: Sequence[Cell], place: str, tools: Tools) -> tuple[Cell, ...]:
    """Join agency cells that the source broke over two, where a reading says so."""
    cursor = Cursor(cells)
    joined = []
    while cursor:
        cell = cursor.take()
        reading = tools.readings.find("broken_cell", place, cell.text)
        if reading and cursor.text() == reading.value["continued_by"]:
            tools.readings.use("broken_cell", place, cell)
            joined.append(Cell(f"{cell.text} {cursor.take().text}", cell.line))
        else:
            joined.append(cell)
    return tuple(joined)


def read_duties(cells: Sequence[Cell], place: str, tools: Tools) -> Duties:
    """Read the agency cells of a row: the first is the lead's, the rest are coordinating.

    A single cell leaves its column open: a reading must say which it is.
    """
    cells = join_broken(cells, place, tools)
    if not cells:
        return Duties()
    if len(cells) == 1:
        return _single(cells[0], place, tools)
    _check_lists(cells, place, tools)
    coordinating = [
        named for cell in cells[1:] for named in _name(cell, "coordinating", place, tools)
    ]
    return Duties(_name(cells[0], "lead", place, tools), tuple(coordinating))


def _check_lists(cells: Sequence[Cell], place: str, tools: Tools) -> None:
    """Note a lead's cell that begins with a dash, and a dashed list of one item."""
    dashed = [cell for cell in cells if cell.text.startswith(_ITEM)]
    if cells[0] in dashed or len(dashed) == 1:
        what = f"the agency cells of row {place} are no lead followed by a list"
        tools.problems.at_line(cells[0].line, what, f"a cell is missing; {KEEP_TEXT}")


def _single(cell: Cell, place: str, tools: Tools) -> Duties:
    reading = tools.readings.use("agency_column", place, cell)
    if reading is None:
        tools.problems.at_line(
            cell.line,
            f"row {place} has one agency cell only, {cell.text!r}: lead or coordinating?",
            f"add a reading of kind agency_column; {KEEP_TEXT}",
        )
        return Duties()
    role = reading.value["role"]
    named = tuple(replace(one, reading_id=reading.id) for one in _name(cell, role, place, tools))
    return Duties(lead=named) if role == "lead" else Duties(coordinating=named)


def _name(cell: Cell, role: str, place: str, tools: Tools) -> tuple[Named, ...]:
    if reading := tools.readings.use("lead_and_statistics", place, cell):
        pairs = [(reading.value["lead"], "lead"), (reading.value["statistics"], "statistics")]
        return _as_read(pairs, cell, reading.id, tools)
    if reading := tools.readings.use("agencies", place, cell):
        pairs = [(name, role) for name in reading.value["agencies"]]
        return _as_read(pairs, cell, reading.id, tools)
    agencies = tools.registry.split(cell.text)
    if not agencies:
        _unknown(cell.text, cell, place, tools)
    return tuple(Named(agency.id, role, cell.text, cell.line) for agency in agencies)


def _as_read(
    pairs: Sequence[tuple[str, str]], cell: Cell, reading_id: str, tools: Tools
) -> tuple[Named, ...]:
    named = []
    for name, role in pairs:
        agencies = tools.registry.split(name)
        if len(agencies) != 1:
            _unknown(name, cell, reading_id, tools)
        named += [Named(agency.id, role, cell.text, cell.line, reading_id) for agency in agencies]
    return tuple(named)


def _unknown(name: str, cell: Cell, place: str, tools: Tools) -> None:
    what = f"{name!r} in row {place} matches nothing: no target or time, no agency of the registry"
    mend = f"add it to the aliases in {AGENCIES_FILE}, or a reading; {KEEP_TEXT}"
    tools.problems.at_line(cell.line, what, mend)
