"""The reports that are looked at: one of each kind in both languages, made by a real run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from analysis.runs.job import all_jobs
from analysis.runs.kinds import read_kinds
from analysis.words import LANGUAGES

ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-25"
SUBJECTS = {"group_id": ("5",), "task_group_id": ("IV",), "agency_id": ("so-y-te",)}
OPTIONS = {"group_id": "--group", "task_group_id": "--task-group", "agency_id": "--agency"}
KINDS = read_kinds(ROOT / "notebooks")
JOBS = all_jobs(KINDS, SUBJECTS, LANGUAGES)


def make(folder: Path) -> None:
    """Make the reports, their results and the index as a user would."""
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
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
