"""Mann-Kendall test with exact p values (methods 1.9).

S is the number of rising pairs less the number of falling ones; the test is two-sided,
``p = 2 P(S >= |s|)``, over all orders of the observed values. A group of t equal values divides
the generating function of the orders by that of t distinct ones, so that ties are exact too.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from analysis.measures.arrays import Bools, Floats, Ints, Strings
from analysis.measures.constants import EXACT_TIES_UP_TO

EXACT, EXACT_TIES, NORMAL_TIES = "exact", "exact_ties", "normal_ties"


@lru_cache(maxsize=256)
def orders(n: int) -> tuple[int, ...]:
    """Count the orders of n distinct values by their number of falling pairs (insertion)."""
    counts = [1]
    for size in range(2, n + 1):
        wide = [0] * (len(counts) + size - 1)
        for place in range(size):
            for fallen, count in enumerate(counts):
                wide[fallen + place] += count
        counts = wide
    return tuple(counts)


@lru_cache(maxsize=1024)
def upper_tail(n: int, groups: tuple[int, ...] = ()) -> Floats:
    """Return P(S >= s) for s = 0, 1, 2, … as one array, under the null hypothesis.

    Parameters
    ----------
    n
        Number of values.
    groups
        Sizes of the groups of equal values.
    """
    counts = list(orders(n))
    for size in groups:
        counts = _divided(counts, orders(size))
    pairs = len(counts) - 1
    total = sum(counts)
    # With f falling pairs S is pairs - 2f, so that S >= s means f <= (pairs - s) / 2.
    running = np.cumsum(np.array(counts, dtype=object))
    tail = [int(running[(pairs - s) // 2]) / total for s in range(pairs + 1)]
    return np.array(tail, dtype=np.float64)


def _divided(counts: list[int], divisor: tuple[int, ...]) -> list[int]:
    """Divide two polynomials given by rising powers; it leaves no rest and both begin with 1."""
    rest, quotient = list(counts), []
    for power in range(len(counts) - len(divisor) + 1):
        quotient.append(rest[power])
        for shift, factor in enumerate(divisor):
            rest[power + shift] -= quotient[-1] * factor
    return quotient


def mann_kendall(values: Floats) -> tuple[Floats, Floats, Strings]:
    """Return S, the two-sided p value, and how p was found, for series of two values and more.

    Parameters
    ----------
    values
        (N, T) values in order of time, NaN where there is none.

    Returns
    -------
    tuple
        (N,) S; (N,) p; (N,) method: ``exact`` (no ties), ``exact_ties`` (ties, up to seven
        values), ``normal_ties`` (ties, more values: tie-corrected normal approximation with
        continuity correction). NaN, NaN and an empty word below two values.
    """
    known = ~np.isnan(values)
    n = known.sum(axis=1)
    s, same = _score(values)
    tied = same.any(axis=1)
    p = np.full(len(values), np.nan)
    plain = (n >= 2) & ~tied
    p[plain] = _exact(n[plain], s[plain])
    few = tied & (n <= EXACT_TIES_UP_TO)
    p[few] = _exact_with_ties(n[few], s[few], same[few])
    many = tied & ~few
    p[many] = _normal(n[many], s[many], same[many])
    methods = np.select([n < 2, plain, few], ["", EXACT, EXACT_TIES], NORMAL_TIES)
    return np.where(n >= 2, s, np.nan), p, methods


def _score(values: Floats) -> tuple[Ints, Ints]:
    """Return S, and for each value the number of other values equal to it."""
    s = np.zeros(len(values), dtype=np.int64)
    same = np.zeros(values.shape, dtype=np.int64)
    for gap in range(1, values.shape[1]):
        later, earlier = values[:, gap:], values[:, :-gap]
        s += (later > earlier).sum(axis=1) - (later < earlier).sum(axis=1)
        equal = later == earlier
        same[:, gap:] += equal
        same[:, :-gap] += equal
    return s, same


def _exact(n: Ints, s: Ints) -> Floats:
    most = int(n.max(initial=2))
    table = np.zeros((most + 1, most * (most - 1) // 2 + 1))
    for size in np.unique(n).tolist():
        tail = upper_tail(size)
        table[size, : len(tail)] = tail
    return _two_sided(table[n, np.abs(s)])


def _exact_with_ties(n: Ints, s: Ints, same: Ints) -> Floats:
    """Look p up by pattern of ties; there are at most 44 patterns of up to seven values."""
    sizes = range(2, EXACT_TIES_UP_TO + 1)
    members = [(same == size - 1).sum(axis=1) // size for size in sizes]
    patterns, which = np.unique(np.column_stack([n, *members]), axis=0, return_inverse=True)
    p = np.empty(len(n))
    for index, (size, *groups) in enumerate(patterns.tolist()):
        spelled = tuple(t for t, times in zip(sizes, groups, strict=True) for _ in range(times))
        rows: Bools = which.reshape(-1) == index
        p[rows] = upper_tail(size, spelled)[np.abs(s[rows])]
    return _two_sided(p)


def _normal(n: Ints, s: Ints, same: Ints) -> Floats:
    # Each member of a group of t adds (t-1)(2t+5), the whole group t(t-1)(2t+5).
    ties = (same * (2 * same + 7)).sum(axis=1)
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    z = (np.abs(s) - 1) / np.sqrt(np.maximum(variance, 1e-300))
    return np.where(s == 0, 1.0, 2 * ndtr(-z))


def _two_sided(one_sided: Floats) -> Floats:
    return np.asarray(np.minimum(1.0, 2 * one_sided), dtype=np.float64)
