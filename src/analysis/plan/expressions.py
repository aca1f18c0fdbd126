"""Numbers, targets and times as the plan prints them, read into values.

Numbers have a decimal comma and thousands dots (``87,5``, ``8.200``). A target is a number, a bound
(``>``, ``>=``, ``<``, ``<=``), a range or an ordinal level. A time is a year, a quarter, a month, a
span of years, a yearly repetition or a milestone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_NUMBER = r"(?:[1-9]\d{0,2}(?:\.\d{3})+|0|[1-9]\d*)(?:,\d+)?"
_BOUND = re.compile(rf"([<>])\s*(=?)\s*({_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER})\s*[-–]\s*({_NUMBER})")
_LEVEL = re.compile(r"mức độ ([1-9])", re.IGNORECASE)
_BOUND_KINDS = {
    (">", ""): "more_than",
    (">", "="): "at_least",
    ("<", ""): "less_than",
    ("<", "="): "at_most",
}
_BOUND_SIGNS = {kind: sign + equals for (sign, equals), kind in _BOUND_KINDS.items()}
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


class ExpressionError(ValueError):
    """A text is no number, target or time as the plan prints them."""


@dataclass(frozen=True)
class Target:
    """What a target cell asks for.

    Parameters
    ----------
    kind
        exact, at_least, more_than, at_most, less_than, between, level or text.
    low, high
        The bounds, in the unit of the series; none where the kind has none.
    level
        The level itself: an ordinal number as printed, or the id of a level as a reading names it.
    """

    kind: str
    low: Decimal | None = None
    high: Decimal | None = None
    level: str | None = None

    @property
    def decimals(self) -> int:
        """The number of decimals printed, at most, in the bounds."""
        return max(
            (_decimals(bound) for bound in (self.low, self.high) if bound is not None), default=0
        )


@dataclass(frozen=True)
class Schedule:
    """When a task is due: ISO dates where stated, and how it recurs.

    Parameters
    ----------
    recurrence
        once, yearly, continuous, milestone or not_stated.
    start, end
        First and last day; none where the text states none.
    """

    recurrence: str
    start: date | None = None
    end: date | None = None


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def parse_number(text: str) -> Decimal:
    """Read a number with decimal comma and thousands dots.

    Raises
    ------
    ExpressionError
        If the text is no such number.
    """
    if not re.fullmatch(_NUMBER, text):
        raise ExpressionError(f"{text!r} is no number with decimal comma and thousands dots")
    return Decimal(text.replace(".", "").replace(",", "."))


def format_number(number: Decimal, thousands: str = ".", decimal: str = ",") -> str:
    """Write a number as the plan prints it; with other marks for other languages."""
    whole, _, rest = f"{number:,f}".partition(".")
    return whole.replace(",", thousands) + (decimal + rest if rest else "")


def parse_target(text: str) -> Target:
    """Read a target that is a number, a bound, a range or an ordinal level.

    Raises
    ------
    ExpressionError
        If the text is none of these, or a range that runs downwards.
    """
    if match := re.fullmatch(_NUMBER, text):
        return Target("exact", parse_number(text), parse_number(text))
    if match := _BOUND.fullmatch(text):
        return _bound(_BOUND_KINDS[match[1], match[2]], parse_number(match[3]))
    if match := _RANGE.fullmatch(text):
        return _between(parse_number(match[1]), parse_number(match[2]))
    if match := _LEVEL.fullmatch(text):
        return Target("level", level=match[1])
    raise ExpressionError(f"{text!r} is no target: no number, bound, range or level")


def _bound(kind: str, value: Decimal) -> Target:
    if kind in {"more_than", "at_least"}:
        return Target(kind, low=value)
    return Target(kind, high=value)


def _between(low: Decimal, high: Decimal) -> Target:
    if low >= high:
        raise ExpressionError(f"the range {low} to {high} does not run upwards")
    return Target("between", low, high)


def is_target(text: str) -> bool:
    """Say whether :func:`parse_target` can read the text."""
    try:
        parse_target(text)
    except ExpressionError:
        return False
    return True


def format_target(target: Target, number: Callable[[Decimal], str] = format_number) -> str:
    """Write a target in figures as the plan prints it; ``number`` writes its numbers.

    Raises
    ------
    ExpressionError
        If the target has no number and no ordinal level.
    """
    if target.kind == "between" and target.low is not None and target.high is not None:
        return f"{number(target.low)}-{number(target.high)}"
    bound = target.low if target.low is not None else target.high
    if bound is not None:
        return _BOUND_SIGNS.get(target.kind, "") + number(bound)
    if target.kind == "level" and target.level and target.level.isdecimal():
        return f"Mức độ {target.level}"
    raise ExpressionError(f"a target of kind {target.kind!r} cannot be written in figures")


def parse_time(text: str) -> Schedule:
    """Read the time of a task.

    Raises
    ------
    ExpressionError
        If the text is no time that the plan uses, or a span that runs backwards.
    """
    for pattern, read in _TIMES:
        if match := re.fullmatch(pattern, text, re.IGNORECASE):
            return _forward(read(match), text)
    raise ExpressionError(f"{text!r} is no time: no year, quarter, month, span or repetition")


def is_time(text: str) -> bool:
    """Say whether :func:`parse_time` can read the text."""
    try:
        parse_time(text)
    except ExpressionError:
        return False
    return True


def _forward(schedule: Schedule, text: str) -> Schedule:
    if schedule.start and schedule.end and schedule.start > schedule.end:
        raise ExpressionError(f"{text!r} ends before it starts")
    return schedule


def _months(year: str, first: int, last: int) -> Schedule:
    end = date(int(year), last, monthrange(int(year), last)[1])
    return Schedule("once", date(int(year), first, 1), end)


def _quarter(match: re.Match[str]) -> Schedule:
    last = 3 * _QUARTERS[match[1].upper()]
    return _months(match[2], last - 2, last)


def _span(match: re.Match[str]) -> Schedule:
    return Schedule("continuous", date(int(match[1]), 1, 1), date(int(match[2]), 12, 31))


_YEAR = r"([12]\d{3})"
_TIMES: tuple[tuple[str, Callable[[re.Match[str]], Schedule]], ...] = (
    (r"hằng năm", lambda _: Schedule("yearly")),
    (rf"năm {_YEAR}", lambda m: _months(m[1], 1, 12)),
    (rf"năm {_YEAR}\s*-\s*{_YEAR}", _span),
    (rf"giai đoạn {_YEAR}\s*-\s*{_YEAR}", _span),
    (rf"quý (I|II|III|IV)/{_YEAR}", _quarter),
    (rf"tháng ([1-9]|1[0-2])/{_YEAR}", lambda m: _months(m[2], int(m[1]), int(m[1]))),
    (rf"đến năm {_YEAR}", lambda m: Schedule("continuous", None, date(int(m[1]), 12, 31))),
    (
        rf"năm {_YEAR} và thường xuyên",
        lambda m: Schedule("continuous", date(int(m[1]), 1, 1)),
    ),
    (r"sơ kết, tổng kết chương trình", lambda _: Schedule("milestone")),
)
