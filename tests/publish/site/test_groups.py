"""The pages of groups: every series, value, source and verdict as the frames have them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from analysis.api import PROVINCE
from analysis.publish import Edition
from analysis.publish.site import groups
from analysis.publish.site.groups_reports import report_links
from analysis.publish.site.render import Renderer
from analysis.publish.site.writer import Writer
from analysis.runs.places import Outputs
from analysis.words import LANGUAGES, Words
from tests.publish.site.tasks_pages import (
    HOSTILE,
    links,
    markup_of,
    read,
    renamed,
    rendered,
    text,
    with_tables,
)

UNASSESSED = ("NO_DATA", "NOT_ASSESSABLE")
IDS = tuple(range(1, 12))

Pages = dict[int, BeautifulSoup]


def group_5(edition: Edition, language: str) -> BeautifulSoup:
    """The page of group 5 alone: a picture takes the most time."""
    writer = Writer(edition, language)
    (page,) = (page for page in groups.pages(writer) if page.path == "groups/5.html")
    return read(Renderer(writer).html(page))


@pytest.fixture(scope="module")
def both(edition: Edition) -> dict[str, Pages]:
    """All pages in each language, by group."""
    found = {language: rendered(edition, language, groups.pages) for language in LANGUAGES}
    for pages in found.values():
        assert set(pages) == {f"groups/{group}.html" for group in IDS}
    return {
        language: {group: read(pages[f"groups/{group}.html"]) for group in IDS}
        for language, pages in found.items()
    }


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """One of the languages."""
    chosen: str = request.param
    return chosen


@pytest.fixture
def pages(both: dict[str, Pages], language: str) -> Pages:
    """All pages in one language."""
    return both[language]


def rows(page: BeautifulSoup) -> list[Tag]:
    return page.select("tr[data-series]")


def part(page: BeautifulSoup, name: str) -> Tag:
    found = page.select_one(f"section[aria-labelledby={name}]")
    assert found is not None
    return found


def test_every_series_stands_once_on_the_page_of_its_group(edition: Edition, pages: Pages) -> None:
    series = edition.plan["series"].merge(edition.plan["indicators"], on="indicator_id")
    for group, page in pages.items():
        wanted = series.loc[series["group_id"].eq(group)].sort_values("position_x")
        assert [row["data-series"] for row in rows(page)] == list(wanted["series_id"])
    assert sum(len(rows(page)) for page in pages.values()) == 110


def test_every_verdict_is_that_of_the_frame_in_code_mark_and_word(
    edition: Edition, pages: Pages, language: str
) -> None:
    words, gap = Words(language), edition.gap.set_index(["series_id", "target_year"])["verdict"]
    seen = 0
    for page in pages.values():
        for row in rows(page):
            cells = row.select("td[data-verdict]")
            for year, cell in zip((2025, 2030), cells, strict=True):
                code = gap[row["data-series"], year]
                assert cell["data-verdict"] == code
                shown = words("dash") if code == "NO_TARGET" else words(f"verdict_short.{code}")
                assert text(cell).startswith(shown)
                marked = f"verdict-{code}" in cell["class"]
                assert marked or code == "NO_TARGET"
                seen += 1
    assert seen == 220


def test_a_target_without_a_verdict_says_why(edition: Edition, pages: Pages, language: str) -> None:
    words = Words(language)
    open_ones = edition.gap[edition.gap["verdict"].eq("NOT_ASSESSABLE")]
    assert len(open_ones) == 23
    for row in open_ones.to_dict("records"):
        place = 0 if row["target_year"] == 2025 else 1
        (line,) = pages[row["group_id"]].select(f'tr[data-series="{row["series_id"]}"]')
        shown = text(line.select("td[data-verdict]")[place])
        assert words(f"reason.{row['reason']}") in shown


def test_a_verdict_on_the_future_says_on_what_evidence_it_rests(
    edition: Edition, pages: Pages, language: str
) -> None:
    words = Words(language)
    graded = edition.gap[edition.gap["grade"].ne("") & ~edition.gap["due"]]
    graded = graded[graded["grade"].notna() & ~graded["verdict"].isin([*UNASSESSED, "NO_TARGET"])]
    assert len(graded) == 24
    for row in graded.to_dict("records"):
        (line,) = pages[row["group_id"]].select(f'tr[data-series="{row["series_id"]}"]')
        assert words(f"grade.{row['grade']}") in text(line.select("td[data-verdict]")[1])


def test_the_latest_value_stands_with_the_source_that_was_read(
    edition: Edition, pages: Pages
) -> None:
    view = edition.view[edition.view["area_id"].eq(PROVINCE)]
    chosen = view.set_index(["series_id", "year"])["source_id"]
    urls = edition.plan["sources"].set_index("source_id")["url"]
    latest = edition.gap.drop_duplicates("series_id").set_index("series_id")["latest_year"]
    valued = 0
    for page in pages.values():
        for row in rows(page):
            name = row["data-series"]
            found = links(row.select("td")[1])
            if latest.isna()[name]:
                assert found == []
            else:
                assert found == [urls[chosen[name, latest[name]]]]
                assert str(latest[name]) in text(row.select("td")[0])
                valued += 1
    assert valued == int(latest.notna().sum()) == 37


def test_the_numbers_of_a_year_add_up_to_its_targets(edition: Edition, pages: Pages) -> None:
    stated = edition.gap[edition.gap["target_status"].eq("stated")]
    for group, page in pages.items():
        cards = page.select(".state > .card")
        for year, card in zip((2025, 2030), cards, strict=True):
            shown = sum(int(text(number)) for number in card.select(".numbers dd"))
            mine = stated["group_id"].eq(group) & stated["target_year"].eq(year)
            assert shown == int(mine.sum())


def test_what_is_missing_is_every_target_without_a_verdict(edition: Edition, pages: Pages) -> None:
    for group, page in pages.items():
        gap = edition.gap[edition.gap["group_id"].eq(group)]
        wanted = gap[gap["verdict"].isin(UNASSESSED)]
        told = part(page, "missing")
        shown = [text(row.select("td")[0]) for row in told.select("tbody tr")]
        years = " ".join(shown)
        assert years.count("2025") + years.count("2030") == len(wanted)
        named = {link.removeprefix("../indicators/") for link in links(told)}
        assert named == {f"{one}.html" for one in wanted["indicator_id"]}


def test_speed_is_told_of_every_series_with_two_values(
    edition: Edition, pages: Pages, language: str
) -> None:
    words = Words(language)
    for group, page in pages.items():
        trend = edition.trend[edition.trend["group_id"].eq(group) & edition.trend["n"].ge(2)]
        lines = part(page, "trend").select("tbody tr")
        assert len(lines) == len(trend)
        for row, line in zip(trend.to_dict("records"), lines, strict=True):
            if row["n"] > 2 and row["mode"] != "level":
                decimals = min(row["decimals"] + 1, 2)
                slope = words.number(round(row["slope"], 6), decimals, signed=True)
                assert slope in text(line.select("td")[3])
                assert words(f"direction.{row['direction']}") in text(line)


def test_a_change_of_measure_that_is_mentioned_is_also_explained(
    edition: Edition, pages: Pages
) -> None:
    breaks = edition.plan["breaks"].merge(edition.plan["series"], on="series_id")
    breaks = breaks.merge(edition.plan["indicators"], on="indicator_id")
    broken = set(breaks.loc[breaks["area_id"].eq(PROVINCE), "group_id"])
    assert broken
    for group, page in pages.items():
        assert bool(page.select("#breaks")) == (group in broken)


def test_who_answers_is_who_the_plan_names_and_who_took_over(
    edition: Edition, pages: Pages
) -> None:
    series = edition.gap.drop_duplicates("series_id")
    named = edition.plan["indicator_agencies"]
    named = named[named["role"].isin(["lead", "statistics"])]
    after = edition.plan["agency_successions"]
    for group, page in pages.items():
        mine = named[named["series_id"].isin(series.loc[series["group_id"].eq(group), "series_id"])]
        told = part(page, "who")
        heads = {link for card in told.select("h3") for link in links(card)}
        assert heads == {f"../agencies/{name}.html" for name in mine["agency_id"]}
        heirs = after.loc[after["predecessor_id"].isin(mine["agency_id"]), "successor_id"]
        assert set(links(told)) - heads <= {f"../agencies/{name}.html" for name in heirs}
        shown = {link for item in told.select("li li") for link in links(item)}
        assert shown == {f"../agencies/{name}.html" for name in heirs}


def test_groups_lead_to_their_neighbours(pages: Pages) -> None:
    for group, page in pages.items():
        before, after = (page.select(f".around [rel={name}]") for name in ("prev", "next"))
        assert [str(one["href"]) for one in before] == (
            [f"../groups/{group - 1}.html"] if group > 1 else []
        )
        assert [str(one["href"]) for one in after] == (
            [f"../groups/{group + 1}.html"] if group < 11 else []
        )


def test_no_page_speaks_of_itself_as_a_report(both: dict[str, Pages]) -> None:
    for group in IDS:
        assert "Báo cáo này" not in text(both["vi"][group].main)
        assert "This report" not in text(both["en"][group].main)


def test_no_text_was_left_unfilled(pages: Pages) -> None:
    for page in pages.values():
        assert "{" not in text(page.main)
        assert "nan" not in text(page.main).lower().split()


def test_both_languages_have_the_same_parts(both: dict[str, Pages]) -> None:
    for group in IDS:
        found = [
            [tag.get("id") for tag in both[language][group].select("main h2")]
            for language in LANGUAGES
        ]
        assert found[0] == found[1]


def test_a_group_that_can_be_compared_has_a_picture(pages: Pages) -> None:
    assert pages[5].select("#series ~ figure [role=img]")
    assert not pages[2].select("figure")


# Reports


def test_a_report_that_was_not_made_is_not_linked(pages: Pages) -> None:
    assert not any(page.select("#reports") for page in pages.values())


def with_reports(edition: Edition, folder: Path, *names: str) -> Edition:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    changed = replace(edition, outputs=Outputs(folder))
    changed.__dict__.update(gap=edition.gap, trend=edition.trend, view=edition.view)
    return changed


def test_a_report_is_linked_in_the_own_language_with_what_lies_beside_it(
    edition: Edition, tmp_path: Path
) -> None:
    made = ("vi/gap-05/report.html", "vi/gap-05/results.csv", "en/gap-05/report.html")
    (found,) = report_links(Writer(with_reports(edition, tmp_path, *made), "vi"), groups.KINDS, "5")
    assert found.link.path == "/reports/vi/gap-05/report.html"
    assert found.language == ""
    assert [one.path for one in found.files] == ["/reports/vi/gap-05/results.csv"]


def test_a_report_in_the_other_language_is_marked(edition: Edition, tmp_path: Path) -> None:
    made = with_reports(edition, tmp_path, "vi/trend-05/report.html")
    page = group_5(made, "en")
    (link,) = part(page, "reports").select("a")
    assert link["href"] == "../../reports/vi/trend-05/report.html"
    assert link["hreflang"] == "vi"
    assert "in Vietnamese" in text(part(page, "reports"))


def test_a_hostile_name_stays_text(edition: Edition) -> None:
    for table, key, value in (
        ("indicators", "indicator_id", "5.7"),
        ("indicator_groups", "group_id", 5),
        ("agencies", "agency_id", "so-noi-vu"),
    ):
        changed = renamed(edition, table, key, value, HOSTILE)
        page = group_5(changed, "vi")
        assert HOSTILE in page.get_text()
        assert markup_of(page) == []


def test_hostile_texts_of_cells_stay_text(edition: Edition) -> None:
    series = edition.plan["series"].assign(label_en=HOSTILE)
    page = group_5(with_tables(edition, series=series), "en")
    labels = [text(row.th.a) for row in rows(page) if row.th]
    assert labels == [f"5.{place} {' '.join(HOSTILE.split())}" for place in range(1, 12)]
    assert markup_of(page) == []


def test_a_hostile_source_is_no_link(edition: Edition) -> None:
    sources = edition.plan["sources"].copy()
    sources["url"] = "javascript:alert(1)"
    sources["publisher"] = HOSTILE
    page = group_5(with_tables(edition, sources=sources), "en")
    assert not [link for link in links(page) if link.startswith("javascript")]
    assert HOSTILE in page.get_text()
    assert markup_of(page) == []
