"""The datasets as search engines read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.publish import Edition
from analysis.publish.catalogue import dataset_jsonld, results_jsonld
from analysis.words import LANGUAGES
from tests.publish.catalogue.conftest import BASE
from tests.publish.catalogue.reading import in_site, read, sha256

NAMES = [f"{key}.{language}" for key in ("dataset", "results") for language in LANGUAGES]


def described(edition: Edition, name: str) -> Any:
    return edition.descriptor if name.startswith("dataset") else edition.results_descriptor


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def found(site: Path, name: str) -> dict[str, Any]:
    made: dict[str, Any] = read(site / f"catalogue/{name}.jsonld")
    return made


def test_it_is_a_dataset_with_what_search_engines_demand(found: dict[str, Any]) -> None:
    assert found["@context"] == "https://schema.org/"
    assert found["@type"] == "Dataset"
    assert found["name"]
    assert 50 <= len(found["description"]) <= 5000


def test_its_facts_are_those_of_the_descriptor(
    found: dict[str, Any], name: str, edition: Edition
) -> None:
    told, language = described(edition, name), name.split(".")[1]
    assert found["name"] == told["titles"][language]
    assert found["description"] == told["descriptions"][language]
    assert found["version"] == told["version"]
    assert found["license"] == told["licenses"][0]["path"]
    assert found["keywords"] == told["keywords"]
    assert found["inLanguage"] == told["languages"]
    assert found["datePublished"] == told["created"][:10]
    assert found["creator"]["name"] == told["contributors"][0]["titles"][language]
    assert found["isAccessibleForFree"] is True
    assert told["version"] in found["creditText"]


def test_there_is_an_identifier_only_if_the_descriptor_has_one(
    found: dict[str, Any], name: str, edition: Edition
) -> None:
    assert found.get("identifier") == described(edition, name).get("id")


def test_every_series_is_a_variable_with_its_unit(
    found: dict[str, Any], name: str, edition: Edition
) -> None:
    language, plan = name.split(".")[1], edition.plan
    series = plan["series"].merge(plan["units"], on="unit_id", suffixes=("", "_unit"))
    told = {
        row["series_id"]: (row[f"label_{language}"], row[f"label_{language}_unit"])
        for row in series.to_dict("records")
    }
    variables = {
        one["propertyID"]: (one["name"], one["unitText"]) for one in found["variableMeasured"]
    }
    assert len(found["variableMeasured"]) == 110
    assert variables == told
    assert len({name for name, _ in variables.values()}) == 110


def test_every_download_is_a_file_of_its_size_and_digest(
    found: dict[str, Any], name: str, site: Path
) -> None:
    assert len(found["distribution"]) > 8
    for one in found["distribution"]:
        path = site / str(in_site(one["contentUrl"], f"catalogue/{name}.jsonld"))
        assert one["contentSize"] == f"{path.stat().st_size} B"
        assert one["sha256"] == sha256(path)
        assert "/" in one["encodingFormat"]


def test_the_data_rest_on_the_plan_and_the_results_on_the_data(site: Path) -> None:
    data, results = (read(site / f"catalogue/{key}.en.jsonld") for key in ("dataset", "results"))
    assert data["isBasedOn"]["legislationIdentifier"] == "155/KH-UBND"
    assert data["citation"] == data["isBasedOn"]
    assert in_site(data["isBasedOn"]["url"], "en/data.html") == "data/source/155-kh-ubnd.txt"
    assert results["isBasedOn"]["@id"] == data["@id"]


def test_time_and_places_are_those_of_the_catalogue(site: Path) -> None:
    found = read(site / "catalogue/dataset.vi.jsonld")
    listed = read(site / "data.json")["dataset"][0]
    assert found["temporalCoverage"] == listed["temporal"]
    assert "; ".join(one["name"] for one in found["spatialCoverage"]) == listed["spatial"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_page_embeds_is_what_the_file_says(
    edition: Edition, site: Path, language: str
) -> None:
    assert dataset_jsonld(edition, language, site) == read(
        site / f"catalogue/dataset.{language}.jsonld"
    )
    assert results_jsonld(edition, language, site) == read(
        site / f"catalogue/results.{language}.jsonld"
    )


def test_without_a_site_only_the_files_of_the_package_are_offered(edition: Edition) -> None:
    offered = dataset_jsonld(edition, "vi")["distribution"]
    paths = {in_site(one["contentUrl"], "vi/data.html") for one in offered}
    tables = {one["path"] for one in edition.descriptor["resources"]}
    assert paths == tables | {"datapackage.json"}


def test_where_the_address_is_known_it_is_the_identity(placed: Edition) -> None:
    found = dataset_jsonld(placed, "en")
    assert found["@id"] == f"{BASE}#dataset"
    assert found["url"] == f"{BASE}en/data.html"


def test_it_can_stand_in_a_page(edition: Edition) -> None:
    assert "</" not in json.dumps(dataset_jsonld(edition, "vi"), ensure_ascii=False)
