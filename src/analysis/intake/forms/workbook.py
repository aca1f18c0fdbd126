"""The form as an XLSX file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.errors import UserError
from analysis.intake.forms.content import Group
from analysis.intake.forms.drawing import FONT, LIST_COLUMN, LOOKS, Pen
from analysis.intake.forms.guide import Item
from analysis.intake.forms.guide_sheet import draw_guide
from analysis.intake.forms.record import SHEET, Record
from analysis.intake.forms.row_sheet import draw_rows
from analysis.intake.forms.wording import Both


@dataclass(frozen=True)
class Parts:
    """Everything that a form holds.

    Attributes
    ----------
    title, agency
        What the form is called, and for whom it is.
    guide
        The lines of the first sheet.
    rows
        ``values`` and ``tasks`` → the rows; a sheet without rows is left out.
    lists
        What can be chosen, by the name of the list.
    created
        The day that the file bears: that of which it shows the state.
    """

    title: Both
    agency_id: str
    agency: Both
    year: int
    data_version: str
    data_sha256: str
    guide: Sequence[Item]
    rows: Mapping[str, Sequence[Group]]
    lists: Mapping[str, Sequence[str]]
    created: datetime


def form_bytes(parts: Parts) -> bytes:
    """Return the workbook of a form; the same parts give the same bytes.

    Raises
    ------
    UserError
        If the library that writes workbooks is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        mend = "run `python -m pip install 'plan155[intake]'`"
        raise UserError("forms need the library XlsxWriter", "", mend) from error
    buffer = io.BytesIO()
    options = {"in_memory": True, "default_format_properties": FONT}
    with Workbook(buffer, options) as book:
        book.set_properties(_properties(parts))
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        _draw(Pen(book, looks, parts.lists), parts)
    return buffer.getvalue()


def _properties(parts: Parts) -> dict[str, Any]:
    return {
        "title": parts.title.vi,
        "subject": parts.title.en,
        "keywords": f"{parts.agency_id} {parts.year}",
        "created": parts.created,
    }


def _draw(pen: Pen, parts: Parts) -> None:
    """Draw all sheets; the hidden one last, when it is known what stands where."""
    foot = f"{parts.agency.vi} – {parts.year}"
    draw_guide(pen, pen.sheet("guide", foot), parts.guide)
    for name, groups in parts.rows.items():
        if groups:
            draw_rows(pen, pen.sheet(name, foot), name, groups, parts.agency, parts.year)
    _draw_record(pen.book.add_worksheet(SHEET), pen, parts)


def _draw_record(sheet: Any, pen: Pen, parts: Parts) -> None:
    record = Record(
        parts.agency_id,
        parts.year,
        parts.data_version,
        parts.data_sha256,
        tuple(pen.recorded),
    )
    for row, cells in enumerate(record.rows()):
        for column, text in enumerate(cells):
            if text:
                sheet.write_string(row, column, text)
    for column, texts in enumerate(parts.lists.values(), LIST_COLUMN):
        for row, text in enumerate(texts):
            sheet.write_string(row, column, text)
    sheet.protect("")
    sheet.very_hidden()
