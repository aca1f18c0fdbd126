"""The data package as a CKAN portal takes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from dplib.models import Package
from dplib.plugins.ckan.models import CkanPackage

from analysis.publish import Edition
from analysis.publish.catalogue import ckan_package
from analysis.publish.catalogue.ckan import tags
from analysis.publish.catalogue.record import Record
from tests.publish.catalogue.reading import read, sha256

KEYS = {"name", "title", "notes", "license_id", "version", "tags", "extras", "resources"}
RESOURCE = {"name", "url", "format", "mimetype", "hash", "size", "description"}


@pytest.fixture
def package(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = read(site / "catalogue/ckan.json")
    return found


def test_its_keys_are_those_that_an_upload_relies_on(package: dict[str, Any]) -> None:
    assert set(package) == KEYS
    assert all(set(one) == RESOURCE for one in package["resources"])


def test_its_facts_are_those_of_the_descriptor(package: dict[str, Any], edition: Edition) -> None:
    told = edition.descriptor
    extras = {one["key"]: one["value"] for one in package["extras"]}
    assert package["name"] == told["name"]
    assert package["title"] == told["titles"]["vi"]
    assert package["version"] == told["version"]
    assert all(text in package["notes"] for text in told["descriptions"].values())
    assert extras["title_en"] == told["titles"]["en"]
    assert (package["license_id"], extras["licence_spdx"]) == ("cc-by", told["licenses"][0]["name"])
    assert extras["licence_url"] == told["licenses"][0]["path"]


def test_ckan_would_take_the_name_the_tags_and_the_extras(package: dict[str, Any]) -> None:
    assert re.fullmatch(r"[a-z0-9_-]{2,100}", package["name"])
    names = [one["name"] for one in package["tags"]]
    assert names
    assert all(2 <= len(name) <= 100 and re.fullmatch(r"[\w \-.]*", name) for name in names)
    assert len(names) == len(set(names))
    keys = [one["key"] for one in package["extras"]]
    assert len(keys) == len(set(keys))
    assert all(isinstance(one["value"], str) and one["value"] for one in package["extras"])


@pytest.mark.parametrize(
    ("keyword", "tag"),
    [
        ("dữ liệu mở", "dữ liệu mở"),
        ("du\u031b\u0303 liệu", "dữ liệu"),
        ("health (care)", "health care"),
        ("5.7", "5.7"),
        ("A", None),
        ("#!", None),
        ("x" * 120, "x" * 100),
    ],
)
def test_a_keyword_becomes_a_tag_that_ckan_takes(keyword: str, tag: str | None) -> None:
    assert tags(Record({"keywords": [keyword, keyword]})) == ([tag] if tag else [])


def test_every_resource_is_a_file_of_the_site(package: dict[str, Any], site: Path) -> None:
    for one in package["resources"]:
        path = site / one["url"]
        assert one["size"] == path.stat().st_size
        assert one["hash"] == f"sha256:{sha256(path)}"
    urls = [one["url"] for one in package["resources"]]
    assert len(urls) == len(set(urls))


def test_all_tables_of_both_packages_and_the_whole_copies_are_resources(
    package: dict[str, Any], edition: Edition
) -> None:
    urls = {one["url"] for one in package["resources"]}
    assert {one["path"] for one in edition.descriptor["resources"]} <= urls
    assert {f"results/{one['path']}" for one in edition.results_descriptor["resources"]} <= urls
    assert {f"downloads/{edition.name}.{kind}" for kind in ("zip", "xlsx", "sqlite")} <= urls
    assert "datapackage.json" in urls


def test_a_reader_of_ckan_records_reads_it(package: dict[str, Any]) -> None:
    found: Package = CkanPackage.model_validate(package).to_dp()
    assert found.name == package["name"]
    assert found.version == package["version"]
    assert len(found.resources) == len(package["resources"])
    assert found.keywords == [one["name"] for one in package["tags"]]


def test_an_upload_gets_the_record_that_was_written(
    edition: Edition, site: Path, package: dict[str, Any]
) -> None:
    assert ckan_package(edition, site) == package


def test_before_there_is_a_site_the_files_of_the_packages_are_known(edition: Edition) -> None:
    assert not (edition.outputs.root / "site").exists()
    resources = ckan_package(edition)["resources"]
    tables = [*edition.descriptor["resources"], *edition.results_descriptor["resources"]]
    assert len(resources) == len(tables) + 2
