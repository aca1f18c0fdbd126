"""The workbook, read by openpyxl and pandas: every cell, texts that stay texts, what people see."""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from analysis.publish import Edition
from analysis.publish.copies.xlsx import LONGEST, RESULTS
from tests.publish.copies.conftest import NAME
from tests.publish.copies.expected import Row, all_fields, descriptor
from tests.publish.copies.hostile import LONG

FIRST = "Đọc trước - Read first"
FOR_READING = ["v_gap", "v_observations", "v_answers"]
DICTIONARY = ["about_columns", "codes"]


@pytest.fixture(scope="module")
def book(copies: Path) -> Workbook:
    return opened(copies)


@pytest.fixture(scope="module")
def hostile_book(hostile_copies: Path) -> Workbook:
    return opened(hostile_copies)


def opened(folder: Path) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return openpyxl.load_workbook(folder / f"{NAME}.xlsx")


def sheets(edition: Edition) -> list[str]:
    """Return the tables that are sheets, in their order."""
    return [*RESULTS, *(one["name"] for one in descriptor(edition.root)["resources"])]


def read(sheet: Worksheet) -> list[Row]:
    names, *rows = sheet.iter_rows(min_row=3, values_only=True)
    return [dict(zip(map(str, names), row, strict=True)) for row in rows]


def seen(value: Any) -> Any:
    """Return a cell as Excel shows it: openpyxl leaves control characters as they are escaped."""
    if isinstance(value, str):
        return re.sub("_x(00[01][0-9A-F])_", lambda found: chr(int(found[1], 16)), value)
    return value.date() if isinstance(value, datetime) else value


def assert_same(sheet: Worksheet, rows: list[Row]) -> None:
    found = read(sheet)
    assert len(found) == len(rows), sheet.title
    for had, wanted in zip(found, rows, strict=True):
        assert list(had) == list(wanted)
        for name, cell in wanted.items():
            value = seen(had[name])
            assert value == told(cell), (sheet.title, name)
            assert isinstance(value, bool) == isinstance(cell, bool)
            assert isinstance(value, str) == isinstance(told(cell), str)


def told(cell: Any) -> Any:
    """Return what a sheet shows of a cell: days that Excel does not have are texts."""
    early = isinstance(cell, date) and cell < date(1900, 3, 1)
    return cell.isoformat() if early else cell


def test_the_sheets_are_the_first_those_for_reading_results_data_and_dictionary(
    book: Workbook, edition: Edition
) -> None:
    assert book.sheetnames == [FIRST, *FOR_READING, *sheets(edition), *DICTIONARY]
    assert book.active is not None
    assert book.active.title == FIRST


def test_names_of_sheets_are_such_as_excel_takes(book: Workbook) -> None:
    for name in book.sheetnames:
        assert len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)


def test_every_cell_is_that_of_the_csv_file(
    book: Workbook, edition: Edition, expected: dict[str, list[Row]]
) -> None:
    for name in sheets(edition):
        assert_same(book[name], expected[name])


def test_pandas_reads_every_sheet_by_the_line_that_the_first_sheet_gives(
    book: Workbook, copies: Path, edition: Edition, expected: dict[str, list[Row]]
) -> None:
    (line,) = [row[1].value for row in book[FIRST].iter_rows() if row[0].value == "pandas"]
    assert isinstance(line, str)
    assert line.startswith(f'pandas.read_excel("{NAME}.xlsx", sheet_name="series", ')
    every = line.replace('sheet_name="series"', "sheet_name=None")
    every = every.replace(f'"{NAME}.xlsx"', "path").removesuffix(".convert_dtypes()")
    frames = eval(every, {"pandas": pd, "path": copies / f"{NAME}.xlsx"})
    for name in sheets(edition):
        frame = frames[name].convert_dtypes()
        rows = [
            {column: None if pd.isna(cell) else seen(cell) for column, cell in row.items()}
            for row in frame.to_dict(orient="records")
        ]
        assert rows == [{key: told(cell) for key, cell in row.items()} for row in expected[name]]


def test_pandas_keeps_codes_and_counts_apart(copies: Path) -> None:
    options: dict[str, Any] = {"header": 2, "dtype": object, "keep_default_na": False}
    path = copies / f"{NAME}.xlsx"
    frame = pd.read_excel(path, sheet_name="series", na_values=[""], **options).convert_dtypes()
    assert {"5.1", "5.10"} <= set(frame["series_id"])
    assert str(frame["position"].dtype) == "Int64"


def test_titles_in_both_languages_stand_above_the_names(book: Workbook, edition: Edition) -> None:
    fields = all_fields(edition)
    for name in sheets(edition):
        columns = list(zip(*book[name].iter_rows(max_row=3, values_only=True), strict=True))
        assert columns == [
            (field["titles"]["vi"], field["titles"]["en"], column)
            for column, field in fields[name].items()
        ]


def test_heads_stay_in_sight_and_filter(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes in {"A4", "B4"}
        bottom = max(sheet.max_row, 4)
        right = sheet.cell(1, sheet.max_column).column_letter
        assert sheet.auto_filter.ref == f"A3:{right}{bottom}", sheet.title


def test_columns_are_neither_too_narrow_for_their_names_nor_too_wide(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        widths = {}
        for group in sheet.column_dimensions.values():
            widths |= dict.fromkeys(range(group.min, group.max + 1), group.width)
        for number, name in enumerate((cell.value for cell in sheet[3]), 1):
            assert len(str(name)) + 3 < widths[number] < 62, (sheet.title, name)


def test_the_first_sheet_tells_version_licence_citation_and_every_sheet(
    book: Workbook, edition: Edition
) -> None:
    cells = book[FIRST].iter_rows(values_only=True)
    rows = [["" if cell is None else str(cell) for cell in row] for row in cells]
    text = "\n".join("\n".join(row) for row in rows)
    for part in (edition.version, "CC-BY-4.0", "unofficial", "không chính thức", "source_id"):
        assert part in text
    assert edition.descriptor["titles"]["en"] in text
    counts = {row[0]: row[3] for row in rows if row[3]}
    names = book.sheetnames[1:]
    assert [name for name in counts if name in names] == names
    for name in names:
        assert int(counts[name]) == book[name].max_row - 3, name


def test_the_list_leads_to_the_sheets(book: Workbook) -> None:
    links = [cell.hyperlink for row in book[FIRST].iter_rows() for cell in row if cell.hyperlink]
    assert [link.location for link in links] == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert {link.target for link in links} == {None}


def test_sheets_for_reading_have_labels_and_sources(
    book: Workbook, expected: dict[str, list[Row]], standing: dict[str, list[Row]]
) -> None:
    urls = {row["source_id"]: row["url"] for row in expected["sources"]}
    rows = read(book["v_gap"])
    assert len(rows) == len(expected["results_gap"])
    for row, gap in zip(rows, expected["results_gap"], strict=True):
        assert row["judged_value"] == gap["judged_value"]
        assert row["verdict_vi"]
        assert row["url"] == urls.get(gap["value_source_id"])
    assert len(read(book["v_observations"])) == len(standing["observations"])


def test_addresses_are_links_to_themselves_and_nothing_else_is_one(
    book: Workbook, expected: dict[str, list[Row]]
) -> None:
    linked = [cell for row in book["sources"].iter_rows() for cell in row if cell.hyperlink]
    assert [cell.value for cell in linked] == [
        row["url"] for row in expected["sources"] if row["url"]
    ]
    for cell in linked:
        assert cell.hyperlink is not None
        address, anchor = cell.hyperlink.target, cell.hyperlink.location
        assert address is not None
        assert (f"{address}#{anchor}" if anchor else address) == cell.value


def test_no_cell_is_a_formula_and_nothing_in_the_file_can_act(
    copies: Path, hostile_copies: Path
) -> None:
    for folder in (copies, hostile_copies):
        with zipfile.ZipFile(folder / f"{NAME}.xlsx") as archive:
            names = archive.namelist()
            assert not [name for name in names if re.search(r"vba|macro|externalLink|embed", name)]
            for name in names:
                if name.startswith("xl/worksheets/sheet"):
                    assert b"<f>" not in archive.read(name)


def test_hostile_texts_stay_texts(
    hostile_book: Workbook, hostile_edition: Edition, hostile_expected: dict[str, list[Row]]
) -> None:
    for name in sheets(hostile_edition):
        rows = [row for row in hostile_expected[name] if LONG not in row.values()]
        found = read(hostile_book[name])[: len(rows)]
        assert [{key: seen(cell) for key, cell in row.items()} for row in found] == [
            {key: told(cell) for key, cell in row.items()} for row in rows
        ]
    kinds = {
        cell.data_type
        for sheet in hostile_book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }
    assert kinds == {"s"}


def test_a_text_that_looks_like_a_formula_stays_one_when_it_is_edited(
    hostile_book: Workbook,
) -> None:
    cells = [cell for row in hostile_book["sections"].iter_rows(min_row=4) for cell in row]
    active = [cell for cell in cells if str(cell.value or "").startswith(("=", "+", "-", "@"))]
    assert len(active) >= 6
    assert all(cell.quotePrefix for cell in active)


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(
    hostile_book: Workbook, hostile_expected: dict[str, list[Row]]
) -> None:
    place = next(
        number for number, row in enumerate(hostile_expected["sections"]) if row["text"] == LONG
    )
    text = read(hostile_book["sections"])[place]["text"]
    assert len(text) == LONGEST
    kept, mark = text.split(" […] ")
    assert LONG.startswith(kept)
    assert "32.767" in mark
    assert "32,767" in mark


def test_properties_bear_the_time_of_the_package_and_no_other(
    book: Workbook, edition: Edition
) -> None:
    assert book.properties.created == datetime(2026, 11, 25)
    assert book.properties.modified == datetime(2026, 11, 25)
    assert book.properties.title == edition.descriptor["titles"]["vi"]
    assert str(book.properties.description).startswith("CC-BY-4.0")
