from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import UserError
from analysis.runs import publish
from analysis.runs.job import Job
from analysis.runs.places import Outputs

JOB = Job("gap", "5", "vi")


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    outputs = Outputs(tmp_path)
    outputs.work.mkdir()
    return outputs


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return folder


def content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_a_report_moves_into_its_place(outputs: Outputs) -> None:
    put(outputs.workplace(JOB), report_html="new")
    publish.publish(outputs, JOB, outputs.workplace(JOB))
    assert content(outputs.place(JOB)) == {"report.html": "new"}
    assert not outputs.workplace(JOB).exists()


def test_nothing_of_the_previous_report_is_left(outputs: Outputs) -> None:
    put(outputs.place(JOB), report_html="old", gone_png="old")
    put(outputs.workplace(JOB), report_html="new")
    publish.publish(outputs, JOB, outputs.workplace(JOB))
    assert content(outputs.place(JOB)) == {"report.html": "new"}
    assert list(outputs.work.iterdir()) == []


def test_success_clears_an_earlier_failure(outputs: Outputs) -> None:
    put(outputs.failed(JOB), log_txt="old")
    put(outputs.workplace(JOB), report_html="new")
    publish.publish(outputs, JOB, outputs.workplace(JOB))
    assert publish.failed(outputs) == ()


def test_a_move_that_fails_brings_the_previous_report_back(outputs: Outputs) -> None:
    put(outputs.place(JOB), report_html="old")
    with pytest.raises(FileNotFoundError):
        publish.publish(outputs, JOB, outputs.workplace(JOB))
    assert content(outputs.place(JOB)) == {"report.html": "old"}


def test_of_a_failed_job_only_notebook_log_and_record_are_kept(outputs: Outputs) -> None:
    put(outputs.place(JOB), report_html="old")
    work = put(outputs.workplace(JOB), report_ipynb="x", log_txt="x", job_json="x", results_csv="x")
    put(work / "figures", one_png="x")
    publish.keep_failed(outputs, JOB, outputs.workplace(JOB))
    assert set(content(outputs.failed(JOB))) == {"report.ipynb", "log.txt", "job.json"}
    assert content(outputs.place(JOB)) == {"report.html": "old"}


def test_a_new_failure_replaces_the_old_one(outputs: Outputs) -> None:
    put(outputs.failed(JOB), report_ipynb="old")
    put(outputs.workplace(JOB), log_txt="new")
    publish.keep_failed(outputs, JOB, outputs.workplace(JOB))
    assert content(outputs.failed(JOB)) == {"log.txt": "new"}


def test_after_a_kill_between_two_moves_the_old_report_comes_back(outputs: Outputs) -> None:
    put(outputs.place(JOB), report_html="old").rename(outputs.retired(JOB))
    put(outputs.workplace(JOB), report_html="half")
    publish.recover(outputs)
    assert content(outputs.place(JOB)) == {"report.html": "old"}
    assert not outputs.work.exists()


def test_what_another_process_left_is_cleared_too(outputs: Outputs) -> None:
    other = outputs.root / ".work-0"
    put(other / f"previous-{JOB.id}", report_html="old")
    outputs.place(JOB).parent.mkdir()
    publish.recover(outputs)
    assert content(outputs.place(JOB)) == {"report.html": "old"}
    assert not other.exists()


def test_after_a_kill_between_two_moves_the_old_results_come_back(outputs: Outputs) -> None:
    put(outputs.results, a_csv="old").rename(outputs.retired_results)
    publish.recover(outputs)
    assert content(outputs.results) == {"a.csv": "old"}
    assert not outputs.work.exists()


def test_after_a_kill_behind_the_moves_the_new_report_stays(outputs: Outputs) -> None:
    put(outputs.retired(JOB), report_html="old")
    put(outputs.place(JOB), report_html="new")
    publish.recover(outputs)
    assert content(outputs.place(JOB)) == {"report.html": "new"}


def test_two_runs_cannot_work_on_the_same_outputs(outputs: Outputs) -> None:
    with (
        publish.exclusive(outputs),
        pytest.raises(publish.LockedError, match="another run"),
        publish.exclusive(outputs),
    ):
        pass


def test_after_a_run_the_next_one_can_start(outputs: Outputs) -> None:
    for _ in range(2):
        with publish.exclusive(outputs):
            assert outputs.work.is_dir()
        assert not outputs.work.exists()


def test_only_folders_with_a_page_count_as_published(outputs: Outputs) -> None:
    put(outputs.place(JOB), report_html="x")
    put(outputs.place(Job("gap", "6", "vi")), log_txt="x")
    put(outputs.root / "failed" / "vi-gap-07", report_html="x")
    assert publish.published(outputs) == (JOB,)


def link(job: Job, hidden: str = "") -> str:
    return f'<li class="sibling" data-report="../../{job.folder}/report.html"{hidden}><a>x</a></li>'


@pytest.mark.parametrize("before", ["", " hidden", ' hidden=""'])
def test_links_are_shown_if_they_lead_somewhere_and_hidden_if_not(
    outputs: Outputs, before: str
) -> None:
    there, absent = Job("trend", "5", "vi"), Job("gap", "5", "en")
    put(outputs.place(JOB), report_html=link(there, before) + link(absent, before))
    put(outputs.place(there), report_html=link(JOB, before))
    publish.tidy_pages(outputs, {})
    page = (outputs.place(JOB) / "report.html").read_text()
    assert page == link(there) + link(absent, " hidden")
    assert (outputs.place(there) / "report.html").read_text() == link(JOB)


NOTICE = '<p class="stale"{}>x</p>'


@pytest.mark.parametrize("before", ["", " hidden", ' hidden=""'])
def test_a_page_that_should_have_been_made_anew_says_so(outputs: Outputs, before: str) -> None:
    other = Job("gap", "6", "vi")
    for job in (JOB, other):
        put(outputs.place(job), report_html=NOTICE.format(before))
    publish.tidy_pages(outputs, {JOB: True, other: False})
    assert (outputs.place(JOB) / "report.html").read_text() == NOTICE.format("")
    assert (outputs.place(other) / "report.html").read_text() == NOTICE.format(" hidden")


def test_being_locked_out_has_an_exit_code_of_its_own() -> None:
    assert (publish.LockedError.exit_code, UserError.exit_code) == (3, 2)
