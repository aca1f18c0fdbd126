"""The snapshot as a file: the same bytes, and refused where it is not whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from analysis.runs.snapshot import Snapshot, UnreadableError
from tests.runs.states import BEFORE, snapshot


def content() -> Any:
    return json.loads(BEFORE.as_text())


def test_a_snapshot_is_read_back_as_it_was() -> None:
    assert Snapshot.read(content()) == BEFORE


def test_the_same_snapshot_is_written_with_the_same_bytes() -> None:
    assert snapshot().as_text() == BEFORE.as_text()


def test_each_state_stands_on_a_line_of_its_own() -> None:
    assert BEFORE.as_text().count('\n  "') == 4


def test_an_empty_snapshot_is_readable_too() -> None:
    empty = Snapshot({"sha256": ""}, "2026-11-25", 2020, holds_until="2026-12-31")
    assert Snapshot.read(json.loads(empty.as_text())) == empty


@pytest.mark.parametrize("wrong", [None, [], {}, {"format": "plan155-snapshot/2"}, "text", 7])
def test_what_is_of_another_format_is_refused(wrong: object) -> None:
    with pytest.raises(UnreadableError, match="its format is not plan155-snapshot/1"):
        Snapshot.read(wrong)


@pytest.mark.parametrize(
    ("path", "wrong", "named"),
    [
        (("as_of",), "yesterday", "as_of"),
        (("base_year",), "2020", "base_year"),
        (("tasks",), None, "tasks"),
        (("series", "5.7"), {}, "series 5.7"),
        (("series", "5.7", "latest"), {"value": 1}, "series 5.7"),
        (("series", "5.7", "latest", "period"), None, "series 5.7"),
        (("series", "5.7", "targets", "2030"), [], "series 5.7"),
        (("observations", "obs-1", "shown"), {"vi": "x"}, "observations obs-1"),
        (("sources", "health-2025"), "gone", "sources health-2025"),
    ],
)
def test_a_damaged_part_is_named(path: tuple[str, ...], wrong: object, named: str) -> None:
    damaged = content()
    place = damaged
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = wrong
    with pytest.raises(UnreadableError, match=named):
        Snapshot.read(damaged)


def test_what_is_no_number_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        snapshot(sources={"a": {"value": float("nan")}}).as_text()


def test_a_source_that_is_gone_is_named_by_its_id() -> None:
    assert BEFORE.source("unknown") == {"publisher": "unknown"}
