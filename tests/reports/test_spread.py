"""Where sources differ: every other value is visible, and what hangs on the choice is said."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.reports import TrendReport
from analysis.reports.prose import Prose
from analysis.reports.spread import deciding, spread_frame, spread_sentences
from analysis.reports.table import Table
from analysis.words import Words
from tests.charts.frames import gap_frame


def observations(*values: float) -> pd.DataFrame:
    """Return records of 5.7: the first one is the chosen value of 2025."""
    rows = [{"observation_id": f"obs-{n}", "series_id": "5.7", "value": value}
            for n, value in enumerate(values)]  # fmt: skip
    return pd.DataFrame(rows)


def view(values: int, year: int = 2025) -> pd.DataFrame:
    aside = " ".join(f"obs-{n}" for n in range(1, values))
    return pd.DataFrame({"series_id": ["5.7"], "year": [year], "observation_id": ["obs-0"],
                         "set_aside": [aside]})  # fmt: skip


def spread(*values: float, year: int = 2025) -> pd.DataFrame:
    return spread_frame(view(len(values), year), observations(*values), gap_frame())


def test_values_on_both_sides_of_the_target_of_their_year_decide_it() -> None:
    rows = spread(95.76, 95.71, 95.76)
    assert rows["chosen"].tolist() == [True, False, False]
    assert rows["meets"].tolist() == [True, False, True]
    assert len(deciding(rows)) == 3
    assert spread_sentences(rows, gap_frame(), Words("vi")) == (
        "Có một trường hợp các nguồn cho cùng một dòng những giá trị khác nhau trong cùng một năm.",
        "Đạt hay không đạt mục tiêu của năm đó tùy thuộc giá trị được chọn ở: 5.7 (năm 2025).",
    )
    assert spread_sentences(rows, gap_frame(), Words("en"))[1] == (
        "Whether the target of that year is met depends on the value that is chosen in: 5.7 (2025)."
    )


def test_values_on_one_side_of_the_target_decide_nothing() -> None:
    rows = spread(95.9, 95.8)
    assert deciding(rows).empty
    assert spread_sentences(rows, gap_frame(), Words("en")) == (
        "In one case sources give different values of one series for the same year.",
        "Whether a target is met does not depend on it.",
    )


def test_several_years_with_different_values_are_counted_with_their_series() -> None:
    rows = pd.concat([spread(95.9, 95.8), spread(90.0, 91.0, year=2020)])
    assert spread_sentences(rows, gap_frame(), Words("en")) == (
        "In 2 cases sources give different values of one series for the same year (series: 1).",
        "Whether a target is met does not depend on it in any of them.",
    )
    assert spread_sentences(rows, gap_frame(), Words("vi"))[0] == (
        "Có 2 trường hợp (ở 1 dòng) các nguồn cho cùng một dòng những giá trị khác nhau trong "
        "cùng một năm."
    )


def test_a_year_without_a_target_is_not_judged() -> None:
    rows = spread(95.9, 90.0, year=2020)
    assert not rows["has_target"].any()
    assert deciding(rows).empty


@pytest.mark.parametrize("values", [(95.9,), (95.9, 95.9)])
def test_sources_that_agree_are_no_spread(values: tuple[float, ...]) -> None:
    rows = spread(*values)
    assert rows.empty
    assert spread_sentences(rows, gap_frame(), Words("vi")) == (
        "Không năm nào có hai giá trị khác nhau trở lên cho cùng một dòng.",
    )


def test_every_other_value_is_shown_once_with_its_source(plan: Plan, as_of: date) -> None:
    table = TrendReport(plan, 7, "en", as_of=as_of).differing_sources()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[1].text == "2025")
    assert (row[2].text, row[4].text) == ("92.07\u00a0%", "1.5\u00a0percentage points")
    assert [text.replace("\u00a0", " ") for text in (row[3].text, *row[3].detail)] == [
        "92.5 % (Vietnam.vn; 2 records)",
        "91.98 % (Vietnam.vn)",
        "91 % (September 2025; Vietnam.vn)",
    ]
    assert row[5].text == "some values meet the target of that year, some do not"


def test_in_what_another_value_differs_is_said(plan: Plan, as_of: date) -> None:
    table = TrendReport(plan, 1, "vi", as_of=as_of).differing_sources()
    assert isinstance(table, Table)
    row = table.rows[0]
    assert row[2].detail[0] == "chính thức theo nguồn · đúng định nghĩa"
    assert row[3].text == (
        "3.900\u00a0USD/người (ước tính; gần đúng định nghĩa; VCCI News (Vietnam Business Forum))"
    )


def test_where_sources_agree_there_is_no_table(plan: Plan, as_of: date) -> None:
    report = TrendReport(plan, 8, "vi", as_of=as_of)
    assert report.differing_sources() == Prose(())
    assert len(report.spread_text()) == 1
