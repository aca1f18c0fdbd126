from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.runs.accept import faults
from analysis.runs.job import Job
from tests.runs.project import write_report

JOB = Job("gap", "1", "vi")

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_report(tmp_path, JOB)
    return tmp_path


def change(path: Path, how: Change) -> None:
    content = json.loads(path.read_text())
    how(content)
    path.write_text(json.dumps(content))


def test_a_complete_report_has_no_faults(folder: Path) -> None:
    assert faults(folder, JOB) == []


def test_files_of_the_run_itself_need_not_be_listed(folder: Path) -> None:
    for name in ("log.txt", "report.html", "job.json"):
        (folder / name).touch()
    assert faults(folder, JOB) == []


def test_blank_cells_need_not_have_run(folder: Path) -> None:
    blank = {"cell_type": "code", "source": [" \n"], "execution_count": None, "outputs": []}
    change(folder / "report.ipynb", lambda nb: nb["cells"].append(blank))
    assert faults(folder, JOB) == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda nb: nb["metadata"]["papermill"].update(exception=True), "records an exception"),
        (lambda nb: nb["metadata"]["papermill"].update(end_time=None), "records no end"),
        (lambda nb: nb["metadata"].pop("papermill"), "records no end"),
        (lambda nb: nb["cells"][-1].update(execution_count=None), "never executed"),
    ],
)
def test_a_notebook_that_did_not_run_through_is_a_fault(
    folder: Path, how: Change, said: str
) -> None:
    change(folder / "report.ipynb", how)
    (only,) = faults(folder, JOB)
    assert said in only


@pytest.mark.parametrize("text", [None, "", '{"cells": ['])
def test_a_notebook_that_was_not_saved_whole_is_a_fault(folder: Path, text: str | None) -> None:
    path = folder / "report.ipynb"
    path.unlink() if text is None else path.write_text(text)
    assert faults(folder, JOB) == ["the executed notebook was not saved whole"]


def test_a_missing_marker_is_a_fault(folder: Path) -> None:
    (folder / "done.json").unlink()
    (only,) = faults(folder, JOB)
    assert "completion marker" in only


@pytest.mark.parametrize("text", ["[]", "{", "{}", '{"files": []}'])
def test_a_marker_that_says_nothing_is_a_fault(folder: Path, text: str) -> None:
    (folder / "done.json").write_text(text)
    assert len(faults(folder, JOB)) == 1


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda m: m.update(kind="trend"), "says kind 'trend', not 'gap'"),
        (lambda m: m.update(subject="2"), "says subject '2', not '1'"),
        (lambda m: m.pop("language"), "says language None, not 'vi'"),
        (lambda m: m["files"].update({"results.csv": "0" * 64}), "its digest differs"),
        (lambda m: m["files"].update({"figures/two.png": "0" * 64}), "does not exist"),
        (lambda m: m["files"].update({"../x": "0" * 64}), "not inside"),
        (lambda m: m["files"].update({"/etc/hostname": "0" * 64}), "not inside"),
        (lambda m: m["files"].update({"report.ipynb": "0" * 64}), "not inside"),
        (lambda m: m["files"].pop("figures/one.png"), "is not listed"),
    ],
)
def test_a_marker_of_something_else_is_a_fault(folder: Path, how: Change, said: str) -> None:
    change(folder / "done.json", how)
    (only,) = faults(folder, JOB)
    assert said in only


@pytest.mark.parametrize("name", ["results.csv", "results.json"])
def test_a_report_without_its_result_table_is_a_fault(folder: Path, name: str) -> None:
    (folder / name).unlink()
    change(folder / "done.json", lambda marker: marker["files"].pop(name))
    assert faults(folder, JOB) == [f"done.json does not list {name}"]


def test_all_faults_are_told(folder: Path) -> None:
    (folder / "results.csv").write_text("changed")
    (folder / "figures" / "left-over.png").touch()
    assert len(faults(folder, JOB)) == 2
