"""Merged cells: what a row leaves out is taken from the row above that states it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.plan.appendix1 import PLACE as APPENDIX_1
from analysis.plan.appendix1 import Appendix1, Series
from analysis.plan.appendix2 import PLACE as APPENDIX_2
from analysis.plan.appendix2 import Task
from analysis.plan.cells import Cell
from analysis.plan.errors import Problems
from analysis.plan.grammar import Duties
from analysis.plan.readings import NO_READING, ReadingBook


@dataclass(frozen=True)
class TimedTask:
    """A task with the time that holds for it; ``time`` is none where none is stated."""

    task: Task
    time: Cell | None
    time_inherited: bool
    reading_id: str


def fill_series(rows: Appendix1, readings: ReadingBook, problems: Problems) -> tuple[Series, ...]:
    """Give every row of appendix 01 the agencies of the last row above it in its group."""
    merged = _Merged(APPENDIX_1, readings, problems)
    above = {group.id: group.duties for group in rows.groups}
    filled = []
    for series in rows.series:
        duties = merged.duties(series.id, series.line, series.duties, above[series.group_id])
        above[series.group_id] = duties
        filled.append(replace(series, duties=duties))
    return tuple(filled)


def fill_tasks(
    tasks: Sequence[Task], readings: ReadingBook, problems: Problems
) -> tuple[TimedTask, ...]:
    """Give every row of appendix 02 the agencies and the time of the last row in its scope."""
    merged = _Merged(APPENDIX_2, readings, problems)
    duties_above: dict[str, Duties] = {}
    time_above: dict[str, Cell] = {}
    filled = []
    for task in tasks:
        above = duties_above.get(task.scope, Duties())
        duties = merged.duties(task.id, task.number.line, task.duties, above)
        timed = merged.time(replace(task, duties=duties), time_above.get(task.scope))
        duties_above[task.scope] = duties
        if timed.time:
            time_above[task.scope] = timed.time
        filled.append(timed)
    return tuple(filled)


@dataclass(frozen=True)
class _Merged:
    """The cells of one appendix that are merged over rows."""

    appendix: str
    readings: ReadingBook
    problems: Problems

    def duties(self, place: str, line: int, own: Duties, above: Duties) -> Duties:
        duties = own
        if (above.lead and not own.lead) or (above.coordinating and not own.coordinating):
            duties = own.from_above(above, self._reason(place, line))
        lone = duties.lead and self.readings.find("agency_column", place, duties.lead[0].text)
        if not duties.lead or not (duties.coordinating or lone):
            what = f"row {place} names no lead or no coordinating agency, and no row above does"
            self.problems.at_line(line, what, "add a reading of kind agency_column")
        return duties

    def _reason(self, place: str, line: int) -> str:
        reading = self.readings.use("inherited_cells", self.appendix, Cell("", line))
        if reading is None:
            what = f"row {place} lacks agencies that a row above names: are they the same?"
            mend = f"add a reading of kind inherited_cells for {self.appendix}"
            self.problems.at_line(line, what, mend)
        return reading.id if reading else NO_READING

    def time(self, task: Task, above: Cell | None) -> TimedTask:
        if task.time:
            return TimedTask(task, task.time, time_inherited=False, reading_id=NO_READING)
        cell = Cell("", task.number.line)
        if reading := self.readings.use("no_time", task.id, cell):
            return TimedTask(task, None, time_inherited=False, reading_id=reading.id)
        inherited = self.readings.use("inherited_time", task.id, cell)
        if above is None or inherited is None:
            what = f"task {task.id} states no time: has it none, or that of the row above?"
            mend = "add a reading of kind no_time or inherited_time"
            self.problems.at_line(cell.line, what, mend)
            return TimedTask(task, None, time_inherited=False, reading_id=NO_READING)
        return TimedTask(task, above, time_inherited=True, reading_id=inherited.id)
