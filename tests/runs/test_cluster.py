"""A run on a real Dask cluster: a scheduler and workers, all on loopback."""

from __future__ import annotations

import os
import pickle
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from analysis.errors import UserError, UserErrors
from analysis.runs.cluster import Patience, run_all
from analysis.runs.execute import Order
from analysis.runs.job import Job
from analysis.runs.signals import Stop, interruptible
from tests.runs.cluster.orders import ALL, ENGINE, Finished, left_by, orders
from tests.runs.cluster.processes import ROOT, Cluster, Process, cluster
from tests.runs.making import made
from tests.runs.project import good, only_for, write_project

needs_dask = pytest.mark.skipif(
    find_spec("distributed") is None,
    reason="Dask is not installed: python -m pip install 'plan155[scale]'",
)
pytestmark = [pytest.mark.e2e]

SHORT = Patience(connection=5, scheduler=20, workers=2, arrival=60)

HANG = """
import os, pathlib, threading
flag = pathlib.Path({flag!r})
if not flag.exists():
    flag.touch()
    pipe = open({pipe!r}, "w")
    pipe.write(os.environ["WORKER"] + "\\n")
    pipe.flush()
    threading.Event().wait()
"""
"""Says which worker it is on and waits for ever; when it is run again it does neither."""


@dataclass(frozen=True)
class Hanging:
    """A project whose gap report on group 2 hangs the first time, and the pipe on which it says so.

    The process that runs the notebook holds the pipe open as long as it lives.
    """

    root: Path
    orders: list[Order]

    def worker(self) -> str:
        """Which worker the notebook hangs on, once it does."""
        with self.pipe.open(encoding="utf-8") as pipe:
            return pipe.readline().strip()

    @property
    def pipe(self) -> Path:
        return self.root / "pipe"


@pytest.fixture
def hanging(tmp_path: Path) -> Hanging:
    root = tmp_path / "project"
    root.mkdir()
    os.mkfifo(root / "pipe")
    cell = HANG.format(flag=str(root / "flag"), pipe=str(root / "pipe"))
    write_project(root, gap=good("gap", only_for(2, cell)))
    return Hanging(root, orders(root, ".work-there"))


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(tmp_path / "cluster") as here:
        for number in range(2):
            here.add("--no-nanny", environment={"WORKER": str(number)})
        yield here


@dataclass(frozen=True)
class Story:
    """The same jobs done here and on a cluster; one of them fails."""

    here: Finished
    there: Finished
    root: Path
    cluster: Cluster


HERE = """
import pickle, sys
from pathlib import Path
from analysis.runs import pool
from analysis.runs.signals import interruptible
from tests.runs import light
from tests.runs.cluster.orders import ENGINE, Finished, orders
root, told = map(Path, sys.argv[1:])
finished = Finished()
light.use()
pool.warm_up(ENGINE)
with interruptible() as stop:
    pool.run_all(orders(root, ".work-here"), 2, finished, stop)
told.write_bytes(pickle.dumps(finished))
"""


def done_here(root: Path) -> Finished:
    """What a local run makes of the jobs, in a fresh process that can be made warm."""
    told = root / "told"
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", HERE, str(root), str(told)]
    subprocess.run(command, check=True, env=environment, timeout=120)
    finished: Finished = pickle.loads(told.read_bytes())
    return finished


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    root = write_project(
        tmp_path_factory.mktemp("project"),
        gap=good("gap", only_for(3, "raise ValueError('bad value')")),
    )
    there = Finished()
    with cluster(tmp_path_factory.mktemp("cluster")) as dask, interruptible() as stop:
        dask.add("--no-nanny")
        dask.add("--nanny")  # which makes the worker a process that may have no children
        run_all(orders(root, ".work-there"), dask.address, there, stop)
        yield Story(done_here(root), there, root, dask)


@needs_dask
def test_all_reports_of_a_cluster_arrive(story: Story) -> None:
    assert {*story.there.ended} == {job.id for job in ALL}
    assert story.there.failures == {"vi-gap-03": "cell"}


@needs_dask
@pytest.mark.parametrize("job", ALL, ids=lambda job: job.id)
def test_reports_are_those_of_a_local_run_but_for_times(story: Story, job: Job) -> None:
    there = left_by(story.root / "outputs" / ".work-there" / job.id)
    assert "report.ipynb" in there
    assert there == left_by(story.root / "outputs" / ".work-here" / job.id)


@needs_dask
def test_jobs_end_as_they_do_here(story: Story) -> None:
    def told(finished: Finished) -> dict[str, object]:
        return {name: (one.failure, one.texts) for name, one in finished.ended.items()}

    assert told(story.there) == told(story.here)
    assert {one.engine for one in story.there.ended.values()} == {ENGINE}


@needs_dask
def test_a_job_brings_its_log(story: Story) -> None:
    log = story.root / "outputs" / ".work-there" / "vi-gap-03" / "log.txt"
    assert "ValueError: bad value" in log.read_text()


@needs_dask
def test_each_worker_gets_the_data_once_and_some_of_the_jobs(story: Story) -> None:
    told = ["".join(worker.said) for worker in story.cluster.workers]
    assert [one.count("'take_in'") for one in told] == [1, 1]


@needs_dask
def test_nothing_of_a_run_is_left_on_the_workers(story: Story) -> None:
    assert story.cluster.left() == []


@needs_dask
def test_the_jobs_of_a_worker_that_is_killed_are_done_by_another(
    two: Cluster, hanging: Hanging
) -> None:
    def kill() -> Process:
        victim = two.workers[int(hanging.worker())]
        victim.kill()
        return victim

    finished = Finished()
    with ThreadPoolExecutor(1) as aside, interruptible() as stop:
        killed = aside.submit(kill)
        run_all(hanging.orders, two.address, finished, stop, SHORT)
        assert killed.result().process.poll() is not None
    assert {*finished.ended} == {job.id for job in ALL}
    assert (finished.failures, finished.times) == ({}, 6)
    assert all((one.folder / "report.html").is_file() for one in hanging.orders)


@needs_dask
def test_the_job_of_a_worker_that_falls_silent_is_done_by_another(
    tmp_path: Path, hanging: Hanging
) -> None:
    lets_go = {"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "3s"}  # 5 minutes if nothing is said
    finished = Finished()
    with (
        cluster(tmp_path / "cluster", lets_go) as dask,
        ThreadPoolExecutor(1) as aside,
        interruptible() as stop,
    ):
        workers = [dask.add("--no-nanny", environment={"WORKER": str(n)}) for n in range(2)]

        def freeze() -> None:
            workers[int(hanging.worker())].freeze()

        frozen = aside.submit(freeze)
        run_all(hanging.orders, dask.address, finished, stop, SHORT)
        frozen.result()
    assert (len(finished.ended), finished.failures) == (len(ALL), {})


@needs_dask
def test_a_worker_that_does_not_answer_at_the_start_is_named(tmp_path: Path) -> None:
    given = orders(write_project(tmp_path / "project"), ".work-there")
    with cluster(tmp_path / "cluster") as dask, interruptible() as stop:
        dask.add("--no-nanny")
        silent = dask.add("--no-nanny")
        silent.freeze()
        with pytest.raises(UserErrors, match="no answer within 2 s") as refused:
            run_all(given, dask.address, Finished(), stop, Patience(scheduler=2))
    assert [one.where for one in refused.value.errors] == [silent.address]


@needs_dask
def test_a_worker_that_comes_later_is_given_work(two: Cluster, hanging: Hanging) -> None:
    def replace_all() -> None:
        hanging.worker()
        for worker in [*two.workers]:
            worker.kill()
        two.add("--no-nanny", environment={"WORKER": "2"})

    finished = Finished()
    with ThreadPoolExecutor(1) as aside, interruptible() as stop:
        replaced = aside.submit(replace_all)
        run_all(hanging.orders, two.address, finished, stop, Patience(workers=60))
        replaced.result()
    assert (len(finished.ended), finished.failures) == (6, {})


@needs_dask
def test_without_a_worker_left_the_run_ends_with_an_error_and_keeps_what_is_finished(
    two: Cluster, hanging: Hanging
) -> None:
    def kill_all() -> None:
        hanging.worker()
        for worker in two.workers:
            worker.kill()

    finished = Finished()
    with ThreadPoolExecutor(1) as aside, interruptible() as stop:
        killed = aside.submit(kill_all)
        with pytest.raises(UserError, match="all workers of the Dask cluster were lost"):
            run_all(hanging.orders, two.address, finished, stop, SHORT)
        killed.result()
    assert "vi-gap-02" not in finished.ended
    assert finished.failures == {}


@needs_dask
def test_a_scheduler_that_is_lost_ends_the_run_with_an_error(
    two: Cluster, hanging: Hanging
) -> None:
    def kill() -> None:
        hanging.worker()
        two.scheduler.kill()

    finished = Finished()
    with ThreadPoolExecutor(1) as aside, interruptible() as stop:
        killed = aside.submit(kill)
        with pytest.raises(UserError, match="the Dask scheduler was lost") as refused:
            run_all(hanging.orders, two.address, finished, stop, SHORT)
        killed.result()
    assert refused.value.where == two.address
    assert "repeat the run" in refused.value.mend
    assert "vi-gap-02" not in finished.ended
    assert list((hanging.root / "outputs" / ".work-there" / "vi-gap-02").iterdir()) == []


@needs_dask
def test_a_stop_ends_what_is_under_way_and_begins_nothing_more(
    tmp_path: Path, hanging: Hanging
) -> None:
    reading, writing = os.pipe()
    stop, finished = Stop(reading), Finished()

    def interrupt() -> bytes:
        with hanging.pipe.open("rb") as pipe:
            assert pipe.readline() == b"0\n"
            stop.signum = 15
            os.write(writing, b"!")
            return pipe.read()  # until the notebook's process ends

    with cluster(tmp_path / "cluster") as dask, ThreadPoolExecutor(1) as aside:
        dask.add("--no-nanny", environment={"WORKER": "0"})
        interrupted = aside.submit(interrupt)
        run_all(hanging.orders, dask.address, finished, stop, SHORT)
        assert interrupted.result(20) == b""
        assert {*finished.ended} == {"vi-gap-01", "vi-trend-01"}
        assert dask.left() == []
    os.close(reading)
    os.close(writing)


def pretended(folder: Path, name: str, version: str) -> str:
    """A search path on which a library seems to be installed in another release."""
    told = folder / f"{name}-{version}.dist-info"
    told.mkdir(parents=True)
    told.joinpath("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    )
    return f"{folder}{os.pathsep}{ROOT / 'src'}"


def changed(folder: Path, file: str) -> str:
    """A search path on which the project's code differs in one file."""
    shutil.copytree(ROOT / "src" / "analysis", folder / "analysis")
    with (folder / "analysis" / file).open("a", encoding="utf-8") as code:
        code.write("\n")
    return str(folder)


def older(folder: Path) -> str:
    """A search path on which the project's code knows of no cluster."""
    (folder / "analysis").mkdir(parents=True)
    (folder / "analysis" / "__init__.py").write_text("")
    return str(folder)


@needs_dask
def test_workers_that_are_made_of_something_else_are_refused_before_anything_runs(
    tmp_path: Path,
) -> None:
    root, finished = write_project(tmp_path / "project"), Finished()
    given = orders(root, ".work-there")
    paths = (
        pretended(tmp_path / "a", "pandas", "0.0.1"),
        changed(tmp_path / "b", "measures/__init__.py"),
        changed(tmp_path / "c", "words/vi/codes.yaml"),
        older(tmp_path / "d"),
    )
    with cluster(tmp_path / "cluster") as dask, interruptible() as stop:
        others = [dask.add("--no-nanny", environment={"PYTHONPATH": path}) for path in paths]
        dask.add("--no-nanny")
        with pytest.raises(UserErrors) as refused:
            run_all(given, dask.address, finished, stop, SHORT)
        assert all("'take_in'" not in "".join(one.said) for one in dask.workers)
    told = {one.where: one.what for one in refused.value.errors}
    assert {*told} == {one.address for one in others}
    release, code, texts, missing = (told[one.address] for one in others)
    assert "library: pandas: 0.0.1 there, 3." in release
    assert "code: measures: " in code
    assert "code: words, texts: " in texts
    assert missing.startswith("it cannot tell its release of plan155, if it has any: ")
    assert "No module named 'analysis.runs'" in missing.replace("\\", "")
    assert (finished.times, [*given[0].folder.iterdir()]) == (0, [])


@needs_dask
def test_a_worker_that_comes_later_and_is_made_of_something_else_is_left_alone(
    two: Cluster, hanging: Hanging, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def replace_all() -> None:
        hanging.worker()
        path = pretended(tmp_path / "a", "pandas", "0.0.1")
        two.add("--no-nanny", environment={"PYTHONPATH": path})
        for worker in two.workers[:2]:
            worker.kill()

    with ThreadPoolExecutor(1) as aside, interruptible() as stop:
        replaced = aside.submit(replace_all)
        with pytest.raises(UserError, match="all workers of the Dask cluster were lost"):
            run_all(hanging.orders, two.address, Finished(), stop, SHORT)
        replaced.result()
    assert "a worker is left out" in caplog.text
    assert "library: pandas: 0.0.1 there" in caplog.text


@needs_dask
def test_a_scheduler_without_workers_is_refused(tmp_path: Path) -> None:
    given = orders(write_project(tmp_path / "project"), ".work-there")
    with (
        cluster(tmp_path / "cluster") as dask,
        interruptible() as stop,
        pytest.raises(UserError, match="there is no worker on the Dask cluster") as refused,
    ):
        run_all(given, dask.address, Finished(), stop, SHORT)
    assert f"dask worker {dask.address}" in refused.value.mend


def nobody() -> str:
    """An address on loopback at which nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{unused.getsockname()[1]}"


@needs_dask
def test_a_scheduler_that_is_not_there_is_refused(tmp_path: Path) -> None:
    given, address = orders(write_project(tmp_path), ".work-there"), nobody()
    with (
        interruptible() as stop,
        pytest.raises(UserError, match="the Dask scheduler cannot be reached") as refused,
    ):
        run_all(given, address, Finished(), stop, Patience(connection=1))
    assert refused.value.where == address
    assert "--scheduler tcp://HOST:8786" in refused.value.mend


@needs_dask
@pytest.mark.parametrize("address", ["127.0.0.1:8786", "tcp://127.0.0.1", "pigeon://a:1", "", "5"])
def test_what_is_no_address_is_refused(tmp_path: Path, address: str) -> None:
    given = orders(write_project(tmp_path), ".work-there")
    with (
        interruptible() as stop,
        pytest.raises(UserError, match="is not the address of a Dask scheduler") as refused,
    ):
        run_all(given, address, Finished(), stop)
    assert refused.value.where == "--scheduler"


def test_without_dask_a_cluster_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    given = orders(write_project(tmp_path), ".work-there")
    with interruptible() as stop, pytest.raises(UserError, match="Dask, which is not installed"):
        run_all(given, "tcp://127.0.0.1:1", Finished(), stop)


@needs_dask
def test_a_whole_run_on_a_cluster_publishes_as_one_here_does(two: Cluster, tmp_path: Path) -> None:
    root = write_project(tmp_path / "project")
    result = made(root, scheduler=two.address, engine=ENGINE)
    assert (result.exit_code, result.count("done")) == (0, 6)
    assert made(root).count("fresh") == 6
    assert (root / "outputs" / "vi" / "gap-03" / "report.html").is_file()
