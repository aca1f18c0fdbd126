"""The feeds by the rules of their formats, and safe with whatever stands in the data."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from analysis.runs.feeds import NEWEST, Feed, atom, json_feed
from analysis.runs.history import History
from analysis.words import LANGUAGES
from tests.runs.feed_rules import ATOM, atom_faults, json_feed_faults
from tests.runs.states import (
    AT,
    BEFORE,
    LATER,
    NEW,
    REPORTED,
    changes,
    later,
    observation,
    series,
    source,
    target,
)
from tests.runs.test_sentences import HOSTILE, KEPT

BASE = "https://example.org/plan155/"
NOW = later(
    series={"5.7": series(NEW, y2030=target("ON_TRACK"))},
    sources={**BEFORE.sources, "health-2026": source()},
    observations={"obs-1": observation(), "obs-2": observation(NEW)},
    tasks={"IV.1": REPORTED},
)
HOSTILE_NOW = later(
    sources={
        **BEFORE.sources,
        "bad": source(title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)"),
        "worse": source(title='"><img src=x onerror=alert(1)>', url='https://x.example/"><b>'),
    },
    observations={**BEFORE.observations, "obs-9": observation(measure=HOSTILE, period="2019")},
)


def history(now: Any = NOW, at: str = AT, known: History | None = None) -> History:
    return (known or History(AT)).with_changes(changes(now), BEFORE, now, at)


def find(report: str, language: str) -> str:
    return f"{language}/{report}/report.html"


def feed(told: History | None = None, language: str = "vi", base: str = "") -> Feed:
    return Feed(history() if told is None else told, language, find, base)


def root(one: Feed) -> ElementTree.Element:
    return ElementTree.fromstring(atom(one).encode())


def items(one: Feed) -> list[dict[str, Any]]:
    content: dict[str, Any] = json.loads(json_feed(one))
    return list(content["items"])


STORIES = {"none": History(AT), "some": history(), "hostile": history(HOSTILE_NOW)}
every_feed = pytest.mark.parametrize(
    ("story", "language", "base"),
    [(name, language, base) for name in STORIES for language in LANGUAGES for base in ("", BASE)],
)


@every_feed
def test_the_atom_feed_keeps_the_rules(story: str, language: str, base: str) -> None:
    assert atom_faults(atom(feed(STORIES[story], language, base))) == []


@every_feed
def test_the_json_feed_keeps_the_rules(story: str, language: str, base: str) -> None:
    assert json_feed_faults(json_feed(feed(STORIES[story], language, base))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_history_gives_the_same_bytes(language: str) -> None:
    told = History.read(json.loads(history().as_text()))
    assert atom(feed(told, language)) == atom(feed(language=language))
    assert json_feed(feed(told, language)) == json_feed(feed(language=language))


def test_both_forms_tell_the_same_under_the_same_ids() -> None:
    entries = root(feed()).findall(f"{ATOM}entry")
    pairs = [(one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}title")) for one in entries]
    assert pairs == [(one["id"], one["title"]) for one in items(feed())]


def test_a_change_has_an_id_of_its_own_in_each_language() -> None:
    vietnamese, english = (
        [one["id"] for one in items(feed(language=language))] for language in LANGUAGES
    )
    assert len({*vietnamese, *english}) == 6


def test_a_feed_without_changes_says_when_it_began() -> None:
    first = root(feed(History(AT)))
    assert first.findall(f"{ATOM}entry") == []
    assert first.findtext(f"{ATOM}updated") == AT
    assert "ghi từ ngày 6/12/2026" in (first.findtext(f"{ATOM}subtitle") or "")
    content = json.loads(json_feed(feed(History(AT), "en")))
    assert content["items"] == []
    assert "kept since 6 December 2026" in content["description"]


def test_the_newest_run_stands_first_and_says_when_the_feed_was_updated() -> None:
    newer = later(as_of="2027-01-01", tasks={"IV.1": {**REPORTED, "status_date": "2026-12-30"}})
    told = history(newer, LATER, history())
    assert root(feed(told)).findtext(f"{ATOM}updated") == LATER
    dates = [one["date_published"] for one in items(feed(told))]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == LATER


def test_a_feed_has_the_newest_changes_and_the_history_all() -> None:
    records = {f"obs-{n}": observation(period="2019") for n in range(10, 10 + NEWEST + 20)}
    told = history(later(observations={**BEFORE.observations, **records}))
    assert len(told.entries) == NEWEST + 20
    assert len(items(feed(told))) == len(root(feed(told)).findall(f"{ATOM}entry")) == NEWEST


# Links


def hrefs(element: ElementTree.Element, rel: str) -> list[str | None]:
    return [one.get("href") for one in element.findall(f"{ATOM}link") if one.get("rel") == rel]


def test_without_a_base_links_hold_from_the_folder_of_the_feeds() -> None:
    whole = root(feed())
    assert hrefs(whole, "self") == ["feed.vi.atom"]
    assert hrefs(whole, "alternate")[0] == "../index.html"
    entries = whole.findall(f"{ATOM}entry")
    assert [hrefs(one, "alternate") for one in entries] == [
        ["../vi/gap-05/report.html"],
        ["../vi/tasks-IV/report.html"],
        ["../vi/coverage/report.html"],
    ]
    assert "xml:base" not in atom(feed())


def test_without_a_base_a_json_feed_has_no_addresses_of_its_own() -> None:
    content = json.loads(json_feed(feed()))
    assert {"home_page_url", "feed_url"} & set(content) == set()
    assert [one["_plan155"]["report"] for one in content["items"]] == [
        "../vi/gap-05/report.html",
        "../vi/tasks-IV/report.html",
        "../vi/coverage/report.html",
    ]
    assert all("url" not in one for one in content["items"])


def test_with_a_base_links_are_absolute_in_both() -> None:
    whole, content = root(feed(base=BASE)), json.loads(json_feed(feed(base=BASE)))
    assert hrefs(whole, "self") == [f"{BASE}changes/feed.vi.atom"]
    assert content["feed_url"] == f"{BASE}changes/feed.vi.json"
    assert content["home_page_url"] == f"{BASE}index.html"
    assert content["items"][0]["url"] == f"{BASE}vi/gap-05/report.html"
    assert hrefs(whole.findall(f"{ATOM}entry")[0], "alternate") == [f"{BASE}vi/gap-05/report.html"]


@pytest.mark.parametrize("base", ["https://example.org", "ftp://example.org/", "outputs/", "//x/"])
def test_what_is_no_address_of_a_folder_is_refused_as_base(base: str) -> None:
    with pytest.raises(ValueError, match="not the address of a folder"):
        feed(base=base)


def test_a_feed_leads_to_its_other_form_and_language() -> None:
    assert hrefs(root(feed(language="en")), "alternate") == [
        "../index.html", "feed.vi.atom", "feed.vi.json", "feed.en.json",
    ]  # fmt: skip


def test_a_change_leads_to_its_sources() -> None:
    task = next(one for one in items(feed()) if one["_plan155"]["kind"] == "task")
    assert task["external_url"] == "https://example.org/bhyt"
    assert 'href="https://example.org/bhyt"' in task["content_html"]


# What readers filter by


def test_a_value_is_filed_under_its_verdict_series_group_and_lead_agency() -> None:
    assert items(feed())[0]["tags"] == ["value", "verdict", "5.7", "group-5", "so-y-te"]


def test_a_change_by_the_calendar_is_filed_as_such() -> None:
    now = later(series={"5.7": series(BEFORE.series["5.7"]["latest"], y2030=target("MET"))})
    told = History(AT).with_changes(changes(now, seen=BEFORE), BEFORE, now, AT)
    assert "cause-calendar" in items(feed(told))[0]["tags"]


def test_a_kind_is_named_in_the_language_of_the_feed() -> None:
    (entry, *_) = root(feed()).findall(f"{ATOM}entry")
    labels = {one.get("term"): one.get("label") for one in entry.findall(f"{ATOM}category")}
    assert labels["value"] == "Giá trị"
    assert labels["5.7"] is None


def test_a_json_feed_carries_the_states_for_programs() -> None:
    told = items(feed())[0]["_plan155"]
    assert (told["before"]["value"], told["after"]["value"]) == (95.71, 95.76)
    assert told["verdicts"][0]["after"]["verdict"] == "ON_TRACK"
    assert told["data"]["version"] == "1.1.0"


# Hostile texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_text_becomes_an_element(language: str) -> None:
    told = feed(STORIES["hostile"], language)
    contents = [one.findtext(f"{ATOM}content") or "" for one in root(told).iter(f"{ATOM}entry")]
    assert contents == [one["content_html"] for one in items(told)]
    for html in contents:
        soup = BeautifulSoup(html, "html.parser")
        assert {tag.name for tag in soup.find_all(True)} <= {"p", "a"}
        links = [str(tag["href"]) for tag in soup.find_all("a")]
        assert all(link.startswith("https://") for link in links)
        assert all(set(tag.attrs) <= {"href", "rel"} for tag in soup.find_all(True))


def test_a_hostile_text_is_read_as_it_stands_without_its_controls() -> None:
    told = feed(STORIES["hostile"])
    titles = [one.findtext(f"{ATOM}title") for one in root(told).iter(f"{ATOM}entry")]
    assert f"Nguồn mới: {KEPT}" in titles
    assert f"Nguồn mới: {KEPT}" in [one["title"] for one in items(told)]


def test_texts_of_a_history_that_was_tampered_with_are_safe_too() -> None:
    entry = dict(history().entries[0])
    texts = {name: {"title": HOSTILE, "lines": [HOSTILE]} for name in LANGUAGES}
    tampered = replace(history(), entries=({**entry, "texts": texts},))
    assert atom_faults(atom(feed(tampered))) == []
    assert "<script>" not in items(feed(tampered))[0]["content_html"]


# The rules themselves


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<id>urn:", "<id>no:: urn ", "feed: the id is no absolute IRI"),
        ("<updated>2026", "<updated>26", "feed: updated is no time"),
        ('rel="self"', 'rel="related"', "no link to itself"),
        ("author>", "contributor>", "an entry without author"),
        ('href="https:', 'href="javascript:', "a link to javascript://example.org/bhyt"),
        ("<title>", "<title>x</title><title>", "feed: not one title"),
    ],
)
def test_the_rules_of_atom_find_what_is_wrong(old: str, new: str, fault: str) -> None:
    assert fault in atom_faults(atom(feed()).replace(old, new))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"version": "1"}, "another version"),
        ({"items": [{"id": "", "content_text": "x"}]}, "an item without id"),
        ({"items": [{"id": "a"}]}, "an item without content"),
        ({"feed_url": "feed.json"}, "feed_url is no address: feed.json"),
        ({"mood": "good"}, "unknown mood"),
        ({"language": 7}, "language is no str"),
    ],
)
def test_the_rules_of_json_feed_find_what_is_wrong(change: dict[str, Any], fault: str) -> None:
    content = json.loads(json_feed(feed())) | change
    assert fault in json_feed_faults(json.dumps(content))
