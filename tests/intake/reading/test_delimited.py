from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.model import Place
from analysis.intake.reading import read_book
from analysis.intake.reading.limits import CELL, COLUMNS, ROWS
from tests.intake.reading.builders import cells, errors, kinds, places, refusal, text_file

TABLE = "Mã,Chỉ tiêu,Giá trị\n5.7,Tỷ lệ hộ nghèo,87.5\n"
READ = [["Mã", "Chỉ tiêu", "Giá trị"], ["5.7", "Tỷ lệ hộ nghèo", "87.5"]]


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode(),
        TABLE.removesuffix("\n").encode(),
        '"Mã","Chỉ tiêu","Giá trị"\n"5.7","Tỷ lệ hộ nghèo","87.5"\n'.encode(),
    ],
)
def test_a_text_file_is_read_in_whichever_dress(tmp_path: Path, content: bytes) -> None:
    book = read_book(text_file(tmp_path, content))
    assert cells(book) == READ
    assert (book.format, book.file, book.sheets[0].name) == ("csv", "a.csv", "")


def test_every_cell_is_text_or_empty_and_knows_its_place(tmp_path: Path) -> None:
    book = read_book(text_file(tmp_path, "a,b\n1,\n2025-12-31,true\n"))
    assert kinds(book) == [["text", "text"], ["text", "empty"], ["text", "text"]]
    assert book.sheets[0].rows[1][1].place == Place("a.csv", "", 2, 2)


def test_short_rows_are_filled_and_empty_rows_kept(tmp_path: Path) -> None:
    book = read_book(text_file(tmp_path, "a,b,c\n\n1\n,,\n2,3\n\n\n"))
    assert cells(book) == [["a", "b", "c"], [""] * 3, ["1", "", ""], [""] * 3, ["2", "3", ""]]


def test_quoted_cells_may_hold_separators_quotes_and_line_ends(tmp_path: Path) -> None:
    book = read_book(text_file(tmp_path, 'a,b\n"87,5","nói ""có""\r\nhai dòng"\n'))
    assert cells(book)[1] == ["87,5", 'nói "có"\nhai dòng']


def test_the_name_may_resolve_what_the_first_line_leaves_open(tmp_path: Path) -> None:
    book = read_book(text_file(tmp_path, "Giá trị, %\tb\n1,5\t2\n", "a.tsv"))
    assert cells(book) == [["Giá trị, %", "b"], ["1,5", "2"]]


def test_separators_in_quotes_do_not_count(tmp_path: Path) -> None:
    book = read_book(text_file(tmp_path, '"Giá trị, %";b\n'))
    assert cells(book) == [["Giá trị, %", "b"]]


def test_a_single_column_is_a_table(tmp_path: Path) -> None:
    assert cells(read_book(text_file(tmp_path, "a\n1\n"))) == [["a"], ["1"]]


def test_two_separators_in_the_first_line_are_refused(tmp_path: Path) -> None:
    error = refusal(text_file(tmp_path, "a,b;c\n1,2;3\n"))
    assert error.what.endswith("the first line has comma and semicolon")
    assert "quotes" in error.mend


def test_a_name_that_promises_tabs_is_held_to_it(tmp_path: Path) -> None:
    assert "tabs separate the cells" in refusal(text_file(tmp_path, TABLE, "a.tsv")).what


def test_a_row_with_more_cells_than_the_first_is_refused(tmp_path: Path) -> None:
    (error,) = errors(text_file(tmp_path, "a,b\n1,87,5\n1,2,\n"))
    assert (error.what, error.where) == ("the row has 3 cells, the first row 2", "a.csv, row 2")
    assert error.mend == "put a cell that holds a comma into quotes"


@pytest.mark.parametrize("content", ["a,b\n1,2\x00\n".encode("utf-16-le"), b"a\0b"])
def test_utf16_without_mark_and_bytes_that_are_no_text_are_refused(
    tmp_path: Path, content: bytes
) -> None:
    assert refusal(text_file(tmp_path, content)).what.startswith("the file is no text")


def test_another_encoding_is_refused_with_the_way_to_save(tmp_path: Path) -> None:
    error = refusal(text_file(tmp_path, "Quý,à\n1,2\n".encode("latin-1")))
    assert error.what == "the text is not in UTF-8"
    assert "CSV UTF-8" in error.mend


def test_half_a_character_of_utf16_is_refused(tmp_path: Path) -> None:
    content = codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"\0"
    assert refusal(text_file(tmp_path, content)).what == "the text is not in UTF-16"


@pytest.mark.parametrize(
    ("text", "name"),
    [("M·,Tû lÖ hé nghÌo\n", "TCVN3 (ABC)"), ("Maõ,Tyû leä hoä ngheøo\n", "VNI Windows")],
)
def test_bytes_in_an_old_encoding_are_refused_by_its_name(
    tmp_path: Path, text: str, name: str
) -> None:
    error = refusal(text_file(tmp_path, text.encode("latin-1")))
    assert name in error.what
    assert "Unikey" in error.mend


def test_old_text_that_was_saved_as_utf8_is_refused_cell_by_cell(tmp_path: Path) -> None:
    assert places(text_file(tmp_path, "a,Tû lÖ hé nghÌo\nHµ Néi,b\n"))[:2] == ["B1", "A2"]


def test_old_text_of_one_word_a_cell_is_refused_as_a_whole(tmp_path: Path) -> None:
    (error,) = errors(text_file(tmp_path, "a,nghÌo\nhuyÖn,x·\n"))
    assert error.what == "texts of the sheet are in the old encoding TCVN3 (ABC)"


@pytest.mark.parametrize("content", ['a,b\n"1,2\n', 'a,b\n"1"x,2\n', 'a,b\n"1""'])
def test_a_quotation_mark_out_of_place_is_refused(tmp_path: Path, content: str) -> None:
    error = refusal(text_file(tmp_path, content))
    assert error.what == "a quotation mark is missing or too many"
    assert "near line" in error.where


def test_a_quotation_that_swallows_the_file_is_refused(tmp_path: Path) -> None:
    assert "quotation mark" in refusal(text_file(tmp_path, 'a,"b\n' + "1,2\n" * 50_000)).what


@pytest.mark.parametrize("content", [b"\n\n", b" \r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_a_file_with_nothing_in_it_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refusal(text_file(tmp_path, content)).what == "the file holds nothing"


def test_a_separator_alone_gives_an_empty_sheet(tmp_path: Path) -> None:
    assert read_book(text_file(tmp_path, ",,\n")).sheets[0].rows == ()


def test_every_fault_is_told_with_its_cell(tmp_path: Path) -> None:
    content = f"a,b\n=1+1,x\n#N/A,{'y' * (CELL + 1)}\n"
    assert places(text_file(tmp_path, content)) == ["A2", "A3", "B3"]


def test_rows_and_columns_are_limited(tmp_path: Path) -> None:
    assert len(cells(read_book(text_file(tmp_path, "a\n" * ROWS)))) == ROWS
    assert places(text_file(tmp_path, "a\n" * (ROWS + 5))) == [f"A{ROWS + 1}"]
    assert len(cells(read_book(text_file(tmp_path, "a," * (COLUMNS - 1) + "a")))[0]) == COLUMNS
    assert places(text_file(tmp_path, "a," * (COLUMNS + 5) + "a")) == ["GS1"]


@given(
    st.lists(
        st.lists(st.text("abc ,;\n\"'=", max_size=5).map("x{}".format), min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(
        [["a", "b", "c"], *rows]
    )
    folder = tmp_path_factory.mktemp("written")
    book = read_book(text_file(folder, written.getvalue()))
    assert cells(book)[1:] == [[cell.strip() for cell in row] for row in rows]


def test_every_table_of_the_data_is_read_cell_by_cell(root: Path) -> None:
    files = sorted((root / "data").rglob("*.csv"))
    assert len(files) >= 20
    for file in files:
        with file.open(encoding="utf-8", newline="") as opened:
            written = list(csv.reader(opened))
        assert cells(read_book(file)) == [[cell.strip() for cell in row] for row in written], file
