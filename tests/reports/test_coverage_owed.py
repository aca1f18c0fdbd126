"""What is owed, and that what is said to close a gap would close it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.charts.rows import records
from analysis.measures.constants import SHORTEST_SPAN
from analysis.reports import CoverageReport
from analysis.reports.coverage_owed import ROLES, limits, need, needs, shares, there_is
from analysis.reports.evidence import UNASSESSED
from analysis.reports.prose import Prose
from analysis.reports.table import Table
from analysis.results import gap_frame


def row(verdict: str = "NOT_ASSESSABLE", reason: str = "", **changes: object) -> dict[str, object]:
    return {"verdict": verdict, "reason": reason, "due": False, "base_year": pd.NA,
            "target_year": 2030, **changes}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "needed"),
    [
        (row("NO_DATA"), "two"),
        (row("NO_DATA", due=True), "year"),
        (row(reason="NO_VALUE_FOR_TARGET_YEAR", due=True), "year"),
        (row(reason="ONLY_BEFORE_BREAK"), "two"),
        (row(reason="ONLY_BEFORE_BREAK", due=True), "year"),
        (row(reason="ONE_POINT"), "second"),
        (row(reason="NO_BASELINE"), "second"),
        (row(reason="SPAN_TOO_SHORT"), "second"),
        (row(reason="STALE"), "two"),
        (row(reason="STALE", base_year=2019), "recent"),
        (row(reason="TARGET_UNCLEAR", due=True), "target"),
    ],
)
def test_what_is_needed_follows_from_why_there_is_no_verdict(
    given: dict[str, object], needed: str
) -> None:
    assert need(given) == needed


def test_the_value_of_a_target_year_is_one_of_the_two_that_a_pace_needs() -> None:
    rows = [row("NO_DATA", due=True, target_year=2025), row("NO_DATA")]
    assert needs(rows, 2021) == ["year", "other"]
    assert needs(rows, 2026) == ["year", "two"]
    assert needs(rows[1:], 2021) == ["two"]


# The committed package


@pytest.fixture(scope="module")
def report(plan: Plan, as_of: date) -> CoverageReport:
    return CoverageReport(plan, "en", as_of=as_of)


def supply(report: CoverageReport, part: list[dict[str, object]]) -> set[int]:
    """The years of which a series is given values, at the edge of what is said to be needed."""
    years = limits(report)
    kinds = needs(part, years["recent"])
    wanted: set[int] = set()
    for line, kind in zip(part, kinds, strict=True):
        target, latest = int(line["target_year"]), line["latest_year"]
        wanted |= {
            "year": {target},
            "recent": {years["recent"]},
            "two": {years["recent"], years["recent"] - SHORTEST_SPAN},
            "other": {int(part[0]["target_year"]) - SHORTEST_SPAN},
            "second": {int(latest) - SHORTEST_SPAN if kind == "second" else target},
            "target": set(),
        }[kind]
    return wanted


def test_the_years_said_to_be_needed_are_allowed_by_the_limits(report: CoverageReport) -> None:
    assert limits(report) == {"recent": 2021, "base": 2018, "span": 2}


def test_what_is_said_to_be_needed_would_give_a_verdict(
    plan: Plan, as_of: date, report: CoverageReport
) -> None:
    gap = report.whole_gap
    gap = gap[gap["target_status"].eq("stated") & gap["verdict"].isin(UNASSESSED)]
    clear = gap[gap["reason"].ne("TARGET_UNCLEAR")]
    view = plan.view(as_of=as_of)
    like = view[view["area_id"].eq("QN")].head(1).assign(part_year=False, is_current_segment=True)
    added = [
        like.assign(series_id=name, year=year, value=1.0, observation_id=f"{name}-{year}")
        for name, part in clear.groupby("series_id", sort=False)
        for year in sorted(supply(report, records(part)))
    ]
    kept = view[~view["series_id"].isin(clear["series_id"]) | view["is_current_segment"]]
    more = pd.concat([kept, *added]).drop_duplicates(["series_id", "area_id", "year"], keep="last")
    after = gap_frame(plan.tables, more, as_of=as_of).set_index(["series_id", "target_year"])
    keys = pd.MultiIndex.from_frame(clear[["series_id", "target_year"]])
    left = after.loc[keys]
    assert len(left) > 100
    assert left[left["verdict"].isin(UNASSESSED)].empty


def test_every_stated_target_without_a_verdict_is_owed_by_its_lead(
    plan: Plan, report: CoverageReport
) -> None:
    gap = report.whole_gap
    open_rows = gap[gap["target_status"].eq("stated") & gap["verdict"].isin(UNASSESSED)]
    agencies = plan["indicator_agencies"]
    for role in ROLES:
        pairs = agencies[agencies["role"].eq(role)].merge(open_rows, on="series_id")
        mine = [share for share in shares(report) if share.role == role]
        assert sum(len(share.open) for share in mine) == len(pairs)
        for share in mine:
            named = set(pairs.loc[pairs["agency_id"].eq(share.agency_id), "series_id"])
            assert set(share.open["series_id"]) == named


def test_every_agency_has_a_row_with_who_has_taken_over_and_how_sure_that_is(
    report: CoverageReport,
) -> None:
    table = report.owed()
    rows = {(row[0].text, row[1].text): row for row in table.rows}
    assert len(rows) == len(table.rows) == 13
    labour = rows["Department of Labour, Invalids and Social Affairs", "Lead"]
    assert [cell.text for cell in labour[2:5]] == ["34", "60", "47"]
    assert "reported" in labour[5].text
    assert any("inferred, to be confirmed" in line for line in labour[5].detail)
    statistics = rows["Provincial Statistics Office", "Data collection"]
    assert [cell.text for cell in statistics[2:5]] == ["7", "14", "5"]


def test_an_agency_that_owes_something_has_a_heading_and_a_table(report: CoverageReport) -> None:
    parts = report.owed_by_agency()
    heads = [part for part in parts if isinstance(part, Prose)]
    tables = [part for part in parts if isinstance(part, Table)]
    assert [head.heading for head in heads] == [
        share.name for share in shares(report) if len(share.open)
    ]
    assert len(heads) == len(tables) == len(parts) / 2
    assert "Department of Justice" not in {head.heading for head in heads}
    assert heads[0].paragraphs[0] == (
        "Lead. Series: 34; stated targets: 60. Not assessable: 47, of 27 series."
    )
    assert heads[0].paragraphs[1].startswith("Since the reorganisation: Department of Home Affairs")


def found(report: CoverageReport, label: str) -> list[tuple[str, tuple[str, ...]]]:
    tables = [part for part in report.owed_by_agency() if isinstance(part, Table)]
    line = next(row for table in tables for row in table.rows if row[0].text.startswith(label))
    return [(cell.text.replace("\u00a0", " "), cell.detail) for cell in line]


def test_a_series_without_data_says_what_it_needs_and_in_which_unit(
    report: CoverageReport,
) -> None:
    assert found(report, "3.6 ") == [
        ("3.6 Workers with disabilities employed", ("Line 363",)),
        ("2025 and 2030", ()),
        (report.words("cell.no_data"), ()),
        ("values for context (another unit, which cannot be converted): 2", ()),
        (
            "a value for 2025",
            ("a value of one more year to judge the pace towards 2030", "unit: %"),
        ),
    ]


def test_reasons_that_differ_by_year_are_told_by_year(report: CoverageReport) -> None:
    _, years, why, there, needed = found(report, "8.2 ")
    assert years[0] == "2025 and 2030"
    assert why == ("2025: no value for the target year", ("2030: latest value too old",))
    assert there[0] == "latest value: 73.5 years of age (2019)"
    assert needed[0] == "a value for 2025"


def test_an_unclear_target_is_quoted_and_no_value_is_asked_for(report: CoverageReport) -> None:
    *_, needed = found(report, "10.2 ")
    assert needed == (
        "the number or level that has to be reached; the plan says: “Review and provide support”",
        (),
    )


def test_a_measure_that_ended_says_why(report: CoverageReport) -> None:
    *_, there, needed = found(report, "7.9 ")
    assert there[0] == "years with a value before the measure or territory changed: 1"
    assert needed[1][-2] == "measure changed from July 2025"
    assert "the district level ended on 1 July 2025" in needed[1][-1]


def test_the_vietnamese_rows_say_the_same(plan: Plan, as_of: date) -> None:
    report = CoverageReport(plan, "vi", as_of=as_of)
    assert found(report, "3.6 ")[2:] == [
        (report.words("cell.no_data"), ()),
        ("giá trị tham khảo (đơn vị khác, không quy đổi được): 2", ()),
        ("giá trị của năm 2025", ("giá trị của một năm nữa để xét tiến độ tới 2030", "đơn vị: %")),
    ]
    assert found(report, "4.3 ")[3:] == [
        (
            "giá trị mới nhất: 43 % (năm 2025)",
            ("số năm có giá trị trước khi cách đo hoặc địa bàn thay đổi: 12",),
        ),
        (
            "giá trị của một năm khác từ 2018 trở đi, cách năm 2025 ít nhất 2 năm",
            ("đơn vị: %", "cách đo đổi từ 2025"),
        ),
    ]


def test_where_nothing_was_recorded_there_is_a_dash(report: CoverageReport) -> None:
    assert there_is(report, report.facts["5.3"]).text == "–"
