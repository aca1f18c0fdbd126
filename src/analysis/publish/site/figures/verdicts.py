"""How the targets of a year stand: a row for each group or agency, a cell for each target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.publish.site.figures.cells import Line, cell_keys, cells_spec, ordered
from analysis.publish.site.figures.figure import Figure
from analysis.publish.site.figures.size import NARROW, WIDE
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    import pandas as pd


def verdict_bars(writer: Writer, by: str = "group", year: int = 2030) -> Figure | None:
    """Return the verdicts on the targets of a year, in rows of groups or of lead agencies.

    Targets that the plan does not state are left out. With several lead agencies a target stands
    in the row of each.

    Parameters
    ----------
    writer
        Who writes, and about which edition.
    by
        ``group`` or ``agency``.
    year
        The target year.

    Raises
    ------
    KeyError
        If ``by`` is neither.
    """
    rows = _stated(writer, year)
    lines = list({"group": _by_group, "agency": _by_agency}[by](writer, rows))
    alt = writer.say(
        f"figures.verdicts.alt_{by}", year=year, n=len(rows), rows=_said(writer, lines)
    )
    caption = writer.say("figures.verdicts.read", year=year, n=len(rows))
    return _figure(writer, f"verdicts-{by}-{year}", lines, alt, caption)


def agency_bars(writer: Writer, agency_id: str) -> Figure | None:
    """Return the verdicts on the targets that an agency leads, a row for each target year.

    It leads what the plan gives to it, and what it took over from an agency all of whose
    functions have passed to it. Nothing where it leads no indicator.

    Parameters
    ----------
    writer
        Who writes, and about which edition.
    agency_id
        The agency.
    """
    from analysis.charts.rows import records
    from analysis.results import agency_work

    work = agency_work(writer.edition.plan.tables, agency_id)
    led = work[work["item"].eq("indicator") & work["role"].eq("lead")]
    led = led[led["standing"].ne("uncertain")]
    gap = writer.edition.gap
    gap = gap[gap["series_id"].isin(led["item_id"]) & gap["target_status"].eq("stated")]
    lines = [
        Line(writer.words("chart.target_open", year=year), records(part))
        for year, part in gap.groupby("target_year")
    ]
    name = writer.agency(agency_id).text
    alt = writer.say("figures.agency.alt", name=name, rows=_said(writer, lines))
    caption = writer.say("figures.agency.read")
    return _figure(writer, f"agency-{agency_id}", lines, alt, caption)


def _figure(
    writer: Writer, name: str, lines: Sequence[Line], alt: str, caption: str
) -> Figure | None:
    if not lines:
        return None
    wide, narrow = (cells_spec(writer, lines, size) for size in (WIDE, NARROW))
    legend = cell_keys(writer, [row for line in lines for row in line.rows])
    return Figure(name, wide, narrow, alt, caption, legend, layout="rows")


def _stated(writer: Writer, year: int) -> pd.DataFrame:
    gap = writer.edition.gap
    return gap[gap["target_year"].eq(year) & gap["target_status"].eq("stated")]


def _by_group(writer: Writer, rows: pd.DataFrame) -> Iterator[Line]:
    from analysis.charts.rows import records

    for group_id, part in rows.groupby("group_id"):
        name = writer.words(f"group_short.{group_id}")
        yield Line(f"{group_id}. {name}", records(part))


def _by_agency(writer: Writer, rows: pd.DataFrame) -> Iterator[Line]:
    from analysis.charts.rows import records

    given = writer.edition.plan["indicator_agencies"]
    given = given[given["role"].eq("lead")].drop_duplicates(["series_id", "agency_id"])
    order = list(writer.edition.plan["agencies"]["agency_id"])
    parts = dict(iter(rows.merge(given[["series_id", "agency_id"]]).groupby("agency_id")))
    for agency_id in sorted(parts, key=order.index):
        yield Line(writer.agency(str(agency_id)).text, records(parts[agency_id]))


def _said(writer: Writer, lines: Sequence[Line]) -> str:
    """Return the counts of every row, from the best verdict to the worst."""
    words = writer.words
    said = []
    for line in lines:
        codes = [row["verdict"] for row in ordered(line.rows)]
        counts = [
            words("chart.matrix_alt_count", verdict=words(f"verdict_short.{code}"),
                  n=codes.count(code))
            for code in dict.fromkeys(codes)
        ]  # fmt: skip
        said.append(f"{line.name}{words('colon')}{', '.join(counts)}.")
    return " ".join(said)
