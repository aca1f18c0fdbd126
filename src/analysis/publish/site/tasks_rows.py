"""A task as the pages show it: its text, its time, what is reported, who answers then and now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.charts.labels import given
from analysis.charts.rows import Row, absent, records
from analysis.charts.task_gantt import due_text, time_text
from analysis.publish.site.agencies_successions import (
    Succession,
    now_text,
    successions_from,
)
from analysis.publish.site.page import Link
from analysis.publish.site.tasks_former import FormerReport, former_reports
from analysis.publish.site.writer import Writer
from analysis.reports import TasksReport
from analysis.reports.table import Cell
from analysis.reports.task_tables import standing_cell

ROLES = ("lead", "coordinating")


@dataclass(frozen=True)
class Assigned:
    """An agency to which the plan gives a task.

    Attributes
    ----------
    agency
        The agency that the plan names.
    now
        Who has taken over from it, as one text; empty if no one is known to have.
    successions
        The same, one by one.
    merged
        From which line the cell is taken, if it is merged with one above.
    """

    agency: Link
    now: str
    successions: tuple[Succession, ...]
    merged: str


@dataclass(frozen=True)
class TaskTime:
    """When a task is to be done.

    Attributes
    ----------
    shown
        The time in the language of the page.
    printed
        What the plan prints; empty if it prints nothing.
    schedule
        How the plan puts the time: once, through a period, every year, …
    read
        The days that are read from it; empty if there are none.
    phase, due
        Where the day of assessment lies in it, and when it begins or ends.
    merged
        That the cell is merged with one above; empty if it is not.
    """

    shown: str
    printed: str
    schedule: str
    read: str
    phase: str
    due: str
    merged: str


@dataclass(frozen=True)
class ShownTask:
    """One task.

    Attributes
    ----------
    task_id, path
        Its number, and where it stands in the page of its group.
    name, other
        Its text in the language of the page and in the other one.
    printed
        The text as printed, if that is not the Vietnamese one.
    subgroup
        Number and name of its sub-group; empty if it has none.
    number
        The number that the plan prints.
    line
        Its line in the plan's text.
    phase
        The code of the phase.
    time
        When it is to be done.
    standing
        What is reported of it.
    former
        What was reported of it and taken back.
    parts
        For each role that the plan gives: the role's code, and its agencies.
    documents
        The documents that its text cites.
    readings
        How it is read where the text leaves it open: id and reason.
    """

    task_id: str
    path: str
    name: str
    other: str
    printed: str
    subgroup: str
    number: str
    line: int
    phase: str
    time: TaskTime
    standing: Cell
    former: tuple[FormerReport, ...]
    parts: tuple[tuple[str, tuple[Assigned, ...]], ...]
    documents: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]

    def agencies(self, role: str) -> tuple[Assigned, ...]:
        """Return the agencies of one role; none if the plan names none."""
        return dict(self.parts).get(role, ())


class TaskReader:
    """Makes :class:`ShownTask` of the rows of the task frame.

    Parameters
    ----------
    writer
        With what the pages are written.
    """

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def report(self, task_group_id: str) -> TasksReport:
        """Return the report of a group of tasks."""
        edition = self.writer.edition
        return TasksReport(
            edition.plan,
            task_group_id,
            self.writer.language,
            base_year=edition.base_year,
            as_of=edition.as_of,
        )

    def tasks(self, report: TasksReport) -> tuple[ShownTask, ...]:
        """Return the tasks of a report's group, in plan order."""
        return tuple(self._task(report, row) for row in records(report.frame))

    def _task(self, report: TasksReport, row: Row) -> ShownTask:
        writer, task_id = self.writer, row["task_id"]
        other = "en" if writer.language == "vi" else "vi"
        name = given(row[f"subgroup_{writer.language}"])
        return ShownTask(
            task_id=task_id,
            path=f"tasks/{row['task_group_id']}.html#{task_id}",
            name=writer.name(row),
            other=str(row[f"name_{other}"]),
            printed="" if row["name_source"] == row["name_vi"] else str(row["name_source"]),
            subgroup=f"{row['subgroup']}. {name}" if name else "",
            number=str(row["source_number"]),
            line=int(row["source_line"]),
            phase=str(row["phase"]),
            time=self._time(row),
            standing=standing_cell(report, row),
            former=self._former.get(task_id, ()),
            parts=tuple(self._parts(report, task_id)),
            documents=tuple(self._documents.get(task_id, ())),
            readings=tuple(self._readings(report, row)),
        )

    def _time(self, row: Row) -> TaskTime:
        words = self.writer.words
        days = {"start": row["start"], "end": row["end"]}
        shown = {name: "" if absent(day) else words.date(str(day)) for name, day in days.items()}
        return TaskTime(
            shown=time_text(row, words),
            printed=given(row["time_source"]),
            schedule=words(f"task.schedule.{row['schedule']}"),
            read=self.writer.say(f"tasks.read.{row['schedule']}", **shown),
            phase=words(f"task.phase.{row['phase']}"),
            due=due_text(row, words),
            merged=words("cell.task_time_inherited") if row["time_inherited"] else "",
        )

    def _parts(
        self, report: TasksReport, task_id: str
    ) -> Iterable[tuple[str, tuple[Assigned, ...]]]:
        mine = report.agencies[report.agencies["task_id"].eq(task_id)]
        for role in ROLES:
            rows = mine[mine["role"].eq(role)]
            if len(rows):
                yield role, tuple(self._assigned(row) for row in records(rows))

    def _assigned(self, row: Row) -> Assigned:
        agency = self.writer.agency(row["agency_id"])
        successions = self._successions.get(agency.path, ())
        line = self.writer.words(f"cell.task_{row['role']}_from", line=row["text_line"])
        now = now_text(self.writer, successions)
        return Assigned(agency, now, successions, line if row["inherited"] else "")

    @cached_property
    def _successions(self) -> Mapping[str, tuple[Succession, ...]]:
        return successions_from(self.writer)

    @cached_property
    def _former(self) -> Mapping[str, tuple[FormerReport, ...]]:
        return former_reports(self.writer)

    @cached_property
    def _documents(self) -> Mapping[str, list[str]]:
        """The documents that each task cites, in words."""
        plan = self.writer.edition.plan
        rows = plan["citations"][plan["citations"]["place_kind"].eq("task")]
        cited = rows[["document_id", "place_id"]].merge(plan["documents"], on="document_id")
        found: dict[str, list[str]] = {}
        for row in records(cited):
            found.setdefault(row["place_id"], []).append(self._document(row))
        return found

    def _document(self, row: Row) -> str:
        language = self.writer.language
        name = f"{row[f'type_{language}']} {row['document_id']}"
        parts = [name, row[f"issuer_{language}"]]
        if not absent(row["date"]):
            parts.append(self.writer.date(row["date"]))
        return ", ".join(str(part) for part in parts if not absent(part))

    def _readings(self, report: TasksReport, row: Row) -> Iterable[tuple[str, str]]:
        """Yield the readings of a task and of its agencies, with their reasons."""
        mine = report.agencies[report.agencies["task_id"].eq(row["task_id"])]
        ids = {row["reading_id"], *mine["reading_id"]} - {"none"}
        readings = self.writer.edition.plan["readings"]
        used = readings[readings["reading_id"].isin(ids)]
        reasons = used[f"reason_{self.writer.language}"]
        yield from zip(used["reading_id"], reasons, strict=True)
