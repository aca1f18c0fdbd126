"""A run that is killed leaves nothing half made, and the next one mends everything.

First at moments by chance, as a real run with all its processes; then before each single step on
disk, with nothing left to chance.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.killing import KINDS, Moment, killed, times
from tests.e2e.small import ENVIRONMENT, ROOT, serving, versions, write, write_data
from tests.e2e.whole import faults, reports

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux tells them"),
]

KILLS = 20
SEED = 155


def moments(times: list[float]) -> list[Moment]:
    """Moments by chance: in the beginning, while reports are being replaced, and after the last."""
    chance = random.Random(SEED)
    first, *_, last, end = times
    reports = len(times) - 1
    gap = 2 * (last - first) / (reports - 1)
    found = [
        *(Moment(0, chance.uniform(0, first)) for _ in range(KILLS // 5)),
        *(Moment(1 + n % reports, chance.uniform(0, gap)) for n in range(3 * KILLS // 5)),
        *(Moment(reports, chance.uniform(0, end - last)) for _ in range(KILLS // 5)),
    ]
    chance.shuffle(found)
    return found


def states(content: dict[str, Any]) -> set[str]:
    return {one["status"] for one in (content["results"], *content["jobs"])}


def test_a_run_that_is_killed_at_any_moment_leaves_whole_reports_and_the_next_mends_all(
    tmp_path: Path,
) -> None:
    root, outputs = write(tmp_path), tmp_path / "outputs"
    at_work, between = 0, 0
    with serving() as runs:
        assert runs.run(root, kinds=KINDS)[0] == 0
        for number, moment in enumerate(moments(times(write_data(root, "2")))):
            version, before = "12"[number % 2], reports(outputs).keys()
            at_work += killed(write_data(root, version), moment, everything=number % 3 > 0)
            told = f"kill {number}: {moment}"
            assert faults(outputs, just_killed=True) == [], told
            assert before <= reports(outputs).keys(), told
            found = set(versions(outputs))
            assert found <= {"1", "2"}, told
            between += len(found) == 2
            code, content = runs.run(root, kinds=KINDS)
            assert (code, content["status"]) == (0, "done"), told
            assert faults(outputs) == [], told
            assert set(versions(outputs)) == {version}, told
            assert states(runs.run(root, kinds=KINDS)[1]) == {"fresh"}, told
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
