"""From a book of cells to what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import UserError, raise_all
from analysis.intake.forms import is_form, read_form
from analysis.intake.layouts.collected import LAYOUTS, IsRecorded, Known, Rows, read_rows
from analysis.intake.layouts.headers import Headed, headed, nearest
from analysis.intake.layouts.tables import differences, table_layouts
from analysis.intake.model import Book, Finding, Place, Sheet, Submission
from analysis.observe.facts import Facts
from analysis.observe.rows import read_rows as table_rows

COLLECTED, TABLE = "collected", "table"


@dataclass(frozen=True)
class Background:
    """What a file is understood by.

    Parameters
    ----------
    descriptor
        That of the package.
    tables
        The package's frames, only what stands.
    facts
        What is declared.
    root
        The folder of the package.
    is_recorded
        Tells whether a row of collected values says just what is recorded.
    """

    descriptor: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    facts: Facts
    root: Path
    is_recorded: IsRecorded

    @cached_property
    def known(self) -> Known:
        """What cells of collected rows may name."""
        return Known.of(self.tables, self.facts)


def understand(book: Book, background: Background) -> Submission:
    """Read a file in whichever layout it has.

    Raises
    ------
    UserErrors
        If no sheet of it has a known layout.
    """
    if is_form(book):
        return read_form(book, background.tables)
    layouts = {**LAYOUTS, **table_layouts(background.descriptor)}
    found = [one for sheet in book.sheets if (one := headed(sheet, layouts)) is not None]
    if not found:
        raise_all(_unknown(book, layouts))
    taken = [one for one in found if one.layout in LAYOUTS]
    compared = [one for one in found if one.layout not in LAYOUTS]
    rows = [read_rows(one, background.known, background.is_recorded) for one in taken]
    others = [*_left_aside(book, found, layouts), *_different(compared, background)]
    return _submission(book, COLLECTED if taken else TABLE, rows, others)


def _submission(book: Book, layout: str, rows: list[Rows], others: list[Finding]) -> Submission:
    return Submission(
        book,
        layout,
        tuple(entry for one in rows for entry in one.entries),
        tuple(task for one in rows for task in one.tasks),
        (*(finding for one in rows for finding in one.findings), *others),
    )


def _different(sheets: list[Headed], background: Background) -> Iterator[Finding]:
    paths = {one["name"]: one["path"] for one in background.descriptor["resources"]}
    for one in sheets:
        _, rows = table_rows(background.root / paths[one.layout])
        yield from differences(one, background.descriptor, rows)


def _left_aside(
    book: Book, found: list[Headed], layouts: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    """Say which sheets are not looked at; one that nearly has a layout is an error."""
    read = {one.sheet.name for one in found}
    for sheet in book.sheets:
        if sheet.name in read or not _holds_anything(sheet):
            continue
        layout, missing = nearest(sheet, layouts)
        place = Place(book.file, sheet.name)
        if layout in LAYOUTS and len(missing) <= len(layouts[layout]) // 2:
            yield Finding("columns-missing", "error", *_nearly(layout, missing, place))
        else:
            yield Finding("sheet-left-aside", "notice", "the sheet is in no known layout", place)


def _nearly(layout: str, missing: tuple[str, ...], place: Place) -> tuple[str, Place, str]:
    what = f"the columns are nearly those of {layout} ({_lacking(missing)})"
    return what, place, f"write just the columns {', '.join(LAYOUTS[layout])}"


def _lacking(missing: tuple[str, ...]) -> str:
    return f"missing: {', '.join(missing)}" if missing else "a column too many or twice"


def _holds_anything(sheet: Sheet) -> bool:
    return any(cell.text.strip() for row in sheet.rows for cell in row)


def _unknown(book: Book, layouts: Mapping[str, tuple[str, ...]]) -> Iterator[UserError]:
    """Say of each sheet which layout it comes nearest to."""
    for sheet in book.sheets or (Sheet(""),):
        layout, missing = nearest(sheet, layouts)
        near = f"; nearest is {layout} ({_lacking(missing)})" if layout else ""
        yield UserError(
            f"no known layout{near}",
            str(Place(book.file, sheet.name)),
            "fill in a form made by `plan155 form`, or write a row of column names: "
            + "; ".join(f"{name}: {', '.join(columns)}" for name, columns in LAYOUTS.items()),
        )
