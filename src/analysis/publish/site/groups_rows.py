"""The rows of a group's table: what is known of every series, its targets and verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.charts.labels import given, part_name
from analysis.charts.rows import Row, records
from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.reports.evidence import source_lines
from analysis.reports.notes import note_language
from analysis.reports.table import Cell

if TYPE_CHECKING:
    import pandas as pd

    from analysis.reports import GapReport
    from analysis.words import Words


@dataclass(frozen=True)
class TargetCells:
    """A target and the verdict on it.

    Attributes
    ----------
    year
        The target year.
    code
        The verdict.
    target, verdict
        What the cells say.
    """

    year: int
    code: str
    target: Cell
    verdict: Cell


@dataclass(frozen=True)
class SeriesRow:
    """A series of a group.

    Attributes
    ----------
    series_id
        The series.
    link
        The page of its indicator, with the label that figures use.
    name
        Its whole name.
    latest
        The latest value, with year and standing.
    source
        Where that value was read; none where there is no value.
    targets
        One a year.
    """

    series_id: str
    link: Link
    name: str
    latest: Cell
    source: Cell | None
    targets: tuple[TargetCells, ...]


def series_rows(report: GapReport, writer: Writer) -> list[SeriesRow]:
    """Return a row for every series of a group, in plan order."""
    sources = _sources(report)
    targets = by_series(report.gap)
    return [
        _row(cells, targets[name], sources.get(name), writer)
        for cells, name in zip(report.glance().rows, targets, strict=True)
    ]


def by_series(gap: pd.DataFrame) -> dict[str, list[Row]]:
    """Return gap rows by ``series_id``, in their order."""
    found: dict[str, list[Row]] = {}
    for row in records(gap):
        found.setdefault(row["series_id"], []).append(row)
    return found


def _row(
    cells: tuple[Cell, ...], targets: list[Row], read_in: Cell | None, writer: Writer
) -> SeriesRow:
    label, latest, *judged = cells
    facts = targets[0]
    pairs = zip(targets, judged[::2], judged[1::2], strict=True)
    return SeriesRow(
        series_id=facts["series_id"],
        link=Link(f"indicators/{facts['indicator_id']}.html", label.text),
        name=whole_name(facts, writer),
        latest=latest,
        source=read_in,
        targets=tuple(
            TargetCells(int(row["target_year"]), row["verdict"], target, verdict)
            for row, target, verdict in pairs
        ),
    )


def whole_name(facts: Row, writer: Writer) -> str:
    """Return the name of a series: that of its indicator, and its part."""
    name = writer.name(facts)
    part = facts[f"part_{writer.language}"]
    return f"{name}{writer.words('colon')}{part}" if part_name(part) else name


def _sources(report: GapReport) -> dict[str, Cell]:
    """Return the source of the latest value of every series that has one."""
    latest = report.gap.drop_duplicates("series_id").set_index("series_id")["latest_year"]
    view = report.view[["series_id", "year", "source_id"]]
    rows = view[view["year"].eq(view["series_id"].map(latest)).fillna(False).astype(bool)]
    rows = rows.merge(report.plan["sources"], on="source_id", how="left")
    return {row["series_id"]: source(row, report.words) for row in records(rows)}


def source(row: Row, words: Words) -> Cell:
    """Return a source in short: publisher and date as a link, and its kind.

    Of a source without an address, the title stands before the kind.

    Parameters
    ----------
    row
        A row of table ``sources``.
    words
        The wording.
    """
    *title, name = source_lines(row, words)
    lang, kind = note_language(name), words(f"tier.{row['tier']}")
    lang = "" if lang == words.language else lang
    return Cell(name, (*title, kind), href=given(row["url"]), lang=lang)
