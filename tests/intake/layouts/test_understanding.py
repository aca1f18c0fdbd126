from __future__ import annotations

import pytest

from analysis.errors import UserErrors
from analysis.intake.adding import Desk
from analysis.intake.layouts import understand
from analysis.intake.model import Submission
from tests.intake.layouts.cells import Written, book, sheet
from tests.intake.papers import COLUMNS, TASK_COLUMNS, report, value

VALUES = [COLUMNS, [*value().values()]]
REPORTS = [TASK_COLUMNS, [*report().values()]]
REVISIONS: list[list[Written]] = [["observation_id", "revises_id"]]


def codes(found: Submission) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.place.sheet) for one in found.findings]


def test_sheets_of_values_and_of_reports_make_one_submission(desk: Desk) -> None:
    found = understand(
        book(sheet(*VALUES, name="a"), sheet(*REPORTS, name="b"), sheet(*VALUES, name="c")),
        desk.background,
    )
    assert (found.layout, found.findings) == ("collected", ())
    assert [entry.at().sheet for entry in found.entries] == ["a", "c"]
    assert [task.row for task in found.tasks] == [report()]


def test_a_table_of_the_package_is_compared_and_gives_nothing(desk: Desk) -> None:
    found = understand(book(sheet(*REVISIONS)), desk.background)
    assert (found.layout, found.entries, found.tasks, found.findings) == ("table", (), (), ())
    more: list[Written] = ["obs-0002", "obs-0001"]
    wrong = understand(book(sheet(*REVISIONS, more)), desk.background)
    assert codes(wrong) == [("not-recorded", "error", "Bảng")]


def test_a_table_beside_values_is_compared_too(desk: Desk) -> None:
    sheets = sheet(*VALUES, name="a"), sheet(*REVISIONS, ["obs-1", "obs-2"], name="b")
    found = understand(book(*sheets), desk.background)
    assert (found.layout, len(found.entries)) == ("collected", 1)
    assert codes(found) == [("not-recorded", "error", "b")]


def test_a_sheet_of_something_else_is_left_aside_and_named(desk: Desk) -> None:
    sheets = sheet(*VALUES, name="a"), sheet(["Remarks"], ["none"], name="b"), sheet(name="c")
    found = understand(book(*sheets), desk.background)
    assert codes(found) == [("sheet-left-aside", "notice", "b")]
    assert len(found.entries) == 1


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (COLUMNS[:-1], "missing: note"),
        (COLUMNS[:5], None),
        ((*COLUMNS, "remark"), "a column too many or twice"),
        ((*COLUMNS[:-1], COLUMNS[0]), "missing: note"),
    ],
)
def test_a_sheet_that_nearly_has_a_layout_is_refused(
    columns: tuple[str, ...], said: str | None, desk: Desk
) -> None:
    sheets = sheet(*VALUES, name="a"), sheet(columns, ["x"] * len(columns), name="b")
    found = understand(book(*sheets), desk.background)
    severity = "error" if said else "notice"
    assert [one[1:] for one in codes(found)] == [(severity, "b")]
    assert said is None or said in found.findings[0].what


def test_a_file_without_any_known_layout_is_refused_sheet_by_sheet(desk: Desk) -> None:
    sheets = sheet(["name"], ["An"], name="a"), sheet(COLUMNS[:-1], name="b")
    with pytest.raises(UserErrors) as caught:
        understand(book(*sheets), desk.background)
    one, other = caught.value.errors
    assert (one.what, one.where) == ("no known layout", "a.xlsx, sheet 'a'")
    assert other.what == "no known layout; nearest is observed_values.csv (missing: note)"
    assert ", ".join(COLUMNS) in one.mend
    assert "plan155 form" in one.mend


def test_a_file_with_a_column_too_many_is_told_so(desk: Desk) -> None:
    with pytest.raises(UserErrors, match="a column too many or twice"):
        understand(book(sheet((*COLUMNS, "x"))), desk.background)


@pytest.mark.parametrize("sheets", [(), (sheet(),)])
def test_an_empty_file_is_refused(sheets: tuple[()], desk: Desk) -> None:
    with pytest.raises(UserErrors, match="no known layout"):
        understand(book(*sheets), desk.background)


def test_column_names_without_rows_are_nothing_new(desk: Desk) -> None:
    found = understand(book(sheet(COLUMNS)), desk.background)
    assert (found.layout, found.entries, found.findings) == ("collected", (), ())
