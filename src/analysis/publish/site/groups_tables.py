"""Tables of the reports as the site shows them, and the reports that they are taken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from analysis.charts.rows import records
from analysis.publish.site.writer import Writer
from analysis.reports import OverviewReport
from analysis.reports.markup import classes
from analysis.reports.prose import Prose

if TYPE_CHECKING:
    import pandas as pd

    from analysis.reports.table import Table


@dataclass(frozen=True)
class ShownTable:
    """A table of a report, with links to pages of the site.

    Attributes
    ----------
    table
        The table.
    links
        Pages, by the text of the first cell of a row.
    """

    table: Table
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def kinds(self) -> list[list[str]]:
        """The classes of all cells, headings first."""
        return classes(self.table)

    def first(self, columns: int) -> ShownTable:
        """Return the table with its first columns only."""
        table = self.table
        rows = tuple(row[:columns] for row in table.rows)
        return replace(self, table=replace(table, columns=table.columns[:columns], rows=rows))


@dataclass(frozen=True)
class Told:
    """What a section says: a table, or sentences in its place.

    Attributes
    ----------
    table
        The table, if there is one.
    paragraphs
        The sentences, if there is none.
    """

    table: ShownTable | None = None
    paragraphs: tuple[str, ...] = ()


def told(part: Table | Prose, links: Mapping[str, str]) -> Told:
    """Return a part of a report as the site shows it.

    Parameters
    ----------
    part
        A table, or prose where there is nothing for a table.
    links
        Pages, by the text of the first cell of a row.
    """
    if isinstance(part, Prose):
        return Told(paragraphs=part.paragraphs)
    return Told(ShownTable(part, links))


def plan_report(writer: Writer) -> OverviewReport:
    """Return the overview of the edition, whose sentences and tables the pages show."""
    edition = writer.edition
    return OverviewReport(
        edition.plan, writer.language, base_year=edition.base_year, as_of=edition.as_of
    )


def indicator_links(report: OverviewReport, gap: pd.DataFrame) -> dict[str, str]:
    """Return the page of every series of some gap rows, by the label that reports give it."""
    return {report.label(row): f"indicators/{row['indicator_id']}.html" for row in records(gap)}


def agency_links(writer: Writer) -> dict[str, str]:
    """Return the page of every agency that has one, by its name in the language of the pages."""
    from analysis.results import agency_frame

    rows = records(agency_frame(writer.edition.plan.tables))
    return {writer.name(row): f"agencies/{row['agency_id']}.html" for row in rows}
