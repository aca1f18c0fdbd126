"""The list of all indicators, with filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.publish.site.groups_tables import plan_report
from analysis.publish.site.home_counts import STANDINGS, TOGETHER
from analysis.publish.site.listing_rows import VERDICTS, ListedSeries, listed_series
from analysis.publish.site.page import Link, SitePage
from analysis.publish.site.writer import Writer
from analysis.reports.overview_counts import target_years
from analysis.words.collation import collation

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Choice:
    """Something that the list can be filtered by.

    Attributes
    ----------
    value
        How the address of the page names it.
    text
        What is read.
    codes
        Of verdicts: the codes that are meant.
    """

    value: str
    text: str
    codes: tuple[str, ...] = ()


def listing_page(writer: Writer) -> SitePage:
    """Return the page that lists all indicators.

    Parameters
    ----------
    writer
        What the page is written with.
    """
    report = plan_report(writer)
    rows, gap = listed_series(report, writer), report.whole_gap
    size = _size(gap)
    return SitePage(
        path="indicators.html",
        template="listing.html.j2",
        title=writer.say("listing.title"),
        description=writer.say("listing.description", **size),
        section="indicators",
        content={
            "rows": rows,
            "years": target_years(gap),
            "size": size,
            "groups": _groups(writer, rows),
            "choices": {
                "group": _group_choices(writer, rows),
                "agency": _agency_choices(rows),
                "verdict": _verdict_choices(writer),
                "together": _together_choices(writer),
                "year": [Choice(str(year), str(year)) for year in target_years(gap)],
            },
        },
        searchable=False,
    )


def _size(gap: pd.DataFrame) -> dict[str, int]:
    return {
        "indicators": int(gap["indicator_id"].nunique()),
        "series": int(gap["series_id"].nunique()),
        "groups": int(gap["group_id"].nunique()),
    }


def _groups(writer: Writer, rows: Iterable[ListedSeries]) -> list[Link]:
    """Return links to the first row of every group on the page."""
    return [
        Link(f"#group-{group_id}", writer.group(group_id).text)
        for group_id in dict.fromkeys(row.group_id for row in rows)
    ]


def _group_choices(writer: Writer, rows: Iterable[ListedSeries]) -> list[Choice]:
    found = dict.fromkeys(row.group_id for row in rows)
    return [Choice(str(group_id), writer.group(group_id).text) for group_id in found]


def _agency_choices(rows: Iterable[ListedSeries]) -> list[Choice]:
    """Return the lead agencies of the plan and those that took over, by name."""
    links = {link for row in rows for lead in row.leads for link in (lead.named, *lead.today)}
    found = [
        Choice(link.path.removeprefix("agencies/")[: -len(".html")], link.text) for link in links
    ]
    return sorted(found, key=lambda one: collation(one.text))


def _verdict_choices(writer: Writer) -> list[Choice]:
    return [Choice(code, writer.words(f"verdict.{code}"), (code,)) for code in VERDICTS]


def _together_choices(writer: Writer) -> list[Choice]:
    return [
        Choice(name, writer.say(f"listing.together.{name}"), STANDINGS[name]) for name in TOGETHER
    ]
