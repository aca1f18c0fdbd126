"""The cells of one sheet while it is read: sparse at first, a full rectangle in the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from analysis.errors import UserError
from analysis.intake.model import Cell, Place, Sheet
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import Fault, damaged
from analysis.intake.reading.limits import CELLS, COLUMNS, MERGES, ROWS
from analysis.intake.reading.values import Value

OWN_SHEET: Final = "_plan155"
"""What a form says about itself; nobody needs to see it."""

Range: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 1."""


class Grid:
    """Takes the cells of a sheet in any order, and what the file says about rows and columns.

    Parameters
    ----------
    desk
        The reading to which it belongs.
    name
        The sheet's name; empty for a text file.
    hidden
        Whether the file hides the sheet.
    """

    def __init__(self, desk: Desk, name: str = "", *, hidden: bool = False) -> None:
        self._desk = desk
        self._name = name
        self._hidden = hidden
        self._rows = dict[int, dict[int, Cell]]()
        self._held = 0
        self._too_far = False
        self._hidden_rows = set[int]()
        self._hidden_columns = set[int]()
        self._merges = list[Range]()

    def place(self, row: int = 0, column: int = 0) -> Place:
        """Return a place in this sheet."""
        return Place(self._desk.file, self._name, row, column)

    def put(self, row: int, column: int, value: Value) -> None:
        """Take a cell; an empty one is not kept.

        Raises
        ------
        UserError
            If the cell was taken before, or there are too many.
        """
        if value.is_empty:
            return
        if row > ROWS or column > COLUMNS:
            self._note_too_far(row, column)
            return
        place, cells = self.place(row, column), self._rows.setdefault(row, {})
        if column in cells:
            raise damaged(self._desk.file, f"{place} is given twice")
        cells[column] = value.at(place)
        self._desk.faults.add_all(value.faults, place)
        self._held += 1
        if self._held > CELLS:
            self._desk.take_cells(self._held, str(self.place()))

    def hide_rows(self, first: int, last: int) -> None:
        """Take note that the file hides these rows."""
        self._hidden_rows.update(range(max(first, 1), min(last, ROWS) + 1))

    def hide_columns(self, first: int, last: int) -> None:
        """Take note that the file hides these columns."""
        self._hidden_columns.update(range(max(first, 1), min(last, COLUMNS) + 1))

    def merge(self, merged: Range) -> None:
        """Take note that the file shows these cells as one.

        Raises
        ------
        UserError
            If there are too many such ranges.
        """
        self._merges.append(merged)
        if len(self._merges) > MERGES:
            what = f"the sheet has more than {MERGES:,} merged ranges"
            raise UserError(what, str(self.place()), _UNMERGE)

    def sheet(self) -> Sheet:
        """Check what is known of rows and columns as a whole and return the sheet.

        Raises
        ------
        UserError
            If the cells reach over too large a rectangle.
        """
        if self._name != OWN_SHEET:
            self._check_hidden()
        self._check_merges()
        height = max(self._rows, default=0)
        width = max((max(cells) for cells in self._rows.values()), default=0)
        last = self.place(height, width) if height else self.place()
        self._desk.take_cells(height * width, f"{last} (the last cell)")
        return Sheet(self._name, tuple(self._row(row, width) for row in range(1, height + 1)))

    def _row(self, row: int, width: int) -> tuple[Cell, ...]:
        cells = self._rows.get(row, {})
        columns = range(1, width + 1)
        return tuple(cells.get(column) or Cell(self.place(row, column)) for column in columns)

    def _note_too_far(self, row: int, column: int) -> None:
        if self._too_far:
            return
        self._too_far = True
        what = f"the sheet has more than {ROWS:,} rows or {COLUMNS} columns that hold something"
        mend = "delete what stands far off, or split the file"
        self._desk.faults.add(Fault(what, mend), self.place(row, column))

    def _check_hidden(self) -> None:
        if self._hidden and (self._rows or self._too_far):
            what = "the sheet is hidden and holds values"
            mend = "show hidden sheets (right click on a sheet's name, Unhide) or delete them"
            self._desk.faults.add(Fault(what, mend), self.place())
        for row in sorted(self._hidden_rows & self._rows.keys()):
            fault = Fault("the row is hidden and holds values", _UNHIDE)
            self._desk.faults.add(fault, self.place(row))
        used = {column for cells in self._rows.values() for column in cells}
        for column in sorted(self._hidden_columns & used):
            fault = Fault("the column is hidden and holds values", _UNHIDE)
            self._desk.faults.add(fault, self.place(column=column))

    def _check_merges(self) -> None:
        for first_row, first, last_row, last in self._merges:
            rows = self._used_rows(first_row, last_row)
            self._desk.looks -= min(last_row - first_row + 1, len(self._rows))
            self._desk.looks -= sum(len(self._rows[row]) for row in rows)
            if self._desk.looks < 0:  # ranges that do not overlap come nowhere near
                raise damaged(self._desk.file, f"merged ranges overlap in {self.place()}")
            span = range(first, last + 1)
            filled = [(row, each) for row in rows for each in self._rows[row] if each in span]
            if filled and (first_row != last_row or filled != [(first_row, first)]):
                what = "merged cells hold values that belong to several rows or are not seen"
                self._desk.faults.add(Fault(what, _UNMERGE), self.place(first_row, first))

    def _used_rows(self, first: int, last: int) -> Iterable[int]:
        span = range(first, last + 1)
        if len(span) < len(self._rows):
            return [row for row in span if row in self._rows]
        return [row for row in self._rows if row in span]


_UNHIDE: Final = (
    "show hidden rows and columns (select all, right click, Unhide; remove filters) "
    "and check or delete what appears"
)
_UNMERGE: Final = (
    "unmerge the cells and write the value into each row; only a title in one row may be merged"
)
