from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.cells.periods import period_of, read_period
from analysis.intake.model import Cell
from analysis.observe.periods import is_period
from tests.intake.cells.builders import (
    any_cells,
    cell,
    date_cell,
    is_whole,
    number_cell,
    said,
    table,
)

ERROR = [("not-a-period", "error")]


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2024", "2024"),
        ("Năm 2024", "2024"),
        ("cả năm 2024", "2024"),
        ("6/2024", "2024-06"),
        ("06-2024", "2024-06"),
        ("tháng 6/2024", "2024-06"),
        ("Tháng 06 năm 2024", "2024-06"),
        ("T6/2024", "2024-06"),
        ("2024-06", "2024-06"),
        ("2024/6", "2024-06"),
        ("June 2024", "2024-06"),
        ("Sept. 2024", "2024-09"),
        ("Quý II/2024", "2024-Q2"),
        ("quý IV năm 2024", "2024-Q4"),
        ("quý 2 năm 2024", "2024-Q2"),
        ("Quí 3/2024", "2024-Q3"),
        ("Q2 2024", "2024-Q2"),
        ("Q2/2024", "2024-Q2"),
        ("2024Q2", "2024-Q2"),
        ("2024-Q2", "2024-Q2"),
        ("6 tháng đầu năm 2024", "2024-H1"),
        ("06 tháng cuối năm 2024", "2024-H2"),
        ("sáu tháng đầu năm 2024", "2024-H1"),
        ("nửa cuối năm 2024", "2024-H2"),
        ("H1 2024", "2024-H1"),
        ("2024-H2", "2024-H2"),
        ("2016-2020", "2016-2020"),
        ("2016–2020", "2016-2020"),
        ("giai đoạn 2016 - 2020", "2016-2020"),
        ("từ năm 2016 đến năm 2020", "2016-2020"),
        ("NĂM\u00a02024", "2024"),
        ("Quy\u0301 II/2024", "2024-Q2"),
    ],
)
def test_a_period_is_read_from_what_people_write(written: str, period: str) -> None:
    read = read_period(cell(written))
    assert (read.text, read.findings) == (period, ())


def test_a_year_in_a_number_cell_is_a_year() -> None:
    assert read_period(number_cell("2024")).text == "2024"


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("năm học 2023-2024", "school year"),
        ("School year 2023-2024", "school year"),
        ("9 tháng đầu năm 2024", "months, quarters and halves"),
        ("ba tháng đầu năm 2024", "months, quarters and halves"),
        ("31/12/2024", "a day"),
        ("2024-12-31", "a day"),
        ("ngày 31 tháng 12 năm 2024", "a day"),
        ("đến tháng 6/2024", "until when"),
        ("tính đến 31/12/2024", "until when"),
        ("cuối năm 2024", "until when"),
        ("6/24", "two digits"),
        ("quý 2/24", "two digits"),
        ("2023-24", "no month"),
        ("2024-13", "no month"),
        ("2020-2016", "ends before it begins"),
        ("2020-2020", "ends before it begins"),
        ("6.2024", "a number"),
        ("45000", "a number"),
        ("13/2024", "no period"),
        ("0/2024", "no period"),
        ("quý V/2024", "no period"),
        ("quý 5/2024", "no period"),
        ("H3 2024", "no period"),
        ("1824", "a number"),
        ("２０２４", "no period"),
        ("lũy kế", "no period"),
        ("2024" * 50, "no period"),
    ],
)
def test_what_is_no_period_is_refused_with_advice(written: str, what: str) -> None:
    read = read_period(cell(written))
    assert (read.text, said(read)) == ("", ERROR)
    assert what in read.findings[0].what
    assert read.findings[0].mend


def test_a_date_cell_is_refused_with_how_it_came_about() -> None:
    read = read_period(date_cell(date(2024, 6, 1)))
    assert (read.text, said(read)) == ("", [("became-a-date", "error")])
    assert "2024-06-01" in read.findings[0].what
    assert "format Text" in read.findings[0].mend


@pytest.mark.parametrize("one", [cell("true", "boolean"), number_cell("6.2024")])
def test_other_cells_are_refused(one: Cell) -> None:
    assert said(read_period(one)) == ERROR


@pytest.mark.parametrize("one", [cell("", "empty"), cell("  ")])
def test_an_empty_cell_is_no_period_and_no_fault(one: Cell) -> None:
    assert read_period(one).findings == ()


def test_two_years_in_a_row_are_told_for_they_may_be_a_school_year() -> None:
    read = read_period(cell("2023-2024"))
    assert (read.text, said(read)) == ("2023-2024", [("two-years", "notice")])
    assert read_period(cell("2023-2025")).findings == ()


def test_every_recorded_period_is_read_as_it_is() -> None:
    periods = {row["period"] for row in table("observed/observations.csv")}
    assert len(periods) > 40
    assert [one for one in periods if read_period(cell(one)).text != one] == []


# What holds for all


@given(any_cells)
def test_whatever_stands_in_a_cell_the_answer_is_a_period_or_says_why_not(one: Cell) -> None:
    read = read_period(one)
    assert is_whole(read)
    assert not read.text or is_period(read.text)


YEARS = st.integers(1900, 2098)
HABITS = {
    "month": ("tháng {1}/{0}", "Tháng {1:02} năm {0}", "{1}/{0}", "T{1}/{0}", "{0}-{1:02}"),
    "quarter": ("Quý {2}/{0}", "quý {1} năm {0}", "Q{1} {0}", "{0}-Q{1}"),
    "half": ("6 tháng {3} năm {0}", "H{1} {0}", "{0}-H{1}"),
    "span": ("{0}-{4}", "giai đoạn {0} - {4}", "từ năm {0} đến năm {4}"),
    "year": ("{0}", "Năm {0}"),
}
CANONICAL = {
    "month": "{0}-{1:02}",
    "quarter": "{0}-Q{1}",
    "half": "{0}-H{1}",
    "span": "{0}-{4}",
    "year": "{0}",
}
PARTS = {"month": 12, "quarter": 4, "half": 2, "span": 1, "year": 1}
ROMAN = ("", "I", "II", "III", "IV")
HALVES = ("", "đầu", "cuối")


@given(YEARS, st.sampled_from(sorted(HABITS)), st.data())
def test_every_period_is_read_back_from_every_habit(
    year: int, kind: str, data: st.DataObject
) -> None:
    part = data.draw(st.integers(1, PARTS[kind]))
    last = data.draw(st.integers(year + 1, 2099))
    said = (year, part, ROMAN[part % 5], HALVES[part % 3], last)
    expected = CANONICAL[kind].format(*said)
    assert [period_of(habit.format(*said)) for habit in HABITS[kind]] == [expected] * len(
        HABITS[kind]
    )
    assert read_period(cell(expected)).text == expected
