"""How much a verdict depends on the method: counts, causes, and what changes to what."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.charts import Chart
from analysis.reports import GapReport
from analysis.reports.prose import Prose
from analysis.reports.scenarios import placed, scenario_sentences
from analysis.reports.table import Table
from analysis.results import ASKED, CATEGORY_VERDICTS
from analysis.words import Words
from tests.charts.test_sensitivity_matrix import METHOD, frame, scenario


def rows_of(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows).astype({"differs": "boolean"})


def test_what_holds_and_what_changes_is_counted_with_the_cause() -> None:
    assert scenario_sentences(frame(), Words("vi")) == (
        "Một mục tiêu đánh giá được theo ít nhất một phương án, và kết luận thay đổi theo phương "
        "án.",
        "Nguyên nhân: lấy năm gốc khác làm thay đổi một kết luận.",
    )


def test_several_targets_are_told_apart() -> None:
    steady = scenario(axis="default", series_id="5.1", scenario_base_year=2020)
    said = scenario_sentences(pd.concat([frame(), rows_of(steady)]), Words("en"))
    assert said[0] == (
        "2 targets can be assessed in at least one scenario. Verdict the same in every scenario "
        "that gives one: 1; changed in at least one: 1."
    )


def test_verdicts_that_all_hold_are_said_in_one_sentence() -> None:
    steady = rows_of(scenario(axis="default"), scenario(scenario_base_year=2021))
    assert scenario_sentences(steady, Words("vi")) == (
        "Một mục tiêu đánh giá được theo ít nhất một phương án; kết luận giữ nguyên ở mọi phương "
        "án có kết luận.",
    )


def test_values_for_context_count_only_beside_the_same_base_year() -> None:
    other_base = {"scenario_base_year": 2023, "verdict": "NOT_ASSESSABLE", "differs": True}
    rows = rows_of(
        scenario(axis="default", scenario_base_year=2020),
        scenario(axis="proxies", scenario_base_year=2020, include_proxy=True),
        scenario(**other_base),
        scenario(axis="base_year_and_proxies", include_proxy=True, **other_base),
    )
    said = scenario_sentences(rows, Words("en"))
    assert said[1] == "Why: another base year changes one verdict."
    with_proxies = rows.assign(
        verdict=rows["verdict"].mask(rows["axis"].eq("proxies"), "WORSENING"),
        differs=rows["differs"] | rows["axis"].eq("proxies"),
    )
    assert scenario_sentences(with_proxies, Words("en"))[1] == (
        "Why: another base year changes one verdict and values for context change one verdict."
    )


def test_methods_that_rate_progress_in_a_year_that_is_over_are_explained() -> None:
    rows = rows_of(
        scenario(axis="default", verdict="NOT_MET", default_verdict="NOT_MET"),
        scenario(axis="method", method=METHOD, category="met_or_on_track", verdict="",
                 default_verdict="NOT_MET", differs=True, placed="ON_TRACK"),
    )  # fmt: skip
    said = scenario_sentences(rows, Words("vi"))
    assert said[1] == "Nguyên nhân: cách tính của tổ chức khác không tương ứng với một kết luận."
    assert said[2].startswith("Với năm đã hết kỳ, cách tính của dự án chỉ hỏi đạt hay không đạt")


def test_where_nothing_can_be_judged_one_sentence_says_so() -> None:
    rows = frame().query("series_id == '5.3'")
    assert scenario_sentences(rows, Words("en")) == (
        "No target can be assessed, from whatever base year or by whatever method.",
    )


@pytest.mark.parametrize(
    ("category", "default", "place"),
    [
        ("moderate_progress", "NEEDS_ACCELERATION", "NEEDS_ACCELERATION"),
        ("moderate_progress", "OFF_TRACK", "NEEDS_ACCELERATION"),
        ("met_or_on_track", "MAINTAINED", "MAINTAINED"),
        ("met_or_on_track", "OFF_TRACK", "ON_TRACK"),
        ("insufficient_progress", "NOT_MET", "OFF_TRACK"),
        ("movement_away", "LOST", "WORSENING"),
    ],
)
def test_a_published_class_is_placed_with_what_it_accords_with(
    category: str, default: str, place: str
) -> None:
    row = scenario(method=METHOD, category=category, verdict="", default_verdict=default)
    assert placed(rows_of(row))["placed"].tolist() == [place]


def test_no_judgement_has_no_place_and_the_own_verdict_is_its_own() -> None:
    silent = scenario(method="aarr", category="not_available", reason="METHOD_SILENT", verdict="")
    assert placed(rows_of(silent, scenario(verdict="LOST")))["placed"].tolist() == ["", "LOST"]


def test_every_class_of_every_method_can_be_placed() -> None:
    for (method, category), verdicts in CATEGORY_VERDICTS.items():
        assert method in ASKED
        for default in ("MET", "WORSENING", "NOT_ASSESSABLE"):
            row = scenario(method=method, category=category, verdict="", default_verdict=default)
            assert placed(rows_of(row))["placed"].iloc[0] in verdicts


def test_what_changes_to_what_is_listed(plan: Plan, as_of: date) -> None:
    report = GapReport(plan, 5, "vi", as_of=as_of)
    assert isinstance(report.method_figure(), Chart)
    table = report.method_changes()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("5.7"))
    assert (row[1].text, row[2].text) == ("2030", "Cần đẩy nhanh")
    assert (row[3].text, *row[3].detail) == (
        "Đúng tiến độ: năm gốc 2019, có hay không có số tham khảo",
        "Chưa đủ căn cứ: năm gốc 2023, có hay không có số tham khảo",
        "Sẽ đạt hoặc duy trì: ESCAP dự kiến",
        "Nắng: Destatis thời tiết",
    )


def test_a_group_without_values_has_neither_figure_nor_table(plan: Plan, as_of: date) -> None:
    report = GapReport(plan, 2, "vi", as_of=as_of)
    assert report.method_figure() == report.method_changes() == Prose(())


def test_a_change_from_every_base_year_is_said_in_short(plan: Plan, as_of: date) -> None:
    table = GapReport(plan, 9, "en", as_of=as_of).method_changes()
    assert isinstance(table, Table)
    assert table.rows[0][3].text == "Met: any base year, with values for context"
