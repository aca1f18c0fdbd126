"""Sheets in memory, for the tests of the layouts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from analysis.intake.model import Book, Cell, Place, Sheet

Written = str | float | date | bool | None
"""What stands in a cell; nothing is an empty one."""

FILE = "a.xlsx"


def cell(place: Place, written: Written) -> Cell:
    """A cell as a reader gives it."""
    if written is None or written == "":
        return Cell(place)
    if isinstance(written, bool):
        return Cell(place, "boolean", str(written).lower())
    if isinstance(written, date):
        return Cell(place, "date", written.isoformat(), day=written)
    if isinstance(written, str):
        return Cell(place, "text", written)
    number = Decimal(repr(written))
    return Cell(place, "number", f"{number:f}", number=number)


def sheet(*rows: Sequence[Written], name: str = "Bảng") -> Sheet:
    """A sheet with these cells, all rows as long as the longest."""
    width = max(map(len, rows), default=0)
    return Sheet(
        name,
        tuple(
            tuple(
                cell(Place(FILE, name, at, column), row[column - 1] if column <= len(row) else None)
                for column in range(1, width + 1)
            )
            for at, row in enumerate(rows, 1)
        ),
    )


def book(*sheets: Sheet) -> Book:
    """A file with these sheets."""
    return Book(FILE, "xlsx", "0" * 64, sheets)
