"""Rows of the tables that people declare: units, levels, agencies, readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.plan.agencies import FILE as AGENCIES_FILE
from analysis.plan.agencies import Agency, Registry
from analysis.plan.cells import Cell
from analysis.plan.errors import Problems
from analysis.plan.readings import NO_READING, Reading, ReadingBook
from analysis.plan.tables import TABLES, Row, Rows, flag

_AS_PRINTED = {
    "reason_vi": "Ô được đọc đúng như in, không cần cách đọc riêng.",
    "reason_en": "The cell is read as printed; no reading is needed.",
}


def declared_rows(table: str, id_column: str, entries: Sequence[Mapping[str, Any]]) -> Rows:
    """Return the rows of units or levels as their file declares them."""
    columns = TABLES[table].columns
    return [
        {column: str(entry["id" if column == id_column else column]) for column in columns}
        for entry in entries
    ]


def check_declared(
    table: str, entries: Sequence[Mapping[str, Any]], id_column: str, problems: Problems
) -> None:
    """Note entries of units.yaml or levels.yaml that do not fit the table, or lack ``none``."""
    expected = {"id" if column == id_column else column for column in TABLES[table].columns}
    where = f"{table}.yaml"
    for entry in entries:
        if set(entry) != expected:
            what = f"{entry.get('id')}: the fields are {sorted(entry)}, not {sorted(expected)}"
            problems.add(what, where, "write it like the other entries")
    ids = [entry.get("id") for entry in entries]
    if len(set(ids)) != len(ids) or "none" not in ids:
        problems.add("an id stands twice, or none is missing", where, "give each row its own id")


def agency_rows(
    registry: Registry, body: Iterable[Cell], cells: Iterable[Cell], problems: Problems
) -> Rows:
    """Return the rows of agencies, with the first line of body or agency cells naming each."""
    first = registry.first_lines(sorted([*body, *cells], key=lambda cell: cell.line))
    return [_agency(agency, first.get(agency.id), problems) for agency in registry.agencies]


def _agency(agency: Agency, line: int | None, problems: Problems) -> Row:
    if (line is None) != agency.successor_only:
        found = f"line {line} names it" if line else "the plan never names it"
        what = f"{agency.id}: {found}, but successor_only is {flag(agency.successor_only)}"
        problems.add(what, AGENCIES_FILE, "mend successor_only or the aliases")
    return {
        "agency_id": agency.id,
        "name_vi": agency.name_vi,
        "name_en": agency.name_en,
        "kind": agency.kind,
        "in_plan": flag(line is not None),
        "source_line": str(line) if line else "",
    }


def reading_rows(readings: ReadingBook) -> Rows:
    """Return the rows of readings, after one for ``none``."""
    columns = TABLES["readings"].columns
    none = {**dict.fromkeys(columns, ""), "reading_id": NO_READING, "kind": "none", "applied": "0"}
    return [{**none, **_AS_PRINTED}, *(_reading(reading, readings) for reading in readings)]


def _reading(reading: Reading, readings: ReadingBook) -> Row:
    texts = dict.fromkeys(spot.text for spot in reading.spots)
    return {
        "reading_id": reading.id,
        "kind": reading.kind,
        "place": " ".join(dict.fromkeys(spot.place for spot in reading.spots)),
        "text_source": " | ".join(texts),
        "reading": reading.summary(),
        "reason_vi": reading.reason_vi,
        "reason_en": reading.reason_en,
        "applied": str(readings.applied(reading)),
        "source_line": readings.first_line(reading),
    }
