from __future__ import annotations

import math

import pytest

from tests.measures.published.helpers import NONE, category, close, judged, rate

CHART_2022 = "unsd_2022"
CHART_2023 = "unsd_2023"


def aimed(**cells: object) -> dict[str, object]:
    given = {"base": 80.0, "base_year": 2015, "current": 88.0, "current_year": 2022}
    return given | {"target": 99.0, "target_year": 2030, "direction": 1} | cells


@pytest.mark.parametrize(
    ("ratio", "name"),
    [
        (0.95, "on_track"),
        (0.9499, "fair_progress"),
        (0.5, "fair_progress"),
        (0.4999, "limited_or_no_progress"),
        (-0.1, "limited_or_no_progress"),
        (-0.1001, "deterioration"),
    ],
)
def test_a_ratio_on_its_limit_belongs_to_the_better_class(ratio: float, name: str) -> None:
    cells = rate(0.01 * ratio, target=100 * 1.01**10, target_year=2030)
    assert category(CHART_2022, **cells) == name


@pytest.mark.parametrize(
    ("growth", "name"),
    [
        (0.0101, "on_track"),
        (0.01, "fair_progress"),
        (0.0051, "fair_progress"),
        (0.005, "limited_or_no_progress"),
        (-0.0099, "limited_or_no_progress"),
        (-0.01, "deterioration"),
        (-0.2, "deterioration"),
    ],
)
@pytest.mark.parametrize("direction", [1, -1])
def test_a_rate_on_its_limit_belongs_to_the_worse_class(
    growth: float, name: str, direction: int
) -> None:
    found = judged(CHART_2022, **rate(growth * direction, direction))
    assert found["category"] == name
    assert close(found["value"], growth * direction)


@pytest.mark.parametrize("method", [CHART_2022, CHART_2023])
def test_values_below_zero_turn_the_direction(method: str) -> None:
    below = {"base": -100.0, "current": -95.0}
    assert judged(method, **(rate(0, 1) | below)).equals(
        judged(method, **(rate(0, -1) | {"base": 100.0, "current": 95.0}))
    )


@pytest.mark.parametrize(
    ("direction", "current", "name"),
    [
        (1, 98.951, "target_achieved"),
        (1, 98.95, "on_track"),
        (-1, 99.049, "target_achieved"),
        (-1, 99.05, "on_track"),
    ],
)
def test_a_miss_of_less_than_a_twentieth_of_a_percent_is_achieved(
    direction: int, current: float, name: str
) -> None:
    cells = aimed(base=99 - 10 * direction, current=current, direction=direction)
    assert category(CHART_2022, **cells) == name


@pytest.mark.parametrize(("target", "current"), [(0.0, 0.0), (-5.0, -5.0)])
def test_a_target_of_zero_or_less_is_achieved_when_it_is_reached(
    target: float, current: float
) -> None:
    cells = aimed(base=4.0, target=target, direction=-1)
    assert category(CHART_2022, **(cells | {"current": current})) == "target_achieved"
    assert category(CHART_2022, **(cells | {"current": 1.0})) != "target_achieved"


def test_a_target_lost_is_deterioration_before_the_data_are_looked_at() -> None:
    cells = aimed(base=99.5, current=90.0, base_year=NONE)
    found = judged(CHART_2022, **cells)
    assert found["category"] == "deterioration"
    assert math.isnan(found["value"])


def test_a_base_at_the_target_is_achieved_if_not_worse_and_else_deterioration() -> None:
    assert category(CHART_2022, **aimed(base=99.0, current=99.0)) == "target_achieved"
    assert category(CHART_2022, **aimed(base=99.0, current=98.0)) == "deterioration"


@pytest.mark.parametrize(
    "gap",
    [{"base": 0.0}, {"base": NONE}, {"current": NONE}, {"base_year": 2022}, {"base": -5.0}],
)
def test_without_a_ratio_the_data_are_insufficient(gap: dict[str, object]) -> None:
    assert category(CHART_2022, **aimed(**gap)) == "insufficient_data"


@pytest.mark.parametrize(("year", "name"), [(2015, "no_recent_data"), (2016, "on_track")])
def test_a_latest_value_of_2015_is_no_data_after_2015(year: int, name: str) -> None:
    found = judged(CHART_2022, **aimed(base_year=2010, current=97.0, current_year=year))
    assert found["category"] == name
    assert math.isnan(found["value"]) == (name == "no_recent_data")


def test_the_year_after_which_data_are_wanted_is_an_option() -> None:
    found = judged(CHART_2022, {"since": 2022}, **aimed())
    assert found["category"] == "no_recent_data"


def test_without_a_direction_nothing_is_said() -> None:
    for method in (CHART_2022, CHART_2023):
        found = judged(method, **aimed(direction=0))
        assert found["category"] == "not_available"
        assert math.isnan(found["value"])


@pytest.mark.parametrize(
    ("answer", "name"),
    [(1, "target_achieved"), (0, "target_not_achieved"), (NONE, "insufficient_data")],
)
def test_a_yes_or_no_indicator_is_achieved_or_not(answer: float, name: str) -> None:
    assert category(CHART_2022, current=answer, binary=True) == name


@pytest.mark.parametrize(
    ("base", "current", "direction", "name"),
    [
        (1, 5, 1, "target_achieved"),
        (1, 3, 1, "on_track"),
        (1, 2, 1, "fair_progress"),
        (1, 1, 1, "limited_or_no_progress"),
        (2, 1, 1, "deterioration"),
        (5, 4, 1, "deterioration"),
        (NONE, 4, 1, "insufficient_data"),
        (9, 7, -1, "on_track"),
    ],
)
def test_levels_are_counted(base: float, current: float, direction: int, name: str) -> None:
    cells = aimed(base=base, current=current, target=5, direction=direction, levels=True)
    assert category(CHART_2022, **cells) == name


def test_the_rate_of_reduction_takes_the_place_of_the_growth_rate() -> None:
    found = judged(
        CHART_2022, {"rate": "aarr"}, **aimed(base=30.0, current=20.0, direction=-1, target=12)
    )
    assert close(found["value"], (math.log(30 / 20) / 7) / (math.log(30 / 12) / 15))


def test_an_unknown_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="option rate is 'linear': use one of cagr, aarr"):
        judged(CHART_2022, {"rate": "linear"}, **aimed())


@pytest.mark.parametrize(
    ("share", "name", "score"),
    [
        (0.95, "met_or_on_track", 3),
        (0.9499, "fair_progress", 2),
        (0.10, "fair_progress", 2),
        (0.0999, "stagnation_or_regression", 1),
        (-0.5, "stagnation_or_regression", 1),
    ],
)
def test_the_projected_share_has_three_classes(share: float, name: str, score: int) -> None:
    growth = (1 + share) ** (1 / 15)
    cells = {"base": 50.0, "current": 50 * growth**7, "target": 100.0}
    found = judged(CHART_2023, **aimed(**cells))
    assert close(found["value"], share)
    assert (found["category"], found["score"]) == (name, score)


@pytest.mark.parametrize(
    ("growth", "score"), [(0.02, 3), (0.0199, 2), (0.005, 2), (0.0049, 1), (-0.05, 1)]
)
@pytest.mark.parametrize("direction", [1, -1])
def test_a_growth_rate_without_a_target_has_three_classes(
    growth: float, score: int, direction: int
) -> None:
    assert judged(CHART_2023, **rate(growth * direction, direction))["score"] == score


def test_met_now_is_met_whatever_the_trend() -> None:
    found = judged(CHART_2023, **aimed(base=120.0, current=99.0))
    assert found["category"] == "met_or_on_track"
    assert math.isnan(found["value"])


def test_met_and_lost_is_regression_although_the_share_would_be_large() -> None:
    found = judged(CHART_2023, **aimed(base=100.0, current=80.0, target=90.0))
    assert (found["category"], found["score"]) == ("stagnation_or_regression", 1)


@pytest.mark.parametrize(
    ("target", "current", "percent", "near"),
    [
        (100.0, 99.0, True, True),
        (100.0, 98.9, True, False),
        (100.0, 99.0, False, False),
        (99.9, 99.0, True, False),
    ],
)
def test_a_point_from_a_hundred_percent_is_met(
    target: float, current: float, percent: bool, near: bool
) -> None:
    cells = aimed(base=98.9, current=current, target=target, percent=percent)
    assert math.isnan(judged(CHART_2023, **cells)["value"]) == near


def test_a_point_from_no_percent_is_met() -> None:
    cells = aimed(base=1.2, current=1.0, target=0.0, direction=-1, percent=True)
    assert category(CHART_2023, **cells) == "met_or_on_track"


@pytest.mark.parametrize(
    ("answer", "name"),
    [(1, "met_or_on_track"), (0, "stagnation_or_regression"), (NONE, "not_available")],
)
def test_yes_is_met_and_no_is_stagnation(answer: float, name: str) -> None:
    assert category(CHART_2023, current=answer, binary=True) == name


@pytest.mark.parametrize("gap", [{"base": 0.0}, {"base": NONE}, {"current": NONE}])
def test_without_a_share_nothing_is_evaluated(gap: dict[str, object]) -> None:
    found = judged(CHART_2023, **aimed(**gap))
    assert found["category"] == "not_available"
    assert math.isnan(found["score"])
