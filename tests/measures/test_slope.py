from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import theilslopes

from analysis.measures.slope import sen_interval, sen_rank, sorted_slopes, theil_sen
from tests.measures.helpers import number, rows_of

YEARS = np.array([2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026])


def sparse(rows: int, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    values = np.round(generator.normal(50, 10, (rows, len(YEARS))), 1)
    known = generator.random(values.shape) < generator.uniform(0.1, 1, (rows, 1))
    return np.where(known, values, np.nan)


def test_slopes_are_those_of_scipy() -> None:
    values = sparse(400, 7)
    found = theil_sen(YEARS, values)
    for row, slope in zip(values, found, strict=True):
        known = ~np.isnan(row)
        if known.sum() < 2:
            assert math.isnan(slope)
        else:
            assert slope == theilslopes(row[known], YEARS[known])[0]


def test_two_values_give_the_two_point_slope() -> None:
    assert theil_sen(np.array([2020, 2025]), np.array([[80.0, 85.0]]))[0] == 1


def test_the_years_between_count_and_not_the_values_between() -> None:
    assert theil_sen(np.array([2010, 2012, 2020]), np.array([[0.0, 2.0, 10.0]]))[0] == 1


@pytest.mark.parametrize("shape", [(0, 12), (3, 12), (0, 1), (2, 1)])
def test_no_values_have_no_slope(shape: tuple[int, int]) -> None:
    slopes = theil_sen(YEARS[: shape[1]], np.full(shape, np.nan))
    assert slopes.shape == (shape[0],)
    assert np.isnan(slopes).all()


@pytest.mark.parametrize("row", rows_of("theil_sen_exact_ci.csv"))
def test_the_ranks_of_the_exact_limits_are_those_of_the_table(row: dict[str, str]) -> None:
    n, pairs = int(row["n"]), int(row["n_slopes"])
    rank, confidence = sen_rank(n, number(row["nominal"]))
    if not row["lower_order_stat"]:
        assert rank == 0
        assert math.isnan(confidence)
    else:
        assert rank == int(row["lower_order_stat"])
        assert pairs + 1 - rank == int(row["upper_order_stat"])
        assert confidence == pytest.approx(number(row["achieved_confidence"]), abs=1e-6)


def test_limits_are_the_slopes_at_these_ranks() -> None:
    values = sparse(50, 8)
    slopes, n = sorted_slopes(YEARS, values), (~np.isnan(values)).sum(axis=1)
    low, high, confidence = sen_interval(slopes, n, 0.80)
    for row in range(len(values)):
        rank, achieved = sen_rank(int(n[row]), 0.80)
        if not rank:
            assert np.isnan([low[row], high[row], confidence[row]]).all()
            continue
        own = slopes[row][~np.isnan(slopes[row])]
        assert (low[row], high[row]) == (own[rank - 1], own[-rank])
        assert confidence[row] == achieved
