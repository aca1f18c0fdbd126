"""The standard's own judges: the official profile, frictionless, and a database with real keys.

Each of them catches what the others miss: the profile knows the shape of every property,
frictionless reads the data by the schema, and SQLite enforces keys and constraints on the rows.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from analysis.package.raw import RawPackage
from analysis.package.report import Check, Finding

PROFILE = Path(__file__).parent / "profiles" / "datapackage-2.0.json"


@cache
def official_profile() -> dict[str, Any]:
    """Return the JSON Schema of Data Package 2.0, from the copy kept in this package."""
    profile: dict[str, Any] = json.loads(PROFILE.read_text(encoding="utf-8"))
    return profile


def check_profile(raw: RawPackage) -> Check:
    """Check the descriptor against the official profile, without the network."""
    from jsonschema import Draft7Validator

    rule = "descriptor-profile"
    validator = Draft7Validator(official_profile())
    findings = tuple(
        Finding(
            rule,
            "error",
            f"datapackage.json, {error.json_path}",
            error.message[:300],
            "mend the facts (facts/*.yaml) and run `plan155 build`",
        )
        for error in sorted(validator.iter_errors(raw.descriptor), key=lambda one: one.json_path)
    )
    return Check(
        rule,
        "Bản mô tả đúng chuẩn Data Package 2.0",
        "The descriptor follows the Data Package 2.0 profile",
        1,
        findings,
    )


def check_frictionless(raw: RawPackage) -> Check:
    """Check descriptor and data with the frictionless library; ``checked`` counts rows."""
    from frictionless import FrictionlessException, Package

    rule = "frictionless"
    try:
        report = Package(str(raw.root / "datapackage.json")).validate()
        problems: list[Any] = [(None, error) for error in report.errors]
        problems += [(task, error) for task in report.tasks for error in task.errors]
    except FrictionlessException as error:
        problems = [(None, reason) for reason in (error.reasons or [error.error])]
    return Check(
        rule,
        "Gói dữ liệu hợp lệ theo frictionless",
        "The package is valid for frictionless",
        sum(len(table.rows) for table in raw.tables.values()),
        tuple(_frictionless_finding(rule, task, error) for task, error in problems),
    )


def _frictionless_finding(rule: str, task: Any, error: Any) -> Finding:
    place = [task.place if task is not None else "datapackage.json"]
    if getattr(error, "row_number", None) is not None:
        place.append(f"row {error.row_number}")
    if getattr(error, "field_name", None):
        place.append(f"column {error.field_name}")
    mend = "mend the cell at its origin (data/source or data/observed), then `plan155 build`"
    return Finding(rule, "error", ", ".join(place), f"{error.title}: {error.message}", mend)


def check_database(raw: RawPackage) -> Check:
    """Load all rows into a database in memory whose tables carry the keys and constraints.

    ``checked`` counts rows. Constraints are ``NOT NULL``, ``UNIQUE``, ``PRIMARY KEY``,
    ``FOREIGN KEY`` and ``CHECK`` for types, enumerations and bounds.
    """
    from analysis.package.database import load_rows

    rule = "database"
    return Check(
        rule,
        "Khóa và ràng buộc đứng vững trong cơ sở dữ liệu",
        "Keys and constraints hold in a database",
        sum(len(table.rows) for table in raw.tables.values()),
        tuple(
            Finding(rule, "error", where, what, "mend the row, or the row that it refers to")
            for where, what in load_rows(raw)
        ),
    )
