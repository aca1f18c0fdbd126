"""How the cells of a workbook are shown, as far as it tells dates and percentages from numbers."""

from __future__ import annotations

import re
from typing import Any, Final, Literal, TypeAlias

from analysis.errors import UserError
from analysis.intake.reading.archive import Archive
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import damaged
from analysis.intake.reading.markup import MEND_MISSING, Attributes, Outline, walk

Shown: TypeAlias = Literal["number", "percent", "date", "time"]

_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]', re.DOTALL)
"""What stands in a number format without being part of it: quoted text, escapes, conditions."""

_FORMAT_LENGTH: Final = 255
_FORMATS: Final = 5_000
_CELL_FORMATS: Final = 65_536
"""What Excel allows, and more number formats than it does."""


def read_styles(archive: Archive, part: str | None, desk: Desk) -> list[Shown]:
    """Return how a number is shown, for each of the cell formats that cells refer to by number.

    Parameters
    ----------
    archive
        The workbook's archive.
    part
        The name of the part with styles, if there is one.
    desk
        The reading to which it belongs.

    Raises
    ------
    UserError
        If the part is damaged, or openpyxl is not installed.
    """
    if part is None:
        return []
    formats, used = _formats(archive, part, desk)
    meant = {**_builtin_formats(), **formats}
    kinds = {number: how_shown(meant.get(number, "General")) for number in set(used)}
    return [kinds[number] for number in used]


def _formats(archive: Archive, part: str, desk: Desk) -> tuple[dict[str, str], list[str]]:
    """Return the number formats by their ids, and the id that each cell format has."""
    formats, used = dict[str, str](), list[str]()

    def number_format(attributes: Attributes) -> None:
        formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def cell_format(attributes: Attributes) -> None:
        used.append(attributes.get("numFmtId", "0"))

    outline = Outline(
        through=["/x:styleSheet", "x:styleSheet/x:numFmts", "x:styleSheet/x:cellXfs"],
        starts={"x:numFmts/x:numFmt": number_format, "x:cellXfs/x:xf": cell_format},
    )
    walk(archive.chunks(part), outline, desk, part)
    if any(len(code) > _FORMAT_LENGTH for code in formats.values()):
        raise damaged(desk.file, "a number format is far too long")
    if len(formats) > _FORMATS or len(used) > _CELL_FORMATS:
        what = "the file has far too many formats"
        raise UserError(what, desk.file, "copy the values into a new workbook")
    return formats, used


def how_shown(code: str) -> Shown:
    """Tell what a number format makes of a number.

    Parameters
    ----------
    code
        As Excel writes it: ``0.00%``, ``dd/mm/yyyy``, ``[h]:mm``.

    Raises
    ------
    UserError
        If openpyxl is not installed.
    """
    library = _library()
    bare = _LITERAL.sub("", code)
    if library.is_timedelta_format(code):
        return "time"
    if library.is_date_format(code):
        return "date" if re.search("[dy]", bare, re.IGNORECASE) or _is_month(bare) else "time"
    return "percent" if "%" in bare else "number"


def _is_month(bare: str) -> bool:
    return not re.search("[hs]", bare, re.IGNORECASE)


def _builtin_formats() -> dict[str, str]:
    return {str(number): code for number, code in _library().BUILTIN_FORMATS.items()}


def _library() -> Any:
    try:
        from openpyxl.styles import numbers
    except ImportError:
        raise UserError("openpyxl is not installed", "", MEND_MISSING) from None
    return numbers
