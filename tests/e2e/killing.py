"""Ending a run from outside, with all that it has started or without."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.e2e.small import ENVIRONMENT, RUN_ONE, command

KINDS = ("gap",)
"""What is run: as many reports as workers and one more, so that some wait."""

PATIENCE = 60
"""Seconds in which processes that are to end by themselves must have ended."""


def tree(process: int) -> list[int]:
    """A process and all that descend from it, as the system tells."""
    parents: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (place / "stat").read_text(errors="replace").rpartition(")")[2].split()
            parents[int(place.name)] = int(told[1])
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


@dataclass(frozen=True)
class Moment:
    """Some seconds after a run has told of so many reports; a busy machine does not shift that."""

    reports: int
    seconds: float


@contextmanager
def under_way(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run of the small project; it tells of each report in a line on stderr."""
    with subprocess.Popen(
        command(RUN_ONE, root, *KINDS),
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        yield process


def lines(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    assert process.stderr is not None
    yield from process.stderr


def killed(root: Path, moment: Moment, *, everything: bool) -> bool:
    """Kill a run of the small project at a moment; tell whether it was still at work.

    Without ``everything`` only the run itself is killed; what it has started must end alone.
    """
    with under_way(root) as process:
        for _ in islice(lines(process), moment.reports):
            pass
        try:
            process.wait(moment.seconds)
        except subprocess.TimeoutExpired:
            kill(process, everything=everything)
            return True
        finally:
            process.kill()  # whatever went wrong above, nothing is left waiting for it
    return False


def times(root: Path) -> list[float]:
    """When a run of the small project tells of each of its reports, and when it ends."""
    start = time.monotonic()
    with under_way(root) as process:
        told = [time.monotonic() - start for _ in lines(process)]
        assert process.wait() == 0
    return [*told, time.monotonic() - start]


def kill(process: subprocess.Popen[bytes], *, everything: bool) -> None:
    """Kill a run by ``kill -9`` and wait until all that it has started is gone."""
    process.send_signal(signal.SIGSTOP)
    watched = {}
    for one in tree(process.pid):
        with suppress(ProcessLookupError):  # it has ended since
            watched[one] = os.pidfd_open(one)
    for one in watched if everything else [process.pid]:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    process.wait(PATIENCE)
    try:
        for one, descriptor in watched.items():
            if not select.select([descriptor], [], [], PATIENCE)[0]:
                raise AssertionError(f"process {one} goes on without its run")
    finally:
        for descriptor in watched.values():
            os.close(descriptor)
