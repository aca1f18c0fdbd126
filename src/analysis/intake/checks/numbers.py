"""Numbers of the collected layout as exact decimals, and how a message shows them."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal

from analysis.observe.checks import is_number

SHOWN = 6
"""How many digits behind the point a computed number is shown with, at most."""

_LONGEST = 40
"""Texts of cells are shown up to this length."""


def any_number() -> Context:
    """Return a context in which no number of a cell, however long, makes arithmetic fail."""
    return Context(prec=60, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


def plain(text: str) -> Decimal | None:
    """Return the number that a text is, exactly; ``None`` if it is no plain number."""
    return Decimal(text) if is_number(text) else None


def decimals(number: Decimal) -> int:
    """Return how many digits a number has behind the point, zeros at the end left out."""
    return len(written(number).partition(".")[2])


def printed_decimals(text: str) -> int:
    """Return how many digits a plain number is printed with behind the point."""
    return len(text.partition(".")[2])


def written(number: Decimal) -> str:
    """Return a number exactly, without exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(number: Decimal) -> str:
    """Return a number as a message shows it: at most :data:`SHOWN` digits behind the point."""
    if decimals(number) <= SHOWN:
        return short(written(number))
    step = Decimal(1).scaleb(-SHOWN)
    return short(written(number.quantize(step, context=Context(prec=MAX_PREC, traps=[]))))


def about(number: Decimal) -> str:
    """Return a number that was computed, with four digits that count, or as a whole number."""
    digits = max(4, number.adjusted() + 1)
    rounded = Context(digits, ROUND_HALF_UP, MIN_EMIN, MAX_EMAX, traps=[]).plus(number)
    return shown(rounded)


def short(text: str) -> str:
    """Return a text of a cell as a message shows it: on one line, and cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
