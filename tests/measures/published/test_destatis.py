from __future__ import annotations

import math

import pytest

from analysis.measures import compare
from tests.measures.published.helpers import NONE, category, close, judged, one

METHOD = "destatis_weather"


def series(*values: float, last: int = 2023) -> dict[str, object]:
    first = last - len(values) + 1
    return {f"y{first + step}": value for step, value in enumerate(values)}


def aimed(*values: float, **cells: object) -> dict[str, object]:
    return series(*values) | {"target": 100.0, "target_year": 2033, "direction": 1} | cells


@pytest.mark.parametrize(
    ("yearly", "name"),
    [
        (4.8, "sun"),
        (4.7501, "sun"),
        (4.75, "slightly_cloudy"),
        (4.0, "slightly_cloudy"),
        (3.99, "cloudy"),
        (0.01, "cloudy"),
        (0.0, "thunderstorm"),
        (-0.01, "thunderstorm"),
    ],
)
def test_the_symbol_depends_on_the_share_missed(yearly: float, name: str) -> None:
    values = [50.0 + yearly * step for step in range(-5, 1)]
    assert category(METHOD, **aimed(*values)) == name


def test_only_the_last_six_values_count() -> None:
    six = aimed(40.0, 42, 44, 46, 48, 50)
    assert judged(METHOD, **six).equals(judged(METHOD, **(six | {"y2017": 0.0})))


def test_a_year_without_a_value_counts_in_the_change() -> None:
    gaps = aimed(40.0, NONE, 44, NONE, 48, 50)
    assert judged(METHOD, **gaps).equals(judged(METHOD, **aimed(40.0, 42, 44, 46, 48, 50)))


@pytest.mark.parametrize(("count", "there"), [(4, True), (3, False)])
def test_four_values_are_the_fewest(count: int, there: bool) -> None:
    found = judged(METHOD, **aimed(*[50.0 - step for step in range(count)][::-1]))
    assert (found["category"] != "not_available") == there


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ((99.0, 100, 101, 102, 103, 104), "sun"),
        ((105.0, 105, 105, 105, 105, 105), "sun"),
        ((110.0, 109, 108, 107, 106, 105), "thunderstorm"),
    ],
)
def test_a_target_met_stays_sunny_while_the_carried_value_meets_it(
    values: tuple[float, ...], name: str
) -> None:
    found = judged(METHOD, **aimed(*values))
    assert found["category"] == name
    assert math.isnan(found["value"])


def test_in_the_target_year_all_that_is_left_is_missed() -> None:
    found = judged(METHOD, **aimed(40.0, 42, 44, 46, 48, 50, target_year=2023))
    assert close(found["value"], 1.0)
    assert found["category"] == "cloudy"


@pytest.mark.parametrize(
    "gap", [{"target": NONE}, {"target_year": 2022}, {"target_year": NONE}, {"direction": 0}]
)
def test_without_a_target_ahead_there_is_no_symbol(gap: dict[str, object]) -> None:
    assert category(METHOD, **aimed(40.0, 42, 44, 46, 48, 50, **gap)) == "not_available"


def test_columns_of_years_are_needed() -> None:
    with pytest.raises(ValueError, match="no column named by a year: add the last values"):
        compare(one(target=1, target_year=2030, direction=1), METHOD)
