"""Notebooks for tests of the engine, run by either engine in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat

from analysis.runs.settings import CHILD_ENVIRONMENT

SOURCES = Path(__file__).parents[3] / "src"

OF_PYTEST = "PYTEST_CURRENT_TEST"  # with it, ipykernel takes down nothing but what Python writes

RUN = """
import sys
from papermill import execute_notebook
engine, notebook, executed = sys.argv[1:]
if engine in ("warm", "light"):
    from analysis.runs.engine import registered, warm
    from tests.runs import light
    warm.make_ready() if engine == "warm" else light.serve()
    assert warm.READY, warm.WHY_NOT
    options = {"engine_name": registered()}
else:
    from analysis.runs.kernel import OwnKernelManager
    options = {"kernel_manager_class": OwnKernelManager}
execute_notebook(notebook, executed, kernel_name="python3", progress_bar=False, **options)
"""


def write(path: Path, cells: list[str]) -> Path:
    """A notebook of a markdown cell and these cells of code."""
    content = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Đầu", id="head"),
            *(nbformat.v4.new_code_cell(cell, id=f"cell-{n}") for n, cell in enumerate(cells)),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}},
    )
    nbformat.write(content, path)
    return path


def executed(folder: Path, engine: str, cells: list[str]) -> tuple[Any, str]:
    """The notebook that an engine makes of these cells, and what its process wrote to stderr.

    The engine ``light`` is the warm one in a process that has imported no more than it needs.
    """
    notebook = write(folder / "given.ipynb", cells)
    place = folder / f"{engine}.ipynb"
    known = {name: value for name, value in os.environ.items() if name != OF_PYTEST}
    result = subprocess.run(
        [sys.executable, "-c", RUN, engine, str(notebook), str(place)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=known | CHILD_ENVIRONMENT | {"PYTHONPATH": f"{SOURCES}{os.pathsep}{SOURCES.parent}"},
    )
    return nbformat.read(place, as_version=4), result.stderr


def outputs(notebook: Any) -> list[list[Any]]:
    """The outputs of each cell; what one stream got in several pieces is put together."""
    return [_joined(cell.get("outputs", [])) for cell in notebook.cells]


def _joined(parts: list[Any]) -> list[Any]:
    done: list[Any] = []
    streams: dict[str, Any] = {}
    for part in parts:
        if part.output_type == "stream" and part.name in streams:
            streams[part.name]["text"] += part.text
            continue
        done.append(dict(part))
        if part.output_type == "stream":
            streams[part.name] = done[-1]
    return done
