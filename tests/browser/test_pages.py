"""The pages of a real run in a real browser: the index, and every kind of report in both languages.

Each is looked at in the light and in the dark, on a telephone and on a desk.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import NARROW, SCHEMES, WIDE, View, faults, open_page, show, turn
from tests.browser.reports import JOBS

pytestmark = pytest.mark.browser

REPORTS = tuple(f"{job.folder}/report.html" for job in JOBS if job.subject != "9")
PICTURES = {"light": "data:image/png", "dark": "data:image/svg+xml"}
LOOKS = {
    "index.html": tuple(product(SCHEMES, (WIDE, NARROW))),
    **dict.fromkeys(REPORTS, (("light", WIDE), ("dark", NARROW))),
    **{name: (("dark", WIDE), ("light", NARROW)) for name in REPORTS if name.startswith("en/")},
}
"""Every kind in both languages, schemes and widths, each pair once."""


@pytest.fixture(scope="module", params=LOOKS)
def name(request: pytest.FixtureRequest) -> str:
    """The address of a page."""
    return str(request.param)


@pytest.fixture(scope="module")
def view(window: View, address: str, name: str) -> View:
    """The page, opened once for all tests of it."""
    return show(window, f"{address}/{name}", *LOOKS[name][0])


def test_a_page_is_without_fault_and_its_figures_are_in_the_scheme_of_the_screen(
    view: View, name: str
) -> None:
    script = "all => all.map(one => one.currentSrc.split(/[,;]/)[0])"
    for scheme, width in LOOKS[name]:
        turn(view, scheme, width)
        shown = view.page.eval_on_selector_all("figure img", script)
        assert set(shown) <= {PICTURES[scheme]}
        assert faults(view) == [], (scheme, width)


def test_a_page_asks_for_nothing_but_itself(view: View) -> None:
    assert [one for one in view.asked if not one.startswith("data:")] == [view.page.url]


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
