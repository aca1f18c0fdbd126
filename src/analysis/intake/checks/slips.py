"""Rules on slips of the decimal point: shares for percentages, tens, hundreds and thousands.

Tried on the first 548 observations, each as if it were new, neither rule says anything. Of the 320
numbers above zero in the current view that have a neighbour, times 10, 100 and 1,000 and divided
by them, ``factor-slip`` names the power of ten in 95 of 100 cases. The tests hold these counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analysis.intake.checks.known import Value
from analysis.intake.checks.limits import PERCENT
from analysis.intake.checks.numbers import shown
from analysis.intake.checks.rule import Around, Said, rule
from analysis.intake.checks.subject import Subject, alike

ABOUT = Decimal("1.5")
"""A number is about another if neither is more than so many times the other.

At 3 a real change is taken for a slip (0.36 per cent of poor households, after 1.2); at 1.2 none is
either, but 15 of 100 slips are missed in place of 5."""

POWERS = (1, 2, 3, -1, -2, -3)
"""The powers of ten looked for: decimal points, percentages as shares, thousands."""

TARGET_ABOVE = 10
"""A target, in per cent, under which a value of 1 or less can be a percentage."""


@rule("share-for-percent", "warning")
def share_for_percent(subject: Subject, around: Around) -> Said | None:
    """Say that a value of at most 1 per cent is rather a share of 1.

    It is if everything known of the series is nearer to 100 times the value than to the value
    itself, or if nothing is known and its lowest target is above :data:`TARGET_ABOVE`.
    """
    number, own = subject.number, subject.own
    if number is None or own is None or own.unit_id != PERCENT or not 0 < number <= 1:
        return None
    known = around.known.measured.get(own.series_id, ())
    least = min(known) if known else _lowest_target(own.series_id, around)
    if least is None or least <= number * 10:
        return None
    of = "value known of the series" if known else "target of the series"
    return Said(
        "value",
        f"{shown(number)} looks like a share, the lowest {of} is {shown(least)}%",
        f"write {shown(number * 100)} if that is meant; if not, confirm the value",
    )


def _lowest_target(series_id: str, around: Around) -> Decimal | None:
    lowest = min(around.known.targets.get(series_id, ()), default=None)
    return lowest if lowest is not None and lowest > TARGET_ABOVE else None


@rule("factor-slip", "warning")
def factor_slip(subject: Subject, around: Around) -> Said | None:
    """Say that a value is about a power of ten times the known ones before and after it.

    Compared are the last value up to the end of its period and the first after it, or the one of
    them that there is; both must be off by the same power (see :data:`ABOUT`).
    """
    number, near = subject.number, neighbours(subject, around)
    if number is None or not near or share_for_percent.look(subject, around):
        return None
    power = power_off(number, near)
    if not power:
        return None
    times = f"{10**power:,} times" if power > 0 else f"1/{10**-power:,} of"
    beside = " and ".join(f"{shown(one.number)} ({one.period})" for one in near)
    meant = shown(number.scaleb(-power))
    return Said(
        "value",
        f"{shown(number)} is about {times} {beside}",
        f"write {meant} if that is meant; if not, confirm the value",
    )


def power_off(number: Decimal, near: Sequence[Value]) -> int:
    """Return by which power of ten a number is off from all of these values; 0 if by none."""
    return next((power for power in POWERS if _off_by(power, number, near)), 0)


def _off_by(power: int, number: Decimal, near: Sequence[Value]) -> bool:
    meant = number.scaleb(-power)
    return all(meant <= one.number * ABOUT and one.number <= meant * ABOUT for one in near)


def neighbours(subject: Subject, around: Around) -> list[Value]:
    """Return the known values above zero right before and after a subject's own."""
    number, days = subject.number, subject.days
    if number is None or days is None or number <= 0:
        return []
    known = [one for one in alike(subject, around.known) if one.number > 0]
    before = [one for one in known if one.last_month <= days.last_month]
    after = [one for one in known if one.last_month > days.last_month]
    return before[-1:] + after[:1]


RULES = (share_for_percent, factor_slip)
