"""Moving reports into place: whole, or not at all, and never at the cost of a good one."""

from __future__ import annotations

import fcntl
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

from analysis.errors import UserError
from analysis.runs.accept import LOG, NOTEBOOK
from analysis.runs.job import Job, parse_folder
from analysis.runs.places import RESULTS, WORK, Outputs
from analysis.runs.record import RECORD, write_text

KEPT_OF_FAILED = frozenset({NOTEBOOK, LOG, RECORD})
PAGE = "report.html"
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
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            what = "another run is at work on these outputs"
            mend = "wait until it has ended, or choose another folder with --outputs"
            raise LockedError(what, str(outputs.root), mend) from None
        recover(outputs)
        outputs.work.mkdir(exist_ok=True)
        try:
            yield
        finally:
            shutil.rmtree(outputs.work, ignore_errors=True)


def _lock_file(outputs: Outputs) -> TextIO:
    try:
        outputs.root.mkdir(parents=True, exist_ok=True)
        return (outputs.root / ".lock").open("w")
    except OSError as error:
        what = f"the outputs cannot be written: {error.strerror}"
        raise UserError(what, str(outputs.root), "choose another folder with --outputs") from None


def recover(outputs: Outputs) -> None:
    """Undo what a run left unfinished that was killed: an old report goes back to its place."""
    for retired in outputs.root.glob(f"{WORK}*/previous-*"):
        place = _place_of(outputs, retired.name.removeprefix("previous-"))
        if place is not None and not place.exists():
            retired.rename(place)
    for work in outputs.root.glob(f"{WORK}*"):
        shutil.rmtree(work, ignore_errors=True)


def _place_of(outputs: Outputs, identity: str) -> Path | None:
    job = _job_of(identity)
    if job is not None:
        return outputs.place(job)
    return outputs.results if identity == RESULTS else None


def _job_of(identity: str) -> Job | None:
    return parse_folder(identity.replace("-", "/", 1))


def publish(outputs: Outputs, job: Job) -> None:
    """Put a finished report in its place; the previous one, and old failures of it, go."""
    put_in_place(outputs.workplace(job), outputs.place(job), outputs.retired(job))
    forget_failure(outputs, job)


def put_in_place(new: Path, place: Path, retired: Path) -> None:
    """Move a finished folder to its place; the previous one waits aside until that is done."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(retired)
    try:
        new.rename(place)
    except OSError:
        if retired.exists():
            retired.rename(place)
        raise
    shutil.rmtree(retired, ignore_errors=True)


def keep_failed(outputs: Outputs, job: Job) -> None:
    """Keep the notebook, log and record of a failed job; the published report is not touched."""
    source, target = outputs.workplace(job), outputs.failed(job)
    for path in source.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in KEPT_OF_FAILED:
            path.unlink()
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)


def published(outputs: Outputs) -> tuple[Job, ...]:
    """Return the jobs whose reports are in place, in order."""
    folders = (path.parent for path in outputs.root.glob(f"*/*/{PAGE}"))
    jobs = (parse_folder(path.relative_to(outputs.root).as_posix()) for path in folders)
    return tuple(sorted((job for job in jobs if job is not None), key=lambda job: job.folder))


def failed(outputs: Outputs) -> tuple[Job, ...]:
    """Return the jobs of which a failure is kept, in order."""
    jobs = (_job_of(path.name) for path in outputs.root.glob("failed/*"))
    return tuple(sorted((job for job in jobs if job is not None), key=lambda job: job.folder))


def tidy_pages(outputs: Outputs, stale: Collection[Job]) -> None:
    """Bring every published page up to what is around it.

    Links to other reports are shown where those exist, and a page says so that is kept although a
    newer one could not be made.

    Parameters
    ----------
    outputs
        The outputs.
    stale
        The reports that should have been made anew, and were not.
    """
    for job in published(outputs):
        path = outputs.place(job) / PAGE
        before = path.read_text(encoding="utf-8")
        after = SIBLING.sub(partial(_link, path.parent), before)
        after = STALE.sub(r"\1>" if job in stale else r"\1 hidden>", after)
        if after != before:
            write_text(path, after)


def _link(here: Path, match: re.Match[str]) -> str:
    start, href = match.groups()
    return f"{start}>" if (here / href).is_file() else f"{start} hidden>"


def forget_failure(outputs: Outputs, job: Job) -> None:
    """Remove what is left of a failure that is over: the report in place is what it should be."""
    shutil.rmtree(outputs.failed(job), ignore_errors=True)
