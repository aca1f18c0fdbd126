"""The section home: the state of the plan at a glance, for a reader who has never seen it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.figures import verdict_bars
from analysis.publish.site.groups_reports import report_links
from analysis.publish.site.groups_tables import (
    ShownTable,
    agency_links,
    indicator_links,
    plan_report,
    told,
)
from analysis.publish.site.home_counts import YearCounts, year_counts
from analysis.publish.site.home_now import changes, downloads, missing_sentences, tasks_now
from analysis.publish.site.page import SitePage
from analysis.publish.site.writer import Writer
from analysis.reports.overview_sentences import (
    missing_sentence,
    moved_sentences,
    year_paragraph,
)
from analysis.reports.prose import Prose
from analysis.reports.table import Cell, Table

if TYPE_CHECKING:
    import pandas as pd

    from analysis.reports import OverviewReport

LEGEND: Final = (
    "MET", "MAINTAINED", "ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING", "LOST",
    "NOT_MET", "NOT_ASSESSABLE", "NO_DATA",
)  # fmt: skip
"""The verdicts that the page explains, from the best to those that are none."""

MOST_OWING: Final = 5
"""How many of the agencies that owe the most numbers are named."""


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the home page."""
    values = _size(writer)
    yield SitePage(
        path="index.html",
        template="home.html.j2",
        title=writer.say("home.title"),
        description=writer.say("home.description", **values),
        section="home",
        content=_content(writer, values),
    )


def _size(writer: Writer) -> dict[str, int]:
    plan = writer.edition.plan
    return {"indicators": len(plan["indicators"]), "tasks": len(plan["tasks"])}


def _content(writer: Writer, values: Mapping[str, int]) -> dict[str, Any]:
    report = plan_report(writer)
    links = indicator_links(report, report.whole_gap)
    last_year = int(report.whole_gap["target_year"].max())
    return {
        "lead": writer.say("home.lead", **values),
        "years": [_panel(counts, report) for counts in year_counts(writer)[0]],
        "missing": missing_sentence(report.whole_gap, writer.words),
        "figure": verdict_bars(writer, by="group", year=last_year),
        "last_year": last_year,
        "group_table": ShownTable(report.groups(), _group_links(writer)),
        "groups": _cards(writer),
        "moved": moved_sentences(report.whole_gap, writer.words),
        "not_met": told(_brief(report.not_met()), links),
        "tasks": tasks_now(writer),
        "observed": missing_sentences(writer),
        "owed": _owed(report, writer),
        "changes": changes(writer),
        "downloads": downloads(writer),
        "legend": LEGEND,
        "reports": report_links(writer, ("overview",), ""),
    }


def _panel(counts: YearCounts, report: OverviewReport) -> dict[str, Any]:
    gap = report.whole_gap
    return {
        "counts": counts,
        "sentence": year_paragraph(gap, counts.year, report.words),
        "reasons": _reasons(gap[gap["target_year"].eq(counts.year)], report),
    }


def _reasons(rows: pd.DataFrame, report: OverviewReport) -> list[str]:
    """Return why targets of a year have no verdict, the most frequent reason first."""
    from analysis.reports.overview_counts import unjudged

    rows = unjudged(rows)
    why = rows["reason"].mask(rows["verdict"].eq("NO_DATA"), "NO_DATA")
    counts = why.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return [
        f"{report.words.number(n)} {report.words(f'opening.why.{code}', n=n)}"
        for code, n in counts.items()
    ]


def _group_links(writer: Writer) -> dict[str, str]:
    links = map(writer.group, writer.edition.plan["indicator_groups"]["group_id"])
    return {link.text: link.path for link in links}


def _cards(writer: Writer) -> list[dict[str, Any]]:
    return [
        {
            "link": writer.group(group_id),
            "short": writer.words(f"group_short.{group_id}"),
            "n": int(years[0].row["n"]),
            "years": years,
        }
        for group_id, years in year_counts(writer, "group").items()
    ]


def _brief(part: Table | Prose) -> Table | Prose:
    """Return a table with sources in short: publisher and date as the link, no title."""
    if isinstance(part, Prose):
        return part
    rows = tuple(tuple(map(_in_short, row)) for row in part.rows)
    return replace(part, rows=rows)


def _in_short(cell: Cell) -> Cell:
    return replace(cell, text=cell.detail[-2], detail=(), lang="") if cell.link else cell


def _owed(report: OverviewReport, writer: Writer) -> ShownTable | None:
    """Return the agencies that owe the most numbers, with how many; none if nothing is owed."""
    table = report.owed()
    if not isinstance(table, Table):
        return None
    foremost = Table(table.caption, table.columns, table.rows[:MOST_OWING], table.language)
    return ShownTable(foremost, agency_links(writer)).first(len(table.columns) - 1)
