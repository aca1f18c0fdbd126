"""Lists of the coverage page: what each agency has and owes, and what was never measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.charts.rows import Row, absent, records
from analysis.publish.site.agencies_successions import Succession, now_text, successions_from
from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.reports import CoverageReport
from analysis.reports.coverage_opening import unvalued
from analysis.reports.coverage_owed import ROLES, Share, shares

COLUMNS = ("series", "valued", "context", "nothing", "latest", "stated", "open")
"""What is counted of an agency in a role: its series; those with a usable value; those with figures
that do not count; those without any; the latest year; the stated targets; those not assessable."""


@dataclass(frozen=True)
class AgencyCoverage:
    """What is known of the series of one agency in one role.

    Attributes
    ----------
    agency, role
        The agency as the plan names it, and its role in words.
    numbers
        As text, by :data:`COLUMNS`; a dash stands for a latest year that there is not.
    owes
        Whether any of its targets cannot be assessed.
    now
        Who has taken over from it; empty if no one is known to have.
    """

    agency: Link
    role: str
    numbers: Mapping[str, str]
    owes: bool
    now: str


@dataclass(frozen=True)
class Unmeasured:
    """The series of a group without a usable value: link and label, by what there is instead."""

    group: Link
    parts: tuple[tuple[str, tuple[Link, ...]], ...]


def agency_rows(writer: Writer, report: CoverageReport) -> list[AgencyCoverage]:
    """Return the agencies that lead series or collect their statistics, in plan order."""
    edition = writer.edition
    frame = edition.plan.coverage("agency", roles=ROLES, as_of=edition.as_of)
    targets = {(share.agency_id, share.role): share for share in shares(report)}
    successions = successions_from(writer)
    return [
        _agency_row(writer, row, targets[row["agency_id"], row["role"]], successions)
        for row in records(frame)
    ]


def _agency_row(
    writer: Writer,
    row: Row,
    share: Share,
    successions: Mapping[str, tuple[Succession, ...]],
) -> AgencyCoverage:
    agency, latest = writer.agency(row["agency_id"]), row["latest_year"]
    aside = row["n_only_proxies"] + row["n_only_before_break"]
    numbers = (
        row["n_series"],
        row["n_series_with_value"],
        aside,
        row["n_series"] - row["n_series_with_value"] - aside,
        writer.words("dash") if absent(latest) else latest,
        len(share.stated),
        len(share.open),
    )
    return AgencyCoverage(
        agency,
        writer.words(f"role.{row['role']}"),
        dict(zip(COLUMNS, map(str, numbers), strict=True)),
        bool(len(share.open)),
        now_text(writer, successions.get(agency.path, ())),
    )


def unmeasured(writer: Writer, report: CoverageReport) -> list[Unmeasured]:
    """Return the series without a usable value by group, those without any figures first."""
    parts = dict(reversed(unvalued(report.coverage).items()))
    found = []
    for group_id in writer.edition.plan["indicator_groups"]["group_id"]:
        lists = tuple(
            (name, links)
            for name, rows in parts.items()
            if (links := tuple(_links(report, rows[rows["group_id"].eq(group_id)])))
        )
        if lists:
            found.append(Unmeasured(writer.group(int(group_id)), lists))
    return found


def _links(report: CoverageReport, rows: pd.DataFrame) -> Iterable[Link]:
    for row in records(rows):
        label = report.label(report.facts[row["series_id"]])
        yield Link(f"indicators/{row['indicator_id']}.html", label)
