"""A page speaks its own language; what is left in the other one is marked or word for word."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from analysis.publish import Edition
from analysis.words import LANGUAGES
from analysis.words.catalogue import catalogue
from tests.publish.site.indicators_pages import Site, shown_pages

_FEWEST_WORDS = 3
_PLACE = re.compile(r"\{[^}]*\}")


@pytest.fixture(scope="module")
def site(edition: Edition) -> Site:
    return shown_pages(edition)


def fragments(language: str) -> set[str]:
    """Return what stands in the texts of a language between values, where it is a few words."""
    parts = (part for text in catalogue(language).values() for part in _PLACE.split(text))
    clean = (" ".join(part.split()).strip(" .,:;()“”") for part in parts)
    return {part for part in clean if len(part.split()) >= _FEWEST_WORDS}


def own_text(soup: BeautifulSoup, language: str) -> str:
    """Return the text of a page without what is marked as another language."""
    for tag in soup.select("main [lang], header [lang]"):
        if tag["lang"] != language:
            tag.extract()
    for tag in soup.select("script, style"):
        tag.extract()
    return " ".join(soup.get_text(" ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wording_of_the_other_language_is_on_a_page(language: str, site: Site) -> None:
    other = next(name for name in LANGUAGES if name != language)
    own = " ".join(" ".join(text.split()) for text in catalogue(language).values())
    foreign = [part for part in fragments(other) if part not in own]
    assert len(foreign) > 500
    found = {
        (number, part)
        for (spoken, number), shown in site.items()
        if spoken == language
        for text in [own_text(BeautifulSoup(shown.html, "html.parser"), language)]
        for part in foreign
        if part in text
    }
    assert not found


def test_the_check_sees_a_text_of_the_other_language(site: Site) -> None:
    text = own_text(BeautifulSoup(site["vi", "5.7"].html, "html.parser"), "vi")
    assert any(part in text for part in fragments("vi"))


def test_what_the_plan_prints_is_marked_as_vietnamese(site: Site) -> None:
    for (language, _), shown in site.items():
        if language == "en":
            quotes = BeautifulSoup(shown.html, "html.parser").select("main q")
            assert quotes
            assert all(tag.get("lang") == "vi" for tag in quotes)
