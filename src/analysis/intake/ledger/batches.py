"""Which rows an addition or a withdrawal puts behind which tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.errors import UserError, raise_all
from analysis.intake.preview import Preview
from analysis.intake.recordable import noted
from analysis.intake.recorded import Recorded
from analysis.observe.collected import ingest_rows
from analysis.observe.facts import Facts
from analysis.observe.layout import Collected
from analysis.observe.origins import origin_of, resolve, source_rows, stated
from analysis.observe.rows import Row


@dataclass(frozen=True)
class Batch:
    """Rows to be appended.

    Parameters
    ----------
    addition_id
        The addition that is made or taken back.
    rows
        The new rows of each table that gets any.
    """

    addition_id: str
    rows: Mapping[str, tuple[Row, ...]]

    def count(self, table: str) -> int:
        """Return how many rows a table gets."""
        return len(self.rows.get(table, ()))


def addition(
    preview: Preview, recorded: Recorded, facts: Facts, *, day: date, note: str = ""
) -> Batch:
    """Return the rows by which what a preview shows is recorded.

    Parameters
    ----------
    preview
        At least one value or report in it is to be recorded.
    recorded, facts
        What is recorded, and what is declared.
    day
        The day of entry.
    note
        Of the whole addition.

    Raises
    ------
    UserErrors
        If the day is before that of the last addition, or the rows repeat each other.
    UserError
        If the note or the name of a file cannot be recorded.
    """
    raise_all(_too_early(recorded, day))
    said = noted(note, "the note on the addition")
    name = f"add-{len(recorded.rows['additions']) + 1:04}"
    done = ingest_rows(
        Collected(values=[line.entry.row for line in preview.taken]),
        facts,
        recorded_on=day,
        addition_id=name,
        onto=recorded.as_ingested,
    )
    before = len(recorded.rows["observations"])
    observations = done.observations[before:]
    sources, updates = _updates(preview, done.sources, facts, name)
    rows = {
        "additions": ({"addition_id": name, "recorded_on": day.isoformat(), "note": said},),
        "addition_files": tuple(_files(preview, name)),
        "sources": tuple(sources[len(recorded.rows["sources"]) :]),
        "observations": observations,
        "revisions": tuple(_revisions(preview, observations)),
        "task_updates": tuple(updates),
    }
    return Batch(name, {table: new for table, new in rows.items() if new})


def _too_early(recorded: Recorded, day: date) -> Iterator[UserError]:
    last = max(
        [row["recorded_on"] for row in recorded.rows["additions"]]
        + [row["withdrawn_on"] for row in recorded.rows["withdrawals"]],
        default="",
    )
    if day.isoformat() < last:
        what = f"the day is {day.isoformat()}, but something was recorded on {last}"
        yield UserError(what, "the clock of this machine", "set it right")


def _updates(
    preview: Preview, sources: Sequence[Row], facts: Facts, addition_id: str
) -> tuple[Sequence[Row], list[Row]]:
    """Return all sources and the reports of tasks."""
    rows = [line.entry.row for line in preview.tasks_taken]
    resolved = resolve(map(stated, rows), map(origin_of, sources))
    every = source_rows(resolved.values(), facts, sources)
    ids = {origin_of(row): row["source_id"] for row in every}
    return every, [
        {
            "task_id": row["task_id"],
            "date": row["date"],
            "source_id": ids[resolved[stated(row)]],
            "status": row["status"],
            "addition_id": addition_id,
            "note": row["note"],
        }
        for row in rows
    ]


def _files(preview: Preview, addition_id: str) -> Iterator[Row]:
    for one in preview.submissions:
        yield {
            "addition_id": addition_id,
            "file": noted(one.book.file, one.book.file),
            "layout": one.layout,
            "sha256": one.book.sha256,
        }


def _revisions(preview: Preview, observations: Sequence[Row]) -> Iterator[Row]:
    """Return which new observation replaces which earlier one, where that is a single one."""
    for line, row in zip(preview.taken, observations, strict=True):
        if line.kind == "revision" and len(line.against) == 1:
            replaced = line.against[0]["observation_id"]
            yield {"observation_id": row["observation_id"], "revises_id": replaced}


def withdrawal(recorded: Recorded, *, day: date, reason: str = "") -> Batch:
    """Return the row that takes back the last addition that stands.

    Raises
    ------
    UserErrors
        If the day is before that of what was recorded last.
    UserError
        If only the first collection stands, which nothing could be judged without; or the reason
        cannot be recorded.
    """
    raise_all(_too_early(recorded, day))
    standing = recorded.standing_additions
    if len(standing) < 2:
        what = "there is no addition to take back: only the first collection stands"
        raise UserError(what, "data/observed/additions.csv")
    name = standing[-1]["addition_id"]
    said = noted(reason, "the reason of the withdrawal")
    row = {"addition_id": name, "withdrawn_on": day.isoformat(), "reason": said}
    return Batch(name, {"withdrawals": (row,)})
