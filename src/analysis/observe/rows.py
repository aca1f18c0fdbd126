"""Rows of text: reading and writing CSV files without touching a value."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = dict[str, str]
"""One row: column name → cell as text; an empty cell is missing."""

OBSERVATIONS = (
    "observation_id",
    "series_id",
    "measure",
    "area_id",
    "period",
    "value",
    "level_id",
    "text",
    "unit_source",
    "unit_id",
    "status",
    "comparability",
    "comparability_rule",
    "source_id",
    "recorded_on",
    "addition_id",
    "note",
)
SOURCES = (
    "source_id",
    "title",
    "url",
    "publisher",
    "tier",
    "published",
    "accessed",
    "language",
    "licence_note",
)
COMPARISON_TARGETS = (
    "series_id",
    "framework",
    "area_id",
    "period",
    "text_source",
    "kind",
    "low",
    "high",
    "level_id",
    "unit_source",
    "unit_id",
    "source_id",
    "note",
)
AGENCY_SUCCESSIONS = (
    "predecessor_id",
    "successor_id",
    "effective",
    "scope_vi",
    "scope_en",
    "source_id",
    "confidence",
    "note",
)


def read_rows(path: Path) -> tuple[tuple[str, ...], list[Row]]:
    """Return the column names and the rows of a CSV file, every cell as written.

    Rows with more or fewer cells than the header are read as far as that goes; see
    :func:`ragged_rows`.
    """
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = [*filter(None, csv.reader(file))] or [[]]
    return tuple(header), [
        dict(zip_longest(header, row[: len(header)], fillvalue="")) for row in rows
    ]


def ragged_rows(path: Path) -> list[int]:
    """Return the numbers of the rows with more or fewer cells than the header, which is row 1."""
    with path.open(encoding="utf-8", newline="") as file:
        lengths = [len(row) for row in csv.reader(file) if row]
    return [number for number, length in enumerate(lengths, 1) if length != lengths[0]]


def write_rows(path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Write rows as CSV: UTF-8, LF, header, quotes only where needed."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
