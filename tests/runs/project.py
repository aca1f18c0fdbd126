"""A small project to run: a package of three groups, and notebooks made of the cells of a test."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from analysis.runs.job import Job
from analysis.runs.kinds import Kind

GROUPS = """\
group_id,name_vi,name_en
1,Kinh tế,Economy
2,Đói & nghèo,Poverty
3,Y tế,Health
"""

PARAMETERS = """\
group_id: int = 1
language: str = "vi"
base_year: int = 2020
as_of: str = ""
data: str = ""
results: str = ""
threshold: float = 0.5
"""

GOOD = """\
import hashlib, json, pathlib
folder = pathlib.Path(results)
(folder / "figures").mkdir()
texts = {"results.csv": f"a,b\\n{group_id},{base_year}\\n", "results.json": "{}\\n",
         "figures/one.txt": "x"}
for name, text in texts.items():
    (folder / name).write_text(text, encoding="utf-8")
"""

SHOW = """\
from IPython.display import Markdown, display
display(Markdown(f"# Nhóm {group_id}\\n\\nđến {as_of}\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |"))
"""

MARK = """\
marker = {
    "kind": KIND, "subject": str(group_id), "language": language,
    "files": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()},
    "summary": {
        "counts": {"2030": {"MET": 2, "NO_DATA": 1, "LOST": 0}},
        "sentence": {"vi": "Hai trong ba.", "en": "Two of three."},
    },
}
(folder / "done.json").write_text(json.dumps(marker), encoding="utf-8")
"""


def good(kind: str, *before_the_last: str) -> list[str]:
    """The cells of a notebook that does all it should, with others put before its last."""
    return [GOOD, SHOW, *before_the_last, MARK.replace("KIND", repr(kind))]


def only_for(group_id: int, cell: str) -> str:
    """A cell that does something in one group only."""
    lines = "\n".join(f"    {line}" for line in cell.splitlines())
    return f"if group_id == {group_id}:\n{lines}"


KINDS = (Kind("gap", "group_id", 30), Kind("trend", "group_id", 40))
"""The kinds of report that the small project has."""


def notebook(
    cells: list[str], parameters: str = PARAMETERS, told: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A notebook with a cell of parameters, then these cells of code."""
    return {
        "cells": [
            _cell("markdown", "about", "**What is this?**", ["about"]),
            _cell("code", "parameters", parameters, ["parameters"]),
            *(_cell("code", f"cell-{n}", source, []) for n, source in enumerate(cells)),
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            **({"plan155": told} if told else {}),
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(kind: str, identity: str, source: str, tags: list[str]) -> dict[str, Any]:
    code = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "id": identity, "metadata": {"tags": tags}, "source": source} | code


def write_notebook(folder: Path, kind: str, cells: list[str], parameters: str = PARAMETERS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind}.ipynb"
    told = {one.name: {"subject": one.subject, "order": one.order} for one in KINDS}
    content = notebook(cells, parameters, told.get(kind))
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def write_package(root: Path, version: str = "1.0.0") -> Path:
    """A package that holds no more than the table of groups."""
    table = root / "data" / "plan" / "indicator_groups.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    table.write_text(GROUPS, encoding="utf-8")
    resource = {"name": "indicator_groups", "path": "data/plan/indicator_groups.csv"}
    content = {"name": "small", "version": version, "resources": [resource]}
    (root / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    return root


def write_project(root: Path, **cells: list[str]) -> Path:
    """A package and both notebooks; ``gap=[…]`` and ``trend=[…]`` replace the good ones' cells."""
    write_package(root)
    for kind in ("gap", "trend"):
        write_notebook(root / "notebooks", kind, cells.get(kind, good(kind)))
    return root


def write_report(folder: Path, job: Job, table: str = "a\n1\n", document: str = "{}\n") -> None:
    """What a good notebook leaves in its folder, without running one."""
    folder.mkdir(parents=True, exist_ok=True)
    executed = notebook(good(job.kind))
    executed["metadata"]["papermill"] = {"exception": None, "end_time": "2026-01-01T00:00:00"}
    for number, cell in enumerate(executed["cells"], start=1):
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
    (folder / "report.ipynb").write_text(json.dumps(executed), encoding="utf-8")
    files = {"results.csv": table, "results.json": document, "figures/one.png": "png"}
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    marker = {
        "kind": job.kind,
        "subject": job.subject,
        "language": job.language,
        "files": {n: hashlib.sha256(t.encode()).hexdigest() for n, t in files.items()},
    }
    (folder / "done.json").write_text(json.dumps(marker), encoding="utf-8")
