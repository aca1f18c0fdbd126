"""What passes between the steps of the intake: cells, entries, and what was found about them.

A file becomes a :class:`Book` of cells; its layout makes :class:`Entry` and :class:`TaskEntry`
rows of the cells, all of them text as the collected layout writes it, each with the place where it
stands; the checks say what they find as :class:`Finding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from analysis.errors import UserError

if TYPE_CHECKING:
    from analysis.observe.rows import Row

Kind = Literal["empty", "text", "number", "date", "boolean"]
Severity = Literal["error", "question", "warning", "notice"]

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "question", "warning", "notice")
"""Worst first. An error refuses the whole file. A question must be answered before the file is
taken: the cell can be read in two ways. A warning must be confirmed. A notice is only told."""


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in a file.

    Parameters
    ----------
    file
        The file's own name, without its folder.
    sheet
        The sheet of a workbook; empty for a text file.
    row, column
        Counted from 1; 0 where the whole sheet, row or column is meant.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it: ``F12``; ``row 12`` or ``column F`` without it."""
        letters = _letters(self.column)
        if self.row and self.column:
            return f"{letters}{self.row}"
        if self.row:
            return f"row {self.row}"
        return f"column {letters}" if self.column else ""

    def __str__(self) -> str:
        sheet = f"sheet {self.sheet!r}" if self.sheet else ""
        return ", ".join(filter(None, (self.file, sheet, self.cell)))


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class Cell:
    """One cell as the file holds it.

    Parameters
    ----------
    kind
        What the file says the cell is. A number typed as text is text.
    text
        Text in NFC without blanks at its ends; for a number its shortest exact decimal writing
        (``87.5``, ``8200``), for a date ``2025-12-31``, for a boolean ``true`` or ``false``.
    number, day
        The value of a number or date.
    """

    place: Place
    kind: Kind = "empty"
    text: str = ""
    number: Decimal | None = None
    day: date | None = None


@dataclass(frozen=True)
class Sheet:
    """One sheet: all its rows, every one as long as the longest; empty rows are kept."""

    name: str
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Book:
    """A file as read; nothing in it is understood yet.

    Parameters
    ----------
    file
        The file's own name.
    format
        ``csv``, ``xlsx`` or ``ods``.
    sha256
        Digest of the file's bytes, in hexadecimal.
    """

    file: str
    format: str
    sha256: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of this name; ``None`` if there is none."""
        return next((one for one in self.sheets if one.name == name), None)


@dataclass(frozen=True)
class Placed:
    """A row of text, and where each of its cells stands.

    Parameters
    ----------
    row
        Column → text; all columns of its kind are there.
    places
        Column → place; a column that the layout fills in itself may be missing.
    """

    row: Row
    places: Mapping[str, Place]

    def at(self, column: str = "") -> Place:
        """Return where a column's cell stands; without a name, or a cell of its own, the row."""
        if column in self.places:
            return self.places[column]
        some = next(iter(self.places.values()))
        return Place(some.file, some.sheet, some.row)


@dataclass(frozen=True)
class Entry(Placed):
    """One observed value that a file gives.

    Its columns are those of ``observe.layout.LAYOUT["observed_values.csv"]``: ``indicator_code,
    part, area, period, value, unit, status, comparability, source_url, source_title, publisher,
    published, note``; ``value`` has a decimal point and no separators, or is the text of a level.

    Parameters
    ----------
    numerator, denominator
        As given beside the value, plain decimal numbers; empty if not given.
    """

    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True)
class TaskEntry(Placed):
    """What a file reports of one task.

    Its columns are ``task_id, date, status, note, source_url, source_title, publisher,
    published``; ``date`` is written ``2025-12-31``, ``status`` is a code of table
    ``task_updates``.
    """


@dataclass(frozen=True)
class Finding:
    """Something found about a cell or a row.

    Parameters
    ----------
    code
        A short name of the rule, such as ``outside-limits``.
    severity
        One of :data:`SEVERITIES`.
    what, mend
        What was found, and what to do about it; both in English, as all messages of the command.
    place
        Where.
    either
        The readings of which a question asks which is meant; empty if none can be offered.
    """

    code: str
    severity: Severity
    what: str
    place: Place
    mend: str = ""
    either: tuple[str, ...] = ()

    def as_error(self) -> UserError:
        """Return the finding as an error for the command line."""
        return UserError(self.what, str(self.place), self.mend)


@dataclass(frozen=True)
class Submission:
    """All that one file gives, read and understood.

    Parameters
    ----------
    layout
        ``form``, ``collected`` or the name of a table of the package.
    entries, tasks
        In the order of the file.
    findings
        What was found while reading: cells that cannot be read are errors, cells that can be read
        in two ways are questions.
    """

    book: Book
    layout: str
    entries: tuple[Entry, ...] = ()
    tasks: tuple[TaskEntry, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
