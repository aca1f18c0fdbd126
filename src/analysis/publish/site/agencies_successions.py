"""Who has taken over from whom, as the pages of tasks, agencies and coverage say it."""

from __future__ import annotations

from collections.abc import Iterable
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
    since, effective
        From when, as exactly as the source says: in words, and as an ISO date or month.
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
    effective: str
    limited: bool
    scope: str
    text: str
    source: Cell
    note: Cell

    @property
    def kind(self) -> str:
        """``inferred``, or if it is reported ``whole`` or ``part``."""
        if self.confidence != "reported":
            return "inferred"
        return "part" if self.limited else "whole"


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
    return _by((one.predecessor.path, one) for one in read_successions(writer))


def successions_to(writer: Writer) -> dict[str, tuple[Succession, ...]]:
    """Return the successions to each agency that has some, by the path of its page."""
    return _by((one.successor.path, one) for one in read_successions(writer))


def _by(pairs: Iterable[tuple[str, Succession]]) -> dict[str, tuple[Succession, ...]]:
    found: dict[str, tuple[Succession, ...]] = {}
    for path, one in pairs:
        found[path] = (*found.get(path, ()), one)
    return found


def now_text(writer: Writer, successions: Iterable[Succession]) -> str:
    """Return in short who had taken over by the day of assessment; empty if no one had.

    Reported ones stand apart from inferred ones, and wholes from parts; an agency that kept its
    name is not its own successor.
    """
    day = writer.edition.as_of.isoformat()
    kinds: dict[str, list[str]] = {"whole": [], "part": [], "inferred": []}
    for one in successions:
        if not one.kept and one.effective <= day:
            kinds[one.kind].append(one.successor.text)
    return "; ".join(
        writer.say(f"agencies.now.{kind}", list=writer.words.listing(names))
        for kind, names in kinds.items()
        if names
    )


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
        effective=str(row["effective"]),
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
