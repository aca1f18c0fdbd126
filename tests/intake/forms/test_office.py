"""A form filled in with LibreOffice itself comes back as it was meant, in both formats."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from analysis.intake.forms import read_form
from analysis.intake.forms.asking import Ask, formula
from analysis.intake.model import Book, Submission
from analysis.intake.reading import read_book
from analysis.package import Tables
from tests.intake.forms import office
from tests.intake.forms.books import Written, cell, filled, place_of, record_of, with_cell

pytestmark = pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")

SOURCE = {"title": "Báo cáo số 12/BC-SGDĐT", "published": "03/04/2026"}
ROWS: dict[str, dict[str, str]] = {
    "7.2": {"value": "8,5", "status": "Sơ bộ", "period": "6/2025", "note": "Đến hết tháng 6"},
    "7.3": {"value": "95.1", "status": "Chính thức theo nguồn", "numerator": "55.123"},
    "7.14": {"value": "Phổ cập giáo dục mức độ 3", "status": "Ước tính"},
    "7.17": {"value": "1/2", "status": "Sơ bộ"},
}


def typed(book: Book) -> list[tuple[str, str, str]]:
    """Return what is typed, and where: also over a locked cell, which must not take it."""
    places = [(place_of(book, "source", key), text) for key, text in SOURCE.items()]
    places += [(place_of(book, key, at), row[at]) for key, row in ROWS.items() for at in row]
    task = record_of(book).of("tasks")[0].key
    places += [(place_of(book, task, "status"), "Đang thực hiện"),
               (place_of(book, task, "date"), "30/6/2025"),
               (place_of(book, "7.5", "code"), "7.55")]  # fmt: skip
    return [(place.sheet, place.cell, text) for place, text in places]


@pytest.fixture(scope="module")
def returned(
    forms: dict[str, Path], schools: Book, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Book]:
    """The form as LibreOffice saved it, by format."""
    folder = tmp_path_factory.mktemp("returned")
    form = shutil.copy(forms["so-giao-duc-va-dao-tao"], folder / "form.xlsx")
    saved = [folder / "returned.xlsx", folder / "returned.ods"]
    office.fill(Path(form), typed(schools), saved)
    return {path.suffix[1:]: read_book(path) for path in saved}


def told(submission: Submission) -> list[tuple[object, ...]]:
    """Return what a submission gives, without where it stands."""
    entries = [(one.row, one.numerator, one.denominator) for one in submission.entries]
    tasks = [(one.row,) for one in submission.tasks]
    findings = [(one.code, one.place.sheet, one.place.cell) for one in submission.findings]
    return [*entries, *tasks, *findings]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_is_typed_in_libreoffice_is_read_as_it_was_typed(
    kind: str, returned: dict[str, Book], schools: Book, tables: Tables
) -> None:
    submission = read_form(returned[kind], tables)
    values = {one.row["indicator_code"]: one.row for one in submission.entries}
    assert set(values) == set(ROWS)
    assert (values["7.2"]["value"], values["7.2"]["period"]) == ("8.5", "2025-06")
    assert values["7.2"]["published"] == "2026-04-03"
    assert values["7.3"]["value"] == "95.1"
    assert values["7.14"]["value"] == "Phổ cập giáo dục mức độ 3"
    assert [one.numerator for one in submission.entries][1] == "55123"
    assert [one.row["date"] for one in submission.tasks] == ["2025-06-30"]
    assert [(one.code, one.place.cell) for one in submission.findings] == [
        ("not-a-number", place_of(schools, "7.17", "value").cell)
    ]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_both_formats_give_the_same_as_the_cells_themselves(
    kind: str, returned: dict[str, Book], schools: Book, tables: Tables
) -> None:
    task = record_of(schools).of("tasks")[0].key
    rows: dict[str, dict[str, Written]] = {key: {**row} for key, row in ROWS.items()}
    rows[task] = {"status": "Đang thực hiện", "date": "30/6/2025"}
    expected = read_form(filled(schools, rows, source=SOURCE), tables)
    assert told(read_form(returned[kind], tables)) == told(expected)


def test_a_locked_cell_does_not_take_what_is_typed(
    returned: dict[str, Book], schools: Book
) -> None:
    place = place_of(schools, "7.5", "code")
    for book in returned.values():
        sheet = book.sheet(place.sheet)
        assert sheet is not None
        assert sheet.rows[place.row - 1][place.column - 1].text == "7.5"


CASES = [
    # as typed, within 0 and 100, at least 0, a number
    ("87,5", "TRUE", "TRUE", "TRUE"),
    ("87.5", "TRUE", "TRUE", "TRUE"),
    ("100,1", "FALSE", "TRUE", "TRUE"),
    ("8.200", "TRUE", "TRUE", "TRUE"),
    ("1.234.567", "#VALUE!", "TRUE", "TRUE"),
    ("-1", "FALSE", "FALSE", "TRUE"),
    ("gần 90", "#VALUE!", "#VALUE!", "FALSE"),
]


def test_the_rules_of_cells_judge_typed_numbers_by_vietnamese_habit(tmp_path: Path) -> None:
    import openpyxl

    asks = [
        Ask(is_number=True, low=0, high=100), Ask(is_number=True, low=0), Ask(is_number=True),
    ]  # fmt: skip
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for at, (text, *_) in enumerate(CASES, 1):
        sheet.append([text, *(formula(f"A{at}", ask) for ask in asks)])
    workbook.save(tmp_path / "rules.xlsx")
    office.run(
        tmp_path / "office",
        ["--convert-to", "csv", "--outdir", str(tmp_path), str(tmp_path / "rules.xlsx")],
    )
    with (tmp_path / "rules.csv").open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)] == CASES


def test_the_helpers_of_these_tests_write_cells_as_readers_do(schools: Book) -> None:
    place = place_of(schools, "7.2", "value")
    sheet = with_cell(schools, place, 8.5).sheet(place.sheet)
    assert sheet is not None
    assert sheet.rows[place.row - 1][place.column - 1] == cell(place, 8.5)
