"""Rows of the tables that appendix 02 fills: task groups, tasks, their agencies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.plan.appendix2 import Appendix2, Subgroup
from analysis.plan.errors import Problems
from analysis.plan.expressions import Schedule, parse_time
from analysis.plan.indicator_tables import agency_row
from analysis.plan.inheritance import TimedTask
from analysis.plan.names import Translations, clean_name
from analysis.plan.readings import NO_READING, ReadingBook
from analysis.plan.tables import Row, Rows, flag


class TaskTables:
    """Makes the rows; notes in ``problems`` what the declared files lack."""

    def __init__(self, readings: ReadingBook, english: Translations, problems: Problems) -> None:
        self.readings = readings
        self.english = english
        self.problems = problems
        self._subgroups: dict[str, str] = {}

    def make(self, rows: Appendix2, filled: Sequence[TimedTask]) -> dict[str, Rows]:
        """Return ``{table: rows}`` for the three tables of appendix 02."""
        return {
            "task_groups": self._groups(rows),
            "tasks": [self._task(position, one) for position, one in enumerate(filled, start=1)],
            "task_agencies": [
                agency_row({"task_id": one.task.id}, named, one.task.number.line)
                for one in filled
                for named in one.task.duties.all
            ],
        }

    def _groups(self, rows: Appendix2) -> Rows:
        return [
            {
                "task_group_id": group.id,
                "position": str(position),
                "name_vi": clean_name(group.id, group.name, self.readings, self.problems),
                "name_en": self.english.get("task_groups", group.id),
                "name_source": group.name.text,
                "source_line": str(group.line),
            }
            for position, group in enumerate(rows.groups, start=1)
        ]

    def _task(self, position: int, timed: TimedTask) -> Row:
        task = timed.task
        subgroup = task.subgroup
        return {
            "task_id": task.id,
            "task_group_id": task.group_id,
            "position": str(position),
            "subgroup": subgroup.number if subgroup else "",
            "subgroup_vi": self._subgroup(subgroup) if subgroup else "",
            "subgroup_en": self.english.get("subgroups", subgroup.id) if subgroup else "",
            "name_vi": clean_name(task.id, task.name, self.readings, self.problems),
            "name_en": self.english.get("tasks", task.id),
            "name_source": task.name.text,
            "source_number": task.number.text,
            **_time(timed),
            "time_inherited": flag(timed.time_inherited),
            "reading_id": self._reading(timed),
            "source_line": str(task.number.line),
        }

    def _subgroup(self, subgroup: Subgroup) -> str:
        if subgroup.id not in self._subgroups:
            name = clean_name(subgroup.id, subgroup.name, self.readings, self.problems)
            self._subgroups[subgroup.id] = name
        return self._subgroups[subgroup.id]

    def _reading(self, timed: TimedTask) -> str:
        if timed.reading_id != NO_READING:
            return timed.reading_id
        number = timed.task.number.text
        reading = self.readings.find("task_number", timed.task.id, number)
        return reading.id if reading else NO_READING


def _time(timed: TimedTask) -> Row:
    schedule = parse_time(timed.time.text) if timed.time else Schedule("not_stated")
    return {
        "time_source": timed.time.text if timed.time else "",
        "start": _day(schedule.start),
        "end": _day(schedule.end),
        "recurrence": schedule.recurrence,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
