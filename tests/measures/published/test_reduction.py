from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.measures.published.reduction import log_slope
from tests.measures.published.helpers import NONE, category, close, judged

METHOD = "aarr"


def aimed(reduced: float, **cells: object) -> dict[str, object]:
    """Return a series that fell by a share in a year; 4 % a year are required."""
    given = {"base": 30.0, "base_year": 2020, "current": 30 * (1 - reduced), "current_year": 2021}
    return given | {"target": 30 * 0.96**10, "target_year": 2030, "direction": -1} | cells


@pytest.mark.parametrize(
    ("reduced", "name"),
    [
        (0.04, "on_track"),
        (0.0399, "some_progress"),
        (0.0051, "some_progress"),
        (0.005, "no_progress"),
        (0.0, "no_progress"),
        (-0.005, "no_progress"),
        (-0.0051, "worsening"),
    ],
)
def test_the_current_rate_is_held_against_the_required_one(reduced: float, name: str) -> None:
    found = judged(METHOD, **aimed(reduced))
    assert close(found["value"], reduced)
    assert found["category"] == name


def test_a_target_reached_is_met_whatever_the_rate() -> None:
    assert category(METHOD, **aimed(0.0, base=10.0, current=10.0)) == "target_met"


def test_the_line_through_the_years_comes_before_the_two_values() -> None:
    years = {"y2020": 30.0, "y2021": 29.0, "y2022": 25.0}
    slope = np.polyfit([2020, 2021, 2022], np.log([30.0, 29, 25]), 1)[0]
    assert close(judged(METHOD, **aimed(0.01, **years))["value"], 1 - math.exp(slope))
    assert close(judged(METHOD, **aimed(0.01, y2020=30.0))["value"], 0.01)


def test_values_that_are_not_above_zero_have_no_logarithm() -> None:
    years = np.array([2019.0, 2020, 2021, 2022])
    found = log_slope(years, np.array([[0.0, 4, 2, 1], [-1, 4, NONE, 0]]))
    assert close(found[0], -math.log(2))
    assert math.isnan(found[1])


@pytest.mark.parametrize(
    "gap", [{"direction": 1}, {"direction": NONE}, {"target": NONE}, {"base": 0.0}]
)
def test_without_a_required_reduction_nothing_is_assessed(gap: dict[str, object]) -> None:
    assert category(METHOD, **aimed(0.02, **gap)) == "not_available"


def test_the_rate_is_given_without_a_target() -> None:
    assert close(judged(METHOD, **aimed(0.02, target=NONE))["value"], 0.02)


def test_no_rate_of_reduction_is_given_of_what_is_to_rise() -> None:
    assert math.isnan(judged(METHOD, **aimed(0.02, direction=1))["value"])
