from __future__ import annotations

import sys
import unicodedata
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import UserError, UserErrors
from analysis.intake.model import Sheet
from analysis.intake.reading import read_book
from tests.intake.reading.builders import (
    DATE,
    cells,
    first,
    kinds,
    places,
    refusal,
    text_file,
    xlsx,
)
from tests.intake.reading.mutations import LONG

FILES = Path(__file__).parent / "files"


def test_a_book_names_its_file_and_the_digest_of_its_bytes(tmp_path: Path) -> None:
    book = read_book(text_file(tmp_path, "a\n", "báo cáo.csv"))
    assert (book.file, book.sha256) == ("báo cáo.csv", sha256(b"a\n").hexdigest())


def test_a_link_is_read_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "b.csv").symlink_to(text_file(tmp_path, "a\n"))
    assert read_book(tmp_path / "b.csv").file == "b.csv"


def test_what_is_no_regular_file_is_refused() -> None:
    with pytest.raises(UserError, match="no regular file"):
        read_book(Path("/dev/zero"))


@pytest.mark.parametrize("name", ["libreoffice.xlsx", "libreoffice.ods"])
def test_what_libreoffice_wrote_is_read(name: str) -> None:
    """The files were made by LibreOffice 7.4 from a workbook with all these kinds of cells."""
    book = read_book(FILES / name)
    assert [sheet.name for sheet in book.sheets] == ["Số liệu", "Trống", "_plan155"]
    assert book.sheet("Trống") == Sheet("Trống", ())
    assert cells(book) == [
        ["Báo cáo năm 2025", "", "", "", ""],
        ["Mã", "Chỉ tiêu", "Giá trị", "Ngày", "Đúng"],
        ["5.7", "Tỷ lệ hộ nghèo", "87.5", "2025-12-31", "có"],
        ["8.1", "Hai dòng\nvăn bản", "8200", "2024-02-29", "không"],
        ["1.2", "Chữ đậm và thường", "87,5%", "1900-03-01", ""],
        ["", "", "0.3", "0.0000001", "-3.25"],
        ["", "-3", "8.2", "123456789012345", ""],
    ]
    assert [row[2] for row in kinds(book)[2:]] == ["number", "number", "text", "number", "number"]
    assert [row[3] for row in kinds(book)[2:]] == ["date", "date", "date", "number", "number"]


def test_what_libreoffice_hid_merged_and_calculated_is_refused() -> None:
    assert places(FILES / "libreoffice-hidden.ods") == [
        "sheet 'S', B7",
        "sheet 'S', row 3",
        "sheet 'S', column C",
        "sheet 'S', A5",
        "sheet 'H'",
    ]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1).map(
    "x {}".format
)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.floats(-1e300, 1e300),  # openpyxl rounds the greatest ones up to infinity
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.dates(min_value=date(1900, 3, 1)),
)


@settings(max_examples=1_000 if LONG else 25, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_workbook_is_read_as_openpyxl_reads_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    """An independent reader agrees, cell by cell, on what openpyxl wrote."""
    path = tmp_path_factory.mktemp("agree") / "a.xlsx"
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    try:
        sheet = read_book(path).sheets[0]
    except UserErrors as refused:  # text that is refused for good reason, and no other
        if all("the text" in error.what for error in refused.errors):
            return
        raise
    other = openpyxl.load_workbook(path).active
    for cell in (cell for row in sheet.rows for cell in row):
        expected = other.cell(cell.place.row, cell.place.column).value
        assert _value(cell.kind, cell.text) == _plain(expected)


def _value(kind: str, text: str) -> object:
    if kind == "number":
        return float(text)
    return {"empty": None, "true": True, "false": False}.get(
        kind if kind == "empty" else text, text
    )


def _plain(value: object) -> object:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    return value.date().isoformat() if isinstance(value, datetime) else value


def test_without_openpyxl_it_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = xlsx(tmp_path, f'<row><c s="{DATE}"><v>1</v></c></row>')
    assert first(read_book(path)).text == "1900-01-01"
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.setitem(sys.modules, "openpyxl.styles", None)
    error = refusal(path)
    assert error.what == "openpyxl is not installed"
    assert "pip install 'plan155[intake]'" in error.mend


def test_text_files_need_neither_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("openpyxl", "openpyxl.styles", "defusedxml"):
        monkeypatch.setitem(sys.modules, name, None)
    assert cells(read_book(text_file(tmp_path, "a,b\n"))) == [["a", "b"]]
