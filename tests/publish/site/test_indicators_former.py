"""Values that do not stand any more are told on the page of their indicator, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag

from analysis.api import Plan
from analysis.package import Tables
from analysis.publish import Edition
from analysis.publish.site.indicator_page import IndicatorPages
from analysis.publish.site.render import Renderer
from analysis.publish.site.writer import Writer
from analysis.words import Words
from tests.observe.amended import CORRECTION, GONE, REASON, REVISED, STANDS, amended
from tests.publish.site.indicators_pages import Shown, Site, shown_pages, text_of

NUMBER = "5.7"
MARKUP = "<img src=x onerror=alert(1)>"


def of(edition: Edition, tables: Tables) -> Edition:
    return replace(edition, plan=Plan(tables))


def plain(text: str) -> str:
    """Return a text with blanks that may be broken, as :func:`text_of` has it."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def later(edition: Edition) -> Edition:
    return of(edition, amended())


@pytest.fixture(scope="module")
def site(later: Edition) -> Site:
    return shown_pages(later, NUMBER, "5.8")


@pytest.fixture
def former(site: Site, language: str) -> list[Tag]:
    return list(site[language, NUMBER].soup.select(".ind-former li"))


def test_the_value_taken_back_and_the_value_corrected_are_told_the_last_event_first(
    former: list[Tag], words: Words
) -> None:
    gone, revised = map(text_of, former)
    assert [one["id"] for one in former] == [GONE, REVISED]
    assert gone.startswith(f"2026: {plain(words.quantity(99.0, '%'))}")
    assert "BC-SYT" in gone
    day = words.date("2026-12-03")
    assert gone.endswith(f"{words('site.indicator.former.withdrawn', day=day)}: {REASON}")
    assert revised.startswith(f"2020: {plain(words.quantity(95.0, '%'))}")
    value, day = plain(words.quantity(95.5, "%")), words.date("2026-12-01")
    assert revised.endswith(words("site.indicator.former.replaced", day=day, value=value))


def test_the_reason_says_its_language_where_it_is_another(former: list[Tag], language: str) -> None:
    (reason,) = [tag for tag in former[0].select("span") if tag.get_text() == REASON]
    assert reason.get("lang") == (None if language == "vi" else "vi")


def test_they_are_among_neither_the_values_nor_the_records(site: Site, language: str) -> None:
    shown = site[language, NUMBER]
    assert not {GONE, REVISED} & {str(tag.get("id")) for tag in shown.soup.select(".ind-values tr")}
    records = " ".join(map(text_of, shown.soup.select(".ind-records tr")))
    assert CORRECTION in records
    assert STANDS in records
    assert GONE not in records
    assert REVISED not in records


def test_the_records_say_how_many_are_missing_and_lead_there(
    site: Site, language: str, words: Words
) -> None:
    shown = site[language, NUMBER]
    (note,) = [tag for tag in shown.soup.select("details p.note") if tag.find("a")]
    assert text_of(note).startswith(words("site.indicator.former.note", n=2))
    target = shown.soup.find(id=str(note.select_one("a")["href"]).removeprefix("#"))
    assert text_of(target if isinstance(target, Tag) else None) == words(
        "site.indicator.section.changes"
    )
    contents = [str(tag["href"]) for tag in shown.soup.select(".ind-on-page a")]
    assert "#changes" in contents


def test_a_source_without_an_address_is_text(site: Site, language: str) -> None:
    rows = site[language, NUMBER].soup.select(".ind-values tbody tr, .ind-former li")
    on_paper = [row for row in rows if "BC-SYT" in row.get_text()]
    assert len(on_paper) == 2
    assert not [link for row in on_paper for link in row.select("a")]
    assert all("Sở Y tế" in row.get_text() for row in on_paper)


def test_a_page_of_which_all_stands_says_nothing_of_it(site: Site, language: str) -> None:
    shown = site[language, "5.8"]
    assert not shown.soup.select(".ind-former")
    assert shown.soup.find(id="changes") is None


# Other data, in one language


def english(edition: Edition, tables: Tables, number: str = NUMBER) -> Shown:
    """Return the English page of an indicator of other tables."""
    writer = Writer(of(edition, tables), "en")
    page = IndicatorPages(writer).page(number)
    html = Renderer(writer).html(page)
    return Shown(page, html, BeautifulSoup(html, "html.parser"))


def changed(series_id: str = "5.7", area_id: str = "QN", reason: str | None = REASON) -> Tables:
    """Return the amended tables with another value taken back, or for another reason."""
    tables = amended()
    rows = tables["observations"].copy()
    rows.loc[rows["observation_id"].eq(GONE), ["series_id", "area_id"]] = [series_id, area_id]
    withdrawals = tables["withdrawals"].assign(reason=reason)
    frames = {**tables, "observations": rows, "withdrawals": withdrawals}
    return Tables(frames, tables.descriptor, tables.root)


def test_a_correction_taken_back_is_told_and_what_it_corrected_stands_again(
    edition: Edition,
) -> None:
    shown = english(edition, amended(("add-0003", "add-0002"))).soup
    assert {str(one["id"]) for one in shown.select(".ind-former li")} == {CORRECTION, STANDS, GONE}
    assert shown.select_one(f".ind-values #{REVISED}") is not None


def test_an_indicator_of_several_series_names_the_one(edition: Edition) -> None:
    shown = english(edition, changed(series_id="8.4-doctors"), "8.4")
    (part,) = shown.soup.select(".ind-former")
    names = {one.series_id: one.name for one in shown.page.content["parts"]}
    assert [text_of(one) for one in part.select(".ind-caption")] == [names["8.4-doctors"]]


def test_a_value_of_another_area_says_so_and_no_reason_is_markup(edition: Edition) -> None:
    former = english(edition, changed(area_id="VN", reason=MARKUP)).soup.select(".ind-former li")
    assert text_of(former[0]).startswith("2026, Viet Nam: ")
    assert text_of(former[0]).endswith(MARKUP)
    assert text_of(former[1]).startswith("2020: ")
    assert not former[0].select("img")


def test_a_withdrawal_without_reason_says_the_day_alone(edition: Edition) -> None:
    former = english(edition, changed(reason=None)).soup.select(".ind-former li")
    assert text_of(former[0]).endswith("taken back on 3 December 2026")
