"""The run as a whole, with real processes and kernels."""

from __future__ import annotations

import hashlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

import jsonschema
import pytest

from analysis.errors import UserError
from analysis.runs.runner import Run
from analysis.runs.settings import Limits
from analysis.runs.summary import RunRecord
from tests.runs.making import a_table, made
from tests.runs.pages import dead_links
from tests.runs.project import good, only_for, write_package, write_project

ROOT = Path(__file__).parents[2]
DIE = "import os; os._exit(1)"
WAIT = "import threading; threading.Event().wait()"
ENVIRONMENT = """\
import os, sys
texts["results.json"] = json.dumps({
    "python": sys.executable,
    "threads": os.environ["OMP_NUM_THREADS"],
    "backend": os.environ["MPLBACKEND"],
    "data": (folder / data / "datapackage.json").is_file(),
})
(folder / "results.json").write_text(texts["results.json"])
"""


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(frozen=True)
class Story:
    """Two runs on one project: all is well, then two of six notebooks fail."""

    outputs: Path
    first: RunRecord
    second: RunRecord
    before: dict[str, str]

    def job(self, identity: str) -> dict[str, Any]:
        jobs: list[dict[str, Any]] = self.second.content["jobs"]
        return next(job for job in jobs if job["id"] == identity)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    root = write_project(tmp_path_factory.mktemp("project"), trend=good("trend", ENVIRONMENT))
    first = made(root)
    before = digests(root / "outputs")
    fails = [only_for(2, "raise ValueError('bad value')"), only_for(3, DIE)]
    write_project(root, trend=good("trend", ENVIRONMENT), gap=good("gap", *fails))
    write_package(root, version="2.0.0")
    second = made(root, force=True)
    return Story(root / "outputs", first, second, before)


def test_a_good_run_exits_with_zero_and_a_failed_one_with_one(story: Story) -> None:
    assert (story.first.exit_code, story.second.exit_code) == (0, 1)


def test_every_report_has_all_its_files(story: Story) -> None:
    names = {path.removeprefix("vi/gap-01/") for path in story.before if "vi/gap-01/" in path}
    assert names == {
        *("report.ipynb", "report.html", "results.csv", "results.json", "figures/one.txt"),
        *("done.json", "job.json", "log.txt"),
    }


def test_every_job_has_its_report(story: Story) -> None:
    reports = [path for path in story.before if path.endswith("report.html")]
    assert len(reports) == story.first.count("done") == 6


def test_a_failure_does_not_stop_the_others(story: Story) -> None:
    statuses = {job["id"]: job["status"] for job in story.second.content["jobs"]}
    assert {name for name, status in statuses.items() if status == "failed"} == {
        "vi-gap-02",
        "vi-gap-03",
    }
    assert story.second.count("done") == 4


def test_the_good_report_of_before_is_still_there_byte_for_byte(story: Story) -> None:
    for name in ("vi/gap-02", "vi/gap-03"):
        old = {path: sha for path, sha in story.before.items() if path.startswith(f"{name}/")}
        now = {f"{name}/{path}": sha for path, sha in digests(story.outputs / name).items()}
        page = f"{name}/report.html"  # it says now that it was kept
        assert now.keys() == old.keys()
        assert {path for path in old if now[path] != old[path]} == {page}


def test_a_report_that_was_kept_says_so(story: Story) -> None:
    for name, says in (("gap-02", True), ("gap-01", False)):
        page = (story.outputs / "vi" / name / "report.html").read_text()
        assert ('<p class="stale">' in page) is says
        assert ('<p class="stale" hidden>' in page) is not says


def test_a_good_report_is_replaced_by_the_new_one(story: Story) -> None:
    record = json.loads((story.outputs / "vi" / "gap-01" / "job.json").read_text())
    assert record["data"]["version"] == "2.0.0"


def test_a_failed_notebook_is_kept_with_its_log_and_nothing_else(story: Story) -> None:
    assert set(digests(story.outputs / "failed" / "vi-gap-03")) == {
        *("report.ipynb", "log.txt", "job.json"),
    }


def test_a_failed_notebook_says_so_on_top(story: Story) -> None:
    notebook = json.loads((story.outputs / "failed" / "vi-gap-03" / "report.ipynb").read_text())
    assert "not published" in notebook["cells"][0]["source"]


def test_the_record_tells_why_and_where(story: Story) -> None:
    raised, died = story.job("vi-gap-02")["failure"], story.job("vi-gap-03")["failure"]
    assert raised == {"stage": "cell", "what": "ValueError: bad value", "cell": 6}
    assert (died["stage"], died["cell"]) == ("kernel", 7)


def test_the_log_tells_what_happened(story: Story) -> None:
    log = (story.outputs / "failed" / "vi-gap-02" / "log.txt").read_text()
    assert "ValueError: bad value" in log


@pytest.mark.parametrize("which", ["first", "second"])
def test_the_record_follows_its_schema(story: Story, which: str) -> None:
    schema = json.loads(files("analysis.runs").joinpath("run.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(getattr(story, which).content, schema)


def test_the_record_is_written_down(story: Story) -> None:
    assert json.loads((story.outputs / "run.json").read_text()) == story.second.content


def test_the_record_of_a_report_is_that_of_the_run(story: Story) -> None:
    record = json.loads((story.outputs / "vi" / "gap-01" / "job.json").read_text())
    assert set(record) - set(story.job("vi-gap-01")) == {"made", "seal"}
    assert record.items() >= story.job("vi-gap-01").items()


def test_no_link_of_any_page_is_dead(story: Story) -> None:
    pages = [story.outputs / "index.html", *story.outputs.glob("*/*/report.html")]
    assert len(pages) == 7
    assert [dead_links(page) for page in pages] == [[]] * 7


def test_the_other_kind_of_report_is_linked_and_the_other_language_is_not(story: Story) -> None:
    page = (story.outputs / "vi" / "gap-01" / "report.html").read_text()
    assert 'data-report="../../vi/trend-01/report.html">' in page
    assert 'data-report="../../en/gap-01/report.html" hidden>' in page


def test_the_index_tells_of_failures_and_of_what_was_kept(story: Story) -> None:
    page = (story.outputs / "index.html").read_text()
    assert page.count("giữ nguyên") == 2
    assert "failed/vi-gap-02/report.ipynb" in page


def test_notebooks_run_in_this_python_with_one_thread_and_find_the_data(story: Story) -> None:
    told = json.loads((story.outputs / "vi" / "trend-01" / "results.json").read_text())
    assert told == {
        "python": sys.executable,
        "threads": "1",
        "backend": "module://matplotlib_inline.backend_inline",
        "data": True,
    }


def test_no_workplace_is_left(story: Story) -> None:
    assert list(story.outputs.glob(".work*")) == []


def test_nothing_published_says_where_it_was_made(story: Story) -> None:
    place = str(story.outputs.parent).encode()
    texts = [path for path in story.outputs.rglob("*") if path.is_file() and path.name != "log.txt"]
    assert [path for path in texts if place in path.read_bytes()] == []


def test_a_run_of_one_group_leaves_the_others_and_the_index_lists_all(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    made(root, groups=("1",), kinds=("gap",))
    made(root, groups=("2",), kinds=("gap",), language="en")
    page = (root / "outputs" / "index.html").read_text()
    assert "vi/gap-01/report.html" in page
    assert "en/gap-02/report.html" in page


def broken(folder: Path) -> str:
    a_table(folder)
    raise ValueError("no such column\nand more")


def test_the_results_are_published_and_recorded(story: Story) -> None:
    results = story.second.content["results"]
    assert (results["status"], results["folder"], results["failure"]) == ("done", "results", None)
    assert results["parameters"] == {"as_of": "2026-03-01", "base_year": 2020}
    assert results["files"] == digests(story.outputs / "results")


def test_results_that_cannot_be_made_fail_the_run_and_leave_those_of_before(
    tmp_path: Path,
) -> None:
    root = write_project(tmp_path)
    made(root, kinds=("gap",), groups=("1",))
    result = made(root, results=broken, force=True, kinds=("gap",), groups=("1",))
    outputs, results = root / "outputs", result.content["results"]
    assert (result.exit_code, result.content["status"], results["status"]) == (
        1,
        "failed",
        "failed",
    )
    assert result.count("done") == 1
    assert results["failure"] == {
        "stage": "results", "what": "ValueError: no such column", "cell": None,
    }  # fmt: skip
    assert (outputs / "results" / "results_gap.csv").read_text() == "a\n1\n"
    assert "and more" in (outputs / results["folder"] / "log.txt").read_text()
    assert "failed/results/log.txt" in (outputs / "index.html").read_text()
    schema = json.loads(files("analysis.runs").joinpath("run.schema.json").read_text())
    jsonschema.validate(result.content, schema)


def test_a_notebook_that_overruns_is_ended_and_the_others_go_on(tmp_path: Path) -> None:
    root = write_project(tmp_path, gap=good("gap", only_for(1, WAIT)))
    result = made(root, Limits(notebook=20), kinds=("gap",), groups=("1", "2"))
    slow, other = result.content["jobs"]
    assert slow["failure"]["stage"] == "time"
    assert "longer than 20 s" in slow["failure"]["what"]
    assert other["status"] == "done"
    assert (root / "outputs" / "failed" / "vi-gap-01" / "report.ipynb").is_file()


def test_a_worker_that_is_killed_is_a_failure_of_its_job_alone(tmp_path: Path) -> None:
    kill_the_worker = "import os, signal; os.kill(os.getppid(), signal.SIGKILL)"
    root = write_project(tmp_path, gap=good("gap", only_for(1, f"{kill_the_worker}\n{WAIT}")))
    killed, other = made(root, kinds=("gap",), groups=("1", "2")).content["jobs"]
    assert killed["failure"]["stage"] == "worker"
    assert "signal 9" in killed["failure"]["what"]
    assert other["status"] == "done"


SCRIPT = """
import sys
from pathlib import Path
from tests.runs import light
from tests.runs.making import made
light.use()
sys.exit(made(Path(sys.argv[1])).exit_code)
"""


@contextmanager
def under_way(root: Path) -> Iterator[tuple[subprocess.Popen[str], IO[bytes]]]:
    """A run whose notebook for group 2 hangs; gives the process, and what its kernel writes to.

    The kernel holds the pipe open as long as it lives.
    """
    os.mkfifo(root / "pipe")
    hang = f"pipe = open({str(root / 'pipe')!r}, 'w'); pipe.write('here\\n'); pipe.flush()\n{WAIT}"
    write_project(root, gap=good("gap", only_for(2, hang)))
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-c", SCRIPT, str(root)]
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process,
        (root / "pipe").open("rb", buffering=0) as pipe,
    ):
        assert pipe.readline() == b"here\n"
        yield process, pipe


def ended(pipe: IO[bytes]) -> bool:
    """Whether the kernel at the other end of the pipe is gone; waits a minute at most."""
    return bool(select.select([pipe], [], [], 60)[0]) and pipe.read() == b""


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_all_and_publishes_nothing_by_halves(
    tmp_path: Path, signum: signal.Signals, code: int
) -> None:
    with under_way(tmp_path) as (process, pipe):
        process.send_signal(signum)
        assert process.wait() == code
        assert ended(pipe)
    record = json.loads((tmp_path / "outputs" / "run.json").read_text())
    statuses = {job["id"]: job["status"] for job in record["jobs"]}
    assert record["status"] == "interrupted"
    assert statuses["vi-gap-02"] == "not_run"
    assert record["results"]["status"] == "done"  # they were made beside the reports
    assert record["results"]["files"] == digests(tmp_path / "outputs" / "results")
    for identity, status in statuses.items():
        folder = tmp_path / "outputs" / identity.replace("-", "/", 1)
        assert (folder / "report.html").is_file() == (status == "done")
    assert list((tmp_path / "outputs").glob(".work*")) == []


def test_if_the_run_itself_is_killed_its_workers_and_kernels_end(tmp_path: Path) -> None:
    with under_way(tmp_path) as (process, pipe):
        process.kill()
        assert process.wait() == -signal.SIGKILL
        assert ended(pipe)


def test_what_a_killed_run_left_does_not_hinder_the_next(tmp_path: Path) -> None:
    with under_way(tmp_path) as (process, pipe):
        process.kill()
        assert ended(pipe)
    write_project(tmp_path)
    assert made(tmp_path, groups=("2",)).exit_code == 0


def test_bad_data_end_the_reports_that_were_begun_and_nothing_is_touched(tmp_path: Path) -> None:
    root = write_project(tmp_path, gap=good("gap"))
    made(root)
    before = digests(root / "outputs")
    write_project(tmp_path, gap=good("gap", WAIT))

    def refuse(_: Run) -> None:
        raise UserError("the data are bad", "data", "mend them")

    with pytest.raises(UserError, match="the data are bad"):
        made(root, check=refuse, force=True)
    assert digests(root / "outputs") == before


def test_no_report_comes_to_its_place_before_the_data_are_found_good(tmp_path: Path) -> None:
    root = write_project(tmp_path, gap=good("gap"))
    seen: list[list[Path]] = []

    def look(this: Run) -> None:
        ended = this.outputs.work
        while not list(ended.glob("*/done.json")):
            time.sleep(0.05)
        time.sleep(1)
        seen.append(list(root.glob("outputs/vi/*")))

    assert made(root, check=look, workers=1).exit_code == 0
    assert seen == [[]]
    assert len(list(root.glob("outputs/vi/*"))) == 6
