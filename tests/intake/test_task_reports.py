"""Reports of tasks that come in, and what is known of the tasks afterwards."""

from __future__ import annotations

import pytest

from analysis.errors import UserErrors
from tests.intake.folder import Folder
from tests.intake.papers import digest, report

ONCE, YEARLY = "II.5", "II.1"
"""A task of 2025, and one of every year."""


def standing(folder: Folder, task_id: str = ONCE) -> tuple[str, str]:
    found = folder.task(task_id)
    return found["status"], found["standing"]


def test_a_task_is_known_by_its_last_report_and_unknown_again_once_that_is_taken_back(
    folder: Folder,
) -> None:
    assert standing(folder) == ("not_reported", "past_unreported")
    begun = report(task_id=ONCE, date="2025-06-30")
    assert folder.add(begun).count("task_updates") == 1
    assert standing(folder) == ("under_way", "past_unclear")
    assert folder.look(begun).nothing_new

    done = report(task_id=ONCE, date="2025-12-15", status="done", published="2026-01-10")
    folder.add(done)
    assert standing(folder) == ("done", "done")
    assert folder.task(ONCE)["status_source_ids"] == "so-y-te-2026-01-10"

    folder.undo()
    assert standing(folder) == ("under_way", "past_unclear")
    folder.undo()
    assert standing(folder) == ("not_reported", "past_unreported")
    assert folder.look(begun, done).counts["new"] == 2


def test_a_report_that_contradicts_its_own_source_is_refused_and_another_source_is_heard(
    folder: Folder,
) -> None:
    folder.add(report(task_id=ONCE))
    before = digest(folder.root)
    with pytest.raises(UserErrors, match="this source said 'under_way' of that day before"):
        folder.add(report(task_id=ONCE, status="done"))
    assert digest(folder.root) == before

    other = report(task_id=ONCE, status="not_started", source_title="Báo cáo khác")
    folder.add(other)
    assert standing(folder)[0] == "conflicting"
    assert folder.task(ONCE)["reported_statuses"].split() == ["not_started", "under_way"]


def test_a_yearly_task_is_judged_year_by_year(folder: Folder) -> None:
    done = {"task_id": YEARLY, "status": "done", "published": "2026-01-10"}
    folder.add(*(report(**done, date=f"{year}-12-20") for year in (2024, 2025)))
    found = folder.task(YEARLY)
    assert found["recurrence"] == "yearly"
    assert found["cycle_standings"].split() == ["done", "done", "unreported"]  # 2024, 2025, 2026
    folder.undo()
    assert folder.task(YEARLY)["cycle_standings"].split()[:2] == ["past_unreported"] * 2
