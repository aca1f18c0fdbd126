"""What came of each job: ``job.json``, which lies in the folder of every report, good or failed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from analysis.runs.failure import Failure
from analysis.runs.job import Job

RECORD = "job.json"
PARTS = ".*.part"
"""What files are called that are not yet whole."""

KEPT = ("folder", "parameters", "started", "finished", "seconds", "files")
"""What the record of something fresh takes over from that of when it was made."""

KEPT_OF_JOB = (*KEPT, "data", "engine")

DONE, FRESH, FAILED, NOT_RUN = "done", "fresh", "failed", "not_run"


@dataclass(frozen=True)
class JobRecord:
    """What came of one job.

    Parameters
    ----------
    job
        Which report.
    status
        ``done``, ``fresh`` (it was there, and all that it depends on is the same), ``failed`` or
        ``not_run`` (the run was stopped before).
    folder
        Where it is, relative to the outputs; empty if there is nothing.
    parameters
        What the notebook was given.
    data
        Name, version and SHA-256 digest of the descriptor of the data package.
    started, finished
        In UTC, ISO 8601; empty if it was not run.
    seconds
        How long it took.
    engine
        What ran its cells: ``warm`` or ``standard``; empty if it was not run.
    files
        SHA-256 digests of what the notebook wrote, from its completion marker.
    failure
        Why it failed.
    reasons
        Why it was made: what has changed since it was made last.
    """

    job: Job
    status: str
    folder: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    started: str = ""
    finished: str = ""
    seconds: float = 0.0
    engine: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    failure: Failure | None = None
    reasons: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the record as it is written: the job's parts stand beside the rest."""
        content = {"id": self.job.id, **asdict(self.job), **asdict(self)}
        del content["job"]
        return {**content, "reasons": list(self.reasons)}


def fresh_record(job: Job, told: Mapping[str, Any]) -> JobRecord:
    """Return the record of a report that was there already, from that of when it was made."""
    return JobRecord(job, FRESH, **{name: told[name] for name in KEPT_OF_JOB})


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a file whole or not at all, with the same bytes for the same content."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    write_text(path, text)


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def read_json(path: Path) -> dict[str, Any] | None:
    """Return the object in a JSON file; ``None`` if there is none that can be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def read_record(folder: Path) -> dict[str, Any]:
    """Return the record in a report's folder; an empty one if there is none."""
    return read_json(folder / RECORD) or {}


def now(ago: float = 0.0) -> str:
    """Return the time in UTC, to the second; or the time so many seconds ago."""
    return (datetime.now(UTC) - timedelta(seconds=ago)).isoformat(timespec="seconds")
