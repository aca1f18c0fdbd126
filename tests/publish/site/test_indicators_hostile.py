"""Texts of the data are shown as texts: nothing in them becomes markup, a script or a link."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from analysis.api import load
from analysis.publish import Edition, open_edition
from analysis.runs.history import FORMAT
from analysis.runs.places import Outputs
from tests.publish.conftest import AS_OF, BASE_YEAR, ROOT
from tests.publish.site.indicators_pages import Site, shown_pages, text_of

SCRIPT = "<script>alert(1)</script> \"quoted\" & 'single'"
IMAGE = '"><img src=x onerror=alert(2)>'
LINK = "javascript:alert(3)"


def changed(path: Path, alter: Callable[[dict[str, str]], None]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        fields, rows = list(reader.fieldnames or ()), list(reader)
    for row in rows:
        alter(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def poison_observation(row: dict[str, str]) -> None:
    if row["series_id"] in ("5.7", "3.1"):
        row["note"] = SCRIPT


def poison_source(row: dict[str, str]) -> None:
    row["url"], row["title"], row["publisher"] = LINK, IMAGE, SCRIPT


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An edition of a copy of the package in which texts are attacks."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copy(ROOT / "datapackage.json", root)
    shutil.copytree(ROOT / "data", root / "data")
    changed(root / "data/observed/observations.csv", poison_observation)
    changed(root / "data/observed/sources.csv", poison_source)
    outputs = Outputs(tmp_path_factory.mktemp("hostile-outputs"))
    load(root).write_results(outputs.results, base_year=BASE_YEAR, as_of=AS_OF)
    (outputs.root / "changes").mkdir()
    (outputs.root / "changes/history.json").write_text(history(), encoding="utf-8")
    return open_edition(root, outputs)


def history() -> str:
    """Return a history of one change of indicator 5.7 and one of another."""
    texts = {name: {"title": f"{name}: {SCRIPT}", "lines": [IMAGE]} for name in ("vi", "en")}
    entry = {
        "kind": "value", "field": "", "cause": "data", "at": "2026-11-20T06:00:00+00:00",
        "as_of": "2026-11-20", "report": "gap-05", "data": {}, "texts": texts, "touched": [],
        "sources": [],
    }  # fmt: skip
    mine = {
        **entry,
        "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
        "subject": {"series_id": "5.7", "indicator_id": "5.7"},
    }
    other = {
        **entry,
        "id": "urn:uuid:00000000-0000-4000-8000-000000000002",
        "subject": {"series_id": "1", "indicator_id": "1"},
    }
    head = {"format": FORMAT, "began": "2026-11-01T06:00:00+00:00"}
    return json.dumps({**head, "entries": [mine, other]})


@pytest.fixture(scope="module")
def site(hostile: Edition) -> Site:
    return shown_pages(hostile, "5.7", "3.1", "3.2")


def test_no_script_or_picture_of_the_data_becomes_markup(site: Site) -> None:
    for shown in site.values():
        soup = shown.soup
        assert not soup.select("main img")
        assert not [
            tag for tag in soup.select("main *") if any(a.startswith("on") for a in tag.attrs)
        ]
        scripts = soup.select("script")
        assert all(
            tag.get("src") or str(tag.get("type")).startswith("application/") for tag in scripts
        )
        assert "<script>alert" not in shown.html


def test_a_note_is_shown_word_for_word(site: Site) -> None:
    for language in ("vi", "en"):
        notes = site[language, "5.7"].soup.select(".ind-records td.note span")
        assert notes
        assert {tag.get_text() for tag in notes} == {SCRIPT}
        close = site[language, "3.1"].soup.select(".ind-values small")
        assert SCRIPT in {tag.get_text() for tag in close}


def test_an_address_that_is_none_of_the_web_is_no_link(site: Site) -> None:
    for shown in site.values():
        assert "javascript:" not in {str(tag["href"])[:11] for tag in shown.soup.select("a")}
        sources = shown.soup.select(".ind-values tbody tr")
        assert sources
        assert not [tag for row in sources for tag in row.select("a")]
        assert all(IMAGE in row.get_text() for row in sources)


def test_the_changes_of_an_indicator_are_told_on_its_page_alone(site: Site) -> None:
    for language in ("vi", "en"):
        changes = site[language, "5.7"].soup.select(".ind-changes li")
        assert len(changes) == 1
        text = text_of(changes[0])
        assert f"{language}: {SCRIPT}" in text
        assert IMAGE in text
        assert not site[language, "3.1"].soup.select(".ind-changes")


def test_without_changes_there_is_no_such_section(site: Site) -> None:
    soup: BeautifulSoup = site["vi", "3.2"].soup
    assert soup.find(id="changes") is None
    assert not [tag for tag in soup.select("nav a") if tag["href"] == "#changes"]
    assert isinstance(soup.find(id="links"), Tag)
