"""The form's record of itself: a hidden sheet by which a changed form is noticed.

It says for whom, for which year and from which data the form was made, and what stands in which
row. The digests tell a slip of the hand; they are no seal against anybody.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.intake.forms.layout import COLUMNS
from analysis.intake.model import Book, Finding, Place, Sheet

SHEET: Final = "_plan155"
LAYOUT: Final = "plan155-form"
VERSION: Final = "1"

KINDS: Final = ("source", "heads", "way", "values", "tasks")

_HEADER: Final = (
    "layout", "version", "agency_id", "year", "data_version", "data_sha256", "checksum",
)  # fmt: skip
_LINE: Final = ("kind", "sheet", "row", "key", "unit", "digest")
_NUMBER: Final = re.compile("[1-9][0-9]{0,5}")
_NEW_FORM: Final = "make a new form with `plan155 form` and copy the figures into it"


@dataclass(frozen=True)
class Line:
    """What stands in one row of the form.

    Attributes
    ----------
    kind
        One of :data:`KINDS`: a cell of the common source, the heads of columns, a line between
        rows that says how they came, a row of the values, a row of the tasks.
    sheet, row
        Where, the row counted from 1.
    key
        A field of the source, the sheet of the heads, a series' or a task's id.
    unit
        The unit in which a value is asked for, as the collected layout writes it.
    digest
        Of what the row tells (see :func:`digest`).
    """

    kind: str
    sheet: str
    row: int
    key: str
    unit: str
    digest: str

    def cells(self) -> tuple[str, ...]:
        """Return the line as cells."""
        return (self.kind, self.sheet, str(self.row), self.key, self.unit, self.digest)


@dataclass(frozen=True)
class Record:
    """What a form knows of itself."""

    agency_id: str
    year: int
    data_version: str
    data_sha256: str
    lines: tuple[Line, ...]

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Give the rows of the hidden sheet, all cells texts."""
        told = (LAYOUT, VERSION, *self._told())
        yield from zip(_HEADER, (*told, self._checksum()), strict=True)
        yield _LINE
        yield from (line.cells() for line in self.lines)

    def _told(self) -> tuple[str, ...]:
        return (self.agency_id, str(self.year), self.data_version, self.data_sha256)

    def _checksum(self) -> str:
        return digest([*self._told(), *(cell for line in self.lines for cell in line.cells())])

    def of(self, kind: str) -> list[Line]:
        """Return the lines of one kind."""
        return [line for line in self.lines if line.kind == kind]


def digest(texts: Iterable[str]) -> str:
    """Return a short digest of texts; how their blanks and line ends are made does not matter."""
    joined = "\x1f".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def is_form(book: Book) -> bool:
    """Tell whether a file was made as a form."""
    return book.sheet(SHEET) is not None


def read_record(book: Book) -> Record | Finding:
    """Read a form's record of itself.

    Returns
    -------
    Record or Finding
        The record; else what is wrong with it, an error.
    """
    sheet = book.sheet(SHEET)
    if sheet is None:
        return _fault(book, "not-a-form", f"the file has no sheet {SHEET}: it is no form of ours")
    told = _told(sheet)
    if (told["layout"], told["version"]) != (LAYOUT, VERSION):
        named = " ".join(filter(None, (told["layout"], told["version"])))
        what = f"the form is of layout {named!r}, not {LAYOUT} {VERSION}"
        return _fault(book, "other-layout", what)
    record = _record(told, sheet)
    if record is None or record._checksum() != told["checksum"]:
        return _fault(book, "record-changed", f"the hidden sheet {SHEET} was changed")
    return record


def _fault(book: Book, code: str, what: str) -> Finding:
    return Finding(code, "error", what, Place(book.file, SHEET), _NEW_FORM)


def _told(sheet: Sheet) -> dict[str, str]:
    rows = [_texts(row, 2) for row in _rows(sheet)[: len(_HEADER)]]
    given = {row[0]: row[1] for row in rows}
    return {name: given.get(name, "") for name in _HEADER}


def _record(told: dict[str, str], sheet: Sheet) -> Record | None:
    rows = [_texts(row, len(_LINE)) for row in _rows(sheet)[len(_HEADER) + 1 :]]
    lines = [row for row in rows if row[0]]
    if not (_NUMBER.fullmatch(told["year"]) and all(map(_is_line, lines))):
        return None
    return Record(
        told["agency_id"],
        int(told["year"]),
        told["data_version"],
        told["data_sha256"],
        tuple(Line(row[0], row[1], int(row[2]), *row[3:]) for row in lines),
    )


def _is_line(row: Sequence[str]) -> bool:
    kind, _, number, key = row[:4]
    known = kind in KINDS and (kind != "heads" or key in COLUMNS)
    return known and _NUMBER.fullmatch(number) is not None


def _rows(sheet: Sheet) -> Sequence[Sequence[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def _texts(row: Sequence[str], length: int) -> tuple[str, ...]:
    return (*row, *([""] * length))[:length]
