from __future__ import annotations

import pytest

from tests.measures.published.helpers import NONE, category, close, judged, rate

# Pairs published by Eustat: base, years, current, target in 2030, direction; ratio, class.
PUBLISHED = [
    ((2.13, 2015, 1.70, 2023, 1.07, -1), 0.6196, "moderate_progress"),
    ((66.3, 2015, 62.8, 2024, 60, -1), 0.9056, "moderate_progress"),
    ((74.8, 2015, 64.3, 2025, 60, -1), 1.0289, "met_or_on_track"),
    ((3.5, 2015, 2.8, 2024, 1.75, -1), 0.5423, "insufficient_progress"),
    ((80.5, 2015, 77.3, 2022, 99.9, 1), -0.3985, "movement_away"),
]


@pytest.mark.parametrize(("numbers", "ratio", "name"), PUBLISHED)
def test_a_published_pair_has_its_ratio_and_class(
    numbers: tuple[float, ...], ratio: float, name: str
) -> None:
    names = ("base", "base_year", "current", "current_year", "target", "direction")
    cells = dict(zip(names, numbers, strict=True))
    found = judged("eurostat_target_2026", target_year=2030, **cells)
    assert round(float(found["value"]), 4) == ratio
    assert found["category"] == name


def test_no_movement_is_insufficient_and_not_away() -> None:
    cells = {"base": 7.7, "base_year": 2015, "current": 7.7, "current_year": 2024}
    cells |= {"target": 5.1333, "target_year": 2030, "direction": -1}
    assert category("eurostat_target_2026", **cells) == "insufficient_progress"


def towards(ratio: float, **more: object) -> dict[str, object]:
    """Return a series whose ratio is the given one: a year at that share of 1 % a year."""
    cells = rate(0.01 * ratio, target=100 * 1.01**10, target_year=2030)
    return cells | more


@pytest.mark.parametrize(
    ("ratio", "name"),
    [
        (0.95, "significant_progress"),
        (0.9499, "moderate_progress"),
        (0.60, "moderate_progress"),
        (0.5999, "insufficient_progress"),
        (0.0, "insufficient_progress"),
        (-0.0001, "movement_away"),
    ],
)
def test_a_ratio_on_its_limit_belongs_to_the_better_class(ratio: float, name: str) -> None:
    found = judged("eurostat_target_2017", **towards(ratio))
    assert close(found["value"], ratio)
    assert found["category"] == name


@pytest.mark.parametrize("method", ["eurostat_target_2017", "eurostat_target_2026"])
def test_a_target_reached_needs_no_base(method: str) -> None:
    found = judged(method, **towards(0.5, current=111.0, base=NONE))
    assert found["category"] in {"significant_progress", "met_or_on_track"}
    assert str(found["value"]) == "nan"


@pytest.mark.parametrize("target", [100.0, 90.0])
def test_a_target_met_at_the_base_and_lost_is_movement_away(target: float) -> None:
    cells = towards(0.0, current=80.0, target=target)
    assert category("eurostat_target_2026", **cells) == "movement_away"


@pytest.mark.parametrize(
    "gap",
    [
        {"base": NONE},
        {"base": 0.0},
        {"current": NONE},
        {"current": -1.0},
        {"current_year": 2020},
        {"current_year": 2020.9},
        {"target": NONE},
        {"target_year": NONE},
        {"target_year": 2020},
        {"direction": 0},
        {"direction": NONE},
    ],
)
def test_without_a_ratio_nothing_is_said(gap: dict[str, object]) -> None:
    assert category("eurostat_target_2026", **towards(0.5, **gap)) == "not_available"


@pytest.mark.parametrize(
    ("growth", "name"),
    [
        (0.01, "significant_progress"),
        (0.0099, "moderate_progress"),
        (0.0, "moderate_progress"),
        (-0.0001, "moderate_movement_away"),
        (-0.01, "moderate_movement_away"),
        (-0.0101, "significant_movement_away"),
    ],
)
@pytest.mark.parametrize("direction", [1, -1])
def test_a_rate_without_a_target_has_the_limits_of_2017(
    growth: float, name: str, direction: int
) -> None:
    found = judged("eurostat_trend_2017", **rate(growth * direction, direction))
    assert found["category"] == name
    assert close(found["value"], growth)


@pytest.mark.parametrize(
    ("growth", "name"),
    [
        (0.01, "significant_progress"),
        (0.0099, "moderate_progress"),
        (0.00852, "moderate_progress"),
        (0.00141, "moderate_progress"),
        (0.001, "moderate_progress"),
        (0.00099, "stagnation"),
        (0.00071, "stagnation"),
        (-0.00042, "stagnation"),
        (-0.00099, "stagnation"),
        (-0.001, "moderate_deterioration"),
        (-0.0014, "moderate_deterioration"),
        (-0.00999, "moderate_deterioration"),
        (-0.01, "significant_deterioration"),
        (-0.01043, "significant_deterioration"),
    ],
)
@pytest.mark.parametrize("direction", [1, -1])
def test_a_rate_without_a_target_has_the_limits_of_2026(
    growth: float, name: str, direction: int
) -> None:
    assert category("eurostat_trend_2026", **rate(growth * direction, direction)) == name


def test_near_a_natural_limit_less_growth_is_enough() -> None:
    cells = {"base": 98.0, "base_year": 2020, "current": 98.5, "current_year": 2021}
    assert category("eurostat_trend_2026", direction=1, **cells) == "moderate_progress"
    assert category("eurostat_trend_2026", direction=1, limit=100, **cells) == (
        "significant_progress"
    )


def test_a_natural_limit_leaves_the_limits_of_decline_alone() -> None:
    cells = {"base": 98.0, "base_year": 2020, "current": 97.95, "current_year": 2021}
    assert category("eurostat_trend_2026", direction=1, limit=100, **cells) == "stagnation"


def test_the_editions_up_to_2022_know_no_natural_limit() -> None:
    cells = {"base": 98.0, "base_year": 2020, "current": 98.5, "current_year": 2021}
    assert category("eurostat_trend_2017", direction=1, limit=100, **cells) == "moderate_progress"
