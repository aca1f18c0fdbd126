"""``run.json``: what ran, with what, and what came of it. Its schema is ``run.schema.json``."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from analysis.runs.facts import PackageFacts
from analysis.runs.fresh import State as Freshness
from analysis.runs.job import Job
from analysis.runs.parameters import Selection
from analysis.runs.record import DONE, FAILED, JobRecord
from analysis.runs.results import ResultsRecord
from analysis.runs.settings import Settings

FORMAT = "plan155-run/2"
TOOLS = (
    "plan155",
    "frictionless",
    "ipykernel",
    "jinja2",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "scipy",
    "seaborn",
)
OK, SOME_FAILED = 0, 1


@dataclass(frozen=True)
class RunRecord:
    """What came of a run.

    Parameters
    ----------
    content
        What ``run.json`` holds.
    exit_code
        0: all done; 1: a report or the results failed; 130 or 143: stopped by a signal.
    """

    content: dict[str, Any]
    exit_code: int

    def count(self, status: str) -> int:
        """Return how many jobs ended so (``done``, ``failed`` or ``not_run``)."""
        return sum(job["status"] == status for job in self.content["jobs"])


@dataclass(frozen=True)
class Records:
    """What came of each part of a run.

    Parameters
    ----------
    jobs
        One for each job of the selection.
    results
        That of the results as data.
    """

    jobs: tuple[JobRecord, ...]
    results: ResultsRecord

    @property
    def any_failed(self) -> bool:
        """Whether a report or the results could not be made."""
        return FAILED in {self.results.status, *(job.status for job in self.jobs)}


def summarise(
    selection: Selection,
    facts: PackageFacts,
    settings: Settings,
    records: Records,
    times: tuple[str, str, float],
    signal_code: int,
) -> RunRecord:
    """Put the record of a run together.

    Parameters
    ----------
    selection, facts, settings
        What was run, of what, and how.
    records
        What came of its parts.
    times
        Start and end in UTC, and the seconds between.
    signal_code
        130 or 143 if a signal stopped the run, else 0.
    """
    status = "interrupted" if signal_code else FAILED if records.any_failed else DONE
    started, finished, seconds = times
    content = {
        "format": FORMAT,
        "status": status,
        "started": started,
        "finished": finished,
        "seconds": seconds,
        "parameters": {kind: dict(values) for kind, values in selection.parameters.items()},
        "data": data_of(facts),
        "workers": settings.workers,
        "engine": settings.engine,
        "limits": asdict(settings.limits),
        "versions": versions(),
        "results": records.results.as_dict(),
        "jobs": [record.as_dict() for record in records.jobs],
    }
    return RunRecord(content, signal_code or (SOME_FAILED if records.any_failed else OK))


def data_of(facts: PackageFacts) -> dict[str, str]:
    """Return what tells one state of the data from another."""
    return {"name": facts.name, "version": facts.version, "sha256": facts.sha256}


def versions() -> dict[str, str]:
    """Return the versions of Python, of the system and of the libraries that make the reports."""
    found = {"python": platform.python_version(), "system": platform.system()}
    for name in TOOLS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


@dataclass(frozen=True)
class State:
    """What the outputs hold now.

    Parameters
    ----------
    run
        The record of the last run that has come to its end; empty if none has.
    at_work
        Whether a run is at work now.
    unfinished
        Whether a run has begun to make something since, and was ended before its end or is at work.
    fresh
        Reports in place that a run would not make again.
    stale
        Reports in place that a run would make again, with what has changed.
    failed
        Reports that could not be made when they were tried last, in place or not.
    missing
        Reports of the languages in use that were never made.
    results
        Whether the results as data are fresh, and why not.
    """

    run: dict[str, Any]
    fresh: tuple[Job, ...]
    stale: Mapping[Job, tuple[str, ...]]
    failed: tuple[Job, ...]
    missing: tuple[Job, ...]
    results: Freshness
    at_work: bool = False
    unfinished: bool = False

    @property
    def complete(self) -> bool:
        """Whether a run would find nothing to do, and the last one did all that it was to do."""
        left = (self.stale, self.failed, self.missing, self.at_work, self.unfinished)
        return self.run.get("status") == DONE and not any(left) and self.results.fresh
