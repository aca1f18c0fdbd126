"""Recorded rows and rows of files in memory, for the tests of the preview."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from analysis.intake.model import Book, Entry, Place, Submission, TaskEntry
from analysis.intake.preview import Line, Preview, preview
from analysis.intake.recorded import GROWING, Recorded
from analysis.observe.facts import Facts, Publisher
from analysis.observe.rows import SOURCES, Row
from tests.intake.papers import COLUMNS, TASK_COLUMNS
from tests.observe import builders

SOURCE = {"source_url": "", "source_title": "Report", "publisher": "Statistics"}
PAPER = {"source_url": "https://paper.example/a", "source_title": "News", "publisher": "Paper"}


def facts() -> Facts:
    """Facts with a statistics office, a newspaper and another state body."""
    known = builders.facts()
    others = {"Paper": Publisher("press", ""), "Department": Publisher("official", "")}
    return Facts(**{**vars(known), "publishers": {**known.publishers, **others}})


def source(name: str, published: str = "2025-03-01", **cells: str) -> Row:
    """A source: a report of the statistics office."""
    row = dict.fromkeys(SOURCES, "") | {"source_id": name, "published": published}
    return row | {"title": "Report", "publisher": "Statistics", "tier": "official"} | cells


def observation(number: int, source_id: str = "report", **cells: str) -> Row:
    """An observation of series 5.7 in 2024: 95.3, final."""
    return builders.observation(number, source_id=source_id, **cells)


def recorded(
    *observations: Row,
    sources: Sequence[Row] | None = None,
    additions: int = 1,
    **more: Sequence[Row],
) -> Recorded:
    """What is recorded: these rows, and one source named ``report`` if nothing else is said."""
    numbers = range(1, additions + 1)
    added = [
        {"addition_id": f"add-{n:04}", "recorded_on": "2026-11-25", "note": ""} for n in numbers
    ]
    rows: dict[str, Sequence[Row]] = {
        **dict.fromkeys(GROWING, ()),
        "additions": added,
        "observations": observations,
        "sources": [source("report")] if sources is None else sources,
        **more,
    }
    return Recorded({}, {}, {name: tuple(some) for name, some in rows.items()})


def entry(number: int = 2, /, file: str = "a.csv", **cells: str) -> Entry:
    """A row of a file: the statistics office says 95.3 of 2024 in the report that is recorded."""
    said = {**SOURCE, "published": "2025-03-01", **cells}
    places = {
        name: Place(file, "", number, at) for at, name in zip(count(1), COLUMNS, strict=False)
    }
    return Entry(builders.value_row(**said) | {"value": cells.get("value", "95.3")}, places)


def task(number: int = 2, /, file: str = "a.csv", **cells: str) -> TaskEntry:
    """A row of a file: the report says that a task is under way."""
    row = {"task_id": "I.1", "date": "2025-01-31", "status": "under_way", "note": ""}
    places = {
        name: Place(file, "", number, at) for at, name in zip(count(1), TASK_COLUMNS, strict=False)
    }
    return TaskEntry({**row, **SOURCE, "published": "2025-03-01", **cells}, places)


def submission(*rows: Entry | TaskEntry, file: str = "a.csv") -> Submission:
    """A file with these rows."""
    return Submission(
        Book(file, "csv", "0" * 64, ()),
        "collected",
        tuple(row for row in rows if isinstance(row, Entry)),
        tuple(row for row in rows if isinstance(row, TaskEntry)),
    )


def shown(*rows: Entry | TaskEntry, beside: Recorded) -> Preview:
    """The preview of a file with these rows."""
    return preview([submission(*rows)], beside, facts())


def line(row: Entry, beside: Recorded) -> Line:
    """What becomes of one row."""
    [one] = shown(row, beside=beside).lines
    return one
