"""The pages of agencies: what each answers for, then and now, and how surely that is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from analysis.charts.labels import label
from analysis.publish import Edition
from analysis.publish.site import agencies
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
)

Pages = dict[str, BeautifulSoup]

COUNTS = (
    ("indicator_agencies", "lead"),
    ("indicator_agencies", "statistics"),
    ("indicator_agencies", "coordinating"),
    ("task_agencies", "lead"),
    ("task_agencies", "coordinating"),
)


@pytest.fixture(scope="module")
def pages(edition: Edition, language: str) -> Pages:
    return {path: read(html) for path, html in rendered(edition, language, agencies.pages).items()}


@pytest.fixture(scope="module")
def rows(pages: Pages) -> dict[str, Tag]:
    """The rows of the index, by agency."""
    return {
        Path(links(row)[0]).stem: row
        for row in pages["agencies.html"].select(".agency-table tbody tr")
    }


def page_of(pages: Pages, agency_id: str) -> BeautifulSoup:
    return pages[f"agencies/{agency_id}.html"]


def test_there_is_an_index_and_a_page_for_each_of_the_45_agencies(
    pages: Pages, edition: Edition, language: str
) -> None:
    frame = edition.plan["agencies"]
    paths = [f"agencies/{name}.html" for name in frame["agency_id"]]
    assert len(paths) == 45
    assert list(pages) == ["agencies.html", *paths]
    for _, agency in frame.iterrows():
        main = page_of(pages, agency["agency_id"]).main
        other = "en" if language == "vi" else "vi"
        assert text(main.h1) == agency[f"name_{language}"]
        assert text(main.select_one(f".other [lang={other}]")) == agency[f"name_{other}"]


def test_the_index_links_every_agency_in_its_lists(pages: Pages, edition: Edition) -> None:
    index = pages["agencies.html"]
    lists = index.select(".agency-table tbody th, #mentioned li")
    assert sorted(Path(links(one)[0]).stem for one in lists) == sorted(
        edition.plan["agencies"]["agency_id"]
    )


def test_the_index_counts_indicators_and_tasks_by_role(
    rows: dict[str, Tag], edition: Edition
) -> None:
    tables, total = edition.plan.tables, 0
    indicators = tables["series"].set_index("series_id")["indicator_id"]
    assert len(tables["indicator_agencies"]) == 303
    for agency, row in rows.items():
        for cell, (table, role) in zip(cells(row)[1:6], COUNTS, strict=True):
            mine = tables[table]
            mine = mine[mine["agency_id"].eq(agency) & mine["role"].eq(role)]
            items = mine["task_id"] if "task_id" in mine else mine["series_id"].map(indicators)
            own = [part for part in cell.split() if not part.startswith(("+", "–"))]
            assert own == ([str(items.nunique())] if len(mine) else []), (agency, table, role)
            total += len(mine)
    assert total == 303 + 122


def test_the_index_adds_only_what_was_taken_over_whole_as_reported(
    rows: dict[str, Tag], edition: Edition
) -> None:
    successions = edition.plan["agency_successions"]
    whole = successions[successions["confidence"].eq("reported") & successions["scope_vi"].isna()]
    whole = whole[whole["predecessor_id"].ne(whole["successor_id"])]
    heirs = {agency for agency, row in rows.items() if row.select(".taken")}
    assert heirs <= set(whole["successor_id"])
    assert heirs == set(whole["successor_id"])
    finance = [part for part in cells(rows["so-tai-chinh"])[4].split() if part.startswith("+")]
    led = edition.plan["task_agencies"]
    led = led[led["agency_id"].eq("so-ke-hoach-va-dau-tu") & led["role"].eq("lead")]
    assert finance == [f"+{len(led)}"]


def test_every_succession_stands_on_the_index_with_how_surely_it_is_known(
    pages: Pages, edition: Edition, language: str, words: Words
) -> None:
    shown = pages["agencies.html"].select("#successions table tbody tr")
    frame = edition.plan["agency_successions"]
    assert len(shown) == len(frame) == 13
    for row, (_, one) in zip(shown, frame.iterrows(), strict=True):
        before, after, since, scope, sure, _, note = cells(row)
        stems = [Path(link).stem for link in links(row)]
        assert stems[:2] == [one["predecessor_id"], one["successor_id"]]
        assert before
        assert after
        effective = str(one["effective"])
        day = words.date(effective) if len(effective) > 7 else words.period(effective)
        assert since == day
        assert sure == words(f"confidence.{one['confidence']}")
        if isinstance(one["scope_vi"], str):
            assert scope == one[f"scope_{language}"]
        else:
            assert scope == words("agency.all_work")
        assert note == " ".join(one["note"].split())


def test_the_picture_draws_every_succession_and_what_is_inferred_with_a_broken_line(
    pages: Pages, edition: Edition
) -> None:
    index, frame = pages["agencies.html"], edition.plan["agency_successions"]
    edges = index.select(".flow svg[role=img] path")
    inferred = [edge for edge in edges if "edge-inferred" in edge["class"]]
    assert len(edges) == len(frame)
    assert len(inferred) == frame["confidence"].eq("inferred").sum() == 3
    names = " ".join(text(tag) for tag in index.select(".flow svg text"))
    ids = {*frame["predecessor_id"], *frame["successor_id"]}
    agencies_ = edition.plan["agencies"].set_index("agency_id")
    language = str(index.html["lang"])  # type: ignore[index]
    assert all(agencies_.loc[name, f"name_{language}"] in names for name in ids)


def test_every_succession_stands_on_the_pages_of_both_agencies(
    pages: Pages, edition: Edition, language: str, words: Words
) -> None:
    names = edition.plan["agencies"].set_index("agency_id")[f"name_{language}"]
    for _, one in edition.plan["agency_successions"].iterrows():
        ends = (one["predecessor_id"], one["successor_id"])
        for agency, other in (ends, ends[::-1]):
            table = page_of(pages, agency).select_one("#now table")
            assert table is not None, agency
            found = [row for row in map(cells, table.select("tbody tr")) if row[0] == names[other]]
            assert found, (agency, other)
            sure = words(f"confidence.{one['confidence']}")
            assert any(sure in row for row in found)


def test_every_row_of_indicator_agencies_stands_on_the_page_of_its_agency(
    pages: Pages, edition: Edition, words: Words
) -> None:
    series = named_series(edition.plan.tables).to_dict("records")
    labels = {str(row["series_id"]): label(row, words) for row in series}  # type: ignore[arg-type]
    assigned = edition.plan["indicator_agencies"]
    assert len(assigned) == 303
    for _, row in assigned.iterrows():
        part = "led" if row["role"] == "lead" else "support"
        block = page_of(pages, row["agency_id"]).find(id=part)
        assert block is not None, row["agency_id"]
        assert labels[row["series_id"]] in text(block)  # type: ignore[arg-type]
        if row["role"] != "lead":
            assert words(f"role.{row['role']}") in text(block)  # type: ignore[arg-type]


def test_every_row_of_task_agencies_stands_on_the_page_of_its_agency(
    pages: Pages, edition: Edition, words: Words
) -> None:
    assigned = edition.plan["task_agencies"]
    assert len(assigned) == 122
    for _, row in assigned.iterrows():
        table = page_of(pages, row["agency_id"]).find(id="tasks")
        found = [cells(line) for line in table.select("tbody tr")]  # type: ignore[union-attr]
        mine = [line for line in found if line[0].split()[0] == row["task_id"]]
        assert any(line[1].startswith(words(f"role.{row['role']}")) for line in mine)


def test_the_verdicts_of_led_indicators_are_those_of_the_edition(
    pages: Pages, edition: Edition, words: Words
) -> None:
    gap = edition.gap.set_index(["series_id", "target_year"])["verdict"]
    assigned = edition.plan["indicator_agencies"]
    series = named_series(edition.plan.tables).to_dict("records")
    by_label = {label(row, words): str(row["series_id"]) for row in series}  # type: ignore[arg-type]
    assert len(by_label) == 110
    for agency in assigned.loc[assigned["role"].eq("lead"), "agency_id"].unique():
        rows = page_of(pages, agency).select("#led tbody tr")
        assert rows
        for row in rows:
            name = by_label[text(row.select_one("th a"))]
            shown = [text(cell.span) for cell in row.select("td.verdict")]
            verdicts = [gap[name, year] for year in (2025, 2030)]
            stated = [code for code in verdicts if code != "NO_TARGET"]
            assert shown == [words(f"verdict_short.{code}") for code in stated], name


def test_what_is_owed_is_listed_series_by_series_with_links(pages: Pages, edition: Edition) -> None:
    gap = edition.gap
    missing = gap["target_status"].eq("stated") & gap["verdict"].isin(["NO_DATA", "NOT_ASSESSABLE"])
    owed = set(gap.loc[missing, "series_id"])
    indicators = edition.plan["series"].set_index("series_id")["indicator_id"]
    assigned = edition.plan["indicator_agencies"]
    for agency in ("so-y-te", "so-lao-dong-thuong-binh-va-xa-hoi", "cuc-thong-ke"):
        mine = assigned[assigned["agency_id"].eq(agency) & assigned["role"].ne("coordinating")]
        expected = sorted(indicators[list(owed & set(mine["series_id"]))])
        found = page_of(pages, agency).select("details.owed tbody th a")
        assert sorted(Path(str(one["href"])).stem for one in found) == expected


def test_an_heir_is_said_to_owe_what_came_to_it_whole(pages: Pages) -> None:
    heir = page_of(pages, "so-nong-nghiep-va-moi-truong")
    assert heir.select("details.owed")
    assert page_of(pages, "so-khoa-hoc-va-cong-nghe").select("details.owed") == []


def test_what_may_have_passed_to_an_agency_is_not_in_its_numbers(
    pages: Pages, words: Words
) -> None:
    page = page_of(pages, "so-khoa-hoc-va-cong-nghe")
    assert page.select(".facts") == []
    assert words("note.agency.not_counted") in text(page.find(id="perhaps"))  # type: ignore[arg-type]


def test_an_agency_without_work_has_its_paragraph_of_the_plan_and_no_numbers(
    pages: Pages, edition: Edition
) -> None:
    assigned = {*edition.plan["indicator_agencies"]["agency_id"]}
    assigned |= {*edition.plan["task_agencies"]["agency_id"]}
    frame = edition.plan["agencies"]
    idle = frame[frame["in_plan"] & ~frame["agency_id"].isin(assigned)]
    assert len(idle) == 8
    lines = (edition.root / "data/source/155-kh-ubnd.txt").read_text(encoding="utf-8").split("\n")
    for _, agency in idle.iterrows():
        page = page_of(pages, agency["agency_id"])
        assert page.select(".facts, table, .verdict") == []
        quote = text(page.blockquote)
        assert page.blockquote["lang"] == "vi"  # type: ignore[index]
        assert " ".join(lines[agency["source_line"] - 1].split()).endswith(quote)
        assert agency["name_vi"].split()[-1].lower() in quote.lower()


def test_each_page_leads_to_its_data_and_to_its_report_only_if_there_is_one(
    edition: Edition, language: str, pages: Pages, tmp_path: Path
) -> None:
    for path, page in pages.items():
        if path != "agencies.html":
            assert f"../../api/v1/agencies/{Path(path).stem}.json" in links(page)
        assert not [one for one in links(page) if one.endswith("report.html")]
    place = tmp_path / language / "agency-so-y-te"
    place.mkdir(parents=True)
    (place / "report.html").write_text("x", encoding="utf-8")
    made = replace(edition, outputs=replace(edition.outputs, root=tmp_path))
    path = "agencies/so-y-te.html"
    again = read(rendered(made, language, agencies.pages, last=path)[path])
    assert f"../../reports/{language}/agency-so-y-te/report.html" in links(again)


def test_a_hostile_name_is_read_as_text_wherever_it_stands(edition: Edition, language: str) -> None:
    bad = renamed(edition, "agencies", "agency_id", "so-y-te", HOSTILE)
    found = 0
    last = "agencies/so-y-te.html"  # after the index and the agency that passed work to it
    for html in rendered(bad, language, agencies.pages, last=last).values():
        page = read(html)
        assert markup_of(page) == []
        found += HOSTILE in page.get_text()
    assert found >= 3


def test_no_page_says_a_placeholder_or_an_empty_value(pages: Pages) -> None:
    for path, page in pages.items():
        shown = set(text(page.main).split())
        assert shown.isdisjoint({"None", "NaN", "nan", "NaT", "<NA>", "{", "}"}), path


def test_anchors_of_a_page_exist(pages: Pages) -> None:
    for path, page in pages.items():
        for link in links(page):
            if link.startswith("#"):
                assert page.find(id=link[1:]) is not None, (path, link)


def test_the_sizes_on_the_index_are_those_of_the_tables(pages: Pages, edition: Edition) -> None:
    frame, moved = edition.plan["agencies"], edition.plan["agency_successions"]
    left = moved[moved["predecessor_id"].ne(moved["successor_id"])]["predecessor_id"]
    given = pd.concat(
        [edition.plan[name]["agency_id"] for name in ("indicator_agencies", "task_agencies")]
    )
    expected = [frame["in_plan"].sum(), given.nunique(), left.nunique(), (~frame["in_plan"]).sum()]
    shown = [text(tag) for tag in pages["agencies.html"].select(".facts dd")]
    assert shown == [str(n) for n in expected]
