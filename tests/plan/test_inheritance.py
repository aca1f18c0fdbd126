"""Merged cells taken from the rows above."""

from __future__ import annotations

import pytest

from analysis.plan.appendix2 import Task
from analysis.plan.cells import Cell
from analysis.plan.errors import PlanError, Problems
from analysis.plan.grammar import Duties, Named
from analysis.plan.inheritance import TimedTask, fill_tasks
from analysis.plan.readings import ReadingBook, load_readings

from .grammar_tools import reading

LEAD = (Named("y-te", "lead", "Sở Y tế", 5),)
WITH = (Named("ubnd", "coordinating", "UBND", 7),)
YEARLY = Cell("Hằng năm", 9)
ENTRIES = [
    reading("inherited_cells", "appendix-02", "", **{"from": "above"}),
    reading("inherited_time", "I.2", "", **{"from": "above"}),
    reading("no_time", "I.3", "", recurrence="not_stated"),
]


def task(id_: str, duties: Duties, time: Cell | None, group: str = "I") -> Task:
    return Task(id_, group, None, Cell(id_[-1], 11), Cell("Việc", 13), duties, time)


def fill(*tasks: Task) -> tuple[TimedTask, ...]:
    problems = Problems()
    numbered = [{"id": f"R{number:02d}", **entry} for number, entry in enumerate(ENTRIES, start=1)]
    filled = fill_tasks(tasks, ReadingBook(load_readings(numbered, problems)), problems)
    problems.raise_all()
    return filled


def test_what_a_row_lacks_comes_from_the_row_above_with_its_own_line() -> None:
    filled = fill(task("I.1", Duties(LEAD, WITH), YEARLY), task("I.2", Duties(), None))
    inherited = filled[1]
    assert inherited.time == YEARLY
    assert (inherited.time_inherited, inherited.reading_id) == (True, "R02")
    named = inherited.task.duties.all
    assert [(one.agency_id, one.line, one.inherited) for one in named] == [
        ("y-te", 5, True),
        ("ubnd", 7, True),
    ]
    assert {one.reading_id for one in named} == {"R01"}


def test_lead_and_coordinating_are_inherited_apart() -> None:
    own = Duties(coordinating=(Named("nganh", "coordinating", "Các sở", 15),))
    filled = fill(task("I.1", Duties(LEAD, WITH), YEARLY), task("I.2", own, YEARLY))
    named = filled[1].task.duties.all
    assert [(one.agency_id, one.inherited) for one in named] == [("y-te", True), ("nganh", False)]


def test_what_a_row_states_is_not_overwritten() -> None:
    filled = fill(task("I.1", Duties(LEAD, WITH), YEARLY))
    assert not any(one.inherited for one in filled[0].task.duties.all)
    assert not filled[0].time_inherited


def test_a_time_that_a_reading_calls_absent_is_not_inherited() -> None:
    filled = fill(task("I.1", Duties(LEAD, WITH), YEARLY), task("I.3", Duties(), None))
    assert filled[1].time is None
    assert filled[1].reading_id == "R03"


def test_a_missing_time_without_a_reading_is_a_fault() -> None:
    with pytest.raises(PlanError, match=r"task I\.4 states no time"):
        fill(task("I.1", Duties(LEAD, WITH), YEARLY), task("I.4", Duties(), None))


def test_nothing_is_inherited_from_another_group() -> None:
    first = task("I.1", Duties(LEAD, WITH), YEARLY)
    with pytest.raises(PlanError, match=r"row II\.1 names no lead"):
        fill(first, task("II.1", Duties(), YEARLY, group="II"))
