"""Theil-Sen slope and its exact interval from the matrix of all pairs (methods 1.9 and 3)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from analysis.measures.arrays import Floats, Ints
from analysis.measures.kendall import upper_tail


def pairs(years: int) -> tuple[Ints, Ints]:
    """Return the columns of all pairs, earlier and later."""
    earlier, later = np.triu_indices(years, 1)
    return earlier, later


def sorted_slopes(years: Ints, values: Floats) -> Floats:
    """Return the slopes between all pairs of values, each row sorted, NaN last.

    Parameters
    ----------
    years
        (T,) increasing years.
    values
        (N, T) values, NaN where there is none.

    Returns
    -------
    numpy.ndarray
        (N, T(T-1)/2) slopes in units per year.
    """
    earlier, later = pairs(len(years))
    slopes = (values[:, later] - values[:, earlier]) / (years[later] - years[earlier])
    slopes.sort(axis=1)
    return np.asarray(slopes, dtype=np.float64)


def median_slope(slopes: Floats, n: Ints) -> Floats:
    """Return the median of sorted pair slopes of series with ``n`` values; NaN below two."""
    count = n * (n - 1) // 2
    middle = (nth(slopes, (count + 1) // 2) + nth(slopes, count // 2 + 1)) / 2
    return np.where(count > 0, middle, np.nan)


def theil_sen(years: Ints, values: Floats) -> Floats:
    """Return the median of the slopes between all pairs of values, in units per year.

    Equal to the slope of ``scipy.stats.theilslopes``; the two-point slope for two values; NaN for
    fewer.

    Parameters
    ----------
    years
        (T,) increasing years.
    values
        (N, T) values, NaN where there is none.
    """
    known = ~np.isnan(values)
    used = known.any(axis=0)
    return median_slope(sorted_slopes(years[used], values[:, used]), known.sum(axis=1))


def nth(slopes: Floats, position: Ints) -> Floats:
    """Return the slope at each row's position, counted from 1; NaN for position 0 and beyond."""
    if not slopes.shape[1]:
        return np.full(len(slopes), np.nan)
    inside = np.clip(position - 1, 0, slopes.shape[1] - 1)
    picked = slopes[np.arange(len(slopes)), inside]
    return np.where((position >= 1) & (position <= slopes.shape[1]), picked, np.nan)


@lru_cache(maxsize=64)
def sen_rank(n: int, nominal: float) -> tuple[int, float]:
    """Return the rank of the lower limit among the sorted slopes, and the confidence achieved.

    The narrowest symmetric pair of order statistics whose exact confidence (from the exact null
    distribution of S, no ties) is at least the nominal one. The upper limit has the same rank
    from above. Rank 0 and NaN where no pair reaches it.
    """
    count = n * (n - 1) // 2
    best = (0, float("nan"))
    for rank in range(1, count // 2 + 1):
        achieved = 1 - 2 * float(upper_tail(n)[count - 2 * (rank - 1)])
        if achieved < nominal:
            break
        best = (rank, achieved)
    return best


def sen_interval(slopes: Floats, n: Ints, nominal: float) -> tuple[Floats, Floats, Floats]:
    """Return exact limits of the slope: lower, upper, and the confidence they achieve.

    Parameters
    ----------
    slopes
        (N, pairs) sorted slopes.
    n
        (N,) number of values.
    nominal
        Confidence wanted, such as 0.80.
    """
    most = int(n.max(initial=0))
    table = [sen_rank(size, nominal) for size in range(most + 1)]
    rank = np.array([row[0] for row in table], dtype=np.int64)[n]
    upper = np.where(rank > 0, n * (n - 1) // 2 + 1 - rank, 0)
    return nth(slopes, rank), nth(slopes, upper), np.array([row[1] for row in table])[n]
