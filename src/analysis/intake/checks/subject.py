"""A row of the file, understood as far as it can be: what the checks look at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from analysis.intake.checks.days import Days, days_of_date, days_of_period
from analysis.intake.checks.known import NO_SCALE, Known, Series, Task, Value
from analysis.intake.checks.numbers import plain, short
from analysis.intake.model import Entry, TaskEntry
from analysis.observe.collected import UNDIVIDED
from analysis.observe.origins import stated

Key: TypeAlias = tuple[str, ...]
"""What two rows of a file must not have in common."""

PROXY = "proxy"


@dataclass(frozen=True)
class Subject:
    """An observed value that a file gives, beside what is known of its series.

    Parameters
    ----------
    series
        ``None`` if the plan has no such indicator.
    parts
        The parts of the indicator, as the plan writes them, each once; ``""`` for the whole.
    measure
        The related measure that the row gives; ``""`` if it gives the series' own.
    unit_id
        ``""`` if the unit is not known.
    number
        ``None`` if the value is no plain number.
    days, published
        The days of the period and of publication; ``None`` if they cannot be read.
    proxy
        Whether the row is, or will become, a value for context only.
    """

    entry: Entry
    series: Series | None
    parts: tuple[str, ...]
    measure: str
    unit_id: str
    number: Decimal | None
    days: Days | None
    published: Days | None
    proxy: bool

    @property
    def own(self) -> Series | None:
        """The series, if the row gives its own measure in its own unit, as a number."""
        one = self.series
        same = one is not None and not self.measure and self.unit_id == one.unit_id
        return one if one is not None and same and one.scale == NO_SCALE else None

    @property
    def key(self) -> Key:
        """What makes it the same statement: what is measured, where, when, and who says so."""
        row = self.entry.row
        series = self.series.series_id if self.series else row["indicator_code"]
        what = (series, self.measure, row["area"], row["period"], self.unit_id or row["unit"])
        origin = stated(row)
        said = (origin.url, origin.title, origin.publisher, origin.published)
        return (*what, str(self.proxy), *said)

    @property
    def label(self) -> str:
        """What the row is of: ``5.7, QN, 2025``."""
        row = self.entry.row
        series = self.series.series_id if self.series else row["indicator_code"]
        return ", ".join(
            map(short, filter(None, (series, row["part"], row["area"], row["period"])))
        )


def subject_of(entry: Entry, known: Known) -> Subject:
    """Set an entry beside what is known."""
    row = entry.row
    series, measure = _place(row["indicator_code"], row["part"], known)
    unit_id = _unit_of(row["unit"], series, known)
    return Subject(
        entry,
        series,
        tuple(one.part_vi for one in known.series.get(row["indicator_code"], ())),
        measure,
        unit_id,
        plain(row["value"]),
        days_of_period(row["period"]),
        days_of_date(row["published"]),
        _is_proxy(row["comparability"], row["value"], series, measure, unit_id, known),
    )


def alike(subject: Subject, known: Known) -> tuple[Value, ...]:
    """Return the known values that a subject continues, in order of time.

    They are of the same series and area, on the same side of every break, and are proxies only
    if the subject is one. There are none if it is not the series' own, or spans several years.
    """
    one, days, area = subject.own, subject.days, subject.entry.row["area"]
    if one is None or days is None or subject.number is None or not days.in_one_year:
        return ()
    segment = known.segment(one.series_id, area, days.last_month)
    values = known.values.get((one.series_id, area, subject.proxy), ())
    return tuple(value for value in values if value.segment == segment)


def _place(code: str, part: str, known: Known) -> tuple[Series | None, str]:
    """Return the series and the related measure, as ``observe.collected.place`` does."""
    series = known.series.get(code, ())
    own = next((one for one in series if part in one.parts), None)
    if own or not series:
        return own, ""
    return series[0], part or UNDIVIDED


def _unit_of(text: str, series: Series | None, known: Known) -> str:
    """Return the unit, as ``observe.facts.Facts.unit_of`` does."""
    unit = known.units.get(text, "")
    both = series is not None and {unit, series.unit_id} <= known.ordinal_units
    return series.unit_id if series and both else unit


def _is_proxy(
    stated_as: str, value: str, series: Series | None, measure: str, unit_id: str, known: Known
) -> bool:
    if stated_as == PROXY or measure or series is None:
        return True
    return unit_id != series.unit_id or (series.series_id, value) in known.yearly_counts


@dataclass(frozen=True)
class TaskSubject:
    """What a file reports of a task, beside the task.

    Parameters
    ----------
    task
        ``None`` if the plan has no such task.
    day
        The day reported; ``""`` if it cannot be read.
    """

    entry: TaskEntry
    task: Task | None
    day: str

    @property
    def status(self) -> str:
        """The status reported."""
        return self.entry.row["status"]

    @property
    def key(self) -> Key:
        """What makes it the same report: the task, the day and who says so."""
        row, origin = self.entry.row, stated(self.entry.row)
        said = (origin.url, origin.title, origin.publisher, origin.published)
        return (row["task_id"], row["date"], *said)

    @property
    def label(self) -> str:
        """What the row is of: ``task II.5, 2025-06-30``."""
        row = self.entry.row
        return f"task {', '.join(map(short, filter(None, (row['task_id'], row['date']))))}"


def task_subject_of(entry: TaskEntry, known: Known) -> TaskSubject:
    """Set a report of a task beside the task."""
    row = entry.row
    days = days_of_date(row["date"])
    one_day = days is not None and days.first == days.last
    return TaskSubject(entry, known.tasks.get(row["task_id"]), row["date"] if one_day else "")
