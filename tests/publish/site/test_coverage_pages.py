"""The page of coverage: what is measured and what is not, and none of its numbers its own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.charts.labels import label
from analysis.observe.terms import TIERS
from analysis.publish import Edition
from analysis.publish.site import coverage
from analysis.results.naming import named_series
from analysis.words import Words
from tests.publish.site.tasks_pages import (
    HOSTILE,
    cells,
    links,
    markup_of,
    read,
    renamed,
    rendered,
    text,
    with_tables,
)


@pytest.fixture(scope="module")
def page(edition: Edition, language: str) -> BeautifulSoup:
    return one_page(edition, language)


def one_page(edition: Edition, language: str) -> BeautifulSoup:
    pages = rendered(edition, language, coverage.pages)
    assert list(pages) == ["coverage.html"]
    return read(pages["coverage.html"])


def test_the_facts_are_those_of_the_coverage_frame(page: BeautifulSoup, edition: Edition) -> None:
    years = edition.coverage["n_years"]
    shown = [text(tag) for tag in page.select(".facts dd")]
    assert shown[:3] == ["110", str((years > 0).sum()), str((years == 0).sum())]
    assert 0 < int(shown[3]) <= len(edition.plan["sources"])


def test_each_group_has_a_row_whose_numbers_add_up_to_the_whole_plan(
    page: BeautifulSoup, edition: Edition
) -> None:
    rows = [cells(row) for row in page.select("#groups tbody tr")]
    assert len(rows) == 12
    frame = edition.coverage.groupby("group_id")
    for row, (group, mine) in zip(rows, frame, strict=False):
        assert row[0].startswith(f"{group}. ")
        assert row[1:4] == [
            str(len(mine)), str((mine["n_years"] > 0).sum()), str((mine["n_years"] > 1).sum()),
        ]  # fmt: skip
        assert sum(map(int, (row[2], *row[6:]))) == len(mine)
    for column in (1, 2, 3, 4, 6, 7, 8):
        assert sum(int(row[column]) for row in rows[:-1]) == int(rows[-1][column])
    assert [Path(link).stem for link in links(page.select_one("#groups"))] == [  # type: ignore[arg-type]
        str(number) for number in range(1, 12)
    ]


def test_each_agency_has_its_series_targets_and_what_cannot_be_assessed(
    page: BeautifulSoup, edition: Edition, words: Words
) -> None:
    roles = {words(f"role.{role}"): role for role in ("lead", "statistics")}
    assigned, gap = edition.plan["indicator_agencies"], edition.gap
    rows = page.select("#agencies tbody tr")
    found = set()
    for row in rows:
        agency = Path(links(row)[0].partition("#")[0]).stem
        head, series, valued, _, _, _, stated, open_, _ = cells(row)
        role = next(code for name, code in roles.items() if head.endswith(name))
        found.add((agency, role))
        mine = assigned[assigned["agency_id"].eq(agency) & assigned["role"].eq(role)]["series_id"]
        years = edition.coverage.set_index("series_id")["n_years"][mine]
        asked = gap[gap["series_id"].isin(mine) & gap["target_status"].eq("stated")]
        missing = asked["verdict"].isin(["NO_DATA", "NOT_ASSESSABLE"])
        assert (series, valued) == (str(len(mine)), str((years > 0).sum()))
        assert (stated, open_) == (str(len(asked)), str(missing.sum()))
        assert links(row)[0].endswith("#owed") == bool(missing.any())
    named = assigned[assigned["role"].isin(["lead", "statistics"])]
    assert found == set(zip(named["agency_id"], named["role"], strict=True))


def test_every_series_without_a_usable_value_is_listed_once_by_what_there_is(
    page: BeautifulSoup, edition: Edition, words: Words
) -> None:
    series = named_series(edition.plan.tables).to_dict("records")
    labels = {str(row["series_id"]): label(row, words) for row in series}  # type: ignore[arg-type]
    rows = edition.coverage[edition.coverage["n_years"].eq(0)]
    nothing = rows[rows["n_years_before_break"].eq(0) & rows["n_proxies"].eq(0)]
    listed: dict[str, list[str]] = {}
    for head in page.select("#unmeasured h4"):
        items = head.find_next_sibling("ul")
        kind = text(head).rpartition(" (")[0]
        listed.setdefault(kind, []).extend(text(one) for one in items.select("li"))  # type: ignore[union-attr]
    every = [name for names in listed.values() for name in names]
    assert sorted(every) == sorted(labels[name] for name in rows["series_id"])
    key = words("site.coverage.lacking.nothing")
    assert listed[key] == [labels[name] for name in nothing["series_id"]]
    for one in page.select("#unmeasured li a"):
        assert text(one).split()[0] == Path(str(one["href"])).stem


def test_the_sources_are_counted_by_tier(
    page: BeautifulSoup, edition: Edition, words: Words
) -> None:
    rows = [cells(row) for row in page.select("#sources > .scroll tbody tr")]
    counts = edition.coverage[[f"n_{tier}" for tier in TIERS]].sum()
    names = [words(f"tier.{tier}") for tier in TIERS]
    assert [row[0].lower() for row in rows] == [name.lower() for name in names]
    assert [row[1] for row in rows] == [str(n) for n in counts]


def test_publishers_lead_to_what_was_read_and_only_to_the_web(
    page: BeautifulSoup, edition: Edition
) -> None:
    table = page.select_one("#sources details table")
    assert table is not None
    known = set(edition.plan["sources"]["url"].dropna())
    assert links(table)
    assert set(links(table)) <= known
    assert all(link.startswith(("https://", "http://")) for link in links(table))


def test_the_latest_value_of_each_series_is_there_with_its_year(
    page: BeautifulSoup, edition: Edition, words: Words
) -> None:
    series = named_series(edition.plan.tables).to_dict("records")
    labels = {label(row, words): str(row["series_id"]) for row in series}  # type: ignore[arg-type]
    latest = edition.coverage.set_index("series_id")["latest_year"].dropna()
    rows = [cells(row) for row in page.select("#age tbody tr")]
    shown = {labels[row[0]]: row[2] for row in rows}
    assert set(shown) == set(latest.index)
    assert all(str(latest[name]) in period for name, period in shown.items())


def test_every_break_and_every_disagreement_is_told(
    page: BeautifulSoup, edition: Edition, language: str
) -> None:
    breaks = edition.plan["breaks"]
    breaks = breaks[breaks["area_id"].eq("QN")]
    rows = [cells(row) for row in page.select("#fit table")[1].select("tbody tr")]
    assert sorted(row[3] for row in rows) == sorted(
        " ".join(reason.split()) for reason in breaks[f"reason_{language}"]
    )
    assert len(page.select("#disagree tbody tr")) > 1


def test_silence_is_said_not_to_be_failure(page: BeautifulSoup, words: Words) -> None:
    assert text(page.main).count(words("note.coverage_silence")) >= 2


def test_without_any_observation_everything_is_said_to_be_missing(
    edition: Edition, language: str
) -> None:
    empty = edition.plan["observations"].iloc[:0]
    breaks: pd.DataFrame = edition.plan["breaks"].iloc[:0]
    bare = one_page(with_tables(edition, observations=empty, breaks=breaks), language)
    assert [text(tag) for tag in bare.select(".facts dd")] == ["110", "0", "110", "0"]
    assert len(bare.select("#unmeasured li")) == 110


def test_a_hostile_name_is_read_as_text(edition: Edition, language: str) -> None:
    bad = renamed(edition, "agencies", "agency_id", "so-y-te", HOSTILE)
    sources = bad.plan["sources"].copy()
    sources["publisher"] = sources["publisher"].where(sources.index > 0, HOSTILE)
    sources["url"] = sources["url"].where(sources.index > 0, "javascript:alert(1)")
    page = one_page(with_tables(bad, sources=sources), language)
    assert markup_of(page) == []
    assert HOSTILE in page.get_text()
    assert not [link for link in links(page) if link.startswith("javascript")]
