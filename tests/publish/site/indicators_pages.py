"""The pages of indicators as tests look at them: made once for all tests of a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bs4 import BeautifulSoup, Tag

from analysis.publish import Edition
from analysis.publish.site.indicator_page import IndicatorPages
from analysis.publish.site.page import SitePage
from analysis.publish.site.render import Renderer
from analysis.publish.site.writer import Writer
from analysis.words import LANGUAGES


@dataclass(frozen=True)
class Shown:
    """A page as it is published, and the same taken apart."""

    page: SitePage
    html: str
    soup: BeautifulSoup


Site = Mapping[tuple[str, str], Shown]


@cache
def shown_pages(edition: Edition, *only: str) -> Site:
    """Return the pages of indicators by language and number; all of them unless some are named."""
    return dict(made_anew(edition, *only))


def made_anew(edition: Edition, *only: str) -> Site:
    """Return the same, made another time."""
    made = {}
    for language in LANGUAGES:
        writer = Writer(edition, language)
        renderer, pages = Renderer(writer), IndicatorPages(writer)
        for number in only or pages.numbers:
            page = pages.page(number)
            html = renderer.html(page)
            made[language, number] = Shown(page, html, BeautifulSoup(html, "html.parser"))
    return made


def text_of(tag: Tag | None) -> str:
    """Return the text of an element on one line."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split()).replace(" ,", ",")
