"""The page of an agency: what its report tells, beside links to everything it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import pandas as pd

from analysis.charts.labels import given
from analysis.charts.rows import Row, records
from analysis.publish.site.agencies_index import COUNTS, AgencyRow
from analysis.publish.site.agencies_owed import OwedShare, owed_shares
from analysis.publish.site.agencies_tables import (
    Block,
    block,
    to_agencies,
    to_indicators,
    to_tasks,
)
from analysis.publish.site.figures import agency_bars
from analysis.publish.site.page import SitePage
from analysis.publish.site.tasks_links import report_path
from analysis.publish.site.writer import Writer
from analysis.reports import AgencyReport, CoverageReport
from analysis.results import agency_frame


class OfAgency(AgencyReport):
    """The report of an agency that shares the frames of the whole plan with the others.

    Parameters
    ----------
    whole
        The report from which it takes them.
    agency_id
        The agency.
    """

    def __init__(self, whole: CoverageReport, agency_id: str) -> None:
        super().__init__(
            whole.plan, agency_id, whole.language, base_year=whole.base_year, as_of=whole.as_of
        )
        self.whole = whole

    @cached_property
    def whole_view(self) -> pd.DataFrame:
        """The current view of every series and area."""
        return self.whole.whole_view

    @cached_property
    def whole_gap(self) -> pd.DataFrame:
        """The gap rows of the whole plan."""
        return self.whole.whole_gap


class AgencyPages:
    """Makes the pages of all agencies.

    Parameters
    ----------
    writer
        With what they are written.
    """

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        edition = writer.edition
        self.whole = CoverageReport(
            edition.plan, writer.language, base_year=edition.base_year, as_of=edition.as_of
        )

    @cached_property
    def _reported(self) -> frozenset[str]:
        """The agencies of which there is a report."""
        return frozenset(agency_frame(self.writer.edition.plan.tables)["agency_id"])

    @cached_property
    def _owed(self) -> Mapping[str, tuple[OwedShare, ...]]:
        return owed_shares(self.whole, to_indicators(self.writer))

    def pages(self, rows: Iterable[AgencyRow]) -> Iterable[SitePage]:
        """Yield the page of every agency, in the order of table ``agencies``."""
        by_path = {row.link.path: row for row in rows}
        for agency in records(self.writer.edition.plan["agencies"]):
            yield self._page(agency, by_path[self.writer.agency(agency["agency_id"]).path])

    def _page(self, agency: Row, row: AgencyRow) -> SitePage:
        writer, agency_id = self.writer, agency["agency_id"]
        told = self._told(agency_id) if agency_id in self._reported else self._untold(agency)
        other = "en" if writer.language == "vi" else "vi"
        content = {
            "link": row.link,
            "other": agency[f"name_{other}"],
            "facts": self._facts(row),
            "taken": any(count.taken for count in row.counts),
            "json": f"/api/v1/agencies/{agency_id}.json",
            **told,
        }
        name = row.link.text
        return SitePage(
            row.link.path,
            "agency.html.j2",
            name,
            writer.say("agencies.page_description", name=name),
            "agencies",
            content,
        )

    def _facts(self, row: AgencyRow) -> list[tuple[int, str]]:
        """Return what it answers for, what it took over whole included; nothing that is none."""
        pairs = zip(COUNTS, row.counts, strict=True)
        return [
            (count.own + count.taken, self.writer.say(f"agencies.count.{item}_{role}"))
            for (item, role), count in pairs
            if count.own + count.taken
        ]

    def _told(self, agency_id: str) -> dict[str, object]:
        report = OfAgency(self.whole, agency_id)
        _, *title = report.title().paragraphs
        return {
            "title": title,
            "opening": report.opening().paragraphs,
            "figure": agency_bars(self.writer, agency_id),
            "blocks": self._blocks(report),
            "owed": self._owed_of(report),
            "method": report.method(),
            "quotes": (),
            "report": report_path(self.writer, "agency", agency_id),
        }

    def _blocks(self, report: AgencyReport) -> list[Block]:
        """Return the sections of the report that are not empty."""
        indicators, tasks = to_indicators(self.writer), to_tasks(self.writer)
        blocks = (
            block("now", report.reorganised(), to_agencies(self.writer)),
            block("led", report.led(), indicators),
            block("support", report.support()),
            block("tasks", report.tasks(), tasks),
            block("owed", report.owed()),
            block("perhaps", report.perhaps()),
            block("lines", report.lines()),
        )
        return [one for one in blocks if one is not None]

    def _owed_of(self, report: AgencyReport) -> tuple[OwedShare, ...]:
        """Return what it owes under its own name, then what came to it whole from others."""
        work = report.dossier.work
        taken = work.loc[work["standing"].eq("taken_over"), "named_id"]
        names = dict.fromkeys([report.agency_id, *taken])
        return tuple(share for name in names for share in self._owed.get(name, ()))

    def _untold(self, agency: Row) -> dict[str, object]:
        """Return what is said of an agency to which the appendices of the plan give nothing."""
        words, line = self.writer.words, agency["source_line"]
        kind = words("agency.kind_line", kind=words(f"agency.kind.{agency['kind']}"))
        return {
            "title": [kind],
            "opening": (self.writer.say("agencies.no_work", line=line),),
            "figure": None,
            "blocks": [],
            "owed": (),
            "method": None,
            "quotes": self._quotes(line),
            "report": "",
        }

    def _quotes(self, line: int) -> tuple[str, ...]:
        """Return the paragraph of the plan that begins in a line."""
        rows = self.writer.edition.plan["sections"]
        found = records(rows[rows["source_line"].eq(line)])
        return tuple(given(row["text"]) or given(row["heading_vi"]) for row in found)
