"""What a cell holds, by what its file says that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from analysis.intake.model import Cell, Kind, Place
from analysis.intake.reading.faults import Fault, quoted
from analysis.intake.reading.text import error_value, look_over

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,4})?")
_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.,]*Z?)?")
_TRUTH: Final = {"1": "true", "true": "true", "0": "false", "false": "false"}

_FALSE_LEAP_DAY: Final = 60
"""Excel counts 29 February 1900, which there never was; the days before it are one off."""


@dataclass(frozen=True)
class Value:
    """A cell without its place.

    Parameters
    ----------
    kind, text, number, day
        As in :class:`analysis.intake.model.Cell`.
    faults
        Why it must not be taken.
    """

    kind: Kind = "empty"
    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see in the cell."""
        return self.kind == "empty" and not self.faults

    def at(self, place: Place) -> Cell:
        """Return the cell in its place."""
        return Cell(place, self.kind, self.text, self.number, self.day)


EMPTY: Final = Value()


def text_value(raw: str) -> Value:
    """Return the value of a text cell; of blanks alone, an empty one."""
    text, faults = look_over(raw)
    return Value("text" if text else "empty", text, faults=faults)


def number_value(raw: str) -> Value:
    """Return the value of a number cell: the shortest decimal that is this binary number.

    Spreadsheets calculate with binary numbers of 64 bits and write them with up to 17 digits, so
    ``8.1999999999999993`` is what they write for 8.2.
    """
    if not raw.strip():
        return EMPTY
    number = _decimal(raw.strip())
    if number is None:
        return _unreadable(raw, "number")
    return Value("number", f"{number:f}", number)


def percent_value(raw: str) -> Value:
    """Return the value of a number cell that is shown as a percentage.

    The file holds 0.875 where the person sees, and typed, 87,5%. To take it for the number 0.875
    would be off by a hundred, so it is the text that is seen, with the decimal comma of Vietnam.
    """
    value = number_value(raw)
    if value.number is None:
        return value
    hundredfold = _plain_decimal(value.number.scaleb(2))
    return Value("text", f"{hundredfold:f}%".replace(".", ","))


def serial_value(raw: str, *, from_1904: bool) -> Value:
    """Return the value of a number cell that is shown as a date; a time of the day is dropped.

    Parameters
    ----------
    raw
        Days since the end of 1899, or since the beginning of 1904.
    from_1904
        Which of the two.
    """
    value = number_value(raw)
    if value.number is None:
        return value
    day = _day_of(int(value.number), from_1904=from_1904)
    return _unreadable(raw, "date") if day is None else Value("date", day.isoformat(), day=day)


def day_value(raw: str) -> Value:
    """Return the value of a date cell that is written ``2025-12-31``, with or without a time."""
    found = _DAY.fullmatch(raw.strip())
    try:
        day = date.fromisoformat(found[1] if found else "")
    except ValueError:
        return _unreadable(raw, "date")
    return Value("date", day.isoformat(), day=day)


def time_value() -> Value:
    """Return the value of a cell that holds a time of the day or a duration: none."""
    what = "the cell holds a time of the day or a duration"
    return _refused(Fault(what, "write a date, a number or a text"))


def truth_value(raw: str) -> Value:
    """Return the value of a boolean cell."""
    text = _TRUTH.get(raw.strip().lower())
    return Value("boolean", text) if text else _unreadable(raw, "boolean")


def error_cell(raw: str) -> Value:
    """Return the value of a cell whose calculation failed: none."""
    return _refused(error_value(raw))


def formula_value() -> Value:
    """Return the value of a cell with a formula: none."""
    return _refused(
        Fault(
            "the cell holds a formula",
            "replace formulas by their values: copy the cells, then Paste Special, values only",
        )
    )


def other_text_value(shown: str, held: str) -> Value:
    """Return the value of a cell that shows another text than it holds: none."""
    what = f"the cell shows {quoted(shown)} but holds {quoted(held)}"
    return _refused(Fault(what, "type the text anew"))


def _refused(fault: Fault) -> Value:
    return Value(faults=(fault,))


def _unreadable(raw: str, kind: str) -> Value:
    what = f"the file says that {quoted(raw)} is a {kind}, which it cannot be"
    return _refused(Fault(what, f"type the {kind} anew"))


def _decimal(raw: str) -> Decimal | None:
    if not _NUMBER.fullmatch(raw):
        return None
    number = Decimal(repr(float(raw)))
    return _plain_decimal(number) if number.is_finite() else None


def _plain_decimal(number: Decimal) -> Decimal:
    """Return the number without trailing zeros, exponent or negative zero."""
    return Decimal(f"{number.normalize():f}") if number else Decimal(0)


def _day_of(serial: int, *, from_1904: bool) -> date | None:
    if from_1904:
        first, days = date(1904, 1, 1), serial
    else:
        first, days = date(1899, 12, 31), serial - (serial > _FALSE_LEAP_DAY)
    if days < 1 or (serial == _FALSE_LEAP_DAY and not from_1904):
        return None
    try:
        return first + timedelta(days)
    except OverflowError:
        return None
