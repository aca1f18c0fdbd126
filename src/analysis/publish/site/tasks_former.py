"""Reports of tasks that were taken back: they are told beside what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.charts.labels import given, recorded
from analysis.charts.rows import Row, records
from analysis.publish.site.writer import Writer
from analysis.reports.notes import verbatim
from analysis.reports.table import Cell


@dataclass(frozen=True)
class FormerReport:
    """A report of a task that was taken back.

    Attributes
    ----------
    told
        What it said, as of which day, and who said so.
    fate
        On which day it was taken back.
    reason
        Why, in the words of whoever did; empty where none was given.
    """

    told: str
    fate: str
    reason: Cell


def former_reports(writer: Writer) -> Mapping[str, tuple[FormerReport, ...]]:
    """Return the reports that were taken back, those taken back last first, by task.

    Parameters
    ----------
    writer
        With what the pages are written.
    """
    tables = writer.edition.plan.recorded
    fates = {row["addition_id"]: row for row in records(tables["withdrawals"])}
    sources = {row["source_id"]: row for row in records(tables["sources"])}
    gone = [row for row in records(tables["task_updates"]) if row["addition_id"] in fates]
    found: dict[str, tuple[FormerReport, ...]] = {}
    for row in sorted(gone, key=lambda one: str(fates[one["addition_id"]]["withdrawn_on"])):
        told = _former(writer, row, sources[row["source_id"]], fates[row["addition_id"]])
        found[row["task_id"]] = (told, *found.get(row["task_id"], ()))
    return found


def _former(writer: Writer, row: Row, source: Row, fate: Row) -> FormerReport:
    words = writer.words
    status = words(f"task.status.{row['status']}")
    head = words("cell.task_told", status=status, day=writer.date(row["date"]))
    return FormerReport(
        told=f"{head} ({recorded(source['publisher'], words)})",
        fate=writer.say("tasks.former.withdrawn", day=writer.date(fate["withdrawn_on"])),
        reason=verbatim(given(fate["reason"]), words),
    )
