"""Which format a file is in, by its content; and whether its name says the same."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final, Literal, TypeAlias

from analysis.errors import UserError
from analysis.intake.reading.archive import PASSWORD, Archive
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import Fault, damaged, quoted
from analysis.intake.reading.hazards import MACROS
from analysis.intake.reading.xlsx_parts import CONTENT_TYPES, content_types

Format: TypeAlias = Literal["csv", "xlsx", "ods"]

ENDINGS: Final[dict[str, Format]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".ods": "ods",
}
_NAMES: Final[dict[Format, str]] = {
    "csv": "text (CSV)",
    "xlsx": "an Excel workbook (XLSX)",
    "ods": "an OpenDocument spreadsheet (ODS)",
}
_SAVE_AS: Final = "open it in Excel or LibreOffice and save it as .xlsx, .ods or CSV UTF-8"
_SEND_TABLE: Final = "copy the table into a spreadsheet and save it as .xlsx, .ods or CSV UTF-8"

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: Final = (
    (b"%PDF", "a PDF document", _SEND_TABLE),
    (b"{\\rtf", "a rich text document", _SEND_TABLE),
    (b"\x89PNG", "a picture", _SEND_TABLE),
    (b"\xff\xd8\xff", "a picture", _SEND_TABLE),
    (b"GIF8", "a picture", _SEND_TABLE),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file", "unpack it first"),
    (b"Rar!", "a compressed file", "unpack it first"),
    (b"\x7fELF", "a program", "name the file with the table"),
    (b"MZ\x90", "a program", "name the file with the table"),
)
_MARKUP: Final = (b"<?xml", b"<!doctype", b"<html", b"<table", b"<meta", b"<head", b"<body")
_ODF: Final = "application/vnd.oasis.opendocument."


def is_archive(data: bytes, desk: Desk) -> bool:
    """Tell whether the bytes are those of an archive; otherwise they are text.

    Raises
    ------
    UserError
        If they are neither, but something known that is no table or no longer taken.
    """
    if data.startswith(_ZIP):
        return True
    if data.startswith(_OLE):
        raise _compound(data).at(desk.file)
    for start, what, mend in _FOREIGN:
        if data.startswith(start):
            raise UserError(f"the file is {what}, not a table", desk.file, mend)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower().startswith(_MARKUP):
        what = "the file is a web page or markup, whatever its name says"
        raise UserError(what, desk.file, _SAVE_AS)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        what = "the file is no text, or it is UTF-16 without a byte order mark"
        raise UserError(what, desk.file, _SAVE_AS)
    return False


def _compound(data: bytes) -> Fault:
    """Return what is wrong with a file in the container of Microsoft's formats of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PASSWORD
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return Fault("the file is an Excel workbook of before 2007 (.xls)", _SAVE_AS)
    return Fault("the file is a document of before 2007, not a workbook", _SEND_TABLE)


def format_of(archive: Archive, desk: Desk) -> Format:
    """Tell which kind of workbook an archive is.

    Raises
    ------
    UserError
        If it is none, or two at once.
    """
    has_types, has_mimetype = CONTENT_TYPES in archive, "mimetype" in archive
    if has_types and has_mimetype:
        raise damaged(desk.file, "it is a workbook of two formats at once")
    if has_types:
        return _office_format(archive, desk)
    if has_mimetype:
        return _open_document(archive, desk)
    what = "the file is an archive, not a workbook"
    raise UserError(what, desk.file, "unpack it and name the files in it")


def _office_format(archive: Archive, desk: Desk) -> Format:
    types = content_types(archive, desk)
    if any("spreadsheetml.sheet.main" in each for each in types):
        return "xlsx"
    if any("sheet.macroEnabled.main" in each for each in types):
        desk.faults.add(Fault("the file is a workbook with macros (.xlsm)", MACROS))
        return "xlsx"
    if any("sheet.binary" in each or "template" in each for each in types):
        what = "the file is a binary workbook (.xlsb) or a template"
        raise UserError(what, desk.file, _SAVE_AS)
    what = "the file is an Office document, not a workbook"
    raise UserError(what, desk.file, _SEND_TABLE)


def _open_document(archive: Archive, desk: Desk) -> Format:
    start = b"".join(archive.chunks("mimetype"))[:100].decode("latin-1").strip()
    if start == f"{_ODF}spreadsheet":
        return "ods"
    if start == f"{_ODF}spreadsheet-template":
        raise UserError("the file is a template", desk.file, _SAVE_AS)
    what = f"the file is no spreadsheet but {quoted(start)}"
    raise UserError(what, desk.file, _SEND_TABLE)


def check_name(name: str, found: Format, desk: Desk) -> None:
    """Note it if the name says another format than the content; a name may also say none."""
    ending = PurePath(name).suffix.lower()
    if not ending or ENDINGS.get(ending) == found:
        return
    what = f"the name ends in {quoted(ending)}, but the content is {_NAMES[found]}"
    mend = f"make sure that it is the right file and rename it to {_ending(found)}"
    desk.faults.add(Fault(what, mend))


def _ending(found: Format) -> str:
    return next(ending for ending, each in ENDINGS.items() if each == found)
