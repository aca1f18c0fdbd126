"""Every document follows the JSON Schema, and the schema refuses what is not so."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.publish.interface.conftest import Documents

Schema = dict[str, Any]


def validator(schema: Schema, name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})


def kind(documents: Documents, address: str) -> str:
    """Return the name of the schema that the index gives for an address."""
    if address == "index.json":
        return "index"
    for endpoint in documents["index.json"]["endpoints"]:
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(endpoint["path"]))
        if re.fullmatch(pattern, address):
            return str(endpoint["schema"]).removeprefix("schema.json#/$defs/")
    raise AssertionError(f"the index does not tell of {address}")


def test_the_schema_is_one_of_its_draft(schema: Schema) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_every_document_follows_the_schema_that_the_index_gives(
    documents: Documents, schema: Schema
) -> None:
    validators: dict[str, Draft202012Validator] = {}
    faults = []
    for address, document in documents.items():
        name = kind(documents, address)
        found = validators.setdefault(name, validator(schema, name)).iter_errors(document)
        faults += [f"{address}, {fault.json_path}: {fault.message}" for fault in found]
    assert faults == []
    assert len(validators) == len(documents["index.json"]["endpoints"]) + 1


def test_the_schema_as_a_whole_takes_a_document_of_any_kind(
    documents: Documents, schema: Schema
) -> None:
    whole = Draft202012Validator(schema)
    for address in ("index.json", "tasks.json", "groups/1.json"):
        assert whole.is_valid(documents[address]), address
    assert not whole.is_valid({"edition": documents["index.json"]["edition"]})


def test_every_property_is_explained_in_both_languages(schema: Schema) -> None:
    bare = {"text", "labelled", "cited"}
    for name, told in schema["$defs"].items():
        for key, one in told.get("properties", {}).items():
            explains = name in bare or "$ref" in one or "descriptions" in one
            label = re.search(r"_(label|labels|url|publisher|title|sources)$", key)
            assert explains or label or name == "index", (name, key)


def _first(document: Any) -> Any:
    return document["series"][0]


def _rename(document: Any) -> None:
    _first(document)["observation"] = _first(document).pop("observations")


CHANGES: dict[str, Callable[[Any], Any]] = {
    "a missing property": lambda one: _first(one).pop("trend"),
    "another name": _rename,
    "a property more": lambda one: one.update(more=1),
    "a number as a text": lambda one: _first(one)["observations"][0].update(value="82,4"),
    "a boolean as a number": lambda one: _first(one)["answers"][0].update(inherited=1),
    "an unknown code": lambda one: _first(one)["gap"][0].update(verdict="FINE"),
    "null where there must be a value": lambda one: one["indicator"].update(name_vi=None),
    "a day that is none": lambda one: _first(one)["observations"][0].update(recorded_on="today"),
    "an id of another form": lambda one: one["indicator"].update(indicator_id="x5.7y"),
    "a label in one language": lambda one: _first(one)["gap"][0]["verdict_label"].pop("vi"),
    "a count below zero": lambda one: _first(one)["sensitivity"][0].update(n_differing=-1),
    "a line that the text does not have": lambda one: one["indicator"].update(source_line=0),
    "no edition": lambda one: one.pop("edition"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_schema_refuses(documents: Documents, schema: Schema, name: str) -> None:
    document = copy.deepcopy(documents["indicators/5.7.json"])
    assert validator(schema, "indicator").is_valid(document)
    CHANGES[name](document)
    assert not validator(schema, "indicator").is_valid(document)
