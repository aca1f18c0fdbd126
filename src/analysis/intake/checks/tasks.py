"""Rules on what is reported of tasks."""

from __future__ import annotations

from typing import Final

from analysis.intake.checks.known import Report
from analysis.intake.checks.numbers import short
from analysis.intake.checks.rule import Around, Said, rule
from analysis.intake.checks.subject import TaskSubject

PLAN_DATE: Final = "2024-06-19"
"""The day of the plan; the same as ``results.tasks.PLAN_DATE``, which is slow to import."""

DONE = "done"

_ORDER = ("not_started", "under_way", "done")
"""The statuses that follow one another; a dropped task is at no place of them."""

_BY_YEAR = ("yearly", "milestone")
"""How often a task recurs that is begun anew: its reports are compared within a year only."""


@rule("task-in-future", "error")
def task_in_future(subject: TaskSubject, around: Around) -> Said | None:
    """Say that a report is of a day to come."""
    if subject.day <= around.known.as_of:
        return None
    what = f"the report is as of {subject.day}, after {around.known.as_of}"
    return Said("date", what, "write the day of which the state is reported")


@rule("task-before-plan", "warning")
def task_before_plan(subject: TaskSubject, _around: Around) -> Said | None:
    """Say that a report is older than the plan."""
    if not subject.day or subject.day >= PLAN_DATE:
        return None
    what = f"the report is as of {subject.day}, before the plan of {PLAN_DATE} set the task"
    return Said("date", what, "check the date")


@rule("task-done-before-start", "warning")
def task_done_before_start(subject: TaskSubject, _around: Around) -> Said | None:
    """Say that a task is reported done before its time begins."""
    start = subject.task.start if subject.task else ""
    if subject.status != DONE or not subject.day or subject.day >= start:
        return None
    what = f"reported done as of {subject.day}, before its start on {start}"
    return Said("date", what, "check the date and the status")


@rule("task-goes-back", "warning")
def task_goes_back(subject: TaskSubject, around: Around) -> Said | None:
    """Say that a report is behind an earlier one of the same task.

    Of a task that recurs only reports of the same year are compared.
    """
    ahead = [one for one in _earlier(subject, around) if _behind(subject.status, one.status)]
    if not ahead:
        return None
    last = ahead[-1]
    what = f"{subject.status} after {last.status} of {last.day} ({last.where})"
    return Said("status", what, "check the status; if the task was begun again, say so in the note")


@rule("task-done-twice", "notice")
def task_done_twice(subject: TaskSubject, around: Around) -> Said | None:
    """Say that a task to be done once was reported done before."""
    once = subject.task is not None and subject.task.recurrence == "once"
    done = [one for one in _earlier(subject, around) if one.status == DONE]
    if not once or subject.status != DONE or not done:
        return None
    what = f"reported done already as of {done[0].day} ({done[0].where})"
    return Said("status", what, "nothing, if this is further evidence of the same")


@rule("task-without-evidence", "error")
def task_without_evidence(subject: TaskSubject, _around: Around) -> Said | None:
    """Say that the title of the evidence is missing."""
    if subject.entry.row["source_title"].strip():
        return None
    what = "no evidence is named"
    return Said("source_title", what, "give the title of the document or page that reports it")


@rule("task-duplicate-in-file", "error")
def task_duplicate_in_file(subject: TaskSubject, around: Around) -> Said | None:
    """Say that a row repeats a report above it."""
    same = [one for one in _above(subject, around) if one.status == subject.status]
    if not same:
        return None
    what = f"repeats {same[0].entry.at('status')} (same task, date and source)"
    return Said("status", what, "delete one of the two rows")


@rule("two-statuses-in-file", "question")
def two_statuses_in_file(subject: TaskSubject, around: Around) -> Said | None:
    """Ask which of two statuses of one report is meant."""
    above = _above(subject, around)
    if not above or any(one.status == subject.status for one in above):
        return None
    first = above[0]
    what = (
        f"{short(subject.status)} here and {short(first.status)} in {first.entry.at('status')} "
        "(same task, date and source): which one?"
    )
    return Said("status", what, "delete one of the two rows")


def _above(subject: TaskSubject, around: Around) -> list[TaskSubject]:
    above: list[TaskSubject] = []
    for one in around.task_rows[subject.key]:
        if one is subject:
            break
        above.append(one)
    return above


def _earlier(subject: TaskSubject, around: Around) -> list[Report]:
    """Return the earlier reports with which one is compared, in order of time."""
    if subject.task is None or not subject.day:
        return []
    reports = around.reports.get(subject.entry.row["task_id"], ())
    year = subject.day[:4] if subject.task.recurrence in _BY_YEAR else ""
    return [one for one in reports if one.day < subject.day and one.day.startswith(year)]


def _behind(status: str, earlier: str) -> bool:
    known = status in _ORDER and earlier in _ORDER
    return known and _ORDER.index(status) < _ORDER.index(earlier)


RULES = (
    task_in_future,
    task_before_plan,
    task_done_before_start,
    task_goes_back,
    task_done_twice,
    task_without_evidence,
    task_duplicate_in_file,
    two_statuses_in_file,
)
