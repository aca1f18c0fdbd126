"""CSVW metadata, read by a validator that others wrote, over the real tables."""

from __future__ import annotations

import csv
import json
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import csvw
import pytest

from analysis.publish import Edition
from analysis.publish.catalogue.csvw_metadata import FILES, FOLDERS
from tests.publish.catalogue.reading import read

Rows = list[dict[str, str]]


def faults(metadata: Path) -> list[str]:
    """Return what the validator says; it warns of some faults and raises others."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        checked = csvw.CSVW(str(metadata), validate=True)
        try:
            valid = checked.is_valid
        except ValueError as error:
            return [str(error)]
    said = [str(one.message) for one in (*told, *checked.warnings)]
    assert valid == (not said)
    return said


@pytest.fixture(params=FILES)
def key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_all_tables_with_their_keys_and_references_are_valid(site: Path, key: str) -> None:
    assert faults(site / FILES[key]) == []


def test_the_validator_reads_every_row_of_every_table(
    site: Path, edition: Edition, key: str
) -> None:
    group = csvw.TableGroup.from_file(site / FILES[key])
    told = edition.descriptor if key == "dataset" else edition.results_descriptor
    rows = {str(table.url): len(list(table.iterdicts(strict=True))) for table in group.tables}
    assert rows == {f"../{FOLDERS[key]}{one['path']}": one["rowCount"] for one in told["resources"]}


def test_every_column_key_and_reference_of_the_descriptor_is_there(
    site: Path, edition: Edition, key: str
) -> None:
    told = edition.descriptor if key == "dataset" else edition.results_descriptor
    tables = read(site / FILES[key])["tables"]
    for resource, table in zip(told["resources"], tables, strict=True):
        schema, found = resource["schema"], table["tableSchema"]
        columns = {one["name"]: one for one in found["columns"]}
        assert list(columns) == [field["name"] for field in schema["fields"]]
        assert found["primaryKey"] == schema["primaryKey"]
        assert len(found.get("foreignKeys", [])) == len(schema.get("foreignKeys", []))
        for field in schema["fields"]:
            column, constraints = columns[field["name"]], field.get("constraints", {})
            assert {one: column["titles"][one] for one in ("vi", "en")} == field["titles"]
            assert column["titles"]["und"] == field["name"]
            assert column.get("required", False) == constraints.get("required", False)
            assert column["datatype"]["base"] == field["type"]
            for limit in ("minimum", "maximum"):
                assert (limit in column["datatype"]) == (limit in constraints)


def changed(field: str, value: str) -> Callable[[Rows], Rows]:
    """Return a change of the first row that holds something in a column."""

    def change(rows: Rows) -> Rows:
        place = next(i for i, row in enumerate(rows) if row[field])
        return [{**row, field: value} if i == place else row for i, row in enumerate(rows)]

    return change


def renamed(old: str, new: str) -> Callable[[Rows], Rows]:
    return lambda rows: [
        {new if name == old else name: value for name, value in row.items()} for row in rows
    ]


FAULTS: dict[str, tuple[str, Callable[[Rows], Rows], str]] = {
    "a number that is none": (
        "targets",
        changed("low", "about 95"),
        "lexical value for float: about 95",
    ),
    "a decimal comma": ("targets", changed("low", "95,75"), "lexical value for float: 95,75"),
    "a code that is not in the list": (
        "targets",
        changed("kind", "roughly"),
        "lexical value for string: roughly",
    ),
    "a code that another begins with": (
        "targets",
        changed("kind", "at_least_"),
        "lexical value for string: at_least_",
    ),
    "an empty cell that must not be": (
        "targets",
        changed("status", ""),
        "required column value is missing",
    ),
    "a truth value that is none": (
        "targets",
        changed("inherited", "yes"),
        "lexical value for boolean: yes",
    ),
    "an id of another form": (
        "series",
        changed("series_id", "Five"),
        "lexical value for string: Five",
    ),
    "a number that is too large": ("indicator_groups", changed("group_id", "12"), "must be <= 11"),
    "a number that is too small": ("indicator_groups", changed("source_line", "0"), "must be >= 1"),
    "a series that does not exist": (
        "targets",
        changed("series_id", "99.9"),
        "Key `99.9` not found",
    ),
    "a level that does not exist": (
        "targets",
        changed("level_id", "education-9"),
        "Key `education-9` not found",
    ),
    "the same key twice": ("targets", lambda rows: [*rows, rows[0]], "duplicate primary key"),
    "a column of another name": (
        "targets",
        renamed("low", "lowest"),
        'Unspecified column "lowest"',
    ),
    "a column too many": (
        "targets",
        lambda rows: [{**row, "more": "1"} for row in rows],
        "Column number mismatch",
    ),
    "a day that is none": (
        "areas",
        changed("valid_to", "2025-06-31"),
        "Invalid column value: 2025-06-31",
    ),
}

TOGETHER = {
    "areas",
    "indicator_groups",
    "indicators",
    "levels",
    "readings",
    "series",
    "targets",
    "units",
}
"""Tables that refer to no others."""


@pytest.fixture
def part(site: Path, edition: Edition, tmp_path: Path) -> Path:
    """Some tables in a folder of their own, with the part of the metadata that is about them."""
    (tmp_path / "catalogue").mkdir()
    metadata = read(site / FILES["dataset"])
    paths = {one["path"] for one in edition.descriptor["resources"] if one["name"] in TOGETHER}
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / path, tmp_path / path)
    metadata["tables"] = [one for one in metadata["tables"] if one["url"][3:] in paths]
    (tmp_path / FILES["dataset"]).write_text(json.dumps(metadata), encoding="utf-8")
    return tmp_path


def test_the_part_without_faults_is_valid(part: Path) -> None:
    assert faults(part / FILES["dataset"]) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(part: Path, edition: Edition, fault: str) -> None:
    name, change, said = FAULTS[fault]
    paths = {one["name"]: one["path"] for one in edition.descriptor["resources"]}
    table = part / paths[name]
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    _write(change(rows), table)
    assert any(said in one for one in faults(part / FILES["dataset"]))


def _write(rows: list[Any], table: Path) -> None:
    with table.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
