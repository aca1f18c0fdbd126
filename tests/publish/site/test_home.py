"""The home page: what it counts is what the frames say, and it says what it does not know."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid5

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from analysis.publish import Edition
from analysis.publish.site import home
from analysis.publish.site.home_counts import STANDINGS, year_counts
from analysis.publish.site.home_now import NEWEST, changes
from analysis.publish.site.listing import listing_page
from analysis.publish.site.writer import Writer
from analysis.runs.changes import NAMESPACE
from analysis.runs.history import FORMAT
from analysis.runs.places import Outputs
from analysis.runs.snapshot import UnreadableError
from analysis.words import LANGUAGES
from tests.publish.site.tasks_pages import HOSTILE, links, markup_of, read, renamed, rendered, text

YEARS = (2025, 2030)
MET = ("MET", "MAINTAINED")
BEHIND = ("NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING", "LOST")
UNASSESSED = ("NO_DATA", "NOT_ASSESSABLE")
TOLD = {
    2025: (MET, ("NOT_MET",), UNASSESSED),
    2030: (MET, ("ON_TRACK",), BEHIND, UNASSESSED),
}


@pytest.fixture(scope="module")
def pages(edition: Edition) -> dict[str, BeautifulSoup]:
    """The page in each language."""
    return {
        language: read(rendered(edition, language, home.pages)["index.html"])
        for language in LANGUAGES
    }


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest, pages: dict[str, BeautifulSoup]) -> BeautifulSoup:
    """The page in one language."""
    return pages[request.param]


def moved(edition: Edition, folder: Path) -> Edition:
    """The edition with other outputs."""
    changed = replace(edition, outputs=Outputs(folder))
    frames = ("gap", "tasks", "coverage", "trend", "view")
    changed.__dict__.update({name: getattr(edition, name) for name in frames})
    return changed


def verdicts(edition: Edition, year: int, group_id: int = 0) -> pd.Series:
    rows = edition.gap[edition.gap["target_year"].eq(year)]
    return rows.loc[rows["group_id"].eq(group_id) | (group_id == 0), "verdict"]


def counted(found: pd.Series, year: int) -> list[int]:
    return [int(found.isin(codes).sum()) for codes in TOLD[year]]


def panels(page: BeautifulSoup) -> list[Tag]:
    return page.select(".state > .card")


def test_the_numbers_of_both_years_are_those_of_the_frame(
    edition: Edition, page: BeautifulSoup
) -> None:
    assert len(panels(page)) == len(YEARS)
    for year, panel in zip(YEARS, panels(page), strict=True):
        shown = [int(text(number)) for number in panel.select(".numbers dd")]
        assert shown == counted(verdicts(edition, year), year)


def test_all_targets_of_the_plan_are_accounted_for(edition: Edition) -> None:
    years = year_counts(Writer(edition, "vi"))[0]
    told = sum(one.n for counts in years for one in counts.standings)
    not_stated = sum(counts.not_stated for counts in years)
    assert told == int(edition.gap["target_status"].eq("stated").sum())
    assert told + not_stated == 220


@pytest.mark.parametrize("by", ["plan", "group"])
def test_a_bar_is_as_long_as_its_targets(edition: Edition, by: str) -> None:
    for years in year_counts(Writer(edition, "vi"), by).values():
        for counts in years:
            assert sum(one.n for one in counts.segments) == counts.stated
            end = 0.0
            for one in counts.segments:
                assert one.x == pytest.approx(end, abs=0.011)
                assert one.width == pytest.approx(100 * one.n / counts.stated, abs=0.011)
                end = one.x + one.width
            assert end == pytest.approx(100 if counts.stated else 0)


def test_a_bar_shows_no_year_without_targets(edition: Edition) -> None:
    counts = year_counts(Writer(edition, "vi"), "group")[1][0]
    assert (counts.year, counts.stated, counts.segments) == (2025, 0, ())
    assert counts.text == "không có mục tiêu nào được nêu"


def test_the_reasons_add_up_to_what_cannot_be_assessed(
    edition: Edition, page: BeautifulSoup
) -> None:
    for year, panel in zip(YEARS, panels(page), strict=True):
        words = text(panel.select_one(".why")).replace(",", " ").replace(".", " ").split()
        told = sum(int(word) for word in words if word.isdecimal())
        assert told == int(verdicts(edition, year).isin(UNASSESSED).sum())


def test_a_number_leads_to_the_targets_that_it_counts(
    edition: Edition, page: BeautifulSoup
) -> None:
    listed = listing_page(Writer(edition, "vi")).content["choices"]
    choices = {one.value for one in (*listed["verdict"], *listed["together"])}
    for year, panel in zip(YEARS, panels(page), strict=True):
        for link, codes in zip(panel.select(".numbers dd a"), TOLD[year], strict=True):
            address = urlsplit(str(link["href"]))
            query = {name: value for name, (value,) in parse_qs(address.query).items()}
            assert address.path == "indicators.html"
            assert query["year"] == str(year)
            assert set(STANDINGS.get(query["verdict"], [query["verdict"]])) == set(codes)
            assert query["verdict"] in choices


def test_every_group_has_a_card_with_its_own_counts(edition: Edition, page: BeautifulSoup) -> None:
    cards = page.select(".group-cards > li")
    groups = list(edition.plan["indicator_groups"]["group_id"])
    assert len(cards) == len(groups) == 11
    for group_id, card in zip(groups, cards, strict=True):
        link = card.select_one("h3 a")
        assert link is not None
        assert link["href"] == f"groups/{group_id}.html"
        for year, line in zip(YEARS, card.select(".year-line"), strict=True):
            words = text(line.select_one(".in-words")).replace(",", " ").split()
            numbers = [int(word) for word in words if word.isdecimal()]
            assert numbers == [n for n in counted(verdicts(edition, year, group_id), year) if n]
            assert bool(line.select("rect")) == bool(numbers)


def test_the_table_below_the_picture_has_a_row_for_every_group_and_the_plan(
    edition: Edition, page: BeautifulSoup
) -> None:
    table = page.select_one("#groups ~ details table")
    assert table is not None
    rows = table.select("tbody tr")
    assert len(rows) == 12
    shown = [[text(cell) for cell in row.select("td")] for row in rows]
    assert [line[1] for line in shown][-1] == str(int(verdicts(edition, 2025).isin(MET).sum()))
    links = [str(link["href"]) for link in table.select("tbody th a")]
    assert links == [f"groups/{group}.html" for group in range(1, 12)]


def test_the_targets_that_are_due_and_missed_stand_with_value_gap_and_source(
    edition: Edition, page: BeautifulSoup
) -> None:
    gap = edition.gap
    missed = gap[gap["verdict"].eq("NOT_MET")]
    table = page.select_one("#due ~ .scroll table")
    assert table is not None
    links = [str(link["href"]) for link in table.select("tbody th a")]
    assert links == [f"indicators/{one}.html" for one in missed["indicator_id"]]
    urls = edition.plan["sources"].set_index("source_id")["url"]
    sources = [str(link["href"]) for link in table.select("tbody td a")]
    assert sources == [urls[name] for name in missed["value_source_id"]]


def test_the_tasks_that_are_past_or_due_are_those_of_the_frame(
    edition: Edition, page: BeautifulSoup
) -> None:
    tasks = edition.tasks
    past = tasks.loc[tasks["phase"].eq("past_end"), ["task_group_id", "task_id"]]
    due = tasks.loc[tasks["phase"].eq("due"), ["task_group_id", "task_id"]]
    told = [
        [(str(link["href"]), text(link)) for link in part.select("dd a")]
        for part in page.select(".tasks-now > div")
    ]
    wanted = [
        [(f"tasks/{group}.html", task) for group, task in rows.itertuples(index=False)]
        for rows in (past, due)
    ]
    assert told == wanted
    assert all(wanted)


def test_a_task_that_is_reported_done_is_not_told_as_past(edition: Edition) -> None:
    tasks = edition.tasks.copy()
    done = tasks.index[tasks["phase"].eq("past_end")][0]
    tasks.loc[done, "standing"] = "done"
    changed = replace(edition)
    changed.__dict__["tasks"] = tasks
    page = read(rendered(changed, "vi", home.pages)["index.html"])
    told = [text(link) for link in page.select(".tasks-now a")]
    assert tasks.loc[done, "task_id"] not in told
    assert len(told) == int(tasks["phase"].isin(["past_end", "due"]).sum()) - 1


def test_the_agencies_that_owe_the_most_are_those_that_lead_the_most_unassessed_targets(
    edition: Edition, page: BeautifulSoup
) -> None:
    lead = edition.plan["indicator_agencies"]
    rows = edition.gap[edition.gap["verdict"].isin(UNASSESSED)].merge(
        lead[lead["role"].eq("lead")], on="series_id"
    )
    most = rows["agency_id"].value_counts().head(home.MOST_OWING)
    links = [str(link["href"]) for link in page.select("#missing ~ .scroll tbody th a")]
    assert links == [f"agencies/{name}.html" for name in most.index]


def test_every_verdict_is_explained(edition: Edition, page: BeautifulSoup) -> None:
    explained = {
        name.removeprefix("verdict-")
        for mark in page.select(".legend-list .verdict")
        for name in mark["class"]
        if name.startswith("verdict-")
    }
    assert set(edition.gap["verdict"]) - {"NO_TARGET"} <= explained
    assert all(text(one) for one in page.select(".legend-list dd"))


def test_the_picture_is_there_with_its_alternative(page: BeautifulSoup) -> None:
    picture = page.select_one("figure [role=img]")
    assert picture is not None
    assert len(str(picture["aria-label"])) > 100


def test_both_languages_have_the_same_parts(pages: dict[str, BeautifulSoup]) -> None:
    found = [
        [
            (tag.name, tag.get("id"))
            for tag in page.select("main section, main h1, main h2, main h3")
        ]
        for page in pages.values()
    ]
    assert found[0] == found[1]
    texts = [[text(tag) for tag in page.select("main h1, main h2")] for page in pages.values()]
    assert not set(texts[0]) & set(texts[1])


def test_no_text_was_left_unfilled(page: BeautifulSoup) -> None:
    assert "{" not in text(page.main)
    assert "nan" not in text(page.main).lower().split()


def test_a_hostile_name_stays_text(edition: Edition) -> None:
    for table, key, value in (
        ("indicator_groups", "group_id", 5),
        ("agencies", "agency_id", "so-y-te"),
    ):
        changed = renamed(edition, table, key, value, HOSTILE)
        page = read(rendered(changed, "en", home.pages)["index.html"])
        assert HOSTILE in page.get_text()
        assert markup_of(page) == []


def test_the_report_on_the_whole_plan_is_linked_where_it_was_made(
    edition: Edition, page: BeautifulSoup, tmp_path: Path
) -> None:
    assert not [link for link in links(page) if "reports/" in link]
    (tmp_path / "vi" / "overview").mkdir(parents=True)
    (tmp_path / "vi" / "overview" / "report.html").touch()
    made = read(rendered(moved(edition, tmp_path), "en", home.pages)["index.html"])
    (link,) = [link for link in made.select("a") if "reports/" in str(link["href"])]
    assert (link["href"], link["hreflang"]) == ("../reports/vi/overview/report.html", "vi")


# What has changed


def entry(place: int, title: str) -> dict[str, Any]:
    name = uuid5(NAMESPACE, str(place)).urn
    told = {language: {"title": f"{language} {title}", "lines": []} for language in LANGUAGES}
    return {
        "id": name,
        "kind": "value",
        "field": "latest",
        "cause": "data",
        "at": f"2026-11-{place:02d}T08:00:00+00:00",
        "as_of": f"2026-11-{place:02d}",
        "report": "gap-05",
        "subject": {"series_id": "5.7"},
        "data": {"name": "x", "version": "0.1.0", "sha256": "0"},
        "texts": told,
        "touched": [["value", "5.7", "latest"]],
        "sources": [],
    }


def with_history(edition: Edition, folder: Path, content: object) -> Edition:
    path = folder / "changes" / "history.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return moved(edition, folder)


def history(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"format": FORMAT, "began": "2026-11-01T08:00:00+00:00", "entries": list(entries)}


def changes_told(edition: Edition, language: str) -> BeautifulSoup:
    page = read(rendered(edition, language, home.pages)["index.html"])
    heading = page.select_one("#changes")
    assert heading is not None
    assert heading.parent is not None
    return read(str(heading.parent))


def test_without_any_record_it_says_that_there_is_none(edition: Edition) -> None:
    told = text(changes_told(edition, "en"))
    assert told.endswith("No record of changes has been kept yet.")


def test_without_a_change_it_says_since_when(edition: Edition, tmp_path: Path) -> None:
    told = changes_told(with_history(edition, tmp_path, history()), "en")
    assert "No change has been recorded since the first run, on 1 November 2026." in text(told)


def test_the_newest_changes_come_first_and_the_others_are_counted(
    edition: Edition, tmp_path: Path
) -> None:
    entries = [entry(place, f"number {place}") for place in range(2, 9)]
    told = changes_told(with_history(edition, tmp_path, history(*entries)), "vi")
    lines = [text(one) for one in told.select("li")]
    assert lines == [f"{place}/11/2026 vi number {place}" for place in range(8, 8 - NEWEST, -1)]
    assert "Xem tất cả 7 thay đổi" in text(told)


def test_a_hostile_title_of_a_change_stays_text(edition: Edition, tmp_path: Path) -> None:
    told = changes_told(with_history(edition, tmp_path, history(entry(2, HOSTILE))), "en")
    assert HOSTILE in told.get_text()
    assert markup_of(told) == []
    assert "See the change that has been recorded" in text(told)


def test_a_record_that_cannot_be_read_is_refused(edition: Edition, tmp_path: Path) -> None:
    broken = with_history(edition, tmp_path, {"format": "another"})
    with pytest.raises(UnreadableError, match=r"history"):
        changes(Writer(broken, "vi"))
