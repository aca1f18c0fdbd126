"""Periods and partial dates as the days from the first to the last of them.

A day is a text such as ``2025-06-30``: texts of days sort by time and can be shown as they are.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from analysis.observe.periods import PERIOD, is_period

_PART = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


@dataclass(frozen=True)
class Days:
    """The days from ``first`` to ``last``, both included."""

    first: str
    last: str

    @property
    def last_month(self) -> int:
        """The month of the last day, counted from the year 0 as ``observe.periods`` does."""
        return int(self.last[:4]) * 12 + int(self.last[5:7]) - 1

    @property
    def in_one_year(self) -> bool:
        """Whether all the days are of one year."""
        return self.first[:4] == self.last[:4]

    @property
    def in_one_month(self) -> bool:
        """Whether all the days are of one month."""
        return self.first[:7] == self.last[:7]


def days_of_period(text: str) -> Days | None:
    """Return the days of a period such as ``2024-Q2``; ``None`` if the text is none."""
    if not is_period(text):
        return None
    found = re.fullmatch(PERIOD, text)
    assert found is not None  # is_period says so
    first, last = _months(found["month"], found["quarter"], found["half"])
    return _days(int(found["year"]), first, int(found["last"] or found["year"]), last)


def days_of_date(text: str) -> Days | None:
    """Return the days that a date, a month or a year leaves open; ``None`` if it is none."""
    found = _PART.fullmatch(text)
    if not found:
        return None
    if found[3]:
        return Days(text, text)
    year, month = int(found[1]), int(found[2] or 0)
    return _days(year, month or 1, year, month or 12)


def _months(month: str | None, quarter: str | None, half: str | None) -> tuple[int, int]:
    """Return the first and the last month, counted from 1, of a part of a year."""
    if month:
        return int(month), int(month)
    if quarter:
        return int(quarter) * 3 - 2, int(quarter) * 3
    return (int(half) * 6 - 5, int(half) * 6) if half else (1, 12)


def _days(year: int, month: int, last_year: int, last_month: int) -> Days:
    length = calendar.monthrange(last_year, last_month)[1]
    return Days(f"{year:04}-{month:02}-01", f"{last_year:04}-{last_month:02}-{length:02}")
