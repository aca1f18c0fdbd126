from __future__ import annotations

import importlib.util
import json
import re
import socket
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from analysis.package import describe
from analysis.package.database import create_table
from analysis.package.raw import RawPackage, read_raw
from analysis.package.standard import (
    PROFILE,
    check_frictionless,
    check_profile,
    official_profile,
)


def test_the_profile_is_the_official_one_byte_for_byte() -> None:
    spec = importlib.util.find_spec("dplib")
    assert spec is not None
    assert spec.origin is not None
    official = Path(spec.origin).parent / "profiles/2.0/datapackage.json"
    assert official.read_bytes() == PROFILE.read_bytes()


def test_the_profile_refers_to_nothing_outside_itself() -> None:
    text = json.dumps(official_profile())
    assert not re.findall(r'"\$ref": "(?!#)[^"]*"', text)


def test_both_judges_work_without_the_network(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    raw = read_raw(package, [])
    assert not check_profile(raw).findings
    assert not check_frictionless(raw).findings


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda one: one.pop("resources"), "$"),
        (lambda one: one["licenses"][0].update(name="CC BY"), "$.licenses[0].name"),
        (lambda one: one["resources"][0].update(hash="sha256-xyz"), "$.resources[0].hash"),
    ],
)
def test_the_profile_says_where_a_descriptor_is_wrong(
    package: Path, change: Any, where: str
) -> None:
    descriptor = json.loads(json.dumps(describe(package)))
    change(descriptor)
    check = check_profile(RawPackage(package, descriptor, {}, {}))
    assert [one.where for one in check.findings] == [f"datapackage.json, {where}"]


SCHEMA = {
    "fields": [
        {"name": "id", "type": "string"},
        {"name": "n", "type": "integer", "constraints": {"minimum": 1, "maximum": 3}},
        {"name": "x", "type": "number"},
        {"name": "b", "type": "boolean"},
        {"name": "d", "type": "date"},
        {"name": "c", "type": "string", "constraints": {"enum": ["a", "it's"], "unique": True}},
    ],
    "primaryKey": ["id"],
}


@pytest.fixture
def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(create_table("t", SCHEMA))
    connection.execute("INSERT INTO t VALUES ('1', '2', '1.5', 'true', '2024-02-29', 'it''s')")
    return connection


def test_a_database_takes_numbers_as_numbers(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT n, x FROM t").fetchone() == (2, 1.5)


@pytest.mark.parametrize(
    "values",
    [
        "(NULL, 1, 1, 'true', NULL, 'a')",
        "('1', 1, 1, 'true', NULL, 'a')",
        "('2', 4, 1, 'true', NULL, 'a')",
        "('2', 0, 1, 'true', NULL, 'a')",
        "('2', 'x', 1, 'true', NULL, 'a')",
        "('2', 1, 'x', 'true', NULL, 'a')",
        "('2', 1, 1, 'yes', NULL, 'a')",
        "('2', 1, 1, 'true', '2023-02-29', 'a')",
        "('2', 1, 1, 'true', '29/2/2024', 'a')",
        "('2', 1, 1, 'true', NULL, 'b')",
        "('2', 1, 1, 'true', NULL, 'it''s')",
    ],
)
def test_a_database_refuses_what_the_schema_refuses(
    database: sqlite3.Connection, values: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(f"INSERT INTO t VALUES {values}")
