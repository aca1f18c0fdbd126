from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from analysis.errors import UserError
from analysis.intake.model import Entry, Finding, Place, TaskEntry
from analysis.intake.recordable import noted, text_fault, unrecordable
from tests.intake.memory import PAPER, entry, facts, submission, task

TASKS = {"I.1"}


def found(*rows: Entry | TaskEntry, told: tuple[Finding, ...] = ()) -> list[tuple[str, str]]:
    """The cell and what is wrong with it."""
    file = replace(submission(*rows), findings=told)
    return [(one.place.cell, one.what) for one in unrecordable(file, facts(), TASKS)]


def test_good_rows_can_be_recorded() -> None:
    assert found(entry(), entry(**PAPER), task()) == []


def test_each_cell_that_cannot_be_read_is_an_error_with_advice() -> None:
    bad = entry(indicator_code="99", area="Atlantis", period="soon", value="many", unit="pinches")
    [*all_found] = unrecordable(submission(bad), facts(), TASKS)
    assert [one.place.cell for one in all_found] == ["A2", "C2", "D2", "E2", "F2"]
    assert {(one.code, one.severity) for one in all_found} == {("unreadable", "error")}
    assert all(one.mend for one in all_found)


def test_an_unknown_publisher_and_a_missing_one_are_errors() -> None:
    assert found(entry(publisher="Nobody")) == [("K2", "the publisher 'Nobody' is not declared")]
    none = {"publisher": "", "source_url": "https://paper.example/a"}
    assert found(entry(**none)) == [("K2", "no publisher is named")]


def test_a_document_without_address_needs_title_publisher_and_day() -> None:
    assert found(entry(source_title="")) == [("I2", "no source")]
    assert found(entry(published="")) == [("I2", "no source")]
    assert found(task(source_title="")) == [("D2", "no source")]
    assert found(task(published="2025-13-01"))[0][1] == "'2025-13-01' is no date"


def test_nothing_more_is_said_of_a_cell_that_was_refused_or_asked_about() -> None:
    row = entry(value="", period="soon")
    told = Finding("two-readings", "question", "", Place("a.csv", "", 2, 5))
    assert [cell for cell, _ in found(row, told=(told,))] == ["D2"]
    warned = replace(told, severity="warning")
    assert [cell for cell, _ in found(row, told=(warned,))] == ["D2", "E2"]


def test_a_source_of_which_a_part_was_refused_is_not_called_missing_as_well() -> None:
    told = Finding("not-a-date", "error", "", Place("a.csv", "", 2, 12))
    assert found(entry(published=""), told=(told,)) == []


@pytest.mark.parametrize("day", ["", "2025", "2025-06", "20250630", "2025-06-31", "30/06/2025"])
def test_a_report_of_a_task_needs_a_whole_day(day: str) -> None:
    assert [cell for cell, _ in found(task(date=day))] == ["B2"]


def test_a_report_needs_a_task_of_the_plan_and_a_status() -> None:
    assert found(task(task_id="X.9", status="")) == [
        ("A2", "the plan has no task 'X.9'"),
        ("C2", "no status is given"),
    ]
    assert [cell for cell, _ in found(task(publisher="Nobody"))] == ["F2"]


@pytest.mark.parametrize("column", ["note", "source_title", "part"])
@pytest.mark.parametrize("text", ["=1+1", "- debts", "a\tb", "a\ud800"])
def test_a_text_that_no_table_may_hold_is_refused_where_it_stands(column: str, text: str) -> None:
    [(cell, _)] = found(entry(**{column: text}))
    assert cell == {"note": "M2", "source_title": "J2", "part": "B2"}[column]


def test_texts_of_reports_are_looked_at_too() -> None:
    assert found(task(note="@home")) == [("H2", "'@home' begins like a formula")]


def test_a_part_of_the_plan_may_be_spelled_as_it_is_printed() -> None:
    known = entry(indicator_code="10.3", part="Thành thị", unit="m2/người")
    assert found(known) == []


def test_a_note_is_kept_on_one_line_in_composed_letters() -> None:
    decomposed = unicodedata.normalize("NFD", "Báo cáo  quý\nII")
    assert noted(decomposed, "") == "Báo cáo quý II"
    assert noted("", "") == ""


@pytest.mark.parametrize("text", ["=cmd.csv", "a\x00b", "a\ud800", "\u200bx"])
def test_a_note_that_no_table_may_hold_is_refused(text: str) -> None:
    assert text_fault(text) is not None
    with pytest.raises(UserError, match="where: the note") as caught:
        noted(text, "the note")
    assert caught.value.mend
