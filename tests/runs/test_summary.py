from __future__ import annotations

from pathlib import Path

import pytest

from analysis.runs.job import Job
from analysis.runs.places import Outputs
from analysis.runs.record import read_json, write_json
from analysis.runs.summary import read_state, versions
from tests.runs.project import KINDS

GROUPS = {"group_id": ["1", "2"]}
ONE = {"group_id": ["1"]}


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    for kind, group in (("gap", "1"), ("trend", "1"), ("gap", "2")):
        folder = Outputs(tmp_path).place(Job(kind, group, "vi"))
        folder.mkdir(parents=True)
        (folder / "report.html").touch()
    write_json(tmp_path / "run.json", {"status": "done"})
    return Outputs(tmp_path)


def test_where_nothing_was_run_there_is_no_state(tmp_path: Path) -> None:
    assert read_state(Outputs(tmp_path), KINDS, GROUPS) is None


def test_the_state_tells_what_is_made_and_what_is_missing(outputs: Outputs) -> None:
    state = read_state(outputs, KINDS, GROUPS)
    assert state is not None
    assert len(state.made) == 3
    assert state.missing == (Job("trend", "2", "vi"),)
    assert not state.complete


def test_everything_made_and_nothing_failed_is_complete(outputs: Outputs) -> None:
    state = read_state(outputs, KINDS, ONE)
    assert state is not None
    assert state.complete


def test_a_kept_failure_makes_it_incomplete(outputs: Outputs) -> None:
    outputs.failed(Job("gap", "1", "vi")).mkdir(parents=True)
    state = read_state(outputs, KINDS, ONE)
    assert state is not None
    assert state.failed == (Job("gap", "1", "vi"),)
    assert not state.complete


def test_an_interrupted_run_is_incomplete(outputs: Outputs) -> None:
    write_json(outputs.summary, {"status": "interrupted"})
    state = read_state(outputs, KINDS, ONE)
    assert state is not None
    assert not state.complete


def test_one_report_in_english_makes_all_of_english_expected(outputs: Outputs) -> None:
    folder = outputs.place(Job("gap", "1", "en"))
    folder.mkdir(parents=True)
    (folder / "report.html").touch()
    state = read_state(outputs, KINDS, ONE)
    assert state is not None
    assert state.missing == (Job("trend", "1", "en"),)


def test_versions_name_what_makes_the_reports() -> None:
    assert {"python", "system", "plan155", "pandas", "papermill"} <= set(versions())


@pytest.mark.parametrize("text", ["", "{", "[]"])
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text)
    assert read_json(tmp_path / "run.json") is None
