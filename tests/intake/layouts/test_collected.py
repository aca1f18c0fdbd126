from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from analysis.intake.adding import Desk
from analysis.intake.layouts.collected import LAYOUTS, TASKS, Known, Rows, read_rows
from analysis.intake.layouts.headers import headed
from analysis.observe.layout import VALUES
from analysis.observe.rows import Row
from tests.intake.layouts.cells import Written, sheet
from tests.intake.papers import report, value


@pytest.fixture(scope="module")
def known(desk: Desk) -> Known:
    return desk.background.known


def read(
    known: Known, row: Mapping[str, Written], layout: str = VALUES, recorded: Row | None = None
) -> Rows:
    """What a sheet with one row gives."""
    columns = LAYOUTS[layout]
    found = headed(sheet(columns, [row[name] for name in columns]), LAYOUTS)
    assert found is not None
    return read_rows(found, known, lambda one: recorded is not None and one == recorded)


def one_value(known: Known, **cells: Written) -> str:
    """The value that is read, of which nothing is to be said."""
    found = read(known, {**value(), **cells})
    assert found.findings == ()
    return found.entries[0].row["value"]


def codes(found: Rows) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.place.cell) for one in found.findings]


def test_a_row_of_texts_is_read_as_it_stands(known: Known) -> None:
    found = read(known, value())
    assert found.findings == ()
    assert [entry.row for entry in found.entries] == [value()]
    assert found.entries[0].at("value").cell == "E2"
    assert (found.entries[0].numerator, found.entries[0].denominator) == ("", "")


def test_numbers_dates_and_choices_are_read_by_vietnamese_habit(known: Known) -> None:
    said = {
        "value": "59,5", "published": "15/11/2026", "area": "Tỉnh Quảng Ninh",
        "status": "Sơ bộ", "period": "Quý II năm 2026",
    }  # fmt: skip
    [entry] = read(known, {**value(), **said}).entries
    assert entry.row["value"] == "59.5"
    assert entry.row["published"] == "2026-11-15"
    assert entry.row["area"] == "QN"
    assert entry.row["period"] == "2026-Q2"
    assert entry.row["status"] == "preliminary"


def test_numbers_and_days_of_a_spreadsheet_are_taken_as_they_are(known: Known) -> None:
    found = read(known, {**value(), "value": 59.5, "published": date(2026, 11, 15), "period": 2026})
    assert found.findings == ()
    assert [entry.row for entry in found.entries] == [value()]


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("value", "about 60", "not-a-number"),
        ("value", date(2026, 5, 8), "became-a-date"),
        ("period", date(2026, 6, 1), "became-a-date"),
        ("period", "soon", "not-a-period"),
        ("published", "someday", "not-a-date"),
        ("status", "certain", "unknown-choice"),
        ("comparability", "roughly", "unknown-choice"),
        ("area", "Atlantis", "unknown-choice"),
        ("source_url", "ftp://example.org/a", "not-an-address"),
        ("note", True, "not-a-text"),
    ],
)
def test_a_cell_that_cannot_be_read_is_an_error_at_its_place(
    column: str, written: Written, code: str, known: Known
) -> None:
    found = read(known, {**value(), column: written})
    letter = "ABCDEFGHIJKLM"[LAYOUTS[VALUES].index(column)]
    assert codes(found) == [(code, "error", f"{letter}2")]
    assert found.entries[0].row[column] == ""


def test_a_count_with_a_dot_is_asked_about_unless_one_reading_is_recorded(known: Known) -> None:
    row = {**value(), "value": "8.200"}
    found = read(known, row)
    assert codes(found) == [("two-readings", "question", "E2")]
    assert found.findings[0].either == ("8200", "8.200")
    again = read(known, row, recorded={**value(), "value": "8200"})
    assert (again.entries[0].row["value"], again.findings) == ("8200", ())


def test_a_unit_may_stand_behind_the_number(known: Known) -> None:
    percent = {"indicator_code": "5.7", "part": "", "unit": "%"}
    assert one_value(known, value="95,9 %", **percent) == "95.9"
    assert codes(read(known, {**value(), "value": "95,9 %"})) == [("not-a-number", "error", "E2")]


def test_a_level_or_rank_is_given_in_words(known: Known) -> None:
    levels = {"indicator_code": "7.14", "part": "", "unit": "Mức độ"}
    assert one_value(known, value="Mức độ 3", **levels) == "Mức độ 3"
    assert one_value(known, value=3, **levels) == "3"


def test_a_code_that_a_spreadsheet_made_a_number_is_asked_about(known: Known) -> None:
    found = read(known, {**value(), "indicator_code": 5.1})
    assert codes(found) == [("two-readings", "question", "A2")]
    assert found.findings[0].either == ("5.1", "5.10")
    for code in (5.7, "5.1", "5.10"):
        found = read(known, {**value(), "indicator_code": code})
        assert (found.findings, found.entries[0].row["indicator_code"]) == ((), str(code))


def test_reports_of_tasks_are_read_in_their_own_layout(known: Known) -> None:
    found = read(known, report(), TASKS)
    assert (found.entries, found.findings) == ((), ())
    assert [task.row for task in found.tasks] == [report()]
    assert found.tasks[0].at("status").cell == "C2"


def test_a_day_and_a_status_of_a_task_may_be_written_in_vietnamese(known: Known) -> None:
    said: dict[str, Written] = {
        "date": "30/6/2026", "status": "Đang thực hiện", "published": date(2026, 7, 15),
    }  # fmt: skip
    found = read(known, {**report(), **said}, TASKS)
    assert found.findings == ()
    assert [task.row for task in found.tasks] == [report()]


def test_a_task_needs_a_whole_day_but_its_source_does_not(known: Known) -> None:
    assert codes(read(known, {**report(), "date": "2026-06"}, TASKS)) == [
        ("not-a-date", "error", "B2")
    ]
    assert read(known, {**report(), "published": "2026-07"}, TASKS).findings == ()


def test_every_row_is_read_whatever_is_wrong_with_others(known: Known) -> None:
    columns = LAYOUTS[VALUES]
    rows = [{**value(), "value": written} for written in ("60", "many", "61", "more")]
    found = headed(sheet(columns, *([row[name] for name in columns] for row in rows)), LAYOUTS)
    assert found is not None
    got = read_rows(found, known, lambda _: False)
    assert [entry.row["value"] for entry in got.entries] == ["60", "", "61", ""]
    assert [one.place.cell for one in got.findings] == ["E3", "E5"]
