"""The list of indicators in a real browser: filters, order, address, keyboard, without scripts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.publish import Edition, open_edition
from analysis.runs.places import Outputs
from analysis.words import LANGUAGES
from tests.browser.looking import NARROW, WIDE, View, faults, open_page, show
from tests.browser.reports import ROOT

pytestmark = pytest.mark.browser

YEARS = (2025, 2030)
TOGETHER = {
    "met": ("MET", "MAINTAINED"),
    "behind": ("NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING", "LOST"),
    "unassessed": ("NO_DATA", "NOT_ASSESSABLE"),
}


@pytest.fixture(scope="module")
def edition(outputs: Path) -> Edition:
    """What the site was made of."""
    return open_edition(ROOT, Outputs(outputs))


@pytest.fixture(scope="module")
def site(address: str) -> str:
    """Where the site can be read."""
    return f"{address}/site"


@pytest.fixture
def view(window: View, site: str) -> Iterator[View]:
    """The Vietnamese list, opened anew."""
    yield show(window, f"{site}/vi/indicators.html")
    assert [said for said in window.said if said.startswith("error")] == []


@pytest.fixture
def page(view: View) -> Any:
    """The page of that list."""
    return view.page


def shown(page: Any) -> list[str]:
    """The series whose rows are seen, in their order."""
    script = "all => all.filter(one => one.offsetParent).map(one => one.dataset.series)"
    found: list[str] = page.eval_on_selector_all("#list tbody tr", script)
    return found


def choose(page: Any, **wanted: str) -> None:
    for name, value in wanted.items():
        if name == "q":
            page.fill("#filter-q", value)
        else:
            page.select_option(f"#filter-{name}", value)


def query(page: Any) -> str:
    found: str = page.evaluate("location.search")
    return found


def count(page: Any) -> str:
    found: str = page.text_content("#filter-count")
    return found


def plain(text: str) -> list[str]:
    """The words of a text without marks and capitals."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    return "".join(letter if letter.isalnum() or letter in "._" else " " for letter in bare).split()


def has_all(terms: str, text: str) -> bool:
    """Whether every word of the terms begins a word of the text."""
    return all(any(word.startswith(term) for word in plain(text)) for term in plain(terms))


class Expected:
    """What the frames say that a choice finds; nothing of it is read from the page."""

    def __init__(self, edition: Edition) -> None:
        self.gap = edition.gap
        self.series = edition.gap.drop_duplicates("series_id").set_index("series_id")
        lead = edition.plan["indicator_agencies"]
        lead = lead[lead["role"].eq("lead")]
        after = edition.plan["agency_successions"]
        after = after[after["confidence"].eq("reported")]
        heirs = lead.merge(after, left_on="agency_id", right_on="predecessor_id")
        self.agencies = pd.concat(
            [
                lead[["series_id", "agency_id"]],
                heirs[["series_id", "successor_id"]].rename(columns={"successor_id": "agency_id"}),
            ]
        )

    def __call__(
        self, group: str = "", agency: str = "", verdict: str = "", year: str = ""
    ) -> list[str]:
        gap = self.gap
        years = [int(year)] if year else list(YEARS)
        rows = gap[gap["target_year"].isin(years)]
        if verdict:
            rows = rows[rows["verdict"].isin(TOGETHER.get(verdict, (verdict,)))]
        elif year:
            rows = rows[rows["target_status"].eq("stated")]
        if group:
            rows = rows[rows["group_id"].eq(int(group))]
        if agency:
            mine = self.agencies.loc[self.agencies["agency_id"].eq(agency), "series_id"]
            rows = rows[rows["series_id"].isin(mine)]
        found = set(rows["series_id"])
        return [name for name in self.series.index if name in found]


@pytest.fixture(scope="module")
def expected(edition: Edition) -> Expected:
    """What the frames say that a choice finds."""
    return Expected(edition)


def values(page: Any, name: str) -> list[str]:
    script = "one => [...one.options].map(option => option.value).filter(Boolean)"
    found: list[str] = page.eval_on_selector(f"#filter-{name}", script)
    return found


# One filter, and several


@pytest.mark.parametrize("name", ["group", "agency", "verdict", "year"])
def test_each_choice_of_a_filter_finds_what_the_frames_say(
    page: Any, expected: Expected, name: str
) -> None:
    found = {}
    for value in values(page, name):
        choose(page, **{name: value})
        found[value] = shown(page)
    assert found == {value: expected(**{name: value}) for value in found}
    assert len({tuple(rows) for rows in found.values()}) > 1


COMBINED = (
    {"group": "7", "verdict": "MET"},
    {"group": "7", "verdict": "MET", "year": "2030"},
    {"agency": "so-y-te", "year": "2025"},
    {"agency": "so-noi-vu", "verdict": "unassessed", "year": "2030"},
    {"group": "5", "agency": "so-lao-dong-thuong-binh-va-xa-hoi", "verdict": "ON_TRACK"},
    {"group": "9", "verdict": "NO_TARGET", "year": "2025"},
    {"verdict": "behind", "year": "2030"},
    {"group": "1", "year": "2025"},
    {"group": "10", "agency": "so-xay-dung", "verdict": "met", "year": "2030"},
)


@pytest.mark.parametrize("wanted", COMBINED, ids=lambda wanted: "-".join(wanted.values()))
def test_several_filters_together_find_what_the_frames_say(
    page: Any, expected: Expected, wanted: dict[str, str]
) -> None:
    choose(page, **wanted)
    assert shown(page) == expected(**wanted)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("terms", ["bao hiem", "BẢO HIỂM y tế", "insurance", "5.1", "nhà ở", "dao"])
def test_a_text_finds_every_row_that_has_all_its_words(
    window: View, site: str, edition: Edition, language: str, terms: str
) -> None:
    page = show(window, f"{site}/{language}/indicators.html").page
    choose(page, q=terms)
    found = set(shown(page))
    assert found == {
        name for name, text in _texts(edition, language).items() if has_all(terms, text)
    }


def _texts(edition: Edition, language: str) -> dict[str, str]:
    """What a search looks through, from the tables: code, names, group, agencies of today."""
    from analysis.words import Words

    words, names = Words(language), edition.plan["agencies"].set_index("agency_id")
    expected = Expected(edition)
    found = {}
    for name, row in expected.series.iterrows():
        mine = expected.agencies.loc[expected.agencies["series_id"].eq(name), "agency_id"]
        part = row[f"part_{language}"]
        parts = [
            row["indicator_id"],
            row[f"name_{language}"],
            "" if pd.isna(part) else part,
            row[f"label_{language}"],
            words(f"group_short.{row['group_id']}"),
            *(names.loc[agency, f"name_{language}"] for agency in mine),
        ]
        found[str(name)] = " | ".join(parts)
    return found


def test_a_text_and_a_choice_hold_together(page: Any, expected: Expected) -> None:
    choose(page, q="bao hiem", year="2030", verdict="ON_TRACK")
    assert shown(page) == ["5.1"]
    assert set(shown(page)) <= set(expected(verdict="ON_TRACK", year="2030"))


def test_the_year_leaves_only_its_own_columns(page: Any) -> None:
    heads = "all => all.filter(one => one.offsetParent).map(one => one.innerText.trim())"
    assert len(page.eval_on_selector_all("#list thead th", heads)) == 10
    choose(page, year="2030")
    left = page.eval_on_selector_all("#list thead th", heads)
    assert len(left) == 8
    assert not [text for text in left if "2025" in text]
    choose(page, year="")
    assert len(page.eval_on_selector_all("#list thead th", heads)) == 10


# What is announced


def test_the_number_of_rows_is_announced(page: Any, expected: Expected) -> None:
    assert page.get_attribute("#filter-count", "role") == "status"
    assert count(page) == "Đang xem 110 trong 110 dòng số liệu, của 99 chỉ tiêu"
    choose(page, group="8")
    rows = expected(group="8")
    assert count(page) == f"Đang xem {len(rows)} trong 110 dòng số liệu, của 14 chỉ tiêu"


def test_nothing_found_is_said_and_can_be_undone(page: Any) -> None:
    choose(page, q="không có gì như thế này")
    assert shown(page) == []
    assert count(page) == "Không có dòng nào phù hợp với tất cả điều kiện đã chọn."
    assert not page.is_visible("#list")
    page.click("#filter-reset")
    page.wait_for_function("document.activeElement.id === 'filter-q'")
    assert len(shown(page)) == 110
    assert query(page) == ""
    assert page.input_value("#filter-q") == ""


def test_the_filters_can_be_cleared_where_any_is_set(page: Any) -> None:
    assert not page.is_visible("#filter-reset")
    choose(page, group="3", verdict="MET")
    page.click("#filter-reset")
    page.wait_for_function("document.activeElement.id === 'filter-q'")
    assert len(shown(page)) == 110
    assert not page.is_visible("#filter-reset")


# The address


def test_the_address_holds_what_is_chosen_and_opens_it_again(
    browser: Any, page: Any, expected: Expected
) -> None:
    choose(page, group="7", verdict="MAINTAINED", year="2030", q="phổ cập")
    page.click("th[data-sort=name] button")
    before = shown(page)
    again = open_page(browser, page.url)
    assert shown(again.page) == before
    assert again.page.input_value("#filter-q") == "phổ cập"
    assert again.page.input_value("#filter-verdict") == "MAINTAINED"
    again.page.context.close()
    assert set(before) <= set(expected(group="7", verdict="MAINTAINED", year="2030"))
    assert before


def test_the_back_button_restores_what_was_chosen_before(page: Any, expected: Expected) -> None:
    choose(page, group="7")
    choose(page, verdict="MET")
    page.go_back()
    assert page.input_value("#filter-verdict") == ""
    assert shown(page) == expected(group="7")
    page.go_back()
    assert len(shown(page)) == 110
    page.go_forward()
    assert shown(page) == expected(group="7")


def test_one_step_back_undoes_all_that_was_typed(page: Any) -> None:
    choose(page, group="5")
    page.type("#filter-q", "bhyt")
    assert query(page) == "?q=bhyt&group=5"
    page.go_back()
    assert query(page) == "?group=5"
    assert page.input_value("#filter-q") == ""
    assert len(shown(page)) == 11


def test_coming_back_from_another_page_finds_the_list_as_it_was(page: Any, site: str) -> None:
    choose(page, group="8", q="y te")
    before = shown(page)
    page.goto(f"{site}/vi/index.html")
    page.go_back()
    page.wait_for_selector("#filter:not([hidden])")
    assert page.input_value("#filter-group") == "8"
    assert shown(page) == before
    assert before


@pytest.mark.parametrize(
    "question",
    ["?group=99", "?agency=../x", "?verdict=GOOD&year=1999", "?sort=danger", "?other=%00<b>"],
)
def test_an_address_that_names_what_there_is_not_shows_everything(
    window: View, site: str, question: str
) -> None:
    show(window, f"{site}/vi/indicators.html{question}")
    assert len(shown(window.page)) == 110
    assert [said for said in window.said if said.startswith("error")] == []


def test_markup_in_the_address_stays_text(window: View, site: str) -> None:
    page = show(window, f"{site}/vi/indicators.html?q=<img src=x onerror=alert(1)>").page
    assert page.input_value("#filter-q") == "<img src=x onerror=alert(1)>"
    assert page.locator("main img").count() == 0
    assert shown(page) == []


def test_a_number_on_the_home_page_leads_to_as_many_rows(window: View, site: str) -> None:
    page = show(window, f"{site}/en/index.html").page
    script = "all => all.map(one => [one.href, Number(one.textContent)])"
    numbers = page.eval_on_selector_all(".numbers a", script)
    assert len(numbers) == 7
    for address, number in numbers:
        page.goto(address)
        assert len(shown(page)) == number


# The order


def press(page: Any, column: str) -> None:
    page.click(f"th[data-sort={column}] button")


def orders(edition: Edition) -> dict[str, list[Any]]:
    """What each column is to be sorted by, row by row in plan order; None comes last."""
    gap = edition.gap
    rows = gap.drop_duplicates("series_id")
    by_year = {
        year: gap[gap["target_year"].eq(year)].set_index("series_id")["verdict"] for year in YEARS
    }
    best_first = [
        "MET", "MAINTAINED", "ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING", "LOST",
        "NOT_MET", "NOT_ASSESSABLE", "NO_DATA", "NO_TARGET",
    ]  # fmt: skip
    verdicts = {
        f"verdict-{year}": [best_first.index(by_year[year][name]) for name in rows["series_id"]]
        for year in YEARS
    }
    latest = [None if pd.isna(year) else int(year) for year in rows["latest_year"]]
    return {"code": list(range(len(rows))), "latest-year": latest, **verdicts}


@pytest.mark.parametrize("column", ["code", "latest-year", "verdict-2025", "verdict-2030"])
def test_a_heading_sorts_the_rows_both_ways(page: Any, edition: Edition, column: str) -> None:
    names = list(edition.gap.drop_duplicates("series_id")["series_id"])
    keys = dict(zip(names, orders(edition)[column], strict=True))
    known = [name for name in names if keys[name] is not None]
    unknown = [name for name in names if keys[name] is None]
    press(page, column)
    assert shown(page) == [*sorted(known, key=lambda name: keys[name]), *unknown]
    assert page.get_attribute(f"th[data-sort={column}]", "aria-sort") == "ascending"
    press(page, column)
    assert shown(page) == [*sorted(known, key=lambda name: -keys[name]), *unknown]
    assert page.get_attribute(f"th[data-sort={column}]", "aria-sort") == "descending"
    assert page.locator("th[aria-sort]").count() == 1


def test_names_are_sorted_as_english_readers_expect(window: View, site: str) -> None:
    page = show(window, f"{site}/en/indicators.html?sort=name").page
    script = "all => all.map(one => one.textContent.toLowerCase())"
    names = page.eval_on_selector_all("#list tbody th", script)
    letters = ["".join(letter for letter in name if letter.isalpha()) for name in names]
    assert [name[0] for name in letters] == sorted(name[0] for name in letters)


def test_the_order_stays_when_the_filter_changes(page: Any) -> None:
    press(page, "verdict-2030")
    choose(page, group="7")
    first = shown(page)
    choose(page, group="")
    whole = shown(page)
    assert first == [name for name in whole if name in first]
    assert query(page) == "?sort=verdict-2030"
    page.go_back()
    page.go_back()
    assert shown(page) == whole


# Keyboard, no scripts, looks


def focused(page: Any) -> str:
    script = "document.activeElement.id || document.activeElement.className"
    found: str = page.evaluate(script)
    return found


def test_the_keyboard_reaches_filters_and_headings_in_the_order_of_the_page(page: Any) -> None:
    page.focus("#filter-q")
    seen = [focused(page)]
    for _ in range(6):
        page.keyboard.press("Tab")
        seen.append(focused(page))
    names = [f"filter-{name}" for name in ("q", "group", "agency", "year", "verdict")]
    assert seen == [*names, "scroll", "sort"]


def test_the_keyboard_filters_and_sorts(page: Any, expected: Expected) -> None:
    page.focus("#filter-year")
    page.keyboard.press("ArrowDown")
    assert page.input_value("#filter-year") == "2025"
    assert shown(page) == expected(year="2025")
    page.focus("th[data-sort=code] button")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert shown(page) == expected(year="2025")[::-1]
    page.focus("#filter-q")
    page.keyboard.press("Enter")
    assert page.evaluate("location.pathname").endswith("/vi/indicators.html")
    assert shown(page) == expected(year="2025")[::-1]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_without_scripts_all_rows_are_there_and_no_filter(
    browser: Any, site: str, width: int
) -> None:
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/vi/indicators.html?group=5&verdict=MET")
    assert [row.is_visible() for row in page.locator("#list tbody tr").all()] == [True] * 110
    assert not page.is_visible("#filter")
    assert page.locator("#list button").count() == 0
    assert page.is_visible("nav.without-scripts")
    context.close()


def test_a_page_opened_from_a_file_filters_too(
    browser: Any, outputs: Path, expected: Expected
) -> None:
    view = open_page(browser, (outputs / "site" / "vi" / "indicators.html").as_uri())
    choose(view.page, group="7")
    assert shown(view.page) == expected(group="7")
    view.page.context.close()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_list_that_is_filtered_or_empty_is_without_fault(
    window: View, site: str, width: int
) -> None:
    for asked in ("?group=5&year=2030&sort=-name", "?q=xyz"):
        show(window, f"{site}/en/indicators.html{asked}", "dark", width)
        assert faults(window) == []


BROKEN = r"""list => {
    const found = new Set();
    const texts = document.createTreeWalker(list, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode;
        for (const word of text.data.matchAll(/[^\s–-]+/g)) {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].map(one => Math.round(one.top)));
            if (lines.size > 1) found.add(word[0]);
        }
    }
    return [...found];
}"""
"""The words of a part of a page that begin in one line and end in another."""


@pytest.mark.parametrize("width", [NARROW, 1220, WIDE])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_list_is_broken(window: View, site: str, language: str, width: int) -> None:
    show(window, f"{site}/{language}/indicators.html", "light", width)
    assert window.page.eval_on_selector("#list", BROKEN) == []
