from __future__ import annotations

from pathlib import Path

import pytest

from analysis.intake.reading import read_book
from analysis.intake.reading.limits import COLUMNS, ROWS
from tests.intake.reading.builders import (
    cells,
    errors,
    first,
    kinds,
    ods,
    ods_cell,
    ods_content,
    ods_number,
    ods_parts,
    ods_row,
    ods_table,
    ods_text,
    packed,
    places,
    refusal,
)

HIDDEN = (
    '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
)
EMPTY = "<table:table-cell/>"


def typed(kind: str, attribute: str, value: str, shown: str = "shown") -> str:
    return ods_cell(shown, f'office:value-type="{kind}" office:{attribute}="{value}"')


def test_each_kind_of_cell_is_what_the_file_says(tmp_path: Path) -> None:
    row = ods_row(
        ods_number("87.5")
        + ods_text("Hộ")
        + typed("boolean", "boolean-value", "true")
        + typed("date", "date-value", "2025-12-31")
        + typed("currency", "value", "8200")
        + typed("percentage", "value", "0.875")
        + ods_cell("no type")
        + EMPTY
    )
    book = read_book(ods(tmp_path, row))
    assert cells(book) == [["87.5", "Hộ", "true", "2025-12-31", "8200", "87,5%", "no type"]]
    assert kinds(book) == [["number", "text", "boolean", "date", "number", "text", "text"]]
    assert book.format == "ods"


def test_repeated_cells_and_rows_are_counted_and_filled(tmp_path: Path) -> None:
    repeated = ods_number("1", 'table:number-columns-repeated="2"')
    gap = '<table:table-cell table:number-columns-repeated="3"/>'
    rows = ods_row(EMPTY, 'table:number-rows-repeated="2"')
    rows += ods_row(gap + repeated, 'table:number-rows-repeated="2"')
    book = read_book(ods(tmp_path, rows))
    assert cells(book) == [[""] * 5] * 2 + [["", "", "", "1", "1"]] * 2
    assert str(book.sheets[0].rows[3][4].place) == "a.ods, sheet 'Bảng', E4"


def test_a_million_empty_rows_are_passed_over(tmp_path: Path) -> None:
    rows = ods_row(ods_text("a"))
    rows += ods_row(
        '<table:table-cell table:number-columns-repeated="16384"/>',
        'table:number-rows-repeated="1048575"',
    )
    assert cells(read_book(ods(tmp_path, rows))) == [["a"]]


@pytest.mark.parametrize(
    ("cell", "row", "place"),
    [
        ("", 'table:number-rows-repeated="999999999"', f"A{ROWS + 1}"),
        ('table:number-columns-repeated="999999999"', "", "GS1"),
    ],
)
def test_a_million_repeated_values_are_refused_and_not_filled_in(
    tmp_path: Path, cell: str, row: str, place: str
) -> None:
    error = refusal(ods(tmp_path, ods_row(ods_text("a", cell), row)))
    assert error.what == "the sheet has more than 20,000 rows or 200 columns that hold something"
    assert error.where.endswith(place)


def test_repeated_values_up_to_the_limits_are_read(tmp_path: Path) -> None:
    book = read_book(ods(tmp_path, ods_row(ods_text("a"), f'table:number-rows-repeated="{ROWS}"')))
    assert len(book.sheets[0].rows) == ROWS
    wide = ods_row(ods_text("a", f'table:number-columns-repeated="{COLUMNS}"'))
    assert len(cells(read_book(ods(tmp_path, wide)))[0]) == COLUMNS


def test_more_cells_than_can_be_held_are_refused(tmp_path: Path) -> None:
    wide = ods_text("a", f'table:number-columns-repeated="{COLUMNS}"')
    error = refusal(ods(tmp_path, ods_row(wide, f'table:number-rows-repeated="{ROWS}"')))
    assert error.what == "the sheets reach over more than 500,000 cells"


def test_two_cells_far_apart_are_refused_for_what_lies_between(tmp_path: Path) -> None:
    gap = ods_row(EMPTY, f'table:number-rows-repeated="{ROWS - 2}"')
    far = f'<table:table-cell table:number-columns-repeated="{COLUMNS - 1}"/>' + ods_text("b")
    error = refusal(ods(tmp_path, ods_row(ods_text("a")) + gap + ods_row(far)))
    assert error.what == "the sheets reach over more than 500,000 cells"
    assert error.where.endswith(f"GR{ROWS} (the last cell)")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a  b\n c", "a b c"),
        (" a ", "a"),
        ("a<text:s text:c='3'/>b", "a   b"),
        ("a<text:s/>b", "a b"),
        ("a<text:line-break/>b", "a\nb"),
        ("a</text:p><text:p>b", "a\nb"),
        ("Chữ <text:span>đậm</text:span> và <text:a>nối</text:a>", "Chữ đậm và nối"),
        ("<text:span>một<text:span> hai</text:span></text:span>", "một hai"),
    ],
)
def test_the_text_of_a_cell_is_its_paragraphs_flattened(
    tmp_path: Path, markup: str, text: str
) -> None:
    assert first(read_book(ods(tmp_path, ods_row(ods_text(markup))))).text == text


def test_comments_and_drawings_in_a_cell_are_passed_over(tmp_path: Path) -> None:
    inside = "<office:annotation><text:p>bình luận</text:p></office:annotation>"
    inside += "<draw:frame><draw:text-box><text:p>hình</text:p></draw:text-box></draw:frame>"
    cell = ods_text("a").replace("<text:p>", f"{inside}<text:p>")
    assert cells(read_book(ods(tmp_path, ods_row(cell)))) == [["a"]]


def test_a_text_may_be_held_beside_what_is_shown_if_it_is_the_same(tmp_path: Path) -> None:
    same = ods_row(ods_text("a", 'office:string-value="a"'))
    alone = ods_row(ods_text("", 'office:string-value="a"'))
    assert cells(read_book(ods(tmp_path, same + alone))) == [["a"], ["a"]]
    error = refusal(ods(tmp_path, ods_row(ods_text("a", 'office:string-value="b"'))))
    assert error.what == "the cell shows 'a' but holds 'b'"


def test_a_tab_and_a_formula_in_text_are_refused(tmp_path: Path) -> None:
    rows = ods_row(ods_text("a<text:tab/>b") + ods_text("=1"))
    assert places(ods(tmp_path, rows)) == ["sheet 'Bảng', A1", "sheet 'Bảng', B1"]


@pytest.mark.parametrize(
    "cell",
    [
        ods_number("2", 'table:formula="of:=1+1"'),
        ods_cell("", 'table:formula="of:=1+1"'),
        ods_cell("Err:508", 'office:value-type="string" table:formula="of:=1/"'),
    ],
)
def test_a_formula_is_refused_whatever_it_gave(tmp_path: Path, cell: str) -> None:
    assert refusal(ods(tmp_path, ods_row(cell))).what == "the cell holds a formula"


def test_an_error_value_and_a_time_are_refused(tmp_path: Path) -> None:
    rows = ods_row(ods_text("#DIV/0!") + typed("time", "time-value", "PT1H"))
    assert places(ods(tmp_path, rows)) == ["sheet 'Bảng', A1", "sheet 'Bảng', B1"]


@pytest.mark.parametrize("visibility", ["collapse", "filter"])
def test_a_hidden_row_or_column_with_values_is_refused(tmp_path: Path, visibility: str) -> None:
    hidden = f'table:visibility="{visibility}"'
    columns = '<table:table-column table:number-columns-repeated="2"/>'
    columns += (
        f"<table:table-column-group><table:table-column {hidden}/></table:table-column-group>"
    )
    rows = ods_row(ods_text("a")) + f"<table:table-row-group>{ods_row(ods_text('b'), hidden)}"
    rows += "</table:table-row-group>" + ods_row(EMPTY + EMPTY + ods_text("c"))
    rows += ods_row(EMPTY, f'table:number-rows-repeated="1000000" {hidden}')
    assert places(ods(tmp_path, rows, columns=columns)) == [
        "sheet 'Bảng', row 2",
        "sheet 'Bảng', column C",
    ]


def test_a_hidden_sheet_with_values_is_refused_and_one_without_taken(tmp_path: Path) -> None:
    full = ods_row(ods_text("a"))
    assert read_book(ods(tmp_path, ods_row(EMPTY), style="ta2", styles=HIDDEN)).sheets[0].rows == ()
    error = refusal(ods(tmp_path, full, style="ta2", styles=HIDDEN))
    assert error.what == "the sheet is hidden and holds values"


def test_the_own_sheet_of_a_form_may_be_hidden(tmp_path: Path) -> None:
    table = ods_table(ods_row(ods_text("a")), name="_plan155", style="ta2")
    path = packed(tmp_path / "a.ods", ods_parts(ods_content(table, styles=HIDDEN)))
    assert cells(read_book(path)) == [["a"]]


def test_a_merged_title_in_one_row_is_taken(tmp_path: Path) -> None:
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    rows = ods_row(ods_text("Tiêu đề", 'table:number-columns-spanned="3"') + covered)
    assert cells(read_book(ods(tmp_path, rows))) == [["Tiêu đề"]]


@pytest.mark.parametrize(
    "rows",
    [
        ods_row(ods_text("a", 'table:number-rows-spanned="2"'))
        + ods_row("<table:covered-table-cell/>"),
        ods_row(
            ods_text("a", 'table:number-columns-spanned="2"')
            + ods_text("b").replace("table:table-cell", "table:covered-table-cell")
        ),
    ],
)
def test_merged_cells_that_hold_values_for_several_rows_or_unseen_ones_are_refused(
    tmp_path: Path, rows: str
) -> None:
    error = refusal(ods(tmp_path, rows))
    assert error.what.startswith("merged cells hold values")
    assert error.where.endswith("A1")


def test_deleted_cells_that_the_file_remembers_are_passed_over(tmp_path: Path) -> None:
    kept = "<table:tracked-changes><table:deletion>" + ods_table(ods_row(ods_text("old")))
    content = ods_content(f"{kept}</table:deletion></table:tracked-changes>" + ods_table(""))
    book = read_book(packed(tmp_path / "a.ods", ods_parts(content)))
    assert [sheet.rows for sheet in book.sheets] == [()]


@pytest.mark.parametrize(
    "rows",
    [
        ods_row(ods_text("a"), 'table:number-rows-repeated="0"'),
        ods_row(ods_text("a"), 'table:number-rows-repeated="-1"'),
        ods_row(ods_text("a"), 'table:number-rows-repeated="x"'),
        ods_row(ods_text("a", 'table:number-columns-repeated="9999999999"')),
        ods_row(ods_text("a", 'table:number-columns-spanned="1.5"')),
        ods_row(ods_text("a<text:s text:c='-1'/>")),
        ods_row(typed("nonsense", "value", "1")),
    ],
)
def test_cells_that_do_not_hang_together_are_refused_as_damage(tmp_path: Path, rows: str) -> None:
    assert refusal(ods(tmp_path, rows)).what.startswith("the file is damaged: ")


@pytest.mark.parametrize(
    "tables",
    ["", ods_table("", name=""), ods_table("", name="a") + ods_table("", name="A")],
)
def test_sheets_without_or_with_the_same_names_are_refused(tmp_path: Path, tables: str) -> None:
    path = packed(tmp_path / "a.ods", ods_parts(ods_content(tables)))
    assert refusal(path).what.startswith("the file is damaged: ")


def test_too_many_sheets_are_refused(tmp_path: Path) -> None:
    tables = "".join(ods_table("", name=str(each)) for each in range(101))
    path = packed(tmp_path / "a.ods", ods_parts(ods_content(tables)))
    assert refusal(path).what == "the file has more than 100 sheets"


def test_a_spreadsheet_without_content_is_refused_as_damage(tmp_path: Path) -> None:
    parts = ods_parts("")
    del parts["content.xml"]
    assert refusal(packed(tmp_path / "a.ods", parts)).what.endswith("'content.xml' is missing")


def test_a_spreadsheet_protected_by_a_password_is_refused(tmp_path: Path) -> None:
    parts = ods_parts(ods_content(ods_table("")))
    parts["META-INF/manifest.xml"] = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        "<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    )
    (error,) = errors(packed(tmp_path / "a.ods", parts))
    assert error.what == "the file is protected by a password"
