from __future__ import annotations

from pathlib import Path

import pytest

from analysis.runs.fresh import State as Freshness
from analysis.runs.job import Job
from analysis.runs.record import read_json
from analysis.runs.summary import State, versions

JOB = Job("gap", "1", "vi")
FRESH, CHANGED = Freshness(()), Freshness(("data: targets",))


def state(**what: object) -> State:
    nothing = {"fresh": (JOB,), "stale": {}, "failed": (), "missing": (), "results": FRESH}
    return State(**{"run": {"status": "done"}, **nothing, **what})  # type: ignore[arg-type]


def test_outputs_of_which_nothing_is_left_to_be_made_are_complete() -> None:
    assert state().complete


def test_anything_left_to_be_made_makes_them_incomplete() -> None:
    assert not state(stale={JOB: ("notebook",)}).complete
    assert not state(failed=(JOB,)).complete
    assert not state(missing=(JOB,)).complete
    assert not state(results=CHANGED).complete


def test_a_run_that_was_stopped_leaves_them_incomplete() -> None:
    assert not state(run={"status": "interrupted"}).complete


def test_versions_name_what_makes_the_reports() -> None:
    assert {"python", "system", "plan155", "pandas", "papermill"} <= set(versions())


@pytest.mark.parametrize("text", ["", "{", "[]"])
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text)
    assert read_json(tmp_path / "run.json") is None
