"""Filled forms for the tests: a form as it was read, with other cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from analysis.intake.forms.layout import COLUMNS, SOURCE, places
from analysis.intake.forms.record import Record, read_record
from analysis.intake.forms.structure import SOURCE_COLUMN
from analysis.intake.model import Book, Cell, Place, Sheet

GUIDE, VALUES, TASKS = "Hướng dẫn", "Số liệu", "Nhiệm vụ"

Written = str | int | float | date | bool | None
"""What is put into a cell; text stays text."""

REPORT = {
    "title": "Báo cáo số 12/BC-SYT",
    "published": "15/01/2026",
    "address": "https://example.org/bao-cao",
}
"""A common source that lacks nothing."""


def record_of(book: Book) -> Record:
    """Return what a form recorded of itself."""
    record = read_record(book)
    assert isinstance(record, Record)
    return record


def place_of(book: Book, key: str, column: str) -> Place:
    """Return where a column of a row stands; ``source`` has the fields of the common source."""
    for line in record_of(book).lines:
        if key == "source" and (line.kind, line.key) == ("source", column):
            return Place(book.file, line.sheet, line.row, SOURCE_COLUMN)
        if line.kind in COLUMNS and line.key == key:
            at = places(line.kind, "plan", "entry", "source")[column]
            return Place(book.file, line.sheet, line.row, at)
    raise KeyError(key, column)


def cell(place: Place, written: Written) -> Cell:
    """Return a cell as a reader gives it."""
    if written is None:
        return Cell(place)
    if isinstance(written, bool):
        return Cell(place, "boolean", str(written).lower())
    if isinstance(written, date):
        return Cell(place, "date", written.isoformat(), day=written)
    if isinstance(written, str):
        return Cell(place, "text", written)
    return Cell(place, "number", f"{Decimal(repr(written)):f}", number=Decimal(repr(written)))


def with_cell(book: Book, place: Place, written: Written) -> Book:
    """Return a book with another cell; rows and columns are added as far as needed."""
    sheets = [
        _changed(sheet, book.file, place, written) if sheet.name == place.sheet else sheet
        for sheet in book.sheets
    ]
    return replace(book, sheets=tuple(sheets))


def _changed(sheet: Sheet, file: str, place: Place, written: Written) -> Sheet:
    height = max(len(sheet.rows), place.row)
    width = max(place.column, *(len(row) for row in sheet.rows))
    rows = [
        [
            sheet.rows[r - 1][c - 1]
            if r <= len(sheet.rows) and c <= len(sheet.rows[r - 1])
            else Cell(Place(file, sheet.name, r, c))
            for c in range(1, width + 1)
        ]
        for r in range(1, height + 1)
    ]
    rows[place.row - 1][place.column - 1] = cell(place, written)
    return replace(sheet, rows=tuple(map(tuple, rows)))


def filled(
    book: Book, rows: Mapping[str, Mapping[str, Written]], source: Mapping[str, Written] = REPORT
) -> Book:
    """Return a form with cells filled in.

    Parameters
    ----------
    rows
        Series or task → column → what is written.
    source
        Field of the common source → what is written.
    """
    cells = [(place_of(book, "source", key), source[key]) for key in SOURCE if key in source]
    cells += [(place_of(book, key, at), row[at]) for key, row in rows.items() for at in row]
    for place, written in cells:
        book = with_cell(book, place, written)
    return book


def without_row(book: Book, sheet: str, row: int) -> Book:
    """Return a book from a sheet of which a row was deleted; what is below moves up."""

    def moved(cells: tuple[Cell, ...], at: int) -> tuple[Cell, ...]:
        return tuple(replace(one, place=replace(one.place, row=at)) for one in cells)

    sheets = []
    for one in book.sheets:
        kept = [cells for at, cells in enumerate(one.rows, 1) if at != row]
        rows = tuple(moved(cells, at) for at, cells in enumerate(kept, 1))
        sheets.append(replace(one, rows=rows) if one.name == sheet else one)
    return replace(book, sheets=tuple(sheets))
