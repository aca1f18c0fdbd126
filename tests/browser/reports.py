"""What is looked at: a report of each kind in both languages, and the site, made by a real run."""

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
SUBJECTS = {"group_id": ("5",), "task_group_id": ("IV",), "agency_id": ("so-y-te",)}
OPTIONS = {"group_id": "--group", "task_group_id": "--task-group", "agency_id": "--agency"}
KINDS = read_kinds(ROOT / "notebooks")
JOBS = all_jobs(KINDS, SUBJECTS, LANGUAGES)


def shared(factory: pytest.TempPathFactory) -> Path:
    """Return the outputs of that run, which all workers of a session share; it is made once."""
    place = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    folder, finished = place / "browser-outputs", place / "browser-outputs-finished"
    with (place / "browser-outputs-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            make(folder)
            finished.touch()
    return folder


def make(folder: Path) -> None:
    """Make the reports, their results, the index and the site as a user would."""
    kinds = [word for kind in KINDS for word in ("--kind", kind.name)]
    used = {kind.subject for kind in KINDS}
    subjects = [
        word for name, option in OPTIONS.items() if name in used
        for word in (option, *SUBJECTS[name])
    ]  # fmt: skip
    places = ["--root", str(ROOT), "--outputs", str(folder)]
    command = [sys.executable, "-m", "analysis.cli", "run", *places, *kinds, *subjects]
    done = subprocess.run(
        [*command, "--language", "all", "--as-of", AS_OF],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PLAN155_SITE": "yes"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
