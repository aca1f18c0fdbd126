"""Compared with the country: the figure, the sentences and the table of both values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts import Chart
from analysis.charts.area_comparison import area_comparison, note_codes
from analysis.charts.labels import difference_symbol, given
from analysis.charts.rows import Row, records
from analysis.reports.evidence import WRAP, value_lines
from analysis.reports.opening import series_list
from analysis.reports.prose import Prose
from analysis.reports.table import Cell, Table, cells
from analysis.results import BETTER
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.gap import GapReport

_SIDES = ("province", "country")


def country_sentences(areas: pd.DataFrame, gap: pd.DataFrame, words: Words) -> tuple[str, ...]:
    """Return how the province stands in the last common year of every series.

    Parameters
    ----------
    areas
        Rows of the area frame of one group.
    gap
        Its gap rows: every series of the group.
    """
    if areas.empty:
        return (words("country.none", n=gap["series_id"].nunique()),)
    latest, every = areas[areas["is_latest"]], gap["series_id"].nunique()
    counts = [
        words(f"country.{better}", n=every, list=series_list(part, gap, words))
        for better in BETTER
        if len(part := latest[latest["better"].eq(better)])
    ]
    sentences = [
        words(
            "country.counts",
            n=every,
            shared=len(latest),
            years=_years(latest, words),
            counts="; ".join(counts),
        )
    ]
    noted = latest[latest["definition_note"].fillna("").ne("")]
    if len(noted):
        names = series_list(noted, gap, words)
        sentences.append(words("country.noted", n=every, list=names))
    return tuple(sentences)


def _years(latest: pd.DataFrame, words: Words) -> str:
    """Return the last common year; where series have several, that each has its own."""
    years = sorted(set(latest["year"]))
    if len(years) == 1:
        return str(years[0])
    return words("country.years", first=years[0], last=years[-1])


def country_figure(report: GapReport) -> Chart | Prose:
    """Return the dumbbells of every common year; nothing where there is none."""
    if report.areas.empty:
        return Prose(())
    chart = area_comparison(report.areas, report.language)
    return report.keep(chart, f"country-{report.group_id:02d}")


def country_table(report: GapReport) -> Table | Prose:
    """Return both values of every common year, each with its source, and how they differ."""
    if report.areas.empty:
        return Prose(())
    rows = report.areas
    for side in _SIDES:
        sources = report.plan["sources"].add_prefix(f"{side}_")
        rows = rows.merge(sources, on=f"{side}_source_id", how="left")
    body = [_row(report, row) for row in records(rows)]
    names = ("series", "year", "province", "country", "better", "differences")
    return report.table("country", names, body)


def _row(report: GapReport, row: Row) -> tuple[Cell, ...]:
    words = report.words
    codes = note_codes(row)
    notes = [words(f"definition_note.{code}") for code in codes] or [words("dash")]
    return cells(
        [
            report.label(row),
            str(row["year"]),
            *(_value(report, row, side) for side in _SIDES),
            Cell(words(f"better.{row['better']}"), (_difference(row, words),)),
            Cell(notes[0], tuple(notes[1:]), kind="quiet"),
        ]
    )


def _value(report: GapReport, row: Row, side: str) -> Cell:
    own = {name.removeprefix(f"{side}_"): cell for name, cell in row.items()}
    level = report.level_names.get(own["level_id"], "") if own["level_id"] != "none" else ""
    words = report.words
    text = report.printed(row, own["value"], level)
    return Cell(text, value_lines(own, words), href=given(own["url"]), kind=WRAP)


def _difference(row: Row, words: Words) -> str:
    amount = round(row["difference"], 6)
    unit = difference_symbol(row, words, abs(amount))
    return words("cell.difference", amount=words.quantity(amount, unit, signed=True))
