from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import kendalltau

from analysis.measures.kendall import mann_kendall, orders, upper_tail
from tests.measures.helpers import number, rows_of
from tests.measures.reference import score

TABLE = rows_of("mk_exact_null.csv")


def test_the_exact_null_distribution_is_that_of_the_table() -> None:
    assert len(TABLE) > 100
    for row in TABLE:
        one_sided = upper_tail(int(row["n"]))[int(row["S"])]
        assert one_sided == pytest.approx(number(row["p_one_sided_exact"]), rel=1e-9), row


@pytest.mark.parametrize("n", range(2, 13))
def test_the_smallest_p_is_that_of_the_table(n: int) -> None:
    smallest = {number(row["min_two_sided_p_for_n"]) for row in TABLE if int(row["n"]) == n}
    _, p, _ = mann_kendall(np.arange(float(n))[None, :])
    assert p[0] == pytest.approx(smallest.pop(), rel=1e-9)


def test_orders_are_counted_as_by_hand() -> None:
    assert orders(1) == (1,)
    assert orders(3) == (1, 2, 2, 1)


@pytest.mark.parametrize(
    "values", [(1, 1), (1, 1, 2), (1, 1, 2, 2), (1, 2, 2, 2, 3), (1, 1, 1, 2, 2, 3), (5,) * 4]
)
def test_p_with_ties_counts_all_orders(values: tuple[int, ...]) -> None:
    scores = [score(order) for order in permutations(values)]
    groups = tuple(count for v in set(values) if (count := values.count(v)) > 1)
    tail = upper_tail(len(values), groups)
    for s in range(max(scores) + 1):
        assert tail[s] == pytest.approx(sum(each >= s for each in scores) / len(scores))


def test_p_without_ties_is_that_of_scipy() -> None:
    generator = np.random.default_rng(1)
    values = generator.random((40, 12))
    values[generator.random(values.shape) < 0.3] = np.nan
    _, p, method = mann_kendall(values)
    for row, found in zip(values, p, strict=True):
        known = row[~np.isnan(row)]
        wanted = kendalltau(np.arange(len(known)), known, method="exact").pvalue
        assert found == pytest.approx(wanted, abs=1e-9)
    assert set(method) == {"exact"}


def test_the_method_is_named() -> None:
    rows = np.full((5, 9), np.nan)
    rows[1, 0] = 1
    rows[2, :3] = 1, 2, 3
    rows[3, :3] = 1, 1, 3
    rows[4] = 1, 1, 3, 4, 5, 6, 7, 8, 9
    s, p, method = mann_kendall(rows)
    assert list(method) == ["", "", "exact", "exact_ties", "normal_ties"]
    assert np.isnan(s[:2]).all()
    assert np.isnan(p[:2]).all()


def test_a_constant_series_has_no_evidence_however_long() -> None:
    _, p, _ = mann_kendall(np.vstack([np.full(7, 3.0), np.arange(7.0)]))
    assert p[0] == 1
    _, p, _ = mann_kendall(np.full((1, 12), 3.0))
    assert p[0] == 1


def test_the_approximation_for_many_values_with_ties_is_near_the_exact_value() -> None:
    values = np.array([[1, 2, 2, 3, 5, 4, 6, 6, 8, 7.0]])
    s, p, _ = mann_kendall(values)
    exact = 2 * upper_tail(10, (2, 2))[int(s[0])]
    assert p[0] == pytest.approx(exact, abs=0.005)
