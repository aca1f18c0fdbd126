"""Opening sentences: what a reader could quote, made from the result rows alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.charts.gap_bars import drawable, relative_distance, shown
from analysis.charts.labels import difference_symbol, gap_text, label, symbol, value_text
from analysis.charts.rows import Row, first, records
from analysis.reports.evidence import UNASSESSED
from analysis.words import Words

_COUNTED = [
    "MET", "MAINTAINED", "ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING", "LOST",
    "NOT_MET",
]  # fmt: skip
_FAR = ("NOT_MET", "LOST", "WORSENING", "OFF_TRACK", "NEEDS_ACCELERATION", "ON_TRACK")
_MOST_LISTED = 12
_MOST_MOVED = 4


def verdict_counts(gap: pd.DataFrame, year: int) -> dict[str, int]:
    """Count the verdicts of the targets stated for a year, in a fixed order."""
    rows = gap[gap["target_year"].eq(year) & gap["target_status"].eq("stated")]
    counts = rows["verdict"].value_counts()
    order = [*_COUNTED, "NOT_ASSESSABLE", "NO_DATA"]
    return {name: int(counts[name]) for name in order if counts.get(name, 0)}


def gap_sentences(gap: pd.DataFrame, group_id: int, words: Words) -> list[str]:
    """Return the opening of a gap report: size, both target years, the furthest, the missing.

    Parameters
    ----------
    gap
        Gap rows of one group.
    """
    sentences = [_size(gap, group_id, words)]
    if _all_missing(gap):
        n = gap["series_id"].nunique()
        return [*sentences, words("opening.all_missing", n=n)]
    sentences += [_year(gap, year, words) for year in sorted(gap["target_year"].unique())]
    sentences += _furthest(gap, words)
    return sentences + _without_value(gap, words)


def year_sentences(gap: pd.DataFrame, words: Words) -> list[str]:
    """Return one sentence a target year."""
    return [_year(gap, year, words) for year in sorted(gap["target_year"].unique())]


def _all_missing(gap: pd.DataFrame) -> bool:
    return bool(gap["judged_value"].isna().all())


def _size(gap: pd.DataFrame, group_id: int, words: Words) -> str:
    indicators, series = gap["indicator_id"].nunique(), gap["series_id"].nunique()
    if indicators != series:
        return words("opening.size_series", group=group_id, n=indicators, series=series)
    return words("opening.size", group=group_id, n=indicators)


def _year(gap: pd.DataFrame, year: int, words: Words) -> str:
    counts = verdict_counts(gap, year)
    stated = sum(counts.values())
    judged = {name: n for name, n in counts.items() if name not in UNASSESSED}
    if not stated:
        return words("opening.year_none", year=year)
    due = words("opening.due") if gap.loc[gap["target_year"].eq(year), "due"].any() else ""
    if not judged:
        return words("opening.year_zero", year=year, due=due, n=stated)
    listed = words.listing(words(f"verdict_count.{name}", n=n) for name, n in judged.items())
    return words(
        "opening.year",
        year=year,
        due=due,
        n=stated,
        assessable=sum(judged.values()),
        counts=listed,
        verdict=words(f"verdict.{next(iter(judged))}"),
    )


def _furthest(gap: pd.DataFrame, words: Words) -> list[str]:
    rows = drawable(gap)
    rows = rows[rows["verdict"].isin(_FAR)]
    sentences = []
    for year, part in shown(rows, words).groupby("target_year"):
        distance = relative_distance(part)
        judged = gap["target_year"].eq(year) & gap["verdict"].isin(_COUNTED)
        key = "furthest" if judged.sum() > 1 else "alone"  # no "furthest" of one
        if distance.notna().any():
            sentences.append(_far_sentence(key, first(part.loc[[distance.idxmin()]]), words))
    return sentences


def _far_sentence(key: str, row: Row, words: Words) -> str:
    grade = row["grade"] if isinstance(row["grade"], str) else ""
    sure = words("opening.grade", grade=words(f"grade.{grade}")) if grade else ""
    if row.get("others_shown"):
        sure += f" ({words('cell.others', list=row['others_shown'])})"
    if row.get("broken_from"):
        sure += words("opening.broken", period=words.period(row["broken_from"]))
    return words(
        f"opening.{key}",
        year=row["target_year"],
        label=label(row, words),
        value=f"{row['value_shown']} ({words.period(row['value_period'])})",
        target=row["target_shown"],
        gap=gap_text(row, words),
        grade=sure,
    )


def _without_value(gap: pd.DataFrame, words: Words) -> list[str]:
    last = gap[gap["target_year"].eq(gap["target_year"].max())]
    rows = last[last["latest_value"].isna()]
    if rows.empty:
        return []
    names = words.listing(series_names(rows, last, words), most=_MOST_LISTED)
    return [words("opening.no_value", n=len(rows), list=names)]


def series_names(some: pd.DataFrame, every: pd.DataFrame, words: Words) -> list[str]:
    """Name series by the number of their indicator, and by their parts where not all are meant."""
    whole = every.groupby("indicator_id")["series_id"].nunique()
    names = []
    for indicator, part in some.drop_duplicates("series_id").groupby("indicator_id", sort=False):
        parts = part[f"part_{words.language}"].dropna()
        if len(part) == whole[indicator] or parts.empty:
            names.append(str(indicator))
        else:
            names.append(f"{indicator} ({'; '.join(parts)})")
    return names


def trend_sentences(trend: pd.DataFrame, words: Words) -> list[str]:
    """Return the opening of a trend report: how many series move, and the first of them."""
    moving = trend[trend["n"] >= 2]
    single, none = int(trend["n"].eq(1).sum()), int(trend["n"].eq(0).sum())
    state = "multi" if len(moving) else "single" if single else "none"
    counts = words(
        "opening.trend_counts",
        n=len(trend),
        multi=len(moving),
        single=single,
        none=none,
        state=words(f"opening.state_{state}"),
    )
    sentences = [counts]
    sentences += [_moved(row, words) for row in records(moving.head(_MOST_MOVED))]
    if len(moving) > _MOST_MOVED:
        sentences.append(words("opening.moved_most"))
    return sentences


def _moved(row: Row, words: Words) -> str:
    values = {
        "label": label(row, words),
        "first": value_text(row, row["first_value"], words),
        "first_year": row["first_year"],
        "last": value_text(row, row["last_value"], words),
        "last_year": row["last_year"],
    }
    if np.isclose(row["change"], 0.0):
        return words("opening.unchanged", **values)
    way = "up" if row["change"] > 0 else "down"
    return words(
        "opening.moved",
        verb=words(f"opening.{way}_verb"),
        to=words(f"opening.{way}_to"),
        pace=_pace(row, words) if row["n"] > 2 and row["mode"] != "level" else "",
        grade=words("opening.preliminary") if row["n"] == 2 else "",
        **values,
    )


def _pace(row: Row, words: Words) -> str:
    unit = difference_symbol(row, words) or symbol(row, words)
    decimals = min(int(row["decimals"]) + 1, 2)
    return words("opening.pace", slope=words.quantity(row["slope"], unit, decimals, signed=True))
