"""Which sheets and columns the form has; the reader goes by the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Band = Literal["plan", "entry", "source"]
"""Whether a column tells what is known, or is to be filled in, or names a source of its own."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet: what it is called, and how wide it is, in characters."""

    key: str
    width: float
    band: Band = "entry"


SOURCE: Final = ("title", "issuer", "published", "address")
"""What names a source: once for the form, and in a row only where it is another."""

_SOURCE_COLUMNS: Final = (
    Column("title", 30, "source"),
    Column("issuer", 22, "source"),
    Column("published", 12, "source"),
    Column("address", 26, "source"),
)

COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "values": (
        Column("code", 11, "plan"),
        Column("name", 48, "plan"),
        Column("unit", 15, "plan"),
        Column("target_2025", 14, "plan"),
        Column("target_2030", 14, "plan"),
        Column("last", 22, "plan"),
        Column("assigned", 11, "plan"),
        Column("period", 11),
        Column("value", 13),
        Column("numerator", 11),
        Column("denominator", 11),
        Column("status", 13),
        Column("comparability", 13),
        Column("note", 30),
        *_SOURCE_COLUMNS,
    ),
    "tasks": (
        Column("code", 9, "plan"),
        Column("task", 64, "plan"),
        Column("schedule", 16, "plan"),
        Column("last_status", 18, "plan"),
        Column("assigned", 11, "plan"),
        Column("status", 16),
        Column("date", 13),
        Column("note", 30),
        *_SOURCE_COLUMNS,
    ),
}
"""The columns of each sheet with rows, from the left."""

SECOND_PAGE: Final = {"values": "note", "tasks": "title"}
"""The column with which the second of two pages side by side begins in print."""

KEPT: Final = 2
"""So many columns at the left stay in sight, and stand on both pages."""

TARGET_YEARS: Final = (2025, 2030)

HEAD_ROW: Final = 5
"""Row of the heads of the columns, counted from 1; title, hint and bands stand above it."""


def places(sheet: str, *bands: Band) -> dict[str, int]:
    """Return the number of each column of some bands, counted from 1, by its key."""
    return {one.key: at for at, one in enumerate(COLUMNS[sheet], 1) if one.band in bands}
