"""The page of the changes tells what the feeds tell: newest first, in their words, with links."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from analysis.errors import UserError
from analysis.publish import Edition
from analysis.publish.site import changes
from analysis.publish.site.writer import Writer
from analysis.runs.feeds import NEWEST
from analysis.runs.history import History
from analysis.runs.places import Outputs
from analysis.words import LANGUAGES, Words
from tests.publish.site.tasks_pages import HOSTILE, links, markup_of, read, rendered, text
from tests.runs.states import (
    AT,
    BEFORE,
    LATER,
    NEW,
    REPORTED,
    later,
    observation,
    series,
    source,
    target,
)
from tests.runs.states import changes as found_changes

NOW = later(
    series={"5.7": series(NEW, y2030=target("ON_TRACK"))},
    sources={**BEFORE.sources, "health-2026": source(url="javascript:alert(1)", title=HOSTILE)},
    observations={"obs-1": observation(), "obs-2": observation(NEW)},
    tasks={"IV.1": REPORTED},
)
FIRST = History(AT).with_changes(found_changes(NOW), BEFORE, NOW, AT)
BACK = later(as_of="2027-01-02")
BOTH = FIRST.with_changes(found_changes(BACK, NOW), NOW, BACK, LATER)


def with_history(edition: Edition, folder: Path, history: str, *feeds: str) -> Edition:
    """The edition whose outputs hold a history of changes, and feeds."""
    place = folder / "changes"
    place.mkdir()
    (place / "history.json").write_text(history, encoding="utf-8")
    for name in feeds:
        (place / name).write_text("", encoding="utf-8")
    return replace(edition, outputs=Outputs(folder))


def shown(edition: Edition, language: str = "vi") -> BeautifulSoup:
    (html,) = rendered(edition, language, changes.pages).values()
    return read(html)


def test_where_nothing_was_watched_it_says_so(edition: Edition) -> None:
    for language in LANGUAGES:
        page = shown(edition, language)
        assert Words(language)("site.changes.not_watched") in text(page)
        assert page.select(".changes, .feeds") == []


def test_where_nothing_has_changed_it_says_since_when(edition: Edition, tmp_path: Path) -> None:
    page = shown(with_history(edition, tmp_path, History(AT).as_text()))
    assert "Theo dõi từ ngày 6/12/2026" in text(page)
    assert Words("vi")("site.changes.none") in text(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_is_told_in_the_words_of_the_feed(
    edition: Edition, tmp_path: Path, language: str
) -> None:
    page = shown(with_history(edition, tmp_path, BOTH.as_text()), language)
    told = [
        (text(one.h3), [text(line) for line in one.select("p")])
        for one in page.select(".changes > li")
    ]
    entries = [*(one for one in BOTH.entries if one["at"] == LATER), *FIRST.entries]
    assert len(told) == len(entries) > len(FIRST.entries)
    for entry, (title, lines) in zip(entries, told, strict=True):
        texts = entry["texts"][language]
        assert title == " ".join(texts["title"].split())
        assert [" ".join(line.split()) for line in texts["lines"]] == lines[
            1 : 1 + len(texts["lines"])
        ]


def test_the_newest_run_stands_first_with_its_day_and_its_count(
    edition: Edition, tmp_path: Path
) -> None:
    page = shown(with_history(edition, tmp_path, BOTH.as_text()))
    days = [str(one["datetime"]) for one in page.select("h2 time")]
    assert days == [LATER[:10], AT[:10]]
    counts = [len(one.select("li")) for one in page.select(".changes")]
    assert counts[1] == len(FIRST.entries)
    for n, section in zip(counts, page.select("section:has(time)"), strict=True):
        assert f"{n} thay đổi" in text(section)


def test_a_change_leads_to_what_it_is_about(edition: Edition, tmp_path: Path) -> None:
    page = shown(with_history(edition, tmp_path, FIRST.as_text()))
    found = {one for change in page.select(".changes > li") for one in links(change)}
    assert {"indicators/5.7.html", "tasks/IV.html"} <= found


def test_what_the_plan_no_longer_has_is_told_without_a_link(
    edition: Edition, tmp_path: Path
) -> None:
    gone = {**FIRST.entries[0], "subject": {"series_id": "99.9", "indicator_id": "99.9"}}
    page = shown(with_history(edition, tmp_path, History(AT, (gone,)).as_text()))
    (change,) = page.select(".changes > li")
    assert not [one for one in links(change) if one.startswith("indicators/")]
    assert len(text(change)) > 40


def test_a_source_without_an_address_of_the_web_is_no_link_and_stays_text(
    edition: Edition, tmp_path: Path
) -> None:
    page = shown(with_history(edition, tmp_path, FIRST.as_text()))
    assert "alert(1)" in page.get_text()
    assert [one for one in links(page) if one.startswith("javascript")] == []
    assert "https://example.org/bhyt" in links(page)
    assert markup_of(page) == []


def test_what_a_history_says_stays_text(edition: Edition, tmp_path: Path) -> None:
    texts = {one: {"title": HOSTILE, "lines": [HOSTILE]} for one in LANGUAGES}
    entry = {**FIRST.entries[0], "texts": texts}
    page = shown(with_history(edition, tmp_path, History(AT, (entry,)).as_text()))
    assert "alert(1)" in page.get_text()
    assert markup_of(page) == []


def test_a_change_has_an_address_that_stays(edition: Edition, tmp_path: Path) -> None:
    page = shown(with_history(edition, tmp_path, FIRST.as_text()))
    anchors = [str(one["id"]) for one in page.select(".changes > li")]
    assert anchors == [f"change-{one['id'].removeprefix('urn:uuid:')}" for one in FIRST.entries]


def test_the_feeds_that_are_there_are_offered(edition: Edition, tmp_path: Path) -> None:
    made = with_history(edition, tmp_path, FIRST.as_text(), "feed.en.atom", "feed.en.json")
    assert links(shown(made, "en").select(".feeds")[0]) == [
        "../changes/feed.en.atom",
        "../changes/feed.en.json",
        "../changes/history.json",
    ]
    assert links(shown(made, "vi").select(".feeds")[0]) == ["../changes/history.json"]


def test_a_long_history_is_cut_and_says_so(edition: Edition, tmp_path: Path) -> None:
    many = tuple(
        {**FIRST.entries[0], "at": f"2027-01-{1 + n // 10:02d}T00:00:00+00:00"}
        for n in range(NEWEST + 10)
    )
    page = shown(with_history(edition, tmp_path, History(AT, many).as_text()))
    assert len(page.select(".changes > li")) == NEWEST
    assert f"{NEWEST} thay đổi mới nhất trong {NEWEST + 10}" in text(page)


@pytest.mark.parametrize("damaged", ["", "[]", json.dumps({"format": "other"})])
def test_a_history_that_cannot_be_read_is_refused(
    edition: Edition, tmp_path: Path, damaged: str
) -> None:
    made = with_history(edition, tmp_path, damaged)
    with pytest.raises(UserError, match="not a history of changes"):
        list(changes.pages(Writer(made, "vi")))


def test_both_languages_tell_the_same_changes(edition: Edition, tmp_path: Path) -> None:
    made = with_history(edition, tmp_path, BOTH.as_text())
    vi, en = (
        [str(one["id"]) for one in shown(made, one).select(".changes > li")] for one in LANGUAGES
    )
    assert vi == en
