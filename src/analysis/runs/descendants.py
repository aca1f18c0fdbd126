"""Processes that a notebook has started: none of them outlives its report.

What still runs when a notebook has ended could write into a report that has been looked at and
found good, and would be left behind by every run. On Linux a worker is told to be the parent of all
whose own parent ends, so that none can get away; elsewhere this does nothing, and the group of the
worker's process is ended (:mod:`analysis.runs.pool`).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

PROCESSES: Final = Path("/proc")
_SET_CHILD_SUBREAPER: Final = 36
"""``PR_SET_CHILD_SUBREAPER`` of Linux."""


def adopt() -> None:
    """Make this process the parent of those of its descendants whose own parent ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_mine() -> None:
    """End all descendants of this process, and wait until they are gone."""
    while _has_children():
        _kill(of(os.getpid()))
        with suppress(ChildProcessError):
            os.waitpid(-1, 0)


def _has_children() -> bool:
    if sys.platform != "linux":
        return False
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def end_those_of(process: int) -> None:
    """End all descendants of another process, as long as it is their parent."""
    _kill(of(process))


def of(process: int) -> list[int]:
    """Return the descendants of a process, parents before children; none but on Linux."""
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in _parents():
        children[parent].append(child)
    found = [process]
    for one in found:
        found += children[one]
    return found[1:]


def _parents() -> Iterator[tuple[int, int]]:
    """Yield each process with its parent."""
    for place in PROCESSES.glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            told = (place / "stat").read_text(encoding="utf-8", errors="replace")
            yield int(place.name), int(told.rpartition(")")[2].split()[1])


def _kill(processes: list[int]) -> None:
    for one in processes:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(one, signal.SIGKILL)
