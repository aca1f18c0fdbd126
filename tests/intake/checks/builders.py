"""Rows of a file and recorded rows for the tests of the plausibility checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.intake.checks import findings
from analysis.intake.model import Book, Entry, Finding, Place, Submission, TaskEntry
from analysis.observe.facts import Facts
from analysis.observe.layout import LAYOUT, VALUES
from analysis.observe.rows import Row

DAY = date(2026, 11, 25)
FILE = "values.csv"
COLUMNS = LAYOUT[VALUES]
TASK_COLUMNS = (
    "task_id", "date", "status", "note", "source_url", "source_title", "publisher", "published",
)  # fmt: skip

Given = tuple[str, float]
"""A recorded value: its period and number."""


def places(columns: Sequence[str], number: int) -> dict[str, Place]:
    """Where the cells of a row of a text file stand."""
    return {name: Place(FILE, "", number, place) for place, name in enumerate(columns, 1)}


def entry(number: int = 2, numerator: str = "", denominator: str = "", **cells: str) -> Entry:
    """A plain row: 95.9 per cent with health insurance (series 5.7) in the province in 2026-06."""
    row = {
        "indicator_code": "5.7",
        "part": "",
        "area": "QN",
        "period": "2026-06",
        "value": "95.9",
        "unit": "%",
        "status": "actual",
        "comparability": "exact",
        "source_url": "https://stat.example/a",
        "source_title": "A",
        "publisher": "Statistics",
        "published": "2026-07-15",
        "note": "",
    }
    return Entry(row | cells, places(COLUMNS, number), numerator, denominator)


def task_entry(number: int = 2, **cells: str) -> TaskEntry:
    """A plain report: task II.5 (once, in 2025) is under way as of the middle of 2025."""
    row = {
        "task_id": "II.5",
        "date": "2025-06-30",
        "status": "under_way",
        "note": "",
        "source_url": "https://stat.example/a",
        "source_title": "Report of the first half-year",
        "publisher": "Statistics",
        "published": "2025-07-15",
    }
    return TaskEntry(row | cells, places(TASK_COLUMNS, number))


def submission(
    *rows: Entry, tasks: Iterable[TaskEntry] = (), layout: str = "collected"
) -> Submission:
    return Submission(Book(FILE, "csv", "0" * 64, ()), layout, rows, tuple(tasks))


def recorded(number: int, **cells: object) -> dict[str, object]:
    """A recorded observation of series 5.7 in the province."""
    row: dict[str, object] = {
        "observation_id": f"obs-{number:04}",
        "series_id": "5.7",
        "measure": None,
        "area_id": "QN",
        "period": "2020",
        "value": 95.0,
        "level_id": "none",
        "text": None,
        "unit_source": "%",
        "unit_id": "percent",
        "status": "actual",
        "comparability": "exact",
        "comparability_rule": "as_collected",
        "source_id": "some",
        "recorded_on": pd.Timestamp("2026-11-25"),
        "addition_id": "add-0001",
        "note": None,
    }
    return row | cells


def series_of(*given: Given, **cells: object) -> list[dict[str, object]]:
    """Recorded observations of one series, one for each period."""
    return [
        recorded(number, period=period, value=value, **cells)
        for number, (period, value) in enumerate(given, 1)
    ]


@dataclass(frozen=True)
class Desk:
    """The plan's tables, on which a test lays what was recorded."""

    tables: Mapping[str, pd.DataFrame]

    def with_rows(
        self,
        known: Sequence[Mapping[str, object]] = (),
        breaks: Sequence[tuple[str, str, str, str]] = (),
        reports: Sequence[Mapping[str, str]] = (),
    ) -> dict[str, pd.DataFrame]:
        """The tables with these rows only: observations, breaks and reports of tasks."""
        names = ["series_id", "from_period", "area_id", "reason_en"]
        said = pd.DataFrame(list(reports), columns=["task_id", "date", "source_id", "status"])
        frames = {name: self.tables[name] for name in self.tables}
        frames["observations"] = self._frame("observations", known)
        frames["breaks"] = pd.DataFrame(list(breaks), columns=names, dtype="str")
        frames["task_updates"] = said.assign(date=pd.to_datetime(said["date"]))
        row = {"source_id": "some", "tier": "official", "published": None}
        frames["sources"] = pd.DataFrame([row])
        return frames

    def _frame(self, name: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
        frame = self.tables[name]
        if not rows:
            return frame.head(0)
        return pd.DataFrame(list(rows), columns=frame.columns).astype(frame.dtypes.to_dict())

    def look(
        self,
        *rows: Entry,
        tasks: Iterable[TaskEntry] = (),
        known: Sequence[Mapping[str, object]] = (),
        breaks: Sequence[tuple[str, str, str, str]] = (),
        reports: Sequence[Mapping[str, str]] = (),
        layout: str = "collected",
        as_of: date = DAY,
        facts: Facts | None = None,
    ) -> tuple[Finding, ...]:
        """What is found about the rows of a file."""
        tables = self.with_rows(known, breaks, reports)
        given = submission(*rows, tasks=tasks, layout=layout)
        return findings(given, tables, as_of=as_of, facts=facts)

    def codes(self, *rows: Entry, **rest: object) -> list[str]:
        """The codes of what is found."""
        return [one.code for one in self.look(*rows, **rest)]  # type: ignore[arg-type]

    def only(self, *rows: Entry, **rest: object) -> Finding:
        """The one thing found."""
        [finding] = self.look(*rows, **rest)  # type: ignore[arg-type]
        return finding


def report(task_id: str, day: str, status: str, source_id: str = "some") -> Row:
    return {"task_id": task_id, "date": day, "source_id": source_id, "status": status}
