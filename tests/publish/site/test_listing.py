"""The list of indicators: every row, value, verdict and agency as the frames have them."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from analysis.api import PROVINCE
from analysis.publish import Edition
from analysis.publish.site.listing import listing_page
from analysis.publish.site.listing_agencies import lead_agencies
from analysis.publish.site.listing_rows import VERDICTS, folded, ranks
from analysis.publish.site.page import SitePage
from analysis.publish.site.writer import Writer
from analysis.words import LANGUAGES, Words
from tests.publish.site.tasks_pages import (
    HOSTILE,
    markup_of,
    read,
    renamed,
    rendered,
    text,
    with_tables,
)

YEARS = (2025, 2030)


def listing(writer: Writer) -> list[SitePage]:
    """The list as a section of the site."""
    return [listing_page(writer)]


@pytest.fixture(scope="module")
def pages(edition: Edition) -> dict[str, BeautifulSoup]:
    """The page in each language."""
    return {
        language: read(rendered(edition, language, listing)["indicators.html"])
        for language in LANGUAGES
    }


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """One of the languages."""
    chosen: str = request.param
    return chosen


@pytest.fixture
def page(language: str, pages: dict[str, BeautifulSoup]) -> BeautifulSoup:
    """The page in one language."""
    return pages[language]


def rows(page: BeautifulSoup) -> list[Tag]:
    return page.select("#list tbody tr")


def series(edition: Edition) -> pd.DataFrame:
    return edition.gap.drop_duplicates("series_id").reset_index(drop=True)


def test_every_series_has_a_row_in_the_order_of_the_plan(
    edition: Edition, page: BeautifulSoup
) -> None:
    shown = [(row["data-series"], row["data-indicator"], row["data-group"]) for row in rows(page)]
    frame = series(edition)
    wanted = zip(
        frame["series_id"], frame["indicator_id"], frame["group_id"].astype(str), strict=True
    )
    assert shown == list(wanted)
    assert len(shown) == 110
    assert len({indicator for _, indicator, _ in shown}) == 99


def test_every_verdict_is_that_of_the_frame_in_code_mark_and_word(
    edition: Edition, page: BeautifulSoup, language: str
) -> None:
    words, gap = Words(language), edition.gap.set_index(["series_id", "target_year"])
    seen = 0
    for row in rows(page):
        for year, cell in zip(YEARS, row.select("td[data-verdict]"), strict=True):
            known = gap.loc[(row["data-series"], year)]
            assert row[f"data-v{year}"] == cell["data-verdict"] == known["verdict"]
            if known["verdict"] == "NO_TARGET":
                assert text(cell) == words("dash")
                assert not cell.get("class")
            else:
                assert text(cell).startswith(words(f"verdict_short.{known['verdict']}"))
                assert f"verdict-{known['verdict']}" in cell["class"]
            if known["verdict"] == "NOT_ASSESSABLE":
                assert words(f"reason.{known['reason']}") in text(cell)
            seen += 1
    assert seen == 220


def test_a_value_stands_with_its_number_and_year(
    edition: Edition, page: BeautifulSoup, language: str
) -> None:
    words, frame = Words(language), series(edition)
    for known, row in zip(frame.to_dict("records"), rows(page), strict=True):
        value, year = row.select("td")[2], row.select("td")[3]
        if pd.isna(known["latest_year"]):
            assert text(value) == words("cell.no_data")
            assert (text(year), year["data-value"]) == (words("dash"), "")
        else:
            assert str(known["latest_year"]) in text(year)
            assert year["data-value"] == str(known["latest_year"])
            if known["scale"] == "none":
                assert words.number(known["latest_value"]) in text(value)


def test_what_is_not_simply_exact_and_actual_says_so(
    edition: Edition, page: BeautifulSoup, language: str
) -> None:
    words = Words(language)
    view = edition.view[edition.view["area_id"].eq(PROVINCE)]
    latest = series(edition).merge(
        view, left_on=["series_id", "latest_year"], right_on=["series_id", "year"]
    )
    shown = {str(row["data-series"]): text(row.select("td")[2]) for row in rows(page)}
    assert len(latest) == 37
    for known in latest.to_dict("records"):
        cell = shown[known["series_id"]]
        for column, usual in (("status", "actual"), ("comparability", "exact")):
            said = words(f"{column}.{known[column]}")
            assert (said in cell) == (known[column] != usual)


def test_a_target_is_shown_as_the_plan_states_it(
    edition: Edition, page: BeautifulSoup, language: str
) -> None:
    words = Words(language)
    gap = edition.gap[edition.gap["kind"].isin(["exact", "at_least", "more_than"])]
    gap = gap[gap["target_status"].eq("stated") & gap["mode"].eq("up")]
    cells = {str(row["data-series"]): row.select("td") for row in rows(page)}
    assert len(gap) > 100
    for known in gap.to_dict("records"):
        place = 4 if known["target_year"] == 2025 else 6
        assert words.number(known["low"]) in text(cells[known["series_id"]][place])


def test_every_row_leads_to_its_indicator_group_and_agency(
    edition: Edition, page: BeautifulSoup
) -> None:
    lead = edition.plan["indicator_agencies"]
    lead = lead[lead["role"].eq("lead")].set_index("series_id")["agency_id"]
    for row in rows(page):
        first, second, *agencies = [str(link["href"]) for link in row.select("a")]
        assert first == f"indicators/{row['data-indicator']}.html"
        assert second == f"groups/{row['data-group']}.html"
        known = str(row["data-agencies"]).split()
        assert known[0] == lead[row["data-series"]]
        assert {f"agencies/{name}.html" for name in known} >= set(agencies)
        assert agencies


def test_links_on_the_page_lead_to_the_first_row_of_each_group(page: BeautifulSoup) -> None:
    for group, link in enumerate(page.select("nav.without-scripts a"), start=1):
        (target,) = page.select(str(link["href"]))
        mine = [row for row in rows(page) if row["data-group"] == str(group)]
        assert target is mine[0]


def test_without_scripts_nothing_is_hidden_but_the_filters(page: BeautifulSoup) -> None:
    assert [tag.get("id") for tag in page.select("main [hidden]")] == [
        "filter",
        "filter-reset",
    ]
    assert not page.select("thead button")


# What can be chosen


def options(page: BeautifulSoup, name: str) -> dict[str, str]:
    found = page.select(f"#filter select[name={name}] option")
    assert found[0]["value"] == ""
    return {str(one["value"]): text(one) for one in found[1:]}


def test_every_group_verdict_and_year_can_be_chosen(edition: Edition, page: BeautifulSoup) -> None:
    assert list(options(page, "group")) == [str(group) for group in range(1, 12)]
    assert list(options(page, "year")) == ["2025", "2030"]
    assert set(options(page, "verdict")) == {*VERDICTS, "met", "behind", "unassessed"}
    assert set(edition.gap["verdict"]) <= set(VERDICTS)


def test_every_agency_that_finds_rows_can_be_chosen(page: BeautifulSoup) -> None:
    found = {name for row in rows(page) for name in str(row["data-agencies"]).split()}
    assert set(options(page, "agency")) == found
    assert len(set(options(page, "agency").values())) == len(found)


def test_agencies_are_in_the_order_of_the_alphabet(pages: dict[str, BeautifulSoup]) -> None:
    names = list(options(pages["en"], "agency").values())
    assert names == sorted(names)


# Who leads today


def test_an_agency_that_went_on_leads_still(edition: Edition) -> None:
    (lead,) = lead_agencies(Writer(edition, "vi"))["5.7"]
    assert (lead.named.text, lead.certain, lead.moved) == ("Sở Y tế", True, False)


def test_an_agency_that_kept_its_name_has_not_moved(edition: Edition) -> None:
    (lead,) = lead_agencies(Writer(edition, "vi"))["10.4"]
    assert (lead.ids, lead.certain, lead.moved) == (("so-xay-dung",), True, False)


def test_an_agency_whose_work_passed_on_as_a_whole_has_one_heir(edition: Edition) -> None:
    (lead,) = lead_agencies(Writer(edition, "vi"))["1"]
    assert [one.text for one in lead.today] == ["Sở Tài chính"]
    assert (lead.certain, lead.moved, lead.others) == (True, True, False)
    assert lead.ids == ("so-ke-hoach-va-dau-tu", "so-tai-chinh")


def test_where_the_work_was_divided_it_is_not_certain_who_leads(edition: Edition) -> None:
    leads = lead_agencies(Writer(edition, "vi"))
    (labour,), (information,) = leads["3.1"], leads["9.3"]
    assert (labour.certain, labour.others) == (False, True)
    assert labour.ids == ("so-lao-dong-thuong-binh-va-xa-hoi", "so-noi-vu")
    assert (information.certain, information.others) == (False, False)
    assert len(information.today) == 2


def test_what_is_only_inferred_is_not_found_by_the_filter(edition: Edition) -> None:
    after = edition.plan["agency_successions"]
    inferred = after[after["confidence"].eq("inferred")]
    assert len(inferred)
    (labour,) = lead_agencies(Writer(edition, "vi"))["3.1"]
    assert not set(labour.ids) & set(inferred["successor_id"])


def test_a_succession_still_to_come_has_not_happened(edition: Edition) -> None:
    after = edition.plan["agency_successions"].assign(effective="2027-01")
    (lead,) = lead_agencies(Writer(with_tables(edition, agency_successions=after), "vi"))["1"]
    assert not lead.moved


def test_a_divided_agency_is_told_as_such(pages: dict[str, BeautifulSoup]) -> None:
    shown = {str(row["data-series"]): text(row.select("td")[-1]) for row in rows(pages["vi"])}
    assert shown["3.1"] == (
        "Sở Nội vụ hoặc cơ quan kế nhiệm khác trong Kế hoạch: Sở Lao động - Thương binh và Xã hội"
    )
    assert shown["1"] == "Sở Tài chính trong Kế hoạch: Sở Kế hoạch và Đầu tư"
    assert shown["5.7"] == "Sở Y tế"


# What is compared and sorted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Đào tạo", "dao tao"),
        ("HỘ NGHÈO", "ho ngheo"),
        ("Tỷ lệ", "ty le"),
        ("5.7 BHYT", "5.7 bhyt"),
        ("Trẻ mẫu giáo (3-5 tuổi), 2 buổi/ngày", "tre mau giao 3 5 tuoi 2 buoi ngay"),
        ("Ưu đãi người có công", "uu dai nguoi co cong"),
    ],
)
def test_a_text_is_compared_without_marks_and_capitals(given: str, wanted: str) -> None:
    assert folded(given) == wanted


def test_names_are_ranked_as_vietnamese_dictionaries_do() -> None:
    assert list(ranks(["đường", "dân", "ăn", "an", "Ân"])) == ["an", "ăn", "Ân", "dân", "đường"]


def test_a_row_is_found_by_code_name_label_group_and_agency(page: BeautifulSoup) -> None:
    (row,) = [row for row in rows(page) if row["data-series"] == "5.7"]
    searched = str(row["data-text"])
    assert searched.startswith("5.7 ")
    assert folded(text(row.th)) in searched
    assert folded(text(row.select("td")[1])) in searched
    assert folded(text(row.select("td")[-1])) in searched
    assert searched == folded(searched)


# Both languages, hostile texts


def test_both_languages_have_the_same_rows_and_other_words(
    pages: dict[str, BeautifulSoup],
) -> None:
    found = [[row["data-series"] for row in rows(page)] for page in pages.values()]
    assert found[0] == found[1]
    heads = [[text(head) for head in page.select("thead th")] for page in pages.values()]
    assert not set(heads[0]) & set(heads[1])


def test_no_text_was_left_unfilled(page: BeautifulSoup) -> None:
    assert "{" not in text(page.main)
    assert "nan" not in text(page.main).lower().split()


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("indicators", "indicator_id", "5.7"),
        ("indicator_groups", "group_id", 5),
        ("agencies", "agency_id", "so-y-te"),
    ],
)
def test_a_hostile_name_stays_text(edition: Edition, table: str, key: str, value: object) -> None:
    changed = renamed(edition, table, key, value, HOSTILE)
    page = read(rendered(changed, "vi", listing)["indicators.html"])
    assert HOSTILE in page.get_text()
    assert markup_of(page) == []
