"""Readings: how each cell is read that the text leaves open, and why.

A reading names a kind, the cells it is about (a place and the text that stands there), a value and
its reason. The build looks readings up where the grammar cannot decide; it counts every use, and a
reading that is not used, or whose text is not what stands there, is a fault.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.plan.cells import Cell
from analysis.plan.errors import Problems

FILE = "readings.yaml"
NO_READING = "none"

KINDS: Mapping[str, frozenset[str]] = {
    "agencies": frozenset({"agencies"}),
    "agency_column": frozenset({"role"}),
    "abbreviation": frozenset({"to"}),
    "broken_cell": frozenset({"continued_by"}),
    "correction": frozenset({"to"}),
    "dash_row": frozenset({"row"}),
    "dash_target": frozenset({"status"}),
    "document_date": frozenset({"date"}),
    "document_number": frozenset({"document"}),
    "group_is_indicator": frozenset({"indicator"}),
    "inherited_cells": frozenset({"from"}),
    "inherited_time": frozenset({"from"}),
    "lead_and_statistics": frozenset({"lead", "statistics"}),
    "missing_dash": frozenset({"row"}),
    "no_time": frozenset({"recurrence"}),
    "single_target": frozenset({"year"}),
    "skipped_number": frozenset({"after"}),
    "spanning_target": frozenset({"kind"}),
    "spelling": frozenset({"to"}),
    "target": frozenset({"kind"}),
    "task_number": frozenset({"number"}),
    "trailing_mark": frozenset({"to"}),
    "uncoded_indicator": frozenset({"indicator"}),
    "unit": frozenset({"unit"}),
}
"""Every kind of reading the build knows, and what its value must hold."""

_FIELDS = frozenset({"id", "kind", "cells", "value", "reason_vi", "reason_en"})


@dataclass(frozen=True)
class Spot:
    """A place (the code of a row) and the text that stands there."""

    place: str
    text: str


@dataclass(frozen=True)
class Reading:
    """One reading as readings.yaml states it."""

    id: str
    kind: str
    spots: tuple[Spot, ...]
    value: Mapping[str, Any]
    reason_vi: str
    reason_en: str

    def summary(self) -> str:
        """Return the value as ``key: value; key: value``."""
        return "; ".join(f"{key}: {_plain(value)}" for key, value in self.value.items())


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def load_readings(entries: Sequence[Mapping[str, Any]], problems: Problems) -> tuple[Reading, ...]:
    """Turn the entries of readings.yaml into readings, noting those that are malformed."""
    readings = []
    for number, entry in enumerate(entries, start=1):
        fault = _fault(entry, f"R{number:02d}")
        if fault:
            problems.add(fault, f"{FILE}, entry {number}", "write it like the other entries")
        else:
            readings.append(_reading(entry))
    return tuple(readings)


def _fault(entry: Mapping[str, Any], expected: str) -> str:
    if set(entry) != _FIELDS:
        return f"the fields are {sorted(entry)}, not {sorted(_FIELDS)}"
    if entry["id"] != expected:
        return f"the id is {entry['id']}, not {expected}: ids count up"
    if entry["kind"] not in KINDS:
        return f"{entry['id']}: the kind {entry['kind']!r} is not one of {', '.join(KINDS)}"
    if missing := KINDS[entry["kind"]] - set(entry["value"]):
        return f"{entry['id']}: the value lacks {', '.join(sorted(missing))}"
    if not entry["cells"] or not entry["reason_vi"] or not entry["reason_en"]:
        return f"{entry['id']}: cells and both reasons must be given"
    return ""


def _reading(entry: Mapping[str, Any]) -> Reading:
    spots = tuple(Spot(str(cell["place"]), str(cell["text"])) for cell in entry["cells"])
    reasons = (" ".join(entry[key].split()) for key in ("reason_vi", "reason_en"))
    return Reading(entry["id"], entry["kind"], spots, entry["value"], *reasons)


class ReadingBook:
    """All readings, looked up by kind, place and text, with the count of their uses."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = tuple(readings)
        self._index = {
            (reading.kind, spot.place, spot.text): reading
            for reading in readings
            for spot in reading.spots
        }
        self._uses: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._seen: dict[tuple[str, str], list[Cell]] = defaultdict(list)

    def __iter__(self) -> Iterator[Reading]:
        return iter(self._readings)

    def find(self, kind: str, place: str, text: str) -> Reading | None:
        """Return the reading of a cell without counting a use; none if there is none."""
        return self._index.get((kind, place, text))

    def use(self, kind: str, place: str, cell: Cell) -> Reading | None:
        """Return the reading of a cell and count the use; none if there is none."""
        reading = self.find(kind, place, cell.text)
        if reading is None:
            self._seen[kind, place].append(cell)
        else:
            self._uses[kind, place, cell.text].append(cell.line)
        return reading

    def fragments(self, kinds: Sequence[str], place: str) -> tuple[tuple[Reading, str], ...]:
        """Return the readings of these kinds about parts of the text at a place, in file order."""
        return tuple(
            (reading, spot.text)
            for reading in self._readings
            if reading.kind in kinds
            for spot in reading.spots
            if spot.place == place
        )

    def use_fragment(self, reading: Reading, place: str, fragment: str, cell: Cell) -> bool:
        """Count the use of a reading about a part of a cell; false if the cell lacks that part."""
        if fragment not in cell.text:
            self._seen[reading.kind, place].append(cell)
            return False
        self._uses[reading.kind, place, fragment].append(cell.line)
        return True

    def applied(self, reading: Reading) -> int:
        """Return how many times a reading was used."""
        return len(self._lines(reading))

    def first_line(self, reading: Reading) -> str:
        """Return the first line at which a reading was used; empty if it was not."""
        lines = self._lines(reading)
        return str(min(lines)) if lines else ""

    def _lines(self, reading: Reading) -> list[int]:
        keys = ((reading.kind, spot.place, spot.text) for spot in reading.spots)
        return [line for key in keys for line in self._uses.get(key, [])]

    def check_used(self, problems: Problems) -> None:
        """Note every cell of a reading that was never used, with what stands there instead."""
        for reading in self._readings:
            for spot in reading.spots:
                if (reading.kind, spot.place, spot.text) not in self._uses:
                    problems.add(*self._unused(reading, spot))

    def _unused(self, reading: Reading, spot: Spot) -> tuple[str, str, str]:
        what = f"the reading {reading.id} ({reading.kind}) of {spot.text!r} is not used"
        stands = self._seen.get((reading.kind, spot.place), [])
        if stands:
            found = "; ".join(f"{cell.text!r} (line {cell.line})" for cell in stands)
            what = f"{what}: what stands there is {found}"
        return what, f"{FILE}, {reading.id}, place {spot.place}", "correct or delete the reading"


def check_unique(book: ReadingBook, problems: Problems) -> None:
    """Note every cell that two readings of one kind are about."""
    first: dict[tuple[str, str, str], str] = {}
    for reading in book:
        for spot in reading.spots:
            known = first.setdefault((reading.kind, spot.place, spot.text), reading.id)
            if known != reading.id:
                problems.add(
                    f"{known} and {reading.id} both read {spot.text!r}",
                    f"{FILE}, place {spot.place}",
                    "keep one of the two",
                )
