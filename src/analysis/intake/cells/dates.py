"""Dates as people write them: ``31/12/2025``, ``ngày 31 tháng 12 năm 2025``, ``2025-12-31``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from analysis.intake.cells.periods import LONGEST, MONTH_NAME, MONTHS, YEAR, period_of
from analysis.intake.cells.read import Read, ask, cleaned, folded, is_blank, refuse, shown
from analysis.intake.model import Cell

_CODE = "not-a-date"
_WRITE = "write the day as 31/12/2025"
_WRITE_PARTLY = f"{_WRITE}, the month as 12/2025 or the year as 2025"

_DAY, _YEAR = "(?P<day>[0-9]{1,2})", f"(?P<year>{YEAR})"
_MONTH = "(?P<month>[0-9]{1,2})"
_NAME = rf"(?P<name>{MONTH_NAME})\.?"

_GRAMMAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}(?P<mark>[-/]){_MONTH}(?P=mark){_DAY}(?:[ t]00:00(?::00(?:\.0+)?)?)?",
        rf"(?:ngày )?{_DAY} ?(?P<mark>[-/.]) ?{_MONTH} ?(?P=mark) ?{_YEAR}",
        rf"(?:ngày )?{_DAY} tháng {_MONTH},? năm {_YEAR}",
        rf"{_DAY} {_NAME},? {_YEAR}",
        rf"{_NAME} {_DAY},? {_YEAR}",
    )
)
_EITHER_WAY = re.compile(r"[0-9]{1,2} ?(?P<mark>[-/]) ?[0-9]{1,2} ?(?P=mark) ?[0-9]{4}")
_SHORT_YEAR = re.compile(r"(?:ngày )?[0-9]{1,2} ?[-/.] ?[0-9]{1,2} ?[-/.] ?'?[0-9]{2}")

_DAY_ZERO = date(1899, 12, 30)  # from which spreadsheets count days; holds from day 61 on
_FIRST_SERIAL, _LAST_SERIAL = 61, 73050  # 1900-03-01 and 2099-12-31


def read_date(cell: Cell, *, partial: bool = False) -> Read:
    """Read a date.

    Parameters
    ----------
    cell
        Any cell.
    partial
        Whether a month or a year is enough.

    Returns
    -------
    Read
        ``2025-12-31``; where ``partial`` allows it also ``2025-12`` or ``2025``.
    """
    if is_blank(cell):
        return Read()
    text = cleaned(cell.text)
    if cell.kind == "date":
        return _date_cell(cell)
    part = _part_of_date(text) if cell.kind in {"text", "number"} else ""
    if part and partial:
        return Read(part)
    if part:
        what = f"{shown(text)} names no day"
        return refuse(cell, _CODE, what, _WRITE)
    return _text_cell(cell, text, _WRITE_PARTLY if partial else _WRITE)


def _part_of_date(text: str) -> str:
    """Return the year or month that a text names; ``""`` if it names neither."""
    period = period_of(text)
    return period if re.fullmatch("[0-9]{4}(?:-[0-9]{2})?", period) else ""


def _date_cell(cell: Cell) -> Read:
    text = cell.day.isoformat() if cell.day else cleaned(cell.text)
    if re.fullmatch(f"{YEAR}-[0-9]{{2}}-[0-9]{{2}}", text) and _day(text):
        return Read(text)
    what = f"the date {shown(text)} is far from any that can be meant"
    return refuse(cell, _CODE, what, "type it again, with the year in four digits")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text_cell(cell: Cell, text: str, write: str) -> Read:
    plain = folded(text) if len(text) <= LONGEST else ""
    found = next(filter(None, (pattern.fullmatch(plain) for pattern in _GRAMMAR)), None)
    if cell.kind != "text" or found is None:
        return refuse(cell, _CODE, *_advice(cell, text, write))
    year, month, day = int(found["year"]), _month(found), int(found["day"])
    usual, other = _written(year, month, day), _written(year, day, month)
    if not usual:
        what = f"{shown(text)} is no day of the calendar"
        hint = f"; if {other} is meant, write it so" if other else ""
        return refuse(cell, _CODE, what, f"{write}, the day before the month{hint}")
    if other and usual != other and _EITHER_WAY.fullmatch(plain):
        what = f"{shown(text)} is {usual} to Vietnamese readers and {other} to American ones"
        return ask(cell, what, f"write it as {usual} or {other}", (usual, other))
    return Read(usual)


def _month(found: re.Match[str]) -> int:
    groups = found.groupdict()
    return MONTHS[groups["name"]] if groups.get("name") else int(groups["month"])


def _written(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _advice(cell: Cell, text: str, write: str) -> tuple[str, str]:
    if cell.kind == "boolean":
        return f"the cell holds {shown(text)}, which is yes or no", write
    if serial := _serial(text):
        return (
            f"the cell holds the number {text}, not a date",
            f"if it is the spreadsheet's number of {serial}, write {serial}; give the cell the"
            " format Date to see it",
        )
    if len(text) <= LONGEST and _SHORT_YEAR.fullmatch(folded(text)):
        return f"{shown(text)} has a year of two digits", "write the year with four digits"
    return f"{shown(text)} is no date", write


def _serial(text: str) -> str:
    """Return the day that a spreadsheet counts by this number; ``""`` if it is no such number."""
    if not re.fullmatch("[1-9][0-9]{1,4}", text):
        return ""
    days = int(text)
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return ""
    return (_DAY_ZERO + timedelta(days=days)).isoformat()
