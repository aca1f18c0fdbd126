"""The index of agencies: how much the plan gives to each, and who has taken over since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.charts.rows import Row, records
from analysis.publish.site.agencies_flow import flow
from analysis.publish.site.agencies_successions import (
    Succession,
    notes_said,
    read_successions,
    successions_from,
    successions_to,
)
from analysis.publish.site.page import Link, SitePage
from analysis.publish.site.writer import Writer
from analysis.results import agency_work

COUNTS = (
    ("indicator", "lead"),
    ("indicator", "statistics"),
    ("indicator", "coordinating"),
    ("task", "lead"),
    ("task", "coordinating"),
)
"""What an agency answers for: the item, and its role in it."""

SORTS = ("named", "collective", "heir", "mentioned")
"""Kinds of rows: named for work; a name of many; only successors; named for no work."""


@dataclass(frozen=True)
class Count:
    """How much an agency answers for: under its own name, and taken over whole."""

    own: int
    taken: int


@dataclass(frozen=True)
class AgencyRow:
    """An agency on the index.

    Attributes
    ----------
    link
        Its name and page.
    kind
        What kind of body it is.
    sort
        One of :data:`SORTS`.
    counts
        How much it answers for, by :data:`COUNTS`.
    share
        The indicators that it leads under its own name, as a part of the most that any leads.
    successions, came_from
        Who has taken over from it, and from whom it has taken over.
    """

    link: Link
    kind: str
    sort: str
    counts: tuple[Count, ...]
    share: float
    successions: tuple[Succession, ...]
    came_from: tuple[Succession, ...]


def agency_rows(writer: Writer) -> list[AgencyRow]:
    """Return all agencies: those that lead most first, then as the plan first names them."""
    tables = writer.edition.plan.tables
    agencies = records(tables["agencies"])
    work = {row["agency_id"]: agency_work(tables, row["agency_id"]) for row in agencies}
    counts = {name: tuple(_count(rows, *pair) for pair in COUNTS) for name, rows in work.items()}
    most = max((own[0].own for own in counts.values()), default=0) or 1
    successions, came = successions_from(writer), successions_to(writer)
    rows = [
        AgencyRow(
            link=(link := writer.agency(row["agency_id"])),
            kind=writer.words(f"agency.kind.{row['kind']}"),
            sort=_sort(row, work[row["agency_id"]]),
            counts=counts[row["agency_id"]],
            share=round(counts[row["agency_id"]][0].own / most, 3),
            successions=successions.get(link.path, ()),
            came_from=came.get(link.path, ()),
        )
        for row in agencies
    ]
    return sorted(rows, key=lambda row: [-count.own for count in row.counts])


def _count(work: pd.DataFrame, item: str, role: str) -> Count:
    rows = work[work["item"].eq(item) & work["role"].eq(role)]
    own, taken = (
        rows.loc[rows["standing"].eq(standing), "counted_id"].nunique()
        for standing in ("own", "taken_over")
    )
    return Count(int(own), int(taken))


def _sort(row: Row, work: pd.DataFrame) -> str:
    if work["standing"].eq("own").any():
        return "collective" if row["kind"] == "collective" else "named"
    return "mentioned" if row["in_plan"] else "heir"


def index_page(writer: Writer, rows: Sequence[AgencyRow]) -> SitePage:
    """Return the index.

    Parameters
    ----------
    writer
        With what the pages are written.
    rows
        All agencies.
    """
    successions = read_successions(writer)
    sizes = _sizes(rows, successions)
    say = writer.say
    content = {
        "lead": say("agencies.lead", **sizes),
        "facts": [(n, say(f"agencies.fact.{name}")) for name, n in sizes.items()],
        "flow": flow(successions),
        "successions": successions,
        "by_predecessor": [
            (found[0].predecessor, found) for found in successions_from(writer).values()
        ],
        "notes": notes_said(writer),
        "sorts": [
            (sort, found) for sort in SORTS if (found := [row for row in rows if row.sort == sort])
        ],
        "counts": COUNTS,
    }
    return SitePage(
        "agencies.html",
        "agencies.html.j2",
        say("agencies.title"),
        say("agencies.description", **sizes),
        "agencies",
        content,
    )


def _sizes(rows: Sequence[AgencyRow], successions: Sequence[Succession]) -> Mapping[str, int]:
    """Count the names of the plan, those with work, those that others took over, and the heirs."""
    left = {one.predecessor for one in successions if not one.kept}
    sorts = [row.sort for row in rows]
    return {
        "named": len(rows) - sorts.count("heir"),
        "given": sorts.count("named") + sorts.count("collective"),
        "left": len(left),
        "heirs": sorts.count("heir"),
    }
