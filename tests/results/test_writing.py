"""The results of the committed package, as the data package that others are given."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.package import load
from analysis.package.checking import standard_checks
from analysis.package.declared import FieldFacts
from analysis.package.raw import RawPackage, read_raw
from analysis.results import result_columns, result_facts, result_frames

TABLES = [one.name for one in result_facts().resources]
each_table = pytest.mark.parametrize("name", TABLES)


@pytest.fixture(scope="module")
def folder(plan: Plan, as_of: date, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results; tests must not change them."""
    folder = tmp_path_factory.mktemp("results")
    plan.write_results(folder, as_of=as_of)
    return folder


@pytest.fixture(scope="module")
def raw(folder: Path) -> RawPackage:
    errors: list[Any] = []
    found = read_raw(folder, errors)
    assert not errors
    return found


@pytest.fixture(scope="module")
def gap(plan: Plan, as_of: date) -> pd.DataFrame:
    return plan.gap(as_of=as_of)


@pytest.fixture(scope="module")
def frames(plan: Plan, as_of: date) -> dict[str, pd.DataFrame]:
    views = {proxy: plan.view(as_of=as_of, include_proxy=proxy) for proxy in (False, True)}
    return result_frames(plan.tables, views, as_of=as_of)


def fields(name: str) -> tuple[FieldFacts, ...]:
    return next(one for one in result_facts().resources if one.name == name).fields


def test_profile_frictionless_and_database_find_nothing(raw: RawPackage) -> None:
    checks = standard_checks(raw)
    assert [finding for check in checks for finding in check.findings] == []
    assert all(check.checked for check in checks)


def test_the_folder_holds_the_tables_two_of_them_as_json_and_the_descriptor(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names == {
        *(f"{name}.csv" for name in TABLES),
        *("results_gap.json", "results_trend.json", "datapackage.json"),
    }


def test_the_descriptor_says_of_what_for_which_day_and_by_which_command(
    raw: RawPackage, plan: Plan, root: Path
) -> None:
    told = raw.descriptor
    assert told["name"] == "plan-155-quang-ninh-results"
    assert told["generatedBy"] == "plan155 run"
    assert (told["assessedOn"], told["baseYear"]) == ("2026-11-25", 2020)
    assert told["basedOn"] == {
        "name": "plan-155-quang-ninh",
        "version": plan.tables.version,
        "sha256": hashlib.sha256((root / "datapackage.json").read_bytes()).hexdigest(),
    }
    assert told["version"] == plan.tables.version
    assert told["created"] == plan.tables.descriptor["created"]


@each_table
def test_columns_are_those_of_the_facts_and_no_file_is_empty(raw: RawPackage, name: str) -> None:
    assert list(raw.tables[name].columns) == result_columns(name)
    assert raw.tables[name].rows


@each_table
def test_keys_are_unique(raw: RawPackage, name: str) -> None:
    key = next(one.primary_key for one in result_facts().resources if one.name == name)
    keys = [tuple(row[column] for column in key) for row in raw.rows(name)]
    assert len(set(keys)) == len(keys)


@each_table
def test_every_code_that_occurs_is_declared(raw: RawPackage, name: str) -> None:
    coded = [one for one in fields(name) if one.enum_labels]
    for one in coded:
        cells = {row[one.name] for row in raw.rows(name)} - {""}
        found = {code for cell in cells for code in cell.split(one.separator or "\0")}
        assert found <= set(one.enum_labels), one.name


@each_table
def test_what_is_read_back_is_what_was_computed(
    folder: Path, frames: dict[str, pd.DataFrame], name: str
) -> None:
    computed, read = frames[name], load(folder)[name]
    for column in result_columns(name):
        assert plain(read[column]) == plain(computed[column]), column


def plain(column: pd.Series) -> list[Any]:
    """Values as Python has them, with one way to be missing."""
    return [None if pd.isna(value) or value == "" else value for value in column.tolist()]


def test_every_series_and_year_of_the_plan_has_a_row(raw: RawPackage, plan: Plan) -> None:
    found = {(row["series_id"], row["target_year"]) for row in raw.rows("results_gap")}
    targets = plan["targets"]
    assert found == set(zip(targets["series_id"], targets["year"].astype(str), strict=True))
    assert {row["series_id"] for row in raw.rows("results_trend")} == set(targets["series_id"])


def test_ids_are_those_of_the_data_package(raw: RawPackage, plan: Plan) -> None:
    owners = {"series_id": "series", "unit_id": "units", "area_id": "areas", "level_id": "levels",
              "value_source_id": "sources", "value_observation_id": "observations"}  # fmt: skip
    for name in TABLES:
        for column, owner in owners.items():
            known = set(plan[owner].iloc[:, 0].astype(str))
            if column in result_columns(name):
                assert {row[column] for row in raw.rows(name)} - {""} <= known


def test_verdicts_are_counted_as_in_the_gap_frame(raw: RawPackage, gap: pd.DataFrame) -> None:
    expected = gap.groupby(["target_year", "verdict"]).size()
    rows = raw.rows("results_gap")
    whole = [
        row for row in raw.rows("results_rollup") if (row["by"], row["unit"]) == ("plan", "series")
    ]
    assert len(whole) == 2
    for (year, verdict), n in expected.items():
        cells = [
            row for row in rows if (row["target_year"], row["verdict"]) == (str(year), verdict)
        ]
        (counted,) = [row for row in whole if row["target_year"] == str(year)]
        assert len(cells) == n
        assert int(counted[f"n_{verdict.lower()}"]) == n


def test_the_default_scenario_is_the_gap_table(raw: RawPackage) -> None:
    default = {
        (row["series_id"], row["target_year"]): row["verdict"]
        for row in raw.rows("results_sensitivity")
        if row["axis"] == "default"
    }
    assert default == {
        (row["series_id"], row["target_year"]): row["verdict"] for row in raw.rows("results_gap")
    }


def test_parts_of_the_plan_are_counted_with_the_same_heads(raw: RawPackage) -> None:
    for name in ("results_rollup", "results_coverage_parts"):
        heads = {(row["by"], row["part_id"], row["role"]) for row in raw.rows(name)}
        assert ("plan", "plan", "none") in heads
        assert ("group", "5", "none") in heads
        assert ("agency", "so-y-te", "lead") in heads
        assert ("agency", "cac-so-ban-nganh-lien-quan", "coordinating") in heads


@pytest.mark.parametrize("name", ["results_gap", "results_trend"])
def test_json_holds_the_same_rows(folder: Path, raw: RawPackage, name: str) -> None:
    records = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    assert len(records) == len(raw.rows(name))
    words = {"true": True, "false": False, "": None}
    for record, row in zip(records, raw.rows(name), strict=True):
        assert list(record) == result_columns(name)
        for column, value in record.items():
            cell = row[column]
            assert (words[cell] if cell in words else type(value)(cell)) == value


def test_the_same_day_and_data_give_the_same_bytes(
    folder: Path, plan: Plan, as_of: date, tmp_path: Path
) -> None:
    files = plan.write_results(tmp_path / "again", as_of=as_of)
    assert files[-1].name == "datapackage.json"
    for path in files:
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_another_day_or_base_year_is_told(plan: Plan, tmp_path: Path) -> None:
    plan.write_results(tmp_path, as_of=date(2025, 6, 30), base_year=2021)
    told = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert (told["assessedOn"], told["baseYear"]) == ("2025-06-30", 2021)
    with (tmp_path / "results_gap.csv").open(encoding="utf-8", newline="") as lines:
        assert {row["due"] for row in csv.DictReader(lines)} == {"false"}


def test_no_clock_and_no_place_is_in_any_file(folder: Path) -> None:
    for path in folder.iterdir():
        assert str(folder.parent) not in path.read_text(encoding="utf-8")
