"""What an agency still owes, series by series, as the coverage report lists it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.publish.site.agencies_tables import Target, shown
from analysis.publish.site.groups_tables import ShownTable
from analysis.reports import CoverageReport
from analysis.reports.coverage_owed import owed_parts, shares
from analysis.reports.prose import Prose
from analysis.reports.table import Table


@dataclass(frozen=True)
class OwedShare:
    """What one agency owes in one role.

    Attributes
    ----------
    name
        The agency as the plan names it.
    sentence
        How much of what it answers for cannot be assessed.
    table
        One row a series: why, what there is, and what is needed.
    """

    name: str
    sentence: str
    table: ShownTable


def owed_shares(report: CoverageReport, target: Target) -> Mapping[str, tuple[OwedShare, ...]]:
    """Return what each agency owes, by its id; agencies that owe nothing are not among them.

    Parameters
    ----------
    report
        The coverage report.
    target
        Where the series lead to.
    """
    open_shares = [share for share in shares(report) if len(share.open)]
    parts = owed_parts(report)
    heads = [part for part in parts if isinstance(part, Prose)]
    tables = [part for part in parts if isinstance(part, Table)]
    found: dict[str, tuple[OwedShare, ...]] = {}
    for share, head, table in zip(open_shares, heads, tables, strict=True):
        one = OwedShare(share.name, head.paragraphs[0], shown(table, target))
        found[share.agency_id] = (*found.get(share.agency_id, ()), one)
    return found
