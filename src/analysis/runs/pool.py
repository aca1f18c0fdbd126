"""Processes, one for each job, a given number at a time.

A pool of lasting workers would not do: a job that overruns its limit, or whose process dies, must
end alone and leave the others in peace. On Linux the processes are forked from a server that has
imported once what they all need; elsewhere each starts afresh.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from analysis.runs import descendants
from analysis.runs.execute import Began, Ended, Order, serve, too_long
from analysis.runs.failure import Failure
from analysis.runs.settings import (
    CAN_FORK,
    CHILD_ENVIRONMENT,
    KEPT_DATA,
    KEPT_DAY,
    PERSONAL_ENVIRONMENT,
    STANDARD,
    WARM,
)
from analysis.runs.signals import Stop

PRELOADED = {
    WARM: ["analysis.runs.engine.preload"],
    STANDARD: ["papermill", "nbconvert", "analysis.runs.execute", "analysis.runs.kernel"],
}
METHOD = "forkserver" if CAN_FORK else "spawn"
GRACE = 5.0
Finish = Callable[[Order, Ended, float], None]


@dataclass
class Running:
    """A job under way."""

    order: Order
    process: BaseProcess
    answer: Connection
    start: float = field(default_factory=time.monotonic)
    cell: int | None = None
    cell_start: float = 0.0
    ended: Ended | None = None

    @property
    def deadline(self) -> float:
        """When the next limit is reached: that of its cell, or that of the whole notebook."""
        whole = self.start + self.order.limits.notebook
        return whole if self.cell is None else min(whole, self.cell_start + self.order.limits.cell)

    def hear(self) -> bool:
        """Take in what the worker has said; tell whether it has ended."""
        while self.ended is None and self.answer.poll():
            try:
                said = self.answer.recv()
            except (EOFError, OSError):
                self.process.join(GRACE)
                what = f"the process that ran it ended by itself ({_how(self.process)})"
                self.ended = Ended(Failure("worker", what, self.cell), self.order.engine)
                break
            if isinstance(said, Began):
                self.cell, self.cell_start = said.cell, time.monotonic()
            else:
                self.ended = said
        return self.ended is not None

    def overrun(self) -> bool:
        """Tell whether a limit is reached, and take down which."""
        limits, now = self.order.limits, time.monotonic()
        if now >= self.deadline:
            whole = now >= self.start + limits.notebook
            what = too_long(limits.notebook, "one notebook") if whole else ""
            what = what or too_long(limits.cell, "one cell")
            self.ended = Ended(Failure("time", what, self.cell), self.order.engine)
        return self.ended is not None


def warm_up(engine: str, data: Path | None = None, as_of: str = "") -> None:
    """Start the server from which workers are forked; it imports while other work goes on.

    Parameters
    ----------
    engine
        What will run the cells.
    data, as_of
        The package that the notebooks will read, and their day of assessment: read once, for all.
    """
    if METHOD == "forkserver":
        from multiprocessing import forkserver

        multiprocessing.get_context(METHOD).set_forkserver_preload(PRELOADED[engine])
        kept = {KEPT_DATA: str(data), KEPT_DAY: as_of} if data and as_of else {}
        with _environment({**CHILD_ENVIRONMENT, **kept}):
            forkserver.ensure_running()


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Have these variables set for a process that is started inside the block."""
    before = dict(os.environ)
    os.environ.update(wanted)
    for name in PERSONAL_ENVIRONMENT:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def run_all(orders: Iterable[Order], workers: int, finish: Finish, stop: Stop) -> None:
    """Do all jobs; call ``finish`` for each with how it ended and its seconds.

    Orders are asked for one by one, when there is a worker for them. Returns early, with nothing
    left running, if ``stop`` is requested; jobs that were not finished by then are not reported.
    """
    waiting = iter(orders)
    running: list[Running] = []
    try:
        while not stop.requested:
            _begin(waiting, running, workers, finish)
            if not running:
                break
            for ended in _next_ended(running, stop):
                running.remove(ended)
                _end([ended])
                if ended.ended is not None and not stop.requested:
                    finish(ended.order, ended.ended, round(time.monotonic() - ended.start, 2))
    finally:
        _end(running)


def _begin(waiting: Iterator[Order], running: list[Running], workers: int, finish: Finish) -> None:
    """Start jobs as long as there are free workers; one that cannot be started has failed."""
    while len(running) < workers and (order := next(waiting, None)) is not None:
        try:
            running.append(_start(order))
        except (EOFError, OSError) as error:
            failure = Failure("worker", f"no process could be started for it: {error!r}")
            finish(order, Ended(failure, order.engine), 0.0)


def _start(order: Order) -> Running:
    context: Any = multiprocessing.get_context(METHOD)
    receive, send = context.Pipe(duplex=False)
    process: BaseProcess = context.Process(
        target=serve, args=(order, send), name=order.job.id, daemon=True
    )
    try:
        process.start()
    except BaseException:
        receive.close()
        raise
    finally:
        send.close()
    return Running(order, process, receive)


def _next_ended(running: list[Running], stop: Stop) -> list[Running]:
    """Wait until a job answers, dies or overruns, or a stop is requested."""
    patience = min(job.deadline for job in running) - time.monotonic()
    wait([*(job.answer for job in running), stop.fd], timeout=max(patience, 0))
    return [job for job in running if job.hear() or job.overrun()]


def _how(process: BaseProcess) -> str:
    code = process.exitcode or 0
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _end(jobs: list[Running]) -> None:
    """End the processes: politely, so that they end their kernels, then by force.

    What a notebook has started ends with it, also if its process came to a sudden end.
    """
    for job in jobs:
        if not job.answer.closed and job.process.is_alive():
            job.process.terminate()
    limit = time.monotonic() + GRACE
    for job in jobs:
        job.process.join(max(limit - time.monotonic(), 0))
        _end_by_force(job.process)
        job.answer.close()


def _end_by_force(process: BaseProcess) -> None:
    """End what is left of a process and of those that it has started; mostly there is nothing."""
    if process.pid is None:
        return
    if process.is_alive():
        descendants.end_those_of(process.pid)
        process.kill()
        process.join()
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
