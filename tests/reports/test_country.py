"""Compared with the country: what is said, and that both values bring their sources."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.api import Plan
from analysis.charts import Chart
from analysis.reports import GapReport
from analysis.reports.country import country_sentences
from analysis.reports.prose import Prose
from analysis.reports.table import Table
from analysis.words import Words
from tests.charts.frames import gap_frame
from tests.charts.test_area_comparison import area_row, frame


def test_the_last_common_year_of_every_series_is_counted() -> None:
    assert country_sentences(frame(), gap_frame(), Words("vi")) == (
        "2 trong 5 dòng có năm mà cả tỉnh và cả nước đều có giá trị. Ở năm chung mới nhất "
        "(tùy dòng, từ 2021 đến 2025): tỉnh tốt hơn ở 5.7 và 3.2.",
        "Cần thận trọng với 3.2: hai giá trị khác nhau về định nghĩa, kỳ hoặc tình trạng số liệu.",
    )
    assert country_sentences(frame(), gap_frame(), Words("en")) == (
        "For 2 of 5 series both the province and the country have a value of the same year. In "
        "the latest common year (2021 to 2025, by series): the province is better in 5.7 and 3.2.",
        "Take care with 3.2: the two values differ in definition, period or status.",
    )


def test_every_side_is_named_in_its_order() -> None:
    rows = [area_row(series_id=name, indicator_id=name, better=better)
            for name, better in (("5.7", "country"), ("3.2", "province"), ("1", "equal"),
                                 ("6.10", "not_comparable"))]  # fmt: skip
    said = country_sentences(pd.DataFrame(rows), gap_frame(), Words("en"))
    assert said == (
        "For 4 of 5 series both the province and the country have a value of the same year. In "
        "the latest common year (2025): the province is better in 3.2; the country is better in "
        "5.7; they are equally good in 1; neither is called better in 6.10.",
    )


def test_a_group_of_one_series_is_neither_counted_nor_numbered() -> None:
    rows = gap_frame().query("series_id == '5.7'")
    areas = pd.DataFrame([area_row(definition_note="STATUS")])
    assert country_sentences(areas, rows, Words("vi")) == (
        "Cả tỉnh và cả nước đều có giá trị. Ở năm chung mới nhất (2025), tỉnh tốt hơn.",
        "Cần thận trọng: hai giá trị khác nhau về định nghĩa, kỳ hoặc tình trạng số liệu.",
    )
    assert country_sentences(areas, rows, Words("en")) == (
        "Both the province and the country have a value. In the latest common year (2025) the "
        "province is better.",
        "Take care: the two values differ in definition, period or status.",
    )


def test_where_nothing_is_in_common_one_sentence_says_so() -> None:
    none = frame().head(0)
    assert country_sentences(none, gap_frame(), Words("en")) == (
        "In none of the group's 5 series is there a year in which both the province and the "
        "country have a comparable value.",
    )
    one = gap_frame().query("series_id == '5.7'")
    assert country_sentences(none, one, Words("vi")) == (
        "Chỉ tiêu của nhóm không có năm nào mà cả tỉnh và cả nước đều có giá trị so sánh được.",
    )


def test_a_group_without_a_common_year_has_neither_figure_nor_table(
    plan: Plan, as_of: date
) -> None:
    report = GapReport(plan, 2, "en", as_of=as_of)
    assert report.country_figure() == report.country() == Prose(())
    assert len(report.country_text()) == 1


def test_both_values_stand_in_the_table_with_their_sources(plan: Plan, as_of: date) -> None:
    report = GapReport(plan, 5, "vi", as_of=as_of)
    assert isinstance(report.country_figure(), Chart)
    table = report.country()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("5.7") and row[1].text == "2025")
    province, country, better, notes = row[2:]
    assert (province.text, country.text) == ("95,76\u00a0%", "95,15\u00a0%")
    assert province.link
    assert country.link
    assert province.detail[-1].startswith("Thời báo Tài chính Việt Nam")
    assert (better.text, better.detail) == ("Tỉnh", ("tỉnh trừ cả nước: +0,61\u00a0điểm\u00a0%",))
    assert notes.text == "–"


def test_a_difference_in_definition_is_spelled_out(plan: Plan, as_of: date) -> None:
    table = GapReport(plan, 4, "en", as_of=as_of).country()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("4.3") and row[1].text == "2020")
    assert (row[5].text, *row[5].detail) == (
        "at least one is of an earlier measure", "one is closer to the definition than the other",
        "the status differs",
    )  # fmt: skip
