"""The figures in a real browser, under the policy of the pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from analysis.publish.site.figures import (
    agency_bars,
    country_line,
    coverage_map,
    gap_dots,
    method_strip,
    task_timeline,
    trajectory,
    verdict_bars,
)
from analysis.publish.site.writer import Writer
from tests.browser.looking import NARROW, SCHEMES, WIDE, beyond_the_edge, inaccessible, open_page
from tests.publish.site.figures.pages import write_page

pytestmark = pytest.mark.browser

LIVE = ".figure[data-state=live]"
KINDS = ("vi/all.html", "en/all.html")


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(vi: Writer, en: Writer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two pages in each language: one figure, and one of every kind."""
    folder = tmp_path_factory.mktemp("site")
    for writer in (vi, en):
        write_page(folder, writer, [trajectory(writer, "5.7")], "one.html")
        every = [
            verdict_bars(writer),
            gap_dots(writer, 5),
            trajectory(writer, "4.3"),
            country_line(writer, "6.10"),
            method_strip(writer, "5.7"),
            agency_bars(writer, "so-y-te"),
            task_timeline(writer, "VI"),
            coverage_map(writer),
        ]
        write_page(folder, writer, every, "all.html")
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where that site can be read: on this machine only."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def shown(page: Any) -> int:
    """Return how many pictures can be seen."""
    return int(page.locator(".figure-picture svg:visible").count())


def walk(page: Any) -> None:
    """Bring every figure near, and wait until all are live."""
    for number in range(page.locator(".figure").count()):
        page.locator(".figure").nth(number).scroll_into_view_if_needed()
    playwright = pytest.importorskip("playwright.sync_api")
    playwright.expect(page.locator(LIVE)).to_have_count(page.locator(".figure").count())


@pytest.fixture
def one(browser: Any, address: str) -> Iterator[Any]:
    """A page with one trajectory, live."""
    view = open_page(browser, f"{address}/vi/one.html")
    view.page.wait_for_selector(LIVE)
    yield view
    view.page.context.close()


def test_a_figure_comes_to_life_without_a_word_in_the_console(one: Any) -> None:
    assert one.said == []
    assert shown(one.page) == 1
    assert one.page.locator(".figure-live svg:visible").count() == 1


def test_nothing_is_asked_of_another_host(one: Any, address: str) -> None:
    assert [asked for asked in one.asked if not asked.startswith(f"{address}/")] == []


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_kind_of_figure_lives_and_is_without_fault(
    browser: Any, address: str, path: str, scheme: str, width: int
) -> None:
    view = open_page(browser, f"{address}/{path}", scheme, width)
    walk(view.page)
    assert view.said == []
    assert shown(view.page) == 8
    assert beyond_the_edge(view) == []
    assert inaccessible(view) == []
    view.page.context.close()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_without_scripts_the_still_picture_is_there(browser: Any, address: str, width: int) -> None:
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/vi/all.html")
    assert shown(page) == 8
    texts = page.locator(".figure-still svg:visible text").all_text_contents()
    assert "1. GRDP bình quân" in texts
    context.close()


def test_the_still_picture_stays_if_the_script_that_draws_cannot_be_had(
    browser: Any, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/vega.js", lambda route: route.abort())
    page.goto(f"{address}/vi/one.html")
    page.wait_for_selector(".figure[data-state=still]")
    assert page.locator(".figure-still svg:visible").count() == 1
    context.close()


def test_the_live_picture_shows_what_the_still_one_does(browser: Any, address: str) -> None:
    view = open_page(browser, f"{address}/vi/all.html")
    texts = ".{} text"
    still = view.page.locator(texts.format("figure-wide")).all_text_contents()
    walk(view.page)
    live = view.page.locator(texts.format("figure-live")).all_text_contents()
    assert sorted(filter(None, live)) == sorted(filter(None, still))
    view.page.context.close()


def told(page: Any) -> list[str]:
    lines: list[str] = page.locator(".figure-tip p").all_inner_texts()
    return lines


def test_a_mark_that_is_pointed_at_tells_value_status_and_source(one: Any) -> None:
    one.page.locator('.figure-live [class*=" pointed_observed"] path').last.hover()
    lines = told(one.page)
    assert lines[0] == "2025: 95,76\u00a0%"
    assert "Tình trạng: ước tính" in lines
    assert lines[-1].startswith("Nguồn: Thời báo Tài chính Việt Nam")
    one.page.mouse.move(2, 2)
    assert told(one.page) == []


def test_the_keyboard_walks_through_the_years(one: Any) -> None:
    one.page.focus(".figure-live")
    one.page.keyboard.press("ArrowRight")
    assert told(one.page)[0] == "2015: 82,4\u00a0%"
    one.page.keyboard.press("ArrowRight")
    assert told(one.page)[0] == "2016: 88,06\u00a0%"
    one.page.keyboard.press("End")
    assert "2030" in told(one.page)[0]
    assert one.page.locator(".is-told").count() == 1
    one.page.keyboard.press("Escape")
    assert told(one.page) == []


def test_a_touch_tells(browser: Any, address: str) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 400, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/en/one.html")
    page.wait_for_selector(LIVE)
    page.locator('.figure-live [class*=" pointed_observed"] path').first.tap()
    assert told(page)[0] == "2015: 82.4\u00a0%"
    context.close()


def test_a_finger_is_told_first_and_led_on_by_a_second_tap(browser: Any, address: str) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 400, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/vi/all.html")
    page.locator(LIVE).first.wait_for()
    cell = page.locator('.figure-live [class*=" pointed_cells"] path').first
    cell.tap()
    assert told(page)[0].startswith("1 GRDP")
    assert page.url.endswith("/all.html")
    cell.tap()
    page.wait_for_url("**/vi/indicators/1.html")
    context.close()


def apart(page: Any) -> float:
    """Return how many pixels lie between the mark that is told and what is said above it."""
    edges = "one => [one.getBoundingClientRect().top, one.getBoundingClientRect().bottom]"
    mark, tip = (page.locator(one).evaluate(edges) for one in (".is-told", ".figure-tip"))
    return float(mark[0] - tip[1])


def test_what_is_told_follows_its_mark_when_the_page_is_scrolled(one: Any) -> None:
    page = one.page
    page.emulate_media(reduced_motion="reduce")  # else the page scrolls by and by
    page.set_viewport_size({"width": WIDE, "height": 700})
    page.focus(".figure-live")
    page.keyboard.press("ArrowRight")
    assert apart(page) == pytest.approx(6, abs=1)
    page.evaluate("""() => new Promise((done) => {
        document.addEventListener("scroll", () => requestAnimationFrame(done), { once: true });
        window.scrollBy(0, 60);
    })""")
    assert apart(page) == pytest.approx(6, abs=1)
    assert told(page)[0].startswith("2015")


def test_a_page_with_a_tooltip_is_accessible(one: Any) -> None:
    one.page.focus(".figure-live")
    one.page.keyboard.press("ArrowRight")
    assert told(one.page)
    assert inaccessible(one) == []


def test_a_mark_leads_to_its_indicator(browser: Any, address: str) -> None:
    view = open_page(browser, f"{address}/vi/all.html")
    walk(view.page)
    cell = view.page.locator('.figure-live [class*=" pointed_cells"] path').first
    cell.scroll_into_view_if_needed()
    cell.click()
    view.page.wait_for_url("**/vi/indicators/1.html")
    view.page.context.close()


def test_the_look_of_the_page_is_the_look_of_the_figure(one: Any) -> None:
    colour = """() => getComputedStyle(
        document.querySelector('.figure-live [class*=observed_marks] path')).stroke"""
    light = one.page.evaluate(colour)
    one.page.select_option("#look", "dark")
    dark = one.page.evaluate(colour)
    one.page.select_option("#look", "contrast")
    assert (light, dark) == ("rgb(11, 83, 148)", "rgb(142, 195, 239)")
    assert one.page.evaluate(colour) == "rgb(255, 255, 102)"


def test_the_look_of_the_system_is_followed(browser: Any, address: str) -> None:
    view = open_page(browser, f"{address}/vi/one.html", "light")
    view.page.wait_for_selector(LIVE)
    colour = "getComputedStyle(document.querySelector('.figure-live line[stroke]')).stroke"
    before = view.page.evaluate(colour)
    view.page.emulate_media(color_scheme="dark")
    assert view.page.evaluate(colour) != before
    view.page.context.close()


def test_a_page_that_becomes_narrow_shows_the_narrow_picture(one: Any) -> None:
    assert one.page.locator(".figure-live").get_attribute("data-width") == "wide"
    one.page.set_viewport_size({"width": NARROW, "height": 800})
    one.page.wait_for_selector(".figure-live[data-width=narrow]")
    assert shown(one.page) == 1
    assert one.said == []


def test_numbers_are_written_as_the_language_does(browser: Any, address: str) -> None:
    for language, number in (("vi", "7,5"), ("en", "7.5")):
        view = open_page(browser, f"{address}/{language}/all.html")
        walk(view.page)
        texts = view.page.locator("[id^=figure-country] .figure-live text").all_text_contents()
        assert any(number[1] in text for text in texts), number
        assert not any({",": ".", ".": ","}[number[1]] in text for text in texts)
        view.page.context.close()


def test_a_page_needs_less_than_half_a_megabyte(browser: Any, address: str, site: Path) -> None:
    import gzip

    view = open_page(browser, f"{address}/vi/all.html")
    walk(view.page)
    files = {one.removeprefix(f"{address}/") for one in view.asked}
    sizes = {name: len(gzip.compress((site / name).read_bytes())) for name in files}
    assert {"assets/vega.js", "assets/charts.js", "vi/all.html"} <= set(sizes)
    assert sum(sizes.values()) < 500_000
    view.page.context.close()
