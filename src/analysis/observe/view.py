"""The current view: one value for each series, area and year, and why that one.

A value is a candidate if it is the series' own measure, carries a number in the series' own unit
(or a level of its scale), belongs to one year only, and if its period has begun on the day of the
view. A value for a whole year so counts from the first day of that year. What was known on an
earlier day is not reconstructed: values recorded since then count if their period had begun.

Proxies are never candidates unless asked for, and then only those in the series' own unit: a count
of people does not stand for a percentage, nor a count of one year for a running total.

Among the candidates of one series, area and year these rules decide, each one only where those
before it do not:

1. ``comparability`` – exact before close (before proxy);
2. ``coverage`` – the whole year before a part of it; the part that ends later before the earlier;
3. ``status`` – actual before preliminary before estimate;
4. ``tier`` – official before state press before other press before other sources;
5. ``recorded_on`` – recorded later before earlier;
6. ``published`` – published later before earlier; undated last;
7. ``observation_id`` – recorded first: a value that nothing distinguishes is not replaced.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.observe.periods import spans
from analysis.observe.terms import COMPARABILITIES, STATUSES, TIERS

KEY = ["series_id", "area_id", "year"]

RULES = (
    "comparability",
    "coverage",
    "status",
    "tier",
    "recorded_on",
    "published",
    "observation_id",
)
"""The rules in order; ``decided_by`` names one of them, or ``only``."""

NEVER_CANDIDATES = ("unit_not_convertible", "not_cumulative")
"""Proxies by these rules never stand for their series, even where proxies are asked for."""

VIEW_TYPES = {
    "series_id": "str",
    "area_id": "str",
    "year": "int64",
    "period": "str",
    "part_year": "bool",
    "value": "float64",
    "level": "Int64",
    "level_id": "str",
    "text": "str",
    "status": "str",
    "comparability": "str",
    "source_id": "str",
    "observation_id": "str",
    "decided_by": "str",
    "set_aside": "str",
    "n_candidates": "int64",
    "segment": "int64",
    "is_current_segment": "bool",
}
VIEW_COLUMNS = tuple(VIEW_TYPES)


def current_view(
    observations: pd.DataFrame,
    sources: pd.DataFrame,
    breaks: pd.DataFrame,
    levels: pd.DataFrame,
    *,
    as_of: date,
    include_proxy: bool = False,
) -> pd.DataFrame:
    """Choose one value for each series, area and year by the rules of this module.

    Parameters
    ----------
    observations
        The table ``observations``.
    sources
        The table ``sources``: ``source_id, tier, published`` are used.
    breaks
        The table ``breaks``: ``series_id, from_period, area_id`` are used. A break holds for the
        area that it names, and for no part of it.
    levels
        The table ``levels``: ``level_id, ordinal`` are used.
    as_of
        The day of the view; periods and breaks that begin later are left out.
    include_proxy
        Admit proxies in the series' own unit, after every exact and close value.

    Returns
    -------
    pandas.DataFrame
        One row for each series, area and year, in that order, with the columns of
        ``VIEW_TYPES``. ``value`` is the number to be judged, in the series' unit: for a level it
        is its ordinal, which ``level`` repeats. ``decided_by`` names the rule that parted the
        chosen value from the next best (``only``: there was none), ``set_aside`` the other
        candidates, best first. ``segment`` counts the declared breaks of the series in the area
        that begin by the end of the period; ``is_current_segment`` is False for a value before the
        last break, even if no value follows that break.

    Raises
    ------
    ValueError
        If a period, status, comparability or tier is not one of those known here.
    """
    candidates = _candidates(observations, levels, _month(as_of), include_proxy=include_proxy)
    ranked = _ranked(_with_source(candidates, sources))
    view = _segmented(_chosen(ranked), breaks, _month(as_of))
    return view[list(VIEW_COLUMNS)].astype(VIEW_TYPES).reset_index(drop=True)


def history(observations: pd.DataFrame, sources: pd.DataFrame, series_id: str) -> pd.DataFrame:
    """Return everything ever recorded for one series, with its sources, for context.

    Parameters
    ----------
    observations
        The table ``observations``.
    sources
        The table ``sources``.
    series_id
        The series; its related measures, proxies and all areas are included.

    Returns
    -------
    pandas.DataFrame
        The rows of the series in the order in which they were recorded, with the columns of
        ``observations`` and of ``sources``.
    """
    rows = observations[observations["series_id"] == series_id]
    return rows.merge(sources, on="source_id", how="left", validate="many_to_one")


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _texts(column: pd.Series) -> pd.Series[str]:
    """Return a column as text; missing values and ``""`` are the same here."""
    return column.astype("str").where(column.notna(), "")


def _candidates(
    observations: pd.DataFrame, levels: pd.DataFrame, as_of: int, *, include_proxy: bool
) -> pd.DataFrame:
    known = observations.reset_index(drop=True)
    rows = known.join(spans(_texts(known["period"])))
    ordinal = _texts(rows["level_id"]).map(_ordinals(levels)).astype("Int64")
    number = pd.to_numeric(rows["value"]).astype("float64").fillna(ordinal.astype("float64"))
    own = (_texts(rows["measure"]) == "") & ~rows["comparability_rule"].isin(NEVER_CANDIDATES)
    admitted = own & number.notna() & (include_proxy | (rows["comparability"] != "proxy"))
    in_time = ~rows["several_years"] & (rows["first_month"] <= as_of)
    rows = rows.assign(value=number, level=ordinal, text=_texts(rows["text"]))
    return rows[admitted & in_time]


def _ordinals(levels: pd.DataFrame) -> pd.Series[int]:
    real = levels[levels["level_id"] != "none"]
    return real.set_index("level_id")["ordinal"].astype("int64")


def _with_source(candidates: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    origin = sources[["source_id", "tier", "published"]]
    return candidates.merge(origin, on="source_id", how="left", validate="many_to_one")


def _ranked(candidates: pd.DataFrame) -> pd.DataFrame:
    """Add a number for each rule, low before high, and sort by series, area, year and rules."""
    full_year = ~candidates["part_year"].astype(bool)
    ranks = {
        "comparability": _place(candidates["comparability"], COMPARABILITIES),
        "coverage": -candidates["last_month"].mask(full_year, candidates["last_month"] + 12),
        "status": _place(candidates["status"], STATUSES),
        "tier": _place(candidates["tier"], TIERS),
        "recorded_on": -_order(_texts(candidates["recorded_on"])),
        "published": -_order(_texts(candidates["published"])),
        # Filled up on the left, so that obs-10000 comes after obs-9999.
        "observation_id": _order(_texts(candidates["observation_id"]).str.zfill(32)),
    }
    ranked = candidates.assign(**{_rank(rule): number for rule, number in ranks.items()})
    return ranked.sort_values([*KEY, *map(_rank, RULES)], ignore_index=True)


def _rank(rule: str) -> str:
    return f"rank_{rule}"


def _place(column: pd.Series, order: Sequence[str]) -> pd.Series[int]:
    unknown = sorted(set(_texts(column)) - set(order))
    if unknown:
        raise ValueError(
            f"unknown {column.name}: {', '.join(map(repr, unknown))}; "
            f"it is one of {', '.join(order)} (an empty tier: the source is missing)"
        )
    return column.map({name: place for place, name in enumerate(order)}).astype("int64")


def _order(column: pd.Series[str]) -> pd.Series[int]:
    """Return the place of each text among the distinct ones; dates as written sort by time."""
    return pd.Series(pd.factorize(column, sort=True)[0], index=column.index)


def _chosen(ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the first row of each series, area and year, with what became of the others."""
    keys = ranked.groupby(KEY, sort=False)
    place = keys.cumcount()
    number = keys.ngroup()
    winners = ranked[place == 0].assign(
        n_candidates=keys["observation_id"].size().to_numpy(), decided_by="only", set_aside=""
    )
    runners = ranked[place == 1]
    beaten = winners.index[number[runners.index].to_numpy()]
    winners.loc[beaten, "decided_by"] = _first_difference(ranked.loc[beaten], runners)
    aside = (ranked["observation_id"] + " ")[place > 0]
    winners.loc[beaten, "set_aside"] = aside.groupby(number).sum().str.rstrip().to_numpy()
    return winners


def _first_difference(winners: pd.DataFrame, runners: pd.DataFrame) -> list[str]:
    """Name the first rule in which each pair differs; the last one always does."""
    ranks = list(map(_rank, RULES))
    differs = winners[ranks].to_numpy() != runners[ranks].to_numpy()
    return [RULES[first] for first in differs.argmax(axis=1)]


def _segmented(view: pd.DataFrame, breaks: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """Count the breaks that begin by the end of each period, out of those begun by ``as_of``."""
    where = ["series_id", "area_id"]
    begins = breaks[where].assign(begins=spans(_texts(breaks["from_period"]))["first_month"])
    begun = begins[begins["begins"] <= as_of]
    pairs = view[[*where, "last_month"]].reset_index().merge(begun, on=where)
    passed = pairs["index"][pairs["begins"] <= pairs["last_month"]]
    segment, last = (
        rows.value_counts().reindex(view.index, fill_value=0) for rows in (passed, pairs["index"])
    )
    return view.assign(segment=segment, is_current_segment=np.equal(segment, last))
