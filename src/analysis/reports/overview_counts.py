"""Tables that count the targets of the whole plan: by verdict, group, agency and reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.labels import given
from analysis.charts.rows import Row, records
from analysis.reports.evidence import UNASSESSED, reason_text
from analysis.reports.opening import series_names
from analysis.reports.prose import Prose, sentence_case
from analysis.reports.ranges import ranges
from analysis.reports.table import Cell, Table, cells
from analysis.results import CLASSES, rollup_frame
from analysis.words import Words

if TYPE_CHECKING:
    from analysis.reports.report import Report

NUMBER = "number"
MET = ("met", "maintained")
BEHIND = ("needs_acceleration", "off_track", "worsening", "lost")
_OPEN_ONLY = ("MAINTAINED", *(name.upper() for name in ("on_track", *BEHIND)))
_DUE_ONLY = ("NOT_MET",)
_UNMARKED = ("MIXED", "PARTLY_ASSESSABLE")  # of indicators, without a mark of their own


@dataclass(frozen=True)
class Column:
    """A column of counts.

    Attributes
    ----------
    name
        The key of its heading, ``column.<name>``.
    year
        The target year that it is of.
    counted
        The classes added up; none: what can be assessed, of what is stated.
    """

    name: str
    year: int
    counted: tuple[str, ...] = ()

    def cell(self, row: Row, words: Words) -> Cell:
        """Return the count of one row of the roll-up frame."""
        if not row["n_stated"]:
            return Cell(words("dash"), kind=NUMBER)
        if not self.counted:
            return share(row["n_assessable"], row["n_stated"], words)
        if not row["n_assessable"]:
            return Cell(words("dash"), kind=NUMBER)
        n = sum(int(row[f"n_{name}"]) for name in self.counted)
        return Cell(words.number(n), kind=NUMBER, value=n)


def share(n: int, of: int, words: Words) -> Cell:
    """Return a count with its denominator; it is sorted by the count."""
    text = words("cell.overview_of", n=words.number(n), all=words.number(of))
    return Cell(text, kind=NUMBER, value=n)


def target_years(gap: pd.DataFrame) -> list[int]:
    """Return the target years of gap rows, the earliest first."""
    return sorted(int(year) for year in gap["target_year"].unique())


def columns_of(gap: pd.DataFrame) -> tuple[Column, ...]:
    """Return the columns of every year: met or not when it is due, else also on track or behind."""
    columns: list[Column] = []
    for year in target_years(gap):
        due = gap.loc[gap["target_year"].eq(year), "due"].any()
        columns += [
            Column("overview_assessable", year),
            Column("overview_met", year, MET),
        ]
        if due:
            columns.append(Column("overview_not_met", year, ("not_met",)))
        else:
            columns.append(Column("overview_on_track", year, ("on_track",)))
            columns.append(Column("overview_behind", year, BEHIND))
    return tuple(columns)


def glance_table(report: Report) -> Table:
    """Return how many targets and indicators are in each class, with their denominators."""
    words, tables, gap = report.words, report.plan.tables, report.whole_gap
    counts = [
        row
        for unit in ("series", "indicator")
        for row in records(rollup_frame(tables, gap, by="plan", unit=unit))
    ]
    headings = {"series": "overview_targets", "indicator": "overview_indicators"}
    names = [words(f"column.{headings[row['unit']]}", year=row["target_year"]) for row in counts]
    body = [
        _glance_row("overview_all", counts, "n", "n", words),
        _glance_row("overview_stated", counts, "n_stated", "n", words),
        _glance_row("overview_assessable", counts, "n_assessable", "n_stated", words),
        *(_class_row(code, counts, words) for code in CLASSES if _any(code, counts)),
    ]
    return _table(report, "overview_glance", [words("column.overview_verdict"), *names], body)


def _any(code: str, counts: list[Row]) -> bool:
    return any(row[f"n_{code.lower()}"] for row in counts)


def _glance_row(key: str, counts: list[Row], n: str, of: str, words: Words) -> tuple[Cell, ...]:
    numbers = [
        Cell(words.number(row[n]), kind=NUMBER, value=row[n])
        if n == of
        else share(row[n], row[of], words)
        for row in counts
    ]
    return (Cell(words(f"cell.{key}")), *numbers)


def _class_row(code: str, counts: list[Row], words: Words) -> tuple[Cell, ...]:
    """Return a class; judgements are counted of what is assessable, the rest of what is stated."""
    kind = "" if code in _UNMARKED else f"verdict verdict-{code}"
    name = Cell(words(f"verdict.{code}"), kind=kind)
    return (name, *(_class_cell(code, row, words) for row in counts))


def _class_cell(code: str, row: Row, words: Words) -> Cell:
    impossible = (*(_OPEN_ONLY if row["due"] else _DUE_ONLY), *_of_parts(row))
    if code in impossible:
        return Cell(words("dash"), kind=NUMBER)  # not none: there can be none
    unassessed = code in (*UNASSESSED, "PARTLY_ASSESSABLE")
    of = "n" if code == "NO_TARGET" else "n_stated" if unassessed else "n_assessable"
    return share(row[f"n_{code.lower()}"], row[of], words)


def _of_parts(row: Row) -> tuple[str, ...]:
    """Return the classes that only an indicator can have, if these are counts of targets."""
    return _UNMARKED if row["unit"] == "series" else ()


def group_table(report: Report) -> Table:
    """Return a row a group, and the whole plan below: groups share no series, so they add up."""
    words, gap = report.words, report.whole_gap
    columns = columns_of(gap)
    counts = rollup_frame(report.plan.tables, gap, by="group")
    body = [
        (_group_cell(part.iloc[0], words), *_counted(part, columns, words))
        for _, part in counts.groupby("group_id")
    ]
    whole = rollup_frame(report.plan.tables, gap, by="plan")
    body.append((Cell(words("cell.overview_plan")), *_counted(whole, columns, words)))
    headings = [words("column.overview_group"), *_headings(columns, words)]
    return _table(report, "overview_groups", headings, body)


def _group_cell(row: pd.Series, words: Words) -> Cell:
    name = row[f"name_{words.language}"]
    return Cell(words("cell.overview_group", group=row["group_id"], name=name))


def agency_table(report: Report) -> Table:
    """Return a row for each lead agency of the plan, with who answers today."""
    words, gap = report.words, report.whole_gap
    columns = columns_of(gap)
    counts = rollup_frame(report.plan.tables, gap, by="agency", roles=("lead",))
    body = [
        (_agency_cell(report, str(agency)), *_counted(part, columns, words))
        for agency, part in counts.groupby("agency_id", sort=False)
    ]
    headings = [words("column.overview_agency"), *_headings(columns, words)]
    return _table(report, "overview_agencies", headings, body)


def _agency_cell(report: Report, agency_id: str) -> Cell:
    """Return the agency of the plan, and below it those that answer today, as far as is known."""
    words = report.words
    names = report.plan["agencies"].set_index("agency_id")[f"name_{report.language}"]
    rows = report.plan["agency_successions"]
    rows = rows[rows["predecessor_id"].eq(agency_id)]
    lines = []
    for row in records(rows):
        how = [words(f"confidence.{row['confidence']}")]
        how += [words("cell.overview_in_part")] if given(row["scope_vi"]) else []
        name = str(names[row["successor_id"]])
        lines.append(words("cell.overview_now", name=name, how=", ".join(how)))
    return Cell(str(names[agency_id]), tuple(lines) or (words("note.succession_none"),))


def _counted(rows: pd.DataFrame, columns: Iterable[Column], words: Words) -> list[Cell]:
    by_year = {int(row["target_year"]): row for row in records(rows)}
    return [column.cell(by_year[column.year], words) for column in columns]


def _headings(columns: Iterable[Column], words: Words) -> list[str]:
    return [words(f"column.{column.name}", year=column.year) for column in columns]


def _table(report: Report, key: str, headings: list[str], body: list[tuple[Cell, ...]]) -> Table:
    caption = report.words(f"caption.{key}")
    return Table(caption, tuple(headings), tuple(body), language=report.language)


def unjudged(gap: pd.DataFrame) -> pd.DataFrame:
    """Return the stated targets that have no verdict."""
    return gap[gap["target_status"].eq("stated") & gap["verdict"].isin(UNASSESSED)]


def reason_table(report: Report) -> Table | Prose:
    """Return why targets have no verdict: a row a reason, the most frequent first."""
    words, gap = report.words, report.whole_gap
    rows = unjudged(gap)
    if rows.empty:
        return Prose((words("note.overview_missing_none"),))
    rows = rows.assign(why=[reason_text(row, words) for row in records(rows)])
    years = target_years(gap)
    order = rows["why"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    body = []
    for why in order.index:
        same = rows[rows["why"].eq(str(why))]
        name = Cell(sentence_case(str(why)))
        body.append((name, *_by_year(same, years, words), _which(same, report)))
    stated = gap[gap["target_status"].eq("stated")]
    whole = [_missing_of(rows, stated, year, words) for year in years]
    body.append((Cell(words("cell.overview_sum")), *whole, Cell("")))
    headings = [words("column.reason"), *_missing_headings(years, words)]
    return _table(report, "overview_reasons", [*headings, words("column.overview_list")], body)


def _by_year(rows: pd.DataFrame, years: Iterable[int], words: Words) -> list[Cell]:
    counts = [int(rows["target_year"].eq(year).sum()) for year in years]
    return [Cell(words.number(n), kind=NUMBER, value=n) for n in counts]


def _which(rows: pd.DataFrame, report: Report) -> Cell:
    """Name the series of a reason; those without any data are many, and named by agency."""
    if rows["verdict"].eq("NO_DATA").all():
        return Cell(report.words("cell.overview_below"), kind="quiet")
    return Cell(_named(rows, report))


def _named(rows: pd.DataFrame, report: Report) -> str:
    return ", ".join(ranges(series_names(rows, report.whole_gap, report.words)))


def _missing_of(rows: pd.DataFrame, stated: pd.DataFrame, year: int, words: Words) -> Cell:
    n = int(rows["target_year"].eq(year).sum())
    of = int(stated["target_year"].eq(year).sum())
    return share(n, of, words) if of else Cell(words("dash"), kind=NUMBER)


def _missing_headings(years: Iterable[int], words: Words) -> list[str]:
    return [words("column.overview_missing", year=year) for year in years]


def owed_table(report: Report) -> Table | Prose:
    """Return which lead agencies owe the numbers, the most first."""
    words, gap = report.words, report.whole_gap
    rows = unjudged(gap)
    if rows.empty:
        return Prose(())
    roles = report.plan["indicator_agencies"]
    lead = roles.loc[roles["role"].eq("lead"), ["series_id", "agency_id"]]
    owed = rows.merge(lead, on="series_id")
    stated = gap[gap["target_status"].eq("stated")].merge(lead, on="series_id")
    years = target_years(gap)
    names = report.plan["agencies"].set_index("agency_id")[f"name_{report.language}"]
    order = owed["agency_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    body = []
    for agency in order.index:
        mine, all_mine = (part[part["agency_id"].eq(agency)] for part in (owed, stated))
        counts = [_missing_of(mine, all_mine, year, words) for year in years]
        body.append(cells([str(names[agency]), *counts, _named(mine, report)]))
    headings = [words("column.owed_by"), *_missing_headings(years, words)]
    return _table(report, "overview_owed", [*headings, words("column.overview_list")], body)
