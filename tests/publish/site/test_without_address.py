"""Sources without an address are text on every page, never a link that leads nowhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from analysis.api import Plan
from analysis.package import Tables
from analysis.publish import Edition
from analysis.publish.site import coverage, home
from analysis.publish.site.groups_rows import source
from analysis.publish.site.indicator_page import IndicatorPages
from analysis.publish.site.page import SitePage
from analysis.publish.site.render import Renderer
from analysis.publish.site.writer import Writer
from analysis.words import Words
from tests.observe.amended import REPORT, amended

KINDS = {
    "home": lambda writer: next(iter(home.pages(writer))),
    "coverage": lambda writer: next(iter(coverage.pages(writer))),
    "indicator": lambda writer: IndicatorPages(writer).page("5.7"),
}


@pytest.fixture(scope="module")
def writer(edition: Edition) -> Writer:
    """The English pages of data of which no source has an address."""
    tables = amended()
    sources = tables["sources"].assign(url=None).astype(tables["sources"].dtypes.to_dict())
    plan = Plan(Tables({**tables, "sources": sources}, tables.descriptor, tables.root))
    return Writer(replace(edition, plan=plan), "en")


@pytest.mark.parametrize("kind", KINDS)
def test_no_link_of_a_page_leads_out_or_nowhere(writer: Writer, kind: str) -> None:
    page: SitePage = KINDS[kind](writer)
    soup = BeautifulSoup(Renderer(writer).html(page), "html.parser")
    links = [str(link.get("href", "")) for link in soup.select("main a")]
    assert links
    assert not [link for link in links if not link or "://" in link]
    assert not re.search(r"\b(nan|NaN|None|NaT)\b", soup.get_text(" "))


def test_a_source_in_short_has_its_title_where_it_has_no_address(writer: Writer) -> None:
    rows = writer.edition.plan["sources"].set_index("source_id", drop=False)
    row = {str(name): cell for name, cell in rows.loc[REPORT].to_dict().items()}
    cell = source(row, Words("en"))
    assert (cell.text, cell.link) == ("Sở Y tế · 1 December 2026", "")
    assert cell.detail == ("Báo cáo số 01/BC-SYT", "public body")
    known = source({**row, "url": "https://example.org/a"}, Words("en"))
    assert (known.text, known.link) == (cell.text, "https://example.org/a")
    assert known.detail == ("public body",)
