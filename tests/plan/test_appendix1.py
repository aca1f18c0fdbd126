"""The grammar of appendix 01, on small tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from analysis.plan.appendix1 import HEADER, Appendix1, parse_appendix1
from analysis.plan.errors import PlanError
from analysis.plan.grammar import Tools

from .grammar_tools import cells_of, reading, tools_with

HEAD = ("PHỤ LỤC 01", "PHÂN CÔNG", *HEADER)
GROUP = ("1", "Nhóm")
DUTIES = ("Sở Y tế", "UBND các huyện, thị xã, thành phố")
DASH_ROW = reading("dash_row", "appendix-01", "-", row="part")


def parse(*texts: str, tools: Tools | None = None) -> Appendix1:
    tools = tools or tools_with()
    rows = parse_appendix1(cells_of(*HEAD, *texts), tools)
    tools.problems.raise_all()
    return rows


def fault(*texts: str, entries: Sequence[dict[str, Any]] = (), **parts: str) -> str:
    with pytest.raises(PlanError) as raised:
        parse(*texts, tools=tools_with(entries, **parts))
    return str(raised.value)


def test_a_row_has_code_name_unit_two_targets_and_agencies() -> None:
    rows = parse(*GROUP, "1.1", "Tỷ lệ", "%", "5", ">=6", *DUTIES)
    (series,) = rows.series
    assert (series.id, series.group_id, series.part) == ("1.1", "1", None)
    assert {year: cell.text for year, cell in series.targets.items()} == {2025: "5", 2030: ">=6"}
    assert [(one.agency_id, one.role) for one in series.duties.all] == [
        ("y-te", "lead"),
        ("ubnd", "coordinating"),
    ]
    assert series.line == rows.indicators[0].line == 2 * (len(HEAD) + len(GROUP)) + 1


def test_a_row_without_agencies_ends_at_the_next_code() -> None:
    rows = parse(*GROUP, "1.1", "A", "%", "5", "6", "1.2", "B", "%", "7", "-", "2", "Nhóm hai")
    assert [series.id for series in rows.series] == ["1.1", "1.2"]
    assert [group.id for group in rows.groups] == ["1", "2"]
    assert rows.series[1].targets[2030].text == "-"


def test_a_group_row_may_name_agencies_as_a_list() -> None:
    listed = ("- Các sở, ban, ngành liên quan;", "- UBND các huyện, thị xã, thành phố.")
    rows = parse(*GROUP, "Sở Y tế", *listed, "1.1", "A", "%", "5", "6")
    assert [one.agency_id for one in rows.groups[0].duties.all] == ["y-te", "nganh", "ubnd"]


def test_a_dash_with_name_and_unit_is_a_part_and_a_dash_for_a_target_is_none() -> None:
    tools = tools_with([DASH_ROW], u="Thành thị", r="Nông thôn")
    parts = ("-", "Thành thị", "%", "5", "-", "-", "Nông thôn", "%", "-", "6")
    rows = parse(*GROUP, "1.1", "A", *parts, tools=tools)
    assert [series.id for series in rows.series] == ["1.1-u", "1.1-r"]
    assert [series.targets[2025].text for series in rows.series] == ["5", "-"]
    assert [series.targets[2030].text for series in rows.series] == ["-", "6"]


def test_an_indicator_can_be_measured_itself_and_in_parts() -> None:
    tools = tools_with([DASH_ROW], u="Thành thị")
    rows = parse(*GROUP, "1.1", "A", "%", "5", "6", "-", "Thành thị", "%", "7", "8", tools=tools)
    assert [series.id for series in rows.series] == ["1.1", "1.1-u"]
    assert len(rows.indicators) == 1


def test_a_part_without_its_dash_needs_a_reading() -> None:
    texts = (*GROUP, "1.1", "A", "%", "5", "6", "Thành thị", "%", "7", "8")
    assert "sub-row without its dash" in fault(*texts, u="Thành thị")
    entry = reading("missing_dash", "1.1-u", "Thành thị", row="part")
    assert len(parse(*texts, tools=tools_with([entry], u="Thành thị")).series) == 2


def test_a_part_that_is_not_declared_is_a_fault() -> None:
    assert "is not declared" in fault(
        *GROUP, "1.1", "A", "-", "Đảo", "%", "5", "6", entries=[DASH_ROW]
    )


def test_a_group_that_is_its_own_indicator_needs_a_reading() -> None:
    texts = ("1", "GRDP", "%", "5", "6", *DUTIES)
    assert "kind group_is_indicator" in fault(*texts)
    tools = tools_with([reading("group_is_indicator", "1", "GRDP", indicator="1")])
    assert parse(*texts, tools=tools).series[0].id == "1"


def test_an_indicator_without_a_code_needs_a_reading() -> None:
    texts = ("1", "Nhóm", "Tỷ lệ", "%", "5", "6", *DUTIES)
    assert "kind uncoded_indicator" in fault(*texts)
    tools = tools_with([reading("uncoded_indicator", "1", "Tỷ lệ", indicator="1")])
    rows = parse(*texts, tools=tools)
    assert rows.indicators[0].name.text == "Tỷ lệ"
    assert rows.indicators[0].line == rows.groups[0].line + 4


def test_a_single_target_needs_a_reading_of_its_year() -> None:
    texts = (*GROUP, "1.1", "A", "%", "85-90", "1.2", "B", "%", "5", "6")
    assert "row 1.1 has 1 of 2 targets" in fault(*texts)
    tools = tools_with([reading("single_target", "1.1", "85-90", year=2030)])
    assert list(parse(*texts, tools=tools).series[0].targets) == [2030]


def test_a_merged_target_without_unit_needs_a_reading_and_stands_for_both_years() -> None:
    texts = (*GROUP, "1.1", "A", "Giữ nhóm đầu", *DUTIES)
    assert "'Giữ nhóm đầu' matches nothing" in fault(*texts)
    entry = reading("spanning_target", "1.1", "Giữ nhóm đầu", kind="text")
    targets = parse(*texts, tools=tools_with([entry])).series[0].targets
    assert targets[2025] == targets[2030]


def test_a_worded_target_needs_a_reading() -> None:
    texts = (*GROUP, "1.1", "A", "Mức độ", "Giảm", "Hết", *DUTIES)
    shown = fault(*texts)
    assert "row 1.1 has 0 of 2 targets" in shown
    assert f"line {2 * (len(HEAD) + 5) + 1}" in shown
    entries = [reading("target", "1.1", text, kind="text") for text in ("Giảm", "Hết")]
    assert len(parse(*texts, tools=tools_with(entries)).series[0].targets) == 2


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        (("1.1", "1.1"), "the code 1.1 is repeated or out of order: 1.2 is due"),
        (("1.1", "1.3"), "the code 1.3 is repeated or out of order: 1.2 is due"),
        (("1.2",), "the code 1.2 is repeated or out of order: 1.1 is due"),
        (("2.1",), "the code 2.1 is repeated or out of order: 1.1 is due"),
    ],
)
def test_a_code_that_repeats_or_jumps_is_a_fault(codes: tuple[str, ...], message: str) -> None:
    rows = [text for code in codes for text in (code, "A", "%", "5", "6")]
    assert message in fault(*GROUP, *rows)


def test_a_group_out_of_order_is_a_fault() -> None:
    assert "the code 3 is repeated or out of order: 2 is due" in fault(*GROUP, "3", "Nhóm ba")


def test_a_cell_that_matches_nothing_is_named_with_its_line() -> None:
    shown = fault(*GROUP, "1.1", "A", "%", "5", "6", *DUTIES, "(lạ)")
    assert "'(lạ)' in row 1.1 matches nothing" in shown
    assert f"line {2 * (len(HEAD) + 9) + 1}" in shown


def test_cells_before_the_first_group_match_nothing() -> None:
    assert "'chữ lạ' matches nothing: the number of a group" in fault("chữ lạ", *GROUP)


def test_an_agency_that_is_not_registered_is_a_fault() -> None:
    shown = fault(*GROUP, "1.1", "A", "%", "5", "6", "Sở Lạ", DUTIES[1])
    assert "'Sở Lạ' in row 1.1 matches nothing" in shown
    assert "agencies.yaml" in shown


def test_a_single_agency_cell_needs_a_reading_of_its_column() -> None:
    texts = (*GROUP, "1.1", "A", "%", "5", "6", "Sở Y tế")
    assert "lead or coordinating?" in fault(*texts)
    tools = tools_with([reading("agency_column", "1.1", "Sở Y tế", role="coordinating")])
    duties = parse(*texts, tools=tools).series[0].duties
    assert duties.lead == ()
    assert [(one.role, one.reading_id) for one in duties.coordinating] == [("coordinating", "R01")]


@pytest.mark.parametrize(
    "cells",
    [
        ("- Các sở, ban, ngành liên quan;", "- UBND các huyện, thị xã, thành phố."),
        ("Sở Y tế", "- UBND các huyện, thị xã, thành phố."),
    ],
)
def test_a_list_without_its_lead_or_of_one_item_is_a_fault(cells: tuple[str, ...]) -> None:
    shown = fault(*GROUP, "1.1", "A", "%", "5", "6", *cells)
    assert "are no lead followed by a list" in shown


def test_a_cell_of_lead_and_statistics_is_two_agencies() -> None:
    text = "Sở Y tế chủ trì, Cục Thống kê thu thập"
    value = {"lead": "Sở Y tế", "statistics": "Cục Thống kê"}
    tools = tools_with([reading("lead_and_statistics", "1.1", text, **value)])
    duties = parse(*GROUP, "1.1", "A", "%", "5", "6", text, DUTIES[1], tools=tools).series[0].duties
    assert [(one.agency_id, one.role) for one in duties.lead] == [
        ("y-te", "lead"),
        ("thong-ke", "statistics"),
    ]


def test_a_reading_that_names_an_unknown_agency_is_a_fault() -> None:
    entry = reading("agencies", "1.1", "Hai sở", agencies=["Sở Y tế", "Sở Lạ"])
    assert "'Sở Lạ'" in fault(
        *GROUP, "1.1", "A", "%", "5", "6", "Hai sở", DUTIES[1], entries=[entry]
    )


def test_a_broken_agency_cell_is_joined_where_a_reading_says_so() -> None:
    broken = ("- UBND các huyện, thị xã,", "thành phố")
    texts = (*GROUP, "1.1", "A", "%", "5", "6", "Sở Y tế", "- Các sở, ban, ngành liên quan;")
    assert "matches nothing" in fault(*texts, *broken)
    entry = reading("broken_cell", "1.1", broken[0], continued_by=broken[1])
    duties = parse(*texts, *broken, tools=tools_with([entry])).series[0].duties
    assert duties.coordinating[-1].text == "- UBND các huyện, thị xã, thành phố"


def test_a_row_without_its_name_is_a_fault() -> None:
    assert "row 1.1 has '%' where its name is due" in fault(*GROUP, "1.1", "%", "5", "6")


def test_a_head_that_lacks_a_column_is_a_fault() -> None:
    tools = tools_with()
    parse_appendix1(cells_of(*(text for text in HEAD if text != "Đơn vị"), *GROUP), tools)
    with pytest.raises(PlanError, match="where 'Đơn vị' is due"):
        tools.problems.raise_all()


def test_all_faults_are_shown_together() -> None:
    shown = fault(*GROUP, "1.1", "A", "%", "5", "6", "Sở Lạ", DUTIES[1], "1.1", "B", "%", "5")
    assert "'Sở Lạ'" in shown
    assert "the code 1.1 is repeated" in shown
    assert "has 1 of 2 targets" in shown
