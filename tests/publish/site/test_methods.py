"""The page of the methods says what docs/methods says, whole, with a legend of every code."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from analysis.errors import UserError
from analysis.measures import FLAGS, GRADES, REASONS, VERDICTS
from analysis.publish import Edition
from analysis.publish.site import methods
from analysis.publish.site.writer import Writer
from analysis.words import LANGUAGES
from tests.publish.site.tasks_pages import cells, links, read, rendered, text

ROOT = Path(__file__).parents[3]
SOURCES = {"vi": ROOT / "docs/methods.vi.md", "en": ROOT / "docs/methods.md"}
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FENCED = re.compile(r"^```\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(edition: Edition, language: str) -> BeautifulSoup:
    (html,) = rendered(edition, language, methods.pages).values()
    return read(html)


def source(language: str) -> str:
    return COMMENT.sub("", SOURCES[language].read_text(encoding="utf-8"))


def plain(markdown: str) -> str:
    return " ".join(re.sub(r"[`*]", "", markdown).split())


def test_every_heading_of_the_text_is_a_heading_of_the_page(
    page: BeautifulSoup, language: str
) -> None:
    prose = FENCED.sub("", source(language))
    wanted = [plain(one) for one in re.findall(r"^#+ (.*)$", prose, re.MULTILINE)]
    shown = [text(one) for one in page.select("main h1, .prose > :is(h2, h3)")]
    assert len(wanted) > 20
    assert shown == wanted


def test_the_contents_lead_to_every_chapter(page: BeautifulSoup) -> None:
    chapters = [f"#{one['id']}" for one in page.select(".prose > h2")]
    assert links(page.select(".contents")[0]) == [*chapters, "#legend"]


def test_every_formula_stands_as_it_was_written(page: BeautifulSoup, language: str) -> None:
    formulas = FENCED.findall(source(language))
    assert len(formulas) >= 2
    assert [one.get_text() for one in page.select("pre code")] == formulas


def test_every_table_has_all_its_rows(page: BeautifulSoup, language: str) -> None:
    lines = source(language).split("\n")
    rows = [line for line in lines if line.startswith("|") and not re.match(r"\|[-:|]+\|$", line)]
    tables = page.select(".prose > .scroll table")
    assert len(tables) == sum(bool(re.match(r"\|[-:|]+\|$", line)) for line in lines) > 5
    shown = [" ".join(cells(row)) for table in tables for row in table.select("tr")]
    assert len(shown) == len(rows)
    for line, row in zip(rows, shown, strict=True):
        told = " ".join(plain(re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", line)).split("|"))
        assert re.sub(r"\s", "", row) == re.sub(r"\s", "", told)


def test_no_comment_of_the_source_is_shown(page: BeautifulSoup) -> None:
    assert "<!--" not in page.get_text()
    assert "<!--/-->" not in str(page.find("main"))


def test_no_link_is_dead(page: BeautifulSoup, edition: Edition, language: str) -> None:
    anchors = {str(one["id"]) for one in page.find_all(id=True)}
    main = page.find("main")
    assert main is not None
    seen = set()
    for href in links(main):  # type: ignore[arg-type]
        parts = urlsplit(urljoin(f"http://x/{language}/methods.html", href))
        if parts.netloc != "x":
            assert parts.scheme == "https", href
        elif href.startswith("#"):
            assert href[1:] in anchors
        else:
            seen.add(parts.path)
            assert (ROOT / parts.path[1:]).is_file(), href
            assert methods.is_published(edition, parts.path[1:]), href
    assert {"/data/source/155-kh-ubnd.txt", "/data/plan/readings.csv"} <= seen


def test_a_page_does_not_lead_to_itself_in_the_other_language_by_its_file(
    page: BeautifulSoup,
) -> None:
    assert "methods.md" not in page.get_text()
    assert "methods.vi.md" not in page.get_text()


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("methods.vi.md", "../vi/methods.html"),
        ("data-dictionary.md", "../en/dictionary.html"),
        ("../data/source/155-kh-ubnd.txt", "../data/source/155-kh-ubnd.txt"),
        ("../tests/docs", None),
        ("../pyproject.toml", None),
        ("../data/source/../../pyproject.toml", None),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_a_link_of_the_repository_is_one_of_the_site_or_none(
    edition: Edition, target: str, address: str | None
) -> None:
    assert methods.address(edition, target) == address


def test_the_legend_has_every_code_with_its_wording(page: BeautifulSoup) -> None:
    shown = {text(one) for one in page.select(".legends td code, .legends th code")}
    assert shown == {one for one in (*VERDICTS, *REASONS, *GRADES, *FLAGS) if one}
    for row in page.select(".legends tbody tr"):
        assert all(cells(row)), row


def test_a_verdict_of_the_legend_has_the_mark_of_the_pages(page: BeautifulSoup) -> None:
    shown = [one["class"][1] for one in page.select(".legends .verdict")]
    assert shown == [f"verdict-{code}" for code in VERDICTS]


def test_without_the_text_there_is_no_page(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the text of the methods"):
        list(methods.pages(Writer(replace(edition, root=tmp_path), "vi")))
