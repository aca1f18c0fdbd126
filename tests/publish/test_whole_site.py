"""The site that a run publishes, file by file: links, pictures, HTML, languages, copies."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import frictionless
import html5lib
import pytest
from bs4 import BeautifulSoup

from tests.browser import reports

ROOT = Path(__file__).parents[2]
LANGUAGES = ("vi", "en")
HOME = "http://site.example/"
LEFT_TO_READERS = frozenset(("http", "https", "mailto"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a real run."""
    return reports.shared(tmp_path_factory) / "site"


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def pages(site: Path, of: str = "") -> list[Path]:
    """All pages that the site itself has made; the reports have tests of their own."""
    found = [path for path in sorted(site.rglob("*.html")) if "reports" not in path.parts]
    return [path for path in found if path.relative_to(site).as_posix().startswith(of)]


def addresses(page: Path, site: Path) -> Iterator[tuple[str, str]]:
    """Every address on a page: as it is written, and whole, as a browser makes it."""
    here = urljoin(HOME, page.relative_to(site).as_posix())
    for name in ("href", "src", "action"):
        for element in soup(page).find_all(attrs={name: True}):
            written = str(element[name])
            yield written, urljoin(here, written)


def test_no_link_of_the_site_is_dead(site: Path) -> None:
    dead = []
    for page in pages(site):
        for written, whole in addresses(page, site):
            if not whole.startswith(HOME):
                continue
            parts = urlsplit(whole)
            target = site / unquote(parts.path).lstrip("/")
            target = target / "index.html" if target.is_dir() else target
            part = unquote(parts.fragment) if target.suffix == ".html" else ""
            if not target.is_file():
                dead.append(f"{page.relative_to(site)}: {written}")
            elif part and soup(target).find(id=part) is None:
                dead.append(f"{page.relative_to(site)}: {written} (no such part)")
    assert dead == []


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    fetched = {
        written
        for page in pages(site)
        for element in soup(page).select("script[src], link[rel=stylesheet], img[src], source")
        for written in (str(element.get("src") or element.get("href") or element.get("srcset")),)
    }
    assert [one for one in fetched if urlsplit(one).scheme not in ("", "data")] == []
    styles = (site / "assets" / "site.css").read_text(encoding="utf-8")
    assert re.findall(r"url\((?!\"?data:)|@import", styles) == []


def test_links_out_of_the_site_are_of_the_web(site: Path) -> None:
    schemes = {
        urlsplit(whole).scheme
        for page in pages(site)
        for _, whole in addresses(page, site)
        if not whole.startswith(HOME)
    }
    assert schemes - LEFT_TO_READERS <= {"data"}


def test_every_page_is_valid_html(site: Path) -> None:
    shared = tuple(f"{LANGUAGES[1]}/{name}/" for name in ("agencies", "indicators"))
    faults = []
    for page in pages(site):
        if page.relative_to(site).as_posix().startswith(shared):
            continue  # as many again by the same templates
        parser = html5lib.HTMLParser()
        parser.parse(page.read_text(encoding="utf-8"))
        faults += [f"{page.relative_to(site)}: {place}: {what}" for place, what, _ in parser.errors]
        ids = [str(one["id"]) for one in soup(page).find_all(id=True)]
        faults += [
            f"{page.relative_to(site)}: id {one} twice" for one in set(ids) if ids.count(one) > 1
        ]
    assert faults == []


def test_pages_hold_no_style_and_no_script_of_their_own(site: Path) -> None:
    for page in pages(site):
        document = soup(page)
        assert document.select("[style], style") == [], page
        inline = [one for one in document.find_all("script") if not one.get("src")]
        kinds = {str(one.get("type")) for one in inline}
        assert kinds <= {"application/json", "application/ld+json"}, page
        assert not [
            name for one in document.find_all() for name in one.attrs if name.startswith("on")
        ], page
        policy = document.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert policy is not None
        assert "default-src 'none'" in str(policy["content"])
        assert "unsafe-inline" not in str(policy["content"])
        assert "'unsafe-eval'" not in str(policy["content"])


def test_every_picture_has_words(site: Path) -> None:
    for page in pages(site):
        assert [one for one in soup(page).find_all("img") if not one.get("alt")] == [], page
        for picture in soup(page).select("svg"):
            hidden = picture.get("aria-hidden") == "true"
            named = (
                picture.get("aria-label") or picture.get("aria-labelledby") or picture.find("title")
            )
            assert hidden or named or picture.find_parent(attrs={"aria-hidden": "true"}), page


def test_both_languages_have_the_same_pages(site: Path) -> None:
    vi, en = (
        {path.relative_to(site / name).as_posix() for path in pages(site, f"{name}/")}
        for name in LANGUAGES
    )
    assert vi == en
    assert len([name for name in vi if name.startswith("indicators/")]) == 99
    assert len([name for name in vi if name.startswith("groups/")]) == 11
    assert len([name for name in vi if name.startswith("tasks/")]) == 9
    assert len([name for name in vi if name.startswith("agencies/")]) == 45


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language_and_leads_to_itself_in_the_other(
    site: Path, language: str
) -> None:
    for page in pages(site, f"{language}/"):
        document = soup(page)
        assert document.html is not None
        assert document.html["lang"] == language
        name = page.relative_to(site / language).as_posix()
        targets = {
            str(one["hreflang"]): urljoin(f"{HOME}{language}/{name}", str(one["href"]))
            for one in document.select("link[rel=alternate][hreflang]")
        }
        assert targets == {other: f"{HOME}{other}/{name}" for other in LANGUAGES}


def test_titles_and_descriptions_tell_pages_apart(site: Path) -> None:
    for language in LANGUAGES:
        titles = [str(soup(page).title.string) for page in pages(site, f"{language}/")]  # type: ignore[union-attr]
        assert len(titles) == len(set(titles))
        for page in pages(site, f"{language}/"):
            told = soup(page).find("meta", attrs={"name": "description"})
            assert told is not None
            assert len(str(told["content"])) >= 20, page


def test_the_published_package_is_the_package(site: Path) -> None:
    told = json.loads((site / "datapackage.json").read_text(encoding="utf-8"))
    for name in ("datapackage.json", *(one["path"] for one in told["resources"])):
        assert (site / name).read_bytes() == (ROOT / name).read_bytes(), name
    source = "data/source/155-kh-ubnd.txt"
    assert (site / source).read_bytes() == (ROOT / source).read_bytes()


def test_the_published_results_are_those_of_the_run(site: Path) -> None:
    results = site.parent / "results"
    names = [path.name for path in sorted(results.iterdir())]
    assert names == [path.name for path in sorted((site / "results").iterdir())]
    for name in names:
        assert (site / "results" / name).read_bytes() == (results / name).read_bytes()


@pytest.mark.parametrize("where", ["datapackage.json", "results/datapackage.json"])
def test_frictionless_accepts_what_is_published(site: Path, where: str) -> None:
    report = frictionless.validate(str(site / where))
    assert report.valid, report.flatten(["type", "message"])


def test_the_reports_are_published_as_they_are_but_for_their_way_home(site: Path) -> None:
    found = sorted(site.glob("reports/*/*/report.html"))
    assert len(found) == len(reports.JOBS)
    for page in found:
        original = site.parent / page.relative_to(site / "reports")
        home = f'href="../../../{page.parts[-3]}/reports.html"'
        text = original.read_text(encoding="utf-8").replace('href="../../index.html"', home, 1)
        assert page.read_text(encoding="utf-8") == text
        for name in ("report.ipynb", "results.csv", "results.json"):
            assert (page.parent / name).read_bytes() == (original.parent / name).read_bytes()


def test_nothing_published_says_where_it_was_made(site: Path) -> None:
    texts = {".html", ".json", ".jsonld", ".ttl", ".xml", ".txt", ".css", ".js", ".atom", ".csv"}
    place = str(site.parent.parent).encode()
    for path in site.rglob("*"):
        if path.suffix in texts and "pagefind" not in path.parts:
            assert place not in path.read_bytes(), path
            assert str(ROOT).encode() not in path.read_bytes(), path


def test_no_page_weighs_more_than_a_telephone_should_load(site: Path) -> None:
    import gzip

    @cache
    def weight(path: Path) -> int:
        return len(gzip.compress(path.read_bytes(), 6))

    lazy = site / "assets" / "vega.js"
    for page in pages(site):
        loaded = {page}
        for element in soup(page).select(
            "script[src], link[rel=stylesheet], link[rel=icon], img[src]"
        ):
            address = str(element.get("src") or element.get("href"))
            if not address.startswith("data:"):
                loaded.add((page.parent / address).resolve())
        if soup(page).select("script[type='application/json']"):
            loaded.add(lazy.resolve())
        assert sum(map(weight, loaded)) < 500_000, page


def test_there_are_hundreds_of_pages_and_no_two_are_the_same(site: Path) -> None:
    """The walk above would pass on an empty site: this one would not."""
    assert len(pages(site)) > 300
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in pages(site)}
    assert len(digests) == len(pages(site))
