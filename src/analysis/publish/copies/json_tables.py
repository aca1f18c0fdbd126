"""The tables as JSON: one file a table, an array of objects, each on a line of its own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from analysis.publish.copies.tables import Content, Table


def write_json_tables(content: Content, folder: Path) -> tuple[Path, ...]:
    """Write every table as ``NAME.json`` into a folder and return the paths.

    Parameters
    ----------
    content
        The tables.
    folder
        Made if it does not exist.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(table, folder / f"{name}.json") for name, table in content.items())


def table_json(table: Table) -> str:
    """Return a table as a JSON array of objects.

    Keys are in the order of the schema and always there; an empty cell is ``null``, a date a text
    such as ``"2024-06-19"``.
    """
    rows = [
        json.dumps(record, ensure_ascii=False, allow_nan=False, default=date.isoformat)
        for record in table.records
    ]
    return "[" + ",".join(f"\n{row}" for row in rows) + "\n]\n"


def _write(table: Table, path: Path) -> Path:
    path.write_text(table_json(table), encoding="utf-8", newline="\n")
    return path
