"""The search of the site, typed in a real browser: codes, Vietnamese with and without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import NARROW, SCHEMES, View, faults, show, strangers

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
PATIENCE = 60_000  # milliseconds: the index is read over a socket, on a machine that may be busy


@pytest.fixture(scope="module")
def site(address: str, outputs: Path) -> str:
    """Where the site can be read."""
    assert (outputs / "site" / "pagefind" / "pagefind.js").is_file()
    return f"{address}/site"


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def view(window: View, site: str, language: str) -> Iterator[View]:
    """The page of the search; what it says and asks for is looked at in the end."""
    yield show(window, f"{site}/{language}/search.html")
    assert window.said == []
    assert strangers(window) == []


@pytest.fixture
def vietnamese(window: View, site: str) -> Iterator[View]:
    yield show(window, f"{site}/vi/search.html")
    assert window.said == []
    assert strangers(window) == []


def answered(page: Any, question: str) -> None:
    from playwright.sync_api import expect

    state = page.locator("#search-state")
    expect(state).to_contain_text(f"“{question}”", timeout=PATIENCE)


def ask(view: View, question: str) -> list[str]:
    """Type a question and return where the results lead."""
    view.page.fill("#q", question)
    view.page.press("#q", "Enter")
    answered(view.page, question)
    return found(view.page)


def found(page: Any) -> list[str]:
    script = "all => all.map(one => one.getAttribute('href').replace(/^\\.\\.\\/(vi|en)\\//, ''))"
    links: list[str] = page.eval_on_selector_all("#search-results > li > a", script)
    return links


def state(view: View) -> str:
    return str(view.page.inner_text("#search-state"))


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("5.7", "indicators/5.7.html"),
        ("10.1", "indicators/10.1.html"),
        ("1.", "groups/1.html"),
        ("8.4-doctors", "indicators/8.4.html"),
        ("IV.2", "tasks/IV.html#IV.2"),
        ("iv", "tasks/IV.html"),
        ("so-y-te", "agencies/so-y-te.html"),
    ],
)
def test_a_code_leads_to_what_it_is_the_code_of(view: View, code: str, first: str) -> None:
    assert ask(view, code)[0] == first


def test_a_number_is_no_beginning_of_another(view: View) -> None:
    codes = [one for one in ask(view, "5.1") if re.fullmatch(r"indicators/5\.1\d\.html", one)]
    assert codes == []


@pytest.mark.parametrize(
    ("marked", "unmarked", "first"),
    [
        ("giảm nghèo", "giam ngheo", "groups/6.html"),
        ("Sở Y tế", "so y te", "agencies/so-y-te.html"),
        ("đào tạo", "dao tao", "indicators/4.2.html"),
        ("Độ phủ số liệu", "do phu so lieu", "coverage.html"),
    ],
)
def test_vietnamese_is_found_with_and_without_its_marks(
    vietnamese: View, marked: str, unmarked: str, first: str
) -> None:
    for question in (marked, unmarked):
        assert ask(vietnamese, question)[0] == first, question


def test_texts_are_found_without_marks_and_the_words_are_shown(vietnamese: View) -> None:
    ask(vietnamese, "bao hiem y te tu nguyen")
    marked = vietnamese.page.eval_on_selector_all(
        "#search-results mark", "all => all.map(one => one.textContent.toLowerCase())"
    )
    assert {"bảo", "hiểm"} <= {re.sub(r"\W", "", one) for one in marked}


def test_marks_that_were_typed_have_to_be_there(vietnamese: View) -> None:
    assert ask(vietnamese, "dào tạo") == []
    assert len(ask(vietnamese, "đào tạo")) > 5


def test_both_ways_to_set_a_tone_find_the_same(vietnamese: View) -> None:
    old, new = ask(vietnamese, "hoà"), ask(vietnamese, "hòa")
    assert old == new != []


def test_english_is_found_in_english_whatever_its_endings(window: View, site: str) -> None:
    view = show(window, f"{site}/en/search.html")
    assert ask(view, "health insurance")[0] == "groups/5.html"
    assert ask(view, "Department of Health")[0] == "agencies/so-y-te.html"
    assert ask(view, "So Y te")[0] == "agencies/so-y-te.html"
    one, many = set(ask(view, "hospital")), set(ask(view, "hospitals"))
    assert one == many != set()
    assert view.said == []


@pytest.mark.parametrize("question", ["xyzzy", "qqq 5.7", "77.77.77"])
def test_what_is_not_there_is_not_found_and_the_list_is_shown(view: View, question: str) -> None:
    assert ask(view, question) == []
    assert not re.search(r"\d+ (kết quả|result)", state(view))
    assert view.page.locator("#search-index").is_visible()
    assert not view.page.locator("#search-results").is_visible()


def test_the_number_that_is_said_is_that_of_the_results(view: View) -> None:
    results = ask(view, "10.1")
    assert 1 < len(results) < 20
    assert re.match(r"\d+", state(view)).group() == str(len(results))  # type: ignore[union-attr]
    assert view.page.get_attribute("#search-state", "role") == "status"


def test_no_page_is_found_twice(view: View) -> None:
    results = ask(view, "155/KH-UBND")
    assert len(results) == len(set(results)) > 1


def test_a_result_says_of_which_section_it_is(vietnamese: View) -> None:
    ask(vietnamese, "5.7")
    sections = vietnamese.page.eval_on_selector_all(
        "#search-results small", "all => all.map(one => one.textContent)"
    )
    assert sections[0] == "Chỉ tiêu"
    assert all(sections)


def test_results_lead_to_pages_that_are_there(view: View) -> None:
    ask(view, "5.7")
    context = view.page.context
    addresses = view.page.eval_on_selector_all(
        "#search-results a", "all => all.map(one => one.href)"
    )
    assert len(addresses) > 5
    for one in {address.partition("#")[0] for address in addresses}:
        assert context.request.get(one).ok, one


def test_more_results_come_when_they_are_asked_for(vietnamese: View) -> None:
    first = ask(vietnamese, "tỷ lệ")
    assert len(first) == 20
    vietnamese.page.click("#search-more")
    vietnamese.page.locator("#search-results > li").nth(39).wait_for(timeout=PATIENCE)
    assert found(vietnamese.page)[:20] == first
    script = "document.activeElement === document.querySelectorAll('#search-results > li > a')[20]"
    assert vietnamese.page.evaluate(script)


def test_the_question_stands_in_the_address_and_is_asked_again_from_it(
    view: View, site: str, language: str
) -> None:
    before = ask(view, "giảm nghèo")
    assert "q=gi%E1%BA%A3m" in view.page.url
    view.page.goto(view.page.url)
    answered(view.page, "giảm nghèo")
    assert view.page.input_value("#q") == "giảm nghèo"
    assert found(view.page) == before
    view.page.fill("#q", "")
    view.page.wait_for_url(f"{site}/{language}/search.html")
    assert view.page.locator("#search-index").is_visible()


def test_answers_come_while_one_types_and_only_the_last_counts(view: View) -> None:
    view.page.locator("#q").press_sequentially("10.1", delay=20)
    answered(view.page, "10.1")
    assert found(view.page)[0] == "indicators/10.1.html"


def test_every_page_leads_to_the_search_with_its_question(
    window: View, site: str, language: str
) -> None:
    page = show(window, f"{site}/{language}/indicators/5.7.html").page
    page.fill("#find", "10.1")
    page.press("#find", "Enter")
    answered(page, "10.1")
    assert found(page)[0] == "indicators/10.1.html"


def test_the_keyboard_leads_from_the_field_into_the_results(view: View) -> None:
    ask(view, "5.7")
    view.page.press("#q", "ArrowDown")
    assert (
        view.page.evaluate("document.activeElement.getAttribute('href')") == "indicators/5.7.html"
    )
    view.page.keyboard.press("Enter")
    view.page.wait_for_url("**/indicators/5.7.html")


def test_a_question_that_is_markup_is_text(view: View) -> None:
    question = "<img src=x onerror=alert(1)>"
    ask(view, question)
    assert question in state(view)
    assert view.page.locator("main img").count() == 0


def test_an_excerpt_holds_nothing_but_marked_words(view: View) -> None:
    ask(view, "155/KH-UBND")
    tags = view.page.eval_on_selector_all(
        "#search-results p:not(.inside) *", "all => all.map(one => one.tagName)"
    )
    assert set(tags) == {"MARK"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_results_are_without_fault_on_a_telephone(
    window: View, site: str, language: str, scheme: str
) -> None:
    show(window, f"{site}/{language}/search.html?q=5.7", scheme, NARROW)
    answered(window.page, "5.7")
    assert faults(window) == []


def test_without_the_index_names_and_codes_are_found_and_it_is_said(
    browser: Any, site: str, language: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{site}/{language}/search.html?q=5.7")
    answered(page, "5.7")
    assert found(page) == ["indicators/5.7.html"]
    assert page.inner_text("#search-state").count(".") >= 2
    context.close()


def test_without_scripts_the_list_is_there_and_the_field_is_not(
    browser: Any, site: str, language: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{language}/search.html?q=5.7")
    assert not page.locator("#q").is_visible()
    assert page.locator("main noscript").is_visible()
    assert page.locator("#search-index a").count() > 200
    assert page.locator("a[href='indicators/5.7.html']").is_visible()
    context.close()
