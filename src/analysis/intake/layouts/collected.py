"""The layout of collected rows: one observed value, or one report of a task, in each row.

The columns are those of :data:`LAYOUTS`, in any order, under titles if there are any; a workbook
may have several such sheets. What a cell may hold is said in ``docs/adding-data.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from analysis.charts.rows import absent, records
from analysis.intake.cells.choices import Labels, column_labels, read_choice
from analysis.intake.cells.dates import read_date
from analysis.intake.cells.numbers import read_number, unit_symbols
from analysis.intake.cells.periods import read_period
from analysis.intake.cells.read import Read, ask
from analysis.intake.cells.texts import read_address, read_text
from analysis.intake.layouts.headers import Headed
from analysis.intake.model import Cell, Entry, Finding, Place, TaskEntry
from analysis.observe.facts import Facts
from analysis.observe.layout import LAYOUT, VALUES
from analysis.observe.rows import Row

TASKS: Final = "task_updates.csv"
"""The layout of reports of tasks."""

LAYOUTS: Final[Mapping[str, tuple[str, ...]]] = {
    VALUES: LAYOUT[VALUES],
    TASKS: (
        "task_id",
        "date",
        "status",
        "source_url",
        "source_title",
        "publisher",
        "published",
        "note",
    ),
}

Reader = Callable[[Cell], Read]
IsRecorded = Callable[[Row], bool]
"""Tells whether a row of the layout says just what is recorded already."""


@dataclass(frozen=True)
class Known:
    """What a row may name, and how the cells of its columns are read.

    Parameters
    ----------
    facts
        What is declared.
    counts
        The indicators that are counted in whole numbers.
    symbols
        Unit → what may stand behind a number in it.
    areas
        The areas with their names.
    """

    facts: Facts
    counts: frozenset[str]
    symbols: Mapping[str, Collection[str]]
    areas: Labels

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame], facts: Facts) -> Known:
        """Return what the package's frames and the declared facts say."""
        series, units, aliases, areas = (
            _texts(tables[name]) for name in ("series", "units", "unit_aliases", "areas")
        )
        fractional = {row["indicator_id"] for row in series if row["decimals"] != "0"}
        every = {row["indicator_id"] for row in series}
        return cls(
            facts,
            frozenset(every - fractional),
            {row["unit_id"]: unit_symbols(row["unit_id"], units, aliases) for row in units},
            {row["area_id"]: (row["name_vi"], row["name_en"]) for row in areas},
        )

    def code(self, cell: Cell) -> Read:
        """Read the code of an indicator; spreadsheets make a number 5.1 of 5.10."""
        code = cell.text
        if cell.kind == "number" and f"{code}0" in self.facts.series:
            what = f"the code is a number: a spreadsheet writes 5.1 for 5.1 and for 5.10 ({code})"
            mend = "format the column as text and write the code again"
            return ask(cell, what, mend, (code, f"{code}0"))
        return read_text(cell)

    def value(self, cell: Cell, code: str, unit: str) -> Read:
        """Read a value: a number, or words where the unit is one of levels or ranks."""
        if self.facts.takes_text(unit) and cell.kind == "text":
            return read_text(cell)
        unit_id = self.facts.units.get(unit, "")
        own = any(one.unit_id == unit_id for one in self.facts.series.get(code, ()))
        whole = own and code in self.counts
        return read_number(cell, whole=whole, symbols=self.symbols.get(unit_id, ()))


def _texts(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame with every cell as text."""
    rows = records(frame)
    return [{name: "" if absent(cell) else str(cell) for name, cell in row.items()} for row in rows]


@dataclass
class _Notes:
    """Gathers what is found."""

    findings: list[Finding] = field(default_factory=list)

    def take(self, read: Read) -> str:
        """Return the text of a cell, and note what was found about it."""
        self.findings += read.findings
        return read.text


@dataclass(frozen=True)
class Rows:
    """What a sheet in one of the layouts gives."""

    entries: tuple[Entry, ...] = ()
    tasks: tuple[TaskEntry, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_rows(sheet: Headed, known: Known, is_recorded: IsRecorded) -> Rows:
    """Read the rows of a sheet.

    Parameters
    ----------
    sheet
        In one of :data:`LAYOUTS`.
    known
        What its cells may name.
    is_recorded
        A value that can be read in two ways is not asked about if one of them makes the row what
        is recorded already.
    """
    notes = _Notes()
    if sheet.layout == TASKS:
        tasks = tuple(_task(sheet.cells(row), notes) for row in sheet.rows)
        return Rows(tasks=tasks, findings=tuple(notes.findings))
    entries = tuple(_entry(sheet.cells(row), known, notes, is_recorded) for row in sheet.rows)
    return Rows(entries=entries, findings=tuple(notes.findings))


def _entry(
    cells: Mapping[str, Cell], known: Known, notes: _Notes, is_recorded: IsRecorded
) -> Entry:
    row = {name: notes.take(read(cells[name])) for name, read in _readers(known).items()}
    read = known.value(cells["value"], row["indicator_code"], row["unit"])
    if read.either:
        meant = [one for one in read.either if is_recorded({**row, "value": one})]
        read = Read(meant[0]) if len(meant) == 1 else read
    row["value"] = notes.take(read)
    return Entry({name: row[name] for name in LAYOUTS[VALUES]}, _places(cells))


def _task(cells: Mapping[str, Cell], notes: _Notes) -> TaskEntry:
    readers: dict[str, Reader] = {
        "task_id": read_text,
        "date": read_date,
        "status": _choice("task_updates", "status"),
        **_SOURCE,
    }
    row = {name: notes.take(read(cells[name])) for name, read in readers.items()}
    return TaskEntry({name: row[name] for name in LAYOUTS[TASKS]}, _places(cells))


def _places(cells: Mapping[str, Cell]) -> dict[str, Place]:
    return {name: cell.place for name, cell in cells.items()}


def _readers(known: Known) -> dict[str, Reader]:
    return {
        "indicator_code": known.code,
        "part": read_text,
        "area": lambda cell: read_choice(cell, known.areas),
        "period": read_period,
        "unit": read_text,
        "status": _choice("observations", "status"),
        "comparability": _choice("observations", "comparability"),
        **_SOURCE,
    }


def _choice(resource: str, column: str) -> Reader:
    labels = column_labels(resource, column)
    return lambda cell: read_choice(cell, labels)


def _published(cell: Cell) -> Read:
    return read_date(cell, partial=True)


_SOURCE: Final[Mapping[str, Reader]] = {
    "source_url": read_address,
    "source_title": read_text,
    "publisher": read_text,
    "published": _published,
    "note": read_text,
}
