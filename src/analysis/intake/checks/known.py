"""What the tables say that a new row is compared with; every frame is read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from analysis.intake.checks.days import days_of_date, days_of_period
from analysis.intake.checks.numbers import decimals
from analysis.observe.facts import Facts
from analysis.observe.view import NEVER_CANDIDATES, current_view

if TYPE_CHECKING:
    import pandas as pd

NO_SCALE = "none"
NO_LEVEL = "none"


@dataclass(frozen=True)
class Series:
    """A series of the plan, as far as a check needs it.

    Parameters
    ----------
    part_vi, parts
        Its part as the plan writes it, ``""`` where it has none, and all the texts that stand for
        it in column ``part``.
    name_vi
        The indicator's name and the part's, joined by ``", "``.
    low, high
        Its natural limits, in its unit; ``None`` where it has none.
    decimals
        The most digits behind the point that the plan or an observation of it has.
    """

    series_id: str
    part_vi: str
    parts: frozenset[str]
    unit_id: str
    unit_text: str
    scale: str
    name_vi: str
    low: Decimal | None
    high: Decimal | None
    decimals: int


@dataclass(frozen=True)
class Value:
    """A value of the current view: of one series, area and year."""

    last_month: int
    period: str
    number: Decimal
    segment: int


@dataclass(frozen=True)
class Break:
    """A break in a series: its first month, counted from the year 0, and why."""

    month: int
    from_period: str
    reason: str


@dataclass(frozen=True)
class Area:
    """An area and its time: first and last day, ``""`` where it is not bounded."""

    name: str
    first: str
    last: str


@dataclass(frozen=True)
class Task:
    """When a task begins (``""``: not stated), and how often it is to be done."""

    start: str
    recurrence: str


@dataclass(frozen=True)
class Report:
    """What is reported of a task: the day, the status and where that stands."""

    day: str
    status: str
    where: str


@dataclass(frozen=True)
class Known:
    """What is known before the file.

    Parameters
    ----------
    as_of
        The day of the check, ``2026-11-25``.
    series
        Indicator code → its series, in plan order.
    units
        Unit as written → unit id.
    ordinal_units
        Units of levels; a text that names one of them names any.
    yearly_counts
        ``(series, value)`` of counts of one year where the series is a running total.
    breaks
        ``(series, area)`` → the breaks that have begun, in order of time.
    values
        ``(series, area, proxy)`` → the current view in order of time; that of proxies apart.
    measured
        Series → all its values of all areas in its own unit, proxies included.
    targets
        Series → the numbers of its targets.
    """

    as_of: str
    series: Mapping[str, tuple[Series, ...]]
    units: Mapping[str, str]
    ordinal_units: frozenset[str]
    yearly_counts: frozenset[tuple[str, str]]
    areas: Mapping[str, Area]
    breaks: Mapping[tuple[str, str], tuple[Break, ...]]
    values: Mapping[tuple[str, str, bool], tuple[Value, ...]]
    measured: Mapping[str, tuple[Decimal, ...]]
    targets: Mapping[str, tuple[Decimal, ...]]
    tasks: Mapping[str, Task]
    reports: Mapping[str, tuple[Report, ...]]

    def segment(self, series_id: str, area_id: str, last_month: int) -> int:
        """Return how many breaks have begun by the end of a period."""
        return sum(one.month <= last_month for one in self.breaks.get((series_id, area_id), ()))


def read_known(
    tables: Mapping[str, pd.DataFrame], codes: set[str], as_of: date, facts: Facts | None = None
) -> Known:
    """Read what is known of some indicators.

    Parameters
    ----------
    tables
        The package's frames, only rows that stand: ``series, indicators, units, unit_aliases,
        areas, breaks, levels, targets, observations, sources, tasks, task_updates`` are used.
    codes
        The indicators; of others no values are read.
    as_of
        The day of the check.
    facts
        What the ingestion knows. It has more spellings of parts than the tables, and the yearly
        counts.
    """
    measured = _measured(tables["observations"], tables["series"])
    targets = _targets(tables["targets"])
    series = _series(tables, measured, targets, facts)
    wanted = {one.series_id for code in codes for one in series.get(code, ())}
    return Known(
        as_of=as_of.isoformat(),
        series=series,
        units=dict(facts.units) if facts else dict(_texts(tables["unit_aliases"], *_ALIAS)),
        ordinal_units=facts.ordinal_units if facts else _ordinal_units(series),
        yearly_counts=facts.yearly_counts if facts else frozenset(),
        areas={key: Area(*rest) for key, *rest in _texts(tables["areas"], *_AREA)},
        breaks=_breaks(tables["breaks"], as_of),
        values=_values(tables, wanted, as_of),
        measured=measured,
        targets=targets,
        tasks={key: Task(*rest) for key, *rest in _texts(tables["tasks"], *_TASK)},
        reports=_reports(tables["task_updates"]),
    )


_ALIAS = ("unit_text", "unit_id")
_AREA = ("area_id", "name_en", "valid_from", "valid_to")
_TASK = ("task_id", "start", "recurrence")
_REPORT = ("task_id", "date", "status", "source_id")
_BREAK = ("series_id", "area_id", "from_period", "reason_en")
_OBSERVED = ("series_id", "value", "unit_id", "measure", "level_id")
_SERIES = (
    "series_id", "indicator_id", "part_vi", "part_source", "unit_id", "scale", "decimals",
    "natural_min", "natural_max",
)  # fmt: skip


def _texts(frame: pd.DataFrame, *columns: str) -> Iterator[list[str]]:
    """Return columns of a frame as rows of texts; what is missing is ``""``."""
    cells = [[_text(cell) for cell in frame[name].tolist()] for name in columns]
    return map(list, zip(*cells, strict=True))


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    # Missing values are the only ones that do not equal themselves.
    if cell is None or cell != cell:  # noqa: PLR0124
        return ""
    return cell.isoformat()[:10] if isinstance(cell, date) else repr(cell)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _measured(
    observations: pd.DataFrame, series: pd.DataFrame
) -> Mapping[str, tuple[Decimal, ...]]:
    units = dict(_texts(series, "series_id", "unit_id"))
    found = defaultdict[str, list[Decimal]](list)
    for series_id, value, unit_id, measure, level_id in _texts(observations, *_OBSERVED):
        own = unit_id == units[series_id] and not measure and level_id == NO_LEVEL
        if own and value:
            found[series_id].append(Decimal(value))
    return {name: tuple(numbers) for name, numbers in found.items()}


def _targets(targets: pd.DataFrame) -> Mapping[str, tuple[Decimal, ...]]:
    found = defaultdict[str, list[Decimal]](list)
    for series_id, *bounds in _texts(targets, "series_id", "low", "high"):
        found[series_id] += [Decimal(text) for text in bounds if text]
    return {name: tuple(numbers) for name, numbers in found.items()}


def _series(
    tables: Mapping[str, pd.DataFrame],
    measured: Mapping[str, tuple[Decimal, ...]],
    targets: Mapping[str, tuple[Decimal, ...]],
    facts: Facts | None,
) -> dict[str, tuple[Series, ...]]:
    """Return the series of each indicator; ``facts`` may know more spellings of a part."""
    spelled = _spellings(facts)
    names = dict(_texts(tables["indicators"], "indicator_id", "name_vi"))
    symbols = dict(_texts(tables["units"], "unit_id", "symbol_en"))
    found: dict[str, tuple[Series, ...]] = {}
    for series_id, code, part, source, unit, scale, places, low, high in _texts(
        tables["series"].sort_values("position"), *_SERIES
    ):
        numbers = (*measured.get(series_id, ()), *targets.get(series_id, ()))
        one = Series(
            series_id,
            part,
            spelled.get(series_id) or frozenset({part, source, _unbracketed(source)}),
            unit,
            symbols.get(unit) or unit,
            scale,
            ", ".join(filter(None, (names.get(code, ""), part))),
            _number(low),
            _number(high),
            max([int(places), *map(decimals, numbers)]),
        )
        found[code] = (*found.get(code, ()), one)
    return found


def _unbracketed(text: str) -> str:
    """Return a part without what it explains in brackets."""
    return text.partition(" (")[0]


def _spellings(facts: Facts | None) -> dict[str, frozenset[str]]:
    series = (one for some in facts.series.values() for one in some) if facts else ()
    return {one.series_id: one.parts for one in series}


def _ordinal_units(series: Mapping[str, tuple[Series, ...]]) -> frozenset[str]:
    every = (one for some in series.values() for one in some)
    return frozenset(one.unit_id for one in every if one.scale != NO_SCALE)


def _breaks(breaks: pd.DataFrame, as_of: date) -> dict[tuple[str, str], tuple[Break, ...]]:
    found: dict[tuple[str, str], tuple[Break, ...]] = {}
    for series_id, area_id, from_period, reason in _texts(
        breaks.sort_values("from_period"), *_BREAK
    ):
        days = days_of_date(from_period)
        if days and days.first <= as_of.isoformat():
            month = int(days.first[:4]) * 12 + int(days.first[5:7]) - 1
            one = Break(month, from_period, reason)
            found[series_id, area_id] = (*found.get((series_id, area_id), ()), one)
    return found


def _values(
    tables: Mapping[str, pd.DataFrame], wanted: set[str], as_of: date
) -> dict[tuple[str, str, bool], tuple[Value, ...]]:
    every = tables["observations"]
    rows = every[every["series_id"].isin(wanted)]
    found: dict[tuple[str, str, bool], tuple[Value, ...]] = {}
    for proxy in (False, True):
        some = rows[(rows["comparability"] == "proxy") == proxy]
        some = some[~some["comparability_rule"].isin(NEVER_CANDIDATES)]
        for series_id, area_id, value in _seen(some, tables, as_of, proxy=proxy):
            key = (series_id, area_id, proxy)
            found[key] = (*found.get(key, ()), value)
    return found


def _seen(
    observations: pd.DataFrame, tables: Mapping[str, pd.DataFrame], as_of: date, *, proxy: bool
) -> Iterator[tuple[str, str, Value]]:
    """Return the numbers of the current view, by series, area and time."""
    if observations.empty:
        return
    rest = (tables["sources"], tables["breaks"], tables["levels"])
    view = current_view(observations, *rest, as_of=as_of, include_proxy=proxy)
    numbers = view[view["level_id"] == NO_LEVEL]
    columns = ("series_id", "area_id", "period", "value", "segment")
    for series_id, area_id, period, value, segment in _texts(numbers, *columns):
        days = days_of_period(period)
        if days:
            last = days.last_month
            yield series_id, area_id, Value(last, period, Decimal(value), int(segment))


def _reports(updates: pd.DataFrame) -> dict[str, tuple[Report, ...]]:
    found: dict[str, tuple[Report, ...]] = {}
    for task_id, day, status, source_id in _texts(updates, *_REPORT):
        one = Report(day, status, f"reported by {source_id}")
        found[task_id] = (*found.get(task_id, ()), one)
    return found
