"""A form that was changed beside its cells to fill in is noticed, with the rows."""

from __future__ import annotations

from dataclasses import replace

from analysis.intake.forms.structure import cell_at, structure_faults
from analysis.intake.model import Book, Finding, Place, Sheet
from tests.intake.forms.books import (
    GUIDE,
    TASKS,
    VALUES,
    place_of,
    record_of,
    with_cell,
    without_row,
)


def faults(book: Book, made: Book) -> list[Finding]:
    return list(structure_faults(book, record_of(made)))


def test_a_form_as_it_was_made_has_no_faults(health: Book) -> None:
    assert faults(health, health) == []


def test_an_overwritten_code_is_named_with_its_row(health: Book) -> None:
    place = place_of(health, "5.10", "code")
    [fault] = faults(with_cell(health, place, 5.1), health)
    assert (fault.code, fault.severity, fault.place.row) == (
        "structure-changed", "error", place.row,
    )  # fmt: skip
    assert fault.what.endswith(f"row {place.row} should be that of 5.10, not of '5.1'")


def test_an_overwritten_unit_is_noticed(health: Book) -> None:
    place = place_of(health, "5.7", "unit")
    [fault] = faults(with_cell(health, place, "‰"), health)
    assert f"row {place.row}" in fault.what


def test_exchanged_rows_are_both_named(health: Book) -> None:
    one, other = (place_of(health, key, "code") for key in ("5.7", "5.8"))
    sheet = next(sheet for sheet in health.sheets if sheet.name == VALUES)
    rows = list(sheet.rows)
    rows[one.row - 1], rows[other.row - 1] = rows[other.row - 1], rows[one.row - 1]
    changed = tuple(replace(x, rows=tuple(rows)) if x.name == VALUES else x for x in health.sheets)
    [fault] = faults(replace(health, sheets=changed), health)
    assert f"row {one.row}, {other.row};" in fault.what


def test_many_moved_rows_make_one_fault_that_names_the_first(health: Book) -> None:
    first = place_of(health, "4.1", "code").row
    found = faults(without_row(health, VALUES, first), health)
    assert [fault.code for fault in found] == ["structure-changed"]
    assert f"row {first}, " in found[0].what
    assert " more;" in found[0].what


def test_an_inserted_column_is_noticed_by_the_heads(health: Book) -> None:
    place = Place(health.file, VALUES, 5, 9)
    [fault] = faults(with_cell(health, place, "Ước tính"), health)
    assert fault.place.row == 5


def test_a_moved_source_is_noticed(health: Book) -> None:
    row = place_of(health, "source", "title").row
    found = faults(without_row(health, GUIDE, row - 1), health)
    assert {fault.place.sheet for fault in found} == {GUIDE}


def test_a_missing_sheet_is_noticed(health: Book) -> None:
    kept = tuple(sheet for sheet in health.sheets if sheet.name != TASKS)
    [fault] = faults(replace(health, sheets=kept), health)
    assert f"the sheet {TASKS!r} of the form is missing" in fault.what


def test_what_stands_below_or_beside_the_rows_is_refused_with_its_cell(health: Book) -> None:
    bottom = max(line.row for line in record_of(health).of("values")) + 2
    for row, column in ((bottom, 9), (6, 30)):
        place = Place(health.file, VALUES, row, column)
        [fault] = faults(with_cell(health, place, "97,5"), health)
        assert (fault.code, fault.place) == ("outside-the-form", place)


def test_a_note_on_the_first_sheet_disturbs_nothing(health: Book) -> None:
    assert faults(with_cell(health, Place(health.file, GUIDE, 60, 2), "Liên hệ"), health) == []


def test_a_sheet_of_somebodys_own_is_told_as_unread(health: Book) -> None:
    own = with_cell(Book(health.file, "xlsx", "", (Sheet("Nháp", ((),)),)),
                    Place(health.file, "Nháp", 1, 1), "1")  # fmt: skip
    [fault] = faults(replace(health, sheets=(*health.sheets, *own.sheets)), health)
    assert (fault.code, fault.severity) == ("unread-sheet", "warning")
    empty = replace(health, sheets=(*health.sheets, Sheet("Nháp")))
    assert faults(empty, health) == []


def test_a_cell_beyond_what_the_file_holds_is_empty() -> None:
    cell = cell_at(Sheet("Số liệu"), 7, 3)
    assert (cell.kind, cell.place.cell) == ("empty", "C7")
