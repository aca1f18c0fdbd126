"""Several files changed at once: by real processes, which are killed, wait, or run out of room."""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest

from analysis.errors import UserError
from analysis.package import PackageError, check, load
from analysis.package import changing as module
from analysis.package.changing import READY, BusyError, change, changing, reading, settle

OLD: Final = {
    "data/observed/a.csv": b"a\nold\n",
    "data/plan/b.csv": b"b\nold\n",
    "descriptor.json": b"{}\n",
}
NEW: Final = {name: data.replace(b"old", b"new") + b"more\n" for name, data in OLD.items()}
MADE: Final = {"data/observed/c.csv": b"c\n"}
"""A file that was not there before."""

LONG = 60.0
"""Seconds that a process waits for another one: longer than any machine needs."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder, in memory where there is such a place: every file is written to the disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(name)


@pytest.fixture
def root(folder: Path) -> Path:
    """The folder of a package with the old files."""
    put(folder, OLD)
    return folder


def put(root: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def found(root: Path) -> dict[str, bytes]:
    """Return the files of a package, and all that lies in data/ besides."""
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(paths)}


# Processes


def forked(work: Callable[[], object]) -> int:
    """Do something in a process of its own, which ends with code 1 if it fails, and never here."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def ended(process: int) -> int:
    """Wait for a process and return its exit code; of a killed one the signal, negative."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def runs(process: int) -> bool:
    """Tell whether a process has not ended."""
    return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


@pytest.fixture
def background() -> Iterator[Callable[[Callable[[], object]], int]]:
    """Start processes that are killed at the end if they still run."""
    started: list[int] = []

    def start(work: Callable[[], object]) -> int:
        started.append(forked(work))
        return started[-1]

    yield start
    for process in started:
        try:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        except (ProcessLookupError, ChildProcessError):
            continue


class Gate:
    """What one process opens and another waits for."""

    def __init__(self) -> None:
        self.ends = os.pipe()

    def open(self) -> None:
        os.write(self.ends[1], b"x")

    def is_open(self, seconds: float) -> bool:
        return bool(select.select([self.ends[0]], [], [], seconds)[0])

    def wait(self) -> None:
        assert os.read(self.ends[0], 1) == b"x"


def changed(root: Path, files: dict[str, bytes]) -> None:
    with changing(root, wait=LONG):
        change(root, files)


def killed_at(line: int, work: Callable[[], object]) -> bool:
    """Do something in a process that is killed before a line of the module, or of what it calls.

    Returns whether it was killed: it had so many lines to go.
    """
    left = line

    def count_down(frame: FrameType, event: str, _: object) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in watched:
            return None
        if event == "line":
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return count_down

    def traced() -> None:
        sys.settrace(count_down)
        work()

    watched = {module.__file__, sys.modules["shutil"].__file__}
    code = ended(forked(traced))
    assert code in (0, -signal.SIGKILL)
    return code != 0


# Killed


def test_a_change_that_is_killed_anywhere_has_happened_as_a_whole_or_not_at_all(
    folder: Path,
) -> None:
    outcomes = []
    for line in count():
        root = folder / str(line)
        put(root, OLD)
        killed = killed_at(line, lambda root=root: changed(root, {**NEW, **MADE}))
        ready = (root / "data" / READY).is_dir()
        if not ready:
            assert {name: found(root)[name] for name in OLD} in (OLD, NEW)
        settle(root)
        with changing(root):
            outcomes.append(found(root))
        if not killed:
            break
        assert not ready or outcomes[-1] == {**NEW, **MADE}, "what was ready is completed"
    assert set(map(repr, outcomes)) == {repr(OLD), repr(dict(sorted({**NEW, **MADE}.items())))}
    happened = [one != OLD for one in outcomes]
    assert happened == sorted(happened), "one step decides"
    assert happened.count(False) > 10
    assert happened.count(True) > 10


def half_done(root: Path) -> None:
    """Leave a change that was decided, and then killed."""
    put(root, OLD)
    for line in count():
        assert killed_at(line, lambda: changed(root, {**NEW, **MADE}))
        if (root / "data" / READY).is_dir():
            return


def test_whoever_completes_a_change_can_be_killed_as_well(folder: Path) -> None:
    half_done(folder / "first")
    ready = found(folder / "first")
    for line in count():
        root = folder / str(line)
        put(root, ready)
        killed = killed_at(line, lambda root=root: settle(root))
        settle(root)
        assert found(root) == {**NEW, **MADE}
        assert not (root / "data" / READY).exists()
        if not killed:
            break
    assert line > 20


@pytest.mark.parametrize("way", [settle, reading, changing])
def test_a_change_left_half_done_is_completed_by_whoever_comes_next(
    folder: Path, way: Callable[[Path], Any]
) -> None:
    half_done(folder)
    assert {name: found(folder)[name] for name in OLD} != NEW
    done = way(folder)
    if done is None:
        assert found(folder) == {**NEW, **MADE}
    else:
        with done:
            assert found(folder) == {**NEW, **MADE}


def test_a_change_killed_just_before_the_data_are_held_is_completed_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def settled_just_before(root: Path, *, wait: float) -> None:
        settle(root, wait=wait)
        if not calls:
            half_done(root)
        calls.append(wait)

    monkeypatch.setattr(module, "settle", settled_just_before)
    with reading(folder):
        assert found(folder) == {**NEW, **MADE}
    assert len(calls) == 2


@pytest.mark.parametrize("way", [check, load])
def test_loading_and_checking_complete_it_too(root: Path, way: Callable[[Path], object]) -> None:
    half_done(root)
    put(root, {"datapackage.json": b"[]"})
    with suppress(PackageError):  # it is no package, but is settled before that is seen
        way(root)
    assert found(root) == {**NEW, **MADE, "datapackage.json": b"[]"}


def test_what_was_never_ready_is_thrown_away_by_the_next_change(root: Path) -> None:
    put(root, {f"data/{READY}-1/0": b"half", f"data/{READY}-99999/files.json": b"["})
    settle(root)
    with reading(root):
        assert len(found(root)) == len(OLD) + 2, "who only reads changes nothing"
    with changing(root):
        assert found(root) == OLD


def test_an_error_before_it_is_decided_leaves_everything_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="Input/output error"):
        changed(root, NEW)
    assert found(root) == OLD


def test_a_change_of_a_file_without_a_folder_is_completed_once_the_folder_is_there(
    root: Path,
) -> None:
    with pytest.raises(FileNotFoundError):
        changed(root, {**NEW, "data/reference/d.csv": b"d\n"})
    (root / "data/reference").mkdir()
    settle(root)
    assert found(root) == {**NEW, "data/reference/d.csv": b"d\n"}


# Together


def add_line(root: Path) -> None:
    """Read two files and put a line behind each of them."""
    with changing(root, wait=LONG):
        now = {name: data + b"line\n" for name, data in found(root).items() if name in OLD}
        change(root, now)


def whenever(asked: Gate, done: Gate, work: Callable[[], object]) -> None:
    """Do something each time that a gate is opened."""
    while True:
        asked.wait()
        work()
        done.open()


def test_two_who_change_at_once_lose_nothing(root: Path) -> None:
    def often() -> None:
        for _ in range(15):
            add_line(root)

    codes = [ended(process) for process in [forked(often) for _ in range(3)]]
    assert codes == [0, 0, 0]
    assert found(root) == {name: data + b"line\n" * 45 for name, data in OLD.items()}


def test_readers_see_all_files_of_one_state_whoever_changes_or_is_killed(
    root: Path, background: Callable[[Callable[[], object]], int]
) -> None:
    begin, done = (Gate(), Gate()), Gate()
    points = count(1, 11)
    kill = partial(killed_at, work=lambda: add_line(root))
    works = (lambda: add_line(root), lambda: kill(next(points) % 150))
    writers = [
        background(partial(whenever, gate, done, work))
        for gate, work in zip(begin, works, strict=True)
    ]
    seen = []
    for _ in range(12):
        for gate in begin:
            gate.open()
        for _ in begin:
            while not done.is_open(0.01):
                seen.append(state(root))
                assert all(map(runs, writers))
            done.wait()
        seen.append(state(root))
    assert seen == sorted(seen), "nothing that was seen is lost"
    assert len(set(seen)) >= 12


def state(root: Path) -> int:
    """Read every file twice, and return how many lines were added to each."""
    with reading(root, wait=LONG):
        lines = {(root / name).read_bytes().count(b"line\n") for name in [*OLD, *OLD]}
    assert len(lines) == 1, "all files are of one state, and nobody changes it"
    return lines.pop()


def test_readers_read_at_the_same_time(root: Path) -> None:
    with reading(root, wait=0), reading(root, wait=0):
        assert ended(forked(lambda: reading(root, wait=0).__enter__())) == 0


@pytest.mark.parametrize("held", [reading, changing])
def test_a_change_is_refused_while_somebody_is_at_work(
    root: Path, held: Callable[[Path], Any]
) -> None:
    told: list[str] = []

    def refused() -> None:
        with pytest.raises(BusyError), changing(root):
            raise AssertionError("both are at work")

    with held(root):
        with pytest.raises(BusyError) as caught, changing(root, waiting=lambda: told.append("x")):
            raise AssertionError("both are at work")
        assert ended(forked(refused)) == 0, "another process is refused as well"
    assert caught.value.exit_code == 3
    assert isinstance(caught.value, UserError)
    assert caught.value.where == str(root / "data")
    assert "nothing was changed" in caught.value.mend
    assert told == ["x"]
    assert found(root) == OLD
    with changing(root):
        change(root, NEW)
    assert found(root) == NEW


def test_nobody_reads_while_somebody_changes(root: Path) -> None:
    with changing(root), pytest.raises(BusyError), reading(root, wait=0):
        raise AssertionError("it is read")


def test_who_waits_gets_on_when_the_other_ends(
    root: Path, background: Callable[[Callable[[], object]], int]
) -> None:
    at_work, go_on = Gate(), Gate()

    def hold() -> None:
        with reading(root):
            at_work.open()
            go_on.wait()

    background(hold)
    at_work.wait()
    with changing(root, wait=LONG, waiting=go_on.open):
        change(root, NEW)
    assert found(root) == NEW


def test_who_does_not_wait_is_not_told_to(root: Path) -> None:
    def told() -> None:
        raise AssertionError("there is nobody to wait for")

    with changing(root, waiting=told):
        change(root, NEW)
    assert found(root) == NEW


def test_the_lock_of_a_killed_process_is_free(
    root: Path, background: Callable[[Callable[[], object]], int]
) -> None:
    at_work = Gate()

    def hold() -> None:
        with changing(root):
            at_work.open()
            signal.pause()

    holder = background(hold)
    at_work.wait()
    os.kill(holder, signal.SIGKILL)
    assert ended(holder) == -signal.SIGKILL
    with changing(root):
        change(root, NEW)
    assert found(root) == NEW


def test_a_process_forked_meanwhile_does_not_hold_the_data_any_longer(
    root: Path, background: Callable[[Callable[[], object]], int]
) -> None:
    with reading(root):
        background(signal.pause)
    with changing(root):
        change(root, NEW)
    assert found(root) == NEW


def test_a_process_forked_meanwhile_that_leaves_does_not_let_others_in(root: Path) -> None:
    held = reading(root)
    with held:
        assert ended(forked(lambda: held.__exit__(None, None, None))) == 0
        with pytest.raises(BusyError), changing(root):
            raise AssertionError("the data are held")


def test_without_data_there_is_nothing_to_hold(tmp_path: Path) -> None:
    with changing(tmp_path), changing(tmp_path), reading(tmp_path):
        settle(tmp_path)
    assert not list(tmp_path.iterdir())


# No room, no right


def test_a_full_disk_leaves_everything_as_it_was(root: Path) -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        with pytest.raises(OSError, match="File too large"):
            changed(root, {**NEW, "data/plan/b.csv": b"long\n" * 1000})
        assert found(root) == OLD
        changed(root, NEW)

    assert ended(forked(no_room)) == 0
    assert found(root) == NEW


NOBODY = 65534


def test_a_folder_that_may_only_be_read_can_be_read_and_is_not_changed() -> None:
    with tempfile.TemporaryDirectory() as folder:  # where anybody may look
        root = Path(folder)
        root.chmod(0o755)
        put(root, OLD)
        folders = [path for path in (root, *root.rglob("*")) if path.is_dir()]
        for path in folders:
            path.chmod(0o555)

        def as_anybody() -> None:
            if os.geteuid() == 0:
                os.setuid(NOBODY)
            with reading(root):
                assert found(root) == OLD
            with pytest.raises(PermissionError):
                changed(root, NEW)
            settle(root)
            assert found(root) == OLD

        assert ended(forked(as_anybody)) == 0
        assert found(root) == OLD
        for path in folders:
            path.chmod(0o755)
