"""Roll-ups: how many targets stand in each class, by plan, group or agency; never an average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from analysis.results.grouping import grouping

UNITS: Final = ("series", "indicator")

UNASSESSED: Final = ("NOT_ASSESSABLE", "NO_DATA", "NO_TARGET")
"""Verdicts that are no judgement, and are in no denominator."""

CLASSES: Final = (
    "MET", "MAINTAINED", "ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING", "LOST",
    "NOT_MET", "MIXED", "PARTLY_ASSESSABLE", "NOT_ASSESSABLE", "NO_DATA", "NO_TARGET",
)  # fmt: skip
"""What is counted, in the order of the columns; ``MIXED`` and ``PARTLY_ASSESSABLE`` for
indicators only."""

_NOT_IN_DENOMINATOR: Final = ("PARTLY_ASSESSABLE", *UNASSESSED)

ROLLUP_COLUMNS: Final = (
    "target_year", "due", "unit", "n", "n_stated", "n_assessable",
    *(f"n_{name.lower()}" for name in CLASSES),
)  # fmt: skip


def rollup_frame(
    tables: Mapping[str, pd.DataFrame],
    gap: pd.DataFrame,
    *,
    by: str = "group",
    unit: str = "series",
    roles: Sequence[str] = ("lead",),
) -> pd.DataFrame:
    """Count the verdicts of each part of the plan and target year.

    Parameters
    ----------
    tables
        The package's frames (see :func:`analysis.results.grouping.grouping`).
    gap
        The gap frame (see :func:`analysis.results.gap_frame`): ``series_id, indicator_id,
        target_year, due, verdict`` are used.
    by
        ``plan``, ``group`` or ``agency``.
    unit
        Count the plan's measured lines (``series``, 110) or its indicators (``indicator``, 99).
    roles
        By agency: the roles wanted, one row each (``lead``, ``statistics``, ``coordinating``).

    Returns
    -------
    pandas.DataFrame
        One row for each part and target year, in plan order: the heads of
        :class:`analysis.results.grouping.Grouping`, then the columns of ``ROLLUP_COLUMNS``:

        - ``n``: series or indicators of the part; ``n_stated``: those with a target for the year;
          ``n_assessable``: those with a judgement, the denominator of every share;
        - ``n_met`` … ``n_no_target``: one count for each of :data:`CLASSES`; together they are
          ``n``, and those up to ``n_mixed`` are ``n_assessable``.

        An indicator is judged by those of its series in the part that state a target for the
        year: in a class if all of them are in it; ``MIXED`` if all are judged, but not alike;
        ``PARTLY_ASSESSABLE`` if some are judged and others are not; without any judgement
        ``NO_DATA`` if no series has a value, else ``NOT_ASSESSABLE``. By agency and role a series
        counts for every agency named, so that the rows of one role may add up to more than the
        plan.

    Raises
    ------
    ValueError
        If a name of ``by``, ``unit`` or ``roles`` is unknown.
    """
    if unit not in UNITS:
        raise ValueError(f"rollup: unknown unit {unit!r}: use one of {', '.join(UNITS)}")
    parts = grouping(tables, by, roles)
    columns = ["series_id", "indicator_id", "target_year", "due", "verdict"]
    rows = parts.members.merge(gap[columns], on="series_id")
    units = _indicators(rows) if unit == "indicator" else rows
    return parts.headed(_counts(units).assign(unit=unit))[[*parts.heads, *ROLLUP_COLUMNS]]


def _indicators(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each indicator of each part and year, with one verdict."""
    keys = ["place", "indicator_id", "target_year", "due"]
    stated = rows["verdict"].ne("NO_TARGET")
    judged = stated & ~rows["verdict"].isin(UNASSESSED)
    marked = rows[keys].assign(
        stated=stated,
        judged=judged,
        missing=rows["verdict"].eq("NO_DATA"),
        verdict=rows["verdict"].where(judged),
    )
    groups = marked.groupby(keys, sort=False)
    stated_, judged_, missing = (groups[name].sum() for name in ("stated", "judged", "missing"))
    verdict = np.select(
        [stated_ == 0, missing == stated_, judged_ == 0, judged_ < stated_],
        ["NO_TARGET", "NO_DATA", "NOT_ASSESSABLE", "PARTLY_ASSESSABLE"],
        groups["verdict"].first().where(groups["verdict"].nunique() == 1, "MIXED"),
    )
    return pd.DataFrame({"verdict": verdict}, index=stated_.index).reset_index()


def _counts(units: pd.DataFrame) -> pd.DataFrame:
    """Count the verdicts of each part and year."""
    keys = ["place", "target_year", "due"]
    counts = units.groupby([*keys, "verdict"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(CLASSES), fill_value=0)
    n = counts.sum(axis=1)
    renamed = counts.rename(columns={name: f"n_{name.lower()}" for name in CLASSES})
    totals = renamed.assign(
        n=n,
        n_stated=n - counts["NO_TARGET"],
        n_assessable=n - counts[list(_NOT_IN_DENOMINATOR)].sum(axis=1),
    )
    return totals.reset_index()
