"""The catalogue as a whole: what is written, and that it agrees with the files beside it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import UserError
from analysis.publish import Edition
from analysis.publish.catalogue import write_catalogue
from tests.publish.catalogue.conftest import BASE
from tests.publish.catalogue.reading import PAGES, in_site, links, read, sha256

FILES = {
    "CITATION.cff",
    "catalogue/catalog.jsonld",
    "catalogue/catalog.ttl",
    "catalogue/ckan.json",
    "catalogue/csvw-metadata.json",
    "catalogue/csvw-results-metadata.json",
    "catalogue/datacite.json",
    "catalogue/dataset.en.jsonld",
    "catalogue/dataset.vi.jsonld",
    "catalogue/observations.en.jsonstat.json",
    "catalogue/observations.jsonstat.json",
    "catalogue/results.en.jsonld",
    "catalogue/results.vi.jsonld",
    "data.json",
    "robots.txt",
}

JSON = sorted(name for name in FILES if name.endswith(("json", "jsonld")))

AGAIN = """
import sys
from pathlib import Path
from analysis.publish import open_edition
from analysis.publish.catalogue import write_catalogue
from analysis.runs.places import Outputs
root, outputs, site = map(Path, sys.argv[1:])
write_catalogue(open_edition(root, Outputs(outputs)), site)
"""


def test_the_files_written_are_those_that_are_told(
    edition: Edition, bare_site: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(bare_site, site)
    before = set(site.rglob("*"))
    written = write_catalogue(edition, site)
    assert {path.relative_to(site).as_posix() for path in written} == FILES
    assert {path for path in set(site.rglob("*")) - before if path.is_file()} == set(written)
    assert list(written) == sorted(written)


def test_another_process_with_another_hash_seed_writes_the_same_bytes(
    edition: Edition, bare_site: Path, site: Path, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / "site"
    shutil.copytree(bare_site, other)
    subprocess.run(
        [sys.executable, "-c", AGAIN, edition.root, edition.outputs.root, other],
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(edition.root / "src")},
        check=True,
    )
    differing = [
        name for name in FILES if (site / name).read_bytes() != (other / name).read_bytes()
    ]
    assert differing == []


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_is_utf8_with_plain_line_ends_and_says_nothing_of_the_machine(
    site: Path, edition: Edition, name: str
) -> None:
    content = (site / name).read_bytes()
    text = content.decode("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    for place in (site, edition.root, edition.outputs.root):
        assert str(place) not in text


@pytest.mark.parametrize("name", JSON)
def test_every_relative_link_leads_to_a_file_of_the_site(site: Path, name: str) -> None:
    start = "" if name == "catalogue/ckan.json" else name  # CKAN's links are paths in the site
    found = [path for link in links(read(site / name)) if (path := in_site(link, start))]
    assert [path for path in found if path not in PAGES and not (site / path).is_file()] == []
    if name not in ("catalogue/datacite.json",) and "jsonstat" not in name:
        assert found


@pytest.mark.parametrize("name", sorted(set(JSON) - {"catalogue/ckan.json"}))
def test_where_the_address_is_known_every_link_is_whole(placed_site: Path, name: str) -> None:
    for link in links(read(placed_site / name)):
        assert link.startswith(("https://", "http://"))
        path = link.removeprefix(BASE)
        if link.startswith(BASE) and not path.startswith("#"):
            assert path in PAGES or (placed_site / path).is_file()


def test_the_same_files_are_listed_by_dcat_and_by_data_json(site: Path) -> None:
    graph = read(site / "catalogue/catalog.jsonld")["@graph"]
    dcat = {
        in_site(one["dcat:downloadURL"]["@id"], "catalogue/catalog.jsonld")
        for one in graph
        if one["@type"] == "dcat:Distribution"
    }
    listed = {
        in_site(one["downloadURL"], "data.json")
        for dataset in read(site / "data.json")["dataset"]
        for one in dataset["distribution"]
    }
    assert dcat == listed


def test_every_data_file_of_the_site_is_listed(site: Path) -> None:
    folders = ("downloads", "results", "data/plan", "data/observed", "data/reference")
    there = {
        path.relative_to(site).as_posix()
        for folder in folders
        for path in (site / folder).rglob("*")
        if path.is_file()
    }
    listed = {
        in_site(one["downloadURL"], "data.json")
        for dataset in read(site / "data.json")["dataset"]
        for one in dataset["distribution"]
    }
    assert there <= listed


def test_each_dataset_lists_all_its_tables(site: Path, edition: Edition) -> None:
    package, results = read(site / "data.json")["dataset"]
    for dataset, descriptor, folder in (
        (package, edition.descriptor, ""),
        (results, edition.results_descriptor, "results/"),
    ):
        tables = {one["downloadURL"] for one in dataset["distribution"] if one["format"] == "CSV"}
        assert tables == {f"{folder}{one['path']}" for one in descriptor["resources"]}


def test_a_file_that_is_not_in_the_site_is_not_listed(
    edition: Edition, bare_site: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(bare_site, site, ignore=shutil.ignore_patterns("*.xlsx", "parquet"))
    write_catalogue(edition, site)
    for name in JSON:
        assert "parquet" not in (site / name).read_text(encoding="utf-8"), name
        assert ".xlsx" not in (site / name).read_text(encoding="utf-8"), name
    assert ".sqlite" in (site / "data.json").read_text(encoding="utf-8")


def test_a_table_that_is_not_the_described_one_is_refused(
    edition: Edition, bare_site: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(bare_site, site)
    table = site / "data/plan/targets.csv"
    table.write_bytes(table.read_bytes().replace(b"95.75", b"95.76", 1))
    with pytest.raises(UserError, match="not the one that its descriptor describes") as error:
        write_catalogue(edition, site)
    assert error.value.where == "data/plan/targets.csv"


def test_the_citation_is_the_file_of_the_project(site: Path, edition: Edition) -> None:
    assert sha256(site / "CITATION.cff") == sha256(edition.root / "CITATION.cff")
