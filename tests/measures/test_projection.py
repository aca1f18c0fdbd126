from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import t as student

from analysis.measures.projection import quantile, standard_error
from tests.measures.helpers import assessed

STEADY = {2020: 50.0, 2021: 51.0, 2022: 52.0, 2023: 53.0, 2024: 54.0, 2025: 55.0}


def first(observed: dict[int, float], n: int) -> dict[int, float]:
    return dict(list(observed.items())[:n])


@pytest.mark.parametrize(("n", "shown"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4)])
def test_each_statement_waits_for_enough_values(n: int, shown: int) -> None:
    row = assessed(first(STEADY, n), as_of=2025, lo=95)
    order = ["needed_per_year", "projection", "projection_low", "p_met"]
    assert row[order].notna().tolist() == [position < shown for position in range(4)]


def test_nothing_is_continued_for_a_target_year_that_is_over() -> None:
    row = assessed(STEADY, as_of=2026, lo=95, year=2025)
    hidden = ["needed_per_year", "acceleration", "projection", "projection_low"]
    assert row[[*hidden, "projection_high", "p_met", "attain_year", "trend_ratio"]].isna().all()
    assert row["slope"] == 1


def test_both_limits_of_the_interval_stay_within_the_natural_limits() -> None:
    falling = {2020: 9.0, 2021: 7.0, 2022: 5.5, 2023: 3.0, 2024: 1.0}
    row = assessed(falling, as_of=2024, mode="down", hi=0.05, natural_min=0, natural_max=100)
    assert row["projection"] == 0
    assert 0 <= row["projection_low"] <= row["projection_high"] <= 100


def test_rounding_alone_keeps_the_interval_open() -> None:
    known = assessed(STEADY, as_of=2025, lo=95, step=0.1)
    assert known["projection_low"] < known["projection"] < known["projection_high"]
    se = math.sqrt(0.1**2 / 6 * (5 + 25 / 5))
    half = float(student.ppf(0.9, 4)) * se
    assert known["projection_high"] - known["projection"] == pytest.approx(half)


@pytest.mark.parametrize(("lo", "p"), [(60.0, 1.0), (60.5, 0.0)])
def test_a_projection_without_any_spread_is_met_or_not(lo: float, p: float) -> None:
    assert assessed(STEADY, as_of=2025, lo=lo)["p_met"] == p


def test_the_probability_of_a_band_is_what_lies_between() -> None:
    wobbling = {2020: 50.0, 2021: 51.5, 2022: 51.0, 2023: 53.5, 2024: 54.0, 2025: 55.0}
    inside = assessed(wobbling, as_of=2025, mode="band", lo=55, hi=65)["p_met"]
    at_least = assessed(wobbling, as_of=2025, lo=55)["p_met"]
    at_most = assessed(wobbling, as_of=2025, mode="down", hi=65)["p_met"]
    assert inside == pytest.approx(at_least + at_most - 1)


def test_the_year_of_attainment_is_the_first_with_the_edge_reached() -> None:
    assert assessed(STEADY, as_of=2025, lo=60)["attain_year"] == 2030
    assert assessed(STEADY, as_of=2025, lo=60.1)["attain_year"] == 2031
    assert assessed(STEADY, as_of=2025, lo=85)["attain_year"] == 2055


def test_later_than_2055_is_said_without_a_year() -> None:
    row = assessed(STEADY, as_of=2025, lo=85.1)
    assert str(row["attain_year"]) == "<NA>"
    assert row["attain_beyond"]


@pytest.mark.parametrize(
    "target",
    [{"mode": "down", "hi": 40.0}, {"lo": 50.0}, {"lo": 55.0, "lo_strict": True}],
    ids=["wrong direction", "met", "on a strict end"],
)
def test_there_is_no_year_of_attainment(target: dict[str, object]) -> None:
    row = assessed(STEADY, as_of=2025, **target)
    assert str(row["attain_year"]) == "<NA>"
    assert not row["attain_beyond"]


def test_acceleration_needs_the_same_direction() -> None:
    assert assessed(STEADY, as_of=2025, lo=65)["acceleration"] == pytest.approx(2)
    assert math.isnan(assessed(STEADY, as_of=2025, mode="down", hi=40)["acceleration"])


def test_gaps_in_the_years_are_weighed_by_their_length() -> None:
    years = np.array([2015, 2018, 2019, 2023])
    values = np.array([[61.0, 66.5, 68.1, 77.4]])
    sb = (77.4 - 61) / 8
    terms = [(5.5 - 3 * sb) ** 2 / 3, (1.6 - sb) ** 2, (9.3 - 4 * sb) ** 2 / 4]
    q = sum(terms) / 2
    found = standard_error(years, values, np.array([np.nan]), np.array([7.0]))
    assert found[0] == pytest.approx(math.sqrt(q * (7 + 49 / 8)))


def test_a_large_level_does_not_blur_the_spread() -> None:
    years = np.arange(2018, 2024)
    small = np.array([[1.0, 2.5, 3.0, 4.5, 5.0, 6.5]])
    step, ahead = np.array([np.nan]), np.array([5.0])
    near = standard_error(years, small, step, ahead)
    far = standard_error(years, small + 2.0**40, step, ahead)
    assert far[0] == pytest.approx(near[0], rel=1e-6)


def test_quantiles_are_those_of_student() -> None:
    found = quantile(np.array([2, 3, 4, 12]))
    assert math.isnan(found[0])
    assert found[1:] == pytest.approx(student.ppf(0.9, [1, 2, 10]))
