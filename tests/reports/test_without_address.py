"""Sources without an address, such as an agency's own report on paper, are shown as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from analysis.api import Plan
from analysis.package import Tables
from analysis.reports import (
    AgencyReport,
    CoverageReport,
    GapReport,
    OverviewReport,
    Report,
    TasksReport,
    TrendReport,
)
from analysis.reports.evidence import FROM_ADDRESS, source_cell, source_lines, value_lines
from analysis.reports.table import Table
from analysis.words import Words
from tests.observe.amended import amended

ROW = {
    "period": "2026", "status": "actual", "comparability": "exact", "publisher": "Sở Y tế",
    "published": "2026-12-01", "title": "Báo cáo số 01/BC-SYT", "url": None, "tier": "official",
}  # fmt: skip
DAY = date(2026, 12, 10)


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Data of which no source has an address."""
    tables = amended()
    sources = tables["sources"].assign(url=None).astype(tables["sources"].dtypes.to_dict())
    return Plan(Tables({**tables, "sources": sources}, tables.descriptor, tables.root))


def test_title_publisher_and_day_are_told_and_nothing_is_a_link() -> None:
    cell = source_cell(ROW, Words("en"))
    assert (cell.text, cell.link, cell.lang) == (ROW["title"], "", "vi")
    assert cell.detail == ("Sở Y tế · 1 December 2026", "public body")


def test_where_a_value_would_be_the_link_the_title_is_told_beside_it() -> None:
    with_title = (ROW["title"], "Sở Y tế · 1/12/2026")
    assert source_lines(ROW, Words("vi")) == with_title
    assert value_lines(ROW, Words("vi"))[-2:] == with_title
    known = {**ROW, "url": "https://example.org/a"}
    assert source_lines(known, Words("vi")) == with_title[1:]
    assert source_lines({**ROW, "title": None}, Words("vi")) == with_title[1:]
    assert source_lines({**ROW, "title": f"{FROM_ADDRESS}A"}, Words("vi"))[0] == "A"


MADE: dict[str, Callable[[Plan], Report]] = {
    "gap": lambda plan: GapReport(plan, 8, "en", as_of=DAY),
    "trend": lambda plan: TrendReport(plan, 5, "en", as_of=DAY),
    "tasks": lambda plan: TasksReport(plan, "II", "en", as_of=DAY),
    "agency": lambda plan: AgencyReport(plan, "so-y-te", "en", as_of=DAY),
    "coverage": lambda plan: CoverageReport(plan, "en", as_of=DAY),
    "overview": lambda plan: OverviewReport(plan, "en", as_of=DAY),
}
TABLES = {
    "gap": ("where", "country", "targets_of_others"),
    "trend": ("where", "detail", "context", "differing_sources"),
    "tasks": ("reported", "detail"),
    "agency": ("reorganised", "tasks"),
    "coverage": ("publishers", "age"),
    "overview": ("not_met", "met", "course"),
}


@pytest.mark.parametrize("kind", TABLES)
def test_every_table_that_names_sources_does_without_their_addresses(plan: Plan, kind: str) -> None:
    report = MADE[kind](plan)
    parts = [getattr(report, name)() for name in TABLES[kind]]
    tables = [one for part in parts for one in (part if isinstance(part, tuple) else (part,))]
    assert sum(isinstance(one, Table) for one in tables) >= 2
    shown = [cell for one in tables if isinstance(one, Table) for row in one.rows for cell in row]
    assert not [cell for cell in shown if cell.link or cell.href]
    text = "\n".join(line for cell in shown for line in (cell.text, *cell.detail))
    assert not re.search(r"\b(nan|NaN|None|NaT)\b", text)


def test_a_report_on_paper_is_named_where_its_value_is_used(plan: Plan) -> None:
    where = GapReport(plan, 5, "vi", as_of=DAY).where()
    assert isinstance(where, Table)
    found = [cell for row in where.rows for cell in row if cell.text == ROW["title"]]
    assert [cell.detail[0] for cell in found] == ["Sở Y tế · 1/12/2026"]
    reported = TasksReport(plan, "II", "vi", as_of=DAY).reported()
    assert isinstance(reported, Table)
    assert ROW["title"] in {cell.text for row in reported.rows for cell in row}
