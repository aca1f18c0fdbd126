from __future__ import annotations

from datetime import date

import pytest

from analysis.intake.checks.tasks import PLAN_DATE
from analysis.results.tasks import PLAN_DATE as OF_RESULTS
from tests.intake.checks.builders import Desk, report, task_entry


def test_a_plain_report_has_nothing_odd(desk: Desk) -> None:
    assert desk.look(tasks=[task_entry()]) == ()


def test_the_day_of_the_plan_is_that_of_the_results() -> None:
    assert date.fromisoformat(PLAN_DATE) == OF_RESULTS


def test_a_report_of_a_day_to_come_is_an_error(desk: Desk) -> None:
    finding = desk.only(tasks=[task_entry(date="2026-11-26")])
    assert (finding.code, finding.severity) == ("task-in-future", "error")
    assert finding.what.startswith("task II.5, 2026-11-26: ")
    assert finding.place.cell == "B2"
    assert desk.look(tasks=[task_entry(date="2026-11-25")]) == ()


def test_a_report_from_before_the_plan_is_warned_of(desk: Desk) -> None:
    finding = desk.only(tasks=[task_entry(date="2024-06-18")])
    assert (finding.code, finding.severity) == ("task-before-plan", "warning")
    assert desk.look(tasks=[task_entry(date="2024-06-19")]) == ()


def test_a_task_done_before_its_start_is_warned_of(desk: Desk) -> None:
    finding = desk.only(tasks=[task_entry(date="2024-12-31", status="done")])
    assert (finding.code, finding.severity) == ("task-done-before-start", "warning")
    assert "before its start on 2025-01-01" in finding.what
    assert desk.look(tasks=[task_entry(date="2025-01-01", status="done")]) == ()
    assert desk.look(tasks=[task_entry(date="2024-12-31", status="under_way")]) == ()


def test_a_task_without_stated_start_may_be_done_at_any_time(desk: Desk) -> None:
    assert desk.look(tasks=[task_entry(task_id="IX.4", status="done")]) == ()


@pytest.mark.parametrize(
    ("before", "now", "back"),
    [
        ("done", "not_started", True),
        ("done", "under_way", True),
        ("under_way", "not_started", True),
        ("not_started", "under_way", False),
        ("under_way", "under_way", False),
        ("dropped", "under_way", False),
        ("done", "dropped", False),
    ],
)
def test_a_status_that_goes_back_is_warned_of(
    desk: Desk, before: str, now: str, back: bool
) -> None:
    earlier = [report("II.5", "2025-03-31", before, "gazette-2025")]
    found = desk.look(tasks=[task_entry(status=now)], reports=earlier)
    assert [one.code for one in found] == (["task-goes-back"] if back else [])
    if back:
        assert f"{now} after {before} of 2025-03-31 (reported by gazette-2025)" in found[0].what


def test_reports_of_later_days_and_other_tasks_do_not_matter(desk: Desk) -> None:
    reports = [report("II.5", "2025-06-30", "done"), report("II.5", "2025-07-01", "done"),
               report("II.4", "2025-01-31", "done")]  # fmt: skip
    assert desk.look(tasks=[task_entry()], reports=reports) == ()


def test_a_yearly_task_begins_anew_every_year(desk: Desk) -> None:
    done = [report("II.1", "2024-12-31", "done")]
    row = {"task_id": "II.1", "status": "not_started"}
    assert desk.look(tasks=[task_entry(**row, date="2025-01-31")], reports=done) == ()
    done = [report("II.1", "2025-01-15", "done")]
    found = desk.only(tasks=[task_entry(**row, date="2025-01-31")], reports=done)
    assert found.code == "task-goes-back"


def test_reports_of_one_file_are_compared_with_each_other(desk: Desk) -> None:
    later = task_entry(2, date="2025-08-31", status="not_started")
    earlier = task_entry(3, date="2025-07-31", status="under_way")
    finding = desk.only(tasks=[later, earlier])
    assert finding.code == "task-goes-back"
    assert "(values.csv, C3)" in finding.what


def test_a_task_to_be_done_once_is_done_once(desk: Desk) -> None:
    done = [report("II.5", "2025-03-31", "done"), report("II.1", "2025-03-31", "done")]
    finding = desk.only(tasks=[task_entry(status="done")], reports=done)
    assert (finding.code, finding.severity) == ("task-done-twice", "notice")
    assert "2025-03-31" in finding.what
    assert desk.look(tasks=[task_entry(task_id="II.1", status="done")], reports=done) == ()


@pytest.mark.parametrize("title", ["", "  "])
def test_evidence_must_be_named(desk: Desk, title: str) -> None:
    finding = desk.only(tasks=[task_entry(source_title=title)])
    assert (finding.code, finding.severity) == ("task-without-evidence", "error")
    assert finding.place.cell == "F2"


def test_a_report_made_twice_is_an_error_and_two_statuses_are_a_question(desk: Desk) -> None:
    finding = desk.only(tasks=[task_entry(2), task_entry(3)])
    assert (finding.code, finding.severity) == ("task-duplicate-in-file", "error")
    assert "values.csv, C2" in finding.what
    finding = desk.only(tasks=[task_entry(2), task_entry(3, status="done")])
    assert (finding.code, finding.severity) == ("two-statuses-in-file", "question")


@pytest.mark.parametrize("cells", [{"task_id": "XX.1"}, {"date": "30/6/2025"}, {"date": "2025-06"}])
def test_what_cannot_be_read_is_left_to_others(desk: Desk, cells: dict[str, str]) -> None:
    earlier = [report("II.5", "2025-03-31", "done")]
    assert desk.look(tasks=[task_entry(**cells)], reports=earlier) == ()
