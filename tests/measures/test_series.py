from __future__ import annotations

import numpy as np
import pytest

from analysis.measures.series import block, picks
from tests.measures.helpers import YEARS, assessed, targets, values
from tests.measures.reference import Target


def test_years_are_put_in_order_and_later_ones_left_out() -> None:
    data = block([2022, 2020, 2024], [[2.0, 0.0, 4.0]], 2023, np.array([[True, False, True]]))
    assert data.years.tolist() == [2020, 2022]
    assert data.values.tolist() == [[0, 2]]
    assert data.part.tolist() == [[False, True]]


def test_infinite_entries_are_no_values() -> None:
    data = block([2020, 2021, 2022], [[np.inf, 1.0, -np.inf]], 2026)
    assert data.n.tolist() == [1]


@pytest.mark.parametrize("years", [[], [2030]])
def test_an_axis_without_usable_years_is_one_empty_year(years: list[int]) -> None:
    data = block(years, np.ones((2, len(years))), 2026)
    assert data.years.tolist() == [2026]
    assert data.n.tolist() == [0, 0]


def test_all_misfits_are_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"shape \(1, 2\).*part_year of shape.*occurs twice"):
        block([2020, 2020, 2021], [[1.0, 2.0]], 2026, np.array([True]))


@pytest.mark.parametrize(
    ("observed", "year"),
    [
        ([2018, 2020, 2024], 2020),
        ([2019, 2021, 2024], 2019),
        ([2017, 2021, 2024], 2021),
        ([2018, 2023, 2024], 2018),
        ([2017, 2023, 2024], 2023),
        ([2015, 2017], None),
        ([2017, 2024], None),
        ([2015, 2020], None),
    ],
)
def test_the_baseline_is_the_nearest_within_two_years_else_the_first_later(
    observed: list[int], year: int | None
) -> None:
    row = assessed(dict.fromkeys(observed, 80.0), as_of=2026, lo=95)
    assert (None if row.isna()["base_year"] else row["base_year"]) == year


@pytest.mark.parametrize(
    ("observed", "judged"),
    [
        ({2024: 1.0, 2025: 2.0, 2026: 3.0}, 2025),
        ({2024: 1.0, 2026: 3.0}, 2024),
        ({2022: 1.0, 2026: 3.0}, 2026),
        ({2021: 1.0, 2022: 3.0}, 2022),
    ],
)
def test_a_target_year_that_is_over_is_judged_by_its_own_value_or_one_beside_it(
    observed: dict[int, float], judged: int
) -> None:
    aim = targets(Target(lo=95, year=2025))
    data = block(YEARS, values(observed), 2026)
    chosen = picks(data, aim, 2026)
    assert data.year_at(chosen.judged).tolist() == [judged]
    assert chosen.past.all()
    assert chosen.due.tolist() == [judged != 2022]
    assert chosen.provisional.tolist() == [judged in {2024, 2026} and len(observed) == 2]


def test_a_target_year_with_a_value_is_over_in_that_very_year() -> None:
    assert assessed({2020: 90.0, 2025: 96.0}, as_of=2025, lo=95, year=2025)["verdict"] == "MET"
    assert assessed({2020: 90.0, 2024: 93.0}, as_of=2025, lo=95, year=2025)["verdict"] == (
        "NEEDS_ACCELERATION"
    )


def test_a_baseline_is_never_later_than_the_judged_value() -> None:
    row = assessed({2022: 80.0, 2024: 90.0, 2026: 93.0}, lo=95, year=2025, base_year=2026)
    assert (row["judged_year"], str(row["base_year"])) == (2024, "<NA>")
