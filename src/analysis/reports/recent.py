"""The most recent change of every series, beside its whole period and its last five years."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.labels import difference_symbol
from analysis.charts.rows import Row, absent, records
from analysis.reports.evidence import WRAP
from analysis.reports.prose import Prose
from analysis.reports.table import Cell, Table, cells
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.trend import TrendReport

_FOR_PERIOD = 3  # with two values the last step is the whole period
_END = ["year", "value", "text", "status", "source_id"]


def last_steps(view: pd.DataFrame, trend: pd.DataFrame) -> pd.DataFrame:
    """Return the last two comparable values of every series that has two.

    Parameters
    ----------
    view
        The current view of the province for some series.
    trend
        Their trend rows.

    Returns
    -------
    pandas.DataFrame
        The trend rows of these series with ``from_`` and ``to_`` for each of ``year, value, text,
        status, source_id``; ``step`` (last value less the one before, unit of the series) and
        ``step_per_year``.
    """
    used = view[view["is_current_segment"].astype(bool) & view["value"].notna()]
    ordered = used.sort_values("year").groupby("series_id")
    ends = [
        ordered.nth(place)[["series_id", *_END]].set_index("series_id").add_prefix(name)
        for place, name in ((-2, "from_"), (-1, "to_"))
    ]
    rows = trend.join(ends[0], on="series_id", how="inner").join(ends[1], on="series_id")
    step = (rows["to_value"] - rows["from_value"]).round(6)
    return rows.assign(step=step, step_per_year=step / (rows["to_year"] - rows["from_year"]))


def pace(step: float, usual: float, step_size: float) -> str:
    """Say how a change a year stands beside another one.

    Parameters
    ----------
    step, usual
        Changes a year.
    step_size
        The displayed unit; half of it is no difference.

    Returns
    -------
    str
        ``alike``, ``faster``, ``slower``, ``still`` (no change beside one), ``against`` (the other
        way) or ``moved`` (a change beside none).
    """
    if math.isclose(step, usual, abs_tol=step_size / 2):
        return "alike"
    if step == 0:
        return "still"
    if usual == 0:
        return "moved"
    if step * usual < 0:
        return "against"
    return "faster" if abs(step) > abs(usual) else "slower"


def recent_table(report: TrendReport) -> Table | Prose:
    """Return the last change of every series with two comparable years."""
    rows = last_steps(report.view, report.trend)
    if rows.empty:
        return Prose((report.words("recent.none"),))
    body = [_row(report, row) for row in records(rows)]
    names = ("series", "before", "after", "step", "whole", "five", "reading")
    return report.table("recent", names, body)


def _row(report: TrendReport, row: Row) -> tuple[Cell, ...]:
    return cells(
        [
            report.label(row),
            _end(report, row, "from"),
            _end(report, row, "to"),
            _step(row, report.words),
            _speed(row, "slope", report.words),
            _speed(row, "recent_slope", report.words),
            _reading(row, report.words),
        ]
    )


def _end(report: TrendReport, row: Row, end: str) -> Cell:
    details = [str(row[f"{end}_year"])]
    if row[f"{end}_status"] != "actual":
        details.append(report.words(f"status.{row[f'{end}_status']}"))
    text = report.printed(row, row[f"{end}_value"], row[f"{end}_text"])
    return Cell(text, tuple(details), kind=WRAP)


def _step(row: Row, words: Words) -> Cell:
    unit = difference_symbol(row, words, abs(row["step"]))
    years = row["to_year"] - row["from_year"]
    details = [words("cell.over_years", n=years)] if years > 1 else []
    if row["from_source_id"] != row["to_source_id"]:
        details.append(words("cell.two_sources"))
    return Cell(words.quantity(row["step"], unit, signed=True), tuple(details), kind=WRAP)


def _speed(row: Row, column: str, words: Words) -> Cell:
    if absent(row[column]) or row["n"] < _FOR_PERIOD:
        return Cell(words("dash"), kind="number")
    unit = difference_symbol(row, words)
    return Cell(words.quantity(row[column], unit, _decimals(row), signed=True), kind=WRAP)


def _decimals(row: Row) -> int:
    """Return with how many decimals a change a year is written."""
    return min(int(row["decimals"]) + 1, 2)


def speed_step(row: Row) -> float:
    """Return the smallest difference between two changes a year that is shown."""
    return 10.0 ** -_decimals(row)


def _reading(row: Row, words: Words) -> Cell:
    """Say whether the last change, and the last five years, agree with the whole period."""
    if row["mode"] == "level":
        way = "still" if row["step"] == 0 else "level"
        return Cell(words(f"recent.{way}"))
    if row["n"] < _FOR_PERIOD:
        return Cell(words("recent.two"))
    size = speed_step(row)
    said = [words(f"recent.step_{pace(row['step_per_year'], row['slope'], size)}")]
    if not absent(row["recent_slope"]):
        said.append(words(f"recent.five_{pace(row['recent_slope'], row['slope'], size)}"))
    return Cell(said[0], tuple(said[1:]))
