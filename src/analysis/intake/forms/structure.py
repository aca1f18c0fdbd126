"""Whether a form still stands as it was made, and where its cells are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.intake.forms.layout import COLUMNS, HEAD_ROW, KEPT, places
from analysis.intake.forms.record import SHEET, Line, Record, digest
from analysis.intake.model import Book, Cell, Finding, Place, Sheet

SOURCE_COLUMN = 2
"""Where the cells of the common source stand on the first sheet, counted from 1."""

_AS_MADE = (
    "take the form as it was sent and fill in its coloured cells only; rows and columns stay in "
    "their places"
)
_LISTED = 8
"""Most rows that a message names one by one."""


def cell_at(sheet: Sheet, row: int, column: int) -> Cell:
    """Return a cell of a sheet, counted from 1; beyond what the file holds it is empty."""
    if row <= len(sheet.rows) and column <= len(sheet.rows[row - 1]):
        return sheet.rows[row - 1][column - 1]
    file = next((cell.place.file for cells in sheet.rows for cell in cells), "")
    return Cell(Place(file, sheet.name, row, column))


def is_given(cell: Cell) -> bool:
    """Tell whether something stands in a cell."""
    return cell.kind != "empty" and bool(cell.text.strip())


def structure_faults(book: Book, record: Record) -> Iterator[Finding]:
    """Give what was changed in a form besides the cells to be filled in.

    Parameters
    ----------
    book
        The form as it came back.
    record
        What it recorded of itself when it was made.
    """
    by_sheet: dict[str, list[Line]] = {}
    for line in record.lines:
        by_sheet.setdefault(line.sheet, []).append(line)
    for name, lines in by_sheet.items():
        sheet = book.sheet(name)
        if sheet is None:
            what = f"the sheet {name!r} of the form is missing"
            yield Finding("structure-changed", "error", what, Place(book.file), _AS_MADE)
            continue
        yield from _changed(book, sheet, lines)
        yield from _beside(sheet, lines)
    yield from _unread(book, {*by_sheet, SHEET})


def _changed(book: Book, sheet: Sheet, lines: Iterable[Line]) -> Iterator[Finding]:
    """Give one fault for all lines of a sheet that are not as they were made."""
    changed = [line for line in lines if digest(_told(sheet, line)) != line.digest]
    if not changed:
        return
    rows = ", ".join(str(line.row) for line in changed[:_LISTED])
    more = f" and {len(changed) - _LISTED} more" if len(changed) > _LISTED else ""
    first = changed[0]
    found = cell_at(sheet, first.row, 1).text
    told = first.kind in COLUMNS and found != first.key
    hint = f"; row {first.row} should be that of {first.key}, not of {found!r}" if told else ""
    what = f"the form was changed where nothing is to be filled in: row {rows}{more}{hint}"
    place = Place(book.file, sheet.name, first.row)
    yield Finding("structure-changed", "error", what, place, _AS_MADE)


def _told(sheet: Sheet, line: Line) -> list[str]:
    """Return what a line tells, as it was when its digest was made."""
    return [cell_at(sheet, line.row, at).text for at in _telling(line)]


def _telling(line: Line) -> Iterable[int]:
    if line.kind == "source":
        return (1,)
    if line.kind == "way":
        return (1, KEPT + 1)
    if line.kind == "heads":
        return range(1, len(COLUMNS[line.key]) + 1) if line.key in COLUMNS else ()
    return places(line.kind, "plan").values() if line.kind in COLUMNS else ()


def _beside(sheet: Sheet, lines: Sequence[Line]) -> Iterator[Finding]:
    """Give a fault for each row that holds something and is none of the form's."""
    known = {line.row for line in lines}
    widths = [len(COLUMNS[line.key]) for line in lines if line.kind == "heads"]
    if not widths:
        return  # the first sheet has no rows to be filled in
    for number, row in enumerate(sheet.rows[HEAD_ROW - 1 :], HEAD_ROW):
        first = max(widths) if number in known else 0
        for cell in filter(is_given, row[first:]):
            what = f"something stands outside the form's cells: {cell.text[:40]!r}"
            yield Finding("outside-the-form", "error", what, cell.place, "empty this cell")
            break


def _unread(book: Book, known: set[str]) -> Iterator[Finding]:
    for sheet in book.sheets:
        if sheet.name not in known and any(is_given(cell) for row in sheet.rows for cell in row):
            what = f"the sheet {sheet.name!r} is none of the form's: nothing is read from it"
            place = Place(book.file, sheet.name)
            yield Finding("unread-sheet", "warning", what, place, "delete it, or leave it unread")


def row_cells(sheet: Sheet, line: Line) -> Mapping[str, Cell]:
    """Return all cells of a row of the values or tasks, by column."""
    columns = places(line.kind, "plan", "entry", "source")
    return {key: cell_at(sheet, line.row, at) for key, at in columns.items()}
