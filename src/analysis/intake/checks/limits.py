"""Rules on a value by itself: its limits, its unit, its digits."""

from __future__ import annotations

from decimal import Decimal

from analysis.intake.checks.numbers import decimals, short, shown
from analysis.intake.checks.rule import Around, Said, rule
from analysis.intake.checks.subject import PROXY, Subject

PERCENT = "percent"

FAR_MORE = 2
"""More digits behind the point than the series ever had, beyond which they are remarked on."""

_WHOLE = (Decimal(0), Decimal(100))
_CHECK = "check the number against the source, and its unit"
_FOR_CONTEXT = "so the value becomes a proxy, shown for context only"


def _beyond(subject: Subject) -> str:
    """Say how a number lies outside its limits; ``""`` if it does not."""
    number = subject.number
    if number is None:
        return ""
    if subject.unit_id == PERCENT and not _WHOLE[0] <= number <= _WHOLE[1]:
        return f"{shown(number)} lies outside 0 to 100 per cent"
    own = subject.own
    if own and own.low is not None and number < own.low:
        return f"{shown(number)} lies below {shown(own.low)}, the least that the series can be"
    if own and own.high is not None and number > own.high:
        return f"{shown(number)} lies above {shown(own.high)}, the most that the series can be"
    return ""


@rule("outside-limits", "error")
def outside_limits(subject: Subject, _around: Around) -> Said | None:
    """Say that a value that will be judged is impossible."""
    what = "" if subject.proxy else _beyond(subject)
    return Said("value", what, _CHECK) if what else None


@rule("proxy-outside-limits", "warning")
def proxy_outside_limits(subject: Subject, _around: Around) -> Said | None:
    """Say the same of a proxy: a related measure can pass 100 per cent, as of a year's plan."""
    what = _beyond(subject) if subject.proxy else ""
    return Said("value", f"{what}, as a value for context only", _CHECK) if what else None


def _other_unit(subject: Subject) -> str:
    """Say which unit a row has in the place of its series' one; ``""`` if none or unknown."""
    series = subject.series
    if series is None or subject.unit_id in {"", series.unit_id}:
        return ""
    unit = short(subject.entry.row["unit"])
    return f"the unit is {unit!r} ({subject.unit_id}), that of the series is {series.unit_text!r}"


def _says_proxy(subject: Subject) -> bool:
    return subject.entry.row["comparability"] == PROXY


@rule("unit-mismatch", "error")
def unit_mismatch(subject: Subject, around: Around) -> Said | None:
    """Say that a form, in which units are printed, gives another one."""
    what = "" if subject.measure or not around.form else _other_unit(subject)
    mend = "give the value in the unit that the form prints, and leave the unit as it is"
    return Said("unit", what, mend) if what else None


@rule("unit-makes-proxy", "warning")
def unit_makes_proxy(subject: Subject, around: Around) -> Said | None:
    """Say that a value meant for judging will be one for context."""
    what = "" if subject.measure or around.form or _says_proxy(subject) else _other_unit(subject)
    mend = "give the value in the unit of the series, or write comparability proxy"
    return Said("unit", f"{what}: not converted, {_FOR_CONTEXT}", mend) if what else None


@rule("unit-of-related-measure", "notice")
def unit_of_related_measure(subject: Subject, _around: Around) -> Said | None:
    """Say that a related measure has a unit of its own, as most of them have."""
    what = _other_unit(subject) if subject.measure and _says_proxy(subject) else ""
    mend = "nothing is to be done: a related measure is for context in any case"
    return Said("unit", what, mend) if what else None


@rule("part-makes-proxy", "warning")
def part_makes_proxy(subject: Subject, _around: Around) -> Said | None:
    """Say that a value meant for judging is of no part of the plan: perhaps mistyped."""
    if not subject.measure or _says_proxy(subject):
        return None
    part = short(subject.entry.row["part"])
    parts = ", ".join(repr(text) for text in subject.parts if text) or "no parts at all"
    has = f"the plan has {parts}, not {part!r}" if part else f"the plan has it by part: {parts}"
    mend = "write the part as the plan has it; else name the related measure, comparability proxy"
    return Said("part", f"{has}: a related measure, {_FOR_CONTEXT}", mend)


@rule("precision", "notice")
def precision(subject: Subject, _around: Around) -> Said | None:
    """Say that a number has digits such as a formula leaves, not such as a report prints.

    More than :data:`FAR_MORE` beyond the most that the plan or any observation of the series has.
    """
    number, own = subject.number, subject.own
    if number is None or own is None or decimals(number) <= own.decimals + FAR_MORE:
        return None
    what = (
        f"{shown(number)} has {decimals(number)} digits behind the point, and no value of the "
        f"series more than {own.decimals}"
    )
    return Said("value", what, "write the number as the source prints it")


RULES = (
    outside_limits,
    proxy_outside_limits,
    unit_mismatch,
    unit_makes_proxy,
    unit_of_related_measure,
    part_makes_proxy,
    precision,
)
