"""The task frame: what the plan asks to be done, by when, by whom, and what is reported of it.

A task without a report is *not reported*: that is not known, and never said to be not done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

PLAN_DATE: Final = date(2024, 6, 19)
"""The day of the plan. Before it no task had been set, so that none had begun."""

LAST_CYCLE: Final = 2030
"""The last year of a yearly task: the plan assigns its work "to 2030" (line 25 of its text)."""

DUE_WITHIN: Final = 90
"""How many days before its end a task counts as falling due: about a quarter."""

TASK_SCHEDULES: Final = (
    "once", "period", "until", "open_ended", "yearly", "milestone", "not_stated",
)  # fmt: skip
"""How the plan puts the time: within a stated time; through a period; to an end, no start stated;
from a start, no end stated; every year; at the reviews of the programme; not at all."""

TASK_PHASES: Final = (
    "not_begun", "running", "due", "past_end", "open_ended", "at_reviews", "no_time_stated",
)  # fmt: skip
"""Where the day of assessment lies in the time of the task, or in the year of a yearly one."""

TASK_STATUSES: Final = (
    "not_reported", "not_started", "under_way", "done", "dropped", "conflicting",
)  # fmt: skip
"""What was reported last; ``conflicting`` where reports of the same day differ."""

TASK_STANDINGS: Final = (
    "done", "done_late", "done_after", "under_way", "not_started", "overdue", "past_unclear",
    "dropped", "conflicting", "past_unreported", "unreported",
)  # fmt: skip
"""What time and reports say together:

- ``done``: reported done by its end, or at any time where no end is stated;
- ``done_late``: reported done after its end, and reported not done on its last day or later;
- ``done_after``: first reported done after its end; whether it was done in time is not known;
- ``under_way``, ``not_started``: so reported, and its end is not over;
- ``overdue``: its end is over, and it was reported not done on its last day or later;
- ``past_unclear``: its end is over, and the last report is an earlier one of it being not done;
- ``dropped``, ``conflicting``: so reported;
- ``past_unreported``, ``unreported``: nothing is reported, and its end is over or is not.
"""

ROLES: Final = ("lead", "coordinating")
"""Roles of an agency for a task, in the order of the columns."""

_NOT_DONE: Final = ("not_started", "under_way")


@dataclass(frozen=True)
class _Report:
    """What is reported of one task as of one day, by all sources."""

    day: pd.Timestamp
    statuses: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def status(self) -> str:
        return self.statuses[0] if len(self.statuses) == 1 else "conflicting"


_Reports = list[_Report]


def task_frame(tables: Mapping[str, pd.DataFrame], *, as_of: date) -> pd.DataFrame:
    """Say of every task when it is to be done, what is reported of it, and who answers.

    Parameters
    ----------
    tables
        The package's frames: ``tasks, task_updates, task_agencies, agency_successions``.
    as_of
        The day of assessment; reports as of later days are not used.

    Returns
    -------
    pandas.DataFrame
        One row a task, in plan order:

        - the columns of table ``tasks``, and ``as_of``;
        - ``schedule`` (:data:`TASK_SCHEDULES`) and ``phase`` (:data:`TASK_PHASES`); ``cycle``:
          the year that a yearly task is in, else ``<NA>``; ``due_on``: the last day of the time
          stated, or of the cycle, else missing;
        - ``status`` (:data:`TASK_STATUSES`); ``status_date``: the day of which it is reported;
          ``reported_statuses``, ``status_source_ids``: all that is reported of that day, and by
          which sources, separated by spaces; of a yearly task these are of the cycle;
        - ``standing`` (:data:`TASK_STANDINGS`), of a yearly task that of the cycle;
          ``cycle_standings``: of a yearly task those of every year from the plan's to the cycle,
          separated by spaces, else empty;
        - for each of :data:`ROLES`: ``…_ids`` and ``…_inherited`` (from a row above), then
          ``…_successor_ids`` and ``…_inferred_successor_ids``: which agencies took over from any
          of them, as reported, and as inferred.

    Raises
    ------
    ValueError
        If the time of a task is none of :data:`TASK_SCHEDULES`; all such tasks are named.
    """
    tasks = tables["tasks"].sort_values("position", kind="stable", ignore_index=True)
    dated = _dated(tasks, tables["task_updates"], as_of)
    frame = pd.concat([tasks, dated], axis=1).assign(as_of=pd.Timestamp(as_of))
    agencies = [_agencies(tables, role, tasks["task_id"]) for role in ROLES]
    return pd.concat([frame, *agencies], axis=1)


def next_change(
    tables: Mapping[str, pd.DataFrame], *, as_of: date, task_group_id: str | None = None
) -> date | None:
    """Return the first day after ``as_of`` on which a task changes by the calendar alone.

    Parameters
    ----------
    tables
        The package's frames: ``tasks, task_updates``.
    as_of
        The day from which is looked.
    task_group_id
        The group whose tasks are meant; without it all tasks.

    Returns
    -------
    datetime.date or None
        The first day on which, with the same data, phase, cycle, status or standing of one of the
        tasks is not what it is on ``as_of``; ``None`` if there is no such day.

    Raises
    ------
    ValueError
        As for :func:`task_frame`.
    """
    tasks, updates = tables["tasks"], tables["task_updates"]
    if task_group_id is not None:
        tasks = tasks[tasks["task_group_id"].eq(task_group_id)]
    now = _dated(tasks, updates, as_of)
    for day in _turning_days(tasks, updates):
        if day > as_of and not _dated(tasks, updates, day).equals(now):
            return day
    return None


def _turning_days(tasks: pd.DataFrame, updates: pd.DataFrame) -> list[date]:
    """Return, in order, every day on which anything of a task can change."""
    years = range(PLAN_DATE.year, LAST_CYCLE + 1)
    ends = [*tasks["end"].dropna(), *(pd.Timestamp(year, 12, 31) for year in years)]
    days = {pd.Timestamp(PLAN_DATE), *tasks["start"].dropna(), *updates["date"]}
    days |= {end - pd.Timedelta(days=DUE_WITHIN) for end in ends}
    days |= {end + pd.Timedelta(days=1) for end in ends}
    return sorted(day.date() for day in days)


def _dated(tasks: pd.DataFrame, updates: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return what depends on the day, on the index of the tasks."""
    day = pd.Timestamp(as_of)
    schedule = _schedules(tasks)
    yearly = schedule.eq("yearly")
    year = min(max(as_of.year, PLAN_DATE.year), LAST_CYCLE)
    cycle = pd.Series(year, tasks.index, dtype="Int64").where(yearly)
    due_on = tasks["end"].mask(yearly, pd.Timestamp(year, 12, 31)).astype("datetime64[s]")
    phase = _phases(schedule, tasks["start"], due_on, day)
    reports = _reports(updates, day)
    states = [
        _state(reports.get(task, []), end, year if repeats else None, day)
        for task, end, repeats in zip(tasks["task_id"], due_on, yearly, strict=True)
    ]
    told = pd.DataFrame(states, tasks.index, _STATE).astype({"status_date": "datetime64[s]"})
    return told.assign(schedule=schedule, phase=phase, cycle=cycle, due_on=due_on)


def _schedules(tasks: pd.DataFrame) -> pd.Series[str]:
    kind, starts, ends = tasks["recurrence"], tasks["start"].notna(), tasks["end"].notna()
    through = kind.eq("continuous")
    word = np.select(
        [
            kind.isin(["yearly", "milestone", "not_stated"]) & ~starts & ~ends,
            kind.eq("once") & starts & ends,
            through & starts & ends,
            through & ends,
            through & starts,
        ],
        [kind, "once", "period", "until", "open_ended"],
        "",
    )
    schedule = pd.Series(word, tasks.index, dtype="str")
    unknown = tasks.loc[schedule.eq(""), "task_id"]
    if len(unknown):
        raise ValueError(f"tasks: no schedule has the recurrence and dates of {', '.join(unknown)}")
    return schedule


def _phases(
    schedule: pd.Series[str], start: pd.Series, due_on: pd.Series, day: pd.Timestamp
) -> pd.Series[str]:
    plan_date = pd.Timestamp(PLAN_DATE)
    begins = start.where(start.gt(plan_date), plan_date)
    word = np.select(
        [
            schedule.eq("milestone"),
            schedule.eq("not_stated"),
            begins.gt(day),
            due_on.isna(),
            due_on.lt(day),
            due_on.le(day + pd.Timedelta(days=DUE_WITHIN)),
        ],
        ["at_reviews", "no_time_stated", "not_begun", "open_ended", "past_end", "due"],
        "running",
    )
    return pd.Series(word, schedule.index, dtype="str")


def _reports(updates: pd.DataFrame, day: pd.Timestamp) -> dict[str, _Reports]:
    """Return what is reported of each task as of a day or before, earliest first."""
    known = updates[updates["date"].le(day)].sort_values(["date", "source_id"], kind="stable")
    found: dict[str, _Reports] = {}
    for (task, when), rows in known.groupby(["task_id", "date"]):
        statuses = tuple(sorted(set(rows["status"]), key=TASK_STATUSES.index))
        report = _Report(pd.Timestamp(str(when)), statuses, tuple(rows["source_id"]))
        found.setdefault(str(task), []).append(report)
    return found


_STATE: Final = [
    "status", "status_date", "reported_statuses", "status_source_ids", "standing",
    "cycle_standings",
]  # fmt: skip


def _state(
    reports: _Reports, end: pd.Timestamp, cycle: int | None, day: pd.Timestamp
) -> dict[str, Any]:
    """Return what is reported of a task, or of the cycle that a yearly one is in."""
    years = [] if cycle is None else range(PLAN_DATE.year, cycle + 1)
    of_years = [[report for report in reports if report.day.year == year] for year in years]
    standings = [
        _standing(own, pd.Timestamp(year, 12, 31), day)
        for year, own in zip(years, of_years, strict=True)
    ]
    own = of_years[-1] if of_years else reports
    last = own[-1] if own else None
    return {
        "status": last.status if last else "not_reported",
        "status_date": last.day if last else pd.NaT,
        "reported_statuses": " ".join(last.statuses) if last else "",
        "status_source_ids": " ".join(last.sources) if last else "",
        "standing": standings[-1] if standings else _standing(reports, end, day),
        "cycle_standings": " ".join(standings),
    }


def _standing(reports: _Reports, end: pd.Timestamp, day: pd.Timestamp) -> str:
    """Say what the reports mean for a time that ends on ``end`` (``NaT``: no end is stated)."""
    past = end < day  # never where no end is stated
    if not reports:
        return "past_unreported" if past else "unreported"
    last = reports[-1]
    if last.status == "done":
        return _done(reports, end)
    if last.status in _NOT_DONE and past:
        return "overdue" if last.day >= end else "past_unclear"
    return last.status


def _done(reports: _Reports, end: pd.Timestamp) -> str:
    """Say whether a task that is reported done was so in time.

    The day of a report is not the day of completion: late is only what was reported not done at
    the end of its time.
    """
    before = [place for place, report in enumerate(reports) if report.status != "done"]
    first = before[-1] + 1 if before else 0  # of the last run of reports that say done
    if not reports[first].day > end:
        return "done"
    late = before and reports[first - 1].status in _NOT_DONE and reports[first - 1].day >= end
    return "done_late" if late else "done_after"


def _agencies(
    tables: Mapping[str, pd.DataFrame], role: str, task_ids: pd.Series[str]
) -> pd.DataFrame:
    """Return the agencies of one role, and who took over from them, on the index of the tasks."""
    rows = tables["task_agencies"]
    rows = rows[rows["role"].eq(role)]
    named = {str(task): list(part) for task, part in rows.groupby("task_id")["agency_id"]}
    inherited = set(rows.loc[rows["inherited"].astype(bool), "task_id"])
    successions = tables["agency_successions"]
    took_over = {sure: _successors(successions, sure) for sure in ("reported", "inferred")}
    agencies = [named.get(task, []) for task in task_ids]
    columns = {
        "ids": [" ".join(own) for own in agencies],
        "inherited": [task in inherited for task in task_ids],
        "successor_ids": [_followed(own, took_over["reported"]) for own in agencies],
        "inferred_successor_ids": [_followed(own, took_over["inferred"]) for own in agencies],
    }
    return pd.DataFrame(
        {f"{role}_{name}": column for name, column in columns.items()}, task_ids.index
    )


def _successors(successions: pd.DataFrame, confidence: str) -> dict[str, list[str]]:
    rows = successions[successions["confidence"].eq(confidence)]
    return {
        str(agency): list(part) for agency, part in rows.groupby("predecessor_id")["successor_id"]
    }


def _followed(agencies: Iterable[str], took_over: Mapping[str, list[str]]) -> str:
    found = [name for agency in agencies for name in took_over.get(agency, [])]
    return " ".join(dict.fromkeys(found))
