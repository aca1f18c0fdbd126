"""What a copy must hold, read from the CSV files with the standard library alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from analysis.publish import Edition

Row = dict[str, Any]

TYPES: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}


def descriptor(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_bytes())
    return found


def fields(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the fields of every table of a package, by table and name."""
    return {
        one["name"]: {field["name"]: field for field in one["schema"]["fields"]}
        for one in descriptor(folder)["resources"]
    }


def cells(folder: Path) -> dict[str, list[Row]]:
    """Return the typed rows of every table of a package; an empty cell is ``None``."""
    found = {}
    for one in descriptor(folder)["resources"]:
        types = {field["name"]: TYPES[field["type"]] for field in one["schema"]["fields"]}
        with (folder / one["path"]).open(encoding="utf-8", newline="") as file:
            found[one["name"]] = [
                {name: types[name](cell) if cell else None for name, cell in row.items()}
                for row in csv.DictReader(file)
            ]
    return found


def all_cells(edition: Edition) -> dict[str, list[Row]]:
    """Return the typed rows of every table of the data and of the results."""
    return {**cells(edition.root), **cells(edition.outputs.results)}


def standing_cells(edition: Edition) -> dict[str, list[Row]]:
    """Return the same without what was corrected or taken back, and sources of nothing else."""
    found = all_cells(edition)
    gone = {row["addition_id"] for row in found["withdrawals"]}
    for name in ("observations", "task_updates"):
        found[name] = [row for row in found[name] if row["addition_id"] not in gone]
    earlier = {row["observation_id"]: row["revises_id"] for row in found["revisions"]}
    replaced: set[str] = set()
    for row in found["observations"]:
        one = earlier.get(row["observation_id"])
        while one is not None:
            replaced.add(one)
            one = earlier.get(one)
    found["observations"] = [
        row for row in found["observations"] if row["observation_id"] not in replaced
    ]
    citing = ("observations", "task_updates", "agency_successions", "comparison_targets")
    cited = {row["source_id"] for name in citing for row in found[name]}
    found["sources"] = [row for row in found["sources"] if row["source_id"] in cited]
    return found


def all_fields(edition: Edition) -> dict[str, dict[str, Any]]:
    """Return the fields of every table of the data and of the results."""
    return {**fields(edition.root), **fields(edition.outputs.results)}


def typed(rows: list[Row]) -> list[list[tuple[str, str, Any]]]:
    """Return rows so that 1, 1.0 and True are told apart."""
    return [[(name, type(cell).__name__, cell) for name, cell in row.items()] for row in rows]
