"""Opening sentences of the coverage report, made from its frames alone."""

from __future__ import annotations

import pandas as pd

from analysis.measures.constants import STALE_AFTER, TOO_OLD_AFTER
from analysis.observe.terms import TIERS
from analysis.reports.opening import series_names
from analysis.words import Words

SEVERAL = 2
"""How many comparable years a series needs to be compared with itself."""

_MOST_LISTED = 6


def coverage_sentences(
    coverage: pd.DataFrame,
    targets: pd.DataFrame,
    view: pd.DataFrame,
    values: pd.DataFrame,
    words: Words,
) -> list[str]:
    """Return what a reader could quote: how much there is, how new, from whom, and what lacks.

    Parameters
    ----------
    coverage
        One row a series (:func:`analysis.results.coverage_frame`), in plan order.
    targets
        One row a series and target year (``series_id, target_year, target_status``).
    view
        The current view of the province (``series_id, year, part_year, is_current_segment``).
    values
        Every value that the view chose among (``comparability, tier``).
    """
    sentences = [
        size_sentence(coverage, words),
        _of_year(coverage, targets, view, words),
        *without_value(coverage, words),
        *_age(coverage, words),
    ]
    return [*sentences, _origin(values, words)] if len(values) else sentences


def size_sentence(coverage: pd.DataFrame, words: Words) -> str:
    """Return how many series have a value, and how many several comparable years."""
    return words(
        "opening.coverage_size",
        indicators=coverage["indicator_id"].nunique(),
        series=len(coverage),
        valued=int(coverage["n_years"].gt(0).sum()),
        several=int(coverage["n_years"].ge(SEVERAL).sum()),
    )


def valued_in(view: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the rows of the view whose value of a year counts for verdicts."""
    return view[view["year"].eq(year) & view["is_current_segment"].astype(bool)]


def _of_year(
    coverage: pd.DataFrame, targets: pd.DataFrame, view: pd.DataFrame, words: Words
) -> str:
    """Say how many series have a value of the first target year, and how many should."""
    year = int(targets["target_year"].min())
    stated = targets[targets["target_year"].eq(year) & targets["target_status"].eq("stated")]
    rows = valued_in(view, year)
    rows = rows[rows["series_id"].isin(coverage["series_id"])]
    if rows.empty:
        return words("opening.coverage_year_none", year=year, stated=len(stated))
    part = int(rows["part_year"].astype(bool).sum())
    return words(
        "opening.coverage_year",
        n=len(rows),
        year=year,
        part=words("opening.coverage_part", n=part) if part else "",
        stated=len(stated),
        both=int(stated["series_id"].isin(rows["series_id"]).sum()),
    )


def without_value(coverage: pd.DataFrame, words: Words) -> list[str]:
    """Return how many series have no usable value, and what there is instead."""
    parts = {name: len(rows) for name, rows in unvalued(coverage).items() if len(rows)}
    if not parts:
        return []
    listed = words.listing(words(f"opening.coverage_{name}", n=n) for name, n in parts.items())
    return [words("opening.coverage_without", n=sum(parts.values()), list=listed)]


def unvalued(coverage: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Divide the series without a usable value by what there is of them.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``only_context`` (proxies), ``only_before`` (values from before a declared break) and
        ``nothing``: the rows of the coverage frame.
    """
    rows = coverage[coverage["n_years"].eq(0)]
    before = rows["n_years_before_break"].gt(0)
    context = ~before & rows["n_proxies"].gt(0)
    return {
        "only_context": rows[context],
        "only_before": rows[before],
        "nothing": rows[~before & ~context],
    }


def _age(coverage: pd.DataFrame, words: Words) -> list[str]:
    """Say how old the latest values are; of two middle years the median is the earlier."""
    rows = coverage[coverage["n_years"].gt(0)]
    if rows.empty:
        return []
    years = rows["latest_year"].astype("int64")
    oldest = rows[years.eq(years.min())]
    names = series_names(oldest, coverage, words)
    return [
        words(
            "opening.coverage_age",
            median=sorted(years)[(len(years) - 1) // 2],
            oldest=years.min(),
            list=words.listing(names, most=_MOST_LISTED),
            old=_old(rows, words),
        )
    ]


def _old(rows: pd.DataFrame, words: Words) -> str:
    stale, too_old = (int(rows["age"].gt(limit).sum()) for limit in (STALE_AFTER, TOO_OLD_AFTER))
    limits = {"stale_after": STALE_AFTER, "too_old_after": TOO_OLD_AFTER}
    if not stale:
        return words("opening.coverage_none_stale", **limits)
    if stale == too_old:
        return words("opening.coverage_too_old", n=too_old, **limits)
    if too_old:
        return words("opening.coverage_both_old", n=stale, too_old=too_old, **limits)
    return words("opening.coverage_stale", n=stale, **limits)


def _origin(values: pd.DataFrame, words: Words) -> str:
    tiers = values["tier"].value_counts()
    counts = [
        words(f"opening.coverage_from.{tier}", n=int(tiers[tier]))
        for tier in TIERS
        if tiers.get(tier, 0)
    ]
    return words(
        "opening.coverage_origin",
        n=len(values),
        exact=int(values["comparability"].eq("exact").sum()),
        close=int(values["comparability"].eq("close").sum()),
        list=words.listing(counts),
    )
