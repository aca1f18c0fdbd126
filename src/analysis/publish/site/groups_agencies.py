"""Who answers for a group: the agencies that the plan names, and those that took over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from analysis.publish.site.agencies_successions import Succession, read_successions
from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.reports.opening import series_list

if TYPE_CHECKING:
    import pandas as pd

    from analysis.reports.group import GroupReport

ROLES: Final = ("lead", "statistics")
"""The roles in which an agency answers for the figures of an indicator."""


@dataclass(frozen=True)
class Answering:
    """An agency of the plan.

    Attributes
    ----------
    agency
        Its page.
    role
        One of :data:`ROLES`.
    n
        For how many series.
    covers
        The numbers of their indicators; empty: the whole group.
    successions
        Who took over from it.
    """

    agency: Link
    role: str
    n: int
    covers: str
    successions: tuple[Succession, ...]


def answering(report: GroupReport, writer: Writer) -> list[Answering]:
    """Return the agencies that answer for the figures of a group, in plan order."""
    rows = report.plan["indicator_agencies"]
    order = {name: place for place, name in enumerate(dict.fromkeys(report.gap["series_id"]))}
    rows = rows[rows["series_id"].isin(list(order))]
    rows = rows.loc[rows["series_id"].map(order).sort_values(kind="stable").index]
    known = read_successions(writer)
    found = []
    for role in ROLES:
        for agency, part in rows[rows["role"].eq(role)].groupby("agency_id", sort=False):
            link = writer.agency(str(agency))
            after = tuple(one for one in known if one.predecessor == link)
            covers = _covers(report, part)
            found.append(Answering(link, role, len(part), covers, after))
    return found


def _covers(report: GroupReport, part: pd.DataFrame) -> str:
    every = report.gap.drop_duplicates("series_id")
    some = every[every["series_id"].isin(part["series_id"])]
    return "" if len(some) == len(every) else series_list(some, every, report.words)
