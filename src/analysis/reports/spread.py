"""Where sources differ: the years for which a series has several values, and what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.charts.labels import difference_symbol, given, recorded
from analysis.charts.rows import Row, first, records
from analysis.measures.targets import met
from analysis.reports.evidence import WRAP, value_lines
from analysis.reports.opening import series_names
from analysis.reports.prose import Prose
from analysis.reports.table import Cell, Table, cells
from analysis.results.targets import plan_targets
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.trend import TrendReport

_TOLD = ["period", "status", "comparability"]


def spread_frame(view: pd.DataFrame, observations: pd.DataFrame, gap: pd.DataFrame) -> pd.DataFrame:
    """Return all values of the years for which a series has different ones.

    Parameters
    ----------
    view
        The current view of the province for some series, with ``set_aside``.
    observations
        The package's observations.
    gap
        Gap rows of the same series: the plan's targets.

    Returns
    -------
    pandas.DataFrame
        One row a value, the chosen one of each year first: ``series_id, year, chosen`` and the
        columns of ``observations``, then ``has_target`` (the plan states a target that can be
        read for this very year) and ``meets`` (whether the value meets it).
    """
    pairs = view[["series_id", "year", "observation_id", "set_aside"]]
    aside = pairs.assign(observation_id=pairs["set_aside"].str.split()).explode("observation_id")
    every = pd.concat([pairs.assign(chosen=True), aside.assign(chosen=False)])
    every = every.drop(columns="set_aside").merge(
        observations.drop(columns="series_id"), on="observation_id"
    )
    every = every[every["value"].notna()]
    several = every.groupby(["series_id", "year"])["value"].transform("nunique").gt(1)
    order = {name: place for place, name in enumerate(dict.fromkeys(gap["series_id"]))}
    rows = every[several].assign(place=lambda frame: frame["series_id"].map(order))
    rows = rows.sort_values(["place", "year", "chosen"], ascending=[True, True, False],
                            kind="stable")  # fmt: skip
    return _judged(rows.drop(columns="place").reset_index(drop=True), gap)


def _judged(rows: pd.DataFrame, gap: pd.DataFrame) -> pd.DataFrame:
    """Add whether each value meets the target that the plan states for its year."""
    stated = gap[gap["target_status"].eq("stated")]
    columns = ["series_id", "target_year", "kind", "mode", "low", "high", "target_level",
               "decimals", "natural_min", "natural_max"]  # fmt: skip
    keyed = rows[["series_id", "year"]].merge(
        stated[columns], left_on=["series_id", "year"], right_on=["series_id", "target_year"],
        how="left",
    )  # fmt: skip
    keyed.index = rows.index
    known = keyed["target_year"].notna()
    if not known.any():
        return rows.assign(has_target=False, meets=False)
    ends = plan_targets(keyed[known], 0)
    readable = pd.Series(ends.readable, keyed.index[known]).reindex(rows.index, fill_value=False)
    meets = pd.Series(met(ends, rows.loc[known, "value"].to_numpy()), keyed.index[known])
    return rows.assign(has_target=readable, meets=meets.reindex(rows.index, fill_value=False))


def deciding(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the values of those years in which some meet the plan's target and some do not."""
    both = rows.groupby(["series_id", "year"])["meets"].transform("nunique").gt(1)
    return rows[both & rows["has_target"]]


def spread_sentences(rows: pd.DataFrame, gap: pd.DataFrame, words: Words) -> tuple[str, ...]:
    """Return how often sources differ, and where the verdict hangs on which one is taken.

    Parameters
    ----------
    rows
        Of :func:`spread_frame`.
    gap
        Gap rows of the same series.
    """
    if rows.empty:
        return (words("spread.none"),)
    years = len(rows.drop_duplicates(["series_id", "year"]))
    sentences = [words("spread.counts", n=years, series=rows["series_id"].nunique())]
    split = deciding(rows)
    if split.empty:
        return (*sentences, words("spread.harmless", n=years))
    named = gap.drop_duplicates("series_id")
    listed = [
        words("spread.case", series=series_names(named[named["series_id"].eq(name)], gap, words)[0],
              year=year)
        for name, year in dict.fromkeys(zip(split["series_id"], split["year"], strict=True))
    ]  # fmt: skip
    sentences.append(words("spread.deciding", n=len(listed), list=words.listing(listed)))
    return tuple(sentences)


def spread_table(report: TrendReport) -> Table | Prose:
    """Return one row for each year with different values: the one used, the others, the range."""
    rows = report.spread.merge(report.plan["sources"], on="source_id", how="left")
    if rows.empty:
        return Prose(())
    body = [_row(report, part) for _, part in rows.groupby(["series_id", "year"], sort=False)]
    names = ("series", "year", "used", "others", "spread", "hangs")
    return report.table("spread", names, body)


def _row(report: TrendReport, part: pd.DataFrame) -> tuple[Cell, ...]:
    chosen, facts = first(part), report.facts[first(part)["series_id"]]
    others = _others(report, part, facts)
    text = report.printed(facts, chosen["value"])
    used = Cell(text, value_lines(chosen, report.words), href=given(chosen["url"]), kind=WRAP)
    return cells(
        [
            report.label(facts),
            str(chosen["year"]),
            used,
            Cell(others[0], tuple(others[1:])),
            _range(part, facts, report.words),
            _hangs(part, report.words),
        ]
    )


def _others(report: TrendReport, part: pd.DataFrame, facts: Row) -> list[str]:
    """Say every other value with its source; records that say the same are counted."""
    chosen = first(part)
    differing = part[part["value"].ne(chosen["value"])]
    named = differing.groupby(["value", *_TOLD, "publisher"], sort=False, as_index=False).size()
    return [
        report.words(
            "cell.other_value",
            value=report.printed(facts, row["value"]),
            notes="; ".join(_notes(row, chosen, report.words)),
        )
        for row in records(named)
    ]


def _notes(row: Row, chosen: Row, words: Words) -> list[str]:
    """Return in what another record differs from the chosen one, its publisher, and how many."""
    told = [words.period(row["period"]), words(f"status.{row['status']}"),
            words(f"comparability.{row['comparability']}")]  # fmt: skip
    notes = [text for name, text in zip(_TOLD, told, strict=True) if row[name] != chosen[name]]
    notes.append(recorded(row["publisher"], words))
    return [*notes, words("cell.times", n=row["size"])] if row["size"] > 1 else notes


def _range(part: pd.DataFrame, facts: Row, words: Words) -> Cell:
    values = part["value"].to_numpy(dtype=float)
    amount = round(float(np.ptp(values)), 6)
    unit = difference_symbol(facts, words, amount)
    return Cell(words.quantity(amount, unit), kind=WRAP)


def _hangs(part: pd.DataFrame, words: Words) -> Cell:
    """Say whether the values of a target year fall on both sides of the plan's target."""
    if not part["has_target"].any():
        return Cell(words("dash"), kind="quiet")
    if part["meets"].nunique() > 1:
        return Cell(words("spread.both_sides"))
    return Cell(words("spread.all_meet" if part["meets"].all() else "spread.none_meets"))
