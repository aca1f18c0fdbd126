"""Lists of targets of the whole plan: due, on course, moved, and where sources disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analysis.api import PROVINCE
from analysis.charts.labels import gap_text
from analysis.charts.rows import Row, absent, records
from analysis.measures.targets import met
from analysis.reports.evidence import WRAP, source_cell
from analysis.reports.opening import series_list
from analysis.reports.overview_counts import target_years
from analysis.reports.overview_sentences import doubts, flagged, judged, moves, percent
from analysis.reports.prose import Prose
from analysis.reports.table import Cell, Table, cells
from analysis.results.targets import plan_targets
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.report import Report

_WORST_FIRST: Final = ("LOST", "WORSENING", "OFF_TRACK", "NEEDS_ACCELERATION", "ON_TRACK")


def _sourced(report: Report, rows: pd.DataFrame) -> list[Row]:
    """Return gap rows joined with the source of the value judged."""
    sources = report.plan["sources"].rename(columns={"source_id": "value_source_id"})
    return records(rows.merge(sources, on="value_source_id", how="left"))


def due_not_met(report: Report) -> Table | Prose:
    """Return the targets whose year is over and that are not met."""
    rows = judged(report.whole_gap)
    rows = rows[rows["due"].astype(bool) & rows["met"].eq(False)]
    if rows.empty:
        return Prose((report.words("note.overview_not_met_none"),))
    body = []
    for row in _sourced(report, rows):
        gap = Cell(gap_text(row, report.words), kind=WRAP)
        body.append(cells([*_head(report, row), gap, source_cell(row, report.words)]))
    names = ("series", "value", "target", "gap", "source")
    return report.table("overview_not_met", names, body)


def due_met(report: Report) -> Table | Prose:
    """Return the targets whose year is over and that are met."""
    rows = judged(report.whole_gap)
    rows = rows[rows["due"].astype(bool) & rows["met"].eq(True)]
    if rows.empty:
        return Prose((report.words("note.overview_met_none"),))
    body = [
        cells([*_head(report, row), source_cell(row, report.words)])
        for row in _sourced(report, rows)
    ]
    return report.table("overview_met", ("series", "value", "target", "source"), body)


def _head(report: Report, row: Row) -> list[Cell]:
    """Return series with its line in the plan, value with what to note of it, target with year."""
    words = report.words
    line = f"{words('column.line')} {row['source_line']}"
    notes = (words.period(row["value_period"]), *doubts(row, words))
    return [
        Cell(report.label(row), (line,)),
        Cell(row["value_shown"], notes, kind=WRAP),
        Cell(row["target_shown"], (str(row["target_year"]),)),
    ]


def on_course(report: Report) -> Table | Prose:
    """Return the targets that are not due and not met yet, the worst verdict first."""
    rows = judged(report.whole_gap)
    rows = rows[~rows["due"].astype(bool) & rows["met"].eq(False)]
    if rows.empty:
        return Prose((report.words("note.overview_course_none"),))
    place = rows["verdict"].map(_WORST_FIRST.index)
    rows = rows.loc[place.sort_values(kind="stable").index]
    body = []
    for row in _sourced(report, rows):
        label, value, target = _head(report, row)
        kind = f"verdict verdict-{row['verdict']}"
        verdict = Cell(report.words(f"verdict_short.{row['verdict']}"), kind=kind)
        way, source = _way_cell(report, row), source_cell(row, report.words)
        body.append(cells([label, verdict, value, target, way, source]))
    names = ("series", "judged", "value", "target", "overview_way", "source")
    return report.table("overview_course", names, body)


def _way_cell(report: Report, row: Row) -> Cell:
    """Return the share of the way covered, beside the share of the time gone."""
    words = report.words
    if absent(row["share_covered"]):
        return Cell(words("dash"), kind="number")
    gone = percent(row["elapsed"], words)
    detail = words("cell.overview_elapsed", elapsed=gone)
    share = percent(row["share_covered"], words)
    return Cell(share, (detail,), kind=WRAP, value=row["share_covered"])


def reached(report: Report) -> Prose:
    """Return which targets that are not due yet are met already, and of which only the level."""
    words, gap = report.words, report.whole_gap
    rows = judged(gap)
    rows = rows[~rows["due"].astype(bool) & rows["met"].eq(True)]
    sentences = []
    for year, part in rows.groupby("target_year"):
        level = part[flagged(part, "LEVEL_ONLY")]
        names, levels = (series_list(some, gap, words) for some in (part, level))
        key = "reached_level" if levels else "reached"
        sentences.append(words(f"note.overview_{key}", year=year, list=names, level=levels))
    return Prose(tuple(sentences))


def moved(report: Report) -> Table | Prose:
    """Return the series whose way since the base year can be measured, the furthest first."""
    words, gap = report.words, report.whole_gap
    rows = moves(gap)
    if rows.empty:
        return Prose((words("note.overview_moved_none"),))
    body = [_moved_row(report, row) for row in records(rows)]
    names = ("series", "overview_base", "overview_now", "target", "overview_way")
    columns = tuple(words(f"column.{name}") for name in names)
    caption = words("caption.overview_moved", year=target_years(gap)[-1])
    return Table(caption, columns, tuple(body), language=report.language)


def _moved_row(report: Report, row: Row) -> tuple[Cell, ...]:
    label, value, target = _head(report, row)
    base = Cell(report.printed(row, row["base_value"]), (str(row["base_year"]),), kind=WRAP)
    return cells([label, base, value, Cell(target.text), _way_cell(report, row)])


def disagreements(report: Report) -> Table | Prose:
    """Return what other sources say of the values that verdicts rest on, and what would follow.

    A verdict can rest on more than one value; so only this is said of another value: whether it
    meets the target.
    """
    rows = _used_pairs(report)
    if rows.empty:
        return Prose((report.words("note.overview_sources_none"),))
    body = [_disagreement_row(report, row) for row in records(rows)]
    names = ("series", "overview_used", "overview_other", "source", "overview_effect")
    return report.table("overview_sources", names, body)


def other_disagreements(report: Report) -> Prose:
    """Say how many more values of the province other sources contradict, behind no verdict."""
    mine = report.differing[report.differing["observation_id"].isin(_province(report))]
    rest = set(mine["observation_id"]) - set(_used_pairs(report)["observation_id"])
    if not rest:
        return Prose(())
    return Prose((report.words("note.overview_sources_rest", n=len(rest)),))


def _province(report: Report) -> pd.Series:
    view = report.whole_view
    return view.loc[view["area_id"].eq(PROVINCE), "observation_id"]


def _used_pairs(report: Report) -> pd.DataFrame:
    """Return pairs of records that differ, where the chosen one stands behind a verdict.

    In plan order, with the year of the value and the source of the other record.
    """
    gap = judged(report.whole_gap)
    used = {
        (row["series_id"], int(row[column]))
        for row in records(gap)
        for column in ("judged_year", "base_year")
        if not absent(row[column])
    }
    mine = report.differing[report.differing["observation_id"].isin(_province(report))]
    years = report.whole_view.set_index("observation_id")["year"]
    rows = mine.assign(year=mine["observation_id"].map(years).astype("int64"))
    pairs = zip(rows["series_id"], rows["year"], strict=True)
    behind = np.array([pair in used for pair in pairs], dtype=bool)
    places = gap.drop_duplicates("series_id").set_index("series_id")["position"]
    rows = rows[behind]
    rows = rows.loc[rows["series_id"].map(places).sort_values(kind="stable").index]
    origin = report.plan["observations"].set_index("observation_id")["source_id"]
    rows = rows.assign(source_id=rows["other_observation_id"].map(origin))
    return rows.merge(report.plan["sources"], on="source_id", how="left")


def _disagreement_row(report: Report, row: Row) -> tuple[Cell, ...]:
    words, gap = report.words, report.whole_gap
    targets = judged(gap[gap["series_id"].eq(row["series_id"])])
    facts = records(targets)[0]
    used, other = (report.printed(facts, row[name]) for name in ("value", "other_value"))
    return cells(
        [
            report.label(facts),
            Cell(used, (words.period(row["period"]),), kind=WRAP),
            Cell(other, kind=WRAP),
            source_cell(row, words),
            _effect(targets[targets["judged_year"].eq(row["year"])], row["other_value"], words),
        ]
    )


def _effect(targets: pd.DataFrame, other: float, words: Words) -> Cell:
    """Return whether another value meets the targets that were judged by the one used."""
    if targets.empty:
        return Cell(words("cell.overview_base_only"), kind="quiet")
    would = met(plan_targets(targets, 0), np.full(len(targets), other))
    lines = []
    for row, meets in zip(records(targets), would, strict=True):
        standing = words("cell.overview_met" if meets else "cell.overview_short")
        key = "same" if meets == row["met"] else "changed"
        lines.append(words(f"cell.overview_{key}", year=row["target_year"], standing=standing))
    return Cell(lines[0], tuple(lines[1:]))
