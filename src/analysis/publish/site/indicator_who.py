"""Who answers for an indicator: the agencies that the plan names, and those of today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.charts.labels import given, part_name, recorded
from analysis.charts.rows import Row
from analysis.publish.site.indicator_plan import Line
from analysis.publish.site.indicator_report import Whole
from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.reports.responsibility import succession_text
from analysis.reports.table import Cell

_ROLES = ("lead", "statistics", "coordinating")
_OWING = ("lead", "statistics")


@dataclass(frozen=True)
class Successor:
    """Who has taken over.

    Parameters
    ----------
    agency
        The page of the agency; nothing where the name was kept.
    rest
        From when, how surely, for what.
    inferred
        Whether no source says so outright.
    source
        The source of it.
    """

    agency: Link | None
    rest: str
    inferred: bool
    source: Cell


@dataclass(frozen=True)
class Answering:
    """An agency in a role.

    Parameters
    ----------
    role
        The role in words.
    agency
        The page of the agency.
    covers
        The parts of the indicator of which it holds; none: all of them.
    printed
        The cells of the plan that say so.
    inherited
        Whether they stand in a row above.
    successors
        Who has taken over.
    """

    role: str
    agency: Link
    covers: tuple[str, ...]
    printed: tuple[Line, ...]
    inherited: bool
    successors: tuple[Successor, ...]


class Responsibility:
    """Tells who answers for series of one indicator.

    Parameters
    ----------
    writer
        The language.
    whole
        What the pages of all series share.
    series
        Rows of table ``series``: those of the indicator.
    """

    def __init__(self, writer: Writer, whole: Whole, series: Sequence[Row]) -> None:
        self.writer, self.whole, self.series = writer, whole, series
        mine = {one["series_id"] for one in series}
        self.rows = [row for row in whole.rows("indicator_agencies") if row["series_id"] in mine]

    def answering(self) -> tuple[Answering, ...]:
        """Return every agency and role: leads first, then who collects, then who takes part."""
        ordered = sorted(self.rows, key=lambda row: _ROLES.index(row["role"]))
        return tuple(self._answering(part) for part in _parted(ordered))

    def reading_ids(self) -> set[str]:
        """Return the readings by which the cells of agencies were read."""
        return {str(row["reading_id"]) for row in self.rows}

    def owing(self, series_id: str) -> tuple[Answering, ...]:
        """Return who owes the numbers of a series: its leads, and who collects them."""
        mine = [row for row in self.rows if row["series_id"] == series_id]
        return tuple(self._answering(part) for part in _parted(mine) if part[0]["role"] in _OWING)

    def leads(self) -> tuple[Link, ...]:
        """Return the agencies that lead the indicator, each once."""
        leads = (str(row["agency_id"]) for row in self.rows if row["role"] == "lead")
        return tuple(map(self.writer.agency, dict.fromkeys(leads)))

    def _answering(self, part: list[Row]) -> Answering:
        """Return an agency in a role; the rows are those of the series for which it has it."""
        agency_id = str(part[0]["agency_id"])
        lines = {int(row["text_line"]): str(row["text_source"]) for row in part}
        return Answering(
            role=self.writer.words(f"role.{part[0]['role']}"),
            agency=self.writer.agency(agency_id),
            covers=self._covers({str(row["series_id"]) for row in part}),
            printed=tuple(Line(number, text) for number, text in lines.items()),
            inherited=any(row["inherited"] for row in part),
            successors=self._successors(agency_id),
        )

    def _covers(self, meant: set[str]) -> tuple[str, ...]:
        """Return the parts of the indicator that are meant where not all are."""
        if len(meant) == len(self.series):
            return ()
        language = self.writer.language
        return tuple(
            part_name(one[f"part_{language}"]) or str(one[f"label_{language}"])
            for one in self.series
            if one["series_id"] in meant
        )

    def _successors(self, agency_id: str) -> tuple[Successor, ...]:
        rows = self.whole.rows("agency_successions")
        return tuple(self._successor(row) for row in rows if row["predecessor_id"] == agency_id)

    def _successor(self, row: Row) -> Successor:
        words, name = self.writer.words, self.whole.agencies[row["successor_id"]]
        text = succession_text(row, name, words)
        moved = text.startswith(name)
        return Successor(
            agency=self.writer.agency(str(row["successor_id"])) if moved else None,
            rest=text.removeprefix(name).strip(),
            inferred=row["confidence"] == "inferred",
            source=self._source(str(row["source_id"])),
        )

    def _source(self, source_id: str) -> Cell:
        """Return the publisher of a succession's source, with the link to it."""
        source = self.whole.sources[source_id]
        publisher = recorded(source["publisher"], self.writer.words)
        text = self.writer.say("indicator.who.source", publisher=publisher)
        return Cell(text, href=given(source["url"]))


def _parted(rows: Iterable[Row]) -> list[list[Row]]:
    """Return the rows by agency and role, in the order in which these first occur."""
    parts: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        parts.setdefault((row["agency_id"], row["role"]), []).append(row)
    return list(parts.values())
