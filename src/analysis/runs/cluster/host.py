"""The process beside a Dask worker that runs jobs as they run on the client's machine.

A job must not run in the worker's own process: Dask has threads there, with which a fork is not
safe, and the worker of a nanny may have no children of multiprocessing. This process has no Dask;
it holds the fork server, the data and the notebooks, and ends, with all that it has laid out and
started, when its worker hangs up, ends or is killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from analysis.runs import pool
from analysis.runs.cluster.parcels import Answer, Cargo, packed_folder, unpack
from analysis.runs.execute import Ended, Order
from analysis.runs.signals import Stop

IDLE: Final = 600.0
"""Seconds without a job after which none is expected any more: the client may be gone."""

READY: Final = "ready"


class Ending(Stop):
    """A request to stop that is made by this process itself."""

    def __init__(self) -> None:
        reading, self._writing = os.pipe()
        super().__init__(reading)

    def request(self) -> None:
        """End all jobs."""
        self.signum = signal.SIGTERM
        os.write(self._writing, b"!")


@dataclass
class Host:
    """Does jobs, each in a thread that waits for the job's own process.

    Parameters
    ----------
    worker
        The line to the Dask worker: numbered orders come in, numbered answers go out.
    folder
        Where data, notebooks and the folders of jobs lie.
    """

    worker: Connection
    folder: Path
    _ending: Ending = field(default_factory=Ending)
    _telling: threading.Lock = field(default_factory=threading.Lock)

    def serve(self, idle: float = IDLE) -> None:
        """Do jobs until the worker hangs up, or there was none for so many seconds."""
        running: list[threading.Thread] = []
        while (asked := self._hear(idle, running)) is not None:
            running = [job for job in running if job.is_alive()]
            running.append(threading.Thread(target=self._do, args=asked))
            running[-1].start()
        self._ending.request()
        for job in running:
            job.join()

    def _hear(self, idle: float, running: list[threading.Thread]) -> tuple[int, Order] | None:
        """Return the next order with its number; ``None`` if there will be none."""
        try:
            while not self.worker.poll(idle):
                if not any(job.is_alive() for job in running):
                    return None
            asked: tuple[int, Order] | None = self.worker.recv()
        except (EOFError, OSError):
            return None
        return asked

    def _do(self, number: int, order: Order) -> None:
        try:
            answer = self._answer(replace(order, folder=self.folder / order.folder))
        except Exception as error:
            answer = Answer.stumbled(error, order.engine)
        if answer is not None:
            with self._telling, suppress(OSError):  # the worker is no more
                self.worker.send((number, answer))

    def _answer(self, order: Order) -> Answer | None:
        """Do one job; return ``None`` if it was stopped."""
        answers: list[Answer] = []

        def finish(done: Order, ended: Ended, seconds: float) -> None:
            answers.append(Answer(ended, seconds, packed_folder(done.folder)))

        order.folder.mkdir(parents=True)
        try:
            pool.run_all([order], 1, finish, self._ending)
        finally:
            shutil.rmtree(order.folder, ignore_errors=True)
        return answers[0] if answers else None


def main(descriptor: int, place: str) -> None:
    """Take in the cargo, then do jobs.

    Parameters
    ----------
    descriptor
        The file descriptor of the line to the worker.
    place
        The worker's folder on a local disk.
    """
    with Connection(descriptor) as worker, TemporaryDirectory(prefix="plan155-", dir=place) as name:
        cargo: Cargo = worker.recv()
        unpack(cargo.content, Path(name))
        pool.warm_up(cargo.engine)
        worker.send(READY)
        Host(worker, Path(name)).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
