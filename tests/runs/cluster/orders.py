"""Orders on the small project, and what came of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.runs.execute import Ended, Order
from analysis.runs.failure import ERROR_TAG
from analysis.runs.html import Page
from analysis.runs.job import Job
from analysis.runs.settings import Limits, choose_engine

OWN = frozenset({"start_time", "end_time", "duration", "execution"})
"""What a saved notebook says of when and how long: no two runs are alike in it."""

DRAWN = frozenset({"injected-parameters", ERROR_TAG})
"""Tags of cells whose ids papermill draws by chance."""

ENGINE = choose_engine("")
"""The one of a run that asks for none."""

ALL = tuple(Job(kind, group, "vi") for group in ("1", "2", "3") for kind in ("gap", "trend"))


def orders(root: Path, work: str, jobs: Iterable[Job] = ALL, engine: str = ENGINE) -> list[Order]:
    """Orders as the run makes them, each with its empty folder in ``outputs/<work>``."""
    return [order(root, work, job, engine) for job in jobs]


def order(root: Path, work: str, job: Job, engine: str = ENGINE) -> Order:
    folder = root / "outputs" / work / job.id
    folder.mkdir(parents=True)
    shown = {"group_id": int(job.subject), "language": "vi", "base_year": 2020, "as_of": "2026"}
    page = Page(job, "Nhóm", {"gap": "Khoảng cách", "trend": "Xu thế"}, (), "small", "1", shown)
    parameters = {**shown, "data": "../../..", "results": "."}
    notebook = f"../../../notebooks/{job.kind}.ipynb"
    return Order(job, notebook, folder, parameters, Limits(), page, engine)


@dataclass
class Finished:
    """Takes down what is finished, as the run would publish it."""

    ended: dict[str, Ended] = field(default_factory=dict)
    times: int = 0

    def __call__(self, order: Order, ended: Ended, seconds: float) -> None:
        assert seconds >= 0
        self.times += 1
        self.ended[order.job.id] = ended

    @property
    def failures(self) -> dict[str, str]:
        """The stages of the failures."""
        return {name: one.failure.stage for name, one in self.ended.items() if one.failure}


def left_by(folder: Path) -> dict[str, Any]:
    """What a job has left but its log, and of its notebook but what no two runs share."""
    found: dict[str, Any] = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "log.txt"
    }
    if "report.ipynb" in found:
        notebook = _shared(json.loads(found["report.ipynb"]))
        for cell in notebook["cells"]:
            if DRAWN & {*cell["metadata"].get("tags", [])}:
                cell["id"] = "drawn by papermill"
        found["report.ipynb"] = notebook
    return found


def _shared(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _shared(one) for name, one in told.items() if name not in OWN}
    return [_shared(one) for one in told] if isinstance(told, list) else told
