"""What a Dask worker is asked to do: to hold a process that does jobs, and to hand it a job."""

from __future__ import annotations

import asyncio
import itertools
import pickle
import subprocess
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing import Pipe
from typing import Any, Final

from analysis.runs.cluster.host import READY
from analysis.runs.cluster.parcels import Answer, Cargo
from analysis.runs.execute import Order

ENDING: Final = 15.0
"""Seconds in which the process beside a worker ends its jobs and clears its folder away."""


class NotHereError(Exception):
    """The worker cannot do a job: the process beside it is gone, or was never there."""


class Beside:
    """The process beside this worker (:mod:`.host`) for one run.

    Parameters
    ----------
    cargo
        What it is to lay out.
    place
        The folder in which it may do so.

    Raises
    ------
    NotHereError
        If it does not come to be.
    """

    def __init__(self, cargo: Cargo, place: str) -> None:
        self._numbers = itertools.count()
        self._asked: dict[int, Future[Answer]] = {}
        self._lock = threading.Lock()
        self._gone = False
        self._line, theirs = Pipe()
        host, descriptor = "analysis.runs.cluster.host", theirs.fileno()
        command = [sys.executable, "-P", "-m", host, str(descriptor), place]
        self._process = subprocess.Popen(
            command, pass_fds=[descriptor], stdin=subprocess.DEVNULL, start_new_session=True
        )
        theirs.close()
        self._hand_over(cargo)
        threading.Thread(target=self._listen, daemon=True).start()

    def _hand_over(self, cargo: Cargo) -> None:
        try:
            self._line.send(cargo)
            ready = self._line.recv() == READY
        except (EOFError, OSError):
            ready = False
        if not ready:
            self.end()
            what = "the process beside the worker did not start; the worker's log says why"
            raise NotHereError(what)

    def do(self, order: Order) -> Answer:
        """Have a job done, and wait for its answer.

        Raises
        ------
        NotHereError
            If the process ends before.
        """
        answer: Future[Answer] = Future()
        with self._lock:
            if self._gone:
                raise NotHereError("the process beside the worker has ended")
            number = next(self._numbers)
            self._asked[number] = answer
            try:
                self._line.send((number, order))
            except OSError as error:
                raise NotHereError("the process beside the worker has ended") from error
        return answer.result()

    def _listen(self) -> None:
        """Hand each answer to whoever waits for it."""
        try:
            while True:
                number, answer = self._line.recv()
                self._asked.pop(number).set_result(answer)
        except (EOFError, OSError):
            with self._lock:
                self._gone = True
                self._line.close()
            for waiting in self._asked.values():
                waiting.set_exception(NotHereError("the process beside the worker has ended"))

    def end(self) -> None:
        """End the process and all jobs under way; wait until it has cleared its folder away."""
        with self._lock, suppress(OSError):  # it has ended by itself
            self._line.send(None)
        try:
            self._process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


BESIDE: Final[dict[str, Beside]] = {}
"""By run: the process beside this worker."""


async def take_in(run: str, cargo: Cargo, dask_worker: Any) -> None:
    """Take in the data and the notebooks of a run, once, and get ready for its jobs.

    Parameters
    ----------
    run
        A name that no other run has.
    cargo
        Data and notebooks.
    dask_worker
        This worker; Dask passes it.

    Raises
    ------
    NotHereError
        If the cargo is damaged, or the process beside the worker does not start.
    """
    if not cargo.whole:
        raise NotHereError("the data did not arrive as they were sent")
    await leave(run)
    place = str(dask_worker.local_directory)
    BESIDE[run] = await asyncio.to_thread(Beside, cargo, place)


async def leave(run: str) -> None:
    """End what was begun for a run, if anything was."""
    beside = BESIDE.pop(run, None)
    if beside is not None:
        await asyncio.to_thread(beside.end)


def perform(run: str, order: bytes) -> Answer:
    """Do a job: the task that is submitted to the cluster.

    Parameters
    ----------
    run
        The run that it is part of.
    order
        The pickled order, with its folder relative to the cargo.

    Raises
    ------
    NotHereError
        If this worker has not taken in the run's data, or has lost its process.
    """
    beside = BESIDE.get(run)
    if beside is None:
        raise NotHereError("this worker has not taken in the data of the run")
    wanted: Order = pickle.loads(order)
    return beside.do(wanted)
