"""What is looked at: reports of each kind in both languages, and the site, made by a real run.

Group 5 has observations; of group 9 most series have none.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.runs.job import all_jobs
from analysis.runs.kinds import read_kinds
from analysis.words import LANGUAGES

ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-25"
SUBJECTS = {"group_id": ("5", "9"), "task_group_id": ("IV",), "agency_id": ("so-y-te",)}
OPTIONS = {"group_id": "--group", "task_group_id": "--task-group", "agency_id": "--agency"}
KINDS = read_kinds(ROOT / "notebooks")
JOBS = all_jobs(KINDS, SUBJECTS, LANGUAGES)
ASKED = (
    *(word for kind in KINDS for word in ("--kind", kind.name)),
    *(word for name, some in SUBJECTS.items() for one in some for word in (OPTIONS[name], one)),
    *("--language", "all", "--as-of", AS_OF),
)
"""What is asked of the run."""


def shared(factory: pytest.TempPathFactory) -> Path:
    """Return the outputs of that run, which all workers of a session share; it is made once."""
    place = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    folder, told = place / "browser-outputs", place / "browser-outputs-told"
    with (place / "browser-outputs-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(make(folder), encoding="utf-8")
    failure = told.read_text(encoding="utf-8")
    assert not failure, failure
    return folder


def make(folder: Path) -> str:
    """Make the reports, their results, the index and the site as a user would.

    Returns what was said if it failed, which no other is to try again; else nothing.
    """
    command = [sys.executable, "-m", "analysis.cli", "run", "--root", str(ROOT)]
    done = subprocess.run(
        [*command, "--outputs", str(folder), *ASKED],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PLAN155_SITE": "yes"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr if done.returncode else ""
