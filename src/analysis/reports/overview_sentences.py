"""Sentences on the whole plan: the opening, and how firm the verdicts are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.charts.labels import label, value_text
from analysis.charts.rows import Row, absent, first, records
from analysis.observe.periods import spans
from analysis.reports.distance import flags
from analysis.reports.evidence import UNASSESSED
from analysis.reports.opening import series_list, verdict_counts
from analysis.words import Words

_OF_THE_PACE = ("BASELINE_SHIFTED", "SMALL_GAP", "METHOD_SENSITIVE", "SCALE_SENSITIVE")
"""Flags that say nothing of a target that is due, since it is judged by its value alone."""


def judged(gap: pd.DataFrame) -> pd.DataFrame:
    """Return the gap rows that have a verdict on a stated target."""
    return gap[gap["target_status"].eq("stated") & ~gap["verdict"].isin(UNASSESSED)]


def opening_sentences(gap: pd.DataFrame, words: Words) -> list[str]:
    """Return the opening: size, every target year, what is missing, what has moved.

    Parameters
    ----------
    gap
        Gap rows of the whole plan, with the printed texts of
        :attr:`analysis.reports.report.Report.whole_gap`.
    """
    years = _years(gap)
    return [
        size_sentence(gap, words),
        *(year_paragraph(gap, year, words) for year in years),
        missing_sentence(gap, words),
        " ".join(moved_sentences(gap, words)),
    ]


def _years(gap: pd.DataFrame) -> list[int]:
    return sorted(int(year) for year in gap["target_year"].unique())


def size_sentence(gap: pd.DataFrame, words: Words) -> str:
    """Say how many indicators, groups and series the plan has."""
    return words(
        "overview.size",
        indicators=gap["indicator_id"].nunique(),
        groups=gap["group_id"].nunique(),
        n=gap["series_id"].nunique(),
        years=words.listing(map(str, _years(gap))),
    )


def year_paragraph(gap: pd.DataFrame, year: int, words: Words) -> str:
    """Say how many targets of a year can be judged, how they stand, and what is uncertain."""
    rows = judged(gap[gap["target_year"].eq(year)])
    sentences = [year_sentence(gap, year, words), _doubt_sentence(rows, words)]
    return " ".join(filter(None, sentences))


def year_sentence(gap: pd.DataFrame, year: int, words: Words) -> str:
    """Say how many targets of a year can be judged, of how many, and how they stand."""
    counts = verdict_counts(gap, year)
    known = {code: n for code, n in counts.items() if code not in UNASSESSED}
    stated = sum(counts.values())
    if not stated:
        return words("overview.year_none", year=year)
    due = words("opening.due") if gap.loc[gap["target_year"].eq(year), "due"].any() else ""
    if not known:
        return words("opening.year_zero", year=year, due=due, n=stated)
    return words(
        "overview.year",
        year=year,
        due=due,
        n=stated,
        assessable=sum(known.values()),
        counts=words.listing(words(f"verdict_count.{code}", n=n) for code, n in known.items()),
        verdict=words(f"verdict.{next(iter(known))}"),
    )


_DOUBTS: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "PROVISIONAL_YEAR": lambda rows: flagged(rows, "PROVISIONAL_YEAR"),
    "PART_YEAR": lambda rows: flagged(rows, "PART_YEAR") & (~_due(rows) | _in_part(rows)),
    "UNSURE": lambda rows: rows["value_status"].ne("actual"),
    "CLOSE": lambda rows: rows["value_comparability"].ne("exact"),
    "LEVEL_ONLY": lambda rows: flagged(rows, "LEVEL_ONLY"),
    "PRELIMINARY": lambda rows: rows["grade"].eq("C"),
}
"""What makes a verdict less than certain, in the order in which it is said."""


def flagged(rows: pd.DataFrame, flag: str) -> pd.Series:
    """Tell which rows carry a flag."""
    return rows["flags"].fillna("").str.split().map(lambda names: flag in names).astype(bool)


def _due(rows: pd.DataFrame) -> pd.Series:
    return rows["due"].astype(bool)


def _in_part(rows: pd.DataFrame) -> pd.Series:
    """Tell which rows are judged by a value for a part of its year: the flag is also of the base.

    A target that is due is judged by its value alone.
    """
    return rows["value_period"].map(_is_part).astype(bool)


def _is_part(period: object) -> bool:
    return not absent(period) and bool(spans(pd.Series([str(period)]))["part_year"].iloc[0])


def _doubt_sentence(rows: pd.DataFrame, words: Words) -> str:
    if len(rows) == 1:
        notes = doubts(first(rows), words)
        return words("overview.doubts_one", list="; ".join(notes)) if notes else ""
    counts = {name: int(test(rows).sum()) for name, test in _DOUBTS.items()}
    said = [words(f"overview.doubt.{name}", n=n) for name, n in counts.items() if n]
    if not said:
        return ""
    key = "doubts" if len(said) == 1 else "doubts_several"
    return words(f"overview.{key}", n=len(rows), list=words.listing(said))


def doubts(row: Row, words: Words) -> list[str]:
    """Return what makes the verdict of one row less than certain, and what else to note of it."""
    notes = []
    if row["grade"] in ("A", "B", "C", "D"):
        notes.append(words("overview.evidence", grade=words(f"grade.{row['grade']}")))
    if row["value_status"] != "actual":
        notes.append(words(f"overview.standing.{row['value_status']}"))
    if row["value_comparability"] != "exact":
        notes.append(words(f"overview.standing.{row['value_comparability']}"))
    notes += _flag_notes(row, words)
    if row.get("others_shown"):
        notes.append(words("cell.others", list=row["others_shown"]))
    if row.get("broken_from"):
        notes.append(words("note.broken", period=words.period(row["broken_from"])))
    return notes


def _flag_notes(row: Row, words: Words) -> list[str]:
    """Return the flags of one row in words, without those that a target that is due has not."""
    notes = []
    for flag in flags(row):
        if flag == "PART_YEAR" and not _is_part(row["value_period"]):
            notes += [] if row["due"] else [words("overview.standing.base_part_year")]
        elif not (row["due"] and flag in _OF_THE_PACE):
            notes.append(words(f"flag_short.{flag}"))
    return notes


def missing_sentence(gap: pd.DataFrame, words: Words) -> str:
    """Say how many stated targets of each year have no verdict, with and without data."""
    years = []
    for year in _years(gap):
        counts = verdict_counts(gap, year)
        without = {name: counts[name] for name in ("NO_DATA", "NOT_ASSESSABLE") if name in counts}
        if without:
            parts = [words(f"overview.without.{name}", n=n) for name, n in without.items()]
            numbers = {"unjudged": sum(without.values()), "n": sum(counts.values())}
            years.append(
                words("overview.missing_year", year=year, parts=", ".join(parts), **numbers)
            )
    if not years:
        return words("overview.missing_none")
    return words("overview.missing", years=words.listing(years))


def moves(gap: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the last target year whose way since the base year can be measured.

    These are judged rows with a share of the way (methods 2.3: ``C = 1 - dist(c)/dist(b)``), so
    the target was not met in the base year; the largest share comes first, ties in plan order.
    The share is a percentage of each series' own distance and so compares across units.
    """
    rows = judged(gap[gap["target_year"].eq(gap["target_year"].max())])
    rows = rows[rows["share_covered"].notna()]
    return rows.sort_values("share_covered", ascending=False, kind="stable")


def moved_sentences(gap: pd.DataFrame, words: Words) -> list[str]:
    """Say how many series moved since the base year, and which moved most and least."""
    rows = moves(gap)
    year = int(gap["target_year"].max())
    if rows.empty:
        return [words("overview.moved_none", year=year)]
    counts = _moves(rows)
    said = [words(f"overview.move.{name}", n=n) for name, n in counts.items() if n]
    whole = words("overview.moved", n=len(rows), year=year, list=words.listing(said))
    return [whole, *_extremes(rows[~rows["met"].astype(bool)], words)]


def _moves(rows: pd.DataFrame) -> dict[str, int]:
    still = pd.Series(np.isclose(rows["share_covered"], 0.0), index=rows.index)
    met = rows["met"].astype(bool)
    marks = {
        "reached": met,
        "closer": ~met & ~still & rows["share_covered"].gt(0),
        "same": ~met & still,
        "away": ~met & ~still & rows["share_covered"].lt(0),
    }
    return {name: int(mark.sum()) for name, mark in marks.items()}


def _extremes(rows: pd.DataFrame, words: Words) -> list[str]:
    """Say which series not at its target has come furthest, and which least far."""
    found = records(rows)
    if not found:
        return []
    if len(found) == 1:
        return [_way("alone", found[0], words)]
    return [_way("far", found[0], words), _way("near", found[-1], words)]


def _way(key: str, row: Row, words: Words) -> str:
    notes = "; ".join(doubts(row, words))
    way = words(
        "overview.way",
        first=value_text(row, row["base_value"], words),
        first_year=int(row["base_year"]),
        last=row["value_shown"],
        period=words.period(row["value_period"]),
        share=percent(row["share_covered"], words),
        elapsed=percent(row["elapsed"], words),
        target=row["target_shown"],
        doubt=f" ({notes})" if notes else "",
    )
    return words(f"overview.{key}", label=label(row, words), way=way)


def percent(share: float, words: Words) -> str:
    """Write a share in whole per cent; only what has arrived is said to be at 100 %."""
    shown = round(share * 100)
    return words.quantity(99 if shown == 100 and share < 1 else shown, "%", 0)


def sensitivity_sentences(frame: pd.DataFrame, gap: pd.DataFrame, words: Words) -> list[str]:
    """Say how many verdicts change with the base year, with proxies, and by other methods.

    Parameters
    ----------
    frame
        The sensitivity frame of the whole plan (:func:`analysis.results.sensitivity_frame`).
    gap
        Gap rows of the whole plan, for names of series.
    """
    known = ~frame["default_verdict"].isin([*UNASSESSED, "NO_TARGET"])
    if not known.any():
        return [words("overview.sensitivity.none")]
    texts = _Named(gap, words)
    return [
        _by_base_year(frame[known], texts, words),
        _by_proxies(frame, known, texts, words),
        _by_method(frame[known], texts, words),
    ]


class _Named:
    """Names targets as a sentence lists them: ``1 for 2030, 5.7 for 2030``."""

    def __init__(self, gap: pd.DataFrame, words: Words) -> None:
        self.gap, self.words = gap, words

    def __call__(self, rows: pd.DataFrame) -> str:
        words, names = self.words, []
        for year, part in rows.groupby("target_year"):
            mine = self.gap[self.gap["series_id"].isin(part["series_id"])]
            listed = series_list(mine, self.gap, words)
            names.append(words("overview.sensitivity.target", name=listed, year=year))
        return "; ".join(names)


def _targets(rows: pd.DataFrame) -> pd.DataFrame:
    """Return every target of some scenarios once."""
    return rows.drop_duplicates(["series_id", "target_year"])


def _by_base_year(frame: pd.DataFrame, named: _Named, words: Words) -> str:
    rows = frame[frame["axis"].eq("base_year")]
    default = frame.loc[frame["axis"].eq("default"), "scenario_base_year"]
    changed = _targets(rows[rows["differs"].fillna(False)])
    return words(
        "overview.sensitivity.base_year",
        base_year=int(default.iloc[0]),
        years=words.listing(str(year) for year in sorted(rows["scenario_base_year"].unique())),
        changed=_said("changed", changed, named, words, judged=len(_targets(frame))),
    )


def _by_proxies(frame: pd.DataFrame, known: pd.Series, named: _Named, words: Words) -> str:
    mine = frame["axis"].eq("proxies") & frame["differs"].fillna(False).astype(bool)
    changed = _targets(frame[mine & known])
    gained = _targets(frame[mine & ~known & ~frame["verdict"].isin([*UNASSESSED, "NO_TARGET"])])
    return words(
        "overview.sensitivity.proxies",
        changed=_said("changed", changed, named, words, judged=len(_targets(frame[known]))),
        gained=_said("gained", gained, named, words),
    )


def _by_method(frame: pd.DataFrame, named: _Named, words: Words) -> str:
    rows = frame[frame["axis"].eq("method") & frame["differs"].notna()]
    changed = _targets(rows[rows["differs"].fillna(False)])
    return words(
        "overview.sensitivity.method",
        methods=frame.loc[frame["axis"].eq("method"), "method"].nunique(),
        asked=len(_targets(rows)),
        classed=_said("classed", changed, named, words),
    )


def _said(key: str, rows: pd.DataFrame, named: _Named, words: Words, **values: object) -> str:
    """Say how many targets are meant and which; none in words of its own."""
    if rows.empty:
        return words(f"overview.sensitivity.{key}.none", **values)
    return words(f"overview.sensitivity.{key}", n=len(rows), list=named(rows), **values)
