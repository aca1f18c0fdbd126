"""Where things are: the project's folder, and the layout of the outputs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import UserError
from analysis.runs.facts import DESCRIPTOR
from analysis.runs.job import Job

SOURCE = Path("data/source/155-kh-ubnd.txt")
WORK = ".work-"
RESULTS = "results"
SITE = "site"


def find_root(start: Path) -> Path:
    """Find the project's folder: the nearest one, from ``start`` upwards, that holds the data.

    Raises
    ------
    UserError
        If neither ``start`` nor any folder above it holds the descriptor or the plan's text.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / DESCRIPTOR).is_file() or (folder / SOURCE).is_file():
            return folder
    raise UserError(
        "this is not a folder of the project",
        f"{start}: neither {DESCRIPTOR} nor {SOURCE} here or above",
        "go to the project's folder, or name it with --root",
    )


def relative(path: Path, start: Path) -> str:
    """Return ``path`` as seen from ``start``, so that no file says where the machine keeps it."""
    return Path(os.path.relpath(path.resolve(), start.resolve())).as_posix()


@dataclass(frozen=True)
class Outputs:
    """The folder into which a run writes.

    Parameters
    ----------
    root
        ``outputs/``; may not exist yet.
    """

    root: Path

    @property
    def work(self) -> Path:
        """Where this process makes reports; nothing in it is ever a result.

        Each process has its own, so that what a killed run has left behind, and its last workers
        that are still about to end, cannot get in the way of the next run.
        """
        return self.root / f"{WORK}{os.getpid()}"

    @property
    def summary(self) -> Path:
        """The record of the last run."""
        return self.root / "run.json"

    @property
    def state(self) -> Path:
        """What the run remembers of what is not a report: the results, and what was checked."""
        return self.root / "state.json"

    @property
    def index(self) -> Path:
        """The page that links to everything."""
        return self.root / "index.html"

    @property
    def results(self) -> Path:
        """Where the results as data lie."""
        return self.root / RESULTS

    @property
    def retired_results(self) -> Path:
        """Where the previous results wait while the new ones take their place."""
        return self.work / f"previous-{RESULTS}"

    @property
    def site(self) -> Path:
        """Where the published site lies."""
        return self.root / SITE

    @property
    def retired_site(self) -> Path:
        """Where the previous site waits while the new one takes its place."""
        return self.work / f"previous-{SITE}"

    @property
    def failed_results(self) -> Path:
        """Where the log of results that could not be made is kept."""
        return self.root / "failed" / RESULTS

    def workplace(self, job: Job) -> Path:
        """Where a job is made. As deep as :meth:`place`, so that relative paths hold in both."""
        return self.work / job.id

    def retired(self, job: Job) -> Path:
        """Where the previous report waits while the new one takes its place."""
        return self.work / f"previous-{job.id}"

    def place(self, job: Job) -> Path:
        """Where a finished report lies."""
        return self.root / job.folder

    def failed(self, job: Job) -> Path:
        """Where what a failed job left behind is kept."""
        return self.root / "failed" / job.id
