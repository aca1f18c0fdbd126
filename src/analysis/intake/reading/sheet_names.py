"""The names of the sheets of a workbook."""

from __future__ import annotations

from analysis.errors import UserError
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import damaged
from analysis.intake.reading.limits import SHEETS


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
    if len({name.casefold() for name in names}) < len(names) or not all(names):
        raise damaged(desk.file, "two of its sheets have the same name, or one has none")
