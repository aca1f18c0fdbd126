"""``data.json`` as harvesters of DCAT-US 1.1 read it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from analysis.publish import Edition
from tests.publish.catalogue.reading import in_site, read

DEMANDED = (
    "title",
    "description",
    "keyword",
    "modified",
    "publisher",
    "contactPoint",
    "identifier",
    "accessLevel",
)
"""What the schema demands of everybody, apart from what it demands of US agencies."""


@pytest.fixture
def catalogue(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = read(site / "data.json")
    return found


def test_it_says_which_schema_it_follows(catalogue: dict[str, Any]) -> None:
    assert catalogue["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    assert catalogue["@type"] == "dcat:Catalog"
    assert len(catalogue["dataset"]) == 2


def test_only_the_contact_that_nobody_has_named_is_missing(
    catalogue: dict[str, Any], edition: Edition
) -> None:
    named = any("contact" in one["roles"] for one in edition.descriptor["contributors"])
    for dataset in catalogue["dataset"]:
        missing = {name for name in DEMANDED if not dataset.get(name)}
        assert missing == (set() if named else {"contactPoint"})


def test_texts_keep_to_the_limits_of_the_schema(catalogue: dict[str, Any]) -> None:
    for dataset in catalogue["dataset"]:
        assert len(dataset["rights"]) <= 255
        assert dataset["accessLevel"] == "public"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", dataset["modified"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", dataset["temporal"])
        for one in dataset["distribution"]:
            assert re.fullmatch(r"[-\w]+/[-\w]+(\.[-\w]+)*([+][-\w]+)?", one["mediaType"])


def test_its_facts_are_those_of_the_descriptors(
    catalogue: dict[str, Any], edition: Edition
) -> None:
    for dataset, told in zip(
        catalogue["dataset"], (edition.descriptor, edition.results_descriptor), strict=True
    ):
        assert dataset["identifier"] == told["name"]
        assert dataset["title"] == told["titles"]["vi"]
        assert all(text in dataset["description"] for text in told["descriptions"].values())
        assert dataset["issued"] == told["created"][:10]
        assert dataset["modified"] == told.get("assessedOn", dataset["issued"])
        assert dataset["license"] == told["licenses"][0]["path"]
        assert dataset["keyword"] == told["keywords"]
        assert dataset["publisher"]["name"] == told["contributors"][0]["title"]


def test_each_dataset_is_described_by_its_descriptor(catalogue: dict[str, Any], site: Path) -> None:
    for dataset in catalogue["dataset"]:
        path = site / str(in_site(dataset["describedBy"], "data.json"))
        assert read(path)["name"] == dataset["identifier"]
