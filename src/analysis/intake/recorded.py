"""What is recorded, row by row as it stands in the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from analysis.observe.layout import Ingested
from analysis.observe.rows import Row, read_rows

OBSERVED: Final = Path("data/observed")

GROWING: Final = (
    "additions",
    "addition_files",
    "observations",
    "revisions",
    "sources",
    "task_updates",
    "withdrawals",
)
"""The tables to which rows are appended."""

KEY: Final = ("series_id", "measure", "area_id", "period")
"""What an observation is about."""


@dataclass(frozen=True)
class Recorded:
    """The tables that grow.

    Parameters
    ----------
    files
        The bytes of each table of :data:`GROWING`.
    columns, rows
        Its columns, and its rows with every cell as text.
    """

    files: Mapping[str, bytes]
    columns: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[Row, ...]]

    @classmethod
    def read(cls, root: Path) -> Recorded:
        """Read the tables of a package in a folder."""
        files = {name: (root / path_of(name)).read_bytes() for name in GROWING}
        read = {name: read_rows(root / path_of(name)) for name in GROWING}
        return cls(
            files,
            {name: columns for name, (columns, _) in read.items()},
            {name: tuple(rows) for name, (_, rows) in read.items()},
        )

    @property
    def as_ingested(self) -> Ingested:
        """Observations and sources as the ingestion knows them."""
        return Ingested(observations=self.rows["observations"], sources=self.rows["sources"])

    @cached_property
    def withdrawn(self) -> dict[str, Row]:
        """The withdrawals, by addition."""
        return {row["addition_id"]: row for row in self.rows["withdrawals"]}

    @cached_property
    def revised(self) -> dict[str, str]:
        """The observations that stand no more: which one replaced each of them.

        It is what :func:`analysis.observe.standing.replacements` finds in frames.
        """
        earlier = {row["observation_id"]: row["revises_id"] for row in self.rows["revisions"]}
        kept = [
            row["observation_id"]
            for row in self.rows["observations"]
            if row["addition_id"] not in self.withdrawn
        ]
        counted, replaced = set(kept), dict[str, str]()
        for name in reversed(kept):  # of two that replace the same, the later one counts
            one = earlier.get(name)
            while one is not None and one not in replaced:
                replaced[one] = name
                one = None if one in counted else earlier.get(one)
        return replaced

    def stands(self, observation: Row) -> bool:
        """Tell whether an observation was neither taken back nor replaced."""
        withdrawn = observation["addition_id"] in self.withdrawn
        return not withdrawn and observation["observation_id"] not in self.revised

    @cached_property
    def by_key(self) -> Mapping[tuple[str, ...], tuple[Row, ...]]:
        """The observations that stand, by what they are about."""
        found: dict[tuple[str, ...], tuple[Row, ...]] = {}
        for row in filter(self.stands, self.rows["observations"]):
            key = tuple(row[name] for name in KEY)
            found[key] = (*found.get(key, ()), row)
        return found

    @cached_property
    def sources(self) -> Mapping[str, Row]:
        """The sources by their id."""
        return {row["source_id"]: row for row in self.rows["sources"]}

    @cached_property
    def task_updates(self) -> tuple[Row, ...]:
        """The reports of tasks that stand."""
        return tuple(
            row for row in self.rows["task_updates"] if row["addition_id"] not in self.withdrawn
        )

    @cached_property
    def reports(self) -> Mapping[tuple[str, str], tuple[Row, ...]]:
        """The reports of tasks that stand, by task and day."""
        found: dict[tuple[str, str], tuple[Row, ...]] = {}
        for row in self.task_updates:
            key = (row["task_id"], row["date"])
            found[key] = (*found.get(key, ()), row)
        return found

    @property
    def standing_additions(self) -> tuple[Row, ...]:
        """The additions that were not taken back, in order."""
        return tuple(
            row for row in self.rows["additions"] if row["addition_id"] not in self.withdrawn
        )


def path_of(table: str) -> Path:
    """Return where a table lies under the project's folder."""
    return OBSERVED / f"{table}.csv"
