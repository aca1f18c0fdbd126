from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from analysis.runs.accept import faults
from analysis.runs.execute import Order, perform
from analysis.runs.failure import Failure, mark_failed
from analysis.runs.html import Page
from analysis.runs.job import Job
from analysis.runs.kernel import OwnKernelManager
from analysis.runs.settings import Limits
from tests.runs.project import good, write_notebook

JOB = Job("gap", "1", "vi")
DIE = "import os; os._exit(1)"
BE_KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
WAIT = "import threading; threading.Event().wait()"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "outputs" / ".work" / JOB.id
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    return folder


def performed(work: Path, cells: list[str], **limits: int) -> Failure | None:
    """The outcome of a notebook with these cells, run by a real kernel."""
    write_notebook(work.parents[2] / "notebooks", "gap", cells)
    parameters = {"group_id": 1, "language": "vi", "base_year": 2018, "results": "."}
    page = Page(JOB, "Kinh tế", {"gap": "Khoảng cách"}, (), "small", "1.0.0", parameters)
    notebook = "../../../notebooks/gap.ipynb"
    return perform(Order(JOB, notebook, work, parameters, Limits(**limits), page))


def saved(work: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((work / "report.ipynb").read_text())
    return content


def failed(work: Path, cells: list[str], **limits: int) -> tuple[str, str, int | None]:
    failure = performed(work, cells, **limits)
    assert failure is not None
    return failure.stage, failure.what, failure.cell


def test_a_good_notebook_leaves_a_complete_report_and_its_page(work: Path) -> None:
    assert performed(work, good("gap")) is None
    assert faults(work, JOB) == []
    assert (work / "results.csv").read_text() == "a,b\n1,2018\n"
    assert "<h1>Nhóm 1</h1>" in (work / "report.html").read_text()


def test_nothing_that_is_saved_says_where_on_this_machine_it_was_made(
    work: Path, tmp_path: Path
) -> None:
    assert performed(work, good("gap")) is None
    text = (work / "report.ipynb").read_text() + (work / "report.html").read_text()
    assert str(tmp_path) not in text
    assert os.uname().nodename not in text


def test_a_cell_that_raises_is_named(work: Path) -> None:
    assert failed(work, good("gap", "1 / 0")) == ("cell", "ZeroDivisionError: division by zero", 6)


def test_leaving_with_an_exit_code_is_a_failure(work: Path) -> None:
    stage, what, _ = failed(work, good("gap", "import sys; sys.exit(3)"))
    assert (stage, what) == ("cell", "SystemExit: 3")


def test_leaving_early_as_if_all_were_well_is_a_failure_too(work: Path) -> None:
    stage, what, _ = failed(work, good("gap", "import sys; sys.exit(0)"))
    assert stage == "results"
    assert "cell 7 was never executed" in what
    assert "completion marker" in what


@pytest.mark.parametrize("cell", [DIE, BE_KILLED])
def test_a_kernel_that_dies_is_a_failure_where_it_died(work: Path, cell: str) -> None:
    stage, what, number = failed(work, good("gap", cell))
    assert (stage, number) == ("kernel", 6)
    assert "kernel died" in what


def test_a_kernel_that_dies_after_the_marker_is_a_failure(work: Path) -> None:
    stage, _, number = failed(work, [*good("gap"), DIE])
    assert (stage, number) == ("kernel", 7)
    assert (work / "done.json").exists()


def test_what_a_dead_kernel_left_is_marked_although_it_says_completed(work: Path) -> None:
    failure = performed(work, good("gap", DIE))
    assert failure is not None
    states = [cell["metadata"]["papermill"] for cell in saved(work)["cells"]]
    assert {state["status"] for state in states} == {"completed"}  # what papermill leaves
    assert saved(work)["metadata"]["papermill"]["exception"] is None
    mark_failed(work / "report.ipynb", failure)
    cells = [cell for cell in saved(work)["cells"] if "papermill-error" not in str(cell)]
    assert [cell["metadata"]["papermill"]["status"] for cell in cells][-2:] == ["failed", "pending"]
    assert saved(work)["metadata"]["papermill"]["exception"] is True


def test_a_cell_that_runs_too_long_is_a_failure(work: Path) -> None:
    stage, what, number = failed(work, good("gap", WAIT), cell=1)
    assert (stage, number) == ("time", 6)
    assert "longer than 1 s" in what


def test_a_notebook_without_its_marker_is_a_failure(work: Path) -> None:
    stage, what, number = failed(work, good("gap")[:-1])
    assert (stage, number) == ("results", None)
    assert "completion marker" in what


def test_a_marker_with_a_wrong_digest_is_a_failure(work: Path) -> None:
    spoil = '(folder / "results.csv").write_text("changed afterwards")'
    stage, what, _ = failed(work, [*good("gap"), spoil])
    assert stage == "results"
    assert "results.csv is not the file" in what


def test_a_report_of_another_group_is_a_failure(work: Path) -> None:
    stage, what, _ = failed(work, good("gap", "group_id = 2"))
    assert stage == "results"
    assert "says subject '2', not '1'" in what


def test_a_page_that_cannot_be_made_is_a_failure(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no template")

    monkeypatch.setattr("analysis.runs.html.write_page", broken)
    stage, what, _ = failed(work, good("gap"))
    assert stage == "page"
    assert "no template" in what


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Make kernels start or not, in this order; the list shrinks with every attempt."""
    order: list[bool] = []
    usual = OwnKernelManager.format_kernel_cmd

    def command(self: OwnKernelManager, extra_arguments: list[str] | None = None) -> list[str]:
        return usual(self, extra_arguments) if order.pop(0) else ["false"]

    monkeypatch.setattr(OwnKernelManager, "format_kernel_cmd", command)
    return order


def test_a_kernel_that_does_not_start_is_tried_once_more(work: Path, starts: list[bool]) -> None:
    starts += [False, True]
    assert performed(work, good("gap")) is None
    assert starts == []


def test_a_kernel_that_does_not_start_twice_is_a_failure(work: Path, starts: list[bool]) -> None:
    starts += [False, False, True]
    stage, _, number = failed(work, good("gap"))
    assert (stage, number) == ("kernel", None)
    assert starts == [True]


def test_a_kernel_that_dies_later_is_not_tried_again(work: Path, starts: list[bool]) -> None:
    starts += [True, True]
    assert failed(work, good("gap", DIE))[0] == "kernel"
    assert starts == [True]
