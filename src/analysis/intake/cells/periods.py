"""Periods as people write them: ``Năm 2024``, ``Tháng 6/2024``, ``Quý II/2024``, ``H1 2024``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from analysis.intake.cells.read import Read, cleaned, folded, is_blank, notice, refuse, shown
from analysis.intake.model import Cell, Finding
from analysis.observe.periods import is_period

YEAR: Final = "(?:19|20)[0-9]{2}"
"""A year in which a value can have been measured."""

LONGEST: Final = 100
"""A longer text names no period and no date."""

_ENGLISH_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS: Final[Mapping[str, int]] = {
    form: number for number, name in enumerate(_ENGLISH_MONTHS, 1) for form in (name, name[:3])
} | {"sept": 9}
"""English names of months, whole and short, in small letters → number."""

MONTH_NAME: Final = "|".join(sorted(MONTHS, key=len, reverse=True))

_QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_HALVES = {"đầu": "1", "cuối": "2"}

_YEAR = f"(?P<year>{YEAR})"
_MONTH = "(?P<month>0?[1-9]|1[0-2])"
_OF = r"(?:\s?[/.-]\s?|,?\s(?:năm\s|of\s)?)"  # between a part and its year

_Build = Callable[[re.Match[str]], str]


def _month(found: re.Match[str]) -> str:
    return f"{found['year']}-{int(found['month']):02}"


def _named_month(found: re.Match[str]) -> str:
    return f"{found['year']}-{MONTHS[found['name']]:02}"


def _quarter(found: re.Match[str]) -> str:
    return f"{found['year']}-Q{_QUARTERS.get(found['quarter'], found['quarter'])}"


def _half(found: re.Match[str]) -> str:
    return f"{found['year']}-H{_HALVES.get(found['half'], found['half'])}"


def _span(found: re.Match[str]) -> str:
    return f"{found['year']}-{found['last']}"


_GRAMMAR: tuple[tuple[re.Pattern[str], _Build], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"(?:(?:cả )?năm |year )?{_YEAR}", lambda found: found["year"]),
        (rf"(?:tháng ?|t){_MONTH}{_OF}{_YEAR}", _month),
        (rf"{_MONTH}\s?[/-]\s?{_YEAR}", _month),
        (rf"{_YEAR}[/-]{_MONTH}", _month),
        (rf"(?P<name>{MONTH_NAME})\.?{_OF}{_YEAR}", _named_month),
        (rf"qu[ýí] ?(?P<quarter>iv|i{{1,3}}|[1-4]){_OF}{_YEAR}", _quarter),
        (rf"q(?P<quarter>[1-4]){_OF}{_YEAR}", _quarter),
        (rf"{_YEAR}[ /-]?q(?P<quarter>[1-4])", _quarter),
        (rf"(?:0?6|sáu) tháng (?P<half>đầu|cuối){_OF}{_YEAR}", _half),
        (rf"nửa (?P<half>đầu|cuối){_OF}{_YEAR}", _half),
        (rf"h(?P<half>[12]){_OF}{_YEAR}", _half),
        (rf"{_YEAR}[ /-]?h(?P<half>[12])", _half),
        (
            r"(?:giai đoạn |thời kỳ |period )?(?:từ |các |from )?(?:năm )?"
            rf"{_YEAR}\s?(?:[-–—]|đến|tới|to)\s?(?:năm )?(?P<last>{YEAR})",
            _span,
        ),
    )
)


def period_of(text: str) -> str:
    """Return the period that a text names, as the collected layout writes it; ``""`` if none.

    A span that does not run forwards is no period.
    """
    plain = folded(text) if len(text) <= LONGEST else ""
    for pattern, build in _GRAMMAR:
        if found := pattern.fullmatch(plain):
            period = build(found)
            return period if is_period(period) else ""
    return ""


def read_period(cell: Cell) -> Read:
    """Read a period.

    Returns
    -------
    Read
        ``2024``, ``2024-06``, ``2024-Q2``, ``2024-H1`` or ``2016-2020``.
    """
    if is_blank(cell):
        return Read()
    text = cleaned(cell.text)
    if cell.kind == "date":
        return _became_a_date(cell)
    period = period_of(text) if cell.kind in {"text", "number"} else ""
    if not period:
        return refuse(cell, "not-a-period", *_advice(text))
    first, _, last = period.partition("-")
    if last.isdecimal() and len(last) == 4 and int(last) == int(first) + 1:
        return Read(period, (_two_years(cell, period),))
    return Read(period)


def _became_a_date(cell: Cell) -> Read:
    what = f"the cell holds the day {cleaned(cell.text)}, not a period"
    mend = (
        "a spreadsheet turns 6/2024 into the first day of that month: give the cell the format"
        " Text, then type the period again, such as 2024 or 6/2024"
    )
    return refuse(cell, "became-a-date", what, mend)


def _two_years(cell: Cell, period: str) -> Finding:
    mend = "write the one year for which the source states the value, if a school year is meant"
    return notice(cell, "two-years", f"{period} is taken as two whole calendar years", mend)


_WRITE = "write 2024, 6/2024, quý 2/2024, 6 tháng đầu năm 2024 or 2016-2020"

_ADVICE: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), what, mend)
    for pattern, what, mend in (
        (
            r".*(?:năm học|school year|niên học|niên khóa).*",
            "is a school year, and values are kept by calendar year",
            "write the calendar year for which the source states the value, and the school year"
            " in the note",
        ),
        (
            r"(?:tính )?(?:đến|tới|as of|by|until|end of|đầu|cuối|hết|trước|sau)\s.*",
            "says until when, not for which period",
            "write the period alone (2024, 6/2024), and the day in the note",
        ),
        (
            r"(?:ngày )?[0-9]{1,2} ?(?:[/.-]|tháng) ?[0-9]{1,2} ?(?:[/.-]|năm) ?[0-9]{4}"
            r"|[0-9]{4}-[0-9]{2}-[0-9]{2}.*|ngày .*",
            "is a day, not a period",
            "write the year, quarter or month that the value is for, and the day in the note",
        ),
        (
            r"(?:[0-9]{1,2}|\w+) tháng(?: (?:đầu|cuối))?.*",
            "is no period that is kept: of parts of a year only months, quarters and halves are",
            "write the period that the source counts it to, such as 9/2024 for the state at the"
            " end of September, and the rest in the note",
        ),
        (
            r".*(?<![0-9])[0-9]{1,2}\s?[/.-]\s?[0-9]{2}",
            "has a year of two digits",
            "write the year with four digits",
        ),
        (
            r"[0-9]{4}\s?[-–—/]\s?[0-9]{2}",
            "is no month, and a span of years needs both of them in full",
            "write 2023-12 for a month, 2023-2024 for two whole years",
        ),
        (
            rf"\D*{YEAR}\s?(?:[-–—]|đến|tới|to)\s?(?:năm )?{YEAR}",
            "ends before it begins",
            "write the earlier year first: 2016-2020",
        ),
        (
            r"[0-9.,]+",
            "is a number, not a period",
            "give the cell the format Text, then type the period again: 2024, 6/2024",
        ),
    )
)


def _advice(text: str) -> tuple[str, str]:
    plain = folded(text) if len(text) <= LONGEST else ""
    found = (said for pattern, *said in _ADVICE if pattern.fullmatch(plain))
    what, mend = next(found, ("is no period", _WRITE))
    return f"{shown(text)} {what}", mend
