"""Who leads a series today, as far as is known, for one cell of a long table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.results.agencies import whole

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Lead:
    """The lead agency of a series.

    Attributes
    ----------
    named
        The agency that the plan names.
    today
        The agencies that have it today: one that is certain, or all that may have it as far as
        is reported.
    certain
        Whether it is certain which of them has it.
    others
        Whether it may also be another one, which is inferred and not reported.
    ids
        The named agency and those of ``today``.
    """

    named: Link
    today: tuple[Link, ...]
    certain: bool
    others: bool
    ids: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Whether it has passed on from the agency that the plan names."""
        return self.today != (self.named,)


def lead_agencies(writer: Writer) -> dict[str, tuple[Lead, ...]]:
    """Return the lead agencies of every series, by ``series_id``."""
    rows = writer.edition.plan["indicator_agencies"]
    rows = rows[rows["role"].eq("lead")]
    leads = {name: _lead(writer, str(name)) for name in rows["agency_id"].unique()}
    return {
        str(series): tuple(leads[name] for name in part["agency_id"])
        for series, part in rows.groupby("series_id", sort=False)
    }


def _lead(writer: Writer, agency_id: str) -> Lead:
    named, rows = writer.agency(agency_id), _successions(writer, agency_id)
    if rows.empty:
        return Lead(named, (named,), certain=True, others=False, ids=(agency_id,))
    reported = rows[rows["confidence"].eq("reported")]
    heirs = tuple(dict.fromkeys(reported["successor_id"].astype(str)))
    certain = len(heirs) == 1 and bool(whole(reported).all())
    others = bool(rows["confidence"].ne("reported").any())
    today = tuple(writer.agency(name) for name in heirs) or (named,)
    return Lead(named, today, certain, others, (agency_id, *heirs))


def _successions(writer: Writer, agency_id: str) -> pd.DataFrame:
    """Return who had taken over from an agency by the day of assessment, itself left out."""
    rows = writer.edition.plan["agency_successions"]
    rows = rows[rows["predecessor_id"].eq(agency_id) & rows["successor_id"].ne(agency_id)]
    day = writer.edition.as_of.isoformat()
    return rows[rows["effective"].astype("str").le(day)]
