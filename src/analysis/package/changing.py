"""Changing several files of a package at once: all of them or none, whoever reads meanwhile.

The new files are laid ready in a folder beside the old ones. Renaming that folder is the one step
that decides: a process that ends before it has changed nothing, one that ends after it has changed
everything, since whoever comes next moves the rest of the files into their places. Readers and
writers keep out of each other's way by a lock on the folder ``data`` itself, so that no file has to
be made for it.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from analysis.errors import UserError

DATA: Final = "data"
READY: Final = ".change"
"""The folder under ``data/`` with files that are on their way to their places."""

MANIFEST: Final = "files.json"
PAUSE: Final = 0.1
"""Seconds between two attempts to take the lock."""

MOMENT: Final = 10.0
"""Seconds that a reader waits for a change under way."""


class BusyError(UserError):
    """Another process is reading or changing the data."""

    exit_code = 3


def silent() -> None:
    """Do nothing."""


@contextmanager
def reading(root: Path, *, wait: float = MOMENT) -> Iterator[None]:
    """Hold the data as they are: nobody changes them meanwhile.

    Parameters
    ----------
    root
        The folder that holds ``data/``; without such a folder there is nothing to hold.
    wait
        Seconds to wait for a change under way.

    Raises
    ------
    BusyError
        If the change is not over by then.
    """
    settle(root, wait=wait)
    with _locked(root, wait, silent, shared=True):
        half_done = (root / DATA / READY).is_dir()  # by one that was killed after the line above
        if not half_done:
            yield
    if half_done:
        with reading(root, wait=wait):
            yield


@contextmanager
def changing(
    root: Path, *, wait: float = 0, waiting: Callable[[], None] = silent
) -> Iterator[None]:
    """Be the only one at work on the data; what a killed change left is completed first.

    Parameters
    ----------
    root
        The folder that holds ``data/``.
    wait
        Seconds to wait for those who read or change the data.
    waiting
        Called once if there is somebody to be waited for.

    Raises
    ------
    BusyError
        If they are not done by then.
    """
    with _locked(root, wait, waiting):
        _complete(root)
        yield


def settle(root: Path, *, wait: float = MOMENT) -> None:
    """Complete a change that a killed process left half done; one under way is waited for.

    Raises
    ------
    BusyError
        If it is not over by then.
    """
    if (root / DATA / READY).is_dir():
        with changing(root, wait=wait):
            pass


def change(root: Path, files: Mapping[str, bytes]) -> None:
    """Put files into their places, all of them or none. To be called within :func:`changing`.

    Parameters
    ----------
    root
        The folder that holds ``data/``.
    files
        Path under ``root`` → content. The folders must exist.
    """
    work = root / DATA / f"{READY}-{os.getpid()}"
    try:
        for number, content in enumerate(files.values()):
            _write(work / str(number), content)
        _write(work / MANIFEST, json.dumps(list(files)).encode())
        _flush(work)
        work.rename(root / DATA / READY)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    _flush(root / DATA)
    _complete(root)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _complete(root: Path) -> None:
    """Move what lies ready into its places; what was never ready is thrown away."""
    ready = root / DATA / READY
    for left in (root / DATA).glob(f"{READY}-*"):
        shutil.rmtree(left, ignore_errors=True)
    if not ready.is_dir():
        return
    if (ready / MANIFEST).exists():  # else all is in its place, and this folder half removed
        _move(root, json.loads((ready / MANIFEST).read_bytes()))
    shutil.rmtree(ready)
    _flush(root / DATA)


def _move(root: Path, paths: Sequence[str]) -> None:
    ready = root / DATA / READY
    for number, path in enumerate(paths):
        if (ready / str(number)).exists():
            (ready / str(number)).replace(root / path)
    for folder in {(root / path).parent for path in paths}:
        _flush(folder)


@contextmanager
def _locked(
    root: Path, wait: float, waiting: Callable[[], None], *, shared: bool = False
) -> Iterator[None]:
    if not (root / DATA).is_dir() or os.name == "nt":  # Windows has no such locks
        yield
        return
    descriptor, owner = os.open(root / DATA, os.O_RDONLY), os.getpid()
    try:
        until = time.monotonic() + wait
        if not _taken(descriptor, shared):
            waiting()
            _wait(descriptor, shared, until, root)
        yield
    finally:
        if os.getpid() == owner:  # else a forked process that leaves would unlock for its parent
            _release(descriptor)
        os.close(descriptor)


def _release(descriptor: int) -> None:
    """Give the lock up, also for processes that were forked meanwhile and have it as well."""
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_UN)


def _taken(descriptor: int, shared: bool) -> bool:
    import fcntl  # not everywhere; whoever only reads a package never comes here

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(descriptor: int, shared: bool, until: float, root: Path) -> None:
    while not _taken(descriptor, shared):
        if time.monotonic() >= until:
            what = "the data are in use: a run, or somebody who adds to them, is at work"
            mend = "try again when it has ended; nothing was changed"
            raise BusyError(what, str(root / DATA), mend)
        time.sleep(PAUSE)
