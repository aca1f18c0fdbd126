"""The door and the page for lost addresses: both languages, and links that lead on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup

from analysis.publish import Edition
from analysis.publish.site.door import root_path, write_door
from analysis.publish.site.render import POLICY
from analysis.words import LANGUAGES
from tests.publish.site.tasks_pages import links, read, text

PAGES = ("index.html", "404.html")
SOMEWHERE = "https://data.example/quang-ninh/155/"
NAVIGATION = {f"{language}/{page}.html" for language in LANGUAGES for page in ("index", "search")}


def shown(edition: Edition, folder: Path, name: str) -> BeautifulSoup:
    write_door(edition, folder)
    return read((folder / name).read_text(encoding="utf-8"))


def test_both_pages_are_written_and_named(edition: Edition, tmp_path: Path) -> None:
    assert [path.name for path in write_door(edition, tmp_path)] == list(PAGES)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_are_there_and_vietnamese_is_first(
    edition: Edition, tmp_path: Path, name: str
) -> None:
    page = shown(edition, tmp_path, name)
    assert page.html is not None
    assert page.html["lang"] == "vi"
    assert [one["lang"] for one in page.select(".doors > li")] == list(LANGUAGES)
    (title,) = page.select("h1")
    assert title.find("span", lang="en") is not None


def test_the_door_leads_to_the_home_of_each_language_and_sends_nobody_on(
    edition: Edition, tmp_path: Path
) -> None:
    page = shown(edition, tmp_path, "index.html")
    assert links(page) == ["vi/index.html", "en/index.html"]
    assert page.select("meta[http-equiv=refresh]") == []
    others = {str(one["hreflang"]): one["href"] for one in page.select("link[hreflang]")}
    assert others == {"vi": "vi/index.html", "en": "en/index.html", "x-default": "index.html"}


def test_the_door_says_of_which_day_and_version_it_is(edition: Edition, tmp_path: Path) -> None:
    said = text(shown(edition, tmp_path, "index.html"))
    for part in ("25/11/2026", "25 November 2026", edition.version):
        assert part in said


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_is_that_of_every_page(edition: Edition, tmp_path: Path, name: str) -> None:
    page = shown(edition, tmp_path, name)
    (policy,) = page.select("meta[http-equiv=Content-Security-Policy]")
    assert policy["content"] == POLICY
    assert page.select("style, [style], script:not([src])") == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("base", ["", SOMEWHERE])
def test_the_page_is_valid_html(edition: Edition, tmp_path: Path, name: str, base: str) -> None:
    write_door(replace(edition, base_url=base), tmp_path)
    parser = html5lib.HTMLParser()
    parser.parse((tmp_path / name).read_text(encoding="utf-8"))
    assert parser.errors == []


@pytest.mark.parametrize("asked", ["lost.html", "vi/indicators/99.html", "a/b/c/d"])
def test_where_the_site_stands_is_known_a_lost_reader_finds_back_from_any_depth(
    edition: Edition, tmp_path: Path, asked: str
) -> None:
    page = shown(replace(edition, base_url=SOMEWHERE), tmp_path, "404.html")
    addresses = [*links(page), *(str(one["href"]) for one in page.select("head link[href]"))]
    whole = [urljoin(SOMEWHERE + asked, one) for one in addresses]
    assert all(one.startswith(SOMEWHERE) for one in whole)
    assert {one.removeprefix(SOMEWHERE) for one in whole} >= NAVIGATION | {"assets/site.css"}


def test_the_same_page_works_on_another_host_with_the_same_path(
    edition: Edition, tmp_path: Path
) -> None:
    page = shown(replace(edition, base_url=SOMEWHERE), tmp_path, "404.html")
    assert {urlsplit(one).netloc for one in links(page)} == {""}


def test_where_it_is_not_known_the_page_says_how_to_go_on(edition: Edition, tmp_path: Path) -> None:
    page = shown(edition, tmp_path, "404.html")
    assert set(links(page)) >= NAVIGATION
    assert "bỏ dần phần cuối của địa chỉ" in text(page)
    known = shown(replace(edition, base_url=SOMEWHERE), tmp_path, "404.html")
    assert "bỏ dần" not in text(known)


def test_a_lost_address_is_not_to_be_indexed(edition: Edition, tmp_path: Path) -> None:
    page = shown(edition, tmp_path, "404.html")
    assert [one["content"] for one in page.select("meta[name=robots]")] == ["noindex"]
    assert shown(edition, tmp_path, "index.html").select("meta[name=robots]") == []


@pytest.mark.parametrize(
    ("base", "path"),
    [("", ""), ("https://a.example/", "/"), (SOMEWHERE, "/quang-ninh/155/")],
)
def test_the_path_of_the_site_is_that_of_its_address(base: str, path: str) -> None:
    assert root_path(base) == path
