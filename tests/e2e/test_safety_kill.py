"""A run that is killed leaves nothing half made, and the next one mends everything.

First at moments by chance, as a real run with all its processes; then before each single step on
disk, with nothing left to chance.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.killing import killed
from tests.e2e.small import ENVIRONMENT, ROOT, SERVE, command, versions, write, write_data
from tests.e2e.whole import faults, reports

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux tells them"),
]

KILLS = 30
SEED = 155


class Runs:
    """Runs projects one after another, with one warm process for all."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, root: Path) -> tuple[int, dict[str, Any]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(root, file=self._process.stdin, flush=True)
        code, content = json.loads(self._process.stdout.readline())
        return code, content


@contextmanager
def serving() -> Iterator[Runs]:
    with subprocess.Popen(
        command(SERVE),
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield Runs(process)


def moments(length: float) -> list[float]:
    """Moments by chance, one in each thirtieth of a run, in mixed order."""
    chance = random.Random(SEED)
    found = [(place + chance.random()) * length / KILLS for place in range(KILLS)]
    chance.shuffle(found)
    return found


def length_of_a_run(root: Path) -> float:
    """How long a whole run takes, that replaces everything."""
    start = time.monotonic()
    assert not killed(write_data(root, "2"), 600, everything=True)
    return time.monotonic() - start


def states(content: dict[str, Any]) -> set[str]:
    return {one["status"] for one in (content["results"], *content["jobs"])}


def test_a_run_that_is_killed_at_any_moment_leaves_whole_reports_and_the_next_mends_all(
    tmp_path: Path,
) -> None:
    root, outputs = write(tmp_path), tmp_path / "outputs"
    at_work, between = 0, 0
    with serving() as runs:
        assert runs.run(root)[0] == 0
        for number, moment in enumerate(moments(length_of_a_run(root))):
            version, before = "12"[number % 2], reports(outputs).keys()
            at_work += killed(write_data(root, version), moment, everything=number % 3 > 0)
            told = f"kill {number} after {moment:.2f} s"
            assert faults(outputs, just_killed=True) == [], told
            assert before <= reports(outputs).keys(), told
            found = set(versions(outputs))
            assert found <= {"1", "2"}, told
            between += len(found) == 2
            code, content = runs.run(root)
            assert (code, content["status"]) == (0, "done"), told
            assert faults(outputs) == [], told
            assert set(versions(outputs)) == {version}, told
            assert states(runs.run(root)[1]) == {"fresh"}, told
    assert at_work > KILLS / 2
    assert between > 0


@pytest.mark.parametrize("how", ["in one step", "by two moves"])
def test_a_run_that_is_killed_before_any_step_on_disk_leaves_all_whole(
    tmp_path: Path, how: str
) -> None:
    """Where folders cannot change places in one step, a report comes back with the next run."""
    options = ["--by-two-moves"] if how == "by two moves" else []
    script = [sys.executable, "-m", "tests.e2e.crashing", str(tmp_path), *options]
    told = subprocess.run(
        script, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, check=True
    )
    steps, found = json.loads(told.stdout)
    assert found == []
    assert steps > 50
