from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.runs.failure import ERROR_TAG, Failure, last_started, mark_failed
from tests.runs.project import notebook


def executed(started: int) -> dict[str, Any]:
    """A notebook as papermill saves it after the death of its kernel: every cell `completed`."""
    content = notebook(["a = 1", "b = 2", "c = 3"])
    content["metadata"]["papermill"] = {"exception": None}
    for number, cell in enumerate(content["cells"], start=1):
        start = "2026-01-01T00:00:00" if number <= started else None
        cell["metadata"]["papermill"] = {"status": "completed", "start_time": start}
    return content


def marked(path: Path, content: dict[str, Any], failure: Failure) -> dict[str, Any]:
    path.write_text(json.dumps(content))
    mark_failed(path, failure)
    result: dict[str, Any] = json.loads(path.read_text())
    return result


def test_the_last_cell_that_started_is_counted_from_one() -> None:
    assert last_started(executed(started=4)["cells"]) == 4


def test_nothing_started_is_none() -> None:
    assert last_started(executed(started=0)["cells"]) is None


def test_a_saved_notebook_no_longer_says_that_it_was_completed(tmp_path: Path) -> None:
    failure = Failure("kernel", "the kernel died", cell=4)
    result = marked(tmp_path / "report.ipynb", executed(started=4), failure)
    cells = [cell for cell in result["cells"] if ERROR_TAG not in cell["metadata"].get("tags", [])]
    statuses = [cell["metadata"]["papermill"]["status"] for cell in cells]
    assert statuses == ["completed", "completed", "completed", "failed", "pending"]
    assert result["metadata"]["papermill"]["exception"] is True
    assert result["metadata"]["plan155"]["stage"] == "kernel"


def test_a_banner_stands_on_top_and_a_pointer_before_the_cell(tmp_path: Path) -> None:
    failure = Failure("cell", "ValueError: x", cell=4)
    cells = marked(tmp_path / "report.ipynb", executed(started=4), failure)["cells"]
    assert "cell 4: ValueError: x" in cells[0]["source"]
    assert "failed in the cell below" in cells[4]["source"]
    assert cells[5]["source"] == "b = 2"


def test_without_a_cell_there_is_only_the_banner(tmp_path: Path) -> None:
    failure = Failure("results", "no marker")
    cells = marked(tmp_path / "report.ipynb", executed(started=5), failure)["cells"]
    assert len(cells) == 6


def test_marking_twice_leaves_one_banner(tmp_path: Path) -> None:
    path, failure = tmp_path / "report.ipynb", Failure("cell", "x", cell=4)
    once = marked(path, executed(started=4), failure)
    mark_failed(path, failure)
    assert json.loads(path.read_text()) == once


@pytest.mark.parametrize("text", [None, '{"cells": [', "[]"])
def test_a_notebook_that_was_never_saved_whole_is_left_alone(
    tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "report.ipynb"
    if text is not None:
        path.write_text(text)
    mark_failed(path, Failure("kernel", "x"))
    assert (path.read_text() if path.exists() else None) == text
