"""The pages of indicators say what the data and the results say, with source and line."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from analysis.publish import Edition
from analysis.words import LANGUAGES, Words
from tests.publish.site.indicators_pages import Site, made_anew, shown_pages, text_of

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def site(edition: Edition) -> Site:
    return shown_pages(edition)


def table(edition: Edition, name: str) -> Rows:
    """Read a table of the package with the standard library alone."""
    paths = {one["name"]: one["path"] for one in edition.descriptor["resources"]}
    return rows_of(edition.root / paths[name])


@cache
def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def by_indicator(edition: Edition) -> dict[str, list[str]]:
    """Return the series of every indicator, in plan order."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in table(edition, "series"):
        found[row["indicator_id"]].append(row["series_id"])
    return found


def each(site: Site) -> Iterator[tuple[str, str, BeautifulSoup]]:
    for (language, number), shown in site.items():
        yield language, number, shown.soup


def test_every_indicator_has_a_page_in_both_languages(edition: Edition, site: Site) -> None:
    names = {row["indicator_id"]: row for row in table(edition, "indicators")}
    assert len(names) == 99
    assert set(site) == {(language, number) for language in LANGUAGES for number in names}
    for language, number, soup in each(site):
        assert text_of(soup.h1) == f"{number} {names[number][f'name_{language}']}"
        assert soup.html is not None
        assert soup.html["lang"] == language


def test_the_name_in_the_other_language_is_marked_as_such(edition: Edition, site: Site) -> None:
    names = {row["indicator_id"]: row for row in table(edition, "indicators")}
    for language, number, soup in each(site):
        other = "en" if language == "vi" else "vi"
        mark = soup.select_one("header .ind-other-name")
        assert mark is not None
        assert mark["lang"] == other
        assert text_of(mark) == names[number][f"name_{other}"]


def test_the_verdicts_are_those_of_the_results(edition: Edition, site: Site) -> None:
    results = defaultdict(list)
    for row in rows_of(edition.outputs.results / "results_gap.csv"):
        results[row["indicator_id"]].append(row["verdict"])
    for language, number, soup in each(site):
        words = Words(language)
        said = [text_of(tag) for tag in soup.select(".ind-verdict-name")]
        assert said == [words(f"verdict.{code}") for code in results[number]]
        cards = soup.select(".ind-verdict-card")
        marks = [one for card in cards for one in card["class"] if one.startswith("verdict-")]
        assert marks == [f"verdict-{code}" for code in results[number]]


def test_every_judged_value_stands_in_its_card_with_target_and_gap(
    edition: Edition, site: Site
) -> None:
    results = defaultdict(list)
    for row in rows_of(edition.outputs.results / "results_gap.csv"):
        results[row["indicator_id"]].append(row)
    for language, number, soup in each(site):
        words = Words(language)
        for card, row in zip(soup.select(".ind-verdict-card"), results[number], strict=True):
            facts = [text_of(tag) for tag in card.select(".ind-verdict-facts dd")]
            stated, judged = row["target_status"] == "stated", bool(row["judged_value"])
            assert len(facts) == stated + (stated and judged) + (stated and bool(row["gap"]))
            if stated and judged:
                assert words.period(row["value_period"]) in facts[1]
            if row["pace_ratio"] and row["verdict"] in ("ON_TRACK", "NEEDS_ACCELERATION"):
                assert words.number(float(row["pace_ratio"]), 2) in text_of(card)


def test_a_verdict_without_grounds_says_its_reason(edition: Edition, site: Site) -> None:
    rows = rows_of(edition.outputs.results / "results_gap.csv")
    unsure = [row for row in rows if row["verdict"] == "NOT_ASSESSABLE"]
    assert unsure
    for row in unsure:
        for language in LANGUAGES:
            words = Words(language)
            reason = words(f"reason.{row['reason']}")
            cards = site[language, row["indicator_id"]].soup.select(".ind-verdict-card")
            said = [text_of(card) for card in cards]
            assert any(reason[1:] in text for text in said)


def test_every_flag_is_said_in_words(edition: Edition, site: Site) -> None:
    for row in rows_of(edition.outputs.results / "results_gap.csv"):
        if row["verdict"] in ("NO_TARGET", "NO_DATA", "NOT_ASSESSABLE"):
            continue
        for language in LANGUAGES:
            words = Words(language)
            text = text_of(site[language, row["indicator_id"]].soup.select_one("main"))
            for flag in row["flags"].split():
                year = row["base_year"]
                said = words(f"flag.{flag}", declared=edition.base_year, base_year=year)
                assert said[1:] in text


def test_every_value_of_the_current_view_has_its_row_with_value_and_source(
    edition: Edition, site: Site
) -> None:
    records = {row["observation_id"]: row for row in table(edition, "observations")}
    urls = {row["source_id"]: row["url"] for row in table(edition, "sources")}
    view = edition.view[edition.view["area_id"].eq("QN")]
    wanted = defaultdict(set)
    for series_id, name in zip(view["series_id"], view["observation_id"], strict=True):
        wanted[series_id].add(name)
    assert sum(map(len, wanted.values())) == len(view) > 100
    for language, number, soup in each(site):
        of_page = set().union(*(wanted[one] for one in by_indicator(edition)[number]))
        assert {tag["id"] for tag in soup.select(".ind-values tbody tr")} == of_page
        for name in of_page:
            row = soup.find(id=name)
            assert isinstance(row, Tag)
            assert text_of(row.b) == written(records[name], edition, Words(language))
            links = [tag["href"] for tag in row.select("a")]
            url = urls[records[name]["source_id"]]
            assert links == ([url] if url else [])


def written(record: Mapping[str, str], edition: Edition, words: Words) -> str:
    """Return a value of the package as the words of a language write it."""
    language = words.language
    if record["level_id"] != "none":
        levels = {row["level_id"]: row for row in table(edition, "levels")}
        return levels[record["level_id"]][f"label_{language}"]
    units = {row["unit_id"]: row for row in table(edition, "units")}
    if record["unit_id"] == "rank":
        return words("value.rank", value=words.number(float(record["value"])))
    unit = units[record["unit_id"]][f"symbol_{language}"]
    return " ".join(words.quantity(float(record["value"]), unit).split())


def test_every_record_ever_made_is_listed_with_its_note_word_for_word(
    edition: Edition, site: Site
) -> None:
    records = defaultdict(list)
    for row in table(edition, "observations"):
        records[row["series_id"]].append(row)
    for language, number, soup in each(site):
        expected = [one for name in by_indicator(edition)[number] for one in records[name]]
        listed, days = {}, set()
        for row in soup.select(".ind-records tbody tr"):
            cells = row.select("th, td")
            name = text_of(cells[-1].small)
            note = cells[-2].span
            assert note is not None
            listed[name] = note.get_text()
            days.add(text_of(cells[-1].span))
        assert days == {Words(language).date(one["recorded_on"]) for one in expected}
        assert listed == {one["observation_id"]: one["note"] for one in expected}


def test_no_data_is_said_exactly_where_there_is_none(edition: Edition, site: Site) -> None:
    view = edition.view[edition.view["area_id"].eq("QN")]
    observed = set(view["series_id"])
    for language, number, soup in each(site):
        silent = [one for one in by_indicator(edition)[number] if one not in observed]
        boxes = soup.select(".ind-lack")
        assert [box["id"] for box in boxes] == [f"{one}-none" for one in silent]
        title = Words(language)("site.indicator.none.title")
        assert all(title in text_of(box) for box in boxes)
        assert bool(soup.select(".ind-values")) == (
            len(silent) < len(by_indicator(edition)[number])
        )


def test_where_there_is_no_data_it_is_said_who_owes_it(edition: Edition, site: Site) -> None:
    names = {row["agency_id"]: row for row in table(edition, "agencies")}
    owing = defaultdict(list)
    for row in table(edition, "indicator_agencies"):
        if row["role"] in ("lead", "statistics"):
            owing[row["series_id"]].append(row["agency_id"])
    for language, _, soup in each(site):
        for box in soup.select(".ind-lack"):
            series_id = str(box["id"]).removesuffix("-none")
            linked = [tag.get_text() for tag in box.select("a[href*='agencies/']")]
            assert linked == [names[one][f"name_{language}"] for one in owing[series_id]]


def test_targets_stand_as_printed_and_their_lines_hold_them(edition: Edition, site: Site) -> None:
    lines = (edition.root / "data/source/155-kh-ubnd.txt").read_text(encoding="utf-8").split("\n")
    targets = defaultdict(list)
    for row in table(edition, "targets"):
        targets[row["series_id"]].append(row)
    count = 0
    for _language, number, soup in each(site):
        expected = [row for one in by_indicator(edition)[number] for row in targets[one]]
        rows = [
            tag
            for tag in soup.select("main table tbody tr")
            if tag.td is not None and tag.select("td a[href*='155-kh-ubnd.txt']") and tag.td.q
        ]
        printed = [row["text_source"] for row in expected if row["text_source"]]
        assert [tag.td.q.get_text() for tag in rows if tag.td and tag.td.q] == printed
        for tag, text in zip(rows, printed, strict=True):
            link = tag.select_one("a[href*='155-kh-ubnd.txt']")
            number_of_line = int("".join(filter(str.isdigit, text_of(link))))
            assert lines[number_of_line - 1].strip() == text
            count += 1
    assert count == 2 * sum(bool(row["text_source"]) for rows in targets.values() for row in rows)


def test_two_targets_of_a_row_are_never_taken_from_one_cell_unless_it_is_one(
    site: Site,
) -> None:
    shared = set()
    for language, number, soup in each(site):
        if language == "vi" and Words("vi")("site.indicator.plan.same_cell") in soup.get_text():
            shared.add(number)
    assert shared == {"4.1"}


def test_names_and_units_lead_to_the_line_on_which_they_are_printed(
    edition: Edition, site: Site
) -> None:
    lines = (edition.root / "data/source/155-kh-ubnd.txt").read_text(encoding="utf-8").split("\n")
    names = {row["indicator_id"]: row["name_source"] for row in table(edition, "indicators")}
    for _language, number, soup in each(site):
        name = soup.select_one(".ind-plan-facts q")
        assert name is not None
        assert name.get_text() == names[number]
        link = name.find_next("a")
        assert isinstance(link, Tag)
        assert lines[int("".join(filter(str.isdigit, link.get_text()))) - 1] == names[number]


def test_rows_of_the_plan_are_quoted_with_their_lines(edition: Edition, site: Site) -> None:
    lines = (edition.root / "data/source/155-kh-ubnd.txt").read_text(encoding="utf-8").split("\n")
    for _, _, soup in each(site):
        cells = soup.select(".ind-quote tbody tr")
        assert len(cells) >= 3
        for row in cells:
            assert row.th is not None
            assert row.td is not None
            assert row.td["lang"] == "vi"
            assert lines[int(row.th.get_text()) - 1].strip() == row.td.get_text()


def test_readings_of_targets_are_told_with_their_reasons(edition: Edition, site: Site) -> None:
    reasons = {row["reading_id"]: row for row in table(edition, "readings")}
    series = {one: number for number, all_ in by_indicator(edition).items() for one in all_}
    used = [row for row in table(edition, "targets") if row["reading_id"] != "none"]
    assert used
    for row in used:
        for language in LANGUAGES:
            text = text_of(site[language, series[row["series_id"]]].soup.select_one("main"))
            reason = reasons[row["reading_id"]][f"reason_{language}"]
            assert " ".join(reason.split()) in text


def test_agencies_are_those_of_the_plan_and_successors_are_marked(
    edition: Edition, site: Site
) -> None:
    assigned, inferred = defaultdict(set), defaultdict(int)
    for row in table(edition, "indicator_agencies"):
        assigned[row["series_id"]].add((row["agency_id"], row["role"]))
    for row in table(edition, "agency_successions"):
        inferred[row["predecessor_id"]] += row["confidence"] == "inferred"
    for language, number, soup in each(site):
        words = Words(language)
        expected = set().union(*(assigned[one] for one in by_indicator(edition)[number]))
        heading = soup.find(id="who")
        assert isinstance(heading, Tag)
        who = heading.find_next("table")
        assert isinstance(who, Tag)
        rows = who.select("tbody > tr")
        found = {
            (str(row.select("th a")[0]["href"]).split("/")[-1].removesuffix(".html"), role)
            for row in rows
            for role in ("lead", "coordinating", "statistics")
            if row.td is not None and text_of(row.td).startswith(words(f"role.{role}"))
        }
        assert found == expected
        marked = who.select(".ind-inferred")
        assert len(marked) == sum(inferred[agency] for agency, _ in expected)
        assert all(words("confidence.inferred") in text_of(mark) for mark in marked)


def test_the_count_of_scenarios_that_agree_is_that_of_the_results(
    edition: Edition, site: Site
) -> None:
    unjudged = ("NOT_ASSESSABLE", "NO_DATA", "NO_TARGET")
    rows = rows_of(edition.outputs.results / "results_sensitivity.csv")
    mine = [row for row in rows if row["series_id"] == "5.7" and row["target_year"] == "2030"]
    judged = [
        row
        for row in mine
        if row["verdict"] not in (*unjudged, "") or (row["category"] and not row["reason"])
    ]
    agree = [row for row in judged if row["differs"] == "false"]
    assert 0 < len(agree) < len(judged)
    for language in LANGUAGES:
        said = Words(language)(
            "site.indicator.methods.agree",
            year=2030,
            agree=len(agree),
            n=len(judged),
            verdict=Words(language)("verdict_short.NEEDS_ACCELERATION"),
        )
        assert said in text_of(site[language, "5.7"].soup.select_one("main"))


def test_ids_are_unique_and_links_inside_the_page_lead_somewhere(site: Site) -> None:
    for _, _, soup in each(site):
        ids = [str(tag["id"]) for tag in soup.select("[id]")]
        assert len(ids) == len(set(ids))
        inside = [str(tag["href"])[1:] for tag in soup.select("main a[href^='#']")]
        assert set(inside) <= set(ids)


def test_links_out_are_safe_and_links_inside_are_relative(site: Site) -> None:
    for _, _, soup in each(site):
        for tag in soup.select("main a"):
            href = str(tag["href"])
            if "://" in href:
                assert href.startswith(("http://", "https://"))
                assert {"external", "noopener"} <= set(tag.get("rel") or [])
            else:
                assert href.startswith(("../", "#"))


def test_neighbours_follow_the_plan(edition: Edition, site: Site) -> None:
    order = [row["indicator_id"] for row in table(edition, "indicators")]
    for language, number, soup in each(site):
        place = order.index(number)
        linked = {str(tag["rel"][0]): str(tag["href"]) for tag in soup.select(".ind-neighbours a")}
        expected: dict[str, Any] = {}
        if place:
            expected["prev"] = f"../indicators/{order[place - 1]}.html"
        if place + 1 < len(order):
            expected["next"] = f"../indicators/{order[place + 1]}.html"
        assert linked == expected, (language, number)


def test_the_page_leads_to_its_json_its_group_and_the_text_of_the_plan(
    edition: Edition, site: Site
) -> None:
    groups = {row["indicator_id"]: row["group_id"] for row in table(edition, "indicators")}
    for _, number, soup in each(site):
        hrefs = {str(tag["href"]) for tag in soup.select("main a")}
        assert f"../../api/v1/indicators/{number}.json" in hrefs
        assert f"../groups/{groups[number]}.html" in hrefs
        assert "../../data/source/155-kh-ubnd.txt" in hrefs


def test_the_same_edition_gives_the_same_bytes(edition: Edition, site: Site) -> None:
    again = made_anew(edition, "5.7", "8.4")
    assert all(shown.html == site[key].html for key, shown in again.items())
