"""What of a row cannot be recorded: cells that the ingestion cannot read, sources not declared."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from datetime import date
from typing import Final, TypeAlias

from analysis.errors import UserError
from analysis.intake.model import Entry, Finding, Placed, Submission, TaskEntry
from analysis.observe.checks import row_faults
from analysis.observe.collected import place
from analysis.observe.facts import Facts
from analysis.observe.layout import LAYOUT, VALUES
from analysis.observe.rows import Row
from analysis.package.rules.texts import has_control, starts_formula

Fault: TypeAlias = tuple[str, tuple[str, str]]
"""The column, and what is wrong with how to mend it."""

_OF_SOURCE: Final = ("source_url", "source_title", "publisher", "published")
_BLANK: Final = dict.fromkeys(LAYOUT[VALUES], "")


def unrecordable(submission: Submission, facts: Facts, tasks: Collection[str]) -> Iterator[Finding]:
    """Give an error for each cell that keeps its row from being recorded.

    Parameters
    ----------
    submission
        The file as read. Where an error or a question was found, nothing more is said of the cell;
        nor of a source of which a part was refused.
    facts
        What is declared.
    tasks
        The ids of the plan's tasks.
    """
    told = {one.place for one in submission.findings if one.severity in {"error", "question"}}
    for placed in (*submission.entries, *submission.tasks):
        half_told = any(placed.at(column) in told for column in _OF_SOURCE)
        for column, (what, mend) in _faults(placed, facts, tasks):
            if placed.at(column) in told or (half_told and column in _OF_SOURCE):
                continue
            yield Finding("unreadable", "error", what, placed.at(column), mend)


def _faults(placed: Placed, facts: Facts, tasks: Collection[str]) -> Iterator[Fault]:
    if isinstance(placed, Entry):
        yield from row_faults(VALUES, placed.row, facts)
        yield from _of_texts(_texts_of_value(placed.row, facts))
    elif isinstance(placed, TaskEntry):
        yield from _of_task(placed.row, tasks)
        yield from (x for x in row_faults(VALUES, _BLANK | placed.row, facts) if x[0] in _OF_SOURCE)
        yield from _of_texts({name: placed.row[name] for name in ("source_title", "note")})
    yield from _of_publisher(placed.row["publisher"], facts)


def _of_task(row: Row, tasks: Collection[str]) -> Iterator[Fault]:
    if row["task_id"] not in tasks:
        what = f"the plan has no task {row['task_id']!r}"
        yield "task_id", (what, "write the code as in data/plan/tasks.csv, such as IV.2")
    if not _is_day(row["date"]):
        what = f"{row['date']!r} is no day" if row["date"] else "no day is given"
        yield "date", (what, "write the day of which the state is reported, as 2025-12-31")
    if not row["status"]:
        mend = "write not_started, under_way, done or dropped"
        yield "status", ("no status is given", mend)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _of_publisher(publisher: str, facts: Facts) -> Iterator[Fault]:
    if not publisher:
        mend = "name the agency, newspaper or site"
        yield "publisher", ("no publisher is named", mend)
    elif publisher not in facts.publishers:
        what = f"the publisher {publisher!r} is not declared"
        mend = "write an agency's name as the data have it, or add it with its tier to "
        yield "publisher", (what, f"{mend}data/source/publishers.yaml")


def _texts_of_value(row: Row, facts: Facts) -> Row:
    """Return the texts of a row that are recorded, and none that only names what is known."""
    known = row["indicator_code"] in facts.series
    measure = place(row["indicator_code"], row["part"], facts)[1] if known else ""
    return {
        "part": row["part"] if measure == row["part"] else "",
        **{name: row[name] for name in ("source_title", "note")},
    }


def _of_texts(texts: Row) -> Iterator[Fault]:
    """Give texts that no table of the package may hold."""
    for column, text in texts.items():
        if (fault := text_fault(text)) is not None:
            yield column, fault


def noted(text: str, where: str) -> str:
    """Return a text that somebody typed beside the files as it is recorded: one line, in NFC.

    Parameters
    ----------
    text
        A note, a reason, the name of a file.
    where
        What an error names as its place.

    Raises
    ------
    UserError
        If no table of the package may hold it.
    """
    kept = " ".join(unicodedata.normalize("NFC", text).split())
    if (fault := text_fault(kept)) is not None:
        raise UserError(fault[0], where, fault[1])
    return kept


def text_fault(text: str) -> tuple[str, str] | None:
    """Return what keeps a text out of a table of the package, and how to mend it.

    Parameters
    ----------
    text
        A note, a title, a name.
    """
    if starts_formula(text, verbatim=False):
        return f"{text[:60]!r} begins like a formula", "begin with a letter or a digit"
    if has_control(text, verbatim=False) or not _is_writable(text):
        return f"{text[:60]!r} holds characters that are not seen", "type the text anew"
    return None


def _is_writable(text: str) -> bool:
    """Tell whether a text has characters alone, no halves of them."""
    return not any("\ud800" <= one <= "\udfff" for one in text)
