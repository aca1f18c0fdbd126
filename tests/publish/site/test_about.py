"""The page about the project: sources, terms, and every reading with its reason and line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from analysis.api import Plan
from analysis.errors import UserError
from analysis.package import Tables
from analysis.publish import Edition
from analysis.publish.site import about
from analysis.publish.site.writer import Writer
from analysis.words import LANGUAGES
from tests.publish.site.tasks_pages import (
    HOSTILE,
    cells,
    links,
    markup_of,
    read,
    rendered,
    text,
    with_tables,
)

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "data/source/155-kh-ubnd.txt").read_text(encoding="utf-8").split("\n")


def shown(edition: Edition, language: str) -> BeautifulSoup:
    (html,) = rendered(edition, language, about.pages).values()
    return read(html)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(edition: Edition, language: str) -> BeautifulSoup:
    return shown(edition, language)


def described(edition: Edition, **changed: object) -> Edition:
    """The edition whose package says something else of itself."""
    tables = edition.plan.tables
    descriptor = {**tables.descriptor, **changed}
    return replace(edition, plan=Plan(Tables({**tables}, descriptor, tables.root)))


def part(page: BeautifulSoup, name: str) -> str:
    """What stands below a heading, up to the next one."""
    heading = page.find("h2", id=name)
    assert isinstance(heading, Tag)
    said = []
    for one in heading.find_next_siblings():
        if one.name == "h2":
            break
        said.append(text(one))
    return " ".join(said)


def test_every_part_can_be_reached_from_the_contents_and_says_something(
    page: BeautifulSoup,
) -> None:
    names = [one[1:] for one in links(page.select(".contents")[0])]
    assert names == [str(one["id"]) for one in page.select("main h2[id]")]
    assert all(len(part(page, name)) > 40 for name in names)


def test_every_reading_is_told_with_its_reason_and_its_line(
    page: BeautifulSoup, edition: Edition, language: str
) -> None:
    rows = {str(row["id"]): cells(row) for row in page.select(".readings tbody tr")}
    wanted = edition.plan["readings"].set_index("reading_id").drop("none")
    assert list(rows) == list(wanted.index)
    for name, (place, printed, read_as, reason, line) in rows.items():
        told = wanted.loc[name]
        assert place.startswith(f"{name} ")
        assert reason == " ".join(told[f"reason_{language}"].split())
        assert line == str(told["source_line"])
        if isinstance(told["text_source"], str):
            assert printed == f"“{' '.join(told['text_source'].split())}”"
        if isinstance(told["reading"], str):
            assert read_as == " ".join(told["reading"].split())


def test_the_line_of_a_reading_is_where_its_words_are_printed(page: BeautifulSoup) -> None:
    found = 0
    for row in page.select(".readings tbody tr"):
        _, printed, _, _, line = cells(row)
        first = printed.strip("“”").split(" | ")[0]
        near = " ".join(TEXT[int(line) - 1 : int(line) + 8])
        found += " ".join(first.split()) in " ".join(near.split())
    assert found > 40


def test_the_places_of_a_reading_lead_to_what_the_plan_has(
    page: BeautifulSoup, edition: Edition
) -> None:
    indicators = set(edition.plan["indicators"]["indicator_id"])
    groups = set(edition.plan["task_groups"]["task_group_id"])
    places = [one for row in page.select(".places") for one in links(row)]
    assert len(places) > 40
    for one in places:
        folder, _, name = one.removesuffix(".html").partition("/")
        assert name in {"indicators": indicators, "tasks": groups}[folder], one


def test_the_words_of_the_plan_are_said_to_be_vietnamese(
    page: BeautifulSoup, language: str
) -> None:
    marked = [text(one).strip("“”") for one in page.select(".readings td[lang=vi]")]
    assert ("GRDP bình quân đầu người" in marked) == (language != "vi")
    assert bool(marked) == (language != "vi")


def test_the_terms_are_those_of_the_licence_in_the_language_of_the_page(
    page: BeautifulSoup, language: str
) -> None:
    source = (ROOT / "LICENSE-DATA.md").read_text(encoding="utf-8")
    said = part(page, "licence")
    assert "CC BY 4.0" in said
    own, other = {
        "vi": ("Cách ghi công.", "How to attribute."),
        "en": ("How to attribute.", "Cách ghi công."),
    }[language]
    assert own in source
    assert own in said
    assert other not in said
    assert "English | Tiếng Việt" not in said


def test_the_law_is_named_without_articles_that_were_not_read(page: BeautifulSoup) -> None:
    said = part(page, "law")
    assert "15" in said
    decree = next(text(one) for one in page.select("#law ~ ul li") if "194/2025" in text(one))
    for word in ("Điều 1", "Article 1", "khoản", "clause"):
        assert word not in decree


def test_the_sources_are_those_of_the_descriptor(
    page: BeautifulSoup, edition: Edition, language: str
) -> None:
    shown_sources = [text(one) for one in page.select("#source ~ ul")[0].select("li")]
    assert shown_sources == [one["titles"][language] for one in edition.descriptor["sources"]]


def test_links_into_the_site_lead_to_files_of_the_package(
    page: BeautifulSoup, language: str
) -> None:
    main = page.select_one("main")
    assert main is not None
    paths = [urlsplit(urljoin(f"http://x/{language}/about.html", one)) for one in links(main)]
    inside = [one.path for one in paths if one.netloc == "x"]
    files = [one for one in inside if one.startswith("/data/")]
    assert len(files) >= 3
    assert [one for one in files if not (ROOT / one[1:]).is_file()] == []


def test_where_no_address_is_known_none_is_given(page: BeautifulSoup) -> None:
    assert [one for one in links(page) if one.startswith("mailto:")] == []
    assert len(part(page, "error")) > 100


def test_an_address_that_the_package_names_is_given(edition: Edition, language: str) -> None:
    known = {"title": "X", "roles": ["contact"], "email": "data@example.org"}
    people = [*edition.descriptor["contributors"], known]
    page = shown(described(edition, contributors=people), language)
    assert "mailto:data@example.org" in links(page)


def test_a_reading_that_looks_like_markup_stays_text(edition: Edition) -> None:
    rows = edition.plan["readings"].copy()
    rows.loc[1, ["text_source", "reading", "reason_vi", "place"]] = HOSTILE
    page = shown(with_tables(edition, readings=rows), "vi")
    assert "alert(1)" in page.get_text()
    assert markup_of(page) == []


def test_without_the_licence_there_is_no_page(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the licence"):
        list(about.pages(Writer(replace(edition, root=tmp_path), "vi")))
