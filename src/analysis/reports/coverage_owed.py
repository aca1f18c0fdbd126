"""What is still owed: series and target years without an assessable value, agency by agency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.charts.labels import symbol
from analysis.charts.rows import Row, absent, first, records
from analysis.measures.constants import BASE_TOLERANCE, SHORTEST_SPAN, TOO_OLD_AFTER
from analysis.reports.coverage_sources import number
from analysis.reports.evidence import UNASSESSED, reason_text
from analysis.reports.prose import Prose
from analysis.reports.responsibility import successors
from analysis.reports.table import Cell, Table, cells
from analysis.results.grouping import grouping

if TYPE_CHECKING:
    from analysis.reports.coverage import CoverageReport

ROLES = ("lead", "statistics")
"""The roles that answer for a value: leading a series, or collecting its statistics."""

_MORE_THAN_ONE = ("ONE_POINT", "NO_BASELINE", "SPAN_TOO_SHORT")


@dataclass(frozen=True)
class Share:
    """The part of one agency in one role.

    Attributes
    ----------
    agency_id, role, name
        The agency as the plan names it.
    stated
        Gap rows of its stated targets.
    """

    agency_id: str
    role: str
    name: str
    stated: pd.DataFrame

    @property
    def open(self) -> pd.DataFrame:
        """The gap rows of the targets that cannot be assessed."""
        return self.stated[self.stated["verdict"].isin(UNASSESSED)]


def shares(report: CoverageReport) -> list[Share]:
    """Return the part of every agency that leads series or collects their statistics."""
    parts = grouping(report.plan.tables, "agency", ROLES)
    gap = report.whole_gap[report.whole_gap["target_status"].eq("stated")]
    found = []
    for head in records(parts.heads.reset_index()):
        members = parts.members[parts.members["place"].eq(head["place"])]
        rows = gap[gap["series_id"].isin(members["series_id"])]
        name = head[f"name_{report.language}"]
        found.append(Share(head["agency_id"], head["role"], name, rows))
    return found


def owed_table(report: CoverageReport) -> Table:
    """Return one row for each agency and role: how much it answers for, and what lacks."""
    words = report.words
    body = [
        cells(
            [
                share.name,
                words(f"role.{share.role}"),
                number(share.stated["series_id"].nunique()),
                number(len(share.stated)),
                number(len(share.open)),
                successors(report.plan, share.agency_id, words),
            ]
        )
        for share in shares(report)
    ]
    names = ("coverage_series", "coverage_stated", "coverage_open")
    return report.table("coverage_owed", ("agency", "role", *names, "now"), body)


def owed_parts(report: CoverageReport) -> list[Prose | Table]:
    """Return for every agency that owes something a heading, who answers now, and what it owes."""
    parts: list[Prose | Table] = []
    for share in shares(report):
        if len(share.open):
            parts += [_head(report, share), _table(report, share)]
    return parts


def _head(report: CoverageReport, share: Share) -> Prose:
    words = report.words
    sentence = words(
        "note.coverage_owed_head",
        role=words(f"role.{share.role}"),
        series=share.stated["series_id"].nunique(),
        stated=len(share.stated),
        open=len(share.open),
        open_series=share.open["series_id"].nunique(),
    )
    now = successors(report.plan, share.agency_id, words)
    taken = words("note.succession", list="; ".join([now.text, *now.detail]))
    return Prose((sentence, taken), share.name, level=3)


def _table(report: CoverageReport, share: Share) -> Table:
    body = [_owed(report, part) for _, part in share.open.groupby("series_id", sort=False)]
    caption = f"{report.words('caption.coverage_owed_by')}{report.words('colon')}{share.name}"
    names = ("series", "target", "reason", "coverage_there", "coverage_needed")
    columns = tuple(report.words(f"column.{name}") for name in names)
    return Table(caption, columns, tuple(body), language=report.language)


def _owed(report: CoverageReport, part: pd.DataFrame) -> tuple[Cell, ...]:
    words, facts = report.words, first(part)
    years = words.listing(str(year) for year in part["target_year"])
    head, *more = _needs(report, part)
    line = f"{words('column.line')} {facts['source_line']}"
    return cells(
        [
            Cell(report.label(facts), (line,)),
            years,
            _why(report, part),
            there_is(report, facts),
            Cell(head, tuple(more), kind="note"),
        ]
    )


def _why(report: CoverageReport, part: pd.DataFrame) -> Cell:
    """Give the reason once where it is the same for all years, else year by year."""
    words = report.words
    reasons = [reason_text(row, words) for row in records(part)]
    if len(set(reasons)) == 1:
        return Cell(reasons[0])
    pairs = zip(part["target_year"], reasons, strict=True)
    head, *more = [f"{year}{words('colon')}{reason}" for year, reason in pairs]
    return Cell(head, tuple(more))


def there_is(report: CoverageReport, row: Row) -> Cell:
    """Return what has been recorded of a series that is not enough for a verdict."""
    words = report.words
    known = first(report.coverage[report.coverage["series_id"].eq(row["series_id"])])
    parts = []
    if not absent(row["latest_value"]):
        value = report.printed(row, row["latest_value"])
        parts.append(words("cell.coverage_latest", value=value, year=row["latest_year"]))
    if known["n_years_before_break"]:
        parts.append(words("cell.coverage_earlier", n=known["n_years_before_break"]))
    parts += _proxies(report, row["series_id"])
    head, *more = parts or [words("dash")]
    return Cell(head, tuple(more), kind="" if parts else "quiet")


def _proxies(report: CoverageReport, series_id: str) -> list[str]:
    """Count the proxies of a series by why they are no more than that."""
    words, rows = report.words, report.recorded
    rows = rows[rows["series_id"].eq(series_id) & rows["comparability"].eq("proxy")]
    counts = rows["comparability_rule"].value_counts().sort_index()
    return [
        words("cell.coverage_proxies", why=words(f"cell.coverage_rule.{rule}"), n=n)
        for rule, n in counts.items()
    ]


def need(row: Row) -> str:
    """Return what would make a target assessable, by the steps of the verdict (methods 2.5).

    Parameters
    ----------
    row
        A gap row without a verdict (``verdict, reason, due, base_year``).

    Returns
    -------
    str
        ``target`` (the target itself has to be made clear); ``year`` (a value of the target year,
        which is over); ``second`` (a value beside the one there is); ``recent`` (a newer one);
        ``two`` (a recent one and one to compare it with).
    """
    if row["reason"] == "TARGET_UNCLEAR":
        return "target"
    if row["due"]:
        return "year"
    if row["reason"] in _MORE_THAN_ONE:
        return "second"
    return "recent" if row["reason"] == "STALE" and not absent(row["base_year"]) else "two"


def needs(rows: list[Row], recent: int) -> list[str]:
    """Return what each target of one series needs, knowing what the others need.

    Parameters
    ----------
    rows
        Gap rows of one series without a verdict, by target year.
    recent
        The first year whose value is not too old.

    Returns
    -------
    list of str
        As from :func:`need`; ``other`` in place of ``two`` where the value that an earlier target
        needs is the recent one of the two.
    """
    kinds = [need(row) for row in rows]
    pairs = zip(kinds, rows, strict=True)
    due = any(kind == "year" and row["target_year"] >= recent for kind, row in pairs)
    return ["other" if due and kind == "two" else kind for kind in kinds]


def _needs(report: CoverageReport, part: pd.DataFrame) -> list[str]:
    """Return what is needed, then in what unit and since when by which measure."""
    words, facts = report.words, first(part)
    rows = records(part)
    kinds = needs(rows, report.as_of.year - TOO_OLD_AFTER)
    texts = [_need_text(report, row, kind) for row, kind in zip(rows, kinds, strict=True)]
    if unit := symbol(facts, words):
        texts.append(words("cell.coverage_unit", unit=unit))
    return list(dict.fromkeys([*texts, *_broken(report, facts)]))


def _broken(report: CoverageReport, row: Row) -> list[str]:
    """Say since when another measure holds; with the reason where it has no value yet."""
    period = report.last_breaks.get(row["series_id"])
    if not period:
        return []
    text = report.words("note.broken", period=report.words.period(period))
    if not absent(row["latest_year"]):
        return [text]
    breaks = report.breaks
    mine = breaks[breaks["series_id"].eq(row["series_id"]) & breaks["from_period"].eq(period)]
    return [text, str(first(mine)[f"reason_{report.language}"])]


def _need_text(report: CoverageReport, row: Row, kind: str) -> str:
    return report.words(
        f"cell.coverage_need.{kind}",
        year=row["target_year"],
        latest=row["latest_year"],
        target=row["target_shown"],
        **limits(report),
    )


def limits(report: CoverageReport) -> dict[str, int]:
    """Return the years that the method asks for on the day of the report.

    Returns
    -------
    dict of str to int
        ``recent``: the first year whose value is not too old; ``base``: the first year that can
        be the base; ``span``: the fewest years between two values.
    """
    return {
        "recent": report.as_of.year - TOO_OLD_AFTER,
        "base": report.base_year - BASE_TOLERANCE,
        "span": SHORTEST_SPAN,
    }


def owed_notes(report: CoverageReport) -> tuple[str, ...]:
    """Return how to read what is owed: what silence means, and what a verdict needs."""
    words = report.words
    return (words("note.coverage_silence"), words("note.coverage_needs", **limits(report)))
