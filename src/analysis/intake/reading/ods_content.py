"""The content of an OpenDocument spreadsheet: tables, rows and cells, repeated ones counted."""

from __future__ import annotations

import re
from typing import Final

from analysis.errors import UserError
from analysis.intake.model import Sheet
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import Fault, damaged, quoted
from analysis.intake.reading.grid import Grid
from analysis.intake.reading.hazards import EMBEDDED, LINKS, MACROS
from analysis.intake.reading.limits import CELLS, COLUMNS, ROWS, SHEETS
from analysis.intake.reading.markup import Attributes, Outline, paths
from analysis.intake.reading.ods_cell import CellReader
from analysis.intake.reading.sheet_names import sheet_name
from analysis.intake.reading.values import Value

_COUNT: Final = re.compile("[1-9][0-9]{0,8}")

_TABLE: Final = "office:spreadsheet/table:table"
_ROW_GROUPS: Final = ("table:table-row-group", "table:table-header-rows", "table:table-rows")
_COLUMN_GROUPS: Final = (
    "table:table-column-group",
    "table:table-header-columns",
    "table:table-columns",
)
_CELLS: Final = ("table:table-cell", "table:covered-table-cell")
_HIDDEN: Final = frozenset({"collapse", "filter"})

_EMBEDDED: Final = frozenset(
    {
        "draw:object",
        "draw:object-ole",
        "draw:plugin",
        "draw:applet",
        "draw:floating-frame",
        "form:form",
    }
)
_LINKS: Final = frozenset(
    {
        "table:table-source",
        "table:cell-range-source",
        "table:dde-link",
        "office:dde-source",
        "table:database-source-sql",
        "table:database-source-table",
        "table:database-source-query",
    }
)
_MACROS: Final = frozenset({"office:script", "script:event-listener"})


class ContentReader:
    """Follows the markup of ``content.xml``.

    Parameters
    ----------
    desk
        The reading to which it belongs.

    Attributes
    ----------
    sheets
        The sheets that were read to their end.
    """

    def __init__(self, desk: Desk) -> None:
        self.sheets = list[Sheet]()
        self._desk = desk
        self._hidden_styles = set[str]()
        self._style = ""
        self._grid = Grid(desk)
        self._row = 1
        self._column = 1
        self._table_column = 1
        self._repeated = 1
        self._cells = list[tuple[int, int, Value]]()
        self._cell = CellReader(desk)
        self._reported = set[str]()

    def outline(self) -> Outline:
        """Return what to listen to."""
        rows = ["table:table", *_ROW_GROUPS]
        columns = ["table:table", *_COLUMN_GROUPS]
        row_paths = paths(rows, ["table:table-row"])
        cell_paths = paths(["table:table-row"], _CELLS)
        return Outline(
            through=[
                "/office:document-content",
                "office:document-content/office:automatic-styles",
                "office:document-content/office:body",
                "office:body/office:spreadsheet",
                *paths(rows, _ROW_GROUPS),
                *paths(columns, _COLUMN_GROUPS),
            ],
            starts={
                "office:automatic-styles/style:style": self._begin_style,
                "style:style/style:table-properties": self._note_table_style,
                _TABLE: self._begin_table,
                **dict.fromkeys(paths(columns, ["table:table-column"]), self._column_definition),
                **dict.fromkeys(row_paths, self._begin_row),
                **dict.fromkeys(cell_paths, self._begin_cell),
                **self._cell.starts(),
            },
            ends={
                _TABLE: self._end_table,
                **dict.fromkeys(row_paths, self._end_row),
                **dict.fromkeys(cell_paths, self._end_cell),
                **self._cell.ends(),
            },
            text=self._cell.text,
            anywhere=self._watch,
        )

    def _begin_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("style:name", "")

    def _note_table_style(self, attributes: Attributes) -> None:
        if attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _begin_table(self, attributes: Attributes) -> None:
        name = sheet_name(attributes.get("table:name", ""), self._desk)
        hidden = attributes.get("table:style-name", "") in self._hidden_styles
        self._grid = Grid(self._desk, name, hidden=hidden)
        self._row, self._table_column = 1, 1

    def _end_table(self) -> None:
        self.sheets.append(self._grid.sheet())
        if len(self.sheets) > SHEETS:
            what = f"the file has more than {SHEETS} sheets"
            mend = "delete the sheets that are not needed, or split the file"
            raise UserError(what, self._desk.file, mend)

    def _column_definition(self, attributes: Attributes) -> None:
        first = self._table_column
        self._table_column += self._count(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in _HIDDEN:
            self._grid.hide_columns(first, self._table_column - 1)

    def _begin_row(self, attributes: Attributes) -> None:
        self._repeated = self._count(attributes, "table:number-rows-repeated")
        self._column = 1
        self._cells.clear()
        if attributes.get("table:visibility") in _HIDDEN:
            self._grid.hide_rows(self._row, self._row + self._repeated - 1)

    def _end_row(self) -> None:
        rows = _few(self._row, self._repeated, ROWS) if self._cells else range(0)
        wide = sum(len(_few(column, repeated, COLUMNS)) for column, repeated, _ in self._cells)
        if len(rows) * wide > CELLS:  # refused before they are filled in one by one
            self._desk.take_cells(len(rows) * wide, str(self._grid.place(self._row)))
        for row in rows:
            for column, repeated, value in self._cells:
                self._put(row, column, repeated, value)
        self._row += self._repeated

    def _put(self, row: int, column: int, repeated: int, value: Value) -> None:
        for each in _few(column, repeated, COLUMNS):
            self._grid.put(row, each, value)

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell.begin(attributes, self._grid.place(self._row, self._column))
        height = self._count(attributes, "table:number-rows-spanned")
        width = self._count(attributes, "table:number-columns-spanned")
        if (height, width) != (1, 1):
            last = (self._row + height - 1, self._column + width - 1)
            self._grid.merge((self._row, self._column, *last))

    def _end_cell(self) -> None:
        value, repeated = self._cell.end()
        if not value.is_empty:
            self._cells.append((self._column, repeated, value))
        self._column += repeated

    def _count(self, attributes: Attributes, name: str) -> int:
        text = attributes.get(name, "1")
        if not _COUNT.fullmatch(text):
            why = f"{name} {quoted(text)} is no number, in {self._grid.place(self._row)}"
            raise damaged(self._desk.file, why)
        return int(text)

    def _watch(self, name: str, attributes: Attributes) -> None:
        """Note what a spreadsheet must not carry, each kind once."""
        if name in _EMBEDDED:
            self._report("embedded objects or controls", EMBEDDED)
        elif name in _LINKS:
            self._report("links to other files", LINKS)
        elif name in _MACROS:
            self._report("macros", MACROS)
        elif name == "draw:image" and "://" in attributes.get("xlink:href", ""):
            self._report("links to pictures elsewhere", LINKS)

    def _report(self, what: str, mend: str) -> None:
        if what not in self._reported:
            self._reported.add(what)
            self._desk.faults.add(Fault(f"the file carries {what}", mend))


def _few(first: int, repeated: int, limit: int) -> range:
    """Return the repeated rows or columns up to the first one beyond the limit."""
    return range(first, min(first + repeated, max(first, limit + 1) + 1))
