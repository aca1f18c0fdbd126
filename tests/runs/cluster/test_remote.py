"""What a worker does for a run, without Dask: with the real process beside it."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from analysis.runs.cluster import remote
from analysis.runs.cluster.host import Host
from analysis.runs.cluster.parcels import Answer, loaded, unpack
from analysis.runs.cluster.remote import NotHereError
from analysis.runs.execute import Order
from analysis.runs.settings import Limits
from tests.runs.cluster.orders import ALL, orders
from tests.runs.cluster.processes import PATHS
from tests.runs.project import good, only_for, write_project

WAIT = "import threading; threading.Event().wait()"


@dataclass
class Worker:
    """What Dask passes of a worker."""

    local_directory: str


@dataclass
class There:
    """A worker that has taken in a project whose reports on groups 2 and 3 do not come to be."""

    place: Path
    orders: list[Order]

    def order(self, identity: str) -> Order:
        return next(one for one in self.orders if one.job.id == identity)

    def perform(self, order: Order) -> Answer:
        return remote.perform("run", pickle.dumps(order))


@pytest.fixture(autouse=True)
def _light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", PATHS)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[There]:
    cells = [only_for(2, "1 / 0"), only_for(3, WAIT)]
    root = write_project(tmp_path / "client", gap=good("gap", *cells))
    place = tmp_path / "worker"
    place.mkdir()
    cargo, sent = loaded(orders(root, ".work", ALL))
    asyncio.run(remote.take_in("run", cargo, Worker(str(place))))
    yield There(place, sent)
    asyncio.run(remote.leave("run"))
    assert [*place.iterdir()] == []


@pytest.mark.e2e
def test_a_job_comes_back_with_its_files(there: There, tmp_path: Path) -> None:
    answer = there.perform(there.order("vi-gap-01"))
    unpack(answer.content, tmp_path / "back")
    assert answer.ended.failure is None
    assert answer.seconds > 0
    assert {"report.html", "report.ipynb", "results.csv", "log.txt"} <= {
        path.name for path in (tmp_path / "back").iterdir()
    }


@pytest.mark.e2e
def test_a_failure_and_a_limit_are_those_of_the_pool(there: There) -> None:
    failed = there.perform(there.order("vi-gap-02")).ended.failure
    late = there.perform(replace(there.order("vi-gap-03"), limits=Limits(cell=1))).ended.failure
    assert failed is not None
    assert (failed.stage, failed.what) == ("cell", "ZeroDivisionError: division by zero")
    assert late is not None
    assert (late.stage, late.what) == ("time", "ran longer than 1 s, the limit for one cell")


@pytest.mark.e2e
def test_a_job_can_be_done_a_second_time(there: There) -> None:
    answers = [there.perform(there.order("vi-trend-01")) for _ in range(2)]
    assert [one.ended.failure for one in answers] == [None, None]


@pytest.mark.e2e
def test_if_the_process_beside_is_killed_the_worker_says_that_it_cannot(there: There) -> None:
    beside = remote.BESIDE["run"]
    os.kill(beside._process.pid, signal.SIGKILL)
    with pytest.raises(NotHereError, match="the process beside the worker has ended"):
        there.perform(there.order("vi-gap-01"))
    for path in there.place.rglob("*"):
        if path.is_file():
            path.unlink()  # nobody is left to do so
    remote.BESIDE.pop("run")
    for folder in sorted(there.place.rglob("*"), reverse=True):
        folder.rmdir()


def test_a_worker_that_has_taken_nothing_in_cannot_do_a_job() -> None:
    with pytest.raises(NotHereError, match="has not taken in the data"):
        remote.perform("another run", b"")


def test_a_damaged_cargo_is_not_taken_in(tmp_path: Path) -> None:
    cargo, _ = loaded(orders(write_project(tmp_path), ".work"))
    damaged = replace(cargo, content=cargo.content + b"x")
    with pytest.raises(NotHereError, match="did not arrive as they were sent"):
        asyncio.run(remote.take_in("run", damaged, Worker(str(tmp_path))))


@pytest.mark.e2e
def test_a_place_that_does_not_exist_is_told(tmp_path: Path) -> None:
    cargo, _ = loaded(orders(write_project(tmp_path), ".work"))
    with pytest.raises(NotHereError, match="did not start"):
        asyncio.run(remote.take_in("run", cargo, Worker(str(tmp_path / "nowhere"))))
    assert "run" not in remote.BESIDE


def test_a_host_without_a_job_ends_by_itself(tmp_path: Path) -> None:
    from multiprocessing import Pipe

    ours, theirs = Pipe()
    with ours, theirs:
        Host(theirs, tmp_path).serve(idle=0)
        assert not ours.poll()


def test_a_host_ends_when_its_worker_is_no_more(tmp_path: Path) -> None:
    from multiprocessing import Pipe

    ours, theirs = Pipe()
    ours.close()
    with theirs:
        Host(theirs, tmp_path).serve()
