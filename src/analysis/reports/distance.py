"""How far from the targets: the table and the figure that tell it, for any choice of series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.api import PROVINCE
from analysis.charts import Chart, gap_bars
from analysis.charts.gap_bars import drawable
from analysis.charts.labels import gap_text, outcome
from analysis.charts.rows import Row, absent, first, records
from analysis.reports.evidence import WRAP, reason_text
from analysis.reports.opening import series_names
from analysis.reports.prose import Prose
from analysis.reports.ranges import ranges
from analysis.reports.table import Cell, Table, cells
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.report import Report

_GLANCE = ("series", "latest", "target_2025", "verdict_2025", "target_2030", "verdict_2030")


def province_view(report: Report, series: pd.Series) -> pd.DataFrame:
    """Return the province's current view of some series, with the names of levels as ``text``."""
    view = report.whole_view
    mine = view["series_id"].isin(series) & view["area_id"].eq(PROVINCE)
    rows = view[mine].reset_index(drop=True)
    named = rows["level_id"].map(report.level_names)
    return rows.assign(text=named.where(rows["level_id"].ne("none"), ""))


def glance_table(
    report: Report, gap: pd.DataFrame, notes: Mapping[str, tuple[str, ...]] | None = None
) -> Table:
    """Return one row a series: value used, targets, verdicts.

    Parameters
    ----------
    report
        Whose words, view and breaks are used.
    gap
        Rows of :attr:`analysis.reports.report.Report.whole_gap`, two a series.
    notes
        Second lines below a series' name, by ``series_id``, before that with its line in the plan.
    """
    view = province_view(report, gap["series_id"])
    body = []
    for name, part in gap.groupby("series_id", sort=False):
        facts = first(part)
        line = f"{report.words('column.line')} {facts['source_line']}"
        details = (*(notes or {}).get(str(name), ()), line)
        row = [Cell(report.label(facts), details), _latest(report, view, facts)]
        for target in records(part):
            shown = Cell(target["target_shown"], value=_bound(target))
            row += [shown, verdict_cell(target, report.words)]
        body.append(cells(row))
    return report.table("glance", _GLANCE, body)


def _bound(row: Row) -> float | None:
    """Return the number that a target is sorted by; a target in words has none."""
    bounds = (float(row[name]) for name in ("low", "high") if not absent(row[name]))
    return next(bounds, None)


def _latest(report: Report, view: pd.DataFrame, row: Row) -> Cell:
    known = view[view["series_id"].eq(row["series_id"])]
    words = report.words
    if absent(row["latest_year"]) or known.empty:
        return Cell(words("cell.no_data"), kind="quiet")
    last = first(known[known["year"].eq(row["latest_year"])])
    details = [words.period(last["period"])]
    if last["comparability"] != "exact":
        details.append(words(f"comparability.{last['comparability']}"))
    if last["status"] != "actual":
        details.append(words(f"status.{last['status']}"))
    if others := report.others.get(last["observation_id"]):
        details.append(words("cell.others", list=others))
    if start := report.last_breaks.get(row["series_id"]):
        details.append(words("note.broken", period=words.period(start)))
    text = report.printed(row, row["latest_value"], last["text"])
    return Cell(text, tuple(details), kind=WRAP, value=float(row["latest_value"]))


def verdict_cell(row: Row, words: Words) -> Cell:
    """Return a verdict as a cell: the word, then the reason or the gap."""
    code = row["verdict"]
    kind = f"verdict verdict-{code}"
    if code == "NO_TARGET":
        return Cell(words("dash"), kind="quiet")
    if code == "NO_DATA":
        return Cell(words(f"verdict_short.{code}"), kind=kind)
    if code == "NOT_ASSESSABLE":
        return Cell(words(f"verdict_short.{code}"), (reason_text(row, words),), kind=kind)
    details = [] if row["met"] else [gap_text(row, words)]
    if row["judged_year"] != row["latest_year"]:
        details.append(f"{row['value_shown']} ({row['judged_year']})")
    if isinstance(row["grade"], str) and not row["due"]:
        details.append(words("cell.grade", grade=words(f"grade.{row['grade']}")))
    shown = [flag for flag in flags(row) if flag != "LEVEL_ONLY" or row["due"]]  # the grade says it
    details += [words(f"flag_short.{flag}") for flag in shown]
    return Cell(words(f"verdict_short.{code}"), tuple(dict.fromkeys(details)), kind=kind)


def flags(row: Row) -> list[str]:
    """Return the flags of a result row."""
    return row["flags"].split() if isinstance(row["flags"], str) else []


def gap_figure(report: Report, gap: pd.DataFrame, name: str) -> Chart | Prose:
    """Return the gap overview, kept under a name, or a sentence where nothing can be compared."""
    rows = drawable(gap)
    words = report.words
    if rows.empty:
        return Prose((words("note.no_gap_chart"),))
    if rows["series_id"].nunique() == 1:
        return Prose((words("note.one_gap_row", row=_in_words(report, rows)),))
    return report.keep(gap_bars(gap, report.language), name)


def _in_words(report: Report, rows: pd.DataFrame) -> str:
    words = report.words
    parts = [
        words(
            "chart.gap_alt_part",
            year=row["target_year"],
            target=row["target_shown"],
            value=row["value_shown"],
            outcome=outcome(row, words),
        )
        for row in records(rows)
    ]
    return report.label(first(rows)) + words("colon") + "; ".join(parts)


def gap_figure_notes(gap: pd.DataFrame, words: Words) -> Prose:
    """Return what the figure leaves out, and why."""
    rows = drawable(gap)
    if rows["series_id"].nunique() < 2:
        return Prose(())
    left_out = gap[~gap["series_id"].isin(rows["series_id"])]
    notes = []
    if len(left_out):
        names = ranges(series_names(left_out, gap, words))
        notes.append(words("note.not_drawn", list=words.listing(names)))
    bound = rows[["low", "high"]].astype(float)
    if ((bound == 0).any(axis=1) & ~rows["met"].astype(bool)).any():
        notes.append(words("note.zero_target"))
    return Prose((" ".join(notes),) if notes else ())
