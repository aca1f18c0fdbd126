"""The project's engine leaves in a notebook what papermill's own leaves there, cell by cell."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.runs.engine.notebooks import SOURCES, executed, outputs

WAIT = "\nimport time\ntime.sleep(0.5)"
"""ipykernel reads what others than Python write from a thread, which may come too late."""

CELLS = {
    "a value": "1 + 1",
    "nothing": "x = 3",
    "two streams": "import sys\nprint('a'); print('err', file=sys.stderr); print('c')",
    "a frame": "import pandas as pd\npd.DataFrame({'a': [1, 2.5], 'b': ['x', 'ă']})",
    "a figure": "import matplotlib.pyplot as plt\nplt.subplots()[1].plot([1, 2])\nplt.show()",
    "a figure left open": "plt.plot([3, 1]);",
    "a magic": "%matplotlib inline\nplt.hist([1, 1, 2]);",
    "a process": "import subprocess\nsubprocess.run(['echo', 'from a process'])" + WAIT,
    "a shell": "import os\nos.system('echo from a shell; echo to stderr >&2')" + WAIT,
    "a line of shell": "!echo shell; echo err >&2",
    "a cell of shell": "%%bash\necho bash\necho err >&2",
    "C code": "import ctypes\nc = ctypes.CDLL(None)\nc.printf(b'from C\\n')\nc.fflush(None)" + WAIT,
    "waiting": "import asyncio\nawait asyncio.sleep(0)\n5",
    "displays": (
        "from IPython.display import HTML, Markdown, clear_output, display, update_display\n"
        "h = display(HTML('a'), display_id='q')\ndisplay(Markdown('# x'))\n"
        "update_display(HTML('b'), display_id='q')"
    ),
    "an update of an earlier cell": "update_display(HTML('c'), display_id='q')",
    "clearing": "print('gone')\nclear_output()\nprint('kept')",
    "clearing later": "print('gone')\nclear_output(wait=True)\nprint('kept')",
    "capturing": "%%capture taken\nprint(3)",
    "captured": "taken.stdout, _, Out[1], In[1]",
    "logging": "import logging\nlogging.warning('said')\nlogging.info('unsaid')",
    "a warning": "import warnings\nwarnings.warn('hm')",
    "a warning of age": "warnings.warn('old', DeprecationWarning)",
    "own representations": (
        "class A:\n    def _repr_mimebundle_(self, **_):\n"
        "        data = {'text/plain': 'p', 'application/json': {'a': (1, 2)}}\n"
        "        return data, {'m': {'alt': 'ô'}}\nA()"
    ),
    "a broken representation": (
        "class B:\n    def __repr__(self): return 'b'\n    def _repr_html_(self): return 1 / 0\nB()"
    ),
    "a thread": (
        "import threading\nt = threading.Thread(target=lambda: print('in a thread'))\n"
        "t.start(); t.join()"
    ),
    "a question": "try:\n    input('?')\nexcept Exception as e:\n    print(type(e).__name__, e)",
    "where it is": (
        "[get_ipython().__class__.__name__, plt.get_backend(), __name__, sys.stdout.isatty(),\n"
        " sys.stdout.encoding, pd.get_option('display.notebook_repr_html'),\n"
        " hash('x'), os.environ['MPLBACKEND'], os.environ['OMP_NUM_THREADS']]"
    ),
    "rewriting a line": "for i in range(3):\n    print(f'\\r{i}', end='', flush=True)",
    "an array": "import numpy as np\nnp.arange(4).reshape(2, 2)",
    "names": "%who_ls str",
    "half a letter": "os.write(1, 'đ'.encode()[:1])\nos.write(1, 'đ'.encode()[1:])" + WAIT,
    "an expected error": "%xmode Plain\nint('a')",
    "never reached": "print('never')",
}

UNORDERED = {"a shell", "a cell of shell"}
"""Another process writes to two pipes here: which of them is read first is nobody's promise."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    folder = tmp_path_factory.mktemp("both")
    cells = list(CELLS.values())
    return executed(folder, "standard", cells)[0], executed(folder, "warm", cells)[0]


def comparable(cell_outputs: list[Any]) -> list[Any]:
    """Outputs without what names the process that ran them."""
    text = json.dumps(copy.deepcopy(cell_outputs), ensure_ascii=False, sort_keys=True)
    found: list[Any] = json.loads(re.sub(r"ipykernel_\d+", "ipykernel_N", text))
    return found


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_leaves_the_same_by_both_engines(both: tuple[Any, Any], name: str) -> None:
    place = list(CELLS).index(name)
    for notebook in both:
        ids = [cell.get("id") for cell in notebook.cells]
        assert f"cell-{place}" in ids
    standard, warm = (
        next(
            one
            for one, cell in zip(outputs(notebook), notebook.cells, strict=True)
            if cell.get("id") == f"cell-{place}"
        )
        for notebook in both
    )
    if name in UNORDERED:
        warm, standard = by_stream(warm), by_stream(standard)
    assert comparable(warm) == comparable(standard)


def by_stream(cell_outputs: list[Any]) -> list[Any]:
    """Outputs with the streams in the order of their names; everything else keeps its place."""
    return sorted(cell_outputs, key=lambda one: one.get("name", ""))


def test_the_notebooks_say_the_same_of_themselves(both: tuple[Any, Any]) -> None:
    standard, warm = both
    assert warm.metadata.language_info == standard.metadata.language_info
    assert warm.metadata.kernelspec == standard.metadata.kernelspec
    assert set(warm.metadata.papermill) == set(standard.metadata.papermill)
    assert warm.metadata.papermill.exception is standard.metadata.papermill.exception is True


def test_the_cells_say_the_same_of_themselves(both: tuple[Any, Any]) -> None:
    standard, warm = both
    assert len(warm.cells) == len(standard.cells)
    for one, other in zip(warm.cells, standard.cells, strict=True):
        assert one.source == other.source
        assert one.get("execution_count") == other.get("execution_count")
        told, expected = (each.metadata.get("papermill", {}) for each in (one, other))
        assert told.get("status") == expected.get("status")
        assert set(one.metadata.get("execution", {})) == set(other.metadata.get("execution", {}))


def test_the_error_is_that_of_papermill(tmp_path: Path) -> None:
    cells = ["def f():\n    return 1 / 0", "def g():\n    f()\ng()"]
    told = {engine: executed(tmp_path, engine, cells)[1] for engine in ("standard", "light")}
    last = {engine: text.strip().splitlines()[-1] for engine, text in told.items()}
    assert last["light"] == last["standard"] == "ZeroDivisionError: division by zero"
    assert "PapermillExecutionError" in told["light"]


def test_what_is_written_stands_in_the_order_of_writing(tmp_path: Path) -> None:
    cell = (
        "import os, subprocess\nprint('one')\nos.system('echo two')\nprint('three')\n"
        "subprocess.run(['echo', 'four'])\nprint('five')"
    )
    notebook, _ = executed(tmp_path, "light", [cell])
    (stream,) = outputs(notebook)[1]
    assert stream["text"].split() == ["one", "two", "three", "four", "five"]


def test_nothing_is_written_past_the_notebook(tmp_path: Path) -> None:
    cells = [
        "import os\nos.system('echo loud')\nprint('loud')\nimport sys\nprint('e', file=sys.stderr)"
    ]
    _, stderr = executed(tmp_path, "light", cells)
    assert stderr == ""


def test_a_window_system_is_refused(tmp_path: Path) -> None:
    notebook, _ = executed(tmp_path, "light", ["%gui tk"])
    (said,) = outputs(notebook)[-1]
    assert "no windows (tk) in a run" in said["text"]


ENTRY = "[papermill.engine]\nplan155-warm = analysis.runs.engine.papermill_engine:InProcessEngine\n"


@pytest.mark.parametrize(
    "first",
    [
        "import papermill",
        "import analysis.runs.engine",
        "from analysis.runs.engine import registered; registered()",
        "from analysis.runs.engine import warm; warm.make_ready(); assert warm.READY, warm.WHY_NOT",
        "import analysis.runs.execute",
    ],
)
def test_an_installed_engine_is_found_whatever_is_imported_first(
    tmp_path: Path, first: str
) -> None:
    installed = tmp_path / "plan155_engine-1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: plan155-engine\nVersion: 1\n")
    (installed / "entry_points.txt").write_text(ENTRY)
    check = (
        "from papermill.engines import papermill_engines as e; print(e.get_engine('plan155-warm'))"
    )
    told = subprocess.run(
        [sys.executable, "-c", f"{first}\n{check}"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": f"{SOURCES}{os.pathsep}{tmp_path}"},
    )
    assert "InProcessEngine" in told.stdout, told.stderr


def test_the_entry_point_is_the_one_that_is_declared() -> None:
    declared = tomllib.loads((SOURCES.parent / "pyproject.toml").read_text(encoding="utf-8"))
    points = declared["project"]["entry-points"]["papermill.engine"]
    assert ENTRY.splitlines()[1] == " = ".join(*points.items())
