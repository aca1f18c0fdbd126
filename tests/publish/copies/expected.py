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


def all_fields(edition: Edition) -> dict[str, dict[str, Any]]:
    """Return the fields of every table of the data and of the results."""
    return {**fields(edition.root), **fields(edition.outputs.results)}


def typed(rows: list[Row]) -> list[list[tuple[str, str, Any]]]:
    """Return rows so that 1, 1.0 and True are told apart."""
    return [[(name, type(cell).__name__, cell) for name, cell in row.items()] for row in rows]
