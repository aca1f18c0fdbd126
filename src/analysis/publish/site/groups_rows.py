"""The rows of a group's table: what is known of every series, its targets and verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.charts.labels import part_name
from analysis.charts.rows import Row, absent, first, records
from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.reports.evidence import source_line
from analysis.reports.notes import note_language
from analysis.reports.table import Cell

if TYPE_CHECKING:
    import pandas as pd

    from analysis.reports import GapReport


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
    source_lang
        The language of the source's title where it is another one than the page's.
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
    shown = zip(report.glance().rows, report.gap.groupby("series_id", sort=False), strict=True)
    return [
        _row(cells, records(part), _source(report, first(part)), writer)
        for cells, (_, part) in shown
    ]


def _row(
    cells: tuple[Cell, ...], targets: list[Row], source: Cell | None, writer: Writer
) -> SeriesRow:
    label, latest, *judged = cells
    facts = targets[0]
    pairs = zip(targets, judged[::2], judged[1::2], strict=True)
    return SeriesRow(
        series_id=facts["series_id"],
        link=Link(f"indicators/{facts['indicator_id']}.html", label.text),
        name=whole_name(facts, writer),
        latest=latest,
        source=source,
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


def _source(report: GapReport, facts: Row) -> Cell | None:
    """Return the source of the latest value: publisher and date, with a link."""
    if absent(facts["latest_year"]):
        return None
    rows: pd.DataFrame = report.view[report.view["series_id"].eq(facts["series_id"])]
    source_id = first(rows[rows["year"].eq(facts["latest_year"])])["source_id"]
    sources = report.plan["sources"]
    row = first(sources[sources["source_id"].eq(source_id)])
    title = source_line(row, report.words)
    kind = report.words(f"tier.{row['tier']}")
    lang = note_language(title)
    return Cell(title, (kind,), href=str(row["url"]), lang="" if lang == report.language else lang)
