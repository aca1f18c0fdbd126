"""A small project whose reports say of which version of the data they are, in every file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.runs.settings import WARM
from analysis.runs.summary import RunRecord
from tests.e2e.whole import reports
from tests.runs.making import DAY, made
from tests.runs.project import GROUPS, good, write_package, write_project

ROOT = Path(__file__).parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}

OF_THE_DATA = """\
package = folder / data
version = json.loads((package / "datapackage.json").read_text())["version"]
texts = {"results.csv": version, "results.json": version, "figures/one.txt": 10_000 * version}
for name, text in texts.items():
    (folder / name).write_text(text, encoding="utf-8")
print(f"version {version}")
"""

SERVE = """
import json, sys
from pathlib import Path
from analysis.runs import pool
from analysis.runs.settings import WARM, Limits
from tests.e2e.small import run
from tests.runs import light
light.use()
pool.warm_up(WARM)
for line in sys.stdin:
    root, limits, options = json.loads(line)
    result = run(Path(root), limits=Limits(**limits), **options)
    print(json.dumps([result.exit_code, result.content]), flush=True)
"""
"""Runs the projects that it is told of, one a line, with the same warm process."""

CLI = """
import sys
from analysis.runs import command, gate
from tests.e2e.small import results
from tests.runs import light
light.use()
gate.refuse_invalid = lambda _: None
command.maker = lambda root, _: lambda folder: results(root, folder)
from analysis.cli import main
main(sys.argv[1:])
"""
"""The command line, for a package that is not one of the plan."""

RUN_ONE = """
import sys
from pathlib import Path
from analysis.runs import pool
from analysis.runs.settings import WARM
from tests.e2e.small import run
from tests.runs import light
light.use()
pool.warm_up(WARM)
root, *kinds = sys.argv[1:]
sys.exit(run(Path(root), kinds=tuple(kinds)).exit_code)
"""


def command(script: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", script, *map(str, arguments)]


def write(root: Path, *more: str, last: Sequence[str] = (), version: str = "1") -> Path:
    """The project, with cells put before the last one of each notebook, and after it."""
    cells = {kind: [*good(kind, OF_THE_DATA, *more), *last] for kind in ("gap", "trend")}
    return write_data(write_project(root, **cells), version)


class Runs:
    """Runs projects one after another, with one warm process for all."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, root: Path, **options: Any) -> tuple[int, dict[str, Any]]:
        """The exit code of a run, and its record; ``limits`` are given as an object."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        told = [str(root), options.pop("limits", {}), options]
        print(json.dumps(told), file=self._process.stdin, flush=True)
        code, content = json.loads(self._process.stdout.readline())
        return code, content


@contextmanager
def serving() -> Iterator[Runs]:
    """A process that runs projects."""
    with subprocess.Popen(
        command(SERVE),
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield Runs(process)


def plan155(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """What the command line says and does about the small project."""
    return subprocess.run(
        command(CLI, *arguments),
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def write_data(root: Path, version: str) -> Path:
    """Another version of the data: each group has another name, so that every report is due."""
    table = write_package(root, version) / "data" / "plan" / "indicator_groups.csv"
    head, *rows = GROUPS.splitlines()
    text = "".join(f"{row} {version}\n" for row in rows)
    table.write_text(f"{head}\n{text}", encoding="utf-8")
    return root


def results(root: Path, folder: Path) -> str:
    """The results, made by the run itself."""
    version = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))["version"]
    for name in ("results_gap.csv", "results_trend.csv"):
        (folder / name).write_text(version, encoding="utf-8")
    return DAY.isoformat()


def run(root: Path, **options: Any) -> RunRecord:
    """Run the project in this process, with the warm engine."""
    chosen = {"engine": WARM, "results": lambda folder: results(root, folder), **options}
    return made(root, **chosen)


def versions(outputs: Path) -> Iterator[str]:
    """The version of each part of the outputs; several where a part is mixed of them."""
    for place in (*reports(outputs).values(), outputs / "results"):
        texts = [path.read_text(encoding="utf-8") for path in sorted(place.rglob("results*"))]
        yield "+".join(sorted({text.strip() for text in texts}))
