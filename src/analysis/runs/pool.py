"""Processes, one for each job, a given number at a time.

A pool of lasting workers would not do: a job that overruns its limit, or whose process dies, must
end alone and leave the others in peace. On Linux the processes are forked from a server that has
imported papermill and nbconvert once; elsewhere each starts afresh.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from analysis.runs.execute import Order, serve
from analysis.runs.failure import Failure
from analysis.runs.signals import Stop

PRELOADED = ["papermill", "nbconvert", "analysis.runs.execute", "analysis.runs.kernel"]
METHOD = "forkserver" if sys.platform == "linux" else "spawn"
GRACE = 5.0

Finish = Callable[[Order, "Failure | None", float], None]


@dataclass
class Running:
    """A job under way."""

    order: Order
    process: BaseProcess
    answer: Connection
    start: float = field(default_factory=time.monotonic)

    @property
    def deadline(self) -> float:
        """When the limit for the whole notebook is reached."""
        return self.start + self.order.limits.notebook


def warm_up() -> None:
    """Start the server from which workers are forked; it imports while other work goes on."""
    if METHOD == "forkserver":
        from multiprocessing import forkserver

        multiprocessing.get_context(METHOD).set_forkserver_preload(PRELOADED)
        forkserver.ensure_running()


def run_all(orders: Iterable[Order], workers: int, finish: Finish, stop: Stop) -> None:
    """Do all jobs; call ``finish`` for each with its failure (or ``None``) and its seconds.

    Returns early, with nothing left running, if ``stop`` is requested; jobs that were not
    finished by then are not reported.
    """
    waiting = deque(orders)
    running: list[Running] = []
    try:
        while (waiting or running) and not stop.requested:
            while waiting and len(running) < workers:
                running.append(_start(waiting.popleft()))
            for ended in _next_ended(running, stop):
                running.remove(ended)
                failure = _result(ended)
                if not stop.requested:
                    finish(ended.order, failure, round(time.monotonic() - ended.start, 2))
    finally:
        _end(running)


def _start(order: Order) -> Running:
    context: Any = multiprocessing.get_context(METHOD)
    receive, send = context.Pipe(duplex=False)
    process: BaseProcess = context.Process(
        target=serve, args=(order, send), name=order.job.id, daemon=True
    )
    process.start()
    send.close()
    return Running(order, process, receive)


def _next_ended(running: list[Running], stop: Stop) -> list[Running]:
    """Wait until a job answers, dies or overruns, or a stop is requested."""
    patience = min(job.deadline for job in running) - time.monotonic()
    ready = wait([*(job.answer for job in running), stop.fd], timeout=max(patience, 0))
    now = time.monotonic()
    return [job for job in running if job.answer in ready or now >= job.deadline]


def _result(job: Running) -> Failure | None:
    """Return how a job ended, with its process gone."""
    overran = not job.answer.poll()
    try:
        failure: Failure | None = None if overran else job.answer.recv()
    except (EOFError, OSError):
        job.process.join(GRACE)
        return Failure("worker", f"the worker process ended by itself ({_how(job.process)})")
    finally:
        _end([job])
    if overran:
        what = f"ran longer than {job.order.limits.notebook} s, the limit for one notebook"
        return Failure("time", what)
    return failure


def _how(process: BaseProcess) -> str:
    code = process.exitcode or 0
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _end(jobs: list[Running]) -> None:
    """End the processes: politely, so that they end their kernels, then by force."""
    for job in jobs:
        if not job.answer.closed and job.process.is_alive():
            job.process.terminate()
    limit = time.monotonic() + GRACE
    for job in jobs:
        job.process.join(max(limit - time.monotonic(), 0))
        if job.process.is_alive():
            job.process.kill()
            job.process.join()
        job.answer.close()
