"""Taking a snapshot of the plan, out of the frames that the reports are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from analysis.api import PROVINCE, Plan
from analysis.charts.labels import label, target_text, value_text
from analysis.charts.rows import Row, absent, records
from analysis.results.naming import named_series
from analysis.results.validity import holds_until
from analysis.runs.snapshot import Both, Snapshot, State, States
from analysis.words import LANGUAGES, Words

DIGITS: Final = 6
"""How many digits of a gap are kept: those beyond are dust of binary subtraction."""

_OF_VALUE: Final = (
    "observation_id", "period", "value", "level_id", "status", "comparability", "source_id",
)  # fmt: skip
_OF_TARGET: Final = ("verdict", "reason", "grade", "judged_year", "judged_value")
_STATED: Final = ("target_status", "kind", "low", "high", "level_id", "text_source")
_OF_SOURCE: Final = ("title", "publisher", "url", "tier", "published")
_OF_TASK: Final = ("status", "status_date", "standing", "cycle", "schedule", "phase", "due_on")
_OF_OBSERVATION: Final = (
    "series_id", "measure", "area_id", "period", "value", "level_id", "text", "unit_id", "status",
    "comparability", "source_id",
)  # fmt: skip


def take(plan: Plan, *, as_of: date, base_year: int, results: str = "") -> Snapshot:
    """Return what a plan says on one day.

    Parameters
    ----------
    plan
        The loaded package.
    as_of, base_year
        As for :meth:`analysis.api.Plan.gap`.
    results
        The digest of the published results.
    """
    tables, printer = plan.tables, _Printer.of(plan)
    return Snapshot(
        data={
            "name": str(tables.descriptor.get("name", "")),
            "version": tables.version,
            "sha256": tables.sha256,
        },
        as_of=as_of.isoformat(),
        base_year=base_year,
        results=results,
        holds_until=holds_until(tables, as_of=as_of).isoformat(),
        series=_series(plan, printer, as_of, base_year),
        sources={row["source_id"]: _kept(row, _OF_SOURCE) for row in records(plan["sources"])},
        observations=_observations(plan, printer),
        tasks=_tasks(plan, as_of),
    )


@dataclass(frozen=True)
class _Printer:
    """Prints recorded values.

    Parameters
    ----------
    series
        Rows of :func:`analysis.results.naming.named_series`, by series.
    units, levels
        Rows of the tables of these names, by their ids.
    """

    series: Mapping[str, Row]
    units: Mapping[str, Row]
    levels: Mapping[str, Row]

    @classmethod
    def of(cls, plan: Plan) -> _Printer:
        return cls(
            {row["series_id"]: row for row in records(named_series(plan.tables))},
            {row["unit_id"]: row for row in records(plan["units"])},
            {row["level_id"]: row for row in records(plan["levels"])},
        )

    def shown(self, row: Row) -> Both:
        """Return a row of the current view or of the observations as it is printed.

        A level is named; a text without a number is quoted as it stands.
        """
        if row["level_id"] != "none":
            level = self.levels[row["level_id"]]
            return {language: str(level[f"label_{language}"]) for language in LANGUAGES}
        value = plain(row["value"])
        if value is None:
            return _both(lambda words: str(plain(row["text"]) or words("no_value")))
        measured = self._measured(row)
        return _both(lambda words: value_text(measured, value, words))

    def _measured(self, row: Row) -> Row:
        """Return the series of a row; in another unit than its own, only as far as that goes."""
        series = self.series[row["series_id"]]
        unit_id = row.get("unit_id", series["unit_id"])
        if unit_id == series["unit_id"]:
            return series
        symbols = {name: self.units[unit_id][name] for name in ("symbol_vi", "symbol_en")}
        return {**series, **symbols, "unit_id": unit_id, "mode": ""}


def _series(plan: Plan, printer: _Printer, as_of: date, base_year: int) -> States:
    latest, leads, breaks = _latest(plan, as_of), _leads(plan), _breaks(plan)
    states: dict[str, dict[str, Any]] = {}
    for row in records(plan.gap(base_year=base_year, as_of=as_of)):
        name = row["series_id"]
        if name not in states:
            value = latest.get(name)
            states[name] = {
                "indicator_id": row["indicator_id"],
                "group_id": row["group_id"],
                "agency_ids": leads.get(name, []),
                "label": _both(partial(label, row)),
                "latest": value and {**_kept(value, _OF_VALUE), "shown": printer.shown(value)},
                "breaks": breaks.get(name, []),
                "targets": {},
            }
        states[name]["targets"][str(row["target_year"])] = _target(row)
    return states


def _latest(plan: Plan, as_of: date) -> dict[str, Row]:
    """Return the last value of the province's current view, by series."""
    view = plan.view(as_of=as_of)
    mine = view[view["area_id"].eq(PROVINCE)].sort_values("year", kind="stable")
    return {row["series_id"]: row for row in records(mine)}


def _leads(plan: Plan) -> dict[str, list[str]]:
    """Return the lead agencies of every series, in the order of the plan."""
    leads: dict[str, list[str]] = {}
    for row in records(plan["indicator_agencies"]):
        if row["role"] == "lead":
            leads.setdefault(row["series_id"], []).append(row["agency_id"])
    return leads


def _breaks(plan: Plan) -> dict[str, list[list[str]]]:
    """Return area and first period of every declared break, by series."""
    found: dict[str, list[list[str]]] = {}
    for row in records(plan["breaks"]):
        found.setdefault(row["series_id"], []).append([row["area_id"], row["from_period"]])
    return found


def _reports(plan: Plan) -> dict[str, list[list[str]]]:
    """Return day, status and source of everything that is reported of a task, by task."""
    found: dict[str, list[list[str]]] = {}
    for row in records(plan["task_updates"]):
        report = [plain(row[name]) for name in ("date", "status", "source_id")]
        found.setdefault(row["task_id"], []).append(report)
    return found


def _target(row: Row) -> State:
    return {
        **_kept(row, _OF_TARGET),
        "observation_id": plain(row["value_observation_id"]),
        "gap": None if absent(row["gap"]) else round(row["gap"], DIGITS),
        "shown": _both(lambda words: target_text(row, words)),
        "stated": _kept(row, _STATED),
    }


def _observations(plan: Plan, printer: _Printer) -> States:
    areas = {
        row["area_id"]: {"vi": row["name_vi"], "en": row["name_en"]}
        for row in records(plan["areas"])
        if row["area_id"] != PROVINCE
    }
    firsts = _firsts(plan)
    return {
        firsts(row["observation_id"]): {
            **_kept(row, _OF_OBSERVATION),
            "area": areas.get(row["area_id"]),
            "shown": printer.shown(row),
        }
        for row in records(plan["observations"])
    }


def _firsts(plan: Plan) -> Callable[[str], str]:
    """Return what gives the first of a chain of corrections: one value, told as one over time."""
    table = plan["revisions"] if "revisions" in plan.tables else None
    rows = [] if table is None else records(table)
    earlier = {row["observation_id"]: row["revises_id"] for row in rows}

    def first(name: str) -> str:
        while name in earlier:
            name = earlier[name]
        return name

    return first


def _tasks(plan: Plan, as_of: date) -> States:
    reports = _reports(plan)
    return {
        row["task_id"]: {
            "task_group_id": row["task_group_id"],
            "agency_ids": row["lead_ids"].split(),
            "name": {"vi": row["name_vi"], "en": row["name_en"]},
            "source_ids": row["status_source_ids"].split(),
            **_kept(row, _OF_TASK),
            "reports": reports.get(row["task_id"], []),
        }
        for row in records(plan.task_status(as_of=as_of))
    }


def _kept(row: Row, columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: plain(row[name]) for name in columns}


def _both(say: Callable[[Words], str]) -> Both:
    return {language: say(Words(language)) for language in LANGUAGES}


def plain(value: Any) -> Any:
    """Return a cell of a frame as JSON has it: missing is ``None``, a day is ISO text."""
    if absent(value):
        return None
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, bool | str):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return int(value)
