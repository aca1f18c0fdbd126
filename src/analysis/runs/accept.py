"""Whether a report is complete: the contract between a notebook and the run.

A notebook works in a folder of its own, which it is given as the parameter ``results`` (it is
also the working directory). Into it the notebook writes

- ``results.csv`` and ``results.json``, the result table;
- ``figures/*.png``;
- ``done.json``, by its **last** cell, so that its presence says that all went before::

    {"kind": "gap", "subject": "5", "language": "vi",
     "files": {"results.csv": "<sha256>", "results.json": "…", "figures/gap.png": "…"},
     "summary": {"counts": {"MET": 2, "NO_DATA": 3},
                 "sentence": {"vi": "…", "en": "…"}}}

``files`` names every file that the notebook wrote, with the SHA-256 digest of each. ``summary``
may be left out, and so may ``holds_until``, the last day of assessment for which the report holds,
and ``words``, the keys of the texts that it is made with; what is there must be well formed.
Nothing in a saved notebook says for sure that its kernel did not die in the last
cell; the marker does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.runs.failure import Notebook, read_notebook
from analysis.runs.job import Job

NOTEBOOK = "report.ipynb"
MARKER = "done.json"
LOG = "log.txt"
REQUIRED = ("results.csv", "results.json")
OF_THE_RUN = frozenset({NOTEBOOK, MARKER, LOG, "report.html", "job.json"})


def faults(folder: Path, job: Job) -> list[str]:
    """Return everything that keeps a report from being published; empty if it is good.

    Parameters
    ----------
    folder
        Where the notebook worked.
    job
        What the report was to be.
    """
    notebook = read_notebook(folder / NOTEBOOK)
    if notebook is None:
        return ["the executed notebook was not saved whole"]
    return [*_notebook_faults(notebook), *marker_faults(folder, job)]


def read_marker(folder: Path) -> dict[str, Any] | None:
    """Return the content of the completion marker; ``None`` if there is none to be read."""
    try:
        content = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def digest(path: Path) -> str:
    """Return the SHA-256 digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_day(text: Any) -> bool:
    """Return whether something is a day as ISO 8601 writes it: the order of texts is that of days.

    Anything else could come after every day, and what it stands with would hold for ever.
    """
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _notebook_faults(notebook: Notebook) -> Iterator[str]:
    papermill = notebook.get("metadata", {}).get("papermill", {})
    if papermill.get("exception") is True:
        yield "the notebook records an exception"
    if not papermill.get("end_time"):
        yield "the notebook records no end of its execution"
    for number, cell in enumerate(notebook.get("cells", []), start=1):
        if _should_have_run(cell) and cell.get("execution_count") is None:
            yield f"cell {number} was never executed"


def _should_have_run(cell: Mapping[str, Any]) -> bool:
    return cell["cell_type"] == "code" and bool("".join(cell["source"]).strip())


def marker_faults(folder: Path, job: Job) -> list[str]:
    """Return everything in a folder that is not as its completion marker says.

    Parameters
    ----------
    folder
        Where the notebook worked.
    job
        What the report was to be.
    """
    marker = read_marker(folder)
    if marker is None:
        return [f"the notebook did not write its completion marker {MARKER}"]
    files = marker.get("files")
    if not isinstance(files, dict):
        return [f"{MARKER} does not list the files that were written"]
    return [
        *_identity_faults(marker, job),
        *_form_faults(marker),
        *_file_faults(folder, files),
        *_unlisted_faults(folder, files),
    ]


def _identity_faults(marker: Mapping[str, Any], job: Job) -> Iterator[str]:
    for name in ("kind", "subject", "language"):
        wanted = getattr(job, name)
        if marker.get(name) != wanted:
            yield f"{MARKER} says {name} {marker.get(name)!r}, not {wanted!r}"


def _form_faults(marker: Mapping[str, Any]) -> Iterator[str]:
    """Check what need not be there, but is read by others if it is."""
    if "holds_until" in marker and not is_day(marker["holds_until"]):
        yield f"{MARKER} says holds_until {marker['holds_until']!r}, which is no day"
    if "words" in marker and not _is_list_of_texts(marker["words"]):
        yield f"{MARKER} says words that are no list of texts"
    summary = marker.get("summary", {})
    if not isinstance(summary, dict):
        yield f"{MARKER} has a summary that is no object"
    elif not _is_counts(summary.get("counts", {})):
        yield f"{MARKER} has counts that are not whole numbers by code, or those by year"
    elif not _is_texts(summary.get("sentence", {})):
        yield f"{MARKER} has a sentence that is not one text for each language"


def _is_list_of_texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) for one in found)


def _is_texts(found: Any) -> bool:
    return isinstance(found, dict) and all(isinstance(one, str) for one in found.values())


def _is_counts(found: Any, depth: int = 2) -> bool:
    """Return whether something is counts by code, or those by year."""
    return (
        depth > 0
        and isinstance(found, dict)
        and all(type(one) is int or _is_counts(one, depth - 1) for one in found.values())
    )


def _file_faults(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    for name in REQUIRED:
        if name not in files:
            yield f"{MARKER} does not list {name}"
    for name, sha256 in files.items():
        if not _is_inside(name):
            yield f"{MARKER} lists {name!r}, which is not inside the report's folder"
        elif not (folder / name).is_file():
            yield f"{name} is listed in {MARKER} but does not exist"
        elif digest(folder / name) != sha256:
            yield f"{name} is not the file that {MARKER} describes: its digest differs"


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and name not in OF_THE_RUN


def _unlisted_faults(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            yield f"{name} is neither a file nor a folder"
        elif path.is_file() and name not in OF_THE_RUN and name not in files:
            yield f"{name} was written but is not listed in {MARKER}"
