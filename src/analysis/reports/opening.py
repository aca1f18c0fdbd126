"""Opening sentences of a gap report: what a reader could quote, made from the result rows alone."""

from __future__ import annotations

import pandas as pd

from analysis.charts.gap_bars import drawable, relative_distance, shown
from analysis.charts.labels import gap_text, given, label, part_name
from analysis.charts.rows import Row, first
from analysis.reports.ranges import ranges
from analysis.results.rollup import UNASSESSED
from analysis.words import Words

_COUNTED = [
    "MET", "MAINTAINED", "ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING", "LOST",
    "NOT_MET",
]  # fmt: skip
_FAR = ("NOT_MET", "LOST", "WORSENING", "OFF_TRACK", "NEEDS_ACCELERATION", "ON_TRACK")
_UNSURE = ("C", "D")


def verdict_counts(gap: pd.DataFrame, year: int) -> dict[str, int]:
    """Count the verdicts of the targets stated for a year, in a fixed order."""
    rows = _stated(gap, year)
    counts = rows["verdict"].value_counts()
    order = [*_COUNTED, "NOT_ASSESSABLE", "NO_DATA"]
    return {name: int(counts[name]) for name in order if counts.get(name, 0)}


def _stated(gap: pd.DataFrame, year: int | None = None) -> pd.DataFrame:
    rows = gap[gap["target_status"].eq("stated")]
    return rows if year is None else rows[rows["target_year"].eq(year)]


def gap_sentences(gap: pd.DataFrame, group_id: int, words: Words) -> list[str]:
    """Return the opening of a gap report: size, both years, the furthest, what has no verdict.

    Parameters
    ----------
    gap
        Gap rows of one group.

    Returns
    -------
    list of str
        Three to six sentences.
    """
    sentences = [_size(gap, group_id, words)]
    if bool(gap["judged_value"].isna().all()):
        return [*sentences, *_nothing(gap, words)]
    sentences += year_sentences(gap, words)
    sentences += _furthest(gap, words)
    return [*sentences, *_unassessed(gap, words)]


def year_sentences(gap: pd.DataFrame, words: Words) -> list[str]:
    """Return one sentence a target year."""
    return [_year(gap, year, words) for year in sorted(gap["target_year"].unique())]


def _size(gap: pd.DataFrame, group_id: int, words: Words) -> str:
    indicators, series = gap["indicator_id"].nunique(), gap["series_id"].nunique()
    if indicators != series:
        return words("opening.size_series", group=group_id, n=indicators, series=series)
    return words("opening.size", group=group_id, n=indicators)


def _nothing(gap: pd.DataFrame, words: Words) -> list[str]:
    """Return what is said of a group without any value: how many targets wait for one."""
    counts = [
        words("opening.waiting_year", year=year, n=len(rows))
        for year in sorted(gap["target_year"].unique())
        if len(rows := _stated(gap, year))
    ]
    waiting = words("opening.waiting", list=words.listing(counts))
    return [waiting, words("opening.all_missing", n=gap["series_id"].nunique())]


def _year(gap: pd.DataFrame, year: int, words: Words) -> str:
    counts = verdict_counts(gap, year)
    stated = sum(counts.values())
    judged = {name: n for name, n in counts.items() if name not in UNASSESSED}
    if not stated:
        return words("opening.year_none", year=year)
    due = words("opening.due") if gap.loc[gap["target_year"].eq(year), "due"].any() else ""
    if not judged:
        return words("opening.year_zero", year=year, due=due, n=stated)
    return words(
        "opening.year",
        year=year,
        due=due,
        n=stated,
        assessable=sum(judged.values()),
        counts=", ".join(words(f"verdict_count.{name}", n=n) for name, n in judged.items()),
        verdict=words(f"verdict.{next(iter(judged))}"),
        sure=_sure(_stated(gap, year), words),
    )


def _sure(rows: pd.DataFrame, words: Words) -> str:
    """Return how many of the verdicts rest on little: few years, or a year beside the target's."""
    rows = rows[~rows["verdict"].isin(UNASSESSED)]
    grades, flags = (_texts(rows, column) for column in ("grade", "flags"))
    known = {name: grades.eq(name) for name in _UNSURE}
    known["adjacent"] = flags.str.contains("PROVISIONAL_YEAR", regex=False)
    counts = {name: int(mask.sum()) for name, mask in known.items() if mask.any()}
    if not counts:
        return ""
    if len(rows) == 1:
        only = (words(f"opening.unsure.only_{name}") for name in counts)
        return words("opening.unsure.only", list=words.listing(only))
    some = (words(f"opening.unsure.{name}", n=n) for name, n in counts.items())
    return words("opening.unsure.list", list=words.listing(some))


def _texts(rows: pd.DataFrame, column: str) -> pd.Series:
    if column not in rows:
        return pd.Series("", index=rows.index, dtype="str")
    return rows[column].map(given).astype("str")


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
    notes = _far_notes(row, words)
    return words(
        f"opening.{key}",
        year=row["target_year"],
        label=label(row, words),
        value=f"{row['value_shown']} ({words.period(row['value_period'])})",
        target=row["target_shown"],
        gap=gap_text(row, words),
        notes=f" ({'; '.join(notes)})" if notes else "",
    )


def _far_notes(row: Row, words: Words) -> list[str]:
    """Return what makes a value less sure: its standing, its grade, other sources, a break."""
    notes = []
    status = given(row.get("value_status"))
    if status not in ("", "actual"):
        notes.append(words(f"opening.status.{status}"))
    if grade := given(row.get("grade")):
        notes.append(words("opening.grade", grade=words(f"grade.{grade}")))
    if row.get("others_shown"):
        notes.append(words("cell.others", list=row["others_shown"]))
    if row.get("broken_from"):
        notes.append(words("opening.broken", period=words.period(row["broken_from"])))
    return notes


def _unassessed(gap: pd.DataFrame, words: Words) -> list[str]:
    """Return why targets have no verdict, with the numbers of their indicators."""
    stated = _stated(gap)
    rows = stated[stated["verdict"].isin(UNASSESSED)]
    if rows.empty:
        return [words("opening.all_assessed", n=len(stated))] if len(stated) > 1 else []
    reason = _texts(rows, "reason").mask(rows["verdict"].eq("NO_DATA"), "NO_DATA")
    parts = [
        {
            "n": len(part),
            "why": words(f"opening.why.{code}", n=len(part)),
            "list": series_list(part, gap, words),
        }
        for code, part in rows.groupby(reason, sort=False)
    ]
    if len(parts) == 1:
        return [words("opening.unassessed_alike", stated=len(stated), **parts[0])]
    listed = "; ".join(words("opening.why_part", **part) for part in parts)
    return [words("opening.unassessed", n=len(rows), stated=len(stated), list=listed)]


def series_names(some: pd.DataFrame, every: pd.DataFrame, words: Words) -> list[str]:
    """Name series by the number of their indicator, and by their parts where not all are meant."""
    whole = every.groupby("indicator_id")["series_id"].nunique()
    names: list[str] = []
    for indicator, part in some.drop_duplicates("series_id").groupby("indicator_id", sort=False):
        parts = part[f"part_{words.language}"].dropna().map(part_name)
        if len(part) == whole[indicator] or parts.empty:
            names.append(str(indicator))
        else:
            names.append(f"{indicator} ({'; '.join(parts)})")
    return names


def series_list(some: pd.DataFrame, every: pd.DataFrame, words: Words) -> str:
    """Return the names of series as a sentence lists them in parentheses, with ranges."""
    names = words.listing(ranges(series_names(some, every, words)))
    return names.translate({ord("("): "[", ord(")"): "]"})
