"""Sources of the coverage report: who measures what, how comparable, and where they disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.labels import given
from analysis.charts.rows import Row, first, records
from analysis.observe.terms import COMPARABILITIES, TIERS
from analysis.reports.evidence import WRAP, source_cell, standing
from analysis.reports.notes import languages_said, note_cell
from analysis.reports.opening import series_names
from analysis.reports.prose import Prose, sentence_case
from analysis.reports.table import Cell, Table, cells

if TYPE_CHECKING:
    from analysis.reports.coverage import CoverageReport


def tier_table(report: CoverageReport) -> Table:
    """Return how many values come from each kind of source, used or for context."""
    body = [_tier_row(report, tier) for tier in TIERS]
    names = ("tier", "values", "used", "context", "pages", "publishers")
    return report.table(
        "coverage_tiers", tuple(f"coverage_{name}" for name in names), [cells(r) for r in body]
    )


def _tier_row(report: CoverageReport, tier: str) -> list[str | Cell]:
    rows = report.recorded[report.recorded["tier"].eq(tier)]
    counts = [
        int(rows["own"].sum()),
        int(rows["used"].sum()),
        int((~rows["own"]).sum()),
        rows["source_id"].nunique(),
        rows["publisher"].nunique(),
    ]
    return [sentence_case(report.words(f"tier.{tier}")), *map(number, counts)]


def number(n: int) -> Cell:
    """Return a count as a cell."""
    return Cell(str(n), kind="number")


def publisher_table(report: CoverageReport) -> Table:
    """Return who measures what: a row for each publisher, those with most values first."""
    parts = [part for _, part in report.recorded.groupby(["publisher", "tier"], sort=True)]
    parts.sort(key=lambda part: (-int(part["own"].sum()), -len(part)))  # stable: then by name
    names = ("publisher", "values", "measured", "context", "context_measured", "periods")
    columns = tuple(f"coverage_{name}" for name in names)
    return report.table("coverage_publishers", columns, [_publisher(report, p) for p in parts])


def _publisher(report: CoverageReport, part: pd.DataFrame) -> tuple[Cell, ...]:
    words = report.words
    latest = first(part.sort_values("published", kind="stable", na_position="first").tail(1))
    tier = words(f"tier.{latest['tier']}")
    pages = words("cell.coverage_pages", n=part["source_id"].nunique())
    own, context = part[part["own"]], part[~part["own"]]
    return cells(
        [
            Cell(latest["publisher"], (f"{tier} · {pages}",), given(latest["url"])),
            number(len(own)),
            _measured(report, own),
            number(len(context)),
            _measured(report, context),
            _periods(report, part),
        ]
    )


def _measured(report: CoverageReport, rows: pd.DataFrame) -> Cell:
    """Name the series of some records by their numbers."""
    names = named(report, rows["series_id"])
    return Cell(names or report.words("dash"), kind="" if names else "quiet")


def named(report: CoverageReport, series_ids: pd.Series[str]) -> str:
    """Name series by their numbers, group by group: no range runs from one into the next."""
    some = report.coverage[report.coverage["series_id"].isin(series_ids)]
    parts = [part for _, part in some.groupby("group_id", sort=True)]
    lists = [series_names(part, report.coverage, report.words) for part in parts]
    return ", ".join(name for names in lists for name in names)


def _periods(report: CoverageReport, rows: pd.DataFrame) -> str:
    years = rows["period"].astype("str").str[:4]
    low, high = years.min(), years.max()
    return low if low == high else report.words.period(f"{low}-{high}")


def comparability_table(report: CoverageReport) -> Table:
    """Return how the records fit the definitions, and why some are for context only."""
    rows = report.recorded.copy()
    rows["comparability"] = pd.Categorical(rows["comparability"], COMPARABILITIES, ordered=True)
    keys = ["comparability", "comparability_rule"]
    parts = rows.groupby(keys, observed=True, sort=True)
    body = [_comparable(report, str(fit), str(rule), part) for (fit, rule), part in parts]
    names = ("fit", "records", "series", "measured")
    return report.table("coverage_fit", tuple(f"coverage_{name}" for name in names), body)


def _comparable(
    report: CoverageReport, fit: str, rule: str, part: pd.DataFrame
) -> tuple[Cell, ...]:
    words = report.words
    why = (words(f"cell.coverage_rule.{rule}"),) if fit == "proxy" else ()
    return cells(
        [
            Cell(sentence_case(words(f"comparability.{fit}")), why),
            number(len(part)),
            number(part["series_id"].nunique()),
            _measured(report, part),
        ]
    )


def disagreement_table(report: CoverageReport) -> Table | Prose:
    """Return every comparable value of a series and period that sources give differently."""
    rows = disagreements(report.recorded)
    if rows.empty:
        return Prose((report.words("note.coverage_agree"),))
    names = ("series", "period", "value", "chosen", "source", "note")
    return report.table("coverage_disagree", names, [_said(report, row) for row in records(rows)])


def disagreement_notes(report: CoverageReport) -> tuple[str, ...]:
    """Return how to read these values, and in which languages their notes are written."""
    rows = disagreements(report.recorded)
    if rows.empty:
        return ()
    said = languages_said(rows["note"], report.words)
    return (report.words("note.coverage_disagree"), *said)


def disagreements(recorded: pd.DataFrame) -> pd.DataFrame:
    """Return the comparable records whose series and period have more than one value.

    Parameters
    ----------
    recorded
        Records in plan order (``series_id, period, value, level_id, own``).

    Returns
    -------
    pandas.DataFrame
        All records of such series and periods, those that agree with each other included.
    """
    rows = recorded[recorded["own"]]
    number = rows["value"].astype("str").where(rows["value"].notna(), "")
    said = number + " " + rows["level_id"].astype("str")
    several = said.groupby([rows["series_id"], rows["period"]]).transform("nunique").gt(1)
    return rows[several]


def _said(report: CoverageReport, row: Row) -> tuple[Cell, ...]:
    words, facts = report.words, report.facts[row["series_id"]]
    text = report.level_names.get(row["level_id"], "") if row["level_id"] != "none" else ""
    return cells(
        [
            report.label(facts),
            words.period(row["period"]),
            Cell(report.printed(facts, row["value"], text), standing(row, words), kind=WRAP),
            _choice(report, row),
            source_cell(row, words),
            note_cell(row["note"], words),
        ]
    )


def _choice(report: CoverageReport, row: Row) -> Cell:
    words = report.words
    if not isinstance(row["decided_by"], str):
        return Cell(words("cell.aside"), kind="quiet")
    reasons = [words(f"decided_by.{row['decided_by']}")]
    if not row["used"]:
        reasons.append(words("cell.before_break"))
    return Cell(words("cell.used"), tuple(reasons))
