"""Several processes at the same data, and processes that are killed at their work."""

from __future__ import annotations

import json
import random
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.intake.recorded import Recorded, path_of
from analysis.package import check
from analysis.package.changing import DATA, MANIFEST, READY, reading
from tests.intake.papers import digest, project, value, values_file
from tests.intake.processes import Server, Terminal, terminal

KILLED = 12
SEED = 155
LAST = 60
"""Of that many events at the end of an addition most are those that change the data."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def periods(root: Path) -> list[str]:
    """The periods of what was added, in order."""
    rows = Recorded.read(root).rows["observations"]
    return [row["period"] for row in rows if row["addition_id"] != "add-0001"]


def at_once(server: Server, root: Path, files: list[Path]) -> list[int]:
    """Add each file in a process of its own, all of them ready to begin at the same moment."""
    with ExitStack() as typed:
        with reading(root):
            waiting: list[Terminal] = [
                typed.enter_context(
                    terminal(server, "add", file, "--yes", "--root", root, unchecked=True)
                )
                for file in files
            ]
            for one in waiting:
                one.until("waiting for a run or another addition to end")
        return [one.end() for one in waiting]


def test_two_additions_at_once_are_taken_one_and_then_on_a_second_try_the_other(
    server: Server, root: Path, tmp_path: Path
) -> None:
    """The one that comes second was laid beside data that have changed: it is refused clearly."""
    years = ["2024", "2025"]
    files = [values_file(tmp_path / f"{year}.csv", value(period=year)) for year in years]
    assert sorted(at_once(server, root, files)) == [0, 2]
    assert len(periods(root)) == 1
    [late] = {*years} - {*periods(root)}

    before = digest(root)
    with reading(root):  # as a run does
        refused = server.run("add", files[years.index(late)], "--yes", "--wait", 0, "--root", root)
    assert refused.code == 3
    assert "nothing was changed" in refused.stderr
    assert digest(root) == before

    again = ("add", files[years.index(late)], "--yes", "--root", root)
    taken = server.run(*again, unchecked=True)
    assert (taken.code, taken.stderr) == (0, "")
    assert sorted(periods(root)) == years
    assert periods(root)[-1] == late


def content(root: Path) -> dict[str, bytes]:
    """Every file of a project, but what a killed process may leave in the folder of the data."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.parent.name.startswith(READY)
    }  # fmt: skip


def test_an_addition_that_is_killed_has_changed_all_or_nothing(
    server: Server, tmp_path: Path
) -> None:
    file = values_file(tmp_path / "a.csv", value())
    command = ["add", file, "--yes", "--root"]
    root, count = project(tmp_path / "whole"), tmp_path / "count"
    before = content(root)
    assert server.run(*command, root, count=str(count), unchecked=True).code == 0
    after, events = content(root), int(count.read_text())
    assert check(root).exit_code == 0

    chosen = random.Random(SEED)
    early = chosen.sample(range(1, events - LAST), KILLED // 4)
    late = [*chosen.sample(range(events - LAST, events), KILLED - len(early) - 1), events]
    found = []
    for at in (*early, *late):
        root = project(tmp_path / str(at))
        assert server.run(*command, root, kill_at=at, unchecked=True).code == -9
        found.append(found_by_the_next_command(root))
        if len(found) % 4 == 0:
            assert server.run(*command, root, unchecked=True).code == 0
            assert found_by_the_next_command(root) == after
            assert list((root / DATA).glob(".*")) == []
    assert {*map(str, found)} == {str(before), str(after)}  # some were in time, some were not


def found_by_the_next_command(root: Path) -> dict[str, bytes]:
    """Every file of a project once another command has found it."""
    seen = CliRunner().invoke(main, ["history", "8.4-beds", "--root", str(root)])
    assert seen.exit_code == 0, seen.output
    assert not (root / DATA / READY).exists()
    return content(root)


def test_whoever_comes_between_a_killed_change_and_its_completion_completes_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change is killed just after a reader has looked whether one was."""
    path = path_of("additions")
    changed = (root / path).read_bytes().replace(b"first", b"very first")

    def settle_too_early(*_: object, **__: object) -> None:
        monkeypatch.undo()
        ready = root / DATA / READY
        ready.mkdir()
        (ready / "0").write_bytes(changed)
        (ready / MANIFEST).write_text(json.dumps([path.as_posix()]))

    monkeypatch.setattr("analysis.package.changing.settle", settle_too_early)
    with reading(root, wait=0):
        assert (root / path).read_bytes() == changed
        assert not (root / DATA / READY).exists()
