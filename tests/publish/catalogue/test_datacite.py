"""The record for a repository that gives out DOIs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.publish import Edition
from tests.publish.catalogue.conftest import BASE
from tests.publish.catalogue.reading import read


@pytest.fixture
def record(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = read(site / "catalogue/datacite.json")
    return found


def test_it_has_all_that_the_schema_demands_but_the_doi(record: dict[str, Any]) -> None:
    demanded = ("creators", "titles", "publisher", "publicationYear", "types", "schemaVersion")
    assert all(record[name] for name in demanded)
    assert record["schemaVersion"] == "http://datacite.org/schema/kernel-4"
    assert record["types"]["resourceTypeGeneral"] == "Dataset"


def test_no_identifier_is_made_up(record: dict[str, Any], edition: Edition) -> None:
    assert "id" not in edition.descriptor
    assert not {"doi", "id", "identifiers", "alternateIdentifiers", "prefix", "url"} & set(record)
    assert "10." not in str(record["relatedItems"])


def test_its_facts_are_those_of_the_descriptor(record: dict[str, Any], edition: Edition) -> None:
    told = edition.descriptor
    assert record["version"] == told["version"]
    assert record["publicationYear"] == told["created"][:4]
    assert record["dates"] == [{"date": told["created"][:10], "dateType": "Issued"}]
    assert {one["lang"]: one["title"] for one in record["titles"]} == told["titles"]
    assert {one["lang"]: one["description"] for one in record["descriptions"]} == (
        told["descriptions"]
    )
    assert {one["rightsIdentifier"] for one in record["rightsList"]} == {"CC-BY-4.0"}
    assert {one["subject"] for one in record["subjects"]} == set(told["keywords"])
    assert record["creators"][0]["name"] == told["contributors"][0]["title"]


def test_it_names_the_plan_that_the_data_are_derived_from(record: dict[str, Any]) -> None:
    (plan,) = record["relatedItems"]
    assert plan["relationType"] == "IsDerivedFrom"
    assert (plan["number"], plan["publicationYear"]) == ("155/KH-UBND", "2024")


def test_sizes_are_those_of_the_files(record: dict[str, Any], site: Path) -> None:
    assert len(record["sizes"]) > 25
    for size in record["sizes"]:
        number, path = size.split(" bytes: ")
        assert int(number) == (site / path).stat().st_size


def test_the_page_is_named_only_where_its_address_is_known(placed_site: Path) -> None:
    assert read(placed_site / "catalogue/datacite.json")["url"] == f"{BASE}vi/data.html"
