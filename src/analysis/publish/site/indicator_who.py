"""Who answers for an indicator: the agencies that the plan names, and those of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.charts.labels import part_name, recorded
from analysis.charts.rows import Row, first, records
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
        rows = writer.edition.plan["indicator_agencies"]
        self.rows = rows[rows["series_id"].isin([one["series_id"] for one in series])]

    def answering(self) -> tuple[Answering, ...]:
        """Return every agency and role: leads first, then who collects, then who takes part."""
        rows = self.rows.assign(place=self.rows["role"].map(_ROLES.index))
        rows = rows.sort_values("place", kind="stable")
        return tuple(
            self._answering(part) for _, part in rows.groupby(["agency_id", "role"], sort=False)
        )

    def reading_ids(self) -> set[str]:
        """Return the readings by which the cells of agencies were read."""
        return set(self.rows["reading_id"])

    def owing(self, series_id: str) -> tuple[Answering, ...]:
        """Return who owes the numbers of a series: its leads, and who collects them."""
        mine = self.rows[self.rows["series_id"].eq(series_id) & self.rows["role"].isin(_OWING)]
        parts = mine.groupby(["agency_id", "role"], sort=False)
        return tuple(self._answering(part) for _, part in parts)

    def leads(self) -> tuple[Link, ...]:
        """Return the agencies that lead the indicator, each once."""
        rows = self.rows[self.rows["role"].eq("lead")]
        return tuple(map(self.writer.agency, dict.fromkeys(rows["agency_id"])))

    def _answering(self, part: pd.DataFrame) -> Answering:
        row = first(part)
        lines = part.drop_duplicates("text_line")
        return Answering(
            role=self.writer.words(f"role.{row['role']}"),
            agency=self.writer.agency(str(row["agency_id"])),
            covers=self._covers(part),
            printed=tuple(
                Line(int(one["text_line"]), one["text_source"]) for one in records(lines)
            ),
            inherited=bool(part["inherited"].any()),
            successors=self._successors(str(row["agency_id"])),
        )

    def _covers(self, part: pd.DataFrame) -> tuple[str, ...]:
        """Return the parts of the indicator that are meant where not all are."""
        meant = set(part["series_id"])
        if len(meant) == len(self.series):
            return ()
        language = self.writer.language
        return tuple(
            part_name(one[f"part_{language}"]) or str(one[f"label_{language}"])
            for one in self.series
            if one["series_id"] in meant
        )

    def _successors(self, agency_id: str) -> tuple[Successor, ...]:
        rows = self.writer.edition.plan["agency_successions"]
        mine = records(rows[rows["predecessor_id"].eq(agency_id)])
        return tuple(self._successor(row) for row in mine)

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
        return Cell(text, href=str(source["url"] or ""))
