"""Who has taken over from whom, as the pages of tasks, agencies and coverage say it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.charts.labels import given
from analysis.charts.rows import Row, records
from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.reports.agency_tables import scope
from analysis.reports.evidence import source_cell
from analysis.reports.notes import languages_said, note_cell
from analysis.reports.responsibility import since
from analysis.reports.table import Cell


@dataclass(frozen=True)
class Succession:
    """One row of table ``agency_successions`` in words.

    Attributes
    ----------
    predecessor, successor
        Links to both agencies; the same where an agency kept its name.
    kept
        Whether the agency kept its name.
    confidence, sure
        ``reported`` or ``inferred``, and that in words.
    since
        From when, as exactly as the source says.
    limited
        Whether it is of some functions only.
    scope
        Of which functions.
    text
        From when, how surely and for what, to be read after the name of the other agency.
    source, note
        Where it is said, and what the recorder noted.
    """

    predecessor: Link
    successor: Link
    kept: bool
    confidence: str
    sure: str
    since: str
    limited: bool
    scope: str
    text: str
    source: Cell
    note: Cell


def read_successions(writer: Writer) -> tuple[Succession, ...]:
    """Return every succession, in the order of the table."""
    plan = writer.edition.plan
    rows = plan["agency_successions"].merge(plan["sources"], on="source_id", how="left")
    notes = plan["agency_successions"]["note"]
    return tuple(
        _succession(writer, {**row, "note": note})
        for row, note in zip(records(rows), notes, strict=True)
    )


def successions_from(writer: Writer) -> dict[str, tuple[Succession, ...]]:
    """Return the successions from each agency that has some, by the path of its page."""
    found: dict[str, tuple[Succession, ...]] = {}
    for one in read_successions(writer):
        path = one.predecessor.path
        found[path] = (*found.get(path, ()), one)
    return found


def notes_said(writer: Writer) -> tuple[str, ...]:
    """Return in which language the notes of the successions are written."""
    return languages_said(writer.edition.plan["agency_successions"]["note"], writer.words)


def _succession(writer: Writer, row: Row) -> Succession:
    words = writer.words
    kept = row["predecessor_id"] == row["successor_id"]
    limit = given(row[f"scope_{writer.language}"])
    effective, sure = since(row, words), words(f"confidence.{row['confidence']}")
    return Succession(
        predecessor=writer.agency(row["predecessor_id"]),
        successor=writer.agency(row["successor_id"]),
        kept=kept,
        confidence=row["confidence"],
        sure=sure,
        since=effective,
        limited=bool(limit),
        scope=scope(row, words),
        text=words(
            "note.succession_kept" if kept else "site.agencies.since",
            effective=effective,
            confidence=sure,
            scope=words("note.succession_scope", scope=limit) if limit else "",
        ),
        source=source_cell(row, words),
        note=note_cell(row["note"], words),
    )
