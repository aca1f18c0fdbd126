"""The collected layout: which files and columns come in, which tables come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import UserError, UserErrors
from analysis.observe.rows import (
    AGENCY_SUCCESSIONS,
    COMPARISON_TARGETS,
    OBSERVATIONS,
    SOURCES,
    Row,
    ragged_rows,
    read_rows,
    write_rows,
)

VALUES = "observed_values.csv"
SUCCESSIONS = "agency_successions.csv"
NATIONAL = "national_targets.csv"
OTHER = "other_targets.csv"

LAYOUT: Mapping[str, tuple[str, ...]] = {
    VALUES: (
        "indicator_code",
        "part",
        "area",
        "period",
        "value",
        "unit",
        "status",
        "comparability",
        "source_url",
        "source_title",
        "publisher",
        "published",
        "note",
    ),
    SUCCESSIONS: (
        "predecessor_vi",
        "successor_vi",
        "effective",
        "scope",
        "source_url",
        "publisher",
        "confidence",
        "note",
    ),
    NATIONAL: (
        "indicator_code",
        "framework",
        "period",
        "target_text",
        "source_url",
        "source_title",
        "note",
    ),
    OTHER: (
        "indicator_code",
        "part",
        "area",
        "period",
        "value",
        "unit",
        "source_url",
        "source_title",
        "note",
    ),
}
"""The files of a collection and their columns."""

TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "observations": ("observed/observations.csv", OBSERVATIONS),
    "sources": ("observed/sources.csv", SOURCES),
    "comparison_targets": ("reference/comparison_targets.csv", COMPARISON_TARGETS),
    "agency_successions": ("reference/agency_successions.csv", AGENCY_SUCCESSIONS),
}
"""The tables that come out: path under ``data/`` and columns."""


class CollectedError(UserErrors):
    """Collected rows cannot be read; holds one fault for each cell to be mended."""


@dataclass(frozen=True)
class Collected:
    """The rows of a collection, by file, before anything is read out of them."""

    values: Sequence[Row] = ()
    successions: Sequence[Row] = ()
    national: Sequence[Row] = ()
    other: Sequence[Row] = ()

    def files(self) -> Iterable[tuple[str, Sequence[Row]]]:
        """Return each file's name with its rows, in the order of ``LAYOUT``."""
        rows = (self.values, self.successions, self.national, self.other)
        return zip(LAYOUT, rows, strict=True)


@dataclass(frozen=True)
class Ingested:
    """The tables that a collection becomes; each row has the columns of its table."""

    observations: tuple[Row, ...] = ()
    sources: tuple[Row, ...] = ()
    comparison_targets: tuple[Row, ...] = ()
    agency_successions: tuple[Row, ...] = ()


def refuse(faults: Iterable[UserError]) -> None:
    """Raise all the faults as one :class:`CollectedError`; do nothing if there are none.

    Raises
    ------
    CollectedError
        If there is at least one fault.
    """
    found = tuple(faults)
    if found:
        raise CollectedError(found)


def read_collected(folder: Path) -> Collected:
    """Read the files of a collection; a file that is not there has no rows.

    Raises
    ------
    CollectedError
        If none of the files is there, one has other columns than ``LAYOUT`` says, or a row has
        more or fewer cells than its header.
    """
    found = {name: read_rows(folder / name) for name in LAYOUT if (folder / name).is_file()}
    if not found:
        refuse([UserError("nothing collected", str(folder), f"add one of {', '.join(LAYOUT)}")])
    refuse(fault for name in found for fault in _shape_faults(folder / name, found[name][0]))
    return Collected(*(found[name][1] if name in found else [] for name in LAYOUT))


def _shape_faults(path: Path, columns: tuple[str, ...]) -> Iterable[UserError]:
    if columns != LAYOUT[path.name]:
        yield UserError(
            f"the columns are not those of the layout: {', '.join(columns)}",
            str(path),
            f"write the header {', '.join(LAYOUT[path.name])}",
        )
    for number in ragged_rows(path):
        yield UserError(
            "the row has more or fewer cells than the header",
            f"{path.name}, row {number}",
            "put a cell that holds a comma into quotes, and leave no cell out",
        )


def read_tables(data_dir: Path) -> Ingested:
    """Read the tables recorded before.

    Parameters
    ----------
    data_dir
        The folder ``data``.
    """
    return Ingested(
        **{name: tuple(read_rows(data_dir / path)[1]) for name, (path, _) in TABLES.items()}
    )


def write(ingested: Ingested, data_dir: Path) -> None:
    """Write the four tables.

    Parameters
    ----------
    ingested
        What to write.
    data_dir
        The folder ``data``; the folders under it must exist.
    """
    for name, (path, columns) in TABLES.items():
        write_rows(data_dir / path, columns, getattr(ingested, name))
