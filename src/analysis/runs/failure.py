"""Why a job failed, and the mark that its notebook gets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ERROR_TAG = "papermill-error-cell-tag"  # papermill removes such cells when the notebook runs again

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """Why a report was not made.

    Parameters
    ----------
    stage
        ``kernel`` (did not start, or died), ``cell`` (raised), ``time`` (ran too long),
        ``results`` (a check of what was left behind), ``page`` (export to HTML) or ``worker``
        (the process that runs the notebook ended or stumbled).
    what
        What happened, in one sentence.
    cell
        Position of the cell in the executed notebook, from 1, banners not counted; ``None`` if it
        was no cell.
    """

    stage: str
    what: str
    cell: int | None = None

    def __str__(self) -> str:
        return self.what if self.cell is None else f"cell {self.cell}: {self.what}"

    def record(self) -> Mapping[str, str | int | None]:
        """Return the failure as it stands in ``run.json``."""
        return asdict(self)


def last_started(cells: Sequence[Mapping[str, Any]]) -> int | None:
    """Return the position, from 1, of the last cell that was started; ``None`` if none was."""
    started = [
        number
        for number, cell in enumerate(cells, start=1)
        if cell.get("metadata", {}).get("papermill", {}).get("start_time")
    ]
    return started[-1] if started else None


def read_notebook(path: Path) -> Notebook | None:
    """Return a notebook as plain data; ``None`` if there is none or it was cut off."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def mark_failed(path: Path, failure: Failure) -> None:
    """Write into a saved notebook that it failed, and where.

    After the death of its kernel papermill saves a notebook that says ``completed`` in every cell
    and records no exception; whoever opens it must not be misled. A notebook that was never
    saved, or only half, stays as it is.
    """
    notebook = read_notebook(path)
    if notebook is None:
        return
    cells = [cell for cell in notebook.get("cells", []) if not _is_marker(cell)]
    _mark_cells(cells, failure)
    notebook["cells"] = [_banner(failure), *_with_pointer(cells, failure)]
    metadata = notebook.setdefault("metadata", {})
    metadata.setdefault("papermill", {})["exception"] = True
    metadata["plan155"] = {"status": "failed", **failure.record()}
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _is_marker(cell: Mapping[str, Any]) -> bool:
    return ERROR_TAG in cell.get("metadata", {}).get("tags", [])


def _mark_cells(cells: Sequence[Notebook], failure: Failure) -> None:
    last = last_started(cells) or 0
    for number, cell in enumerate(cells, start=1):
        state = cell.setdefault("metadata", {}).setdefault("papermill", {})
        if number == failure.cell:
            state.update(status="failed", exception=True)
        elif number > last:
            state["status"] = "pending"


def _banner(failure: Failure) -> Notebook:
    return _marker("plan155-failed", f"**Failed, and not published.** {failure}")


def _with_pointer(cells: Sequence[Notebook], failure: Failure) -> list[Notebook]:
    if failure.cell is None:
        return list(cells)
    here = _marker("plan155-failed-here", "**It failed in the cell below.**")
    return [*cells[: failure.cell - 1], here, *cells[failure.cell - 1 :]]


def _marker(identity: str, text: str) -> Notebook:
    metadata = {"tags": [ERROR_TAG], "papermill": {}}
    return {"cell_type": "markdown", "id": identity, "metadata": metadata, "source": text}
