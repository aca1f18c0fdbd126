"""The search: a list of everything that has a page, and an index that is the same each time."""

from __future__ import annotations

import gzip
import hashlib
import json
import stat
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from analysis.errors import UserError
from analysis.publish import Edition
from analysis.publish.site import changes, search, tasks
from analysis.publish.site.searching import write_index
from analysis.words import LANGUAGES
from tests.publish.site.tasks_pages import (
    HOSTILE,
    links,
    markup_of,
    read,
    renamed,
    rendered,
    text,
    write,
)


def shown(edition: Edition, language: str) -> BeautifulSoup:
    (html,) = rendered(edition, language, search.pages).values()
    return read(html)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(edition: Edition, language: str) -> BeautifulSoup:
    return shown(edition, language)


# The page


def test_the_list_has_everything_that_has_a_page(page: BeautifulSoup, edition: Edition) -> None:
    codes = [str(one["data-codes"]) for one in page.select("#search-index a[data-codes]")]
    known = [code for some in codes for code in some.split()]
    for table, key in (
        ("indicators", "indicator_id"),
        ("series", "series_id"),
        ("tasks", "task_id"),
        ("task_groups", "task_group_id"),
        ("agencies", "agency_id"),
        ("indicator_groups", "group_id"),
    ):
        assert {str(one) for one in edition.plan[table][key]} <= set(known), table


def test_an_entry_is_called_what_the_plan_calls_it(
    page: BeautifulSoup, edition: Edition, language: str
) -> None:
    names = edition.plan["indicators"].set_index("indicator_id")[f"name_{language}"]
    for name in ("1", "5.7", "10.1", "11.11"):
        (link,) = page.select(f"a[href='indicators/{name}.html']")
        assert text(link) == f"{name}. {names[name]}"


def test_a_code_is_that_of_one_entry_but_for_groups_that_are_indicators(
    page: BeautifulSoup,
) -> None:
    codes = [str(one["data-codes"]).split()[0] for one in page.select("a[data-codes]")]
    twice = {one for one in codes if codes.count(one) > 1}
    assert twice == {"1", "2"}


def test_a_task_leads_to_its_place_in_the_page_of_its_group(
    page: BeautifulSoup, edition: Edition, language: str
) -> None:
    made = rendered(edition, language, tasks.pages)
    targets = [urlsplit(one) for one in links(page) if one.startswith("tasks/")]
    assert len([one for one in targets if one.fragment]) == len(edition.plan["tasks"])
    for one in targets:
        assert one.path in made
        assert f'id="{one.fragment}"' in made[one.path] or not one.fragment


def test_the_script_is_told_all_that_it_says(page: BeautifulSoup, language: str) -> None:
    (block,) = page.select("#search-told")
    told = json.loads(str(block.string))
    assert set(told["told"]) == set(search.TEXTS)
    assert "{n}" in told["told"]["found"]
    assert "{q}" in told["told"]["none"]
    own = [urljoin(f"/{language}/", one) for one in links(page)]
    paths = {one.removeprefix(f"/{language}/").partition("#")[0] for one in own}
    untold = [
        one
        for one in paths
        if one
        and not one.startswith(("/", "search"))
        and not one.startswith(tuple(told["sections"]))
    ]
    assert untold == []


def test_without_a_script_the_page_says_what_to_do(page: BeautifulSoup) -> None:
    (said,) = page.select("noscript")
    assert len(text(said)) > 40
    assert len(page.select("#search-index a")) > 200


def test_the_search_does_not_find_itself(page: BeautifulSoup) -> None:
    assert page.select("[data-pagefind-body]") == []


def test_agencies_are_found_by_their_vietnamese_names_on_english_pages(edition: Edition) -> None:
    (link,) = shown(edition, "en").select("a[href='agencies/so-y-te.html']")
    assert link["data-also"] == "Sở Y tế"
    assert shown(edition, "vi").select("[data-also]") == []


def test_a_name_that_looks_like_markup_stays_text(edition: Edition) -> None:
    page = shown(renamed(edition, "indicators", "indicator_id", "5.7", HOSTILE), "vi")
    assert "alert(1)" in page.get_text()
    assert markup_of(page) == []


# The index


@pytest.fixture(scope="module")
def pages(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of two sections in both languages, and a page that was copied into the site."""
    site = tmp_path_factory.mktemp("pages")
    write(site, edition, [tasks.pages, changes.pages, search.pages])
    report = site / "reports" / "vi" / "gap-05" / "report.html"
    report.parent.mkdir(parents=True)
    report.write_text('<html lang="vi"><main data-pagefind-body>quokka</main></html>')
    return site


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def fragments(folder: Path) -> list[dict[str, object]]:
    """The texts that the search shows: JSON behind the mark of Pagefind, compressed."""
    raw = [gzip.decompress(one.read_bytes()) for one in sorted(folder.glob("fragment/*"))]
    return [json.loads(one.removeprefix(b"pagefind_dcd")) for one in raw]


def test_there_is_an_index_for_each_language_with_its_pages(pages: Path) -> None:
    folder = write_index(pages)
    told = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    counts = {name: one["page_count"] for name, one in told["languages"].items()}
    wanted = len(list((pages / "vi").rglob("*.html"))) - 1  # but for the search itself
    assert counts == dict.fromkeys(LANGUAGES, wanted)


def test_only_what_is_the_content_of_a_page_is_found(pages: Path) -> None:
    texts = fragments(write_index(pages))
    assert {str(one["url"]).split("/")[1] for one in texts} == set(LANGUAGES)
    assert "/vi/search.html" not in [one["url"] for one in texts]
    for one in texts:
        assert "quokka" not in str(one["content"])
        assert "Tới nội dung chính" not in str(one["content"])


def test_the_same_pages_give_the_same_bytes_wherever_they_lie(pages: Path, tmp_path: Path) -> None:
    first = content(write_index(pages))
    for name in LANGUAGES:
        copy = tmp_path / "copy" / name
        for path in (pages / name).rglob("*.html"):
            target = copy / path.relative_to(pages / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    for _ in range(4):
        assert content(write_index(tmp_path / "copy")) == first
    assert len(first) > 20


def test_a_changed_page_changes_the_index_and_leaves_nothing_of_the_old_one(
    tmp_path: Path,
) -> None:
    page = tmp_path / "vi" / "a.html"
    page.parent.mkdir()
    body = '<html lang="vi"><main data-pagefind-body><h1>{}</h1></main></html>'
    page.write_text(body.format("wombat"), encoding="utf-8")
    first = content(write_index(tmp_path))
    page.write_text(body.format("numbat"), encoding="utf-8")
    folder = write_index(tmp_path)
    assert content(folder) != first
    assert len(list(folder.glob("fragment/*"))) == 1
    assert "numbat" in str(fragments(folder))


def test_what_no_page_loads_is_not_published(pages: Path) -> None:
    names = {path.name for path in write_index(pages).iterdir()}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= names
    assert not [one for one in names if "-ui" in one or "highlight" in one]


def test_a_program_that_is_missing_is_named(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "pagefind"))
    with pytest.raises(UserError, match="Pagefind does not start") as caught:
        write_index(pages)
    assert "plan155[site]" in str(caught.value)


def test_what_a_failing_program_says_is_told(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho no room left >&2\nexit 3\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))
    with pytest.raises(UserError, match="no room left"):
        write_index(pages)


def test_a_site_without_pages_has_no_index_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the index of the search was not made"):
        write_index(tmp_path)
