from __future__ import annotations

from pathlib import Path

import pytest

from analysis.intake.reading import read_book
from tests.intake.reading.builders import (
    CONTENT_TYPES,
    errors,
    ods_content,
    ods_parts,
    ods_row,
    ods_table,
    ods_text,
    packed,
    refusal,
    text_file,
    xlsx_parts,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ODS_PARTS = ods_parts(ods_content(ods_table(ods_row(ods_text("a")))))


@pytest.mark.parametrize("name", ["a.csv", "A.CSV", "a.txt", "no_ending"])
def test_text_is_told_by_its_content(tmp_path: Path, name: str) -> None:
    assert read_book(text_file(tmp_path, "a,b\n", name)).format == "csv"


@pytest.mark.parametrize("name", ["a.xlsx", "báo cáo.XLSX", "no_ending"])
def test_a_workbook_is_told_by_its_content(tmp_path: Path, name: str) -> None:
    assert read_book(packed(tmp_path / name, xlsx_parts())).format == "xlsx"


@pytest.mark.parametrize("name", ["a.ods", "no_ending"])
def test_an_open_document_is_told_by_its_content(tmp_path: Path, name: str) -> None:
    assert read_book(packed(tmp_path / name, ODS_PARTS)).format == "ods"


@pytest.mark.parametrize(
    ("name", "parts", "found"),
    [
        ("a.csv", xlsx_parts(), "an Excel workbook (XLSX)"),
        ("a.xls", xlsx_parts(), "an Excel workbook (XLSX)"),
        ("a.xlsm", xlsx_parts(), "an Excel workbook (XLSX)"),
        ("a.ods", xlsx_parts(), "an Excel workbook (XLSX)"),
        ("a.xlsx", ODS_PARTS, "an OpenDocument spreadsheet (ODS)"),
    ],
)
def test_a_name_that_lies_about_a_workbook_is_refused(
    tmp_path: Path, name: str, parts: dict[str, str | bytes], found: str
) -> None:
    ending = Path(name).suffix
    error = refusal(packed(tmp_path / name, parts))
    assert error.what == f"the name ends in {ending!r}, but the content is {found}"


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.json", "a.csv.bak"])
def test_a_name_that_lies_about_text_is_refused(tmp_path: Path, name: str) -> None:
    error = refusal(text_file(tmp_path, "a,b\n", name))
    assert error.what.endswith("but the content is text (CSV)")
    assert error.mend.endswith("rename it to .csv")


def test_a_name_that_lies_is_told_with_the_faults_of_the_cells(tmp_path: Path) -> None:
    assert len(errors(text_file(tmp_path, "a,=1\n", "a.xlsx"))) == 2


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (OLE + utf16("EncryptedPackage"), "the file is protected by a password"),
        (OLE + utf16("Workbook"), "the file is an Excel workbook of before 2007 (.xls)"),
        (OLE + utf16("Book"), "the file is an Excel workbook of before 2007 (.xls)"),
        (OLE + utf16("WordDocument"), "the file is a document of before 2007, not a workbook"),
        (b"%PDF-1.7", "the file is a PDF document, not a table"),
        (b"\x89PNG\r\n", "the file is a picture, not a table"),
        (b"\xff\xd8\xff\xe0", "the file is a picture, not a table"),
        (b"\x1f\x8b\x08", "the file is a compressed file, not a table"),
        (b"\x7fELF\x02", "the file is a program, not a table"),
        (b"{\\rtf1", "the file is a rich text document, not a table"),
        (b"<html><table>", "the file is a web page or markup, whatever its name says"),
        (
            b"\xef\xbb\xbf <!DOCTYPE html>",
            "the file is a web page or markup, whatever its name says",
        ),
        (b"<?xml version='1.0'?>", "the file is a web page or markup, whatever its name says"),
    ],
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_other_formats_are_refused_by_their_names(
    tmp_path: Path, content: bytes, what: str, name: str
) -> None:
    error = refusal(text_file(tmp_path, content, name))
    assert error.what == what
    assert error.mend


def with_type(kind: str) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": CONTENT_TYPES.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind
        )
    }


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"a.txt": "a"}, "the file is an archive, not a workbook"),
        ({}, "the file is an archive, not a workbook"),
        (
            {"mimetype": "application/vnd.oasis.opendocument.text"},
            "the file is no spreadsheet but 'application/vnd.oasis.opendocument.text'",
        ),
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet-template"},
            "the file is a template",
        ),
        (
            with_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            "the file is an Office document, not a workbook",
        ),
        (
            with_type("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
            "the file is a binary workbook (.xlsb) or a template",
        ),
        (
            xlsx_parts() | ODS_PARTS,
            "the file is damaged: it is a workbook of two formats at once",
        ),
    ],
)
def test_other_archives_are_refused_by_their_names(
    tmp_path: Path, parts: dict[str, str | bytes], what: str
) -> None:
    assert refusal(packed(tmp_path / "a.xlsx", parts)).what == what


def test_a_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    parts = xlsx_parts() | with_type("application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    told = errors(packed(tmp_path / "a.xlsm", parts))
    assert "the file is a workbook with macros (.xlsm)" in [error.what for error in told]
    assert {"save it as a workbook without macros (.xlsx or .ods)"} < {each.mend for each in told}
