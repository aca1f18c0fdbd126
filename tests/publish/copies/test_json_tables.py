"""The JSON files: every cell with its type, keys as in the schema."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.publish import Edition
from tests.publish.copies.expected import Row, all_fields, typed


def refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def read(folder: Path, name: str) -> list[Row]:
    text = (folder / "json" / f"{name}.json").read_text(encoding="utf-8")
    rows: list[Row] = json.loads(text, parse_constant=refuse)
    return rows


def plain(rows: list[Row]) -> list[Row]:
    """Return rows with their days as texts."""
    return [
        {key: cell.isoformat() if isinstance(cell, date) else cell for key, cell in row.items()}
        for row in rows
    ]


def test_every_table_is_a_file(copies: Path, expected: dict[str, list[Row]]) -> None:
    assert {path.stem for path in (copies / "json").iterdir()} == set(expected)


def test_every_cell_is_that_of_the_csv_file(copies: Path, expected: dict[str, list[Row]]) -> None:
    for name, rows in expected.items():
        assert typed(read(copies, name)) == typed(plain(rows)), name


def test_hostile_texts_stay_texts(
    hostile_copies: Path, hostile_expected: dict[str, list[Row]]
) -> None:
    for name, rows in hostile_expected.items():
        assert typed(read(hostile_copies, name)) == typed(plain(rows)), name


def test_keys_are_in_the_order_of_the_schema(copies: Path, edition: Edition) -> None:
    for name, fields in all_fields(edition).items():
        assert {tuple(row) for row in read(copies, name)} <= {tuple(fields)}, name


def test_each_row_is_a_line_and_an_empty_table_an_empty_list(copies: Path) -> None:
    lines = (copies / "json" / "units.json").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "["
    assert lines[-1] == "]"
    assert json.loads(lines[1].rstrip(",")) == read(copies, "units")[0]
    assert read(copies, "task_updates") == []


def test_a_number_that_json_lacks_would_be_refused() -> None:
    with pytest.raises(ValueError, match="NaN is no JSON"):
        json.loads("[NaN]", parse_constant=refuse)
