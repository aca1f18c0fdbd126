"""Small workbooks written part by part, so that a test can say what no program would write."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from analysis.errors import UserError, UserErrors
from analysis.intake.model import Book, Cell
from analysis.intake.reading import read_book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

CONTENT_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="text/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/></Types>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="3">'
    '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="166" formatCode="0&quot;%&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="20"/>'
    '<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="17"/></cellXfs></styleSheet>'
)
GENERAL, DATE, PERCENT, TIME, DURATION, QUOTED_PERCENT, MONTH = range(7)
"""The cell formats of :data:`STYLES`."""


def relation(kind: str, target: str, number: int = 1, *, mode: str = "") -> str:
    external = f' TargetMode="{mode}"' if mode else ""
    where = f'Type="{RELATIONS}/{kind}" Target="{target}"{external}'
    return f'<Relationship Id="rId{number}" {where}/>'


def relations(*entries: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(entries)}</Relationships>'


def worksheet(rows: str, *, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def shared(*texts: str) -> str:
    items = "".join(f"<si>{text}</si>" for text in texts)
    return f'<sst xmlns="{MAIN}">{items}</sst>'


def workbook(sheets: str, *, properties: str = "") -> str:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def xlsx_parts(
    rows: str = "", *, before: str = "", after: str = "", state: str = "visible", texts: str = ""
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet named ``Bảng``."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(relation("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(
            f'<sheet name="Bảng" sheetId="1" state="{state}" r:id="rId1"/>'
        ),
        "xl/_rels/workbook.xml.rels": relations(
            relation("worksheet", "worksheets/sheet1.xml", 1),
            relation("styles", "styles.xml", 2),
            relation("sharedStrings", "/xl/sharedStrings.xml", 3),
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": texts or shared(),
        "xl/worksheets/sheet1.xml": worksheet(rows, before=before, after=after),
    }


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{ODF}{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "draw": "drawing",
        "form": "form",
        "script": "script",
    }.items()
)
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def ods_content(tables: str, *, styles: str = "", before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>'
        f"<office:document-content {NAMESPACES} {XLINK}>{before}"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        f"</office:document-content>"
    )


def ods_table(rows: str, name: str = "Bảng", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def ods_row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def ods_cell(text: str = "", attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def ods_text(text: str, attributes: str = "") -> str:
    return ods_cell(text, f'office:value-type="string" {attributes}')


def ods_number(value: str, attributes: str = "") -> str:
    return ods_cell(value, f'office:value-type="float" office:value="{value}" {attributes}')


def ods_parts(content: str) -> dict[str, str | bytes]:
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{ODF}manifest:1.0"/>',
    }


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write parts as an archive."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return path


def xlsx(folder: Path, rows: str = "", **parts: str) -> Path:
    """Write a workbook of one sheet; see :func:`xlsx_parts`."""
    return packed(folder / "a.xlsx", xlsx_parts(rows, **parts))


def ods(folder: Path, rows: str, *, columns: str = "", style: str = "", styles: str = "") -> Path:
    """Write a spreadsheet of one sheet named ``Bảng``."""
    content = ods_content(ods_table(columns + rows, style=style), styles=styles)
    return packed(folder / "a.ods", ods_parts(content))


def text_file(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def crc(data: bytes) -> int:
    return zlib.crc32(data) & 0xFFFFFFFF


def cells(book: Book, sheet: int = 0) -> list[list[str]]:
    """Each cell's text."""
    return [[cell.text for cell in row] for row in book.sheets[sheet].rows]


def kinds(book: Book, sheet: int = 0) -> list[list[str]]:
    return [[cell.kind for cell in row] for row in book.sheets[sheet].rows]


def first(book: Book) -> Cell:
    """The cell in the upper left corner."""
    return book.sheets[0].rows[0][0]


def errors(path: Path) -> list[UserError]:
    """The errors with which a file is refused."""
    with pytest.raises((UserError, UserErrors)) as caught:
        read_book(path)
    return list(getattr(caught.value, "errors", [caught.value]))


def refusal(path: Path) -> UserError:
    """The only error with which a file is refused."""
    (error,) = errors(path)
    return error


def places(path: Path) -> list[str]:
    """Where a file is refused, without its name."""
    return [error.where.partition(", ")[2] for error in errors(path)]
