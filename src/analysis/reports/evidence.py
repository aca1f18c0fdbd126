"""Where the numbers come from, and what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.api import PROVINCE
from analysis.charts.labels import given, recorded
from analysis.charts.rows import Row, first, records
from analysis.reports.notes import languages_said, note_cell, verbatim
from analysis.reports.prose import Prose
from analysis.reports.responsibility import lead_names
from analysis.reports.table import Cell, Table, cells
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.group import GroupReport

WRAP = "number wrap"  # a number whose unit may go to a second line
UNASSESSED = ("NO_DATA", "NOT_ASSESSABLE")
FROM_ADDRESS = "[theo URL] "
"""How the data mark a title that was rebuilt from the address of the page."""


def standing(row: Row, words: Words) -> tuple[str, str]:
    """Return what kind of figure a value is, and how well it fits the definition."""
    return words(f"status.{row['status']}"), words(f"comparability.{row['comparability']}")


def value_lines(row: Row, words: Words) -> tuple[str, ...]:
    """Return the second lines of a value: period if it is no year, standing, and its source."""
    period = () if len(row["period"]) == len("2025") else (words.period(row["period"]),)
    return (*period, " · ".join(standing(row, words)), *source_lines(row, words))


def source_lines(row: Row, words: Words) -> tuple[str, ...]:
    """Return publisher and date of a source; before them its title where no link leads to it."""
    title = "" if given(row["url"]) else given(row["title"]).removeprefix(FROM_ADDRESS)
    return (*((title,) if title else ()), source_line(row, words))


def source_line(row: Row, words: Words) -> str:
    """Return publisher and date of a source."""
    published = given(row["published"])
    when = words("cell.undated")
    if published:
        day = len(published) == len("2025-01-01")
        when = words.date(published) if day else words.period(published)
    return f"{recorded(row['publisher'], words)} · {when}"


def source_cell(row: Row, words: Words) -> Cell:
    """Return a source as a link with publisher, date and kind."""
    title = given(row["title"])
    rebuilt = (words("cell.title_from_address"),) if title.startswith(FROM_ADDRESS) else ()
    details = (*rebuilt, source_line(row, words), words(f"tier.{row['tier']}"))
    cell = verbatim(title.removeprefix(FROM_ADDRESS) or recorded(row["publisher"], words), words)
    return replace(cell, detail=details, href=given(row["url"]))


def used_table(report: GroupReport) -> Table | Prose:
    """Return the observations that verdicts of the group rest on."""
    words = report.words
    rows = _used(report)
    if rows.empty:
        return Prose((words("note.sources_none"),))
    body = [_used_row(report, row) for row in records(rows)]
    names = ("series", "period", "value", "source", "note")
    return report.table("where", names, body)


def used_notes(report: GroupReport) -> tuple[str, ...]:
    """Return in which languages the notes of these observations are written."""
    return languages_said(_used(report)["note"], report.words)


def _used(report: GroupReport) -> pd.DataFrame:
    pairs = set()
    for column in ("judged_year", "base_year"):
        known = report.gap[report.gap[column].notna()]
        pairs |= set(zip(known["series_id"], known[column].astype(int), strict=True))
    view = report.view
    mine = pd.MultiIndex.from_frame(view[["series_id", "year"]]).isin(pairs)
    rows = view[mine].merge(report.plan["sources"], on="source_id", how="left")
    notes = report.plan["observations"][["observation_id", "note"]]
    rows = rows.merge(notes, on="observation_id", how="left")
    order = {name: place for place, name in enumerate(dict.fromkeys(report.gap["series_id"]))}
    rows["place"] = rows["series_id"].map(order)
    return rows.sort_values(["place", "year"], kind="stable")


def _used_row(report: GroupReport, row: Row) -> tuple[Cell, ...]:
    words = report.words
    named = report.facts[row["series_id"]]
    aside = len(given(row["set_aside"]).split())
    kept = (words("note.set_aside", n=aside),) if aside else ()
    return cells(
        [
            report.label(named),
            words.period(row["period"]),
            Cell(
                report.printed(named, row["value"], row["text"]),
                (*standing(row, words), *kept),
                kind=WRAP,
            ),
            source_cell(row, words),
            note_cell(row["note"], words),
        ]
    )


def missing_table(report: GroupReport) -> Table | Prose:
    """Return the stated targets without a verdict, why, and who owes the numbers."""
    words = report.words
    rows = report.gap[report.gap["target_status"].eq("stated")]
    rows = rows[rows["verdict"].isin(UNASSESSED)]
    if rows.empty:
        return Prose((words("note.missing_none"),))
    body = []
    for name, part in rows.groupby("series_id", sort=False):
        for why, same in part.groupby(_why(part, words), sort=False):
            years = words.listing(str(year) for year in same["target_year"])
            row = first(same)
            owed = words.listing(lead_names(report.plan, str(name), report.language))
            line = Cell(str(row["source_line"]), kind="number")
            reason = Cell(str(why), _context(report, str(name)))
            body.append(cells([report.label(row), years, reason, owed, line]))
    return report.table("missing", ("series", "target", "reason", "owed_by", "line"), body)


def _context(report: GroupReport, series_id: str) -> tuple[str, ...]:
    """Return how many values are known that measure something near it, if any."""
    rows = report.plan["observations"]
    mine = rows["series_id"].eq(series_id) & rows["area_id"].eq(PROVINCE)
    n = int((mine & rows["comparability"].eq("proxy")).sum())
    key = "context_below" if report.kind == "trend" else "context_known"
    return (report.words(f"note.{key}", n=n),) if n else ()


def _why(rows: pd.DataFrame, words: Words) -> pd.Series:
    return pd.Series([reason_text(row, words) for row in records(rows)], index=rows.index)


def reason_text(row: Row, words: Words) -> str:
    """Return why a target has no verdict."""
    if row["verdict"] == "NO_DATA":
        return words("cell.no_data")
    return words(f"reason.{row['reason']}")
