"""How much a verdict depends on the method: the figure, the counts, and what changes to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts import Chart
from analysis.charts.rows import Row, first, records
from analysis.charts.sensitivity_matrix import (
    cell_word,
    judged_somehow,
    scenario_name,
    sensitivity_matrix,
)
from analysis.reports.prose import Prose
from analysis.reports.table import Cell, Table, cells
from analysis.results import CATEGORY_VERDICTS
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.gap import GapReport

_PLACES = ("NEEDS_ACCELERATION", "ON_TRACK", "OFF_TRACK", "MET", "WORSENING")
_LOST = ("NOT_MET", "LOST")
_KEY = ["series_id", "target_year"]
_OWN = "own"


def placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Add ``placed``: the verdict of this project by which a scenario is coloured and marked.

    That of the project's own method is its verdict. A published class is placed with the default
    verdict where it accords with it, else with the verdict in the middle of those with which it
    does (:data:`analysis.results.CATEGORY_VERDICTS`). ``NOT_MET`` and ``LOST`` accord with every
    class but the best and so place none. Empty where a published method gives no judgement.
    """
    return frame.assign(placed=[_place(row) for row in records(frame)])


def _place(row: Row) -> str:
    if row["method"] == _OWN:
        return str(row["verdict"])
    accords = CATEGORY_VERDICTS.get((row["method"], row["category"]))
    if row["reason"] or accords is None:
        return ""
    default = str(row["default_verdict"])
    if default in accords and default not in _LOST:
        return default
    return next(code for code in _PLACES if code in accords)


def scenario_sentences(frame: pd.DataFrame, words: Words) -> tuple[str, ...]:
    """Return how many verdicts hold in every scenario, and what changes the others.

    Parameters
    ----------
    frame
        Rows of the sensitivity frame with ``placed``.
    """
    rows = judged_somehow(frame)
    if rows.empty:
        return (words("scenarios.none"),)
    changed = _changed(rows)
    every, some = _targets(rows), _targets(changed)
    if not some:
        return (words("scenarios.stable", n=every),)
    causes = {
        "base_year": _targets(changed[changed["axis"].eq("base_year")]),
        "proxies": _by_proxies(rows),
        "method": _targets(changed[changed["method"].ne(_OWN)]),
    }
    listed = words.listing(words(f"scenarios.by_{name}", n=n) for name, n in causes.items() if n)
    sentences = [
        words("scenarios.counts", n=every, stable=every - some, changed=some),
        words("scenarios.changed", list=listed),
    ]
    if (changed["method"].ne(_OWN) & changed["default_verdict"].eq("NOT_MET")).any():
        sentences.append(words("scenarios.due"))
    return tuple(sentences)


def _by_proxies(rows: pd.DataFrame) -> int:
    """Count the targets whose verdict from one base year changes with values for context."""
    own = rows[rows["method"].eq(_OWN)]
    own = own.assign(verdict=own["verdict"].replace("MAINTAINED", "MET"))
    told = own.groupby([*_KEY, "scenario_base_year"])["verdict"].nunique()
    return int(told.gt(1).groupby(_KEY).any().sum())


def _changed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["differs"].fillna(False).astype(bool)]


def _targets(rows: pd.DataFrame) -> int:
    return len(rows.drop_duplicates(_KEY))


def scenario_figure(report: GapReport) -> Chart | Prose:
    """Return the matrix of verdicts by scenario; nothing where no scenario judges any target."""
    if judged_somehow(report.scenarios).empty:
        return Prose(())
    chart = sensitivity_matrix(report.scenarios, report.language)
    return report.keep(chart, f"scenarios-{report.group_id:02d}")


def changes_table(report: GapReport) -> Table | Prose:
    """Return every verdict that changes: in which scenarios, and to what."""
    words = report.words
    rows = judged_somehow(report.scenarios)
    tried = rows["scenario_base_year"].nunique()
    body = []
    for _, part in _changed(rows).groupby(_KEY, sort=False):
        row = first(part)
        code = row["default_verdict"]
        verdict = Cell(words(f"verdict_short.{code}"), kind=f"verdict verdict-{code}")
        to, *more = _changes(part, tried, words)
        body.append(
            cells([report.label(row), str(row["target_year"]), verdict, Cell(to, tuple(more))])
        )
    if not body:
        return Prose(())
    return report.table("scenarios", ("series", "target", "default", "otherwise"), body)


def _changes(part: pd.DataFrame, tried: int, words: Words) -> list[str]:
    """Return ``verdict: scenarios`` for each other verdict or class, in the order of the frame."""
    lines = []
    said = part.assign(word=[cell_word(row, words) for row in records(part)])
    for word, same in said.groupby("word", sort=False):
        where = [*_base_years(same, tried, words), *_methods(same, words)]
        lines.append(words("scenarios.line", verdict=str(word), where="; ".join(where)))
    return lines


def _base_years(same: pd.DataFrame, tried: int, words: Words) -> list[str]:
    """Name base years once where they do the same without and with values for context."""
    own = same[same["method"].eq(_OWN)]
    without, with_proxies = (
        dict.fromkeys(own.loc[own["include_proxy"].eq(proxies), "scenario_base_year"])
        for proxies in (False, True)
    )
    years = {
        "both": [year for year in without if year in with_proxies],
        "base": [year for year in without if year not in with_proxies],
        "proxies": [year for year in with_proxies if year not in without],
    }
    return [
        words("scenarios.where_proxies_all")
        if kind == "proxies" and len(those) == tried
        else words(f"scenarios.where_{kind}", n=len(those), list=words.listing(map(str, those)))
        for kind, those in years.items()
        if those
    ]


def _methods(same: pd.DataFrame, words: Words) -> list[str]:
    published = same[same["method"].ne(_OWN)]
    return [scenario_name(row, words) for row in records(published)]
