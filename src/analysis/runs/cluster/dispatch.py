"""Who gets which job, and what happens when a worker is lost.

The jobs wait here, and a worker is given one when it is free, as in the pool: left to Dask, a job
could come to a worker that nobody has looked at, and a worker that fails at once would draw all
of them.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from analysis.errors import UserError, raise_all
from analysis.runs.accept import LOG as LOG_FILE
from analysis.runs.cluster import Patience, likeness
from analysis.runs.cluster.parcels import Answer, Cargo, loaded, unpack
from analysis.runs.execute import Ended, Order
from analysis.runs.failure import Failure
from analysis.runs.job import Job
from analysis.runs.keys import Digests
from analysis.runs.pool import Finish

ATTEMPTS: Final = 3
"""How often a job is begun whose worker is lost each time."""

LOOK: Final = 0.5
"""Seconds between two looks at which workers are there."""

AGAIN: Final = "then repeat the run: what is finished is not made again"

LOG = logging.getLogger(__name__)


class LostError(Exception):
    """A worker is lost, or what it had taken in."""


def lost_scheduler(address: str, why: str) -> UserError:
    """Return the error for a scheduler that does not answer any more."""
    mend = f"see the scheduler's log, start it again with its workers, and {AGAIN}"
    return UserError(f"the Dask scheduler was lost: {why}", address, mend)


class Workers(Protocol):
    """What is needed of a cluster; :class:`analysis.runs.cluster.connection.Cluster` has it."""

    @property
    def scheduler(self) -> str:
        """The address of the scheduler."""

    async def workers(self) -> Mapping[str, int]:
        """Return how many threads each worker has, by its address."""

    async def scheduler_made_of(self) -> Digests | BaseException:
        """Return what the scheduler is made of, or why it cannot say."""

    async def made_of(self, workers: Iterable[str]) -> Mapping[str, Digests | BaseException]:
        """Return what each worker is made of, or why it cannot say."""

    async def take_in(
        self, workers: Iterable[str], cargo: Cargo
    ) -> Mapping[str, BaseException | None]:
        """Let workers take in what the jobs read; return for each why it could not, if so."""

    async def perform(self, worker: str, name: str, order: bytes) -> Answer:
        """Let a worker do a job; raise LostError if it is lost meanwhile."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A job to be given away.

    Parameters
    ----------
    order
        The order as it is here.
    sent
        The order as a worker gets it, pickled.
    """

    order: Order
    sent: bytes


@dataclass(eq=False)
class Slot:
    """A thread of a worker; it does one job at a time."""

    worker: str
    piece: Piece | None = None
    task: asyncio.Task[None] | None = None


@dataclass(eq=False)
class Dispatcher:
    """Gives the jobs of one run to the workers of a cluster.

    Parameters
    ----------
    cluster
        The cluster.
    orders
        The jobs.
    finish
        Told of each job that has ended.
    patience
        How long to wait for workers.
    """

    cluster: Workers
    orders: Sequence[Order]
    finish: Finish
    patience: Patience
    _waiting: asyncio.Queue[Piece] = field(default_factory=asyncio.Queue)
    _slots: dict[str, list[Slot]] = field(default_factory=dict)
    _refused: set[str] = field(default_factory=set)
    _lost: dict[Job, list[str]] = field(default_factory=lambda: defaultdict(list))

    async def run(self) -> None:
        """Do all jobs.

        Raises
        ------
        UserError, UserErrors
            If the cluster is refused, or lost.
        """
        self._here = likeness.made_of()
        self._cargo, there = loaded(self.orders)
        for order, sent in zip(self.orders, there, strict=True):
            self._waiting.put_nowait(Piece(order, pickle.dumps(sent)))
        try:
            async with asyncio.TaskGroup() as self._group:
                await self._begin()
                watch = self._group.create_task(self._watch())
                await self._waiting.join()
                watch.cancel()
                for worker in [*self._slots]:
                    self._let_go(worker)
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None

    async def _begin(self) -> None:
        """Take on the workers that are there; refuse the run if one of them cannot be."""
        there = await self._some_workers()
        made_of = {self.cluster.scheduler: await self.cluster.scheduler_made_of()}
        faults = likeness.refusals(likeness.of_carriers(self._here), made_of)
        raise_all([*faults, *likeness.refusals(self._here, await self.cluster.made_of(there))])
        raise_all(await self._take_on(there))

    async def _some_workers(self) -> Mapping[str, int]:
        """Return the workers, once there are any."""
        there = await self.cluster.workers()
        limit = asyncio.get_running_loop().time() + self.patience.workers
        while not there:
            if asyncio.get_running_loop().time() >= limit:
                raise self._nobody("there is no worker on the Dask cluster")
            await asyncio.sleep(LOOK)
            there = await self.cluster.workers()
        return there

    def _nobody(self, what: str, then: str = "") -> UserError:
        address = self.cluster.scheduler
        return UserError(what, address, f"start workers with `dask worker {address}`{then}")

    async def _take_on(self, there: Mapping[str, int]) -> list[UserError]:
        """Have workers take in what the jobs read, and give them work; return what went wrong."""
        faults = []
        for worker, fault in (await self.cluster.take_in(there, self._cargo)).items():
            if fault is None:
                self._slots[worker] = [Slot(worker) for _ in range(there[worker])]
                for slot in self._slots[worker]:
                    slot.task = self._group.create_task(self._work(slot))
            else:
                what = f"the worker cannot take in the data: {type(fault).__name__}: {fault}"
                faults.append(UserError(what, worker, "see the worker's log"))
        return faults

    async def _watch(self) -> None:
        """Let go of the workers that are lost, and take on those that come."""
        seen = asyncio.get_running_loop().time()
        while True:
            there = await self.cluster.workers()
            for worker in [one for one in self._slots if one not in there]:
                self._let_go(worker)
            known = {*self._slots, *self._refused}
            new = {one: threads for one, threads in there.items() if one not in known}
            if new:
                await self._newcomers(new)
            now = asyncio.get_running_loop().time()
            seen = now if self._slots else seen
            if not self._slots and now - seen >= self.patience.workers:
                raise self._nobody("all workers of the Dask cluster were lost", f", {AGAIN}")
            await asyncio.sleep(LOOK)

    async def _newcomers(self, there: Mapping[str, int]) -> None:
        """Take on workers that came after the start; one that cannot be is left alone."""
        made_of = await self.cluster.made_of(there)
        alike = {
            one: threads
            for one, threads in there.items()
            if not likeness.difference(self._here, made_of[one])
        }
        for fault in [*likeness.refusals(self._here, made_of), *await self._take_on(alike)]:
            LOG.warning("a worker is left out: %s", fault)
        self._refused.update(one for one in there if one not in self._slots)

    async def _work(self, slot: Slot) -> None:
        """Give a slot one job after another, as long as its worker is there."""
        while slot in self._slots.get(slot.worker, ()):
            slot.piece = piece = await self._waiting.get()
            order = piece.order
            try:
                answer = await self.cluster.perform(slot.worker, order.job.id, piece.sent)
            except LostError:
                self._let_go(slot.worker)
            except UserError:
                raise
            except Exception as error:
                self._end(slot, Answer.stumbled(error, order.engine))
            else:
                self._end(slot, answer)

    def _end(self, slot: Slot, answer: Answer) -> None:
        """Take in what a slot has made."""
        piece, slot.piece = slot.piece, None
        if piece is not None:
            unpack(answer.content, piece.order.folder)
            self.finish(piece.order, answer.ended, answer.seconds)
            self._waiting.task_done()

    def _let_go(self, worker: str) -> None:
        """Give a worker no more jobs, and what it was doing to others."""
        for slot in self._slots.pop(worker, ()):
            piece, slot.piece = slot.piece, None
            if piece is not None:
                self._again(piece, worker)
            if slot.task is not None and slot.task is not asyncio.current_task():
                slot.task.cancel()

    def _again(self, piece: Piece, worker: str) -> None:
        """Let a job wait that was lost with its worker; if that was too often, it has failed."""
        order = piece.order
        lost = self._lost[order.job]
        lost.append(worker)
        if len(lost) < ATTEMPTS:
            self._waiting.put_nowait(piece)
        else:
            what = f"it was begun {ATTEMPTS} times, and its worker was lost each time"
            told = f"{what}: {', '.join(lost)}"
            (order.folder / LOG_FILE).write_text(f"{told}\n", encoding="utf-8")
            self.finish(order, Ended(Failure("worker", told), order.engine), 0.0)
        self._waiting.task_done()
