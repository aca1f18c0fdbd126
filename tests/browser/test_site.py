"""Every kind of page of the site in a real browser: light and dark, small and large, no scripts."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import NARROW, SCHEMES, WIDE, faults, open_page

pytestmark = pytest.mark.browser

KINDS = (
    "index.html",
    "indicators.html",
    "indicators/1.html",
    "indicators/5.7.html",
    "indicators/7.9.html",
    "groups/5.html",
    "tasks.html",
    "tasks/IV.html",
    "agencies.html",
    "agencies/so-y-te.html",
    "coverage.html",
    "reports.html",
    "data.html",
    "dictionary.html",
    "methods.html",
    "changes.html",
    "about.html",
    "search.html",
)
LOOKS = tuple(
    (f"{language}/{name}", scheme, width)
    for name in KINDS
    for language, scheme, width in (
        ("vi", "light", WIDE),
        ("vi", "dark", NARROW),
        ("en", "light", NARROW),
        ("en", "dark", WIDE),
    )
)
"""Every kind in both languages, schemes and widths; both languages share their templates."""

DOORS = tuple(product(("index.html", "404.html"), SCHEMES, (NARROW, WIDE)))


@pytest.fixture(scope="module")
def site(address: str, outputs: Path) -> str:
    """Where the site can be read."""
    assert (outputs / "site" / "index.html").is_file()
    return f"{address}/site"


@pytest.mark.parametrize(("name", "scheme", "width"), [*DOORS, *LOOKS])
def test_a_page_of_the_site_is_without_fault(
    browser: Any, site: str, name: str, scheme: str, width: int
) -> None:
    view = open_page(browser, f"{site}/{name}", scheme, width)
    view.page.wait_for_load_state("networkidle")
    found = faults(view)
    view.page.context.close()
    assert found == []


@pytest.mark.parametrize("name", ["vi/index.html", "en/indicators/5.7.html", "vi/tasks.html"])
def test_a_page_in_high_contrast_is_without_fault(browser: Any, site: str, name: str) -> None:
    view = open_page(browser, f"{site}/{name}")
    view.page.select_option("#look", "contrast")
    assert view.page.evaluate("document.documentElement.dataset.look") == "contrast"
    view.page.wait_for_load_state("networkidle")
    assert faults(view) == []
    view.page.reload()
    assert view.page.input_value("#look") == "contrast"
    view.page.context.close()


@pytest.mark.parametrize("name", [f"{one}/{name}" for one in ("vi", "en") for name in KINDS])
def test_without_scripts_a_page_shows_all_that_it_has(browser: Any, site: str, name: str) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": WIDE, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{site}/{name}")
    assert page.locator("main h1").is_visible()
    for figure in page.locator("main figure:has(svg):visible").all():
        assert figure.locator("svg:visible").count() >= 1
    assert len(page.locator("main").inner_text()) > 200
    context.close()


def test_the_keyboard_reaches_the_content_first(browser: Any, site: str) -> None:
    view = open_page(browser, f"{site}/vi/index.html")
    view.page.keyboard.press("Tab")
    assert view.page.evaluate("document.activeElement.className") == "skip"
    view.page.keyboard.press("Enter")
    assert view.page.url.endswith("#content")
    view.page.context.close()


def test_on_paper_navigation_is_left_out_and_content_is_not(browser: Any, site: str) -> None:
    view = open_page(browser, f"{site}/vi/indicators/5.7.html")
    view.page.emulate_media(media="print")
    assert not view.page.locator("nav.main").is_visible()
    assert view.page.locator("main h1").is_visible()
    view.page.context.close()
