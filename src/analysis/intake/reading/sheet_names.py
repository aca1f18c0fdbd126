"""The names of the sheets of a workbook."""

from __future__ import annotations

from typing import Final

from analysis.errors import UserError
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import damaged, quoted
from analysis.intake.reading.limits import SHEETS
from analysis.intake.reading.text import plain

_LENGTH: Final = 100
"""Characters of a name; Excel allows 31."""


def sheet_name(raw: str, desk: Desk) -> str:
    """Return the name of a sheet, composed (NFC) and without blanks around it.

    Raises
    ------
    UserError
        If it is empty, far too long, or holds what no person types.
    """
    name = plain(raw[: _LENGTH + 1])
    if not name or len(raw) > _LENGTH or not name.replace("\xa0", " ").isprintable():
        raise damaged(desk.file, f"a sheet cannot have the name {quoted(raw)}")
    return name


def check_names(names: list[str], desk: Desk) -> None:
    """Refuse a workbook without sheets, with too many, or with two of the same name.

    Raises
    ------
    UserError
        If it is one of these.
    """
    if not names:
        raise damaged(desk.file, "it has no sheet")
    if len(names) > SHEETS:
        what = f"the file has more than {SHEETS} sheets"
        raise UserError(what, desk.file, "delete the sheets that are not needed, or split the file")
    if len({name.casefold() for name in names}) < len(names):
        raise damaged(desk.file, "two of its sheets have the same name")
