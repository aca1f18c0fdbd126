from __future__ import annotations

import math

import pytest

from tests.measures.published.helpers import NONE, category, close, judged

METHOD = "sdsn_arrows"


def scored(**cells: object) -> dict[str, object]:
    given = {"base": 60.0, "base_year": 2015, "current": 70.0, "current_year": 2020}
    return given | {"target": 90.0, "target_year": 2030, "direction": 1} | cells


@pytest.mark.parametrize(
    ("current", "name"),
    [
        (70.0, "on_track"),
        (69.9, "moderately_improving"),
        (65.0, "moderately_improving"),
        (64.9, "stagnating"),
        (60.0, "stagnating"),
        (59.9, "decreasing"),
    ],
)
def test_the_arrow_turns_at_one_a_half_and_nought(current: float, name: str) -> None:
    assert category(METHOD, **scored(current=current)) == name


def test_a_value_in_its_own_unit_has_the_ratio_of_its_score() -> None:
    score = judged(METHOD, **scored())
    value = judged(METHOD, **scored(base=20.0, current=15.0, target=5.0, direction=-1))
    assert close(score["value"], float(value["value"]))


@pytest.mark.parametrize("base", [95.0, 90.0])
def test_a_fall_below_the_threshold_is_a_decrease_without_a_ratio(base: float) -> None:
    found = judged(METHOD, **scored(base=base, current=89.0))
    assert found["category"] == "decreasing"
    assert math.isnan(found["value"])


@pytest.mark.parametrize(
    "gap",
    [
        {"base": NONE},
        {"current": NONE},
        {"target": NONE},
        {"direction": 0},
        {"current_year": 2015},
        {"target_year": 2015},
    ],
)
def test_without_a_ratio_there_is_no_arrow(gap: dict[str, object]) -> None:
    found = judged(METHOD, **scored(**gap))
    assert found["category"] == "not_available"
    assert math.isnan(found["value"])
