"""The pages of tasks, agencies and coverage in a real browser: on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from analysis.publish import Edition
from analysis.publish.site import agencies, coverage, tasks
from analysis.publish.site.figures.runtime import write_runtime
from tests.browser.conftest import browser
from tests.browser.looking import NARROW, WIDE, View, faults, open_page
from tests.publish.site.tasks_pages import served, write

__all__ = ["browser"]  # the fixture

pytestmark = pytest.mark.browser

PAGES = (
    "tasks.html",
    "tasks/IV.html",
    "agencies.html",
    "agencies/so-y-te.html",
    "agencies/ubnd-tinh.html",
    "coverage.html",
)
LOOKS = tuple(product(PAGES, (("vi", "light"), ("en", "dark"))))


@pytest.fixture(scope="module")
def address(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = tmp_path_factory.mktemp("site")
    last = {agencies.pages: "agencies/ubnd-tinh.html"}
    write(site, edition, (tasks.pages, agencies.pages, coverage.pages), last)
    write_runtime(site / "assets")
    with served(site) as home:
        yield home


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: f"{look[0]}-{'-'.join(look[1])}")
def view(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[View]:
    path, (language, scheme) = request.param
    view = open_page(browser, f"{address}/{language}/{path}", scheme)
    yield view
    view.page.context.close()


def test_a_page_is_without_fault_on_a_desk(view: View) -> None:
    view.page.set_viewport_size({"width": WIDE, "height": 900})
    assert faults(view) == []


def test_a_page_is_without_fault_on_a_telephone(view: View) -> None:
    view.page.set_viewport_size({"width": NARROW, "height": 800})
    assert faults(view) == []


def test_what_is_folded_is_without_fault_when_it_is_opened(view: View) -> None:
    view.page.set_viewport_size({"width": NARROW, "height": 800})
    view.page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert faults(view) == []


def test_on_a_telephone_no_cell_of_a_stacked_table_is_cut_off(view: View) -> None:
    view.page.set_viewport_size({"width": NARROW, "height": 800})
    script = """all => all.filter(one => one.scrollWidth > one.clientWidth + 1)
        .map(one => one.textContent.trim().slice(0, 60))"""
    assert view.page.eval_on_selector_all(".stack tbody :is(th, td)", script) == []


def test_without_scripts_a_page_says_the_same(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/vi/tasks.html")
    assert page.locator("#groups tbody tr").count() == 41
    assert page.locator("#timeline svg").first.is_visible()
    context.close()


def test_the_pages_were_written_for_both_languages(address: str, browser: Any) -> None:
    page = browser.new_page()
    for path in (Path(one) for one in PAGES):
        page.goto(f"{address}/en/{path}")
        assert page.locator("html").get_attribute("lang") == "en"
    page.close()
