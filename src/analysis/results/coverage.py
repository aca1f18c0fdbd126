"""Coverage: what has been observed of each series, and what of each group and agency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import pandas as pd

from analysis.measures.constants import STALE_AFTER, TOO_OLD_AFTER
from analysis.observe.periods import spans
from analysis.observe.terms import TIERS
from analysis.results.grouping import GROUPINGS, grouping
from analysis.results.naming import named_series

COVERAGE_CLASSES: Final = ("0", "1", "2", "3-4", "5+")
"""Number of years with a value: none, one, two, three or four, five and more."""

_CLASS_COUNTS: Final = dict(
    zip(
        COVERAGE_CLASSES,
        ("n_years_0", "n_years_1", "n_years_2", "n_years_3_4", "n_years_5_plus"),
        strict=True,
    )
)

COVERAGE_COLUMNS: Final = (
    "n_years", "years_class", "n_years_before_break", "n_proxy_years", "first_year",
    "latest_year", "age", "latest_tier", "n_values", "n_sources",
    *(f"n_{tier}" for tier in TIERS), "n_proxies",
)  # fmt: skip

COVERAGE_COUNTS: Final = (
    "n_series", "n_indicators", "n_series_with_value", "n_indicators_with_value",
    *_CLASS_COUNTS.values(), "n_only_before_break", "n_only_proxies", "n_stale", "n_too_old",
    "latest_year",
)  # fmt: skip


def coverage_frame(
    tables: Mapping[str, pd.DataFrame],
    view: pd.DataFrame,
    *,
    as_of: date,
    by: str = "series",
    roles: Sequence[str] = ("lead",),
    area: str = "QN",
) -> pd.DataFrame:
    """Say how much has been observed, for each series or for parts of the plan.

    Parameters
    ----------
    tables
        The package's frames: ``series, indicators, indicator_groups, units, observations,
        sources``; by agency also those of :func:`analysis.results.grouping.grouping`.
    view
        The current view (see :func:`analysis.observe.current_view`).
    as_of
        The day from which ages are counted.
    by
        ``series``, ``plan``, ``group`` or ``agency``.
    roles
        By agency: the roles wanted, one row each.
    area
        The area that is looked at.

    Returns
    -------
    pandas.DataFrame
        By series, in plan order: identity (:func:`analysis.results.naming.named_series`), then

        - ``n_years``: years with a value since the last declared break, as used for verdicts;
          ``years_class`` (:data:`COVERAGE_CLASSES`); ``n_years_before_break``: years with a value
          of an earlier measure; ``n_proxy_years``: those of ``n_years`` with a proxy (0 unless the
          view admits them);
        - ``first_year``, ``latest_year`` and ``age`` (years from the latest to the day's), of the
          same values; ``latest_tier`` of the latest one's source;
        - ``n_values``: candidate values of all years, chosen or set aside, and ``n_sources`` they
          come from; ``n_official``, ``n_state_press``, ``n_press``, ``n_other``: those values by
          tier of the source;
        - ``n_proxies``: proxies recorded whose period has begun, in any unit.

        By part: the heads of :class:`analysis.results.grouping.Grouping`, then
        :data:`COVERAGE_COUNTS`: ``n_years_0`` … ``n_years_5_plus`` count the series of each class
        and add up to ``n_series``; ``n_only_before_break`` and ``n_only_proxies`` are those of
        class 0 with values of an earlier measure, or else with proxies; ``n_stale`` and
        ``n_too_old`` have a latest value older than three and five years; ``latest_year`` is the
        latest of all.

    Raises
    ------
    ValueError
        If ``by`` or a role is unknown.
    """
    if by not in {"series", *GROUPINGS}:
        known = ", ".join(["series", *GROUPINGS])
        raise ValueError(f"coverage: unknown grouping {by!r}: use one of {known}")
    frame = _of_series(tables, view[view["area_id"] == area], as_of, area)
    if by == "series":
        return frame
    parts = grouping(tables, by, roles)
    return parts.headed(_counted(parts.members.merge(frame, on="series_id")))


def _of_series(
    tables: Mapping[str, pd.DataFrame], view: pd.DataFrame, as_of: date, area: str
) -> pd.DataFrame:
    names = named_series(tables)
    ids = pd.Index(names["series_id"])
    proxies = _proxies(tables["observations"], as_of, area)
    counted = _years(view, tables["sources"]).join(_candidates(tables, view), how="outer")
    counted = counted.reindex(ids).assign(n_proxies=proxies.value_counts().reindex(ids))
    counts = [name for name in COVERAGE_COLUMNS if name.startswith("n_")]
    counted[counts] = counted[counts].fillna(0).astype("int64")
    counted["age"] = as_of.year - counted["latest_year"]
    counted["years_class"] = _years_class(counted["n_years"])
    return names.merge(counted[list(COVERAGE_COLUMNS)], left_on="series_id", right_index=True)


def _years(view: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Count the years of each series, and say when they begin and end."""
    current = view["is_current_segment"].astype(bool)
    before = view[~current].groupby("series_id").size()
    rows = view[current].sort_values("year").merge(sources[["source_id", "tier"]], on="source_id")
    groups = rows.assign(proxy=rows["comparability"].eq("proxy")).groupby("series_id")
    return pd.DataFrame(
        {
            "n_years": groups.size(),
            "n_years_before_break": before,
            "n_proxy_years": groups["proxy"].sum(),
            "first_year": groups["year"].min().astype("Int64"),
            "latest_year": groups["year"].max().astype("Int64"),
            "latest_tier": groups["tier"].last(),
        }
    )


def _candidates(tables: Mapping[str, pd.DataFrame], view: pd.DataFrame) -> pd.DataFrame:
    """Count the values that the view chose among, their sources and tiers."""
    ids = (view["observation_id"] + " " + view["set_aside"]).str.split()
    rows = view[["series_id"]].assign(observation_id=ids).explode("observation_id")
    origin = tables["observations"][["observation_id", "source_id"]]
    rows = rows.merge(origin, on="observation_id").merge(
        tables["sources"][["source_id", "tier"]], on="source_id"
    )
    groups = rows.groupby("series_id")
    tiers = rows.groupby(["series_id", "tier"]).size().unstack(fill_value=0)
    tiers = tiers.reindex(columns=list(TIERS), fill_value=0).add_prefix("n_")
    return tiers.assign(n_values=groups.size(), n_sources=groups["source_id"].nunique())


def _proxies(observations: pd.DataFrame, as_of: date, area: str) -> pd.Series[str]:
    """Return the series of every proxy of the area whose period has begun."""
    mine = observations["area_id"].eq(area) & observations["comparability"].eq("proxy")
    rows = observations[mine]
    begun = spans(rows["period"].astype("str"))["first_month"] <= as_of.year * 12 + as_of.month - 1
    return rows.loc[begun, "series_id"]


def _years_class(n: pd.Series[int]) -> pd.Series[str]:
    bins = [-1, 0, 1, 2, 4, float("inf")]
    return pd.cut(n, bins, labels=list(COVERAGE_CLASSES)).astype("str")


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Count the series of each part by class, age and what else there is."""
    empty = rows["n_years"].eq(0)
    before = empty & rows["n_years_before_break"].gt(0)
    marks = rows.assign(
        n_series_with_value=~empty,
        n_only_before_break=before,
        n_only_proxies=empty & ~before & rows["n_proxies"].gt(0),
        n_stale=rows["age"].gt(STALE_AFTER).fillna(False).astype(bool),
        n_too_old=rows["age"].gt(TOO_OLD_AFTER).fillna(False).astype(bool),
        **{column: rows["years_class"].eq(name) for name, column in _CLASS_COUNTS.items()},
    )
    groups = marks.assign(seen=rows["indicator_id"].where(~empty)).groupby("place")
    summed = [name for name in COVERAGE_COUNTS if name in marks and name != "latest_year"]
    counted = (
        groups[summed]
        .sum()
        .assign(
            n_series=groups.size(),
            n_indicators=groups["indicator_id"].nunique(),
            n_indicators_with_value=groups["seen"].nunique(),
            latest_year=groups["latest_year"].max(),
        )
    )
    return counted[list(COVERAGE_COUNTS)].reset_index()
