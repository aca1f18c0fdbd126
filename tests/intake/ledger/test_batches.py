from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.errors import UserError, UserErrors
from analysis.intake.ledger import Batch, addition, withdrawal
from analysis.intake.model import Entry, TaskEntry
from analysis.intake.preview import Preview
from analysis.intake.recorded import Recorded
from tests.intake.memory import (
    PAPER,
    entry,
    facts,
    observation,
    recorded,
    shown,
    source,
    submission,
    task,
)

DAY = date(2026, 12, 1)
LATER = "2026-12-02"


def made(found: Preview, beside: Recorded, **options: str) -> Batch:
    return addition(found, beside, facts(), day=DAY, **options)


def test_only_tables_that_get_rows_are_in_a_batch() -> None:
    beside = recorded()
    batch = made(shown(entry(), beside=beside), beside, note="Yearbook")
    assert batch.addition_id == "add-0002"
    assert {name: len(rows) for name, rows in batch.rows.items()} == {
        "additions": 1, "addition_files": 1, "observations": 1,
    }  # fmt: skip
    assert batch.rows["additions"] == (
        {"addition_id": "add-0002", "recorded_on": "2026-12-01", "note": "Yearbook"},
    )
    assert batch.rows["addition_files"] == (
        {"addition_id": "add-0002", "file": "a.csv", "layout": "collected", "sha256": "0" * 64},
    )
    assert batch.count("observations") == 1
    assert batch.count("revisions") == 0


def test_observations_are_numbered_on_and_bear_the_day_and_the_addition() -> None:
    beside = recorded(observation(1), observation(2, period="2023"), additions=3)
    rows = [entry(2, period="2022"), entry(3, period="2021")]
    batch = made(shown(*rows, beside=beside), beside)
    told = [
        (row["observation_id"], row["period"], row["recorded_on"], row["addition_id"])
        for row in batch.rows["observations"]
    ]
    assert told == [
        ("obs-0003", "2022", "2026-12-01", "add-0004"),
        ("obs-0004", "2021", "2026-12-01", "add-0004"),
    ]


def test_what_is_recorded_already_is_not_recorded_again() -> None:
    beside = recorded(observation(1))
    batch = made(shown(entry(2), entry(3, period="2023"), beside=beside), beside)
    assert [row["period"] for row in batch.rows["observations"]] == ["2023"]


def test_a_known_source_is_named_and_a_new_one_recorded() -> None:
    beside = recorded()
    batch = made(shown(entry(2), entry(3, **PAPER), task(2), beside=beside), beside)
    assert [row["source_id"] for row in batch.rows["sources"]] == ["paper-2025-03-01"]
    assert [row["source_id"] for row in batch.rows["observations"]] == [
        "report", "paper-2025-03-01",
    ]  # fmt: skip
    assert [row["source_id"] for row in batch.rows["task_updates"]] == ["report"]


def test_values_and_reports_of_tasks_may_come_of_one_new_source() -> None:
    beside = recorded(sources=[])
    batch = made(shown(entry(2), task(2), beside=beside), beside)
    assert [row["source_id"] for row in batch.rows["sources"]] == ["statistics-2025-03-01"]
    assert batch.rows["task_updates"] == (
        {"task_id": "I.1", "date": "2025-01-31", "source_id": "statistics-2025-03-01",
         "status": "under_way", "addition_id": "add-0002", "note": ""},
    )  # fmt: skip


def test_two_new_sources_of_one_publisher_and_day_get_two_ids() -> None:
    beside = recorded(sources=[])
    rows: list[Entry | TaskEntry] = [
        entry(2, source_title="One"),
        task(2, source_title="Two"),
        task(3, task_id="I.2"),
    ]
    batch = made(shown(*rows, beside=beside), beside)
    ids = [row["source_id"] for row in batch.rows["sources"]]
    assert ids == ["statistics-2025-03-01", "statistics-2025-03-01-2", "statistics-2025-03-01-3"]
    assert [row["source_id"] for row in batch.rows["task_updates"]] == ids[1:]


def test_a_correction_of_one_value_is_a_revision_of_it() -> None:
    beside = recorded(observation(1), observation(2, period="2023"))
    rows = [entry(2, value="95.4"), entry(3, period="2022")]
    batch = made(shown(*rows, beside=beside), beside)
    assert batch.rows["revisions"] == ({"observation_id": "obs-0003", "revises_id": "obs-0001"},)


def test_a_value_beside_several_or_contradicting_one_replaces_none() -> None:
    several = recorded(observation(1), observation(2, value="96"))
    assert "revisions" not in made(shown(entry(value="97"), beside=several), several).rows
    one = recorded(observation(1))
    assert "revisions" not in made(shown(entry(value="97", **PAPER), beside=one), one).rows


def test_every_file_of_an_addition_is_recorded_also_one_with_nothing_new() -> None:
    beside = recorded(observation(1))
    found = shown(entry(2), beside=beside)
    other = submission(entry(2, file="b.csv", period="2023"), file="b.csv")
    both = shown(entry(2, period="2023"), beside=beside)
    both = replace(both, submissions=(*found.submissions, other))
    assert [row["file"] for row in made(both, beside).rows["addition_files"]] == ["a.csv", "b.csv"]


def test_an_addition_on_a_day_before_the_last_is_refused_but_not_on_the_same_day() -> None:
    late = recorded(additions=1)
    found = shown(entry(), beside=late)
    with pytest.raises(UserErrors, match="the day is 2026-11-24, but something was recorded on"):
        addition(found, late, facts(), day=date(2026, 11, 24))
    assert addition(found, late, facts(), day=date(2026, 11, 25)).addition_id == "add-0002"


def test_a_withdrawal_counts_as_the_last_day_too() -> None:
    row = {"addition_id": "add-0002", "withdrawn_on": LATER, "reason": ""}
    back = recorded(additions=2, withdrawals=[row])
    with pytest.raises(UserErrors, match=f"something was recorded on {LATER}"):
        made(shown(entry(), beside=back), back)


def test_what_cannot_be_read_is_refused_by_the_ingestion_itself() -> None:
    beside = recorded()
    found = shown(entry(), beside=beside)
    bad = replace(found.lines[0], entry=entry(value="many"))
    with pytest.raises(UserErrors, match="the value 'many' is no number"):
        made(replace(found, lines=(bad,)), beside)


def test_the_last_addition_that_stands_is_taken_back() -> None:
    batch = withdrawal(recorded(additions=3), day=DAY, reason="wrong  year")
    assert batch == Batch(
        "add-0003",
        {"withdrawals": (
            {"addition_id": "add-0003", "withdrawn_on": "2026-12-01", "reason": "wrong year"},
        )},
    )  # fmt: skip


def test_taken_back_twice_are_the_last_and_the_one_before() -> None:
    row = {"addition_id": "add-0003", "withdrawn_on": "2026-12-01", "reason": ""}
    assert withdrawal(recorded(additions=3, withdrawals=[row]), day=DAY).addition_id == "add-0002"


def test_the_first_collection_cannot_be_taken_back() -> None:
    row = {"addition_id": "add-0002", "withdrawn_on": "2026-12-01", "reason": ""}
    for beside in (recorded(), recorded(additions=2, withdrawals=[row])):
        with pytest.raises(UserError, match="only the first collection stands"):
            withdrawal(beside, day=DAY)


def test_a_withdrawal_on_a_day_before_the_last_record_is_refused() -> None:
    with pytest.raises(UserErrors, match="set it right"):
        withdrawal(recorded(additions=2), day=date(2026, 11, 24))


def test_a_source_that_was_recorded_by_hand_is_found_again() -> None:
    beside = recorded(sources=[source("a"), source("b", "2025-03-02")])
    batch = made(shown(entry(published="2025-03-02"), beside=beside), beside)
    assert batch.rows["observations"][0]["source_id"] == "b"
    assert "sources" not in batch.rows
