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
from tests.e2e.small import ENVIRONMENT, ROOT, RUN_ONE, command, run, versions, write, write_data
from tests.e2e.test_run import plan155
from tests.e2e.whole import bytes_of, faults
from tests.runs.project import good, only_for, write_notebook

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="mounts and locks as Linux has them"),
]

SOURCE = "data/source/155-kh-ubnd.txt"
TARGETS = "data/plan/targets.csv"
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
    assert run_one(root).returncode == 0
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


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one report and the results."""
    folder = tmp_path_factory.mktemp("real")
    for name in ("data", "docs", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "datapackage.json", folder)
    (folder / SOURCE).chmod(0o644)
    assert run_real(folder).returncode == 0
    return folder


def run_real(root: Path) -> subprocess.CompletedProcess[str]:
    return plan155("run", "--root", str(root), "--kind", "gap", "--group", "1")


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new, 1)


DAMAGES: dict[str, tuple[str, Callable[[bytes], bytes] | None, str]] = {
    "a table cut in half": (TARGETS, lambda content: content[: len(content) // 2], TARGETS),
    "a table that is no text": (TARGETS, lambda content: content + b"\xff\xfe\n", "cannot be read"),
    "a table with a zero byte": (TARGETS, lambda content: content + b"1,\x00\n", TARGETS),
    "a table with a column more": (
        "data/observed/observations.csv",
        lambda content: b"\n".join(line + b",x" for line in content.splitlines()) + b"\n",
        "observations",
    ),
    "a missing table": (TARGETS, None, "targets"),
    "a changed schema": (
        "datapackage.json",
        replaced(b'"name": "series_id"', b'"name": "series"'),
        "series",
    ),
    "a descriptor that is no JSON": ("datapackage.json", lambda _: b"{", "not JSON"),
    "a missing descriptor": ("datapackage.json", None, "no datapackage.json"),
    "another source text": (SOURCE, lambda content: content + b"x\n", "155-kh-ubnd.txt"),
    "a vanished source text": (SOURCE, None, "155-kh-ubnd.txt"),
    "a notebook that is none": ("notebooks/gap.ipynb", lambda _: b"{", "gap.ipynb"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_inputs_are_refused_and_nothing_published_is_touched(real: Path, name: str) -> None:
    place, damage, said = DAMAGES[name]
    path, before = real / place, bytes_of(real / "outputs")
    whole = path.read_bytes()
    try:
        path.unlink()
        if damage is not None:
            path.write_bytes(damage(whole))
        result = run_real(real)
    finally:
        path.write_bytes(whole)
    assert result.returncode == 2, result.stderr
    assert said in result.stderr
    assert "mend:" in result.stderr
    assert "Traceback" not in result.stderr
    assert bytes_of(real / "outputs") == before


def test_a_missing_folder_of_notebooks_is_refused(real: Path) -> None:
    before = bytes_of(real / "outputs")
    result = plan155("run", "--root", str(real), "--notebooks", str(real / "nowhere"))
    assert result.returncode == 2
    assert "no folder of notebooks" in result.stderr
    assert bytes_of(real / "outputs") == before


def test_after_every_damage_the_reports_are_still_fresh(real: Path) -> None:
    result = run_real(real)
    assert result.returncode == 0
    assert "0 of 1 reports made, 1 fresh" in result.stdout


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
    assert run_one(root).returncode == 0
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
    assert run_one(root).returncode == 0
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


@pytest.mark.parametrize(
    ("harm", "stage"),
    [
        ("(folder / 'done.json').unlink()", "results"),
        ("(folder / 'done.json').write_text('{')", "results"),
        ("import os; os.kill(os.getpid(), 9)", "worker"),
        ("import shutil; shutil.rmtree(folder.resolve())", ""),
    ],
    ids=["no marker", "half a marker", "killed", "its folder removed"],
)
def test_a_notebook_that_harms_itself_fails_alone(tmp_path: Path, harm: str, stage: str) -> None:
    root = write(tmp_path)
    cells = [*good("gap"), only_for(2, harm)]
    write_notebook(root / "notebooks", "gap", cells)
    result = run_one(root)
    assert result.returncode == 1, result.stderr
    record = json.loads((root / "outputs" / "run.json").read_text())
    failed = {job["id"]: job["failure"]["stage"] for job in record["jobs"] if job["failure"]}
    assert list(failed) == ["vi-gap-02"]
    assert not stage or failed["vi-gap-02"] == stage
    assert faults(root / "outputs") == []


def test_a_notebook_that_writes_and_writes_is_no_trouble(tmp_path: Path) -> None:
    root = write(tmp_path, only_for(2, "for _ in range(50):\n    print('x' * 1_000_000)"))
    result = run_one(root)
    assert result.returncode == 0, result.stderr
    assert faults(root / "outputs") == []


def test_a_process_that_a_notebook_leaves_behind_does_not_hold_the_run_up(tmp_path: Path) -> None:
    left = "import subprocess\nleft = subprocess.Popen(['sleep', '300'])"
    root = write(tmp_path, only_for(2, left))
    assert run_one(root).returncode == 0
    assert faults(root / "outputs") == []


def test_a_day_before_the_one_it_was_made_for_makes_a_report_again(real: Path) -> None:
    result = plan155(
        *("run", "--root", str(real), "--kind", "gap", "--group", "1", "--why"),
        *("--as-of", "2024-12-31"),
    )
    assert result.returncode == 0
    assert "done    vi-gap-01: day: it holds from" in result.stdout
