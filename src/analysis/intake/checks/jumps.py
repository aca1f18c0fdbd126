"""The rule on jumps: a change larger than any the series has seen.

Let the known values be those of the same series and area in the current view, on the same side of
every break. The *changes* are the absolute differences between each and the next, per year; two
values less than a year apart count as one year apart. Let ``largest`` be the largest of them,
``usual`` their median and ``spread`` the median of their distances from it (MAD).

A value is a jump if its change per year from the nearest known value, less what rounding can make
(one unit in the last digit of the less exactly printed of the two), is

- more than ``FACTOR`` times ``largest``, and
- more than ``usual + SPREADS * spread``.

If two known values are equally near, it must be so from both. Nothing is said where fewer than
``FEWEST`` values are known, where the same period is known already (that is a matter of agreeing
with it, not of change), of proxies (they come from several definitions), or where the value is
outside its limits or a slip of the decimal point, which says more.

The constants, argued from the first 548 observations, 299 of them of Quảng Ninh. (That is few: 141
of the 299 are numbers that count, and make 50 values of the current view with enough others.)

- Each of the 548 as if it were new beside the others: 8 are called jumps, 2 of them of the
  province, and all 8 are odd indeed (the years of the pandemic are among them).
- Each of the 50 beside the others: 2 are called jumps, 4 of 100. They are the same two: 60 per cent
  of workers trained in 2015 and 85 in 2020; 93 per cent of townspeople with clean water in 2015 and
  98 in every later year. Of the whole country's it is 7 of 109.
- Each beside what came before it, as new values come in: none of 29; of the whole country's 4 of
  58. With ``FACTOR = 1.25`` it is 1 of 29, with ``SPREADS = 3`` 2 of 29.
- Of the 50 with the first digit mistyped by one or two, 70 of 100 are called jumps. With
  ``FACTOR = 2`` or ``SPREADS = 8`` it is 60.

So both constants are the least, of those tried, that call no new value of the province a jump. The
tests hold these counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median

from analysis.intake.checks.known import Value
from analysis.intake.checks.limits import outside_limits
from analysis.intake.checks.numbers import about, decimals, shown
from analysis.intake.checks.rule import Around, Said, rule
from analysis.intake.checks.slips import factor_slip, share_for_percent
from analysis.intake.checks.subject import Subject, alike

FACTOR = Decimal("1.5")
SPREADS = 5
FEWEST = 3

YEAR = 12
"""Months; also the least distance that a change is spread over."""


@dataclass(frozen=True)
class Usual:
    """How much the known values change in a year."""

    largest: Decimal
    middle: Decimal
    spread: Decimal

    @property
    def limit(self) -> Decimal:
        """The change per year beyond which a value is a jump, before rounding."""
        return max(FACTOR * self.largest, self.middle + SPREADS * self.spread)


@dataclass(frozen=True)
class Step:
    """The change between two values: how much a year, and what rounding can make of it."""

    origin: Value
    yearly: Decimal
    rounding: Decimal


@rule("jump", "warning")
def jump(subject: Subject, around: Around) -> Said | None:
    """Say that a value changes more than any known value of its series did."""
    known = alike(subject, around.known)
    again = any(one.period == subject.entry.row["period"] for one in known)
    if subject.proxy or again or len(known) < FEWEST or _explained(subject, around):
        return None
    usual, steps = usual_change(known), _steps_from_nearest(subject, known)
    if not all(one.yearly - one.rounding > usual.limit for one in steps):
        return None
    return _said(subject, steps[0], usual)


def usual_change(known: Sequence[Value]) -> Usual:
    """Return how much at least two values in order of time change in a year."""
    changes = [step(one, other).yearly for one, other in pairwise(known)]
    middle = median(changes)
    return Usual(max(changes), middle, median([abs(one - middle) for one in changes]))


def step(origin: Value, other: Value) -> Step:
    """Return the change per year from one value to another."""
    years = Decimal(max(YEAR, abs(other.last_month - origin.last_month))) / YEAR
    places = min(decimals(origin.number), decimals(other.number))
    unit = Decimal(1).scaleb(-places)
    return Step(origin, abs(other.number - origin.number) / years, unit / years)


def _explained(subject: Subject, around: Around) -> bool:
    return any(
        one.look(subject, around) for one in (outside_limits, share_for_percent, factor_slip)
    )


def _steps_from_nearest(subject: Subject, known: Sequence[Value]) -> list[Step]:
    assert subject.days is not None  # else nothing is alike
    assert subject.number is not None
    month = subject.days.last_month
    here = Value(month, subject.entry.row["period"], subject.number, 0)
    nearest = min(abs(one.last_month - month) for one in known)
    return [step(one, here) for one in known if abs(one.last_month - month) == nearest]


def _said(subject: Subject, far: Step, usual: Usual) -> Said:
    assert subject.number is not None
    what = (
        f"from {shown(far.origin.number)} ({far.origin.period}) to {shown(subject.number)} is a "
        f"change of {about(far.yearly)} a year; the largest known is {about(usual.largest)}, the "
        f"usual one {about(usual.middle)}, and up to {about(usual.limit + far.rounding)} passes"
    )
    mend = (
        "check it against the source; if it is right, confirm it, and say in the note what changed"
    )
    return Said("value", what, mend)


RULES = (jump,)
