"""A site that holds the real files of the edition, and its catalogue."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.publish import Edition
from analysis.publish.catalogue import write_catalogue
from analysis.publish.copies import write_copies

BASE = "https://data.example.org/plan155/"


@pytest.fixture(scope="session")
def bare_site(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages and their copies where a site has them, without pages and catalogue."""
    site = tmp_path_factory.mktemp("site")
    paths = [one["path"] for one in edition.descriptor["resources"]]
    for path in ("datapackage.json", "data/source/155-kh-ubnd.txt", *paths):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(edition.root / path, site / path)
    shutil.copytree(edition.outputs.results, site / "results")
    write_copies(edition, site / "downloads")
    return site


@pytest.fixture(scope="session")
def site(edition: Edition, bare_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a catalogue that does not know where it will stand."""
    place = tmp_path_factory.mktemp("relative") / "site"
    shutil.copytree(bare_site, place)
    write_catalogue(edition, place)
    return place


@pytest.fixture(scope="session")
def placed(edition: Edition) -> Edition:
    """The edition that knows where its site will stand."""
    return replace(edition, base_url=BASE)


@pytest.fixture(scope="session")
def placed_site(placed: Edition, bare_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a catalogue whose addresses are whole."""
    place = tmp_path_factory.mktemp("absolute") / "site"
    shutil.copytree(bare_site, place)
    write_catalogue(placed, place)
    return place
