"""A project whose data grow: files are taken in and taken back, and the plan is judged between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import analysis
from analysis.intake.adding import Desk, look, record, undo
from analysis.intake.ledger import Batch
from analysis.intake.preview import Preview
from analysis.package import check
from tests.intake.papers import DAY, Row, tasks_file, values_file


@contextmanager
def unchecked() -> Iterator[None]:
    """Take rows in without the check of the whole package, which takes a second each time.

    Whoever uses it asks at the end of a long story whether the package is sound.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.intake.ledger.committing._faults", lambda _: [])
        yield


@dataclass(frozen=True)
class Folder:
    """A project, and a place for the files that are handed in."""

    root: Path
    papers: Path

    def look(self, *rows: Row) -> Preview:
        """What handing in values or reports of tasks would do."""
        return self._look(Desk.open(self.root), rows)

    def add(self, *rows: Row, day: date = DAY) -> Batch:
        """Take in values or reports of tasks."""
        desk = Desk.open(self.root)
        return record(desk, self._look(desk, rows), day=day)

    def _look(self, desk: Desk, rows: Sequence[Row]) -> Preview:
        write = tasks_file if "task_id" in rows[0] else values_file
        return look(desk, [write(self.papers / "a.csv", *rows)], as_of=DAY)

    @property
    def is_sound(self) -> bool:
        """Whether the package is sound, as `plan155 check` judges."""
        return check(self.root).exit_code == 0

    def undo(self, reason: str = "") -> Batch:
        """Take the last addition back."""
        return undo(Desk.open(self.root), day=DAY, reason=reason)

    def current(self, series_id: str, period: str, area_id: str = "QN") -> dict[str, Any] | None:
        """The value that stands for a period in the current view, if there is one."""
        view = analysis.load(self.root).view(as_of=DAY)
        of_it = (view[name] == value for name, value in
                 (("series_id", series_id), ("area_id", area_id), ("period", period)))  # fmt: skip
        mask = next(of_it)
        for one in of_it:
            mask &= one
        rows = view[mask].to_dict(orient="records")
        return {str(name): cell for name, cell in rows[0].items()} if rows else None

    def task(self, task_id: str) -> dict[str, Any]:
        """What is known of a task."""
        frame = analysis.load(self.root).task_status(as_of=DAY)
        [row] = frame[frame["task_id"] == task_id].to_dict(orient="records")
        return {str(name): cell for name, cell in row.items()}
