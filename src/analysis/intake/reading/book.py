"""Reading a file into a book of cells, whatever the file may be."""

from __future__ import annotations

import hashlib
from pathlib import Path

from analysis.errors import UserError, UserErrors, raise_all
from analysis.intake.model import Book, Sheet
from analysis.intake.reading.archive import Archive
from analysis.intake.reading.delimited import read_delimited
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.formats import Format, check_name, format_of, is_archive
from analysis.intake.reading.ods import read_ods
from analysis.intake.reading.scattered import check_scattered
from analysis.intake.reading.source import read_bytes, shown
from analysis.intake.reading.xlsx import read_xlsx


def read_book(path: Path) -> Book:
    """Read a file that somebody sent: CSV or TSV, XLSX or ODS, told apart by its content.

    Every cell is of the kind that the file says: in a text file all are text. A number that a
    workbook shows as a percentage is the text that is seen (``87,5%``), since the file holds
    0.875 for it. All sheets are there, with the hidden ones that hold nothing, and the hidden
    sheet ``_plan155`` of a form.

    Parameters
    ----------
    path
        The file, or a link to it.

    Returns
    -------
    Book
        Its cells; see :class:`analysis.intake.model.Cell`.

    Raises
    ------
    UserError
        If there is no such regular file, or it is empty or too large.
    UserErrors
        If anything in it must be mended before it can be taken: all that was found, each with
        sheet and cell.
    """
    data = read_bytes(path)
    desk = Desk(shown(Path(path.name)))
    try:
        kind, sheets = _read(data, path.name, desk)
    except UserError as error:  # it cannot be read on; tell also what was found before
        raise UserErrors([*desk.faults.errors(), error]) from None
    check_scattered(sheets, desk)
    raise_all(desk.faults.errors())
    return Book(desk.file, kind, hashlib.sha256(data).hexdigest(), sheets)


def _read(data: bytes, name: str, desk: Desk) -> tuple[Format, tuple[Sheet, ...]]:
    if not is_archive(data, desk):
        check_name(name, "csv", desk)
        return "csv", read_delimited(data, desk, tabs=name.lower().endswith(".tsv"))
    archive = Archive(data, desk)
    kind = format_of(archive, desk)
    check_name(name, kind, desk)
    return kind, (read_xlsx if kind == "xlsx" else read_ods)(archive, desk)
