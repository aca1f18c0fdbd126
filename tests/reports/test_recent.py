"""The most recent change, beside the whole period and the last five years."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.reports import TrendReport
from analysis.reports.prose import Prose
from analysis.reports.recent import last_steps, pace
from analysis.reports.table import Table
from tests.charts.frames import values_frame


def view() -> pd.DataFrame:
    return values_frame().assign(source_id=[f"s{n}" for n in range(len(values_frame()))])


def trend() -> pd.DataFrame:
    return pd.DataFrame({"series_id": ["5.7", "3.2", "1", "5.3"], "n": [3, 2, 1, 0]})


def test_the_last_two_comparable_values_are_set_side_by_side() -> None:
    steps = last_steps(view(), trend())
    assert steps["series_id"].tolist() == ["5.7", "3.2"]
    row = steps.iloc[0]
    assert (row["from_year"], row["to_year"], row["step"]) == (2020, 2025, 0.76)
    assert row["step_per_year"] == pytest.approx(0.152)
    assert (row["from_source_id"], row["to_source_id"]) == ("s1", "s2")


def test_values_from_before_a_break_are_not_a_step() -> None:
    row = last_steps(view(), trend()).iloc[1]
    assert (row["from_year"], row["to_year"]) == (2021, 2024)


def test_without_two_values_there_is_no_step() -> None:
    rows = view()
    assert last_steps(rows[rows["series_id"].eq("1")], trend()).empty


@pytest.mark.parametrize(
    ("step", "usual", "said"),
    [
        (1.0, 1.004, "alike"),
        (2.0, 1.0, "faster"),
        (-2.0, -1.0, "faster"),
        (0.5, 1.0, "slower"),
        (-0.5, 1.0, "against"),
        (0.0, 1.0, "still"),
        (0.5, 0.0, "moved"),
        (0.0, 0.0, "alike"),
    ],
)
def test_a_change_is_read_beside_another(step: float, usual: float, said: str) -> None:
    assert pace(step, usual, 0.01) == said


def row_of(plan: Plan, as_of: date, group_id: int, language: str, name: str) -> list[object]:
    table = TrendReport(plan, group_id, language, as_of=as_of).recent()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith(name))
    return [(cell.text.replace("\u00a0", " "), *cell.detail) for cell in row[1:]]


def test_a_row_reads_the_last_change_and_the_last_five_years(plan: Plan, as_of: date) -> None:
    assert row_of(plan, as_of, 1, "vi", "1 ") == [
        ("10.272 USD/người", "2024", "ước tính"),
        ("10.402 USD/người", "2025", "sơ bộ"),
        ("+130 USD/người", "hai giá trị từ hai nguồn"),
        ("+717,3 USD/người",),
        ("+803,0 USD/người",),
        ("chậm hơn trung vị cả giai đoạn", "5 năm gần nhất nhanh hơn cả giai đoạn"),
    ]


def test_two_values_are_no_whole_period_to_compare_with(plan: Plan, as_of: date) -> None:
    row = row_of(plan, as_of, 5, "en", "5.1")
    assert row[2] == (
        "+14.05 percentage points", "over 5 years", "the two values are from two sources",
    )  # fmt: skip
    assert row[3:] == [("–",), ("–",), ("only two years of data",)]


def test_a_level_has_no_speed(plan: Plan, as_of: date) -> None:
    assert row_of(plan, as_of, 7, "en", "7.14")[2:] == [
        ("0 levels", "the two values are from two sources"), ("–",), ("–",), ("level unchanged",),
    ]  # fmt: skip


def test_where_there_is_no_change_one_sentence_says_so(plan: Plan, as_of: date) -> None:
    report = TrendReport(plan, 2, "vi", as_of=as_of)
    assert report.recent() == Prose((
        "Chưa dòng nào có hai năm so sánh được nên chưa có lần thay đổi nào để xét.",
    ))  # fmt: skip
    assert report.recent_notes() == ()
