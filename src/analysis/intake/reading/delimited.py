"""Text files: CSV with commas or semicolons, TSV with tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import Final

from analysis.errors import UserError
from analysis.intake.model import Sheet
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import Fault
from analysis.intake.reading.grid import Grid
from analysis.intake.reading.legacy import legacy_encoding
from analysis.intake.reading.limits import COLUMNS, ROWS
from analysis.intake.reading.text import legacy_fault
from analysis.intake.reading.values import text_value

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab"}

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAVE_AS: Final = (
    "save it in Excel as `CSV UTF-8 (Comma delimited)`, or in LibreOffice as Text CSV with the "
    "character set Unicode (UTF-8); or send the workbook itself"
)
_SAMPLE: Final = 200_000
"""Bytes in which an old encoding is looked for."""


def read_delimited(data: bytes, desk: Desk, *, tabs: bool) -> tuple[Sheet, ...]:
    """Return the only sheet of a text file; what is wrong with its cells is noted on the desk.

    Parameters
    ----------
    data
        The bytes of the file.
    desk
        The reading to which it belongs.
    tabs
        Whether the file's name says that tabs separate its cells (``.tsv``).

    Raises
    ------
    UserError
        If it is not UTF-8 or UTF-16, or quotes or separators cannot be told for certain.
    """
    text = decoded(data, desk)
    header = header_line(text)
    if not header:
        raise UserError("the file holds nothing", desk.file, "save it again, or ask for it again")
    delimiter = "\t" if tabs and "\t" in header else delimiter_of(header, desk)
    if tabs and delimiter != "\t":
        what = "the name says that tabs separate the cells, but there are none in the first line"
        raise UserError(what, desk.file, "rename the file to .csv, or save it anew with tabs")
    return (_sheet(text, delimiter, desk),)


def decoded(data: bytes, desk: Desk) -> str:
    """Return the text of a file in UTF-8, with or without byte order mark, or UTF-16 with one.

    Raises
    ------
    UserError
        If it is in another encoding; an old Vietnamese one is named.
    """
    bom, encoding = next((each for each in _BOMS if data.startswith(each[0])), (b"", "utf-8"))
    try:
        return data[len(bom) :].decode(encoding)
    except UnicodeDecodeError:
        raise _other_encoding(data, desk, encoding) from None


def _other_encoding(data: bytes, desk: Desk, tried: str) -> UserError:
    old = legacy_encoding(data[:_SAMPLE].decode("latin-1")) if tried == "utf-8" else ""
    if old:
        return legacy_fault(old, "the text is").at(desk.file)
    what = f"the text is not in {tried.upper().removesuffix('-LE').removesuffix('-BE')}"
    return UserError(what, desk.file, _SAVE_AS)


def header_line(text: str) -> str:
    """Return the first line that is not blank."""
    return next((line for line in io.StringIO(text, newline=None) if line.strip()), "")


def delimiter_of(header: str, desk: Desk) -> str:
    """Return the sign that separates the cells of a header; a comma if there is but one cell.

    Raises
    ------
    UserError
        If there are two such signs outside quotes.
    """
    outside = "".join(header.split('"')[::2])  # every other piece stands between quotes
    found = [sign for sign in DELIMITERS if sign in outside]
    if len(found) > 1:
        names = " and ".join(DELIMITERS[sign] for sign in found)
        raise UserError(
            f"it cannot be told which sign separates the cells: the first line has {names}",
            desk.file,
            "put the names that hold one of them into quotes, or write them without",
        )
    return found[0] if found else ","


def _sheet(text: str, delimiter: str, desk: Desk) -> Sheet:
    grid, width = Grid(desk), 0
    for number, cells in enumerate(_records(text, delimiter, desk), 1):
        width = width or len(cells)
        for column, cell in _first_cells(cells):
            desk.take_text(len(cell))
            grid.put(number, column, text_value(cell))
        if any(map(str.strip, cells[width:])):
            desk.faults.add(_too_many_cells(len(cells), width, delimiter), grid.place(number))
        if number > ROWS and any(cells):
            break
    return grid.sheet()


def _first_cells(cells: list[str]) -> Iterator[tuple[int, str]]:
    """Give the cells that hold something, with their columns, up to the first beyond the limit."""
    for column, cell in enumerate(cells, 1):
        if cell:
            yield column, cell
            if column > COLUMNS:
                return


def _too_many_cells(found: int, expected: int, delimiter: str) -> Fault:
    sign = DELIMITERS[delimiter]
    what = f"the row has {found} cells, the first row {expected}"
    return Fault(what, f"put a cell that holds a {sign} into quotes")


def _records(text: str, delimiter: str, desk: Desk) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error:
        where = f"{desk.file}, near line {reader.line_num}"
        what = "a quotation mark is missing or too many"
        mend = "put the whole cell into quotes and double each quotation mark inside it"
        raise UserError(what, where, mend) from None
