"""Who gets which job, on a cluster that loses workers when a test says so."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import UserError, UserErrors
from analysis.runs.cluster import Patience, dispatch, likeness
from analysis.runs.cluster.dispatch import ATTEMPTS, Dispatcher, LostError
from analysis.runs.cluster.parcels import Answer, Cargo, packed
from analysis.runs.execute import Ended, Order
from tests.runs.cluster.orders import ALL, Finished, orders
from tests.runs.project import write_project

LIKE = {"library: dask": "1"}


@dataclass
class Pretended:
    """A cluster in this process: a job is done when it is asked for.

    ``loses`` says whether a worker is lost with a job; then a new one may come in its place.
    """

    there: dict[str, int]
    loses: Callable[[str, str], bool] = lambda _, __: False
    comes: Iterable[str] = ()
    made: Mapping[str, Any] = field(default_factory=dict)
    cannot: Mapping[str, Exception] = field(default_factory=dict)
    scheduler: str = "tcp://scheduler:1"
    taken_in: list[str] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    most: int = 0
    _running: int = 0

    async def workers(self) -> Mapping[str, int]:
        return dict(self.there)

    async def scheduler_made_of(self) -> Any:
        return self.made.get(self.scheduler, LIKE)

    async def made_of(self, workers: Iterable[str]) -> Mapping[str, Any]:
        return {one: self.made.get(one, LIKE) for one in workers}

    async def take_in(self, workers: Iterable[str], cargo: Cargo) -> Mapping[str, Any]:
        assert cargo.whole
        self.taken_in += workers
        return {one: self.cannot.get(one) for one in workers}

    async def perform(self, worker: str, name: str, order: bytes) -> Answer:
        wanted: Order = pickle.loads(order)
        assert (wanted.job.id, wanted.folder.is_absolute()) == (name, False)
        self._running += 1
        self.most = max(self.most, self._running)
        await asyncio.sleep(0)
        self._running -= 1
        self.done.append((worker, name))
        if self.loses(worker, name):
            del self.there[worker]
            self.there.update(dict.fromkeys([*self.comes][:1], 1))
            self.comes = [*self.comes][1:]
            raise LostError(worker)
        return Answer(Ended(None, "warm"), 1.0, packed({"report.html": name.encode()}))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "LOOK", 0)
    monkeypatch.setattr(likeness, "made_of", lambda: dict(LIKE))
    monkeypatch.setattr(likeness, "of_carriers", dict)


@pytest.fixture
def given(tmp_path: Path) -> list[Order]:
    return orders(write_project(tmp_path), ".work")


def run(cluster: Pretended, given: list[Order], finish: Callable[..., None]) -> None:
    work = Dispatcher(cluster, given, finish, Patience(workers=0)).run()
    asyncio.run(asyncio.wait_for(work, 20))


def test_every_job_is_done_once_and_its_files_lie_in_its_folder(given: list[Order]) -> None:
    cluster, finished = Pretended({"a": 1, "b": 1}), Finished()
    run(cluster, given, finished)
    assert sorted(name for _, name in cluster.done) == sorted(job.id for job in ALL)
    assert finished.times == len(ALL)
    for one in given:
        assert (one.folder / "report.html").read_text() == one.job.id


def test_each_worker_takes_the_data_in_once_and_has_work(given: list[Order]) -> None:
    cluster = Pretended({"a": 1, "b": 1})
    run(cluster, given, Finished())
    assert sorted(cluster.taken_in) == ["a", "b"]
    assert {worker for worker, _ in cluster.done} == {"a", "b"}


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_a_worker_has_as_many_jobs_as_threads(given: list[Order], threads: int) -> None:
    cluster = Pretended({"a": threads})
    run(cluster, given, Finished())
    assert cluster.most == threads


def test_the_job_of_a_lost_worker_is_done_by_another(given: list[Order]) -> None:
    cluster, finished = Pretended({"a": 1, "b": 1}, lambda worker, _: worker == "a"), Finished()
    run(cluster, given, finished)
    assert (len(finished.ended), finished.failures) == (len(ALL), {})
    assert sum(worker == "a" for worker, _ in cluster.done) == 1


def test_a_worker_that_comes_later_takes_the_data_in_and_has_work(given: list[Order]) -> None:
    cluster, finished = Pretended({"a": 1}, lambda worker, _: worker == "a", ["c"]), Finished()
    run(cluster, given, finished)
    assert cluster.taken_in == ["a", "c"]
    assert (len(finished.ended), finished.failures) == (len(ALL), {})


def test_a_job_with_which_every_worker_is_lost_fails_and_the_others_do_not(
    given: list[Order],
) -> None:
    cluster = Pretended({"w0": 1}, lambda _, name: name == "vi-gap-02", ["w1", "w2", "w3", "w4"])
    finished = Finished()
    run(cluster, given, finished)
    assert finished.failures == {"vi-gap-02": "worker"}
    assert sum(name == "vi-gap-02" for _, name in cluster.done) == ATTEMPTS
    failure = finished.ended["vi-gap-02"].failure
    assert failure is not None
    assert failure.what == ("it was begun 3 times, and its worker was lost each time: w0, w1, w2")
    log = next(one for one in given if one.job.id == "vi-gap-02").folder / "log.txt"
    assert log.read_text() == f"{failure.what}\n"


def test_without_any_worker_left_the_run_ends_and_what_is_finished_stays(
    given: list[Order],
) -> None:
    cluster = Pretended({"a": 1}, lambda _, name: name == "vi-gap-02")
    finished = Finished()
    with pytest.raises(UserError, match="all workers of the Dask cluster were lost"):
        run(cluster, given, finished)
    assert {*finished.ended} == {"vi-gap-01", "vi-trend-01"}


def test_a_cluster_without_workers_is_refused(given: list[Order]) -> None:
    with pytest.raises(UserError, match="there is no worker on the Dask cluster"):
        run(Pretended({}), given, Finished())


def test_one_worker_that_differs_is_refused_before_anything_is_sent(given: list[Order]) -> None:
    cluster = Pretended({"a": 1, "b": 1}, made={"b": {"library: dask": "2"}})
    with pytest.raises(UserErrors, match="library: dask: 2 there, 1 here"):
        run(cluster, given, Finished())
    assert (cluster.taken_in, cluster.done) == ([], [])


def test_a_scheduler_that_differs_is_refused(given: list[Order]) -> None:
    cluster = Pretended({"a": 1}, made={"tcp://scheduler:1": ImportError("analysis")})
    with pytest.raises(UserErrors) as refused:
        run(cluster, given, Finished())
    assert [one.where for one in refused.value.errors] == ["tcp://scheduler:1"]


def test_a_worker_that_cannot_take_the_data_in_is_refused(given: list[Order]) -> None:
    cluster = Pretended({"a": 1, "b": 1}, cannot={"b": OSError("no space")})
    with pytest.raises(UserErrors, match="the worker cannot take in the data: OSError: no space"):
        run(cluster, given, Finished())


def test_a_later_worker_that_differs_is_left_alone(
    given: list[Order], caplog: pytest.LogCaptureFixture
) -> None:
    cluster = Pretended(
        {"a": 1, "b": 1},
        lambda worker, _: worker == "a",
        ["c"],
        made={"c": {"library: dask": "2"}},
    )
    finished = Finished()
    run(cluster, given, finished)
    assert len(finished.ended) == len(ALL)
    assert "c" not in cluster.taken_in
    assert caplog.text.count("a worker is left out") == 1


def test_an_error_of_the_cluster_is_a_failure_of_its_job_alone(given: list[Order]) -> None:
    class Stumbling(Pretended):
        async def perform(self, worker: str, name: str, order: bytes) -> Answer:
            if name == "vi-gap-02":
                raise MemoryError("too much")
            return await super().perform(worker, name, order)

    finished = Finished()
    run(Stumbling({"a": 1}), given, finished)
    assert (len(finished.ended), finished.failures) == (len(ALL), {"vi-gap-02": "worker"})


def test_what_goes_wrong_while_a_report_is_taken_in_ends_the_run(given: list[Order]) -> None:
    def finish(*_: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run(Pretended({"a": 1}), given, finish)
