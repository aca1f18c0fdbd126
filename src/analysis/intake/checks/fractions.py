"""Rules on what a value is made of: numerator, denominator, and the denominator of the note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from analysis.intake.checks.limits import PERCENT
from analysis.intake.checks.numbers import plain, printed_decimals, shown
from analysis.intake.checks.rule import Around, Said, rule
from analysis.intake.checks.subject import Subject

_PER = re.compile(r".*-per-(10+)")


def multiple(unit_id: str) -> int:
    """Return what a fraction is multiplied by in a unit; 0 if the unit is no such fraction.

    ``percent`` → 100, ``persons-per-1000`` → 1000, ``beds-per-10000`` → 10000.
    """
    if unit_id == PERCENT:
        return 100
    found = _PER.fullmatch(unit_id)
    return int(found[1]) if found else 0


@dataclass(frozen=True)
class Fraction:
    """A value beside the numbers that it is made of.

    Parameters
    ----------
    printed
        The value as printed.
    times
        What the fraction is multiplied by in the unit.
    """

    numerator: Decimal
    denominator: Decimal
    printed: str
    times: int

    @property
    def text(self) -> str:
        """The fraction as a message names it."""
        return f"{shown(self.numerator)} of {shown(self.denominator)}"

    @property
    def value(self) -> Decimal:
        """What the fraction comes to in the unit."""
        return self.numerator * self.times / self.denominator

    @property
    def off(self) -> Decimal:
        """How far the printed value is from it, in units of its last digit."""
        return abs(Decimal(self.printed) - self.value).scaleb(printed_decimals(self.printed))


def _fraction(subject: Subject) -> Fraction | None:
    """Return the fraction that a row gives; ``None`` if it gives none that can be read."""
    numerator, denominator = plain(subject.entry.numerator), plain(subject.entry.denominator)
    times = multiple(subject.unit_id)
    if numerator is None or denominator is None or not times:
        return None
    return Fraction(numerator, denominator, subject.entry.row["value"], times)


def _impossible(subject: Subject) -> str:
    """Say what is wrong with a fraction by itself; ``""`` if nothing is, or there is none."""
    one = _fraction(subject)
    if one is None:
        return ""
    if one.denominator == 0:
        return "the denominator is 0"
    if one.numerator < 0 or one.denominator < 0:
        return f"{one.text}: a count cannot be below 0"
    if subject.unit_id == PERCENT and one.numerator > one.denominator:
        return f"{one.text}: the numerator is larger than the denominator, above 100 per cent"
    return ""


@rule("fraction-impossible", "error")
def fraction_impossible(subject: Subject, _around: Around) -> Said | None:
    """Say that numerator and denominator cannot be."""
    what = _impossible(subject)
    mend = "check both against the source, and that they are not exchanged"
    column = "denominator" if what.startswith("the denominator") else "numerator"
    return Said(column, what, mend) if what else None


@rule("fraction", "error")
def fraction(subject: Subject, _around: Around) -> Said | None:
    """Say that a value is not what its numerator and denominator come to.

    It may be off by less than one unit in its last digit as printed; see :func:`fraction_cut`.
    """
    one = _fraction(subject)
    if one is None or subject.number is None or _impossible(subject) or one.off < 1:
        return None
    return Said(
        "value",
        f"{one.text} is {shown(one.value)}, not {shown(subject.number)}",
        "correct the value, the numerator or the denominator",
    )


@rule("fraction-cut", "notice")
def fraction_cut(subject: Subject, _around: Around) -> Said | None:
    """Say that a value is off by more than rounding, but less than a unit of its last digit.

    Published numbers are often cut: 99.996 per cent is printed 99.99, so that it is not all.
    """
    one = _fraction(subject)
    if one is None or subject.number is None or _impossible(subject):
        return None
    if not Decimal("0.5") < one.off < 1:
        return None
    what = f"{one.text} is {shown(one.value)}; {shown(subject.number)} is cut off, not rounded"
    return Said("value", what, "leave it if the source prints it so; else round it")


@rule("half-fraction", "warning")
def half_fraction(subject: Subject, _around: Around) -> Said | None:
    """Say that of numerator and denominator only one is given."""
    given = {
        "numerator": subject.entry.numerator.strip(),
        "denominator": subject.entry.denominator.strip(),
    }
    missing = [name for name, text in given.items() if not text]
    if len(missing) != 1:
        return None
    (other,) = (name for name in given if name not in missing)
    what = f"a {other} is given without a {missing[0]}, so the value cannot be checked"
    return Said(other, what, f"give the {missing[0]} as well, or neither of them")


@rule("denominator-hint", "warning")
def denominator_hint(subject: Subject, _around: Around) -> Said | None:
    """Say that the note of a value to be judged speaks of another denominator than its series."""
    own, row = subject.own, subject.entry.row
    if own is None or subject.proxy:
        return None
    from analysis.intake.cells.denominators import hints

    found = hints(row["note"], row["unit"], own.name_vi, own.unit_id)
    mend = "check that the value has the series' denominator; if not, write comparability proxy"
    return Said("note", "; ".join(found), mend) if found else None


RULES = (fraction_impossible, fraction, fraction_cut, half_fraction, denominator_hint)
