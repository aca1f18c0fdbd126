from __future__ import annotations

from pathlib import Path

import pytest

from analysis.intake.reading import read_book
from analysis.intake.reading.limits import CELL
from tests.intake.reading.builders import (
    DATE,
    DURATION,
    MAIN,
    MONTH,
    PERCENT,
    QUOTED_PERCENT,
    STYLES,
    TIME,
    cells,
    errors,
    first,
    kinds,
    packed,
    places,
    refusal,
    relation,
    relations,
    shared,
    workbook,
    worksheet,
    xlsx,
    xlsx_parts,
)


def row(*cells: str, attributes: str = "") -> str:
    return f"<row {attributes}>{''.join(cells)}</row>"


def cell(value: str, kind: str = "n", style: int = 0, address: str = "") -> str:
    where = f' r="{address}"' if address else ""
    return f'<c{where} t="{kind}" s="{style}"><v>{value}</v></c>'


def inline(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def test_each_kind_of_cell_is_what_the_file_says(tmp_path: Path) -> None:
    rows = row(
        cell("87.5"), cell("1", "s"), cell("1", "b"), cell("46022", style=DATE), inline("chữ"),
        cell("2025-12-31", "d"), cell("xyz", "str"), "<c/>",
    )  # fmt: skip
    book = read_book(xlsx(tmp_path, rows, texts=shared("<t>không</t>", "<t>Hộ</t>")))
    assert cells(book) == [["87.5", "Hộ", "true", "2025-12-31", "chữ", "2025-12-31", "xyz"]]
    assert kinds(book) == [["number", "text", "boolean", "date", "text", "date", "text"]]


def test_a_sheet_keeps_its_name_and_its_cells_their_places(tmp_path: Path) -> None:
    book = read_book(xlsx(tmp_path, row(cell("1", address="C4"), attributes='r="4"')))
    assert book.sheets[0].name == "Bảng"
    assert cells(book) == [[""] * 3] * 3 + [["", "", "1"]]
    assert str(book.sheets[0].rows[3][2].place) == "a.xlsx, sheet 'Bảng', C4"
    assert str(book.sheets[0].rows[0][1].place) == "a.xlsx, sheet 'Bảng', B1"


def test_rich_text_is_flattened_and_guides_to_pronunciation_left_out(tmp_path: Path) -> None:
    text = "<r><t>Chữ </t></r><r><rPr><b/></rPr><t>đậm</t></r><rPh><t>phiên âm</t></rPh>"
    assert (
        first(read_book(xlsx(tmp_path, row(cell("0", "s")), texts=shared(text)))).text == "Chữ đậm"
    )
    rows = row(f'<c t="inlineStr"><is>{text}</is></c>')
    assert first(read_book(xlsx(tmp_path, rows))).text == "Chữ đậm"


def test_escaped_characters_are_read(tmp_path: Path) -> None:
    texts = shared("<t>một_x000D_\nhai _x005F_x0041_</t>")
    assert (
        first(read_book(xlsx(tmp_path, row(cell("0", "s")), texts=texts))).text
        == "một\nhai _x0041_"
    )


def test_an_escaped_control_character_is_refused_in_every_cell_that_holds_it(
    tmp_path: Path,
) -> None:
    rows = row(cell("0", "s"), cell("0", "s"))
    assert places(xlsx(tmp_path, rows, texts=shared("<t>a_x0007_</t>"))) == [
        "sheet 'Bảng', A1",
        "sheet 'Bảng', B1",
    ]


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    assert "U+D800" in refusal(xlsx(tmp_path, row(inline("_xD800_")))).what


@pytest.mark.parametrize(
    ("value", "style", "kind", "text"),
    [
        ("0.875", PERCENT, "text", "87,5%"),
        ("87.5", QUOTED_PERCENT, "number", "87.5"),
        ("46022.5", DATE, "date", "2025-12-31"),
        ("46022", MONTH, "date", "2025-12-31"),
    ],
)
def test_how_a_number_is_shown_tells_dates_and_percentages(
    tmp_path: Path, value: str, style: int, kind: str, text: str
) -> None:
    found = first(read_book(xlsx(tmp_path, row(cell(value, style=style)))))
    assert (found.kind, found.text) == (kind, text)


@pytest.mark.parametrize("style", [TIME, DURATION])
def test_a_time_is_refused(tmp_path: Path, style: int) -> None:
    error = refusal(xlsx(tmp_path, row(cell("0.5", style=style))))
    assert error.what == "the cell holds a time of the day or a duration"


def test_days_may_be_counted_from_1904(tmp_path: Path) -> None:
    parts = xlsx_parts(row(cell("44560", style=DATE)))
    properties = '<workbookPr date1904="1"/>'
    parts["xl/workbook.xml"] = workbook(
        '<sheet name="a" sheetId="1" r:id="rId1"/>', properties=properties
    )
    assert first(read_book(packed(tmp_path / "a.xlsx", parts))).text == "2025-12-31"


@pytest.mark.parametrize(
    "formula",
    [
        "<c><f>1+1</f><v>2</v></c>",
        '<c t="str"><f>A2</f><v>x</v></c>',
        '<c><f t="shared" si="0"/><v>2</v></c>',
        '<c><f t="array" ref="A1">x</f></c>',
        "<c><v>2</v><f/></c>",
    ],
)
def test_a_formula_is_refused_whatever_it_gave(tmp_path: Path, formula: str) -> None:
    error = refusal(xlsx(tmp_path, row(formula)))
    assert (error.what, error.where) == ("the cell holds a formula", "a.xlsx, sheet 'Bảng', A1")
    assert "values only" in error.mend


def test_error_values_are_refused(tmp_path: Path) -> None:
    rows = row(cell("#DIV/0!", "e"), cell("#N/A", "str"), cell("1"))
    assert places(xlsx(tmp_path, rows)) == ["sheet 'Bảng', A1", "sheet 'Bảng', B1"]


def test_every_fault_of_every_sheet_is_told(tmp_path: Path) -> None:
    parts = xlsx_parts(row("<c><f>1</f></c>", inline("=1"), inline("x" * (CELL + 1))))
    parts["xl/workbook.xml"] = workbook(
        '<sheet name="a" sheetId="1" r:id="rId1"/><sheet name="b" sheetId="2" r:id="rId9"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = relations(
        relation("worksheet", "worksheets/sheet1.xml", 1),
        relation("worksheet", "worksheets/sheet2.xml", 9),
    )
    parts["xl/worksheets/sheet2.xml"] = worksheet(row(cell("#REF!", "e")))
    assert places(packed(tmp_path / "a.xlsx", parts)) == [
        "sheet 'a', A1",
        "sheet 'a', B1",
        "sheet 'a', C1",
        "sheet 'b', A1",
    ]


def test_a_hidden_row_or_column_with_values_is_refused(tmp_path: Path) -> None:
    rows = row(cell("1"), cell("2"), attributes='hidden="1"') + row(cell("1"), cell("2"))
    rows += row(cell("1"), attributes='hidden="true" r="5"') + row(attributes='hidden="1" r="7"')
    before = '<cols><col min="2" max="3" hidden="1"/></cols>'
    assert places(xlsx(tmp_path, rows, before=before)) == [
        "sheet 'Bảng', row 1",
        "sheet 'Bảng', row 5",
        "sheet 'Bảng', column B",
    ]


def test_no_height_and_no_width_hide_too(tmp_path: Path) -> None:
    rows = row(cell("1"), attributes='ht="0"')
    before = '<cols><col min="1" max="1" width="0.0"/></cols>'
    assert places(xlsx(tmp_path, rows, before=before)) == [
        "sheet 'Bảng', row 1",
        "sheet 'Bảng', column A",
    ]


def test_hidden_rows_and_columns_without_values_are_taken(tmp_path: Path) -> None:
    before = '<cols><col min="2" max="16384" hidden="1"/></cols>'
    rows = row(cell("1")) + row(attributes='hidden="1"') + '<row r="1048576" hidden="1"/>'
    assert cells(read_book(xlsx(tmp_path, rows, before=before))) == [["1"]]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_with_values_is_refused_and_one_without_taken(
    tmp_path: Path, state: str
) -> None:
    assert read_book(xlsx(tmp_path, state=state)).sheets[0].rows == ()
    error = refusal(xlsx(tmp_path, row(cell("1")), state=state))
    assert (error.what, error.where) == (
        "the sheet is hidden and holds values",
        "a.xlsx, sheet 'Bảng'",
    )


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_the_own_sheet_of_a_form_may_be_hidden(tmp_path: Path, state: str) -> None:
    parts = xlsx_parts(row(cell("1"), attributes='hidden="1"'))
    parts["xl/workbook.xml"] = workbook(
        f'<sheet name="_plan155" sheetId="1" state="{state}" r:id="rId1"/>'
    )
    assert cells(read_book(packed(tmp_path / "a.xlsx", parts))) == [["1"]]


def merged(*ranges: str) -> str:
    return (
        "<mergeCells>" + "".join(f'<mergeCell ref="{each}"/>' for each in ranges) + "</mergeCells>"
    )


def test_a_merged_title_in_one_row_and_merged_empty_cells_are_taken(tmp_path: Path) -> None:
    path = xlsx(tmp_path, row(inline("Tiêu đề")), after=merged("A1:XFD1", "A2:C9", "D5"))
    assert cells(read_book(path)) == [["Tiêu đề"]]


@pytest.mark.parametrize("merge", ["A1:A2", "A1:B2", "A2:B2"])
def test_merged_cells_that_hold_values_for_several_rows_or_unseen_ones_are_refused(
    tmp_path: Path, merge: str
) -> None:
    rows = row(inline("a")) + row("<c/>", inline("b"))
    error = refusal(xlsx(tmp_path, rows, after=merged(merge)))
    assert error.what.startswith("merged cells hold values")
    assert error.where.endswith(merge[:2])


def test_a_chart_sheet_is_passed_over(tmp_path: Path) -> None:
    parts = xlsx_parts(row(cell("1")))
    parts["xl/workbook.xml"] = workbook(
        '<sheet name="a" sheetId="1" r:id="rId1"/><sheet name="b" sheetId="2" r:id="rId9"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = relations(
        relation("worksheet", "worksheets/sheet1.xml", 1),
        relation("chartsheet", "chartsheets/sheet1.xml", 9),
    )
    assert [sheet.name for sheet in read_book(packed(tmp_path / "a.xlsx", parts)).sheets] == ["a"]


def test_a_workbook_of_the_strict_kind_is_read(tmp_path: Path) -> None:
    def strict(text: str) -> str:
        return text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    parts = xlsx_parts(row(cell("1", style=PERCENT)))
    changed = {name: strict(str(content)) for name, content in parts.items()}
    assert cells(read_book(packed(tmp_path / "a.xlsx", changed))) == [["100%"]]


def test_a_workbook_without_styles_and_texts_is_read(tmp_path: Path) -> None:
    parts = xlsx_parts(row("<c><v>1</v></c>", inline("a")))
    parts["xl/_rels/workbook.xml.rels"] = relations(relation("worksheet", "worksheets/sheet1.xml"))
    assert cells(read_book(packed(tmp_path / "a.xlsx", parts))) == [["1", "a"]]


def test_elements_of_strange_namespaces_are_passed_over(tmp_path: Path) -> None:
    strange = '<a:c xmlns:a="urn:a" r="A1"><a:v>666</a:v></a:c><c xmlns=""><v>666</v></c>'
    assert cells(read_book(xlsx(tmp_path, row(strange, cell("1"))))) == [["1"]]


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("9", "s")),
        row(cell("x", "s")),
        row(cell("1", style=99)),
        row(cell("1", "??")),
        row(cell("1", address="A")),
        row(cell("1", address="A0")),
        row(cell("1", address="ÄÄ1")),
        row(cell("1", address="A2"), attributes='r="1"'),
        row(cell("1", address="A1"), cell("2", address="A1")),
        row(attributes='r="0"'),
        row(attributes='r="x"'),
        row(attributes='r="99999999999"'),
    ],
)
def test_cells_that_do_not_hang_together_are_refused_as_damage(tmp_path: Path, rows: str) -> None:
    error = refusal(xlsx(tmp_path, rows))
    assert error.what.startswith("the file is damaged: ")
    assert "save it anew" in error.mend


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", None),
        ("xl/workbook.xml", None),
        ("xl/styles.xml", None),
        ("_rels/.rels", None),
        ("_rels/.rels", relations()),
        (
            "_rels/.rels",
            relations(relation("officeDocument", "a"), relation("officeDocument", "b", 2)),
        ),
        ("xl/_rels/workbook.xml.rels", relations()),
        ("xl/workbook.xml", workbook("")),
        ("xl/workbook.xml", workbook('<sheet name="" sheetId="1" r:id="rId1"/>')),
        ("xl/workbook.xml", workbook('<sheet name="a" r:id="rId1"/><sheet name="A" r:id="rId1"/>')),
        ("xl/worksheets/sheet1.xml", "no markup"),
        ("xl/worksheets/sheet1.xml", ""),
        ("xl/worksheets/sheet1.xml", worksheet("", after=merged("A1:"))),
        ("xl/worksheets/sheet1.xml", worksheet("", before='<cols><col hidden="1"/></cols>')),
    ],
)
def test_parts_that_are_missing_or_broken_are_refused_as_damage(
    tmp_path: Path, part: str, content: str | None
) -> None:
    parts = xlsx_parts()
    if content is None:
        del parts[part]
    else:
        parts[part] = content
    if part.endswith("sheet1.xml") and content and 'ref="A1:"' in content:
        assert read_book(packed(tmp_path / "a.xlsx", parts))  # a range of one cell
        return
    assert refusal(packed(tmp_path / "a.xlsx", parts)).what.startswith("the file is damaged: ")


def test_too_many_sheets_are_refused(tmp_path: Path) -> None:
    parts = xlsx_parts()
    many = "".join(f'<sheet name="{each}" r:id="rId1"/>' for each in range(101))
    parts["xl/workbook.xml"] = workbook(many)
    assert refusal(packed(tmp_path / "a.xlsx", parts)).what == "the file has more than 100 sheets"


def test_what_was_found_before_the_damage_is_told_too(tmp_path: Path) -> None:
    rows = row("<c><f>1</f></c>") + row(attributes='r="x"')
    assert [error.what[:20] for error in errors(xlsx(tmp_path, rows))] == [
        "the cell holds a for",
        "the file is damaged:",
    ]


def test_number_formats_beyond_what_excel_allows_are_refused(tmp_path: Path) -> None:
    long = f'<numFmt numFmtId="200" formatCode="{"[" * 256}"/></numFmts>'
    parts = xlsx_parts()
    parts["xl/styles.xml"] = STYLES.replace("</numFmts>", long)
    assert "number format" in refusal(packed(tmp_path / "a.xlsx", parts)).what
    parts["xl/styles.xml"] = STYLES.replace("</cellXfs>", "<xf/>" * 65_536 + "</cellXfs>")
    assert refusal(packed(tmp_path / "a.xlsx", parts)).what == "the file has far too many formats"


@pytest.mark.parametrize("name", ["x" * 101, "a&#9;b", "\u202ea"])
def test_a_name_that_no_person_gives_a_sheet_is_refused(tmp_path: Path, name: str) -> None:
    parts = xlsx_parts()
    parts["xl/workbook.xml"] = workbook(f'<sheet name="{name}" sheetId="1" r:id="rId1"/>')
    assert "a sheet cannot have the name" in refusal(packed(tmp_path / "a.xlsx", parts)).what
