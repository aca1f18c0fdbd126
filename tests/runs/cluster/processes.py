"""Real Dask schedulers and workers on loopback, each a process that ends with its test."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[3]
PATHS = os.pathsep.join(map(str, (ROOT / "src", ROOT)))
"""Where workers, and the processes beside them, find the project."""

SCHEDULER = re.compile(r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)")
WORKER = re.compile(r"Start worker at:\s+(tcp://127\.0\.0\.1:\d+)")
REGISTERED = re.compile(r"Registered to:")
LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
PATIENCE = 60
"""Seconds within which a process of Dask has started."""


@dataclass
class Process:
    """A process of Dask, and what it says."""

    process: subprocess.Popen[str]
    address: str = ""
    said: list[str] = field(default_factory=list)
    silent: bool = False
    frozen: bool = False
    more: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self.more:
                self.said.append(line)
                self.more.notify_all()
        with self.more:
            self.silent = True
            self.more.notify_all()

    def search(self, wanted: re.Pattern[str]) -> re.Match[str] | None:
        """What it has said that matches."""
        return wanted.search("".join(self.said))

    def end(self) -> None:
        """End it as a person would, who then loses patience."""
        if self.frozen:  # then it does not hear
            self.kill()
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def freeze(self) -> None:
        """Let it answer nothing more, as a machine that hangs; its connections stay."""
        self.process.send_signal(signal.SIGSTOP)
        self.frozen = True

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


@dataclass
class Cluster:
    """A scheduler and its workers, without a file that they share with the client."""

    folder: Path
    scheduler: Process
    workers: list[Process] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.scheduler.address

    def add(self, *options: str, environment: Mapping[str, str] | None = None) -> Process:
        """Start a worker of one thread, and wait until the scheduler knows it."""
        place = self.folder / f"worker-{len(self.workers)}"
        place.mkdir()
        command = ("dask_worker", self.address, *LOOPBACK, "--nthreads", "1", *options)
        worker = _start((*command, "--local-directory", str(place)), place, environment)
        self.workers.append(worker)
        worker.address = _heard(worker, WORKER)
        _heard(worker, REGISTERED)
        return worker

    def left(self) -> list[Path]:
        """What workers hold on their disks."""
        return sorted(self.folder.glob("worker-*/**/plan155-*"))


@contextmanager
def cluster(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A scheduler to which workers can be added; all ends with the block."""
    place = folder / "scheduler"
    place.mkdir(parents=True)
    scheduler = _start(("dask_scheduler", *LOOPBACK, "--port", "0"), place, environment)
    here = Cluster(folder, scheduler)
    try:
        scheduler.address = _heard(scheduler, SCHEDULER)
        yield here
    finally:
        alone = scheduler.process.poll() is not None  # then Dask's workers end of no request
        for one in (*here.workers, scheduler):
            one.kill() if alone else one.end()


def _start(
    command: tuple[str, ...], place: Path, environment: Mapping[str, str] | None = None
) -> Process:
    program, *options = command
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{program}", *options],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        text=True,
        cwd=place,
        env=os.environ | {"PYTHONPATH": PATHS, "DASK_CONFIG": str(place)} | dict(environment or {}),
    )
    return Process(process)


def _heard(one: Process, wanted: re.Pattern[str]) -> str:
    """Wait until a process has said something, and return it."""
    with one.more:
        heard = one.more.wait_for(lambda: one.search(wanted) or one.silent, PATIENCE)
        match = one.search(wanted)
    assert match, f"it has not said {wanted.pattern!r} ({heard=}): {''.join(one.said)}"
    return match.group(match.lastindex or 0)
