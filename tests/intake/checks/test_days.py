from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.intake.checks.days import Days, days_of_date, days_of_period
from analysis.observe.periods import is_period, spans

PERIODS = st.from_regex(r"[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|[0-9]{4}))?", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2016-2020", "2016-01-01", "2020-12-31"),
        ("0000", "0000-01-01", "0000-12-31"),
    ],
)
def test_a_period_is_the_days_from_its_first_to_its_last(text: str, first: str, last: str) -> None:
    assert days_of_period(text) == Days(first, last)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-Q5", "2020-2016", "Q1/2024", "２０２４"]
)
def test_what_is_no_period_has_no_days(text: str) -> None:
    assert days_of_period(text) is None


@settings(max_examples=40)
@given(PERIODS)
def test_last_months_are_those_of_the_current_view(text: str) -> None:
    days = days_of_period(text)
    assert (days is not None) == is_period(text)
    if days:
        [span] = spans(pd.Series([text])).to_dict("records")
        assert days.last_month == span["last_month"]
        assert days.in_one_year == (not span["several_years"])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024", Days("2024-01-01", "2024-12-31")),
        ("2024-06", Days("2024-06-01", "2024-06-30")),
        ("2024-06-19", Days("2024-06-19", "2024-06-19")),
    ],
)
def test_a_date_may_leave_month_and_day_open(text: str, days: Days) -> None:
    assert days_of_date(text) == days


@pytest.mark.parametrize("text", ["", "nd", "2024-6", "19/6/2024", "2024-06-32", "2024-Q1"])
def test_what_is_no_date_has_no_days(text: str) -> None:
    assert days_of_date(text) is None


def test_a_quarter_is_in_one_year_but_not_in_one_month() -> None:
    quarter, month = days_of_period("2024-Q1"), days_of_period("2024-01")
    assert quarter
    assert month
    assert (quarter.in_one_year, quarter.in_one_month) == (True, False)
    assert (month.in_one_year, month.in_one_month) == (True, True)
