from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.observe.periods import is_period, spans

YEARS = st.integers(1000, 9998)
PERIODS = st.one_of(
    YEARS.map(str),
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-H{}".format, YEARS, st.integers(1, 2)),
    st.builds(lambda year: f"{year}-{year + 1}", YEARS),
)


@pytest.mark.parametrize("text", ["2024", "2024-06", "2024-Q4", "2024-H1", "2016-2020"])
def test_the_five_forms_of_a_period_are_read(text: str) -> None:
    assert is_period(text)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-13", "2024-00", "2024-Q5", "2024-H3", "2020-2020", "2020-2016", "2024-6",
     "2024-06-19", " 2024", "2024\n", "năm 2024"],
)  # fmt: skip
def test_other_texts_are_no_period(text: str) -> None:
    assert not is_period(text)


@pytest.mark.parametrize(
    ("text", "first", "last", "part_year", "several_years"),
    [
        ("2024", 0, 11, False, False),
        ("2024-06", 5, 5, True, False),
        ("2024-12", 11, 11, True, False),
        ("2024-Q1", 0, 2, True, False),
        ("2024-Q4", 9, 11, True, False),
        ("2024-H1", 0, 5, True, False),
        ("2024-H2", 6, 11, True, False),
        ("2024-2025", 0, 23, False, True),
        ("2024-2028", 0, 59, False, True),
    ],
)
def test_a_period_begins_and_ends_with_its_months(
    text: str, first: int, last: int, part_year: bool, several_years: bool
) -> None:
    row = spans(pd.Series([text], dtype="str")).iloc[0]
    assert row["year"] == 2024
    assert (row["first_month"] - 2024 * 12, row["last_month"] - 2024 * 12) == (first, last)
    assert (row["part_year"], row["several_years"]) == (part_year, several_years)


def test_spans_keep_the_index() -> None:
    assert list(spans(pd.Series(["2024", "2025"], index=[7, 3])).index) == [7, 3]


def test_no_periods_have_no_spans() -> None:
    assert spans(pd.Series([], dtype="str")).empty


def test_every_text_that_is_no_period_is_named() -> None:
    with pytest.raises(ValueError, match="'2024-13', 'mai'"):
        spans(pd.Series(["2024", "mai", "2024-13"], dtype="str"))


@given(st.lists(PERIODS, min_size=1))
def test_a_period_ends_after_it_begins_and_begins_in_its_year(texts: list[str]) -> None:
    rows = spans(pd.Series(texts, dtype="str"))
    assert (rows["last_month"] >= rows["first_month"]).all()
    assert (rows["first_month"] // 12 == rows["year"]).all()
    assert not (rows["part_year"] & rows["several_years"]).any()
