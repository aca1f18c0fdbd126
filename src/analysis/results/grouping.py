"""Which series belong to what a result is counted by: the plan, a group, or an agency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

GROUPINGS: Final = ("plan", "group", "agency")

ROLES: Final = ("lead", "statistics", "coordinating")
"""Roles of an agency for a series, in the order in which rows are given."""


@dataclass(frozen=True)
class Grouping:
    """Parts of the plan, and the series in each.

    Attributes
    ----------
    heads
        One row a part in its order, on the index ``place``. By group: ``group_id, name_vi,
        name_en``. By agency: ``agency_id, role, name_vi, name_en, successor_ids,
        inferred_successor_ids`` (ids separated by spaces; the agency is the plan's, and
        successors stand beside it). By plan: no column.
    members
        ``place, series_id``: one row for each series of each part. A series with several agencies
        in one role is in several parts.
    """

    heads: pd.DataFrame
    members: pd.DataFrame

    def headed(self, counts: pd.DataFrame) -> pd.DataFrame:
        """Put the heads before the columns of a frame with a column ``place``."""
        frame = self.heads.merge(counts, left_index=True, right_on="place", how="inner")
        return frame.drop(columns="place").reset_index(drop=True)


def grouping(
    tables: Mapping[str, pd.DataFrame], by: str, roles: Sequence[str] = ("lead",)
) -> Grouping:
    """Divide the plan.

    Parameters
    ----------
    tables
        The package's frames: ``series, indicators, indicator_groups``; by agency also ``agencies,
        indicator_agencies, agency_successions``.
    by
        One of :data:`GROUPINGS`.
    roles
        Some of :data:`ROLES`; looked at by agency only.

    Raises
    ------
    ValueError
        If a name is unknown; the message names all faults.
    """
    _refuse_unknown(by, roles)
    if by == "agency":
        return _by_agency(tables, [role for role in ROLES if role in roles])
    return _by_group(tables) if by == "group" else _whole(tables)


def _refuse_unknown(by: str, roles: Sequence[str]) -> None:
    faults = []
    if by not in GROUPINGS:
        faults.append(f"unknown grouping {by!r}: use one of {', '.join(GROUPINGS)}")
    unknown = [repr(role) for role in roles if role not in ROLES]
    if unknown or not roles:
        named = ", ".join(unknown) or "none"
        faults.append(f"unknown role {named}: use some of {', '.join(ROLES)}")
    if faults:
        raise ValueError("grouping: " + "; ".join(faults))


def _whole(tables: Mapping[str, pd.DataFrame]) -> Grouping:
    members = tables["series"][["series_id"]].assign(place=0)
    return Grouping(pd.DataFrame(index=pd.Index([0], name="place")), members)


def _by_group(tables: Mapping[str, pd.DataFrame]) -> Grouping:
    heads = tables["indicator_groups"][["group_id", "name_vi", "name_en"]]
    heads = heads.set_index(heads["group_id"].rename("place")).sort_index()
    groups = tables["indicators"][["indicator_id", "group_id"]]
    members = tables["series"][["series_id", "indicator_id"]].merge(groups, on="indicator_id")
    return Grouping(heads, members.rename(columns={"group_id": "place"})[["place", "series_id"]])


def _by_agency(tables: Mapping[str, pd.DataFrame], roles: Sequence[str]) -> Grouping:
    agencies = tables["agencies"][["agency_id", "name_vi", "name_en"]].reset_index(names="order")
    part = tables["indicator_agencies"][["series_id", "agency_id", "role"]]
    part = part[part["role"].isin(roles)].merge(agencies, on="agency_id")
    part = part.assign(role_order=part["role"].map(list(roles).index).astype("int64"))
    keys = part.groupby(["role_order", "order"], sort=True)
    part = part.assign(place=keys.ngroup())
    heads = part.drop_duplicates("place").sort_values("place").set_index("place")
    heads = heads[["agency_id", "role", "name_vi", "name_en"]]
    for column, confidence in (
        ("successor_ids", "reported"),
        ("inferred_successor_ids", "inferred"),
    ):
        found = _successors(tables["agency_successions"], confidence)
        heads[column] = [found.get(name, "") for name in heads["agency_id"]]
    return Grouping(heads, part[["place", "series_id"]])


def _successors(successions: pd.DataFrame, confidence: str) -> pd.Series[str]:
    """Return the ids of each agency's successors of one confidence, in the order of the table."""
    rows = successions[successions["confidence"] == confidence]
    rows = rows.drop_duplicates(["predecessor_id", "successor_id"])
    joined = (rows["successor_id"] + " ").groupby(rows["predecessor_id"]).sum()
    return joined.str.rstrip()
