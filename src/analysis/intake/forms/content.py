"""What stands in the rows of the form: the plan's own words, and what is known so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.charts.rows import Row, absent, records
from analysis.intake.forms.answering import Answering, Duty, why_uncertain
from analysis.intake.forms.layout import TARGET_YEARS
from analysis.intake.forms.measured import PROVINCE, Measured, measured
from analysis.intake.forms.wording import (
    Both,
    Run,
    Said,
    both,
    dated,
    pair,
    remark,
    stacked,
    texts,
    words,
)
from analysis.observe.view import current_view
from analysis.package.declared import declared

_EXPLAINING = "unit"
"""The kind of readings that say in what a value is given."""


@dataclass(frozen=True)
class Line:
    """A row of the form: what it is about, and the cells that are told.

    Attributes
    ----------
    key
        A series' or task's id.
    told
        Column → text.
    series
        What its value is; ``None`` for a task.
    """

    key: str
    told: Mapping[str, Said]
    series: Measured | None = None


@dataclass(frozen=True)
class Group:
    """Rows that came to the agency by one way.

    Attributes
    ----------
    way, why
        By which, and what to mind; both empty if all rows of the form are the agency's own.
    """

    way: Said
    why: Said
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Known:
    """The package as the form tells it; made once for all forms of a day."""

    tables: Mapping[str, pd.DataFrame]
    series: Mapping[str, Measured]
    rows: Mapping[str, Row]
    latest: Mapping[str, Said]
    remarks: Mapping[str, Said]
    targets: Mapping[tuple[str, int], Said]
    units: Mapping[str, Both]
    agencies: Mapping[str, Both]

    def groups(self, agency: Answering, item: str) -> tuple[Group, ...]:
        """Return what an agency is asked, first its own, then what it took over or may have."""
        ways: dict[tuple[str, str], list[Duty]] = {}
        for duty in agency.of(item):
            ways.setdefault((duty.standing, duty.named_id), []).append(duty)
        found = [(way, tuple(map(self._line, some))) for way, some in ways.items()]
        if [way for way, _ in found if way[0] != "own"]:
            return tuple(Group(*self._way(*way, agency.agency_id), lines) for way, lines in found)
        return tuple(Group((), (), lines) for _, lines in found)

    def _way(self, standing: str, named_id: str, agency_id: str) -> tuple[Said, Said]:
        way = stacked(both(f"form.group.{standing}", name=self.agencies[named_id]), "strong")
        if standing != "uncertain":
            return way, ()
        why = [*why_uncertain(self.tables, named_id, agency_id), both("form.group.only_yours")]
        return way, stacked(Both(" ".join(x.vi for x in why), " ".join(x.en for x in why)))

    def _line(self, duty: Duty) -> Line:
        told = self._series(duty) if duty.item == "indicator" else self._task(duty)
        return Line(duty.item_id, told, self.series.get(duty.item_id))

    def _series(self, duty: Duty) -> dict[str, Said]:
        key = duty.item_id
        row = self.rows[key]
        name = _named(pair(row, "name"), pair(row, "part"))
        return {
            "code": (Run(key, "strong"),),
            "name": (*stacked(name), *self.remarks.get(key, ())),
            "unit": stacked(self.units[row["unit_id"]]),
            **{f"target_{year}": self.targets[key, year] for year in TARGET_YEARS},
            "last": self.latest.get(key) or stacked(both("form.none_known"), "small"),
            "assigned": _assigned(duty),
        }

    def _task(self, duty: Duty) -> dict[str, Said]:
        key = duty.item_id
        row = self.rows[key]
        printed = texts(row, "time_source")[0]
        return {
            "code": (Run(key, "strong"),),
            "task": stacked(pair(row, "name")),
            "schedule": (Run(printed),) if printed else stacked(both("form.not_stated"), "small"),
            "last_status": self.latest.get(key) or stacked(both("form.none_known"), "small"),
            "assigned": _assigned(duty),
        }


def known(tables: Mapping[str, pd.DataFrame], as_of: date) -> Known:
    """Gather what the forms of a day tell.

    Parameters
    ----------
    tables
        The package's frames, with the rows that stand only.
    as_of
        The day.
    """
    names = tables["indicators"][["indicator_id", "name_vi", "name_en"]]
    series = tables["series"].merge(names, on="indicator_id", validate="many_to_one")
    rows = {row["series_id"]: row for row in records(series)}
    tasks = {row["task_id"]: row for row in records(tables["tasks"])}
    facts = measured(tables)
    return Known(
        tables=tables,
        series=facts,
        rows={**rows, **tasks},
        latest={**_values(tables, as_of), **_statuses(tables, as_of)},
        remarks=_remarks(tables, facts, as_of),
        targets=dict(_targets(tables)),
        units={row["unit_id"]: _unit(row) for row in records(tables["units"])},
        agencies={row["agency_id"]: pair(row, "name") for row in records(tables["agencies"])},
    )


def _named(name: Both, part: Both) -> Both:
    if not part.vi:
        return name
    return Both(f"{name.vi} – {part.vi}", f"{name.en} – {part.en}")


def _assigned(duty: Duty) -> Said:
    way = f"own_{duty.role}" if duty.standing == "own" else duty.standing
    return stacked(both(f"form.assigned.{way}"), "strong" if duty.standing == "uncertain" else "vi")


def _unit(row: Row) -> Both:
    symbol = pair(row, "symbol")
    return symbol if symbol.vi else pair(row, "label")


def _targets(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[tuple[str, int], Said]]:
    for row in records(tables["targets"]):
        printed = Both(*texts(row, "text_source", "text_en"))
        stated = row["status"] == "stated"
        in_words = any(mark.isalpha() for mark in printed.vi)
        said = stacked(printed) if in_words else (Run(printed.vi),)
        key = (str(row["series_id"]), int(row["year"]))
        yield key, said if stated else stacked(both("form.not_stated"), "small")


def _remarks(
    tables: Mapping[str, pd.DataFrame], facts: Mapping[str, Measured], as_of: date
) -> dict[str, Said]:
    """Return what is to be minded when a value is given: readings, and breaks of the series."""
    found: dict[str, Said] = {
        key: remark(both("form.words_only")) for key, one in facts.items() if one.kind == "words"
    }
    for row in records(tables["readings"]):
        if row["kind"] == _EXPLAINING:
            said = remark(both("form.reading", reason=pair(row, "reason")))
            for key in filter(facts.__contains__, texts(row, "place")[0].split()):
                found[key] = (*found.get(key, ()), *said)
    for key, row in _last_breaks(tables, as_of).items():
        period = Both(*(words(one).period(row["from_period"]) for one in ("vi", "en")))
        said = remark(both("form.break", period=period, reason=pair(row, "reason")))
        found[key] = (*found.get(key, ()), *said)
    return found


def _last_breaks(tables: Mapping[str, pd.DataFrame], as_of: date) -> dict[str, Row]:
    """Return the last break of each series in the province that has begun."""
    rows = [row for row in records(tables["breaks"]) if row["area_id"] == PROVINCE]
    begun = [row for row in rows if row["from_period"] <= as_of.isoformat()[:7]]
    return {row["series_id"]: row for row in sorted(begun, key=lambda row: row["from_period"])}


def _values(tables: Mapping[str, pd.DataFrame], as_of: date) -> dict[str, Said]:
    """Return the latest value of each series in the province, its period and its publisher."""
    frames = (tables[name] for name in ("observations", "sources", "breaks", "levels"))
    view = current_view(*frames, as_of=as_of)
    publishers = dict(texts(row, "source_id", "publisher") for row in records(tables["sources"]))
    levels = {row["level_id"]: pair(row, "label") for row in records(tables["levels"])}
    mine = view[view["area_id"].eq(PROVINCE)].sort_values("year", kind="stable")
    return {
        row["series_id"]: _value(row, levels, publishers[row["source_id"]]) for row in records(mine)
    }


def _value(row: Row, levels: Mapping[str, Both], publisher: str) -> Said:
    leveled = not absent(row["level"])
    value = levels[row["level_id"]].vi if leveled else words("vi").number(row["value"])
    period = words("vi").period(row["period"])
    status = "" if row["status"] == "actual" else f", {_label('observations', row).vi.lower()}"
    return (Run(value, "strong"), Run(f"\n{period}{status}", "small"), Run(f"\n{publisher}", "en"))


def _label(table: str, row: Row) -> Both:
    """Return what the status of a row means."""
    return labels(table, "status")[str(row["status"])]


def labels(table: str, column: str) -> dict[str, Both]:
    """Return the codes of a column of the package with their meanings, in declared order."""
    resource = next(one for one in declared().resources if one.name == table)
    field = next(one for one in resource.fields if one.name == column)
    return {code: Both(one["vi"], one["en"]) for code, one in field.enum_labels.items()}


def _statuses(tables: Mapping[str, pd.DataFrame], as_of: date) -> dict[str, Said]:
    """Return the latest reported status of each task, with its day."""
    rows = tables["task_updates"]
    rows = rows[rows["date"].le(pd.Timestamp(as_of))].sort_values("date", kind="stable")
    return {
        row["task_id"]: (
            *stacked(_label("task_updates", row), "strong"),
            *remark(dated(str(row["date"])[:10])),
        )
        for row in records(rows)
    }
