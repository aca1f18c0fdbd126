"""Rules on texts: their bytes, their characters, and that both languages are there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from analysis.package.raw import BOM, RawPackage, RawTable
from analysis.package.rules.rule import Outcomes, Problem, rule

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b\ufeff]")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_DASHES = re.compile(r"-+")
_LIST_ITEM = re.compile(r"[-+]\s*[^\W\d_][^=|!]*")

FORMULA_MARKS = ("=", "+", "-", "@")


def is_verbatim(column: str) -> bool:
    """Return whether a column holds text as printed or collected, which must not be altered."""
    return column.endswith("_source") or column == "text"


def starts_formula(text: str, verbatim: bool) -> bool:
    """Return whether a spreadsheet could take a cell for a formula.

    That is a cell that begins with ``=``, ``+``, ``-`` or ``@`` and is not a number. In a column
    of printed text two things pass, since the print must not be altered and neither can call
    anything: dashes alone (the plan's sign for "none"), and a list item, that is one dash or plus
    sign before words which contain no ``=``, ``|`` or ``!``.
    """
    if not text.startswith(FORMULA_MARKS) or _NUMBER.fullmatch(text):
        return False
    allowed = _DASHES.fullmatch(text) or _LIST_ITEM.fullmatch(text)
    return not (verbatim and allowed)


def has_control(text: str, verbatim: bool) -> bool:
    """Return whether a cell holds a control or invisible character; text as printed has lines."""
    return _CONTROL.search(text.replace("\n", "") if verbatim else text) is not None


def _cells(raw: RawPackage, bad: Callable[[str, str], bool], what: str, mend: str) -> Outcomes:
    """Yield one outcome for each filled cell."""
    for row in raw.all_rows():
        for column, text in row.cells.items():
            if text:
                yield Problem(row.at(column), what, mend) if bad(column, text) else None


@rule("text-nfc", vi="Chữ ở dạng Unicode dựng sẵn (NFC)", en="Text is in Unicode form NFC")
def text_nfc(raw: RawPackage) -> Outcomes:
    """Look at every filled cell."""
    yield from _cells(
        raw,
        lambda _, text: not unicodedata.is_normalized("NFC", text),
        "letters are composed of several characters (not NFC)",
        'normalise the text: unicodedata.normalize("NFC", text)',
    )


@rule(
    "no-formula",
    vi="Không ô nào bị bảng tính hiểu là công thức",
    en="No cell looks like a formula to a spreadsheet",
)
def no_formula(raw: RawPackage) -> Outcomes:
    """Look at every filled cell; see :func:`starts_formula`."""
    yield from _cells(
        raw,
        lambda column, text: starts_formula(text, is_verbatim(column)),
        "the cell begins like a formula",
        "begin the text with a letter or a digit",
    )


@rule(
    "no-control-characters",
    vi="Không có ký tự điều khiển, tab hay ký tự vô hình trong ô",
    en="No control characters, tabs or invisible characters in cells",
)
def no_control_characters(raw: RawPackage) -> Outcomes:
    """Look at every filled cell; only printed text may hold line breaks (as printed)."""
    yield from _cells(
        raw,
        lambda column, text: has_control(text, is_verbatim(column)),
        "the cell holds a control or invisible character",
        "remove it, or put a space in its place",
    )


@rule(
    "file-form",
    vi="Tệp là UTF-8 không BOM, xuống dòng LF, kết thúc bằng xuống dòng",
    en="Files are UTF-8 without byte order mark, with LF line ends and a last line end",
)
def file_form(raw: RawPackage) -> Outcomes:
    """Look at the bytes of every file."""
    for name, data in raw.files.items():
        faults = []
        if data.startswith(BOM):
            faults.append("begins with a byte order mark")
        if b"\r" in data:
            faults.append("has carriage returns")
        if not data.endswith(b"\n"):
            faults.append("does not end with a line end")
        what, mend = "the file " + " and ".join(faults), "save as UTF-8 without BOM, line ends LF"
        yield Problem(raw.tables[name].path, what, mend) if faults else None


@rule(
    "bilingual-cells",
    vi="Ô tiếng Việt và ô tiếng Anh cùng có hoặc cùng trống",
    en="Vietnamese and English cells are both filled or both empty",
)
def bilingual_cells(raw: RawPackage) -> Outcomes:
    """Look at every pair of columns ``…_vi`` and ``…_en``."""
    for table in raw.tables.values():
        for vi, en in _pairs(table):
            for row in table.rows:
                missing = vi if row[en] and not row[vi] else en
                what = f"{missing} is empty beside a filled text"
                lacks = bool(row[vi]) != bool(row[en])
                yield Problem(row.at(missing), what, "translate the text") if lacks else None


def _pairs(table: RawTable) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        other = column.removesuffix("_vi") + "_en"
        if column.endswith("_vi") and other in table.columns:
            yield column, other


RULES = (text_nfc, no_formula, no_control_characters, file_form, bilingual_cells)
