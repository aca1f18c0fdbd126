from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import UserError, UserErrors
from analysis.intake.model import Book, Cell, Place
from analysis.intake.reading import read_book
from analysis.intake.reading.limits import CELL
from tests.intake.reading.builders import text_file
from tests.intake.reading.mutations import (
    CSV,
    EXAMPLES,
    LIBREOFFICE_ODS,
    LIBREOFFICE_XLSX,
    SMALL_ODS,
    SMALL_XLSX,
    Change,
    changed,
    changes,
    members_changed,
    written,
)


def is_sound(book: Book, path: Path) -> bool:
    """Whether a book keeps what its model promises."""
    rows = [row for sheet in book.sheets for row in sheet.rows]
    rectangles = all(len({len(row) for row in sheet.rows}) <= 1 for sheet in book.sheets)
    places = all(
        cell.place == Place(path.name, sheet.name, row, column)
        for sheet in book.sheets
        for row, cells in enumerate(sheet.rows, 1)
        for column, cell in enumerate(cells, 1)
    )
    return rectangles and places and all(is_sound_cell(cell) for row in rows for cell in row)


def is_sound_cell(cell: Cell) -> bool:
    text = cell.text
    if text != unicodedata.normalize("NFC", text.strip()) or len(text) > CELL:
        return False
    if cell.kind == "number":
        return cell.number == Decimal(text) and "E" not in text.upper()
    if cell.kind == "date":
        return cell.day == date.fromisoformat(text)
    if cell.kind == "boolean":
        return text in ("true", "false")
    return bool(text) == (cell.kind == "text") and (cell.number, cell.day) == (None, None)


def check(path: Path) -> None:
    """A file is read into a sound book, or refused with errors that a person can act on."""
    try:
        book = read_book(path)
    except UserErrors as refused:
        told = refused.errors
    except UserError as refused:
        told = (refused,)
    else:
        assert is_sound(book, path)
        return
    assert told
    assert all(error.what and error.where and error.mend for error in told)
    assert all(f"{error.what}{error.where}".isprintable() for error in told)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutations")


many = settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (CSV, ".csv"),
        (SMALL_XLSX, ".xlsx"),
        (SMALL_ODS, ".ods"),
        (LIBREOFFICE_XLSX, ".xlsx"),
        (LIBREOFFICE_ODS, ".ods"),
    ],
)
def test_the_good_files_are_read(tmp_path: Path, data: bytes, ending: str) -> None:
    path = written(tmp_path, data, ending)
    assert is_sound(read_book(path), path)


@many
@given(each=changes)
def test_a_changed_text_file_is_read_or_refused(folder: Path, each: list[Change]) -> None:
    check(written(folder, changed(CSV, each), ".csv"))


@many
@given(data=st.binary(max_size=200), ending=st.sampled_from([".csv", ".xlsx", ".ods"]))
def test_any_bytes_are_read_or_refused(folder: Path, data: bytes, ending: str) -> None:
    check(written(folder, data, ending))


@many
@given(text=st.text(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_text_is_read_or_refused(folder: Path, text: str, encoding: str) -> None:
    check(text_file(folder, text.encode(encoding, "replace")))


@many
@given(each=changes, data=st.sampled_from([SMALL_XLSX, LIBREOFFICE_XLSX]))
def test_a_changed_workbook_is_read_or_refused(
    folder: Path, each: list[Change], data: bytes
) -> None:
    check(written(folder, changed(data, each), ".xlsx"))


@many
@given(data=members_changed(SMALL_XLSX) | members_changed(LIBREOFFICE_XLSX))
def test_a_workbook_with_a_changed_part_is_read_or_refused(folder: Path, data: bytes) -> None:
    check(written(folder, data, ".xlsx"))


@many
@given(each=changes, data=st.sampled_from([SMALL_ODS, LIBREOFFICE_ODS]))
def test_a_changed_spreadsheet_is_read_or_refused(
    folder: Path, each: list[Change], data: bytes
) -> None:
    check(written(folder, changed(data, each), ".ods"))


@many
@given(data=members_changed(SMALL_ODS) | members_changed(LIBREOFFICE_ODS))
def test_a_spreadsheet_with_a_changed_part_is_read_or_refused(folder: Path, data: bytes) -> None:
    check(written(folder, data, ".ods"))
