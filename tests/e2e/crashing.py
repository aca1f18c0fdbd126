"""Kill a run before each of its steps on disk in turn, and look at what it leaves.

Run as a program, on a folder: it kills one run after another, each one step later than the last,
and prints as JSON how many steps there are and what was not as it should be. The reports are
written by this program instead of notebooks, and what cannot change meanwhile (releases that are
installed, a template) is looked up once, so that a run takes no time; everything else is real.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr
from functools import cache, partial
from pathlib import Path
from typing import Any

from analysis.runs import index, keys, pool, publish, summary
from analysis.runs.execute import Ended, Order
from analysis.runs.pool import Finish
from analysis.runs.signals import Stop
from tests.e2e.small import run as run_here
from tests.e2e.small import versions, write, write_data
from tests.e2e.whole import faults, reports
from tests.runs.project import write_report

STEPS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree")
PAGE = """\
<html><p class="stale" hidden>x</p>
<li class="sibling" data-report="../../vi/gap-01/report.html">1</li>
<li class="sibling" data-report="../../vi/gap-02/report.html" hidden>2</li>
{}</html>
"""


class Steps:
    """Counts the steps on disk of this process, and kills it before a given one."""

    def __init__(self, fatal: int) -> None:
        self.fatal, self.made, self.counting = fatal, 0, True

    def take(self, event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if self.counting and (writes or event in STEPS):
            self.made += 1
            if self.made == self.fatal:
                os.kill(os.getpid(), signal.SIGKILL)


def notebooks(
    steps: Steps, version: str, orders: Iterable[Order], _: int, finish: Finish, __: Stop
) -> None:
    """Stands for the pool: each report is there at once, and is good."""
    for order in orders:
        steps.counting = False
        write_report(order.folder, order.job, version, version)
        (order.folder / "report.html").write_text(PAGE.format(version), encoding="utf-8")
        (order.folder / "log.txt").touch()
        steps.counting = True
        finish(order, Ended(None, "standard"), 0.0)


def work(root: Path, version: str, steps: Steps) -> int:
    pool.run_all = partial(notebooks, steps, version)
    with Path(os.devnull).open("w") as silence, redirect_stderr(silence):
        return run_here(root, kinds=("gap",), groups=("1", "2")).exit_code


def run(root: Path, version: str, fatal: int = 0) -> tuple[int, int]:
    """Run in a process of its own, which is killed before the step ``fatal``.

    Returns the code with which it ended, and how many steps it has made if it came to its end.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        steps = Steps(fatal)
        sys.addaudithook(steps.take)
        code = work(root, version, steps)
        os.write(writing, str(steps.made).encode())
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as told:
        count = told.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), int(count or 0)


def looked_at(root: Path, before: set[str]) -> Iterator[str]:
    """What is not as it should be right after a kill."""
    outputs = root / "outputs"
    yield from faults(outputs, just_killed=True)
    yield from (f"{name} is missing" for name in before - reports(outputs).keys())
    yield from (f"mixed: {one}" for one in versions(outputs) if one not in ("1", "2"))


def repaired(root: Path, version: str) -> Iterator[str]:
    """What is not as it should be after the next run, and the one after that."""
    outputs = root / "outputs"
    if run(root, version)[0] != 0:
        yield "the next run is not well"
    yield from faults(outputs)
    if set(versions(outputs)) != {version}:
        yield f"not all is of version {version}"
    if version not in (outputs / "index.html").read_text(encoding="utf-8"):
        yield "the index is not of the last run"
    before = (outputs / "state.json").read_bytes()
    code, _ = run(root, version)
    told = json.loads((outputs / "run.json").read_bytes())
    if code or {one["status"] for one in (told["results"], *told["jobs"])} != {"fresh"}:
        yield "there was still something to do"
    if (outputs / "state.json").read_bytes() != before:
        yield "the run after the next has changed something"


def all_steps(root: Path, *, by_two_moves: bool) -> tuple[int, list[str]]:
    """Kill a run before each of its steps; return how many there are, and all faults."""
    if by_two_moves:
        publish.swap = lambda *_: False
    keys._version = cache(keys._version)
    summary.versions = cache(summary.versions)
    index._environment = cache(index._environment)
    write(root)
    work(root, "1", Steps(0))  # in this process, so that all that follow have everything imported
    found = [f"first: {fault}" for fault in faults(root / "outputs")]
    for step in range(1, 1000):
        version = "12"[step % 2]
        before = set(reports(root / "outputs"))
        write_data(root, version)
        code, count = run(root, version, step)
        if code == 0:
            return count, found
        if by_two_moves:
            with publish.exclusive(publish.Outputs(root / "outputs")):
                pass
        told = [f"code {code}"] if code != -signal.SIGKILL else []
        told += [*looked_at(root, before), *repaired(root, version)]
        found += [f"step {step}: {fault}" for fault in told]
    raise RuntimeError("the run does not end")


if __name__ == "__main__":
    print(json.dumps(all_steps(Path(sys.argv[1]), by_two_moves="--by-two-moves" in sys.argv)))
