"""What counts as a change, what each comes from, and which name it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from analysis.runs.changes import CAUSES, KINDS, Change, Comparison
from analysis.runs.snapshot import Snapshot
from analysis.words import LANGUAGES, Words
from tests.runs.states import (
    BEFORE,
    NEW,
    REPORTED,
    both,
    changes,
    later,
    observation,
    series,
    snapshot,
    source,
    target,
    task,
    value,
)

WITH_NEW = {"obs-1": observation(), "obs-2": observation(NEW)}


def only(now: Snapshot, **options: Any) -> Change:
    (change,) = changes(now, **options)
    return change


def kinds(now: Snapshot, **options: Any) -> list[tuple[str, str, str]]:
    return [(one.kind, one.subject_id, one.field) for one in changes(now, **options)]


def forbidden() -> Snapshot:
    raise AssertionError("nothing was to be looked up")


def test_where_nothing_differs_nothing_has_changed_and_nothing_is_looked_up() -> None:
    assert Comparison(BEFORE, later(), forbidden).changes() == ()


def test_another_wording_is_no_change() -> None:
    worded = series(value(shown=both("95,71 phần trăm")))
    worded = {**worded, "label": both("5.7 BHYT")}
    records = {"obs-1": observation(shown=both("95,71 phần trăm"))}
    assert changes(later(series={"5.7": worded}, observations=records)) == ()


def test_another_gap_alone_is_no_change() -> None:
    judged = series(value(), y2030=target("OFF_TRACK", gap=1.3))
    assert changes(later(series={"5.7": judged})) == ()


def test_a_new_value_is_told_with_the_verdicts_that_it_changes() -> None:
    now = later(
        series={"5.7": series(NEW, y2030=target("ON_TRACK"))},
        sources={**BEFORE.sources, "health-2026": source()},
        observations=WITH_NEW,
    )
    assert kinds(now) == [("value", "5.7", "latest"), ("source", "health-2026", "")]
    first = changes(now)[0]
    assert [(one.field, one.cause) for one in first.verdicts] == [("2030", "data")]
    assert first.touched == [("value", "5.7", "latest"), ("verdict", "5.7", "2030")]


def test_a_record_that_is_not_the_latest_is_told_by_itself() -> None:
    old = observation(period="2019", value=90.0)
    now = later(observations={**BEFORE.observations, "obs-9": old})
    assert kinds(now) == [("observation", "obs-9", "")]


@pytest.mark.parametrize("name", ["period", "value", "level_id", "status", "comparability"])
def test_every_part_of_the_latest_value_counts(name: str) -> None:
    now = later(series={"5.7": series(value(**{name: "other"}))})
    assert kinds(now) == [("value", "5.7", "latest")]


def test_a_value_that_is_gone_is_told_and_its_record_as_withdrawn() -> None:
    now = later(series={"5.7": series(None)}, observations={})
    assert kinds(now) == [("value", "5.7", "latest"), ("observation", "obs-1", "")]
    assert [one.after for one in changes(now)] == [None, None]


def test_a_record_that_was_corrected_is_told_with_both_states() -> None:
    older = {"obs-1": observation(), "obs-0": observation(period="2019", value=90.0)}
    better = {**older, "obs-0": observation(period="2019", value=91.0)}
    change = only(later(observations=better), before=snapshot(observations=older))
    assert change.before is not None
    assert change.after is not None
    assert (change.before["value"], change.after["value"]) == (90.0, 91.0)


@pytest.mark.parametrize(
    "judged",
    [target("ON_TRACK"), target("OFF_TRACK", reason="STALE"), target("OFF_TRACK", grade="B")],
)
def test_verdict_reason_and_grade_each_count(judged: dict[str, Any]) -> None:
    now = later(series={"5.7": series(value(), y2030=judged)})
    assert kinds(now) == [("verdict", "5.7", "2030")]


def test_a_target_that_is_stated_otherwise_is_told() -> None:
    judged = target("OFF_TRACK", stated={"kind": "exact", "low": 98.0}, shown=both("98 %"))
    assert kinds(later(series={"5.7": series(value(), y2030=judged)})) == [
        ("target", "5.7", "2030")
    ]


def test_a_source_that_came_and_one_that_went_are_told() -> None:
    now = later(sources={"health-2026": source()})
    assert [(one.subject_id, one.after is None) for one in changes(now)] == [
        ("health-2026", False),
        ("health-2025", True),
    ]


@pytest.mark.parametrize(
    "state",
    [
        REPORTED,
        task(standing="past_unreported"),
        task(status="done", status_date="2026-12-01", standing="done"),
    ],
)
def test_another_status_or_standing_of_a_task_is_told(state: dict[str, Any]) -> None:
    assert kinds(later(tasks={"IV.1": state})) == [("task", "IV.1", "standing")]


def test_another_phase_of_a_task_alone_is_no_change() -> None:
    assert changes(later(tasks={"IV.1": task(phase="due")})) == ()


def test_a_series_or_a_task_that_is_new_in_the_plan_has_no_verdict_before() -> None:
    now = later(
        series={**BEFORE.series, "5.8": series(NEW)}, tasks={**BEFORE.tasks, "IV.2": REPORTED}
    )
    assert kinds(now) == [("value", "5.8", "latest")]
    assert only(now).before is None


def test_changes_stand_in_the_order_of_their_kinds() -> None:
    now = later(
        series={"5.7": series(value(), y2030=target("MET", shown=both("1"), stated={}))},
        tasks={"IV.1": REPORTED},
        sources={**BEFORE.sources, "health-2026": source()},
        observations={**BEFORE.observations, "obs-9": observation(period="2019")},
    )
    found = [kind for kind, _, _ in kinds(now)]
    assert found == ["verdict", "target", "task", "source", "observation"]
    assert found == sorted(found, key=KINDS.index)


# What a change comes from

MET = {"5.7": series(value(), y2030=target("MET"))}


def test_a_verdict_that_only_the_day_changes_comes_from_the_calendar() -> None:
    assert only(later(series=MET), seen=BEFORE).cause == "calendar"


def test_it_comes_from_the_calendar_also_where_nothing_of_the_data_is_new() -> None:
    now = replace(BEFORE, as_of="2027-01-01", series=MET)
    assert only(now, seen=BEFORE).cause == "calendar"


def test_a_verdict_that_the_data_change_on_the_day_of_before_too_comes_from_them() -> None:
    now = later(series=MET)
    assert only(now, seen=replace(now, as_of=BEFORE.as_of)).cause == "data"


def test_a_record_that_would_not_have_counted_on_the_day_of_before_is_not_the_calendar() -> None:
    newer = observation(value(period="2027"))
    now = later(
        as_of="2027-03-01",
        series={"5.7": series(value(observation_id="obs-2", period="2027"))},
        observations={**BEFORE.observations, "obs-2": newer},
    )
    assert only(now, seen=replace(now, series=BEFORE.series)).cause == "data"


@pytest.mark.parametrize(
    "evidence",
    [
        {"sources": {"health-2025": source(tier="press")}},
        {"series": {"5.7": {**MET["5.7"], "breaks": [["QN", "2027"]]}}},
    ],
)
def test_neither_are_a_source_of_another_kind_and_a_new_break(evidence: dict[str, Any]) -> None:
    now = later(**{"series": MET, **evidence})
    assert only(now, seen=BEFORE).cause == "data"


def test_a_report_on_a_task_of_a_later_day_is_not_the_calendar() -> None:
    assert only(later(tasks={"IV.1": REPORTED}), seen=BEFORE).cause == "data"


def test_a_task_whose_time_went_by_comes_from_the_calendar() -> None:
    now = later(tasks={"IV.1": task(standing="past_unreported")})
    assert only(now, seen=BEFORE).cause == "calendar"


def test_another_base_year_is_told_as_such() -> None:
    now = later(series=MET, as_of=BEFORE.as_of, base_year=2019)
    assert only(now, seen=BEFORE).cause == "base_year"


def test_another_day_and_base_year_are_told_together() -> None:
    assert only(later(series=MET, base_year=2019), seen=BEFORE).cause == "day_and_base_year"


def test_where_data_day_and_base_year_are_the_same_it_is_the_method() -> None:
    assert only(replace(BEFORE, series=MET)).cause == "method"


def test_where_the_data_are_the_same_and_the_day_does_not_explain_it_it_is_the_method() -> None:
    now = replace(BEFORE, as_of="2027-01-01", series=MET)
    assert only(now, seen=replace(now, as_of=BEFORE.as_of)).cause == "method"


# Names

PINNED = "urn:uuid:ebae625c-2d5d-5fbe-95ce-13cc7e738799"


def test_the_same_change_has_the_same_name_wherever_it_is_seen() -> None:
    one, other = (only(later(series=MET), seen=seen) for seen in (BEFORE, None))
    assert one.cause != other.cause
    assert one.id("b") == other.id("b")


def test_a_name_is_a_urn_that_does_not_change_from_version_to_version() -> None:
    assert only(later(series=MET)).id("b" * 64) == PINNED


def test_wording_and_gap_are_no_part_of_a_name() -> None:
    reworded = target("MET", gap=0.1, shown=both("97 phần trăm"))
    now = later(series={"5.7": series(value(), y2030=reworded)})
    assert only(now).id("b" * 64) == PINNED


@pytest.mark.parametrize(
    "other",
    [
        lambda change: replace(change, kind="target").id("b"),
        lambda change: replace(change, subject_id="5.8").id("b"),
        lambda change: replace(change, field="2025").id("b"),
        lambda change: replace(change, before=target("LOST")).id("b"),
        lambda change: replace(change, after=target("LOST")).id("b"),
        lambda change: replace(change, after=None).id("b"),
        lambda change: change.id("c"),
        lambda change: change.id("b", 2),
    ],
)
def test_everything_that_makes_a_change_what_it_is_is_in_its_name(
    other: Callable[[Change], str],
) -> None:
    change = only(later(series=MET))
    assert other(change) != change.id("b")


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_and_causes_are_worded(language: str) -> None:
    words = Words(language)
    assert all(words(f"change.kind.{kind}") for kind in KINDS)
    assert all(words.has(f"change.cause.{cause}") for cause in CAUSES if cause != "data")
