"""The history: only added to, each change once, refused where it is not whole."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from analysis.runs.changes import Change
from analysis.runs.history import History, keep_aside
from analysis.runs.snapshot import Snapshot, UnreadableError
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
    snapshot,
    source,
    target,
    value,
)

NOW = later(
    series={"5.7": series(NEW, y2030=target("ON_TRACK"))},
    sources={**BEFORE.sources, "health-2026": source(url="javascript:alert(1)")},
    observations={"obs-1": observation(), "obs-2": observation(NEW)},
    tasks={"IV.1": REPORTED},
)
EMPTY = History(AT)


def grown(
    now: Snapshot, before: Snapshot = BEFORE, history: History = EMPTY, at: str = AT
) -> History:
    return history.with_changes(changes(now, before), before, now, at)


FULL = grown(NOW)


def entry(kind: str) -> dict[str, Any]:
    return next(dict(one) for one in FULL.entries if one["kind"] == kind)


def test_every_change_is_an_entry_with_texts_in_both_languages() -> None:
    assert [one["kind"] for one in FULL.entries] == ["value", "task", "source"]
    for one in FULL.entries:
        assert {name: bool(text["title"]) for name, text in one["texts"].items()} == {
            "vi": True,
            "en": True,
        }


def test_an_entry_says_of_what_when_for_which_day_and_of_which_data() -> None:
    one = entry("value")
    assert one["subject"] == {
        "series_id": "5.7",
        "indicator_id": "5.7",
        "group_id": 5,
        "agency_ids": ["so-y-te"],
    }
    assert (one["at"], one["as_of_before"], one["as_of"]) == (AT, "2026-11-25", "2026-12-06")
    assert one["data"] == {"name": "small", "version": "1.1.0", "sha256": "b" * 64}
    assert (one["before"], one["after"]) == (value(), NEW)
    assert [(part["target_year"], part["cause"]) for part in one["verdicts"]] == [("2030", "data")]


@pytest.mark.parametrize(
    ("kind", "report"), [("value", "gap-05"), ("task", "tasks-IV"), ("source", "coverage")]
)
def test_an_entry_names_the_report_to_see(kind: str, report: str) -> None:
    assert entry(kind)["report"] == report


def test_an_entry_names_its_sources() -> None:
    assert entry("task")["sources"] == [
        {
            "source_id": "health-2025",
            "title": "Báo cáo bảo hiểm y tế",
            "publisher": "Sở Y tế",
            "url": "https://example.org/bhyt",
        }
    ]


def test_a_record_is_told_with_its_series_even_after_both_are_gone() -> None:
    gone = grown(later(series={}, observations={}))
    (one,) = gone.entries
    assert one["subject"] == {
        "observation_id": "obs-1",
        "series_id": "5.7",
        "indicator_id": "5.7",
        "group_id": 5,
        "agency_ids": ["so-y-te"],
    }
    assert one["report"] == "gap-05"


def test_a_history_is_read_back_as_it_was() -> None:
    assert History.read(json.loads(FULL.as_text())) == FULL


def test_an_empty_history_is_too() -> None:
    assert History.read(json.loads(EMPTY.as_text())) == EMPTY


def test_what_was_told_keeps_its_bytes_when_more_is_added() -> None:
    more = grown(later(as_of="2027-01-02"), NOW, FULL, LATER)
    assert len(more.entries) > len(FULL.entries)
    assert more.as_text().startswith(FULL.as_text().removesuffix("\n]\n}\n"))


def test_the_same_change_seen_twice_is_told_once() -> None:
    assert grown(NOW, history=FULL, at=LATER) == FULL


def test_it_is_told_once_even_if_it_stands_twice_in_one_run() -> None:
    twice = [*changes(NOW), *changes(NOW)]
    assert len(EMPTY.with_changes(twice, BEFORE, NOW, AT).entries) == len(FULL.entries)


def test_what_changes_back_and_forth_is_told_each_time_under_a_name_of_its_own() -> None:
    met = replace(BEFORE, as_of="2027-01-01", series={"5.7": series(value(), y2030=target("MET"))})
    history, states = EMPTY, [BEFORE, met, BEFORE, met, BEFORE]
    for before, now in pairwise(states):
        history = grown(now, before, history)
    verdicts = [one["after"]["verdict"] for one in history.entries]
    assert verdicts == ["MET", "OFF_TRACK", "MET", "OFF_TRACK"]
    assert len({one["id"] for one in history.entries}) == 4


def test_a_verdict_told_with_a_value_in_between_does_not_hide_the_next() -> None:
    met = {"y2030": target("MET")}
    states = [
        BEFORE,
        replace(BEFORE, series={"5.7": series(value(), **met)}),
        replace(BEFORE, series={"5.7": series(NEW)}),
        replace(BEFORE, series={"5.7": series(value())}),
        replace(BEFORE, series={"5.7": series(value(), **met)}),
    ]
    history = EMPTY
    for before, now in pairwise(states):
        history = grown(now, before, history)
    assert [one["kind"] for one in history.entries] == ["verdict", "value", "value", "verdict"]


def test_a_notice_names_the_file_and_no_report() -> None:
    notice = Change("notice", "history.unreadable-1.json", "history")
    (one,) = EMPTY.with_changes([notice], BEFORE, BEFORE, AT).entries
    assert (one["subject"], one["report"]) == ({"file": "history.unreadable-1.json"}, "")


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {},
        {"format": "plan155-changes/2", "began": AT, "entries": []},
        {"format": "plan155-changes/1", "began": "yesterday", "entries": []},
        {"format": "plan155-changes/1", "began": "2026-12-06T03:12:00", "entries": []},
        {"format": "plan155-changes/1", "began": AT, "entries": {}},
    ],
)
def test_what_is_no_history_is_refused(wrong: object) -> None:
    with pytest.raises(UnreadableError, match="not a history of changes"):
        History.read(wrong)


@pytest.mark.parametrize(
    "damage",
    [
        {"id": "7"},
        {"id": None},
        {"kind": "gossip"},
        {"at": "today"},
        {"subject": None},
        {"touched": ["value"]},
        {"sources": [{"title": "x"}]},
        {"texts": {"vi": {"title": "x", "lines": []}}},
        {"texts": {"vi": {"title": "x", "lines": [1]}, "en": {"title": "x", "lines": []}}},
    ],
)
def test_a_damaged_entry_is_refused_by_its_place(damage: dict[str, object]) -> None:
    content = json.loads(FULL.as_text())
    content["entries"][1] |= damage
    with pytest.raises(UnreadableError, match="entry 2 is damaged"):
        History.read(content)


def test_a_file_is_kept_aside_under_the_first_free_name(tmp_path: Path) -> None:
    for n, text in enumerate(("one", "two"), start=1):
        path = tmp_path / "history.json"
        path.write_text(text)
        assert keep_aside(path) == f"history.unreadable-{n}.json"
        assert (tmp_path / f"history.unreadable-{n}.json").read_text() == text
        assert not path.exists()


def test_a_change_of_a_snapshot_without_the_subject_has_no_report() -> None:
    lost = Change("value", "9.9", "latest", value(), None)
    (one,) = EMPTY.with_changes([lost], snapshot(), snapshot(), AT).entries
    assert (one["report"], one["subject"]["group_id"]) == ("", None)
