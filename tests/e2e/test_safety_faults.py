"""What is wrong around a run is told, with an exit code, and what was published stays as it was."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.runs.places import Outputs
from analysis.runs.publish import LockedError, exclusive
from tests.e2e.small import ENVIRONMENT, RUN_ONE, command, run, versions, write, write_data
from tests.e2e.test_run import plan155
from tests.e2e.whole import bytes_of, faults
from tests.runs.project import good, only_for, write_notebook

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="mounts and locks as Linux has them"),
]

WAIT = "import threading; threading.Event().wait()"


def run_one(root: Path) -> subprocess.CompletedProcess[str]:
    """The small project, run in a process of its own."""
    return subprocess.run(
        command(RUN_ONE, root), env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Makes a real disk of so many kB; skips where that is not allowed."""
    mounted: list[Path] = []

    def mount(size: int) -> Path:
        place = tmp_path / f"disk-{len(mounted)}"
        place.mkdir()
        line = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)]
        if os.geteuid() or subprocess.run(line, capture_output=True, check=False).returncode:
            pytest.skip("only root may mount a disk, and not in every sandbox")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", "-l", str(place)], check=True)


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


def linked(root: Path, outputs: Path) -> None:
    """The outputs of a project lie on another disk."""
    (root / "outputs").symlink_to(outputs, target_is_directory=True)


def test_a_full_disk_fails_the_run_and_leaves_what_was_there(
    tmp_path: Path, disk: Callable[[int], Path]
) -> None:
    root, place = write(tmp_path / "project"), disk(40_000)
    linked(root, place)
    assert run(root).exit_code == 0
    used = shutil.disk_usage(place).used // 1024
    before = set(versions(place))
    remount(place, f"size={used + 60}k")
    write_data(root, "2")
    result = run_one(root)
    assert result.returncode in {1, 2}
    assert "No space left on device" in result.stderr
    assert faults(place, just_killed=True) == []
    assert before == {"1"}
    assert set(versions(place)) <= {"1", "2"}
    remount(place, "size=40000k")
    assert run(root).exit_code == 0
    assert faults(place) == []
    assert set(versions(place)) == {"2"}


def test_outputs_that_cannot_be_written_are_refused_and_stay_as_they_were(
    tmp_path: Path, disk: Callable[[int], Path]
) -> None:
    root, place = write(tmp_path / "project"), disk(40_000)
    linked(root, place)
    assert run(root).exit_code == 0
    before = bytes_of(place)
    remount(place, "ro")
    write_data(root, "2")
    result = run_one(root)
    assert result.returncode != 0
    assert "cannot be written" in result.stderr
    assert bytes_of(place) == before


def test_outputs_that_are_a_file_are_refused(tmp_path: Path) -> None:
    root = write(tmp_path)
    (root / "outputs").write_text("mine")
    result = plan155("run", "--root", str(root), "--group", "1")
    assert result.returncode == 2
    assert "the outputs cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
    assert (root / "outputs").read_text() == "mine"


def test_two_runs_on_the_same_outputs_keep_out_of_each_others_way(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    told = f"pipe = open({str(tmp_path / 'pipe')!r}, 'w'); pipe.write('here\\n'); pipe.flush()"
    root = write(tmp_path / "project", only_for(2, f"{told}\n{WAIT}"))
    with (
        subprocess.Popen(command(RUN_ONE, root), env=ENVIRONMENT, stderr=subprocess.DEVNULL) as one,
        (tmp_path / "pipe").open("rb", buffering=0) as pipe,
    ):
        assert pipe.readline() == b"here\n"
        second = plan155("run", "--root", str(root), "--group", "1")
        elsewhere = plan155("status", "--root", str(root))
        with exclusive(Outputs(tmp_path / "others")):  # other outputs are free
            pass
        one.send_signal(signal.SIGTERM)
        assert one.wait() == 143
    assert (second.returncode, "another run is at work" in second.stderr) == (3, True)
    assert elsewhere.returncode == 1  # it does not call fresh what is not there yet
    assert "missing:  vi-gap-02" in elsewhere.stdout
    assert faults(root / "outputs") == []
    write(root)
    assert run(root).exit_code == 0
    assert faults(root / "outputs") == []


def test_the_file_by_which_runs_keep_out_of_each_others_way_blocks_nobody_when_left(
    tmp_path: Path,
) -> None:
    root = write(tmp_path)
    (root / "outputs").mkdir()
    (root / "outputs" / ".lock").write_text("left by a run that was killed")
    assert run(root).exit_code == 0
    with exclusive(Outputs(root / "outputs")), pytest.raises(LockedError):
        run(root)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_publishes_nothing_half_and_the_next_completes_it(
    tmp_path: Path, number: int, code: int
) -> None:
    os.mkfifo(tmp_path / "pipe")
    told = f"pipe = open({str(tmp_path / 'pipe')!r}, 'w'); pipe.write('here\\n'); pipe.flush()"
    root = write(tmp_path / "project")
    assert run(root).exit_code == 0
    write(root, only_for(3, f"{told}\n{WAIT}"), version="2")
    with (
        subprocess.Popen(command(RUN_ONE, root), env=ENVIRONMENT, stderr=subprocess.DEVNULL) as one,
        (tmp_path / "pipe").open("rb", buffering=0) as pipe,
    ):
        assert pipe.readline() == b"here\n"
        one.send_signal(number)
        assert one.wait() == code
    assert faults(root / "outputs") == []
    record: dict[str, Any] = json.loads((root / "outputs" / "run.json").read_text())
    assert record["status"] == "interrupted"
    write(root, version="2")
    assert run(root).exit_code == 0
    assert set(versions(root / "outputs")) == {"2"}


def test_a_report_that_fails_keeps_the_last_good_one_until_it_succeeds(tmp_path: Path) -> None:
    root, outputs = write(tmp_path), tmp_path / "outputs"
    assert run(root).exit_code == 0
    page = outputs / "vi" / "gap-02" / "report.html"
    write_notebook(root / "notebooks", "gap", good("gap", only_for(2, "1 / 0")))
    assert run(root).exit_code == 1
    assert '<p class="stale">' in page.read_text(encoding="utf-8")
    status = json.loads(plan155("status", "--json", "--root", str(root)).stdout)
    assert status["failed"] == ["vi-gap-02"]
    assert "notebook" in status["stale"]["vi-gap-02"]
    write(root)
    assert run(root).exit_code == 0
    assert '<p class="stale" hidden>' in page.read_text(encoding="utf-8")
    assert not (outputs / "failed" / "vi-gap-02").exists()


def test_a_notebook_that_writes_and_writes_is_no_trouble(tmp_path: Path) -> None:
    root = write(tmp_path, only_for(2, "for _ in range(20):\n    print('x' * 1_000_000)"))
    result = run_one(root)
    assert result.returncode == 0, result.stderr
    assert faults(root / "outputs") == []


def test_a_process_that_a_notebook_leaves_behind_does_not_hold_the_run_up(tmp_path: Path) -> None:
    left = "import subprocess\nleft = subprocess.Popen(['sleep', '300'])"
    root = write(tmp_path, only_for(2, left))
    assert run(root).exit_code == 0
    assert faults(root / "outputs") == []
