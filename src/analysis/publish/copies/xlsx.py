"""The tables as one XLSX workbook that people read and programs can read as well.

Each sheet has three rows of heads: the Vietnamese title, the English title, the name of the field.
The filter and the names that programs look for are in the third.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from analysis.publish.copies.about import About, Text, both, dictionary, facts
from analysis.publish.copies.tables import Cell, Content, Field, Table

RESULTS: Final = ("results_gap", "results_trend", "results_tasks")
"""Result tables that are sheets; the others are in the other copies."""

HEADS: Final = ("vi", "en", "name")
"""Rows of heads, from above."""

LONGEST: Final = 32_767
"""Most UTF-16 units in a cell."""

LONGEST_URL: Final = 2_079
MOST_LINKS: Final = 65_000
"""Fewer than a sheet can hold; further addresses stay text."""

EARLIEST: Final = date(1900, 3, 1)
"""Before it Excel has no days, or counts them wrongly; such a date stays text."""

WIDEST, NARROWEST, FROZEN = 60, 9, 30
"""Of columns, in characters; a first column wider than ``FROZEN`` is not kept in sight."""

PANDAS: Final = (
    'pandas.read_excel("{file}", sheet_name="series", header=2, dtype=object, '
    'keep_default_na=False, na_values=[""]).convert_dtypes()'
)
"""How pandas reads a sheet and does not take the code ``5.10`` for a number."""

_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]+")
_FILTER = 4
_ACTIVE = "=+-@\t\r\n"

_TOP = {"valign": "top"}
_WRAPPED = {**_TOP, "text_wrap": True}
_HEAD = {**_WRAPPED, "bg_color": "#E8EDF3", "bottom": 1}
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "plain": _TOP,
    "wrapped": _WRAPPED,
    "quoted": {**_TOP, "quote_prefix": True},
    "wrapped_quoted": {**_WRAPPED, "quote_prefix": True},
    "day": {**_TOP, "num_format": "yyyy-mm-dd", "align": "left"},
    "link": {**_TOP, "font_color": "#0B5394", "underline": 1},
    "title": {**_WRAPPED, "bold": True, "font_size": 14},
    "label": {**_WRAPPED, "bold": True},
    "vi": {**_HEAD, "bold": True},
    "en": {**_HEAD, "italic": True},
    "name": {**_TOP, "font_name": "Courier New", "bg_color": "#F6F6F6", "bottom": 1},
}
_TABS: Final = {"view": "#38761D", "data": "#0B5394", "result": "#B45F06", "about": "#666666"}


class _Exact(float):
    """A number that is written with all its digits; XlsxWriter itself writes sixteen."""

    def __format__(self, spec: str) -> str:
        return float.__repr__(self).removesuffix(".0")


@dataclass(frozen=True)
class _Book:
    """A workbook under way, and its formats by what they are for."""

    book: Any
    looks: Mapping[str, Any]

    def sheet(self, name: str, kind: str) -> Any:
        """Add a sheet."""
        sheet = self.book.add_worksheet(name)
        sheet.set_tab_color(_TABS[kind])
        sheet.hide_gridlines(0)
        return sheet


def write_xlsx(about: About, content: Content, shown: Sequence[Table], path: Path) -> Path:
    """Write the workbook of an edition and return its path.

    Its sheets are a first one that says what the workbook is and lists the others; then each
    under its own name the views for reading, the results of :data:`RESULTS`, all tables of the
    data, and the tables that explain columns and codes. Every text is written as a text, whatever
    it begins with; a text longer than a cell can hold is cut, and says so.

    Parameters
    ----------
    about, content
        What is published.
    shown
        Tables for reading, with names beside the codes.
    path
        The file; an older one is replaced.
    """
    from xlsxwriter import Workbook

    results = [content[name] for name in RESULTS]
    tables = {"view": shown, "result": results, "data": content.data}
    kinds = {**tables, "about": dictionary(table for some in tables.values() for table in some)}
    with Workbook(path, {"in_memory": True}) as workbook:
        workbook.set_properties(_properties(about))
        book = _Book(workbook, {name: workbook.add_format(look) for name, look in _LOOKS.items()})
        _first_sheet(book, about, path.name, [table for some in kinds.values() for table in some])
        for kind, some in kinds.items():
            for table in some:
                _sheet(book, table, kind)
    return path


def _properties(about: About) -> dict[str, Any]:
    return {
        "title": about.title["vi"],
        "subject": about.title["en"],
        "author": about.creator["vi"],
        "company": about.creator["en"],
        "keywords": f"{about.name} {about.version}",
        "comments": f"{about.licence} {about.licence_url}",
        "created": about.time.replace(tzinfo=None),
    }


def _first_sheet(book: _Book, about: About, file: str, tables: Sequence[Table]) -> None:
    """Write the sheet that says what the workbook is and leads to the others."""
    name = both("xlsx.first")
    sheet = book.sheet(f"{name['vi']} - {name['en']}", "about")
    for column, width in enumerate((30, 66, 66, 8)):
        sheet.set_column(column, column, width)
    told = facts(about)
    row = _line(sheet, book, 0, "", told.pop("title"), "title")
    for key, text in told.items():
        row = _line(sheet, book, row, _slashed(both(f"fact.{key}")), text)
    for key in ("heads", "reading", "cells", "others"):
        row = _line(sheet, book, row, "", both(f"xlsx.{key}"))
    row = _line(sheet, book, row, "pandas", dict.fromkeys(("vi", "en"), PANDAS.format(file=file)))
    _list(sheet, book, row + 1, tables)
    sheet.set_landscape()
    sheet.activate()


def _line(sheet: Any, book: _Book, row: int, label: str, text: Text, look: str = "wrapped") -> int:
    """Write a line in both languages and return the row below."""
    sheet.write_string(row, 0, label, book.looks["label"])
    sheet.write_string(row, 1, text["vi"], book.looks[look])
    sheet.write_string(row, 2, text["en"], book.looks[look])
    return row + 1


def _list(sheet: Any, book: _Book, row: int, tables: Sequence[Table]) -> None:
    """Write the list of sheets, each name leading to its sheet."""
    for column, key in enumerate(("sheet", "title_vi", "title_en", "rows")):
        sheet.write_string(row, column, _slashed(both(f"xlsx.{key}")), book.looks["vi"])
    for place, table in enumerate(tables, row + 1):
        address = f"internal:'{table.name}'!A1"
        sheet.write_url(place, 0, address, book.looks["link"], string=table.name)
        sheet.write_string(place, 1, table.resource["titles"]["vi"], book.looks["wrapped"])
        sheet.write_string(place, 2, table.resource["titles"]["en"], book.looks["wrapped"])
        sheet.write_number(place, 3, len(table.rows), book.looks["plain"])


def _slashed(text: Text) -> str:
    return " / ".join(dict.fromkeys((text["vi"], text["en"])))


def _sheet(book: _Book, table: Table, kind: str) -> None:
    """Write a table as a sheet of its own."""
    sheet = book.sheet(table.name, kind)
    bottom = len(HEADS) + len(table.rows) - 1
    for column, field in enumerate(table.fields):
        sheet.set_column(column, column, _width(table, column))
        heads = (field["titles"]["vi"], field["titles"]["en"], field["name"])
        for row, (look, head) in enumerate(zip(HEADS, heads, strict=True)):
            sheet.write_string(row, column, head, book.looks[look])
        _column(sheet, book, column, table)
    sheet.freeze_panes(len(HEADS), 1 if _width(table, 0) <= FROZEN else 0)
    sheet.repeat_rows(0, len(HEADS) - 1)
    sheet.autofilter(len(HEADS) - 1, 0, max(bottom, len(HEADS)), len(table.columns) - 1)
    everywhere = {"number_stored_as_text": f"A1:XFD{bottom + 1}"}
    sheet.ignore_errors(everywhere)


def _column(sheet: Any, book: _Book, column: int, table: Table) -> None:
    field, links = table.fields[column], 0
    wide = _length(table, column) > WIDEST
    for row, cell in enumerate((row[column] for row in table.rows), len(HEADS)):
        if isinstance(cell, str) and _is_address(field, cell) and links < MOST_LINKS:
            links += 1
            sheet.write_url(row, column, cell, book.looks["link"], string=cell)
        elif cell is not None:
            _write(sheet, book, (row, column), cell, wide)


def _write(sheet: Any, book: _Book, place: tuple[int, int], cell: Cell, wide: bool) -> None:
    """Write one cell as what it is."""
    if isinstance(cell, bool):
        sheet.write_boolean(*place, cell, book.looks["plain"])
    elif isinstance(cell, int):
        sheet.write_number(*place, cell, book.looks["plain"])
    elif isinstance(cell, float):
        sheet.write_number(*place, _Exact(cell), book.looks["plain"])
    elif isinstance(cell, date) and cell >= EARLIEST:
        sheet.write_datetime(*place, cell, book.looks["day"])
    else:
        text = _held(str(cell))
        look = "wrapped" if wide else "plain"
        if text.startswith(tuple(_ACTIVE)):
            look = "wrapped_quoted" if wide else "quoted"
        _write_text(sheet, place, text, book.looks[look])


def _write_text(sheet: Any, place: tuple[int, int], text: str, look: Any) -> None:
    """Write a text as it is.

    XlsxWriter takes what stands between ``<r>`` and ``</r>`` for markup of its own. Given in
    pieces, which it then marks up itself, such a text stays a text.
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(*place, text[:1], text[1:2], text[2:], look)
    else:
        sheet.write_string(*place, text, look)


def _held(text: str) -> str:
    """Return a text that a cell can hold; one that is cut says so at its end."""
    if _units(text) <= LONGEST:
        return text
    mark = f" […] {_slashed(both('xlsx.cut'))}"
    room = LONGEST - _units(mark)
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
    return f"{kept}{mark}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _is_address(field: Field, text: str) -> bool:
    named = field["name"] == "url" or field["name"].endswith("_url")
    return named and len(text) <= LONGEST_URL and _ADDRESS.fullmatch(text) is not None


def _width(table: Table, column: int) -> int:
    """Return a width in characters that shows the name with its filter, and most of the cells."""
    head = len(table.columns[column]) + _FILTER
    return max(NARROWEST, head, min(WIDEST, _length(table, column) + 1))


def _length(table: Table, column: int) -> int:
    """Return the length of the longest line of a column."""
    cells = (str(row[column]) for row in table.rows if row[column] is not None)
    return max((len(line) for cell in cells for line in cell.splitlines()), default=0)
