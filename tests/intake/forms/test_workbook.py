"""The file of a form: locks, drop-downs, rules, print, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from analysis.intake.forms.layout import COLUMNS, HEAD_ROW
from analysis.intake.forms.record import SHEET
from analysis.intake.model import Book
from tests.intake.forms.books import GUIDE, TASKS, VALUES, place_of, record_of


@pytest.fixture(scope="module")
def workbook(forms: dict[str, Path]) -> Any:
    return openpyxl.load_workbook(forms["so-y-te"])


def free(sheet: Any) -> set[str]:
    return {cell.coordinate for row in sheet.iter_rows() for cell in row
            if not cell.protection.locked}  # fmt: skip


def rules(sheet: Any) -> Iterator[tuple[str, Any]]:
    for rule in sheet.data_validations.dataValidation:
        for cells in str(rule.sqref).split():
            yield cells, rule


def test_a_form_has_its_sheets_and_only_the_record_is_hidden(workbook: Any) -> None:
    states = {sheet.title: sheet.sheet_state for sheet in workbook}
    assert states == {GUIDE: "visible", VALUES: "visible", TASKS: "visible", SHEET: "veryHidden"}
    assert workbook.active.title == GUIDE


def test_a_sheet_without_rows_is_left_out(forms: dict[str, Path]) -> None:
    sheets = {one: openpyxl.load_workbook(forms[one], read_only=True).sheetnames
              for one in ("cuc-thong-ke", "cong-an-tinh")}  # fmt: skip
    assert sheets["cuc-thong-ke"] == [GUIDE, VALUES, SHEET]
    assert sheets["cong-an-tinh"] == [GUIDE, TASKS, SHEET]


def test_only_cells_to_fill_in_are_unlocked_and_there_is_no_password(
    workbook: Any, health: Book
) -> None:
    for sheet in workbook:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    wanted = {
        place_of(health, line.key, one.key).cell
        for line in record_of(health).of("values")
        for one in COLUMNS["values"]
        if one.band != "plan"
    }
    locked = {
        place_of(health, "8.2", "numerator").cell,
        place_of(health, "8.10", "denominator").cell,
    }
    assert free(workbook[VALUES]) < wanted
    assert not free(workbook[VALUES]) & locked
    asked = ("title", "issuer", "published", "address")
    assert free(workbook[GUIDE]) == {place_of(health, "source", one).cell for one in asked}


def test_cells_to_fill_in_are_text_in_one_colour_and_nothing_else_has_it(workbook: Any) -> None:
    for sheet in (workbook[GUIDE], workbook[VALUES], workbook[TASKS]):
        colours = {sheet[cell].fill.fgColor.rgb for cell in free(sheet)}
        assert colours == {"FFFFF7DC"}
        assert {sheet[cell].number_format for cell in free(sheet)} == {"@"}


def test_widths_heights_and_filters_stay_usable(workbook: Any) -> None:
    sheet = workbook[VALUES]
    protection = sheet.protection
    refused = [protection.formatColumns, protection.formatRows, protection.autoFilter]
    assert refused == [False] * 3
    assert sheet.auto_filter.ref.startswith(f"A{HEAD_ROW}:R")
    assert sheet.freeze_panes == f"C{HEAD_ROW + 1}"


def test_it_prints_on_a4_in_landscape_with_its_heads_on_every_page(workbook: Any) -> None:
    for sheet in (workbook[GUIDE], workbook[VALUES], workbook[TASKS]):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert workbook[VALUES].print_title_rows == f"$1:${HEAD_ROW}"


WIDEST = 137
"""Characters in a row of A4 on its side, at full scale; at 139 LibreOffice parts it once more."""


def test_the_columns_of_each_of_two_pages_side_by_side_fit_on_the_paper(workbook: Any) -> None:
    for sheet in (workbook[VALUES], workbook[TASKS]):
        dimensions = sheet.column_dimensions.values()
        widths = {at: one.width for one in dimensions for at in range(one.min, one.max + 1)}
        (parted,) = [one.id for one in sheet.col_breaks.brk]
        kept = [widths[at] for at in (1, 2)]
        pages = [
            [widths[at] for at in range(1, parted + 1)],
            [*kept, *(widths[at] for at in range(parted + 1, sheet.max_column + 1))],
        ]
        assert [sheet.print_title_cols, len(pages[0]) > len(kept)] == ["$A:$B", True]
        fitting = [sum(page) * sheet.page_setup.scale / 100 <= WIDEST for page in pages]
        assert fitting == [True, True], sheet.title


def test_no_cell_is_a_formula(workbook: Any) -> None:
    kinds = {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
    assert not [
        cell.coordinate
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value[0] in "=+-@"
    ]


def test_every_choice_comes_from_a_list_on_the_hidden_sheet(workbook: Any, health: Book) -> None:
    found = {cell: rule.formula1 for cell, rule in rules(workbook[VALUES]) if rule.type == "list"}
    source = found[place_of(health, "5.7", "status").cell]
    sheet, _, cells = source.partition("!")
    assert sheet.strip("'") == SHEET
    chosen = [row[0].value for row in workbook[SHEET][cells.replace("$", "")]]
    assert chosen == ["Chính thức theo nguồn", "Sơ bộ", "Ước tính"]
    assert place_of(health, "5.6", "value").cell in found
    assert place_of(health, "8.4-beds", "issuer").cell in found


def test_a_number_outside_its_limits_is_warned_of_and_not_forbidden(
    workbook: Any, health: Book
) -> None:
    place = place_of(health, "5.7", "value").cell
    [rule] = [rule for cell, rule in rules(workbook[VALUES]) if cell == place]
    assert (rule.type, rule.errorStyle) == ("custom", "warning")
    assert f"{place}," in rule.formula1
    assert "<=100" in rule.formula1
    assert rule.error.startswith("Số này không viết đúng cách hoặc nằm ngoài giới hạn")


def test_rows_are_as_high_as_their_text_needs(workbook: Any, health: Book) -> None:
    short, long = (place_of(health, key, "code").row for key in ("5.9", "8.4-doctors"))
    heights = workbook[VALUES].row_dimensions
    assert heights[short].height < 40
    assert heights[long].height > 100


def test_merged_cells_lie_in_one_row_each(workbook: Any) -> None:
    merged = [one for sheet in workbook for one in sheet.merged_cells.ranges]
    assert merged
    assert all(one.min_row == one.max_row for one in merged)
