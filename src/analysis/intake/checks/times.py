"""Rules on time: the period beside the day of the check, the source, the area and the breaks."""

from __future__ import annotations

from analysis.intake.checks.days import Days
from analysis.intake.checks.known import Area, Break
from analysis.intake.checks.numbers import short
from analysis.intake.checks.rule import Around, Said, rule
from analysis.intake.checks.subject import Subject

ACTUAL = "actual"


@rule("future", "error")
def future(subject: Subject, around: Around) -> Said | None:
    """Say that a period has not begun."""
    days, today = subject.days, around.known.as_of
    if days is None or days.first <= today:
        return None
    what = f"the period begins on {days.first}, after {today}"
    return Said("period", what, "check the year; a plan or forecast is no observation")


@rule("unfinished-period", "warning")
def unfinished_period(subject: Subject, around: Around) -> Said | None:
    """Say that an actual value is given of a period that is not over."""
    days, today = subject.days, around.known.as_of
    if days is None or not days.first <= today < days.last or not _actual(subject):
        return None
    what = f"the period ends on {days.last}, after {today}, and the value is called actual"
    mend = "write the part of the period that the value covers, or the status estimate"
    return Said("period", what, mend)


@rule("published-in-future", "error")
def published_in_future(subject: Subject, around: Around) -> Said | None:
    """Say that a source cannot have been published yet."""
    published, today = subject.published, around.known.as_of
    if published is None or published.first <= today:
        return None
    what = f"the source is dated {_date(subject)}, after {today}"
    return Said("published", what, "correct the date of publication")


@rule("published-before-period", "warning")
def published_before_period(subject: Subject, _around: Around) -> Said | None:
    """Say that a source is older than the period, so that its value can only be a plan."""
    days, published = subject.days, subject.published
    if days is None or published is None or published.last >= days.first:
        return None
    what = f"the source was published {_date(subject)}, before the period began ({days.first})"
    return Said("published", what, "check both dates; a target or forecast is no observation")


@rule("actual-before-end", "warning")
def actual_before_end(subject: Subject, around: Around) -> Said | None:
    """Say that the source of an actual value is older than the end of its period.

    Not of a month: a state on a day of it cannot be written more exactly. Nor where the period is
    unfinished, which says it.
    """
    days, published = subject.days, subject.published
    if days is None or published is None or days.in_one_month or not _actual(subject):
        return None
    unfinished = days.last > around.known.as_of
    if unfinished or not days.first <= published.last < days.last:
        return None
    what = (
        f"the source was published {_date(subject)}, before the period ended ({days.last}), and "
        "the value is called actual"
    )
    mend = "write the part of the period that the value covers, or the status estimate"
    return Said("published", what, mend)


@rule("area-not-then", "error")
def area_not_then(subject: Subject, around: Around) -> Said | None:
    """Say that an area did not exist in the period."""
    days, area = subject.days, _area(subject, around)
    if days is None or area is None or _overlap(days, area):
        return None
    if area.first and days.last < area.first:
        return Said("area", f"{area.name} exists from {area.first} only", _mend_area(subject, area))
    what = f"{area.name} ended on {area.last}, before the period began ({days.first})"
    known = _break_at_end(subject, area, around)
    return Said("area", f"{what}. {known.reason}" if known else what, _mend_area(subject, area))


@rule("area-part-of-period", "warning")
def area_part_of_period(subject: Subject, around: Around) -> Said | None:
    """Say that an area existed in a part of the period only."""
    days, area = subject.days, _area(subject, around)
    if days is None or area is None or not _overlap(days, area):
        return None
    if area.last and days.last > area.last:
        what = f"{area.name} ended on {area.last}, within the period ({days.first} to {days.last})"
    elif area.first and days.first < area.first:
        what = f"{area.name} began on {area.first}, within the period ({days.first} to {days.last})"
    else:
        return None
    return Said("period", what, "write the part of the period in which the area existed")


@rule("before-break", "warning")
def before_break(subject: Subject, around: Around) -> Said | None:
    """Say that a value lies before the last break of its series, and will not be used."""
    days, series = subject.days, subject.series
    if days is None or series is None or subject.proxy:
        return None
    breaks = around.known.breaks.get((series.series_id, subject.entry.row["area"]), ())
    if not breaks or days.last_month >= breaks[-1].month:
        return None
    what = (
        f"the period lies before the break of {breaks[-1].from_period} in this series: the value "
        f"will be shown, not used. {breaks[-1].reason}"
    )
    return Said("period", what, "nothing, if that is meant; else check the period")


def _actual(subject: Subject) -> bool:
    return subject.entry.row["status"] == ACTUAL


def _date(subject: Subject) -> str:
    return short(subject.entry.row["published"])


def _area(subject: Subject, around: Around) -> Area | None:
    return around.known.areas.get(subject.entry.row["area"])


def _overlap(days: Days, area: Area) -> bool:
    begun = not area.first or days.last >= area.first
    return begun and (not area.last or days.first <= area.last)


def _break_at_end(subject: Subject, area: Area, around: Around) -> Break | None:
    """Return the break, of the series in any area, that comes with the end of an area."""
    series_id = subject.series.series_id if subject.series else ""
    month = Days(area.last, area.last).last_month + 1
    same = (
        one
        for (of, _), breaks in around.known.breaks.items()
        for one in breaks
        if of == series_id and one.month == month
    )
    return next(same, None)


def _mend_area(subject: Subject, area: Area) -> str:
    whole = subject.entry.row["area"].partition("-")[0]
    until = f"up to {area.last}" if area.last else f"from {area.first}"
    return f"write the area that the value is of, such as {whole}, or a period {until}"


RULES = (
    future,
    unfinished_period,
    published_in_future,
    published_before_period,
    actual_before_end,
    area_not_then,
    area_part_of_period,
    before_break,
)
