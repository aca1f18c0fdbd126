"""The descriptor: declared facts and what can be read off the files, as ``datapackage.json``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.errors import UserError
from analysis.package.declared import Facts, FieldFacts, ResourceFacts, Text, declared
from analysis.package.faults import refuse_all
from analysis.package.raw import RawTable, parse_csv

DESCRIPTOR = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"
GENERATED_BY = "plan155 build"

DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}
TRUE, FALSE = "true", "false"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def describe(root: str | Path, facts: Facts | None = None) -> dict[str, Any]:
    """Return the descriptor of the package in a folder.

    Parameters
    ----------
    root
        The folder that holds ``data/``.
    facts
        The declared facts; those of this package when left out.

    Returns
    -------
    dict
        A Data Package 2.0 descriptor. Beside the standard's properties it has the custom ones
        ``titles``, ``descriptions``, ``enumLabels``, ``unit`` (each in ``vi`` and ``en``),
        ``languages``, ``rowCount`` and ``generatedBy``.

    Raises
    ------
    PackageError
        If a file is missing or its columns are not those declared; all are named at once.
    """
    root = Path(root)
    facts = versioned(facts or declared(), root)
    errors: list[UserError] = []
    resources = [_resource(root, one, facts, errors) for one in facts.resources]
    refuse_all(errors)
    return {**_package(facts), "resources": resources}


EVENTS = {"additions": "recorded_on", "withdrawals": "withdrawn_on"}
"""The tables that say when rows came in and when some were taken back: column of the day."""


def versioned(facts: Facts, root: Path) -> Facts:
    """Return facts with the version and day of the rows that a folder holds.

    The declared version is that of the first addition. Each further addition and each withdrawal
    raises its second number by one, and the day is that of the last of them. A folder without
    these tables has the declared version.
    """
    days = [day for name in EVENTS for day in _days(facts, root, name)]
    major, minor, patch = facts.version.split(".")
    further = max(len(days) - 1, 0)
    return replace(
        facts,
        version=f"{major}.{int(minor) + further}.{patch if not further else 0}",
        created=max([facts.created, *(f"{day}T00:00:00Z" for day in days)]),
    )


def _days(facts: Facts, root: Path, name: str) -> list[str]:
    path = next((root / one.path for one in facts.resources if one.name == name), root)
    if not path.is_file():
        return []
    table = parse_csv(path.read_bytes(), name, str(path), [])
    return [row[EVENTS[name]] for row in table.rows if _DAY.fullmatch(row[EVENTS[name]])]


def outline(facts: Facts) -> dict[str, Any]:
    """Return the descriptor of a package whose files are not at hand.

    It is that of :func:`describe` without what only the files can tell: ``bytes``, ``hash`` and
    ``rowCount``.

    Raises
    ------
    PackageError
        If a resource names a source that the facts lack.
    """
    errors: list[UserError] = []
    resources = [
        {**_told(one, facts, errors), "schema": _schema_of(one, one.fields)}
        for one in facts.resources
    ]
    refuse_all(errors)
    return {**_package(facts), "resources": resources}


def descriptor_text(descriptor: Mapping[str, Any]) -> str:
    """Return the descriptor as the text of ``datapackage.json``."""
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def write_descriptor(root: str | Path, facts: Facts | None = None) -> Path:
    """Write ``datapackage.json`` into the folder and return its path.

    The same files and facts give the same bytes.

    Raises
    ------
    PackageError
        As :func:`describe`.
    """
    path = Path(root) / DESCRIPTOR
    path.write_text(descriptor_text(describe(root, facts)), encoding="utf-8", newline="\n")
    return path


def sha256(data: bytes) -> str:
    """Return the hash of a file's bytes as the standard writes it: ``sha256:…``."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _package(facts: Facts) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": facts.name,
        **_texts(facts.title, facts.description),
        "version": facts.version,
        "created": facts.created,
        "generatedBy": GENERATED_BY,
        "languages": ["vi", "en"],
        "keywords": list(facts.keywords),
        "licenses": [_titled(one) for one in facts.licenses],
        "sources": [_titled(one) for one in facts.sources.values()],
        "contributors": [_titled(one) for one in facts.contributors],
    }


def _texts(title: Text, description: Text) -> dict[str, Any]:
    return {
        "title": title["vi"],
        "titles": dict(title),
        "description": description["vi"],
        "descriptions": dict(description),
    }


def _titled(entry: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in entry.items() if key != "title"}
    return {"title": entry["title"]["vi"], "titles": dict(entry["title"]), **rest}


def _resource(
    root: Path, declared_facts: ResourceFacts, facts: Facts, errors: list[UserError]
) -> dict[str, Any]:
    path = root / declared_facts.path
    if not path.is_file():
        errors.append(
            UserError(
                f"the file of table {declared_facts.name} is missing",
                str(path),
                "run `plan155 build`, or restore the file",
            )
        )
        return {}
    data = path.read_bytes()
    table = parse_csv(data, declared_facts.name, declared_facts.path, errors)
    return {
        **_told(declared_facts, facts, errors),
        "bytes": len(data),
        "hash": sha256(data),
        "rowCount": len(table.rows),
        "schema": _schema(declared_facts, table, errors),
    }


def _told(declared_facts: ResourceFacts, facts: Facts, errors: list[UserError]) -> dict[str, Any]:
    """Return what is declared of a resource, its schema apart."""
    return {
        "name": declared_facts.name,
        "type": "table",
        "path": declared_facts.path,
        **_texts(declared_facts.title, declared_facts.description),
        "sources": [_source(one, facts, errors) for one in declared_facts.sources],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": dict(DIALECT),
    }


def _source(part: Mapping[str, Any], facts: Facts, errors: list[UserError]) -> dict[str, Any]:
    """Return a source of the package, with the part of it that the table is taken from."""
    entry = facts.sources.get(part["source"])
    if entry is None:
        mend = "name a source of package.yaml"
        errors.append(UserError(f"unknown source `{part['source']}`", "facts", mend))
        return {}
    if "part" not in part:
        return _titled(entry)
    title = {
        language: f"{entry['title'][language]}: {part['part'][language]}"
        for language in ("vi", "en")
    }
    return _titled({**entry, "title": title})


def _schema(facts: ResourceFacts, table: RawTable, errors: list[UserError]) -> dict[str, Any]:
    fields = {one.name: one for one in facts.fields}
    for name in [name for name in table.columns if name not in fields]:
        where, mend = f"{facts.path}, column {name}", f"declare it in facts/{facts.name}.yaml"
        errors.append(UserError("the column is not declared", where, mend))
    for name in [name for name in fields if name not in table.columns]:
        where, mend = f"facts/{facts.name}.yaml, field {name}", "remove it, or add the column"
        errors.append(UserError(f"{facts.path} has no such column", where, mend))
    return _schema_of(facts, [fields[name] for name in table.columns if name in fields])


def _schema_of(facts: ResourceFacts, known: Sequence[FieldFacts]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(one) for one in known],
        "missingValues": [""],
        "primaryKey": list(facts.primary_key),
    }
    keys = [_foreign_key(one) for one in known if one.references is not None]
    return {**schema, "foreignKeys": keys} if keys else schema


def _field(facts: FieldFacts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": facts.name,
        "type": facts.type,
        **_texts(facts.title, facts.description),
        "example": facts.example,
    }
    if facts.type == "boolean":
        found |= {"trueValues": [TRUE], "falseValues": [FALSE]}
    if facts.unit is not None:
        found["unit"] = dict(facts.unit)
    if facts.separator:
        found["separator"] = facts.separator
    constraints = dict(facts.constraints)
    if facts.enum_labels:
        constraints |= _allowed(facts)
        found["enumLabels"] = {code: dict(label) for code, label in facts.enum_labels.items()}
    return {**found, "constraints": constraints} if constraints else found


def _allowed(facts: FieldFacts) -> dict[str, Any]:
    """Return the constraint to the codes; a pattern where a cell can hold several."""
    if facts.separator:
        one = f"({'|'.join(map(re.escape, facts.enum_labels))})"
        return {"pattern": f"{one}({facts.separator}{one})*"}
    cast = int if facts.type == "integer" else str
    return {"enum": [cast(code) for code in facts.enum_labels]}


def _foreign_key(facts: FieldFacts) -> dict[str, Any]:
    resource, name = facts.references or ("", "")
    return {"fields": [facts.name], "reference": {"resource": resource, "fields": [name]}}
