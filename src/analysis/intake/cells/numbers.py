"""Numbers as people write them: ``87,5``, ``8.200``, ``19 000``, ``87,5 %``.

A number cell is taken as it is. A text is read by the Vietnamese habit (decimal comma, thousands
divided by dots or blanks) or the English one (decimal point, thousands divided by commas), where
only one of the two can be meant; otherwise it is asked which. One text that can mean two numbers
is read all the same, with a warning: ``1,234`` is 1.234 where things are not counted, for a comma
is a decimal comma in Vietnamese.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from analysis.intake.cells.number_advice import advice
from analysis.intake.cells.read import (
    Read,
    ask,
    cleaned,
    folded,
    is_blank,
    refuse,
    shown,
    visible,
    warning,
)
from analysis.intake.model import Cell, Finding
from analysis.observe.checks import is_number

_LONGEST, _MOST_DIGITS = 80, 30
_MOST_DECIMALS = 10

_BLANKS = " \u00a0\u2009\u202f"  # plain, no-break, thin, narrow no-break
_SPLIT = re.compile(
    rf"(?P<sign>[-+−]?)(?P<digits>[0-9](?:[0-9.,{_BLANKS}]*[0-9])?)[{_BLANKS}]*(?P<after>.*)",
    re.DOTALL,
)


def _habit(thousands: str, decimal: str) -> re.Pattern[str]:
    """Return the pattern of unsigned numbers with these marks; thousands need not be divided."""
    grouped = rf"[1-9][0-9]{{0,2}}(?:[{thousands}][0-9]{{3}})+"
    return re.compile(
        rf"(?P<whole>{grouped}|0|[1-9][0-9]*)(?:{re.escape(decimal)}(?P<rest>[0-9]+))?"
    )


_HABITS = (_habit(".", ","), _habit(_BLANKS, ","), _habit(",", "."))
_PADDED = re.compile("0[1-9]")  # counts below ten are written with two digits: 05 cơ sở
_LOST_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{1,3}")
_UNDIVIDED = re.compile(r"-?[0-9]{4,}\.[0-9]{3}")


def read_number(cell: Cell, *, whole: bool, symbols: Collection[str] = ()) -> Read:
    """Read a number.

    Parameters
    ----------
    cell
        Any cell.
    whole
        Whether the value counts things: three digits behind a dot are then thousands.
    symbols
        What may stand behind the number, such as ``%`` (see :func:`unit_symbols`).

    Returns
    -------
    Read
        ``87.50``: a decimal point, no separators, the digits as written; no minus before zero.
        Warnings are ``float-dust``, ``decimals-of-a-count`` and ``three-decimals``.
    """
    if is_blank(cell):
        return Read()
    if cell.kind == "number":
        return _number_cell(cell, whole=whole)
    if cell.kind != "text":
        return _other_cell(cell)
    return _text_cell(cell, whole, frozenset(map(_symbol, symbols)))


def unit_symbols(
    unit_id: str, units: Iterable[Mapping[str, str]], aliases: Iterable[Mapping[str, str]]
) -> frozenset[str]:
    """Return what may be written behind a number in a unit.

    Parameters
    ----------
    unit_id
        The unit.
    units
        Rows of table ``units``.
    aliases
        Rows of table ``unit_aliases``.
    """
    symbols = {row[name] for row in units if row["unit_id"] == unit_id for name in _SYMBOL_COLUMNS}
    texts = {row["unit_text"] for row in aliases if row["unit_id"] == unit_id}
    return frozenset(filter(None, symbols | texts))


_SYMBOL_COLUMNS = ("symbol_vi", "symbol_en")


def _other_cell(cell: Cell) -> Read:
    if cell.kind == "date":
        what = f"the cell holds the date {cleaned(cell.text)}, not a number"
        mend = (
            "a spreadsheet turns numbers such as 8.2 or 1/2 into dates: give the cell the format"
            " Text or Number, then type the number again"
        )
        return refuse(cell, "became-a-date", what, mend)
    what = f"the cell holds {shown(cell.text)}, which is yes or no"
    return refuse(cell, "not-a-number", what, "write the number, or leave the cell empty")


def _number_cell(cell: Cell, *, whole: bool) -> Read:
    text = cell.text
    if _is_long(text) or not is_number(text):
        return _unreadable(cell)
    return _taken(cell, _unsigned_zero(text), whole=whole, lost=_LOST_THOUSANDS)


def _text_cell(cell: Cell, whole: bool, symbols: frozenset[str]) -> Read:
    text = visible(cell.text)
    found = None if _is_long(text) else _SPLIT.fullmatch(text)
    readings = _readings(found["sign"], found["digits"]) if found else ()
    if found is None or not readings:
        return _unreadable(cell)
    if found["after"] and _symbol(found["after"]) not in symbols:
        return _something_behind(cell, found["after"], symbols)
    if len(readings) == 2 and ("." in readings[0]) == whole:
        return _either(cell, readings, whole=whole)
    read = _taken(cell, readings[0], whole=whole, lost=_UNDIVIDED)
    if len(readings) == 2 and not whole:
        return replace(read, findings=(*read.findings, _three_decimals(cell, readings)))
    return read


def _readings(sign: str, digits: str) -> tuple[str, ...]:
    """Return the numbers that a text can mean, that of the Vietnamese habit first."""
    if _PADDED.fullmatch(digits):
        digits = digits[1:]
    minus = "" if sign in {"", "+"} else "-"
    found = filter(None, (habit.fullmatch(digits) for habit in _HABITS))
    return tuple(dict.fromkeys(_unsigned_zero(minus + _plain(one)) for one in found))


def _plain(found: re.Match[str]) -> str:
    whole = re.sub("[^0-9]", "", found["whole"])
    return f"{whole}.{found['rest']}" if found["rest"] else whole


def _unsigned_zero(number: str) -> str:
    return number if re.search("[1-9]", number) else number.removeprefix("-")


def _either(cell: Cell, readings: tuple[str, ...], *, whole: bool) -> Read:
    decimal, thousands = sorted(readings, key=len, reverse=True)
    # Behind a comma three digits are decimals, but not among counts; four never are thousands.
    certain = decimal.replace(".", ",") + ("0" if whole else "")
    what = (
        f"{shown(cleaned(cell.text))} can be read in two ways: as {thousands}, with thousands"
        " divided, or as a number with three decimals"
    )
    mend = f"write {thousands} if thousands are meant, {certain} if decimals are"
    return ask(cell, what, mend, readings)


def _three_decimals(cell: Cell, readings: tuple[str, ...]) -> Finding:
    decimal, thousands = readings
    what = f"{shown(cleaned(cell.text))} is read as {decimal}, its comma as a decimal comma"
    return warning(cell, "three-decimals", what, f"write {thousands} if thousands are meant")


def _taken(cell: Cell, number: str, *, whole: bool, lost: re.Pattern[str]) -> Read:
    findings = (_dust(cell, number), _decimals_of_a_count(cell, number, lost) if whole else None)
    return Read(number, tuple(one for one in findings if one is not None))


def _dust(cell: Cell, number: str) -> Finding | None:
    before, _, decimals = number.partition(".")
    many = len(decimals.lstrip("0") if before in {"0", "-0"} else decimals)
    if many <= _MOST_DECIMALS:
        return None
    return warning(
        cell,
        "float-dust",
        f"{number} has {many} decimals, more than any source prints: the spreadsheet has"
        " calculated it",
        "round it to the decimals of the source and type it in; it is kept as it is otherwise",
    )


def _decimals_of_a_count(cell: Cell, number: str, lost: re.Pattern[str]) -> Finding | None:
    if not lost.fullmatch(number):
        return None
    return warning(
        cell,
        "decimals-of-a-count",
        f"{number} has decimals, and whole numbers are counted here",
        "where 8.200 is typed, a spreadsheet set to English makes 8.2 of it: type 8200 if thousands"
        " are meant",
    )


def _something_behind(cell: Cell, after: str, symbols: frozenset[str]) -> Read:
    what, mend = advice(cell.text)
    if what == "is no number":
        allowed = f", or with {' or '.join(sorted(symbols))} behind it" if symbols else ""
        what = f"has {shown(after.strip())} behind the number"
        mend = f"write the number alone{allowed}, in the unit of its row"
    return refuse(cell, "not-a-number", f"{shown(cleaned(cell.text))} {what}", mend)


def _unreadable(cell: Cell) -> Read:
    if _is_long(visible(cell.text)):
        what, mend = "is too long for a number", "write the number alone; words go into the note"
    else:
        what, mend = advice(cell.text)
    return refuse(cell, "not-a-number", f"{shown(cell.text)} {what}", mend)


def _is_long(text: str) -> bool:
    return len(text) > _LONGEST or len(re.findall("[0-9]", text)) > _MOST_DIGITS


def _symbol(text: str) -> str:
    return folded(text).replace(" ", "")
