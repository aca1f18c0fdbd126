"""The package as it is committed: valid, current, and described by true examples."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.package import check, describe, load
from analysis.package.declared import declared
from analysis.package.describing import descriptor_text
from analysis.package.dictionary import FILES, dictionary_text
from analysis.package.raw import RawPackage, read_raw
from analysis.package.rules.structure import TOTALS
from analysis.plan.readings import KINDS
from analysis.plan.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def raw() -> RawPackage:
    return read_raw(ROOT, [])


def test_the_committed_package_is_valid_without_a_warning() -> None:
    report = check(ROOT)
    assert [(one.rule, one.where, one.what) for one in report.findings] == []
    assert report.exit_code == 0


def test_frictionless_itself_calls_the_descriptor_valid() -> None:
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert '"valid": true' in done.stdout


def test_the_committed_descriptor_is_what_the_build_gives() -> None:
    committed = (ROOT / "datapackage.json").read_bytes()
    assert committed == descriptor_text(describe(ROOT)).encode()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_committed_dictionary_is_what_the_build_gives(language: str) -> None:
    committed = (ROOT / FILES[language]).read_bytes()
    assert committed == dictionary_text(describe(ROOT), language).encode()


def test_every_example_is_a_value_of_its_column(raw: RawPackage) -> None:
    wrong = []
    for resource in declared().resources:
        for field in resource.fields:
            values = {row[field.name] for row in raw.rows(resource.name)} - {""}
            if values and field.example not in values:
                wrong.append(f"facts/{resource.name}.yaml, field {field.name}: {field.example}")
    assert not wrong


def test_fields_are_declared_in_the_order_of_the_columns(raw: RawPackage) -> None:
    for resource in declared().resources:
        names = tuple(field.name for field in resource.fields)
        assert names == raw.tables[resource.name].columns


def test_the_plan_tables_are_those_that_the_plan_room_makes() -> None:
    made = {one.name: one for one in declared().resources if one.path.startswith("data/plan/")}
    assert list(made) == list(TABLES)
    for name, resource in made.items():
        assert resource.primary_key == TABLES[name].key
        assert tuple(field.name for field in resource.fields) == TABLES[name].columns


def test_every_kind_of_reading_has_a_label() -> None:
    readings = next(one for one in declared().resources if one.name == "readings")
    kinds = next(field for field in readings.fields if field.name == "kind")
    assert set(kinds.enum_labels) == {"none", *KINDS}


def test_the_declared_totals_are_loaded() -> None:
    tables = load(ROOT)
    assert {name: len(tables[name]) for name in TOTALS} == TOTALS
    assert tables.indicators["indicator_id"].is_unique
