"""Office Open XML workbooks (``.xlsx``)."""

from __future__ import annotations

from analysis.intake.model import Sheet
from analysis.intake.reading.archive import Archive
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.xlsx_book import read_workbook
from analysis.intake.reading.xlsx_parts import read_parts
from analysis.intake.reading.xlsx_sheet import Shared, read_sheet
from analysis.intake.reading.xlsx_strings import read_texts
from analysis.intake.reading.xlsx_styles import read_styles


def read_xlsx(archive: Archive, desk: Desk) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook; what is wrong with them is noted on the desk.

    Raises
    ------
    UserError
        If the workbook is damaged or asks for too much, so that it cannot be read on.
    """
    parts = read_parts(archive, desk)
    book = read_workbook(archive, parts, desk)
    shared = Shared(
        texts=read_texts(archive, parts.of_kind("sharedStrings"), desk),
        styles=read_styles(archive, parts.of_kind("styles"), desk),
        from_1904=book.from_1904,
    )
    return tuple(read_sheet(archive, entry, shared, desk) for entry in book.sheets)
