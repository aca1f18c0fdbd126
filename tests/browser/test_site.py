"""Every kind of page of the site in a real browser: light and dark, small and large, no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import NARROW, SCHEMES, WIDE, View, faults, open_page, show, turn

pytestmark = pytest.mark.browser

KINDS = (
    "index.html",
    "indicators.html",
    "indicators/1.html",
    "indicators/5.7.html",
    "indicators/7.9.html",
    "groups/2.html",
    "groups/5.html",
    "groups/8.html",
    "tasks.html",
    "tasks/IV.html",
    "agencies.html",
    "agencies/so-y-te.html",
    "agencies/ubnd-tinh.html",
    "coverage.html",
    "reports.html",
    "data.html",
    "dictionary.html",
    "methods.html",
    "changes.html",
    "about.html",
    "search.html",
)
LOOKS = {
    "vi": (("light", WIDE), ("dark", NARROW)),
    "en": (("dark", WIDE), ("light", NARROW)),
}
"""Every kind in both languages, schemes and widths, each pair once; both languages share their
templates."""

PAGES = tuple(f"{language}/{name}" for language, name in product(LOOKS, KINDS))
BETWEEN = 768
"""Pixels between a telephone and a desk, where columns are put beside or below each other."""

MIDDLING = ("index.html", "indicators.html", "groups/2.html", "groups/8.html")
FOLDED = ("tasks.html", "tasks/IV.html", "agencies.html", "agencies/so-y-te.html", "coverage.html")


@pytest.fixture(scope="module")
def site(address: str, outputs: Path) -> str:
    """Where the site can be read."""
    assert (outputs / "site" / "index.html").is_file()
    return f"{address}/site"


@pytest.fixture(scope="module")
def still(browser: Any) -> Iterator[Any]:
    """A page of a window in which no script runs."""
    size = {"width": WIDE, "height": 900}
    context = browser.new_context(java_script_enabled=False, viewport=size)
    yield context.new_page()
    context.close()


def looks(window: View, address: str, *wanted: tuple[str, int]) -> Iterator[str]:
    """What is wrong with a page in each look, opened in the first and turned to the others."""
    first, *others = wanted
    show(window, address, *first)
    window.page.wait_for_load_state("networkidle")
    yield from (f"{first}: {fault}" for fault in faults(window))
    for look in others:
        turn(window, *look)
        yield from (f"{look}: {fault}" for fault in faults(window))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_site_is_without_fault(window: View, site: str, name: str) -> None:
    assert list(looks(window, f"{site}/{name}", *LOOKS[name[:2]])) == []


@pytest.mark.parametrize("name", ["index.html", "404.html"])
def test_a_page_before_a_language_is_chosen_is_without_fault(
    window: View, site: str, name: str
) -> None:
    assert list(looks(window, f"{site}/{name}", *product(SCHEMES, (NARROW, WIDE)))) == []


@pytest.mark.parametrize(
    "name", ["index.html", "indicators.html", "groups/2.html", "groups/8.html"]
)
def test_a_page_of_middling_width_is_without_fault(window: View, site: str, name: str) -> None:
    assert list(looks(window, f"{site}/vi/{name}", ("light", BETWEEN))) == []


@pytest.mark.parametrize("name", FOLDED)
def test_on_a_telephone_nothing_is_cut_off_and_what_is_folded_is_without_fault(
    window: View, site: str, name: str
) -> None:
    show(window, f"{site}/vi/{name}", "dark", NARROW)
    cut_off = """all => all.filter(one => one.scrollWidth > one.clientWidth + 1)
        .map(one => one.textContent.trim().slice(0, 60))"""
    assert window.page.eval_on_selector_all(".stack tbody :is(th, td)", cut_off) == []
    window.page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert faults(window) == []


@pytest.mark.parametrize("name", ["vi/index.html", "en/indicators/5.7.html", "vi/tasks.html"])
def test_a_page_in_high_contrast_is_without_fault(window: View, site: str, name: str) -> None:
    page = show(window, f"{site}/{name}").page
    page.select_option("#look", "contrast")
    assert page.evaluate("document.documentElement.dataset.look") == "contrast"
    page.wait_for_load_state("networkidle")
    assert faults(window) == []
    page.reload()
    assert page.input_value("#look") == "contrast"


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_a_page_shows_all_that_it_has(still: Any, site: str, name: str) -> None:
    still.goto(f"{site}/{name}")
    assert still.locator("main h1").is_visible()
    for figure in still.locator("main figure:has(svg):visible").all():
        assert figure.locator("svg:visible").count() >= 1
    assert len(still.locator("main").inner_text()) > 200


def test_without_scripts_all_task_groups_and_their_time_are_there(still: Any, site: str) -> None:
    still.goto(f"{site}/vi/tasks.html")
    assert still.locator("#groups tbody tr").count() == 41
    assert still.locator("#timeline svg").first.is_visible()


def test_a_page_says_its_language(window: View, site: str) -> None:
    for name in PAGES:
        show(window, f"{site}/{name}")
        assert window.page.locator("html").get_attribute("lang") == name[:2]


def test_the_keyboard_reaches_the_content_first(browser: Any, site: str) -> None:
    view = open_page(browser, f"{site}/vi/index.html")
    view.page.keyboard.press("Tab")
    assert view.page.evaluate("document.activeElement.className") == "skip"
    view.page.keyboard.press("Enter")
    assert view.page.url.endswith("#content")
    view.page.context.close()


def test_on_paper_navigation_is_left_out_and_content_is_not(window: View, site: str) -> None:
    page = show(window, f"{site}/vi/indicators/5.7.html").page
    page.emulate_media(media="print")
    assert not page.locator("nav.main").is_visible()
    assert page.locator("main h1").is_visible()
