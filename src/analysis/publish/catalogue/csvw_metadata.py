"""CSVW metadata (W3C, Metadata Vocabulary for Tabular Data) of the tables of both packages.

A program that knows CSVW can check every table by it: header, types, limits, codes, keys and
references between tables. Two constraints of a Table Schema have no word in CSVW and are missing:
that a column which is not the key holds no value twice, and a separator that only some cells need.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from analysis.publish.catalogue.datasets import Dataset
from analysis.publish.catalogue.record import Record, texts
from analysis.publish.catalogue.writing import CATALOGUE, Addresses, write_json
from analysis.runs.places import RESULTS

FILES: Final = {
    "dataset": f"{CATALOGUE}/csvw-metadata.json",
    "results": f"{CATALOGUE}/csvw-results-metadata.json",
}
FOLDERS: Final = {"dataset": "", "results": f"{RESULTS}/"}
"""Where the tables of a dataset lie below the site's folder."""

SPECIAL: Final = re.compile(r"[.^$*+?()\[\]{}|\\]")
"""What a regular expression does not take as it stands."""

CONTEXT: Final = ["http://www.w3.org/ns/csvw", {"@language": "vi"}]


def write_csvw(datasets: Sequence[Dataset], site: Path, base_url: str = "") -> list[Path]:
    """Write ``catalogue/csvw-metadata.json`` and the same for the results."""
    return [write_json(csvw_metadata(one, base_url), site / FILES[one.key]) for one in datasets]


def csvw_metadata(dataset: Dataset, base_url: str = "") -> dict[str, Any]:
    """Return the metadata of all tables of a dataset.

    Parameters
    ----------
    dataset
        The dataset.
    base_url
        Where the site stands; empty: addresses are relative to the catalogue's folder.
    """
    record, addresses = dataset.record, Addresses(base_url)
    places = {
        resource["name"]: addresses(FOLDERS[dataset.key] + resource["path"])
        for resource in record.resources
    }
    return {
        "@context": CONTEXT,
        "@type": "TableGroup",
        **_about(record),
        "tables": [_table(resource, places) for resource in record.resources],
    }


def _about(record: Record) -> dict[str, Any]:
    return {
        "dc:title": _said(record.titles),
        "dc:description": _said(record.descriptions),
        "dc:identifier": record.name,
        "dc:creator": _said(record.creator),
        "dc:license": {"@id": record.licence.path},
        "dc:modified": {"@value": record.modified, "@type": "xsd:date"},
        "schema:version": record.version,
    }


def _table(resource: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, Any]:
    return {
        "url": places[resource["name"]],
        "dc:title": _said(texts(resource, "title")),
        "dc:description": _said(texts(resource, "description")),
        "dialect": _dialect(resource),
        "tableSchema": _schema(resource["schema"], places),
    }


def _said(by_language: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in by_language.items()]


def _dialect(resource: Mapping[str, Any]) -> dict[str, Any]:
    dialect = resource["dialect"]
    return {
        "encoding": resource["encoding"],
        "delimiter": dialect["delimiter"],
        "quoteChar": dialect["quoteChar"],
        "doubleQuote": dialect["doubleQuote"],
        "lineTerminators": [dialect["lineTerminator"]],
        "header": dialect["header"],
    }


def _schema(schema: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, Any]:
    keys = [_foreign_key(key, places) for key in schema.get("foreignKeys", ())]
    return {
        "null": list(schema["missingValues"]),
        "columns": [_column(field) for field in schema["fields"]],
        "primaryKey": list(schema["primaryKey"]),
        **({"foreignKeys": keys} if keys else {}),
    }


def _foreign_key(key: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, Any]:
    reference = key["reference"]
    return {
        "columnReference": list(key["fields"]),
        "reference": {
            "resource": places[reference["resource"]],
            "columnReference": list(reference["fields"]),
        },
    }


def _column(field: Mapping[str, Any]) -> dict[str, Any]:
    """Return a column; its name is a title in no language, since that is what the header says."""
    constraints = field.get("constraints", {})
    return {
        "name": field["name"],
        "titles": {"und": field["name"], **texts(field, "title")},
        "dc:description": _said(texts(field, "description")),
        **({"required": True} if constraints.get("required") else {}),
        "datatype": _datatype(field, constraints),
    }


def _datatype(field: Mapping[str, Any], constraints: Mapping[str, Any]) -> dict[str, Any]:
    datatype: dict[str, Any] = {"base": field["type"]}
    limits = {name: constraints[name] for name in ("minimum", "maximum") if name in constraints}
    form = _form(field, constraints)
    if form:
        datatype["format"] = form
    return {**datatype, **{name: str(limit) for name, limit in limits.items()}}


def _form(field: Mapping[str, Any], constraints: Mapping[str, Any]) -> str:
    """Return how a cell must be written: a pattern for the whole cell, or its codes."""
    if field["type"] == "boolean":
        return f"{field['trueValues'][0]}|{field['falseValues'][0]}"
    if field["type"] != "string":
        return ""
    codes = "|".join(SPECIAL.sub(r"\\\g<0>", code) for code in constraints.get("enum", ()))
    pattern = constraints.get("pattern") or codes
    return f"^(?:{pattern})$" if pattern else ""
