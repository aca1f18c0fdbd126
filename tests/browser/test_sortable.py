"""A table that can be sorted, in a browser: the widget of itables with a kernel's part played."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from analysis.reports.table import Cell, Table, cells
from tests.browser.looking import View, inaccessible

pytestmark = pytest.mark.browser
pytest.importorskip("itables")

HOME = "http://report.test/"
PAGE = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Bảng</title><style>{css}</style></head>
<body><main><h1>Bảng</h1><div id="place"></div></main>
<script type="module">
import widget from "./widget.js";
const state = {state};
const model = {{get: name => state[name], set() {{}}, on() {{}}, save_changes() {{}}}};
widget.render({{model, el: document.getElementById("place")}});
</script></body></html>
"""
TABLE = Table(
    "Giá trị & <nguồn>",
    ("Chỉ tiêu", "Giá trị"),
    (
        cells(["5.10 Ăn", Cell("100 %", ("2019",), kind="number")]),
        cells(["5.2 Ân", Cell("9,5 %", kind="number")]),
        cells(["5.7 <b>An</b>", Cell("chưa có số liệu", kind="quiet")]),
        cells(["5.8 Áo", Cell("95,76 %", kind="number")]),
    ),
)


@pytest.fixture
def view(browser: Any) -> Iterator[View]:
    """The widget as a notebook would show it; what it asks for beyond that is refused."""
    widget = TABLE.sortable().widget
    state = {name: getattr(widget, name) for name in ("caption", "classes", "selected_rows")}
    state |= {"_style": widget._style, "_dt_args": widget._dt_args}
    known = {
        HOME: ("text/html", PAGE.format(css=widget._css, state=json.dumps(state))),
        f"{HOME}widget.js": ("text/javascript", str(widget._esm)),
    }
    view = View(browser.new_page())
    view.page.on("pageerror", lambda error: view.said.append(f"error: {error}"))

    def answer(route: Any) -> None:
        view.asked.append(route.request.url)
        kind, body = known.get(route.request.url, ("", ""))
        if kind:
            route.fulfill(content_type=f"{kind}; charset=utf-8", body=body)
        else:
            route.abort()

    view.page.route("**/*", answer)
    view.page.goto(HOME)
    view.page.wait_for_selector("caption")
    yield view
    view.page.close()


def expect_rows(view: View, *numbers: str) -> None:
    """Wait until the rows are those of these indicators, in this order."""
    from playwright.sync_api import expect

    expected = [re.compile(rf"^{re.escape(number)} ") for number in numbers]
    expect(view.page.locator("tbody th")).to_have_text(expected)


def sort_by(view: View, heading: str) -> None:
    view.page.get_by_role("columnheader", name=heading).click()


def test_it_begins_in_the_order_of_the_report_with_caption_and_headers(view: View) -> None:
    expect_rows(view, "5.10", "5.2", "5.7", "5.8")
    assert view.page.locator("tbody th").nth(2).inner_text() == "5.7 <b>An</b>"
    assert view.page.locator("caption").inner_text() == "Giá trị & <nguồn>"
    assert view.page.locator("thead th").all_inner_texts() == ["Chỉ tiêu", "Giá trị"]


def test_numbers_are_sorted_as_numbers_and_what_is_none_comes_last(view: View) -> None:
    sort_by(view, "Giá trị")
    expect_rows(view, "5.2", "5.8", "5.10", "5.7")
    sort_by(view, "Giá trị")
    expect_rows(view, "5.7", "5.10", "5.8", "5.2")
    sort_by(view, "Giá trị")
    expect_rows(view, "5.10", "5.2", "5.7", "5.8")


def test_indicators_are_sorted_by_their_numbers(view: View) -> None:
    sort_by(view, "Chỉ tiêu")
    expect_rows(view, "5.2", "5.7", "5.8", "5.10")


def test_what_is_searched_for_stays(view: View) -> None:
    view.page.get_by_label("Tìm trong bảng:").fill("Áo")
    expect_rows(view, "5.8")
    view.page.get_by_label("Tìm trong bảng:").fill("không ai viết thế")
    view.page.get_by_text("Không có dòng nào khớp.").wait_for()


def test_it_works_without_asking_another_host(view: View) -> None:
    sort_by(view, "Giá trị")
    expect_rows(view, "5.2", "5.8", "5.10", "5.7")
    assert set(view.asked) <= {HOME, f"{HOME}widget.js", f"{HOME}favicon.ico"}
    assert view.said == []


def test_it_is_accessible(view: View) -> None:
    assert inaccessible(view) == []
