"""The Parquet files, read by DuckDB: types, every cell, what the file says of itself."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from analysis.publish import Edition
from tests.publish.copies.expected import Row, all_fields, descriptor, typed

TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


def file(folder: Path, name: str) -> str:
    return str(folder / "parquet" / f"{name}.parquet")


def read(folder: Path, name: str) -> list[Row]:
    found = duckdb.read_parquet(file(folder, name))
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def told(folder: Path, name: str) -> dict[str, str]:
    query = "SELECT key, value FROM parquet_kv_metadata(?)"
    rows = duckdb.execute(query, [file(folder, name)]).fetchall()
    return {key.decode(): value.decode() for key, value in rows}


def test_every_table_is_a_file(copies: Path, expected: dict[str, list[Row]]) -> None:
    assert {path.stem for path in (copies / "parquet").iterdir()} == set(expected)


def test_every_cell_is_that_of_the_csv_file(copies: Path, expected: dict[str, list[Row]]) -> None:
    for name, rows in expected.items():
        assert typed(read(copies, name)) == typed(rows), name


def test_hostile_texts_stay_texts(
    hostile_copies: Path, hostile_expected: dict[str, list[Row]]
) -> None:
    for name, rows in hostile_expected.items():
        assert typed(read(hostile_copies, name)) == typed(rows), name


def test_columns_have_the_types_of_the_schema(copies: Path, edition: Edition) -> None:
    for name, fields in all_fields(edition).items():
        found = duckdb.read_parquet(file(copies, name))
        types = dict(zip(found.columns, map(str, found.types), strict=True))
        assert types == {column: TYPES[field["type"]] for column, field in fields.items()}, name


@pytest.mark.parametrize("name", ["targets", "results_gap"])
def test_a_file_says_what_it_is_and_under_which_licence(
    copies: Path, edition: Edition, name: str
) -> None:
    folder = edition.root if name == "targets" else edition.outputs.results
    resource = next(one for one in descriptor(folder)["resources"] if one["name"] == name)
    said = told(copies, name)
    assert said["title_vi"] == resource["titles"]["vi"]
    assert said["description_en"] == resource["descriptions"]["en"]
    assert said["primary_key"].split() == resource["schema"]["primaryKey"]
    assert said["version"] == descriptor(edition.root)["version"]
    assert said["licence"] == "CC-BY-4.0"
    assert said["version"] in said["citation_vi"]
