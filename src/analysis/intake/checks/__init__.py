"""Plausibility: what is odd about the rows of a file, beside what is known.

One small function for each rule, in modules by what they look at; :data:`RULES` and
:data:`TASK_RULES` list them with their severities. What cannot be read (an unknown series, area,
unit or period, a value that is no number) is told by the ingestion and not again here, and so is
what was recorded before or contradicts it. That a value moves away from its target is no finding:
a fall is a fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import localcontext
from typing import TYPE_CHECKING, Final

from analysis.intake.checks import fractions, jumps, limits, repeats, slips, tasks, times
from analysis.intake.checks.known import Known, Report, read_known
from analysis.intake.checks.numbers import any_number
from analysis.intake.checks.rule import Around, Rule, S, apply
from analysis.intake.checks.subject import (
    Key,
    Subject,
    TaskSubject,
    subject_of,
    task_subject_of,
)
from analysis.intake.model import Finding, Submission
from analysis.observe.facts import Facts

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RULES", "TASK_RULES", "Rule", "findings"]

RULES: Final[tuple[Rule[Subject], ...]] = (
    *limits.RULES,
    *slips.RULES,
    *jumps.RULES,
    *fractions.RULES,
    *times.RULES,
    *repeats.RULES,
)
"""The rules on observed values."""

TASK_RULES: Final[tuple[Rule[TaskSubject], ...]] = tasks.RULES
"""The rules on reports of tasks."""


def findings(
    submission: Submission,
    tables: Mapping[str, pd.DataFrame],
    *,
    as_of: date,
    facts: Facts | None = None,
) -> tuple[Finding, ...]:
    """Look at every row of a file, and say what is odd about it.

    Parameters
    ----------
    submission
        The file as read. What was found while reading is not repeated.
    tables
        The package's frames, only rows that stand (see :func:`analysis.observe.standing`).
    as_of
        The day of the check: later periods are in the future, later breaks have not begun.
    facts
        What the ingestion knows, if at hand: with it a row belongs to the very series to which
        the ingestion will give it. The tables alone lack spellings of parts and the yearly counts.

    Returns
    -------
    tuple[Finding, ...]
        In the order of the file: first those of the values, row by row, then those of the tasks.
        Each says what is odd, where, how to mend it, and which numbers were compared.
    """
    codes = {entry.row["indicator_code"] for entry in submission.entries}
    with localcontext(any_number()):
        known = read_known(tables, codes, as_of, facts)
        rows = [subject_of(entry, known) for entry in submission.entries]
        reports = [task_subject_of(entry, known) for entry in submission.tasks]
        around = _around(submission, known, rows, reports)
        return (*apply(RULES, rows, around), *apply(TASK_RULES, reports, around))


def _around(
    submission: Submission, known: Known, rows: list[Subject], reports: list[TaskSubject]
) -> Around:
    return Around(
        known,
        submission.layout == "form",
        _by_key(rows),
        _by_key(reports),
        _reports(known, reports),
    )


def _by_key(subjects: Iterable[S]) -> Mapping[Key, tuple[S, ...]]:
    found = defaultdict[Key, list[S]](list)
    for one in subjects:
        found[one.key].append(one)
    return {key: tuple(some) for key, some in found.items()}


def _reports(known: Known, subjects: Iterable[TaskSubject]) -> dict[str, tuple[Report, ...]]:
    """Return what tables and file report of each task that the file names, in order of time."""
    found: dict[str, list[Report]] = {}
    for one in (one for one in subjects if one.day):
        task_id = one.entry.row["task_id"]
        some = found.setdefault(task_id, list(known.reports.get(task_id, ())))
        some.append(Report(one.day, one.status, str(one.entry.at("status"))))
    return {key: tuple(sorted(some, key=lambda one: one.day)) for key, some in found.items()}
