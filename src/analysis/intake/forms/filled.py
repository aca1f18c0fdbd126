"""A filled form, understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.charts.rows import absent, records
from analysis.intake.cells.numbers import unit_symbols
from analysis.intake.forms.answering import COLLECTIVE
from analysis.intake.forms.entries import Reader
from analysis.intake.forms.layout import SOURCE
from analysis.intake.forms.measured import measured
from analysis.intake.forms.record import Line, Record, read_record
from analysis.intake.forms.sources import Labels, Notes, Source, read_source, refuse_without_source
from analysis.intake.forms.structure import (
    SOURCE_COLUMN,
    cell_at,
    is_given,
    row_cells,
    structure_faults,
)
from analysis.intake.forms.wording import texts
from analysis.intake.model import Book, Cell, Entry, Finding, Place, Submission, TaskEntry
from analysis.observe.rows import Row

LAYOUT = "form"


def read_form(book: Book, tables: Mapping[str, pd.DataFrame]) -> Submission:
    """Read a form that came back.

    Parameters
    ----------
    book
        The file (see :func:`analysis.intake.reading.read_book`).
    tables
        The package's frames: ``agencies, levels, series, tasks, unit_aliases, units``.

    Returns
    -------
    Submission
        Of layout ``form``. A row is an entry if its value or status is filled in; the period that
        the form itself wrote does not count as filled in. A form of older data is read as long as
        its series and tasks exist. If the form was changed outside the cells to be filled in, no
        row is read, and the findings say where.
    """
    record = read_record(book)
    if isinstance(record, Finding):
        return Submission(book, LAYOUT, findings=(record,))
    faults = [*structure_faults(book, record), *_unknown(book, record, tables)]
    if any(fault.severity == "error" for fault in faults):
        return Submission(book, LAYOUT, findings=tuple(faults))
    reader = _reader(book, record, tables)
    entries, tasks = list(_values(book, record, tables, reader)), list(_tasks(book, record, reader))
    refuse_without_source(reader.common, reader.resting, reader.notes)
    findings = [*faults, *reader.notes.findings]
    if not (entries or tasks):
        findings.append(_empty(book))
    return Submission(book, LAYOUT, tuple(entries), tuple(tasks), tuple(findings))


def _empty(book: Book) -> Finding:
    what = "nothing is filled in: the form gives no rows"
    return Finding("empty-form", "notice", what, Place(book.file))


def _unknown(book: Book, record: Record, tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Give what a form of other data asks for and the package does not have."""
    if record.agency_id not in set(tables["agencies"]["agency_id"]):
        what = f"the form is for an agency that the data do not have: {record.agency_id!r}"
        yield Finding("unknown-agency", "error", what, Place(book.file), "make a new form")
    ids = {"values": set(tables["series"]["series_id"]), "tasks": set(tables["tasks"]["task_id"])}
    for kind, known in ids.items():
        for line in record.of(kind):
            if line.key not in known and _is_filled(book, record, line):
                what = f"the data have no {line.key!r} any more"
                place = Place(book.file, line.sheet, line.row)
                yield Finding(
                    "unknown-row", "error", what, place, "empty the row, or make a new form"
                )


def _is_filled(book: Book, record: Record, line: Line) -> bool:
    cells = _cells(book, line)
    told = {"period": str(record.year)}
    asked = ("period", "value", "status", "date", "note", "comparability", *SOURCE)
    return any(
        is_given(cells[key]) and cells[key].text != told.get(key) for key in asked if key in cells
    )


def _cells(book: Book, line: Line) -> Mapping[str, Cell]:
    sheet = book.sheet(line.sheet)
    return row_cells(sheet, line) if sheet else {}


def _reader(book: Book, record: Record, tables: Mapping[str, pd.DataFrame]) -> Reader:
    notes, issuers = Notes(), _issuers(tables)
    aliases, units, levels = (_rows(tables[name]) for name in ("unit_aliases", "units", "levels"))
    return Reader(
        record.year,
        _common(book, record, issuers, notes),
        issuers,
        levels,
        {row["unit_id"]: unit_symbols(row["unit_id"], units, aliases) for row in units},
        notes,
    )


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame with all cells as text; a missing one is empty."""
    return [
        {name: "" if absent(cell) else str(cell) for name, cell in row.items()}
        for row in records(frame)
    ]


def _issuers(tables: Mapping[str, pd.DataFrame]) -> Labels:
    """Return the agencies that can issue a document: each Vietnamese name, and other names."""
    rows = (row for row in records(tables["agencies"]) if row["kind"] != COLLECTIVE)
    named = (texts(row, "name_vi", "name_en", "agency_id") for row in rows)
    return {vi: (vi, en, agency_id) for vi, en, agency_id in named}


def _common(book: Book, record: Record, issuers: Labels, notes: Notes) -> Source:
    cells = dict[str, Cell]()
    for line in record.of("source"):
        sheet = book.sheet(line.sheet)
        if sheet is not None:
            cells[line.key] = cell_at(sheet, line.row, SOURCE_COLUMN)
    empty = {key: Cell(Place(book.file)) for key in SOURCE}
    return read_source({**empty, **cells}, issuers, notes)


def _values(
    book: Book, record: Record, tables: Mapping[str, pd.DataFrame], reader: Reader
) -> Iterator[Entry]:
    series = measured(tables)
    for line in record.of("values"):
        if line.key in series:
            entry = reader.value(line, series[line.key], _cells(book, line))
            if entry is not None:
                yield entry


def _tasks(book: Book, record: Record, reader: Reader) -> Iterator[TaskEntry]:
    for line in record.of("tasks"):
        entry = reader.task(line, _cells(book, line))
        if entry is not None:
            yield entry
