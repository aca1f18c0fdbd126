"""The section groups: a page for each group of indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.publish.site.figures import gap_dots
from analysis.publish.site.groups_agencies import answering
from analysis.publish.site.groups_reports import report_links
from analysis.publish.site.groups_rows import series_rows
from analysis.publish.site.groups_tables import Told, indicator_links, plan_report, told
from analysis.publish.site.home_counts import YearCounts, year_counts
from analysis.publish.site.page import Link, SitePage
from analysis.publish.site.writer import Writer
from analysis.reports import GapReport, TrendReport
from analysis.reports.opening import year_sentences
from analysis.reports.overview_counts import target_years
from analysis.reports.prose import Prose

if TYPE_CHECKING:
    from analysis.reports import OverviewReport

KINDS = ("gap", "trend")
"""The kinds of reports on a group."""


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give a page for each group."""
    whole = plan_report(writer)
    counts = year_counts(writer, "group")
    links = {group_id: writer.group(group_id) for group_id in counts}
    for group_id, link in links.items():
        page = _Group(writer, whole, group_id, counts[group_id])
        yield SitePage(
            path=link.path,
            template="groups.html.j2",
            title=writer.say("groups.group", n=link.text),
            description=page.description,
            section="indicators",
            content={**page.content(), **_around(group_id, links)},
        )


def _around(group_id: int, links: Mapping[int, Link]) -> dict[str, Link | None]:
    """Return the groups before and after one."""
    return {"before": links.get(group_id - 1), "after": links.get(group_id + 1)}


class _Group:
    """The content of a group's page, from its reports.

    Parameters
    ----------
    writer
        What the page is written with.
    whole
        The report on the whole plan, whose rows the reports on the group share.
    group_id
        The group.
    years
        The counts of its targets.
    """

    def __init__(
        self, writer: Writer, whole: OverviewReport, group_id: int, years: tuple[YearCounts, ...]
    ) -> None:
        edition = writer.edition
        options: dict[str, Any] = {"base_year": edition.base_year, "as_of": edition.as_of}
        self.writer, self.years, self.group_id = writer, years, group_id
        self.gap = GapReport(edition.plan, group_id, writer.language, **options)
        self.trend = TrendReport(edition.plan, group_id, writer.language, **options)
        self.gap.whole_gap = self.trend.whole_gap = whole.whole_gap
        self.links = indicator_links(whole, self.gap.gap)

    @property
    def description(self) -> str:
        """The group in a few sentences for search engines."""
        return " ".join([self._opening[0], *self._years])

    def content(self) -> dict[str, Any]:
        """Return what the template shows."""
        writer, gap, trend = self.writer, self.gap, self.trend
        return {
            "group_id": self.group_id,
            "size": self._opening[0],
            "years": list(zip(self.years, self._years, strict=True)),
            "opening": [text for text in self._opening[1:] if text not in self._years],
            "target_years": target_years(gap.gap),
            "rows": series_rows(gap, writer),
            "figure": gap_dots(writer, self.group_id),
            "figure_notes": gap.figure_notes().paragraphs,
            "trend": self._trend(),
            "speed": told(trend.speed(), self.links),
            "breaks": self._breaks(),
            "missing": told(gap.missing(), self.links),
            "answering": answering(gap, writer),
            "reports": report_links(writer, KINDS, str(self.group_id)),
        }

    @cached_property
    def _years(self) -> list[str]:
        """A sentence for each target year."""
        return year_sentences(self.gap.gap, self.writer.words)

    @cached_property
    def _opening(self) -> list[str]:
        """The opening of the gap report without what it says of the report itself."""
        itself = self.writer.words("opening.all_missing", n=len(self.links))
        return [text for text in self.gap.opening().paragraphs if text != itself]

    def _trend(self) -> list[str]:
        """Return the opening of the trend report without what it says of the report itself."""
        itself = self.writer.words("opening.trend_report")
        return [text for text in self.trend.opening().paragraphs if text != itself]

    def _breaks(self) -> Told | None:
        table = self.gap.break_table()
        return None if isinstance(table, Prose) else told(table, self.links)
