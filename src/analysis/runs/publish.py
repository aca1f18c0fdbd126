"""Moving reports into place: whole, or not at all, and never at the cost of a good one."""

from __future__ import annotations

import fcntl
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TextIO

from analysis.errors import UserError
from analysis.runs.accept import LOG, NOTEBOOK
from analysis.runs.job import Job, parse_folder
from analysis.runs.places import RESULTS, SITE, WORK, Outputs
from analysis.runs.record import PARTS, RECORD, write_text
from analysis.runs.swap import swap

KEPT_OF_FAILED = frozenset({NOTEBOOK, LOG, RECORD})
LOCK = ".lock"
PAGE = "report.html"
PAUSES = (0.01, 0.02, 0.05)
"""Seconds between attempts to get the lock."""

STALE = re.compile(r'(<p class="stale")(?: hidden(?:="")?)?>')
SIBLING = re.compile(r'(<li class="sibling" data-report="([^"]+)")(?: hidden(?:="")?)?>')


class LockedError(UserError):
    """Another run is at work on the same outputs."""

    exit_code = 3


@contextmanager
def exclusive(outputs: Outputs) -> Iterator[None]:
    """Keep other runs out of the outputs, and leave no workplace behind.

    The lock is the system's and ends with the process that holds it, however that ends: there is
    no stale lock to be removed by hand.

    Raises
    ------
    LockedError
        If another run is at work there.
    UserError
        If nothing can be written there.
    """
    with _lock_file(outputs) as lock:
        if not _locked(lock):
            what = "another run is at work on these outputs"
            mend = "wait until it has ended, or choose another folder with --outputs"
            raise LockedError(what, str(outputs.root), mend)
        recover(outputs)
        outputs.work.mkdir(exist_ok=True)
        try:
            yield
        finally:
            recover(outputs)


def _lock_file(outputs: Outputs) -> TextIO:
    """Open the lock file; of the outputs only the folder itself is made.

    A parent that is missing is more likely a slip of the pen, or a disk that is not there, than a
    place for reports that are read elsewhere.
    """
    try:
        outputs.root.mkdir(exist_ok=True)
        return (outputs.root / LOCK).open("w")
    except OSError as error:
        what = f"the outputs cannot be written: {error.strerror}"
        mend = "make the folder that is to hold them, or choose another with --outputs"
        raise UserError(what, str(outputs.root), mend) from None


def _locked(lock: TextIO) -> bool:
    """Take the lock, unless a run has it; who merely asks whether one has gives it back at once."""
    for pause in (*PAUSES, 0.0):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(pause)
        else:
            return True
    return False


def at_work(outputs: Outputs) -> bool:
    """Return whether a run is at work on the outputs."""
    try:
        with (outputs.root / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def recover(outputs: Outputs) -> None:
    """Undo what a run left unfinished that was killed: an old report goes back to its place."""
    for retired in outputs.root.glob(f"{WORK}*/previous-*"):
        place = _place_of(outputs, retired.name.removeprefix("previous-"))
        if place is not None and not place.exists():
            retired.rename(place)
    for work in outputs.root.glob(f"{WORK}*"):
        shutil.rmtree(work, ignore_errors=True)
    for depth in ("", "*/", "*/*/"):
        for part in outputs.root.glob(f"{depth}{PARTS}"):
            with suppress(OSError):
                part.unlink()


def _place_of(outputs: Outputs, identity: str) -> Path | None:
    job = _job_of(identity)
    if job is not None:
        return outputs.place(job)
    return {RESULTS: outputs.results, SITE: outputs.site}.get(identity)


def _job_of(identity: str) -> Job | None:
    return parse_folder(identity.replace("-", "/", 1))


def publish(outputs: Outputs, job: Job, made: Path) -> None:
    """Put a finished report in its place; the previous one, and old failures of it, go.

    Parameters
    ----------
    outputs
        The outputs.
    job
        Which report.
    made
        The folder in which it was made.
    """
    put_in_place(made, outputs.place(job), outputs.retired(job))
    forget_failure(outputs, job)


def put_in_place(new: Path, place: Path, retired: Path) -> None:
    """Move a finished folder to its place; the previous one goes.

    Both change places in one step. Where the system cannot do that, the previous one waits aside
    (``retired``) until the new one is there; what comes between is undone here or, if the run is
    killed, by :func:`recover`.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        new.rename(place)
    elif swap(new, place):
        shutil.rmtree(new, ignore_errors=True)
    else:
        _replace(new, place, retired)


def _replace(new: Path, place: Path, retired: Path) -> None:
    place.rename(retired)
    try:
        new.rename(place)
    except BaseException:
        retired.rename(place)
        raise
    spent = retired.rename(retired.with_name(f"spent-{retired.name}"))  # no more to come back
    shutil.rmtree(spent, ignore_errors=True)


def keep_failed(outputs: Outputs, job: Job, made: Path) -> Path:
    """Keep the notebook and log of a failed job; the published report is not touched.

    Parameters
    ----------
    outputs
        The outputs.
    job
        Which report.
    made
        The folder in which it was to be made, or what the notebook has left of it.

    Returns
    -------
    pathlib.Path
        Where they are kept.
    """
    target = outputs.failed(job)
    if made.is_symlink() or not made.is_dir():
        made.unlink(missing_ok=True)
        made.mkdir(parents=True)
    for path in made.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name not in KEPT_OF_FAILED or path.is_symlink():
            path.unlink()
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    return made.rename(target)


def published(outputs: Outputs) -> tuple[Job, ...]:
    """Return the jobs whose reports are in place, in order."""
    folders = (path.parent for path in outputs.root.glob(f"*/*/{PAGE}"))
    jobs = (parse_folder(path.relative_to(outputs.root).as_posix()) for path in folders)
    return tuple(sorted((job for job in jobs if job is not None), key=lambda job: job.folder))


def failed(outputs: Outputs) -> tuple[Job, ...]:
    """Return the jobs of which a failure is kept, in order."""
    jobs = (_job_of(path.name) for path in outputs.root.glob("failed/*"))
    return tuple(sorted((job for job in jobs if job is not None), key=lambda job: job.folder))


def tidy_pages(outputs: Outputs, stale: Mapping[Job, bool]) -> None:
    """Bring every published page up to what is around it.

    Links to other reports are shown where those exist, and a page says so that is kept although a
    newer one could not be made.

    Parameters
    ----------
    outputs
        The outputs.
    stale
        By report: whether it should have been made anew, and was not. A page that is not named
        goes on saying what it says.
    """
    for job in published(outputs):
        path = outputs.place(job) / PAGE
        before = path.read_text(encoding="utf-8")
        after = SIBLING.sub(partial(_link, path.parent), before)
        if job in stale:
            after = STALE.sub(r"\1>" if stale[job] else r"\1 hidden>", after)
        if after != before:
            write_text(path, after)


def _link(here: Path, match: re.Match[str]) -> str:
    start, href = match.groups()
    return f"{start}>" if (here / href).is_file() else f"{start} hidden>"


def forget_failure(outputs: Outputs, job: Job) -> None:
    """Remove what is left of a failure that is over: the report in place is what it should be."""
    shutil.rmtree(outputs.failed(job), ignore_errors=True)
