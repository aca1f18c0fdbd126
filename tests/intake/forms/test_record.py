"""A form knows for whom and from what it was made, and what stands in which row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.forms.record import SHEET, Line, Record, digest, is_form, read_record
from analysis.intake.model import Book, Cell, Finding, Place, Sheet
from analysis.package import Tables
from tests.intake.forms.books import record_of

RECORD = Record(
    "so-y-te", 2025, "1.0.0", "ab" * 32,
    (
        Line("heads", "Số liệu", 5, "values", "", digest(["Mã"])),
        Line("values", "Số liệu", 6, "5.7", "%", digest(["5.7"])),
    ),
)  # fmt: skip


def book_of(rows: list[list[str]]) -> Book:
    cells = [
        tuple(Cell(Place("f.xlsx", SHEET, at, to), "text" if text else "empty", text)
              for to, text in enumerate(row, 1))
        for at, row in enumerate(rows, 1)
    ]  # fmt: skip
    return Book("f.xlsx", "xlsx", "", (Sheet(SHEET, tuple(cells)),))


def rows() -> list[list[str]]:
    return [list(row) for row in RECORD.rows()]


def code_of(changed: list[list[str]]) -> str:
    found = read_record(book_of(changed))
    assert isinstance(found, Finding)
    assert found.severity == "error"
    assert found.mend
    return found.code


def test_what_is_recorded_is_read_back() -> None:
    assert read_record(book_of(rows())) == RECORD


def test_lists_beside_and_empty_rows_below_do_not_matter() -> None:
    beside = [[*row, *[""] * (8 - len(row)), "Sơ bộ"] for row in rows()]
    assert read_record(book_of([*beside, [], ["", ""]])) == RECORD


def test_a_form_of_the_committed_data_records_them(health: Book, tables: Tables) -> None:
    record = record_of(health)
    assert is_form(health)
    assert (record.agency_id, record.year) == ("so-y-te", 2025)
    assert (record.data_version, record.data_sha256) == (tables.version, tables.sha256)
    assert [line.key for line in record.of("source")] == [
        "title", "issuer", "published", "address",
    ]  # fmt: skip


def test_a_file_without_the_hidden_sheet_is_no_form() -> None:
    found = read_record(Book("f.xlsx", "xlsx", "", ()))
    assert isinstance(found, Finding)
    assert found.code == "not-a-form"


@pytest.mark.parametrize(
    ("row", "column", "text", "code"),
    [
        (0, 1, "another-form", "other-layout"),
        (1, 1, "2", "other-layout"),
        (2, 1, "so-noi-vu", "record-changed"),
        (3, 1, "2024", "record-changed"),
        (3, 1, "", "record-changed"),
        (3, 1, "9" * 5000, "record-changed"),
        (6, 1, "0" * 16, "record-changed"),
        (9, 2, "7", "record-changed"),
        (9, 2, "0", "record-changed"),
        (9, 3, "5.8", "record-changed"),
        (9, 0, "formulas", "record-changed"),
        (8, 3, "others", "record-changed"),
    ],
)
def test_a_changed_record_is_refused(row: int, column: int, text: str, code: str) -> None:
    changed = rows()
    changed[row][column] = text
    assert code_of(changed) == code


def test_a_record_made_up_with_the_right_checksum_is_refused_if_it_makes_no_sense() -> None:
    odd = Record("so-y-te", 2025, "", "", (Line("heads", "x", 1, "nothing", "", ""),))
    assert code_of([list(row) for row in odd.rows()]) == "record-changed"


@given(st.lists(st.text(max_size=20), max_size=4))
def test_a_digest_does_not_see_how_blanks_and_line_ends_are_made(texts: list[str]) -> None:
    spread = ["\n".join(text.split(" ")) for text in texts]
    assert digest(texts) == digest([f" {text}\u00a0" for text in spread])


def test_a_digest_sees_where_cells_end() -> None:
    assert digest(["a", "b"]) != digest(["a b"]) != digest(["", "a b"])
