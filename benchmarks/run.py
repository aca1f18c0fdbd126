"""Time whole runs of the project's own notebooks by several ways, side by side in one go.

Run with ``python benchmarks/run.py`` after ``pip install -e '.[bench]'``; ``--help`` tells the
options. Every way makes the gap and trend reports of all groups in Vietnamese:

``cron``
    the commands ``papermill`` and ``jupyter nbconvert``, one after another for each notebook, as a
    line in cron would call them;
``papermill``
    ``papermill.execute_notebook`` for one notebook after another in one process, no pages;
``ploomber``
    ploomber-engine in two processes, and in them the pages by nbconvert;
``bare``
    ploomber-engine in two processes, no pages;
``ours-1``, ``ours-2``
    ``plan155 run`` with one and two workers, from nothing: checks of the data, notebooks, pages,
    results, index and change feeds; not the site, which no other way makes;
``floor``
    the cells as plain functions in two processes: no notebook, no pages, no checks;
``nothing``
    ``plan155 run`` again where nothing has changed.

The machine decides the seconds, so ratios are printed: medians over the rounds, in which the ways
take turns. The peak is the proportional set size of all processes of a way together.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("gap", "trend")
GROUPS = range(1, 12)
AS_OF = "2026-11-25"
PYTHON = sys.executable
BIN = Path(sys.executable).parent
SAMPLE_EVERY = 0.25

CELLS = """
import json, os, sys
sys.path.insert(0, {root!r})
from benchmarks.run import run_cells
run_cells(json.loads(sys.argv[1]))
"""

PAPERMILL = """
import json, os, sys
from papermill import execute_notebook
for job in json.loads(sys.argv[1]):
    execute_notebook(job["notebook"], job["executed"], parameters=job["parameters"],
                     kernel_name="python3", progress_bar=False, cwd=job["folder"])
"""

BARE = """
import json, os, sys
from ploomber_engine import execute_notebook
for job in json.loads(sys.argv[1]):
    os.chdir(job["folder"])
    execute_notebook(job["notebook"], job["executed"], parameters=job["parameters"],
                     progress_bar=False, verbose=False)
"""

PLOOMBER = (
    """
import nbconvert
exporter = nbconvert.HTMLExporter()
"""
    + BARE
    + """\
    page, _ = exporter.from_filename(job["executed"])
    open(job["executed"] + ".html", "w").write(page)
"""
)


@dataclass(frozen=True)
class Measured:
    """What one way took: seconds, and the peak of memory in MB."""

    seconds: float
    peak: float


def jobs(folder: Path) -> list[dict[str, object]]:
    """Return the notebooks to be executed, each with a folder of its own."""
    found = []
    for kind in KINDS:
        for group in GROUPS:
            place = folder / f"{kind}-{group:02d}"
            place.mkdir(parents=True)
            parameters = {
                "group_id": group,
                "language": "vi",
                "as_of": AS_OF,
                "data": str(ROOT),
                "results": str(place),
            }
            found.append(
                {
                    "notebook": str(ROOT / "notebooks" / f"{kind}.ipynb"),
                    "executed": str(place / "report.ipynb"),
                    "folder": str(place),
                    "parameters": parameters,
                }
            )
    return found


def run_cells(todo: Iterable[dict[str, object]]) -> None:
    """Run the cells of notebooks as plain functions; what is shown is made, and thrown away."""
    import matplotlib as mpl

    mpl.use("agg")
    for job in todo:
        notebook = json.loads(Path(str(job["notebook"])).read_text(encoding="utf-8"))
        scope: dict[str, object] = {"display": _show}
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), scope)
                if "parameters" in cell["metadata"].get("tags", ()):
                    scope.update(job["parameters"])  # type: ignore[call-overload]


def _show(*things: object) -> None:
    for thing in things:
        for name in ("_repr_mimebundle_", "_repr_html_", "_repr_markdown_"):
            if hasattr(thing, name):
                getattr(thing, name)()
                break


def by_cron(folder: Path) -> None:
    """Call both commands for each notebook."""
    for job in jobs(folder):
        options = [
            part
            for name, value in dict(job["parameters"]).items()  # type: ignore[call-overload]
            for part in ("-p", name, str(value))
        ]
        call(str(BIN / "papermill"), str(job["notebook"]), str(job["executed"]), *options)
        call(str(BIN / "jupyter"), "nbconvert", "--to", "html", str(job["executed"]))


def in_processes(script: str, folder: Path, processes: int) -> None:
    """Deal the notebooks out to processes that run a script each."""
    todo = jobs(folder)
    parts = [todo[place::processes] for place in range(processes)]
    running = [
        subprocess.Popen([PYTHON, "-c", script, json.dumps(part)], **quiet()) for part in parts
    ]
    for process in running:
        if process.wait():
            raise SystemExit(f"a process ended with {process.returncode}")


def by_us(folder: Path, workers: int) -> None:
    """Call the project's own command."""
    kinds = [part for kind in KINDS for part in ("--kind", kind)]
    places = ("--root", str(ROOT), "--outputs", str(folder))
    options = ("--workers", str(workers), "--as-of", AS_OF, "--no-site")
    call(str(BIN / "plan155"), "run", *places, *kinds, *options)


def call(*command: str) -> None:
    """Run a command and insist that it succeeds."""
    subprocess.run(command, check=True, **quiet())


def quiet() -> dict[str, object]:
    """Return how a process is started: one thread, nothing on the terminal."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    nowhere = subprocess.DEVNULL
    return {"env": os.environ | threads, "stdout": nowhere, "stderr": nowhere, "cwd": ROOT}


WAYS: dict[str, Callable[[Path], None]] = {
    "floor": lambda folder: in_processes(CELLS.format(root=str(ROOT)), folder, 2),
    "ours-2": lambda folder: by_us(folder, 2),
    "ours-1": lambda folder: by_us(folder, 1),
    "ploomber": lambda folder: in_processes(PLOOMBER, folder, 2),
    "bare": lambda folder: in_processes(BARE, folder, 2),
    "papermill": lambda folder: in_processes(PAPERMILL, folder, 1),
    "cron": by_cron,
}


class Peak(threading.Thread):
    """Watches how much memory all processes below this one take together."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._over = threading.Event()

    def run(self) -> None:
        """Look again and again until it is over."""
        while not self._over.wait(SAMPLE_EVERY):
            self.most = max(self.most, _memory() / 2**20)

    def stop(self) -> float:
        """Return the peak in MB."""
        self._over.set()
        self.join()
        return self.most


def _memory() -> float:
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        try:
            total += process.memory_full_info().pss
        except (psutil.Error, AttributeError):
            continue
    return total


def measured(way: Callable[[Path], None], folder: Path) -> Measured:
    """Time one way, in a folder that is new."""
    peak = Peak()
    peak.start()
    start = time.perf_counter()
    way(folder)
    return Measured(time.perf_counter() - start, peak.stop())


def rounds(names: list[str], times: int) -> dict[str, list[Measured]]:
    """Let the ways take turns."""
    found: dict[str, list[Measured]] = {name: [] for name in (*names, "nothing")}
    for turn in range(times):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            folder = Path(tempfile.mkdtemp(prefix="plan155-"))
            found[name].append(measured(WAYS[name], folder))
            print(f"round {turn + 1}: {name:10} {found[name][-1].seconds:7.2f} s", flush=True)
            if name == "ours-2":
                again = measured(WAYS[name], folder)
                found["nothing"].append(again)
            shutil.rmtree(folder)
    return {name: values for name, values in found.items() if values}


def table(found: dict[str, list[Measured]]) -> list[str]:
    """Return the medians as ratios to the floor and to ours, one line a way."""
    seconds = {name: statistics.median(one.seconds for one in all_) for name, all_ in found.items()}
    lines = [f"{'way':12}{'seconds':>9}{'x floor':>9}{'x ours-2':>10}{'peak MB':>9}"]
    for name, median in sorted(seconds.items(), key=lambda item: item[1]):
        peak = max(one.peak for one in found[name])
        ratios = [
            f"{median / seconds[base]:.2f}" if base in seconds else "-"
            for base in ("floor", "ours-2")
        ]
        lines.append(f"{name:12}{median:9.2f}{ratios[0]:>9}{ratios[1]:>10}{peak:9.0f}")
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=list(WAYS))
    asked = parser.parse_args()
    found = rounds(asked.ways, asked.rounds)
    print(f"\n{len(KINDS) * len(GROUPS)} notebooks, medians of {asked.rounds} rounds")
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
