"""A figure in a page: whole without scripts, said in words, and its spec beside it."""

from __future__ import annotations

import json
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup

from analysis.publish.site.figures import coverage_map, gap_dots, trajectory
from analysis.publish.site.writer import Writer
from tests.publish.site.figures.pages import html


@pytest.fixture(scope="module")
def page(vi: Writer) -> BeautifulSoup:
    figures = [trajectory(vi, "5.7"), None, gap_dots(vi, 5)]
    return BeautifulSoup(html(vi, figures, "indicators/5.7.html"), "html5lib")


def test_the_page_is_valid_html(vi: Writer) -> None:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parser.parse(html(vi, [trajectory(vi, "5.7"), coverage_map(vi)]))


def test_nothing_stands_where_there_is_no_figure(page: BeautifulSoup) -> None:
    assert len(page.select("figure")) == 2


def test_both_widths_are_there_and_one_alternative_speaks_for_both(
    page: BeautifulSoup, vi: Writer
) -> None:
    figure, expected = page.select("figure")[0], trajectory(vi, "5.7")
    assert expected is not None
    (still,) = figure.select("[role=img]")
    assert still["aria-label"] == expected.alt
    assert len(still.select("svg[aria-hidden=true]")) == 2


def test_the_legend_names_every_mark(page: BeautifulSoup, vi: Writer) -> None:
    expected = trajectory(vi, "5.7")
    assert expected is not None
    entries = page.select("figure")[0].select(".figure-keys li")
    assert [entry.get_text(strip=True) for entry in entries] == [key.text for key in expected.keys]
    assert all(entry.select("svg.swatch path") for entry in entries)


def test_the_spec_can_be_read_from_the_page(page: BeautifulSoup, vi: Writer) -> None:
    expected = trajectory(vi, "5.7")
    assert expected is not None
    (block,) = page.select("figure")[0].select("script[type='application/json']")
    data: dict[str, Any] = json.loads(block.string or "")
    assert data["wide"] == json.loads(json.dumps(expected.spec))


def test_the_script_is_asked_for_once_and_only_with_a_figure(
    page: BeautifulSoup, vi: Writer
) -> None:
    scripts = [one["src"] for one in page.select("script[src$='charts.js']")]
    assert scripts == ["../../assets/charts.js"]
    assert "charts.js" not in html(vi, [None])


def test_links_of_marks_are_those_of_the_page(page: BeautifulSoup) -> None:
    assert [figure["data-to"] for figure in page.select("figure")] == ["../", "../"]


def test_the_search_index_leaves_the_picture_out(page: BeautifulSoup) -> None:
    texts = page.select("figure text")
    assert texts
    assert all(text.find_parent(attrs={"data-pagefind-ignore": True}) for text in texts)


def test_nothing_in_the_page_is_forbidden_by_its_policy(page: BeautifulSoup) -> None:
    assert page.select("[style]") == []
    assert [one for one in page.select("script:not([src])") if "json" not in one["type"]] == []
