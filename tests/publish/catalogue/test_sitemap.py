"""The sitemap and what robots may read."""

from __future__ import annotations

from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from analysis.publish.catalogue.sitemap import write_sitemap
from tests.publish.catalogue.conftest import BASE

DAY = "2026-11-25"
NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
PAGES = (
    "404.html",
    "index.html",
    "assets/example.html",
    "pagefind/example.html",
    "vi/index.html",
    "en/index.html",
    "vi/indicators/5.7.html",
    "en/indicators/5.7.html",
    "vi/only.html",
    "reports/index.html",
    "reports/vi/gap-05/report.html",
    "reports/en/gap-05/report.html",
)

Entries = dict[str, dict[str, str]]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for page in PAGES:
        (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / page).write_text("<!DOCTYPE html><title>x</title>\n", encoding="utf-8")
    return tmp_path


def entries(site: Path) -> Entries:
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    assert root.tag == f"{{{NAMES['map']}}}urlset"
    found = {}
    for one in root.findall("map:url", NAMES):
        assert one.findtext("map:lastmod", namespaces=NAMES) == DAY
        links = one.findall("xhtml:link", NAMES)
        assert all(link.get("rel") == "alternate" for link in links)
        place = str(one.findtext("map:loc", namespaces=NAMES)).removeprefix(BASE)
        found[place] = {
            str(link.get("hreflang")): str(link.get("href")).removeprefix(BASE) for link in links
        }
    return found


@pytest.fixture
def mapped(pages: Path) -> Entries:
    write_sitemap(pages, BASE, as_of=DAY)
    return entries(pages)


def test_every_page_is_in_it_and_nothing_else(mapped: Entries) -> None:
    assert set(mapped) == set(PAGES) - {
        "404.html",
        "assets/example.html",
        "pagefind/example.html",
    }


def test_a_page_names_itself_and_its_counterpart(mapped: Entries) -> None:
    both = {"vi": "vi/indicators/5.7.html", "en": "en/indicators/5.7.html"}
    for page in both.values():
        assert mapped[page] == {**both, "x-default": both["vi"]}
    report = "reports/{}/gap-05/report.html"
    assert mapped[report.format("en")]["vi"] == report.format("vi")


def test_the_door_stands_for_all_other_languages(mapped: Entries) -> None:
    home = {"vi": "vi/index.html", "en": "en/index.html", "x-default": "index.html"}
    for page in home.values():
        assert mapped[page] == home


def test_alternates_are_mutual(mapped: Entries) -> None:
    for page, links in mapped.items():
        for other in links.values():
            assert mapped[other] == links or not links, page


@pytest.mark.parametrize("page", ["vi/only.html", "reports/index.html"])
def test_a_page_without_a_counterpart_has_no_alternates(mapped: Entries, page: str) -> None:
    assert mapped[page] == {}


def test_robots_may_read_everything_and_find_the_map(pages: Path) -> None:
    write_sitemap(pages, BASE, as_of=DAY)
    robots = RobotFileParser()
    robots.parse((pages / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert robots.can_fetch("anybody", f"{BASE}vi/index.html")
    assert robots.site_maps() == [f"{BASE}sitemap.xml"]


def test_without_an_address_there_is_no_map_and_none_is_left_over(pages: Path) -> None:
    write_sitemap(pages, BASE, as_of=DAY)
    (written,) = write_sitemap(pages, "", as_of=DAY)
    assert not (pages / "sitemap.xml").exists()
    robots = RobotFileParser()
    robots.parse(written.read_text(encoding="utf-8").splitlines())
    assert robots.can_fetch("anybody", "/vi/index.html")
    assert robots.site_maps() is None
