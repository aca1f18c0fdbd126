from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.measures.scale import other_scale
from tests.measures.helpers import targets
from tests.measures.reference import Target

YEARS = np.arange(2020, 2024)
AHEAD = np.array([7.0])


def continued(values: list[float], least: float = math.nan, most: float = math.nan) -> float:
    aim = targets(Target(lo=1, natural_min=least, natural_max=most))
    return float(other_scale(YEARS, np.array([values]), aim, AHEAD)[0])


def test_a_steady_factor_goes_on_between_a_minimum_and_nothing() -> None:
    assert continued([16, 8, 4, 2], least=0) == pytest.approx(2 / 2**7)
    assert continued([26, 18, 14, 12], least=10) == pytest.approx(10 + 2 / 2**7)


def test_the_scale_below_a_maximum_is_the_mirror() -> None:
    assert continued([-16, -8, -4, -2], most=0) == pytest.approx(-2 / 2**7)


def test_steady_odds_go_on_between_two_limits() -> None:
    odds = [1.0, 2.0, 4.0, 8.0]
    assert continued([100 * o / (1 + o) for o in odds], 0, 100) == pytest.approx(102400 / 1025)


@pytest.mark.parametrize(
    ("values", "least", "most"),
    [([1, 2, 3, 4], math.nan, math.nan), ([0, 1, 2, 3], 0, 100), ([97, 98, 99, 100], 0, 100),
     ([-1, 1, 2, 3], 0, math.nan)],
    ids=["no limits", "on the minimum", "on the maximum", "beyond a limit"],
)  # fmt: skip
def test_there_is_no_other_scale(values: list[float], least: float, most: float) -> None:
    assert math.isnan(continued(values, least, most))
