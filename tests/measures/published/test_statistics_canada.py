from __future__ import annotations

import numpy as np
import pytest

from analysis.measures.published.rates import coefficient
from tests.measures.published.helpers import NONE, close, judged, rate

METHOD = "statistics_canada"


def aimed(**cells: object) -> dict[str, object]:
    given = {"base": 50.0, "base_year": 2015, "current": 60.0, "current_year": 2023}
    return given | {"target": 80.0, "target_year": 2030, "direction": 1} | cells


# Published cases of the methods paper: cells, value, score (None: not stated there), status.
PUBLISHED = [
    ((14.5, 2015, 10.2, 2023, 7.25, 2030, -1), 0.95259, "substantial_progress"),
    ((63, 2005, 74, 2020, 85, 2030, 1), 0.89494, "moderate_progress"),
    ((10.1, 2015, 13.7, 2023, 30, 2030, 1), 0.51601, "limited_progress"),
    ((699, 2014, 666.6, 2024, 490, 2030, -1), 0.21563, "limited_progress"),
    ((100, 2015, 100, 2023, 100, 2030, 1), NONE, "target_achieved"),
]


@pytest.mark.parametrize(("numbers", "value", "status"), PUBLISHED)
def test_a_published_case_with_a_target_is_reproduced(
    numbers: tuple[float, ...], value: float, status: str
) -> None:
    names = ("base", "base_year", "current", "current_year", "target", "target_year", "direction")
    found = judged(METHOD, **dict(zip(names, numbers, strict=True)))
    assert np.isclose(found["value"], value, rtol=0, atol=6e-5, equal_nan=True)
    assert found["category"] == status


@pytest.mark.parametrize(
    ("base", "base_year", "current", "current_year", "value", "score", "status"),
    [
        (66.6, 2016, 71.4, 2023, 0.00999, 1.73975, "moderate_progress"),
        (79, 2021, 79, 2022, 0.0, -2.5, "limited_progress"),
    ],
)
def test_a_published_case_without_a_target_is_reproduced(
    base: float,
    base_year: int,
    current: float,
    current_year: int,
    value: float,
    score: float,
    status: str,
) -> None:
    cells = {"base": base, "base_year": base_year, "current": current}
    found = judged(METHOD, current_year=current_year, direction=1, limit=100, **cells)
    assert np.isclose(found["value"], value, rtol=0, atol=6e-6)
    assert np.isclose(found["score"], score, rtol=0, atol=6e-6)
    assert found["category"] == status


@pytest.mark.parametrize(
    ("growth", "status", "score"),
    [
        (0.02, "substantial_progress", 5.0),
        (0.015, "substantial_progress", 2.5),
        (0.0149, "moderate_progress", 2.475),
        (0.005, "moderate_progress", 0.0),
        (0.0049, "limited_progress", -0.05),
        (0.0, "limited_progress", -2.5),
        (-0.001, "deterioration", -2.625),
        (-0.03, "deterioration", -5.0),
    ],
)
@pytest.mark.parametrize("direction", [1, -1])
def test_without_a_target_the_rate_gives_status_and_score(
    growth: float, status: str, score: float, direction: int
) -> None:
    found = judged(METHOD, **rate(growth * direction, direction))
    assert found["category"] == status
    assert close(found["score"], score)


@pytest.mark.parametrize(
    ("ratio", "status", "score"),
    [
        (1.5, "substantial_progress", 5.0),
        (0.95, "substantial_progress", 7.1429 * 0.95 - 4.2857),
        (0.9499, "moderate_progress", 7.1429 * 0.9499 - 4.2857),
        (0.60, "moderate_progress", 7.1429 * 0.60 - 4.2857),
        (0.5999, "limited_progress", 4.1667 * 0.5999 - 2.5),
        (0.0, "limited_progress", -2.5),
        (-0.0001, "deterioration", 4.1667 * -0.0001 - 2.5),
        (-1.0, "deterioration", -5.0),
    ],
)
def test_with_a_target_the_ratio_gives_status_and_score(
    ratio: float, status: str, score: float
) -> None:
    found = judged(METHOD, **rate(0.01 * ratio, target=100 * 1.01**10, target_year=2030))
    assert found["category"] == status
    assert close(found["score"], score)


@pytest.mark.parametrize(
    ("base", "limit", "wanted"),
    [
        (50.0, NONE, 1.0),
        (50.0, 100.0, 1 - 0.5**4.44),
        (100.0, 100.0, 0.0),
        (150.0, 100.0, 1 - 0.5**4.44),
        (200.0, 100.0, 1.0),
        (300.0, 100.0, 1.0),
        (-50.0, -100.0, 1 - 0.5**4.44),
        (5.0, 0.0, 1.0),
        (0.0, 0.0, 1.0),
        (0.0, 100.0, 1.0),
    ],
)
def test_the_coefficient_shrinks_towards_a_natural_limit(
    base: float, limit: float, wanted: float
) -> None:
    assert close(coefficient(np.array([base]), np.array([limit]))[0], wanted)


@pytest.mark.parametrize(
    ("current", "status", "score"),
    [(100.0, "substantial_progress", 5.0), (99.0, "deterioration", 125 * -0.01 - 2.5)],
)
def test_at_the_natural_limit_only_keeping_it_counts(
    current: float, status: str, score: float
) -> None:
    cells = {"base": 100.0, "base_year": 2020, "current": current, "current_year": 2021}
    found = judged(METHOD, direction=1, limit=100, **cells)
    assert found["category"] == status
    assert close(found["score"], score)


def test_with_a_target_the_natural_limit_is_not_looked_at() -> None:
    assert judged(METHOD, **aimed()).equals(judged(METHOD, **aimed(limit=81)))


def test_a_target_of_zero_is_a_thousandth() -> None:
    cells = aimed(base=9.0, current=3.0, direction=-1)
    assert judged(METHOD, **(cells | {"target": 0})).equals(
        judged(METHOD, **(cells | {"target": 0.001}))
    )


def test_another_number_in_place_of_zero_changes_the_class() -> None:
    cells = aimed(base=9.0, base_year=2014, current=3.0, direction=-1, target=0)
    assert judged(METHOD, **cells)["category"] == "limited_progress"
    assert judged(METHOD, {"zero": 0.5}, **cells)["category"] == "moderate_progress"


@pytest.mark.parametrize("zero", [0, -1, NONE])
def test_zero_in_place_of_zero_is_refused(zero: float) -> None:
    with pytest.raises(ValueError, match=r"option zero is .* give a small number above zero"):
        judged(METHOD, {"zero": zero}, **aimed())


def test_a_base_of_zero_is_a_thousandth() -> None:
    assert judged(METHOD, **aimed(base=0)).equals(judged(METHOD, **aimed(base=0.001)))


def test_negative_values_turn_the_direction() -> None:
    growing = judged(METHOD, **rate(0.01))
    shrinking = {"base": -100.0, "current": -101.0}
    found = judged(METHOD, **(rate(0.01, direction=-1) | shrinking))
    assert found.equals(growing)
    assert judged(METHOD, **(rate(0.01) | shrinking))["category"] == "deterioration"


@pytest.mark.parametrize(
    "gap",
    [
        {"current": -1.0},
        {"base": -1.0, "current": 2.0},
        {"target": -80.0, "direction": -1},
        {"base": NONE},
        {"current": NONE},
        {"current_year": 2015},
        {"current_year": 2014},
        {"direction": NONE},
        {"target_year": 2015},
    ],
)
def test_without_a_rate_nothing_is_available(gap: dict[str, object]) -> None:
    found = judged(METHOD, **aimed(**gap))
    assert found["category"] == "not_available"
    assert found[["value", "score"]].isna().all()


@pytest.mark.parametrize("gap", [{}, {"base": NONE}, {"current_year": 2015}, {"base": -1.0}])
def test_a_target_reached_is_achieved_whatever_the_rate(gap: dict[str, object]) -> None:
    found = judged(METHOD, **aimed(current=80.0, **gap))
    assert found["category"] == "target_achieved"
    assert found["score"] == 5


def test_a_base_at_the_target_that_is_lost_is_deterioration() -> None:
    found = judged(METHOD, **aimed(base=80.0))
    assert found["category"] == "deterioration"
    assert found["score"] == -5
    assert np.isnan(found["value"])


@pytest.mark.parametrize(
    ("answer", "status"),
    [(1, "target_achieved"), (0, "target_not_achieved"), (NONE, "not_available")],
)
def test_a_yes_or_no_indicator_is_achieved_or_not(answer: float, status: str) -> None:
    found = judged(METHOD, current=answer, binary=True, direction=1, target=1)
    assert found["category"] == status
    assert found[["value", "score"]].isna().all()


@pytest.mark.parametrize(
    ("base", "current", "status"),
    [
        (0.5, 0.98, "target_achieved"),
        (0.5, 1.03, "target_achieved"),
        (0.5, 0.96, "substantial_progress"),
        (0.5, 2.0, "limited_progress"),
        (0.8, 2.0, "deterioration"),
        (0.8, 0.0, "not_available"),
    ],
)
def test_a_parity_index_counts_both_ways(base: float, current: float, status: str) -> None:
    cells = {"base": base, "current": current, "target": 1, "direction": 0, "parity": True}
    assert judged(METHOD, **aimed(**cells))["category"] == status


def test_a_share_of_half_counts_both_ways() -> None:
    cells = {"target": 50, "direction": 0, "parity": True}
    below = judged(METHOD, **aimed(base=30.0, current=40.0, **cells))
    beyond = judged(METHOD, **aimed(base=30.0, current=60.0, **cells))
    plain = judged(METHOD, **aimed(base=70.0, current=60.0, target=50, direction=-1))
    assert below.equals(beyond)
    assert below.equals(plain)


def test_a_share_of_nothing_is_as_far_from_half_as_a_share_of_all() -> None:
    cells = {"current": 20.0, "target": 50, "direction": 0, "parity": True}
    assert judged(METHOD, **aimed(base=0.0, **cells)).equals(
        judged(METHOD, **aimed(base=100.0, **cells))
    )


def test_no_parity_is_published_for_other_targets() -> None:
    found = judged(METHOD, **aimed(base=2.0, current=2.05, target=2.1, parity=True))
    assert found["category"] == "not_available"
