from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.measures import DIRECTIONS, MOVEMENTS, TREND_COLUMNS, trend
from tests.measures.helpers import YEARS, values

RISING = {2015: 1.0, 2017: 3.0, 2018: 5.0, 2021: 7.0, 2022: 9.0, 2023: 10.0, 2025: 13.0}


def moved(observed: dict[int, float], **facts: object) -> pd.Series:
    return trend(YEARS, values(observed), as_of_year=2026, **facts).iloc[0]


def first(n: int) -> dict[int, float]:
    return dict(list(RISING.items())[:n])


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_the_frame_has_its_columns_and_types_for_any_number_of_series(rows: int) -> None:
    found = trend(YEARS, np.full((rows, len(YEARS)), np.nan), as_of_year=2026)
    assert list(found.columns) == list(TREND_COLUMNS)
    assert {name: str(kind) for name, kind in found.dtypes.items()} == TREND_COLUMNS
    assert set(found["direction"]) <= {"none"}
    assert set(found["movement"]) <= {"none"}


@pytest.mark.parametrize(
    ("n", "direction", "slope", "test", "limits", "clear", "recent"),
    [
        (0, "none", False, False, False, False, False),
        (1, "none", False, False, False, False, False),
        (2, "changed", True, False, False, False, False),
        (3, "increase", True, True, False, False, False),
        (4, "increase", True, True, True, True, False),
        (5, "increase", True, True, True, True, True),
    ],
)
def test_each_statement_waits_for_enough_values(
    n: int, direction: str, slope: bool, test: bool, limits: bool, clear: bool, recent: bool
) -> None:
    row = moved(first(n))
    assert row["direction"] == direction
    assert row[["slope", "mk_p", "slope_low", "recent_slope"]].notna().tolist() == [
        slope, test, limits, recent,
    ]  # fmt: skip
    assert row["clear"] == clear


def test_four_values_are_clear_at_ten_percent_only() -> None:
    assert (moved(first(4))["clear"], moved(first(4))["clear_at_5"]) == (True, False)
    assert moved(first(5))["clear_at_5"]


def test_the_recent_slope_is_that_of_the_last_five_calendar_years() -> None:
    # 2021, 2022, 2023 and 2025 alone.
    assert moved(RISING)["recent_slope"] == pytest.approx(1.5)
    sparse = {2010: 1.0, 2012: 2.0, 2014: 3.0, 2020: 4.0, 2024: 5.0}
    assert math.isnan(moved(sparse)["recent_slope"])


@pytest.mark.parametrize(
    ("observed", "step", "direction"),
    [
        ({2020: 50.0, 2022: 50.1, 2024: 50.1}, 0.1, "stable"),
        ({2020: 50.0, 2022: 50.4, 2024: 50.8}, 0.1, "increase"),
        ({2020: 50.0, 2022: 50.4, 2024: 50.8}, 1.0, "stable"),
        ({2020: 50.0, 2022: 50.1, 2024: 50.3}, math.nan, "stable"),
        ({2020: 1.0, 2022: 1.1, 2024: 1.2}, 0.1, "increase"),
        ({2020: 0.0, 2022: 0.0, 2024: 0.0}, math.nan, "stable"),
        ({2020: -0.2, 2022: 0.0, 2024: 0.2}, math.nan, "increase"),
        ({2020: 9.0, 2022: 8.0, 2024: 6.0}, 0.1, "decrease"),
    ],
)
def test_a_movement_within_two_units_or_one_percent_is_stable(
    observed: dict[int, float], step: float, direction: str
) -> None:
    row = moved(observed, step=step)
    assert row["direction"] == direction
    assert (row["stability"] < 1 - 1e-9) == (direction == "stable")


@pytest.mark.parametrize(
    ("mode", "ends", "movement"),
    [
        ("up", {}, "improving"),
        ("down", {}, "worsening"),
        ("level", {}, "none"),
        ("band", {}, "none"),
        ("band", {"lo": 9.0, "hi": 12.0}, "improving"),
        ("band", {"lo": 0.5, "hi": 2.0}, "worsening"),
        ("band", {"lo": 0.0, "hi": 20.0}, "none"),
    ],
)
def test_movement_follows_the_mode(mode: str, ends: dict[str, float], movement: str) -> None:
    row = moved(RISING, mode=mode, **ends)
    assert row["movement"] == movement
    assert row["movement"] in MOVEMENTS


def test_a_stable_series_neither_improves_nor_worsens() -> None:
    assert moved({2020: 50.0, 2022: 50.1, 2024: 50.1}, step=0.1)["movement"] == "none"


def test_two_values_changed_and_may_have_improved() -> None:
    row = moved({2020: 50.0, 2024: 48.0}, mode="down")
    assert (row["direction"], row["movement"], row["change"]) == ("changed", "improving", -2)


@pytest.mark.parametrize(
    ("observed", "direction"),
    [({2020: 1.0, 2022: 1.0, 2024: 1.0}, "stable"), ({2020: 1.0, 2022: 2.0, 2024: 1.0}, "changed")],
)
def test_an_ordinal_series_has_no_slope(observed: dict[int, float], direction: str) -> None:
    row = moved(observed, mode="level")
    assert row["direction"] == direction
    assert row[["slope", "slope_low", "stability", "recent_slope"]].isna().all()
    assert direction in DIRECTIONS


def test_ends_are_the_first_and_last_value_not_after_the_assessment() -> None:
    row = trend(YEARS, values({**RISING, 2027: 0.0}), as_of_year=2026).iloc[0]
    ends = ["first_year", "first_value", "last_year", "last_value", "change"]
    assert row[ends].tolist() == [2015, 1, 2025, 13, 12]


def test_facts_may_be_one_for_all_or_one_each() -> None:
    seen = values(RISING, RISING)
    each = trend(YEARS, seen, as_of_year=2026, step=[0.1, 10.0], mode=["up", "down"])
    assert each["movement"].tolist() == ["improving", "none"]
    both = trend(YEARS, seen, as_of_year=2026, step=0.1, mode="up")
    pd.testing.assert_frame_equal(both.iloc[[0]], each.iloc[[0]])


def test_an_unknown_mode_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown mode 'rising': use one of up, down"):
        trend(YEARS, values(RISING), as_of_year=2026, mode="rising")


def test_facts_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="broadcast"):
        trend(YEARS, values(RISING), as_of_year=2026, step=[0.1, 0.2])


def test_limits_of_the_slope_are_the_narrowest_with_eighty_percent() -> None:
    row = moved({2018: 1.0, 2019: 2.0, 2020: 4.0, 2021: 7.0, 2022: 11.0, 2023: 16.0})
    # 4th and 12th of the fifteen slopes 1, 1.5, 2, 2, 2.5, 2.5, 3, 3, 3, 3.5, 3.5, 4, 4, 4.5, 5.
    assert (row["slope_low"], row["slope"], row["slope_high"]) == (2, 3, 4)
    assert row["slope_confidence"] == pytest.approx(0.863889, abs=1e-6)
