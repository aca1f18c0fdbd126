"""Runs by the warm engine: each notebook in a fork of its own, and what becomes of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.small import Runs, serving
from tests.runs.project import good, only_for, write_project

ROOT = Path(__file__).parents[3]
ENVIRONMENT = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}

SCRIPT = """
import json, sys
from pathlib import Path
from analysis.runs import pool
from analysis.runs.settings import WARM, Limits
from tests.runs.making import made
root, limits, groups, workers = Path(sys.argv[1]), *map(json.loads, sys.argv[2:])
pool.warm_up(WARM)
result = made(root, Limits(**limits), engine=WARM, workers=workers, kinds=("gap",), groups=groups)
print(json.dumps(result.content))
sys.exit(result.exit_code)
"""
LIGHT = f"from tests.runs import light\nlight.use()\n{SCRIPT}"
COLD = SCRIPT.replace("pool.warm_up(WARM)", "")

DIRTY = """
import builtins, gc, locale, os, random, signal, sys, threading, warnings, logging, decimal
import matplotlib as mpl, matplotlib.pyplot as plt, numpy as np, pandas as pd, analysis
leaked = "a global"
sys.modules["leaked_module"] = sys
builtins.leaked = 1
folder = folder.resolve()
os.chdir("/")
os.environ["LEAKED"] = "1"
warnings.simplefilter("error")
mpl.rcParams["font.size"] = 77
plt.figure()
pd.set_option("display.max_rows", 7)
pd.DataFrame.leaked = 1
np.set_printoptions(precision=1)
np.seterr(all="raise")
random.seed(1); np.random.seed(1)
sys.path.insert(0, "/leaked")
sys.setrecursionlimit(5000)
signal.signal(signal.SIGUSR1, lambda *_: None)
logging.basicConfig(level="DEBUG")
decimal.getcontext().prec = 3
kept_open = open("/etc/hosts")
analysis.load = None
gc.disable()
threading.Thread(target=threading.Event().wait, daemon=True).start()
get_ipython().user_ns["leaked_too"] = 1
sys.stdout = sys.stderr = open(os.devnull, "w")
"""

LOOK = """
import builtins, gc, logging, os, random, signal, sys, threading, warnings, decimal
import matplotlib as mpl, matplotlib.pyplot as plt, numpy as np, pandas as pd, analysis
from analysis.words import asked_for
try:
    warnings.warn("not an error")
    kept = True
except UserWarning:
    kept = False
found = {
    "globals": "leaked" in globals() or "leaked_too" in globals(),
    "modules": "leaked_module" in sys.modules,
    "builtins": hasattr(builtins, "leaked"),
    "working directory": os.getcwd() == "/",
    "environment": "LEAKED" in os.environ,
    "warnings": not kept,
    "matplotlib's settings": mpl.rcParams["font.size"] == 77,
    "figures": bool(plt.get_fignums()),
    "options of pandas": pd.get_option("display.max_rows") == 7,
    "monkey-patches": hasattr(pd.DataFrame, "leaked") or analysis.load is None,
    "numpy's printing": np.get_printoptions()["precision"] == 1,
    "numpy's errors": np.geterr()["over"] == "raise",
    "path": "/leaked" in sys.path,
    "recursion": sys.getrecursionlimit() == 5000,
    "signals": signal.getsignal(signal.SIGUSR1) is not signal.SIG_DFL,
    "logging": logging.getLogger().level == logging.DEBUG,
    "decimals": decimal.getcontext().prec == 3,
    "open files": "/etc/hosts" in {os.path.realpath(f"/proc/self/fd/{n}")
                                    for n in os.listdir("/proc/self/fd")},
    "collector": not gc.isenabled(),
    "input": len(In) > 5 + 3,
    "streams": type(sys.stdout).__name__ != "Stream",
    "texts": any("/page." in text for text in asked_for()),
}
texts["results.json"] = json.dumps(
    {"found": found, "chance": [random.random(), float(np.random.rand())]})
(folder / "results.json").write_text(texts["results.json"])
"""


def command(script: str, root: Path, *groups: str) -> list[str]:
    return [sys.executable, "-c", script, str(root), "{}", json.dumps(groups), "1"]


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    """A warm process that runs one project after another."""
    with serving() as process:
        yield process


def ran(
    runs: Runs, root: Path, *, groups: tuple[str, ...], workers: int = 1, **limits: int
) -> dict[str, Any]:
    """The record of a run by the warm engine."""
    _, content = runs.run(root, kinds=["gap"], groups=groups, workers=workers, limits=limits)
    assert {one["engine"] for one in content["jobs"]} == {"warm"}
    return content


def job(content: dict[str, Any], identity: str) -> dict[str, Any]:
    return next(one for one in content["jobs"] if one["id"] == identity)


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the second and the third notebook of a run find of what the first has done."""
    root = tmp_path_factory.mktemp("project")
    cells = good("gap", only_for(1, DIRTY), only_for(2, LOOK), only_for(3, LOOK))
    write_project(root, gap=cells)
    told = subprocess.run(
        command(SCRIPT, root, "1", "2", "3"),
        capture_output=True, text=True, check=True, env=ENVIRONMENT, cwd=root,
    )  # fmt: skip
    content = json.loads(told.stdout)
    assert [one["status"] for one in content["jobs"]] == ["done"] * 3, content["jobs"]
    assert {one["engine"] for one in content["jobs"]} == {"warm"}
    return [
        json.loads((root / f"outputs/vi/gap-0{group}/results.json").read_text()) for group in (2, 3)
    ]


def test_nothing_that_a_notebook_does_is_seen_by_the_next(looked: list[dict[str, Any]]) -> None:
    for found in looked:
        assert not [name for name, leaked in found["found"].items() if leaked]


def test_two_notebooks_draw_different_numbers_by_chance(looked: list[dict[str, Any]]) -> None:
    first, second = (found["chance"] for found in looked)
    assert first[0] != second[0]
    assert first[1] != second[1]


@pytest.mark.parametrize(
    "hang",
    [
        "import threading; threading.Event().wait()",
        "while True: pass",
        "import ctypes; ctypes.PyDLL(None).pause()",
        "import time\nwhile True:\n    try:\n        time.sleep(1)\n    except BaseException: pass",
    ],
    ids=["waits", "computes", "hangs in C", "catches everything"],
)
def test_a_cell_that_runs_too_long_is_ended_and_named(
    runs: Runs, tmp_path: Path, hang: str
) -> None:
    root = write_project(tmp_path, gap=good("gap", only_for(1, hang)))
    content = ran(runs, root, groups=("1", "2"), workers=2, cell=3)
    failure = job(content, "vi-gap-01")["failure"]
    assert failure == {
        "stage": "time", "what": "ran longer than 3 s, the limit for one cell", "cell": 6,
    }  # fmt: skip
    assert job(content, "vi-gap-02")["status"] == "done"


def test_a_notebook_that_wants_too_much_memory_fails_alone(runs: Runs, tmp_path: Path) -> None:
    root = write_project(tmp_path, gap=good("gap", only_for(1, "x = bytearray(2 * 10**9)")))
    content = ran(runs, root, groups=("1", "2"), memory=1000)
    failure = job(content, "vi-gap-01")["failure"]
    assert (failure["stage"], failure["cell"]) == ("cell", 6)
    assert failure["what"].startswith("MemoryError")
    assert job(content, "vi-gap-02")["status"] == "done"


@pytest.mark.parametrize(
    ("death", "how"),
    [
        ("import os; os._exit(7)", "exit code 7"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "signal 9"),
        ("import ctypes; ctypes.string_at(0)", "signal 11"),
    ],
)
def test_a_notebook_that_takes_its_process_down_is_named_with_its_cell(
    runs: Runs, tmp_path: Path, death: str, how: str
) -> None:
    root = write_project(tmp_path, gap=good("gap", only_for(1, death)))
    content = ran(runs, root, groups=("1", "2"))
    failure = job(content, "vi-gap-01")["failure"]
    assert (failure["stage"], failure["cell"]) == ("worker", 6)
    assert how in failure["what"]
    assert job(content, "vi-gap-02")["status"] == "done"


def test_a_cell_that_raises_is_kept_with_its_traceback(runs: Runs, tmp_path: Path) -> None:
    root = write_project(tmp_path, gap=good("gap", only_for(1, "raise ValueError('bad')")))
    content = ran(runs, root, groups=("1",))
    assert job(content, "vi-gap-01")["failure"] == {
        "stage": "cell", "what": "ValueError: bad", "cell": 6,
    }  # fmt: skip
    saved = json.loads((root / "outputs/failed/vi-gap-01/report.ipynb").read_text())
    errors = [out for cell in saved["cells"] for out in cell.get("outputs", [])
              if out["output_type"] == "error"]  # fmt: skip
    assert [error["ename"] for error in errors] == ["ValueError"]


def test_what_a_notebook_writes_is_not_lost_in_the_log(runs: Runs, tmp_path: Path) -> None:
    root = write_project(tmp_path, gap=good("gap", "import os\nos.system('echo from a shell');"))
    ran(runs, root, groups=("1",))
    saved = json.loads((root / "outputs/vi/gap-01/report.ipynb").read_text())
    texts = ["".join(out.get("text", [])) for cell in saved["cells"]
             for out in cell.get("outputs", [])]  # fmt: skip
    assert "from a shell\n" in texts
    assert "Executing Cell" in (root / "outputs/vi/gap-01/log.txt").read_text()


def test_a_terminated_run_leaves_no_process_and_no_half_report(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    hang = (
        f"pipe = open({str(tmp_path / 'pipe')!r}, 'w'); pipe.write('here\\n'); pipe.flush()\n"
        "import threading; threading.Event().wait()"
    )
    root = write_project(tmp_path, gap=good("gap", only_for(2, hang)))
    line = command(LIGHT, root, "1", "2", "3")
    with (
        subprocess.Popen(line, stdout=subprocess.PIPE, env=ENVIRONMENT, cwd=root) as process,
        (tmp_path / "pipe").open("rb", buffering=0) as pipe,
    ):
        assert pipe.readline() == b"here\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 143
        assert pipe.readline() == b""  # nobody holds it open: the notebook's process is gone
    assert not (root / "outputs/vi/gap-02").exists()
    assert (root / "outputs/vi/gap-01/report.html").is_file()


def test_a_process_with_threads_is_not_forked() -> None:
    script = (
        "import threading\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "from analysis.runs.engine import warm\nwarm._import_all = lambda: None\n"
        "warm.make_ready()\nprint(warm.READY, warm.WHY_NOT)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=ENVIRONMENT
    )
    assert told.stdout.strip() == "False it has 2 threads"


def test_without_a_warm_process_a_kernel_is_used_and_the_log_says_why(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    line = command(COLD, root, "1")
    result = subprocess.run(line, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    (only,) = json.loads(result.stdout)["jobs"]
    assert (only["status"], only["engine"]) == ("done", "standard")
    log = (root / "outputs/vi/gap-01/log.txt").read_text()
    assert "the warm process could not be prepared (it was never asked to be)" in log
