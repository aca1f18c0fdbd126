"""The pages of a real run in a real browser: the index, and every kind of report in both languages.

Each is looked at in the light and in the dark, on a telephone and on a desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import NARROW, SCHEMES, WIDE, View, faults, open_page
from tests.browser.reports import JOBS

pytestmark = pytest.mark.browser

REPORTS = tuple(f"{job.folder}/report.html" for job in JOBS)
LOOKS = tuple(product(("index.html", *REPORTS), SCHEMES))
PICTURES = {"light": "data:image/png", "dark": "data:image/svg+xml"}


@pytest.fixture(scope="module", params=LOOKS, ids="-".join)
def look(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A page and the scheme of the screen."""
    name, scheme = request.param
    return name, scheme


@pytest.fixture(scope="module")
def view(browser: Any, address: str, look: tuple[str, str]) -> Iterator[View]:
    """The page, opened once for all tests of it."""
    name, scheme = look
    view = open_page(browser, f"{address}/{name}", scheme)
    yield view
    view.page.context.close()


def test_a_page_is_without_fault_on_a_desk(view: View) -> None:
    view.page.set_viewport_size({"width": WIDE, "height": 900})
    assert faults(view) == []


def test_a_page_is_without_fault_on_a_telephone(view: View) -> None:
    view.page.set_viewport_size({"width": NARROW, "height": 800})
    assert faults(view) == []


def test_a_page_asks_for_nothing_but_itself(view: View) -> None:
    assert [one for one in view.asked if not one.startswith("data:")] == [view.page.url]


def test_a_figure_is_in_the_scheme_of_the_screen(view: View, look: tuple[str, str]) -> None:
    script = "all => all.map(one => one.currentSrc.split(/[,;]/)[0])"
    shown = view.page.eval_on_selector_all("figure img", script)
    assert set(shown) <= {PICTURES[look[1]]}


def test_the_reports_have_figures_to_look_at(outputs: Path) -> None:
    assert len(list(outputs.glob("*/*/figures/*-dark.svg"))) >= len(REPORTS)


def test_a_page_that_was_moved_elsewhere_is_still_whole(
    browser: Any, outputs: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "alone.html"
    alone.write_bytes((outputs / REPORTS[0]).read_bytes())
    view = open_page(browser, alone.as_uri(), "dark")
    widths = view.page.eval_on_selector_all("img", "all => all.map(one => one.naturalWidth)")
    view.page.context.close()
    assert widths
    assert all(widths)
    assert [said for said in view.said if said.startswith("error")] == []
