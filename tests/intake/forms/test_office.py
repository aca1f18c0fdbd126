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


def rules(path: Path) -> Path:
    """Write a sheet in which the rules of cells judge texts beside them."""
    import openpyxl

    asks = [Ask(is_number=True, low=0, high=100), Ask(is_number=True, low=0), Ask(is_number=True)]
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for at, (text, *_) in enumerate(CASES, 1):
        sheet.append([text, *(formula(f"A{at}", ask) for ask in asks)])
    workbook.save(path)
    return path


@pytest.fixture(scope="module")
def returned(
    forms: dict[str, Path], schools: Book, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder with what LibreOffice saved: the form in two formats, the judged texts."""
    folder = tmp_path_factory.mktemp("returned")
    form = Path(shutil.copy(forms["so-giao-duc-va-dao-tao"], folder / "form.xlsx"))
    saved = [folder / "returned.xlsx", folder / "returned.ods"]
    steps = office.filling(form, typed(schools), saved)
    steps += office.filling(rules(folder / "rules.xlsx"), [], [folder / "rules.csv"])
    office.work(folder / "office", steps)
    return folder


def read(folder: Path, kind: str) -> Book:
    return read_book(folder / f"returned.{kind}")


def told(submission: Submission) -> list[tuple[object, ...]]:
    """Return what a submission gives, without where it stands."""
    entries = [(one.row, one.numerator, one.denominator) for one in submission.entries]
    tasks = [(one.row,) for one in submission.tasks]
    findings = [(one.code, one.place.sheet, one.place.cell) for one in submission.findings]
    return [*entries, *tasks, *findings]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_is_typed_in_libreoffice_is_read_as_it_was_typed(
    kind: str, returned: Path, schools: Book, tables: Tables
) -> None:
    submission = read_form(read(returned, kind), tables)
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
    kind: str, returned: Path, schools: Book, tables: Tables
) -> None:
    task = record_of(schools).of("tasks")[0].key
    rows: dict[str, dict[str, Written]] = {key: {**row} for key, row in ROWS.items()}
    rows[task] = {"status": "Đang thực hiện", "date": "30/6/2025"}
    expected = read_form(filled(schools, rows, source=SOURCE), tables)
    assert told(read_form(read(returned, kind), tables)) == told(expected)


def test_a_locked_cell_does_not_take_what_is_typed(returned: Path, schools: Book) -> None:
    place = place_of(schools, "7.5", "code")
    for kind in ("xlsx", "ods"):
        sheet = read(returned, kind).sheet(place.sheet)
        assert sheet is not None
        assert sheet.rows[place.row - 1][place.column - 1].text == "7.5"


def test_the_rules_of_cells_judge_typed_numbers_by_vietnamese_habit(returned: Path) -> None:
    with (returned / "rules.csv").open(encoding="utf-8", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)] == CASES


def test_the_helpers_of_these_tests_write_cells_as_readers_do(schools: Book) -> None:
    place = place_of(schools, "7.2", "value")
    sheet = with_cell(schools, place, 8.5).sheet(place.sheet)
    assert sheet is not None
    assert sheet.rows[place.row - 1][place.column - 1] == cell(place, 8.5)
