from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.measures.published.escap import weighted_line
from tests.measures.published.helpers import NONE, category, close, judged

STATUS = "escap_status"
AHEAD = "escap_anticipated"


def aimed(**cells: object) -> dict[str, object]:
    given = {"base": 20.0, "base_year": 2015, "current": 14.0, "current_year": 2021}
    return given | {"target": 5.0, "target_year": 2030, "direction": -1} | cells


def test_no_change_is_progress_of_nothing() -> None:
    found = judged(STATUS, **aimed(current=20.0))
    assert found["value"] == 0
    assert found["category"] == "progressed"


@pytest.mark.parametrize(
    ("gap", "name"),
    [
        ({"current": NONE}, "no_data"),
        ({"base": NONE}, "insufficient_data"),
        ({"base": NONE, "current": 5.0}, "reached"),
        ({"target": NONE}, "not_available"),
        ({"direction": 0}, "not_available"),
        ({"base": 5.0}, "not_available"),
        ({"base": 4.0}, "regressed"),
    ],
)
def test_what_is_missing_decides_what_is_said_of_today(gap: dict[str, object], name: str) -> None:
    assert category(STATUS, **aimed(**gap)) == name


@pytest.mark.parametrize(
    ("predicted", "name"),
    [
        (5.0, "achieve"),
        (6.5, "achieve"),
        (6.51, "accelerate"),
        (19.99, "accelerate"),
        (20.0, "reverse"),
        (25.0, "reverse"),
    ],
)
def test_the_gap_left_has_its_limits_at_10_and_100_percent(predicted: float, name: str) -> None:
    assert category(AHEAD, **aimed(predicted=predicted)) == name


def test_a_prediction_given_comes_before_the_years_and_those_before_two_values() -> None:
    years = {"y2015": 20.0, "y2018": 16.0, "y2021": 14.0}
    line = float(
        weighted_line(
            np.array([2015.0, 2018, 2021]), np.array([[20.0, 16, 14]]), np.array([2030.0])
        )[0]
    )
    found = [judged(AHEAD, **aimed(**more))["value"] for more in ({"predicted": 9.0}, years, {})]
    predicted = [9.0, max(line, 5.0), 14 - 9.0]
    assert np.allclose(found, [100 * (each - 5) / 15 for each in predicted])
    assert judged(AHEAD, **aimed(predicted=9.0, **years))["value"] == found[0]


def test_one_value_in_the_years_is_no_line() -> None:
    assert judged(AHEAD, **aimed(y2015=20.0)).equals(judged(AHEAD, **aimed()))


@pytest.mark.parametrize(
    ("gap", "name"),
    [
        ({"current": NONE}, "no_data"),
        ({"base": NONE}, "insufficient_data"),
        ({"base_year": 2021}, "insufficient_data"),
        ({"base": NONE, "current": 4.0}, "achieve"),
        ({"base": NONE, "predicted": 9.0}, "insufficient_data"),
        ({"target": NONE}, "not_available"),
        ({"target_year": NONE}, "not_available"),
        ({"direction": NONE}, "not_available"),
        ({"base": 5.0}, "not_available"),
    ],
)
def test_what_is_missing_decides_what_is_said_of_the_future(
    gap: dict[str, object], name: str
) -> None:
    assert category(AHEAD, **aimed(**gap)) == name


@pytest.mark.parametrize(("current", "value"), [(1.0, 10.0), (0.9, 0.0), (0.8, -10.0)])
def test_parity_is_best_at_the_target(current: float, value: float) -> None:
    cells = {"base": 0.9, "target": 1.0, "direction": 0, "parity": True}
    assert close(judged(STATUS, current=current, **cells)["value"], value)


def test_parity_is_not_reached_beyond_the_target() -> None:
    cells = {"base": 0.9, "current": 1.06, "target": 1.0, "direction": 1}
    assert category(STATUS, parity=True, **cells) == "progressed"
    assert category(STATUS, parity=False, **cells) == "reached"


def test_the_line_gives_recent_values_more_weight() -> None:
    years, values = np.array([2015.0, 2018, 2020, 2023]), np.array([12.0, 10.5, 9.8, 7.9])
    weights = (2030 - 2015) / (2030 - years)
    slope, start = np.polyfit(years - 2030, values, 1, w=np.sqrt(weights))
    found = weighted_line(years, values[None, :], np.array([2030.0]))[0]
    assert math.isclose(found, start, rel_tol=1e-9)
    assert slope < 0


def test_the_line_leaves_out_the_target_year_and_later() -> None:
    years = np.array([2018.0, 2020, 2025, 2026])
    found = weighted_line(years, np.array([[4.0, 6, 99, 99]]), np.array([2025.0]))
    assert close(found[0], 11.0)


def test_no_years_give_no_line() -> None:
    found = weighted_line(np.empty(0), np.empty((2, 0)), np.array([2030.0, 2030]))
    assert np.isnan(found).all()
