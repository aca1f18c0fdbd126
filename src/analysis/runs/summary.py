"""``run.json``: what ran, with what, and what came of it. Its schema is ``run.schema.json``."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from analysis.runs.facts import PackageFacts
from analysis.runs.job import Job, Subjects, all_jobs
from analysis.runs.kinds import Kind
from analysis.runs.parameters import Selection
from analysis.runs.places import Outputs
from analysis.runs.publish import failed, published
from analysis.runs.record import DONE, FAILED, JobRecord, read_json
from analysis.runs.results import ResultsRecord
from analysis.runs.settings import Settings
from analysis.words import LANGUAGES

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
        The record of the last run.
    made, failed, missing
        Reports in place; jobs of which a failure is kept; reports of the languages in use that
        are neither.
    """

    run: dict[str, Any]
    made: tuple[Job, ...]
    failed: tuple[Job, ...]
    missing: tuple[Job, ...]

    @property
    def results(self) -> str:
        """How the results as data ended in the last run; empty if its record does not say."""
        return str(self.run.get("results", {}).get("status", ""))

    @property
    def complete(self) -> bool:
        """Whether every expected report is there and the last run did all that it was to do."""
        return self.run.get("status") == DONE and not self.failed and not self.missing


def read_state(outputs: Outputs, kinds: Sequence[Kind], subjects: Subjects) -> State | None:
    """Return what the outputs hold; ``None`` if nothing was ever run there.

    Parameters
    ----------
    outputs
        The outputs.
    kinds, subjects
        The kinds of report that there are, and what they can be about.
    """
    run = read_json(outputs.summary)
    if run is None:
        return None
    made, broken = published(outputs), failed(outputs)
    languages = [name for name in LANGUAGES if name in {job.language for job in (*made, *broken)}]
    expected = all_jobs(kinds, subjects, languages or LANGUAGES[:1])
    missing = tuple(job for job in expected if job not in {*made, *broken})
    return State(run, made, broken, missing)
