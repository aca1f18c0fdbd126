"""What the home page says of now: tasks that are due, what is missing, what has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.runs.digest import FOLDER, HISTORY

if TYPE_CHECKING:
    import pandas as pd

NEWEST: Final = 5
"""How many changes the home page tells."""

_SETTLED: Final = ("done", "done_late", "done_after", "dropped")


@dataclass(frozen=True)
class TasksNow:
    """The tasks at the day of assessment.

    Attributes
    ----------
    n
        How many tasks the plan has.
    past
        Those whose time is over and that no one has reported done.
    due
        By day, those that fall due soon and that no one has reported done.
    told
        What has been reported of all tasks, in a sentence.
    """

    n: int
    past: tuple[Link, ...]
    due: dict[str, tuple[Link, ...]]
    told: str


def tasks_now(writer: Writer) -> TasksNow:
    """Return what is due now, and what is past."""
    from analysis.reports.task_opening import short_sentences

    frame = writer.edition.tasks
    still = frame[~frame["standing"].isin(_SETTLED)]
    due = still[still["phase"].eq("due")]
    days = due.groupby(due["due_on"].dt.strftime("%Y-%m-%d"))
    return TasksNow(
        n=len(frame),
        past=_links(still[still["phase"].eq("past_end")]),
        due={writer.date(day): _links(part) for day, part in days},
        told=short_sentences(frame, writer.words)[-1],
    )


def _links(frame: pd.DataFrame) -> tuple[Link, ...]:
    pairs = zip(frame["task_group_id"], frame["task_id"], strict=True)
    return tuple(Link(f"tasks/{group}.html", task) for group, task in pairs)


@dataclass(frozen=True)
class News:
    """A change as it was told.

    Attributes
    ----------
    day
        The day of the run that found it.
    title
        What changed.
    """

    day: str
    title: str


@dataclass(frozen=True)
class Changes:
    """What has changed.

    Attributes
    ----------
    began
        The day from which changes are recorded; empty: none are.
    n
        How many changes have been recorded.
    newest
        The last of them, the newest first.
    """

    began: str = ""
    n: int = 0
    newest: tuple[News, ...] = ()


def changes(writer: Writer) -> Changes:
    """Return the newest changes of the history that lies in the outputs.

    Raises
    ------
    analysis.runs.snapshot.UnreadableError
        If there is a history that cannot be read.
    """
    from analysis.runs.history import History

    path = writer.edition.outputs.root / FOLDER / HISTORY
    if not path.is_file():
        return Changes()
    history = History.read(json.loads(path.read_text(encoding="utf-8")))
    newest = list(reversed(history.entries))[:NEWEST]
    told = (
        News(writer.date(entry["at"]), entry["texts"][writer.language]["title"]) for entry in newest
    )
    return Changes(writer.date(history.began), len(history.entries), tuple(told))


def missing_sentences(writer: Writer) -> list[str]:
    """Return how much has been observed, and what there is of the rest."""
    from analysis.reports.coverage_opening import size_sentence, without_value

    coverage = writer.edition.coverage
    return [size_sentence(coverage, writer.words), *without_value(coverage, writer.words)]


def downloads(writer: Writer) -> Iterable[Link]:
    """Return the files that most readers look for."""
    name = writer.edition.name
    return (
        Link(f"/downloads/{name}.xlsx", writer.say("home.file.xlsx")),
        Link("/results/results_gap.csv", writer.say("home.file.csv")),
        Link(f"/downloads/{name}.zip", writer.say("home.file.zip")),
        Link(f"/downloads/{name}.sqlite", writer.say("home.file.sqlite")),
        Link("/api/v1/index.json", writer.say("home.file.api")),
    )
