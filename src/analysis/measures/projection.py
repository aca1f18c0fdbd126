"""Where the middle yearly change leads: projection, interval, probability (methods 2.3, 2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import stdtr, stdtrit

from analysis.measures import constants as limits
from analysis.measures import targets as model
from analysis.measures.arrays import Bools, Floats, Ints, ratio, where
from analysis.measures.gap import Gap
from analysis.measures.series import Block, Picks
from analysis.measures.slope import theil_sen
from analysis.measures.targets import Targets


@dataclass(frozen=True)
class Outlook:
    """What lies ahead of N series, (N,) each; NaN (or False) where there is nothing to say.

    Attributes
    ----------
    slope
        Theil-Sen slope of all values up to the judged one, in units per year.
    needed
        Change a year from the latest value that reaches the edge in the target year.
    acceleration
        ``needed / slope`` where both have the same sign.
    projection, low, high
        Value of the target year and its 80 % interval, clipped to the natural limits.
    p_met
        Probability that the target is met.
    attain_year
        First year in which the continued slope has reached the edge, up to 2055.
    attain_beyond
        True where it is reached, but after 2055.
    """

    slope: Floats
    needed: Floats
    acceleration: Floats
    projection: Floats
    low: Floats
    high: Floats
    p_met: Floats
    attain_year: Floats
    attain_beyond: Bools


def look_ahead(data: Block, targets: Targets, chosen: Picks, gap: Gap) -> Outlook:
    """Continue every series to its target year.

    Nothing is continued for a target year that is over, for ordinal targets, and for targets that
    cannot be read; the slope alone is there for all but ordinal series.
    """
    used = data.until(data.year_at(chosen.judged))
    slope = where(~targets.is_level, theil_sen(data.years, used))
    open_ = targets.readable & ~chosen.past & ~targets.is_level
    ahead = where(open_, targets.year - gap.year)
    centre = gap.value + slope * ahead
    se = standard_error(data.years, used, targets.step, ahead)
    half = where(data.n >= limits.VALUES_FOR_INTERVAL, quantile(data.n) * se)
    needed = where(~gap.met, (gap.edge - gap.value) / ahead)
    attain, beyond = _attained(gap, slope, open_)
    return Outlook(
        slope=slope,
        needed=needed,
        acceleration=where(needed * slope > 0, ratio(needed, slope)),
        projection=model.clip(targets, centre),
        low=model.clip(targets, centre - half),
        high=model.clip(targets, centre + half),
        p_met=_probability(targets, centre, se, data.n),
        attain_year=attain,
        attain_beyond=beyond,
    )


def standard_error(years: Ints, values: Floats, step: Floats, ahead: Floats) -> Floats:
    """Return the standard error of a projection: a random walk with drift.

    ``sqrt(q (h + h^2/L))`` with ``q`` the variance of the yearly steps about the mean step over
    the n-2 degrees of freedom, at least ``u^2/6``, the variance that rounding alone gives to the
    difference of two displayed values.

    Parameters
    ----------
    years
        (T,) increasing years.
    values
        (N, T) values, NaN where there is none.
    step
        (N,) displayed unit u; NaN if unknown, which sets no floor.
    ahead
        (N,) years h from the last value.

    Returns
    -------
    numpy.ndarray
        (N,) in the unit of the series; NaN below three values.
    """
    length, squares, n = _walk(years, values)
    q = np.fmax(squares / np.where(n > 2, n - 2, np.nan), step**2 / 6)
    return where(n > 2, np.sqrt(q * (ahead + ratio(ahead**2, length))))


def _walk(years: Ints, values: Floats) -> tuple[Floats, Floats, Ints]:
    """Return L, the sum of squared steps about the mean step, and n; one pass over the years.

    Residuals are squared rather than squares subtracted, so that nothing cancels.
    """
    first_year, first = _carried(years[::-1], values[:, ::-1])
    last_year, last = _carried(years, values)
    length = last_year - first_year
    mean = ratio(last - first, length)
    squares, before_year, before = np.zeros((3, len(values)))
    before[:], before_year[:] = np.nan, np.nan
    for year, value in zip(years, values.T, strict=True):
        gap = year - before_year
        term = (value - before - mean * gap) ** 2 / gap
        squares += np.where(np.isnan(term), 0.0, term)
        before = np.where(np.isnan(value), before, value)
        before_year = np.where(np.isnan(value), before_year, year)
    return length, squares, (~np.isnan(values)).sum(axis=1)


def _carried(years: Ints, values: Floats) -> tuple[Floats, Floats]:
    """Return the year and the value of the last entry with a value."""
    known = ~np.isnan(values)
    column = values.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    value = values[np.arange(len(values)), column]
    return np.where(np.isnan(value), np.nan, years[column]), value


def quantile(n: Ints) -> Floats:
    """Return t(0.90, n-2), the half-width of an 80 % interval in standard errors."""
    return _quantiles(int(n.max(initial=0)))[n]


@lru_cache(maxsize=64)
def _quantiles(most: int) -> Floats:
    freedom = np.arange(most + 1) - 2.0
    freedom[:3] = np.nan
    return np.asarray(stdtrit(freedom, limits.UPPER_QUANTILE), dtype=np.float64)


def _probability(targets: Targets, centre: Floats, se: Floats, n: Ints) -> Floats:
    """Return ``F((hi - m)/se) - F((lo - m)/se)``; a projection without spread is met or not."""
    freedom = np.where(n >= limits.VALUES_FOR_PROBABILITY, n - 2.0, np.nan)
    spread = np.where(se > 0, se, np.nan)
    above = stdtr(freedom, (targets.upper - centre) / spread)
    below = stdtr(freedom, (targets.lower - centre) / spread)
    certain = where(~np.isnan(freedom + centre) & (se == 0), model.met(targets, centre))
    return np.asarray(np.where(se == 0, certain, above - below), dtype=np.float64)


def _attained(gap: Gap, slope: Floats, open_: Bools) -> tuple[Floats, Bools]:
    wait = where(open_ & ~gap.met & (gap.gap > 0), ratio(gap.edge - gap.value, slope))
    year = where(wait > 0, np.ceil(gap.year + wait - limits.TOLERANCE))
    beyond = year > limits.LAST_ATTAIN_YEAR
    return where(~beyond, year), beyond
