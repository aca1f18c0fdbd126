from __future__ import annotations

from pathlib import Path

import pytest

from analysis.intake.reading import read_book
from analysis.intake.reading.faults import quoted
from tests.intake.reading.builders import (
    CONTENT_TYPES,
    RELATIONS,
    cells,
    errors,
    ods_cell,
    ods_content,
    ods_parts,
    ods_row,
    ods_table,
    ods_text,
    packed,
    refusal,
    relation,
    relations,
    xlsx_parts,
)

MACROS, LINKS, DATA = "macros", "links to other files", "connections to other data"
EMBEDDED = "embedded objects or controls"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("xl/vbaProject.bin", MACROS),
        ("xl/macrosheets/sheet1.xml", MACROS),
        ("xl/dialogsheets/sheet1.xml", MACROS),
        ("xl/externalLinks/externalLink1.xml", LINKS),
        ("xl/connections.xml", DATA),
        ("xl/queryTables/queryTable1.xml", DATA),
        ("xl/embeddings/oleObject1.bin", EMBEDDED),
        ("xl/activeX/activeX1.bin", EMBEDDED),
        ("xl/ctrlProps/ctrlProp1.xml", EMBEDDED),
        ("XL/EMBEDDINGS/a.docx", EMBEDDED),
    ],
)
def test_a_part_that_a_table_does_not_need_is_refused(tmp_path: Path, name: str, what: str) -> None:
    error = refusal(packed(tmp_path / "a.xlsx", xlsx_parts() | {name: "<a/>"}))
    assert error.what == f"the file carries {what} ('/{name}')"
    assert error.mend


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("application/vnd.ms-office.vbaProject", MACROS),
        ("application/vnd.ms-excel.intlmacrosheet+xml", MACROS),
        ("application/vnd.openxmlformats-officedocument.oleObject", EMBEDDED),
        ("application/vnd.ms-office.activeX", EMBEDDED),
    ],
)
def test_a_renamed_part_is_told_by_its_type(tmp_path: Path, kind: str, what: str) -> None:
    types = f'<Override PartName="/a.xml" ContentType="{kind}"/></Types>'
    parts = xlsx_parts() | {"a.xml": "<a/>"}
    parts["[Content_Types].xml"] = CONTENT_TYPES.replace("</Types>", types)
    assert refusal(packed(tmp_path / "a.xlsx", parts)).what == f"the file carries {what} ({kind!r})"


def test_a_type_of_which_there_is_no_part_does_no_harm(tmp_path: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.oleObject"
    default = f'<Default Extension="bin" ContentType="{kind}"/></Types>'
    parts = xlsx_parts("<row><c><v>1</v></c></row>")
    parts["[Content_Types].xml"] = CONTENT_TYPES.replace("</Types>", default)
    assert cells(read_book(packed(tmp_path / "a.xlsx", parts))) == [["1"]]
    assert EMBEDDED in refusal(packed(tmp_path / "a.xlsx", parts | {"xl/a.bin": "a"})).what


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("oleObject", EMBEDDED),
        ("package", EMBEDDED),
        ("control", EMBEDDED),
        ("externalLink", LINKS),
        ("vbaProject", MACROS),
        ("connections", DATA),
    ],
)
def test_a_renamed_part_is_told_by_its_relation(tmp_path: Path, kind: str, what: str) -> None:
    related = relations(relation(kind, "../a.xml"))
    parts = xlsx_parts() | {"xl/worksheets/_rels/sheet1.xml.rels": related}
    error = refusal(packed(tmp_path / "a.xlsx", parts))
    assert error.what == f"the file carries {what} ({quoted(f'{RELATIONS}/{kind}')})"


def test_a_reference_to_the_outside_is_refused_unless_it_is_an_address(tmp_path: Path) -> None:
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    link = relations(relation("hyperlink", "https://a.vn/", mode="External"))
    assert read_book(packed(tmp_path / "a.xlsx", xlsx_parts() | {name: link}))
    image = relations(relation("image", "https://a.vn/a.png", mode="External"))
    error = refusal(packed(tmp_path / "a.xlsx", xlsx_parts() | {name: image}))
    assert error.what == "the file refers to 'https://a.vn/a.png' outside it"


def test_all_hazards_are_told_with_the_faults_of_the_cells(tmp_path: Path) -> None:
    parts = xlsx_parts("<row><c><f>1</f></c></row>")
    parts |= {"xl/vbaProject.bin": b"a", "xl/externalLinks/externalLink1.xml": "<a/>"}
    assert [error.what.split(" (")[0] for error in errors(packed(tmp_path / "a.xlsx", parts))] == [
        "the file carries macros",
        "the file carries links to other files",
        "the cell holds a formula",
    ]


def test_what_ordinary_workbooks_carry_is_taken(tmp_path: Path) -> None:
    ordinary = [
        "docProps/core.xml",
        "customXml/item1.xml",
        "xl/printerSettings/printerSettings1.bin",
        "xl/drawings/drawing1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/comments1.xml",
        "xl/charts/chart1.xml",
        "xl/media/image1.png",
        "xl/tables/table1.xml",
        "xl/theme/theme1.xml",
        "xl/calcChain.xml",
    ]
    parts = xlsx_parts("<row><c><v>1</v></c></row>") | dict.fromkeys(ordinary, "<a/>")
    assert cells(read_book(packed(tmp_path / "a.xlsx", parts))) == [["1"]]


# OpenDocument


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Basic/Standard/Module1.xml", MACROS),
        ("Scripts/python/a.py", MACROS),
        ("Object 1/content.xml", EMBEDDED),
        ("ObjectReplacements/Object 1", EMBEDDED),
    ],
)
def test_a_member_that_a_table_does_not_need_is_refused(
    tmp_path: Path, name: str, what: str
) -> None:
    parts = ods_parts(ods_content(ods_table(""))) | {name: "a"}
    assert refusal(packed(tmp_path / "a.ods", parts)).what == f"the file carries {what} ({name!r})"


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<draw:object/>", EMBEDDED),
        ("<draw:object-ole/>", EMBEDDED),
        ("<draw:plugin/>", EMBEDDED),
        ("<form:form/>", EMBEDDED),
        ("<table:table-source/>", LINKS),
        ("<table:cell-range-source/>", LINKS),
        ("<table:dde-link/>", LINKS),
        ("<office:dde-source/>", LINKS),
        ("<script:event-listener/>", MACROS),
        ('<draw:image xlink:href="https://a.vn/a.png"/>', "links to pictures elsewhere"),
    ],
)
def test_an_element_that_a_table_does_not_need_is_refused_wherever_it_is(
    tmp_path: Path, markup: str, what: str
) -> None:
    for content in (
        ods_content(ods_table(f"<table:shapes><draw:frame>{markup}</draw:frame></table:shapes>")),
        ods_content(ods_table(ods_row(ods_cell(f"<a>{markup}{markup}</a>")))),
        ods_content(markup + ods_table("")),
    ):
        error = refusal(packed(tmp_path / "a.ods", ods_parts(content)))
        assert error.what == f"the file carries {what}"


def test_a_script_is_refused(tmp_path: Path) -> None:
    before = "<office:scripts><office:script/></office:scripts>"
    path = packed(tmp_path / "a.ods", ods_parts(ods_content(ods_table(""), before=before)))
    assert refusal(path).what == "the file carries macros"


def test_what_ordinary_spreadsheets_carry_is_taken(tmp_path: Path) -> None:
    ordinary = [
        "Configurations2/accelerator/current.xml",
        "Thumbnails/thumbnail.png",
        "Pictures/a.png",
        "meta.xml",
        "styles.xml",
        "Basic/",
    ]
    row = ods_row(ods_text('<text:a xlink:href="https://a.vn/">a</text:a>'))
    shape = '<table:shapes><draw:image xlink:href="Pictures/a.png"/></table:shapes>'
    content = ods_content(ods_table(shape + row), before="<office:scripts/>")
    path = packed(tmp_path / "a.ods", ods_parts(content) | dict.fromkeys(ordinary, "<a/>"))
    assert cells(read_book(path)) == [["a"]]
