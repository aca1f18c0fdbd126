"""Who answers: the agencies of the plan, their parts, and their successors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.labels import given
from analysis.charts.rows import Row, first, records
from analysis.reports.opening import series_names
from analysis.reports.ranges import ranges
from analysis.reports.table import Cell, Table, cells
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.api import Plan
    from analysis.reports.group import GroupReport

_ROLES = ["lead", "statistics", "coordinating"]


def who_table(report: GroupReport) -> Table:
    """Return one row for each agency and role: what it answers for, and who does today."""
    words = report.words
    rows = _assignments(report)
    body = []
    for (agency, role), part in rows.groupby(["agency_id", "role"], sort=False):
        covers = _covers(report, part)
        name = first(part)[f"name_{report.language}"]
        now = successors(report.plan, str(agency), words)
        lines = words.listing(sorted({str(line) for line in part["text_line"]}, key=int), most=4)
        body.append(cells([name, words(f"role.{role}"), covers, now, Cell(lines, kind="number")]))
    return report.table("who", ("agency", "role", "covers", "now", "line"), body)


def lead_names(plan: Plan, series_id: str, language: str) -> list[str]:
    """Return the names of the agencies that lead a series."""
    rows = plan["indicator_agencies"]
    lead = rows[(rows["series_id"] == series_id) & rows["role"].eq("lead")]
    names = plan["agencies"].set_index("agency_id")[f"name_{language}"]
    return [names[agency] for agency in lead["agency_id"]]


def successors(plan: Plan, agency_id: str, words: Words) -> Cell:
    """Return who has taken over from an agency, how surely, and for what."""
    rows = plan["agency_successions"]
    rows = rows[rows["predecessor_id"] == agency_id]
    if rows.empty:
        return Cell(words("note.succession_none"), kind="quiet")
    names = plan["agencies"].set_index("agency_id")[f"name_{words.language}"]
    texts = [succession_text(row, str(names[row["successor_id"]]), words) for row in records(rows)]
    return Cell(texts[0], tuple(texts[1:]))


def succession_text(row: Row, name: str, words: Words) -> str:
    """Return one succession in words: the other agency, from when, how surely, for what."""
    scope = given(row[f"scope_{words.language}"])
    limited = words("note.succession_scope", scope=scope) if scope else ""
    kept = row["predecessor_id"] == row["successor_id"]
    return words(
        "note.succession_kept" if kept else "note.succession_item",
        name=name,
        effective=since(row, words),
        confidence=words(f"confidence.{row['confidence']}"),
        scope=limited,
    )


def since(row: Row, words: Words) -> str:
    """Return from when a succession holds, as exactly as its source says."""
    effective = str(row["effective"])
    return words.date(effective) if len(effective) > len("2025-03") else words.period(effective)


def _assignments(report: GroupReport) -> pd.DataFrame:
    order = list(dict.fromkeys(report.gap["series_id"]))
    rows = report.plan["indicator_agencies"]
    rows = rows[rows["series_id"].isin(order)].copy()
    rows["role"] = pd.Categorical(rows["role"], _ROLES, ordered=True)
    rows["place"] = rows["series_id"].map(order.index)
    rows = rows.sort_values(["role", "place"], kind="stable").astype({"role": "str"})
    names = report.plan["agencies"][["agency_id", "name_vi", "name_en"]]
    return rows.merge(names, on="agency_id", how="left")


def _covers(report: GroupReport, part: pd.DataFrame) -> str:
    """Return the numbers of the indicators, with their parts where only some are meant."""
    every = report.gap.drop_duplicates("series_id")
    some = every[every["series_id"].isin(part["series_id"])]
    if len(some) == len(every) > 1:
        return report.words("cell.all_series")
    return ", ".join(ranges(series_names(some, every, report.words)))
