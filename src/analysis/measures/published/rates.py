"""What the published methods have in common: growth rates, ratios, and limits.

A comparison with a limit, and whether a target is reached, has a slack of 1e-9 for floating point
alone, as everywhere in this room (methods 2.1).
"""

from __future__ import annotations

import numpy as np

from analysis.measures.arrays import Bools, Floats
from analysis.measures.constants import TOLERANCE
from analysis.measures.published.inputs import Inputs

# Exponent of the coefficient C (Statistics Canada, methods 1.6).
_EXPONENT = 4.44


def cagr(start: Floats, end: Floats, years: Floats) -> Floats:
    """Return the compound annual growth rate ``(end/start)**(1/years) - 1`` (a share a year).

    NaN where it is not defined: a start of zero, values of different signs, less than a year.
    """
    defined = _comparable(start, end) & (years >= 1)
    growth = np.where(defined, end, 1.0) / np.where(defined, start, 1.0)
    rate = growth ** (1 / np.where(defined, years, 1.0)) - 1
    return np.where(defined, rate, np.nan)


def log_rate(start: Floats, end: Floats, years: Floats) -> Floats:
    """Return the continuous rate ``ln(end/start)/years``; NaN as in :func:`cagr`."""
    defined = _comparable(start, end) & (years >= 1)
    growth = np.where(defined, end, 1.0) / np.where(defined, start, 1.0)
    with np.errstate(divide="ignore"):
        rate = np.log(growth) / np.where(defined, years, 1.0)
    return np.where(defined, rate, np.nan)


def _comparable(start: Floats, end: Floats) -> Bools:
    """Tell where the start is not zero and the end is of its sign, or zero."""
    return np.asarray((start != 0) & (np.sign(start) * np.sign(end) >= 0))


def sense(given: Inputs) -> Floats:
    """Return the sign that makes progress positive: the direction, turned for negative values."""
    return given.direction * np.where(given.base < 0, -1.0, 1.0)


def signed_rate(given: Inputs) -> Floats:
    """Return the growth rate from base to current, positive where it is progress."""
    return sense(given) * cagr(given.base, given.current, given.elapsed)


def target_ratio(given: Inputs) -> Floats:
    """Return the observed growth rate over the size of the required one.

    ``R = sign * dir * CAGR_obs / |CAGR_req|`` (Eurostat, Statistics Canada; methods 1.1, 1.6).
    Infinite where the base equals the target and the current value does not; NaN where both do.
    """
    required = np.abs(cagr(given.base, given.target, given.allowed))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(signed_rate(given) / required)


def reaches(given: Inputs, values: Floats) -> Bools:
    """Tell which values reach the target; False where something is missing."""
    slack = TOLERANCE * np.fmax(np.abs(values), np.abs(given.target))
    return np.asarray(given.direction * (values - given.target) >= -slack)


def reached(given: Inputs) -> Bools:
    """Tell where the current value reaches the target."""
    return reaches(given, given.current)


def lost(given: Inputs) -> Bools:
    """Tell where the base reached the target and the current value does not."""
    return reaches(given, given.base) & ~reached(given) & ~np.isnan(given.current)


def coefficient(base: Floats, limit: Floats) -> Floats:
    """Return C, by which positive limits shrink near a natural limit L (methods 1.6).

    1 without L and where |b| >= 2|L|; ``1 - (|b|/|L|)**4.44`` where |b| <= |L|;
    ``1 - ((2|L| - |b|)/|L|)**4.44`` between.
    """
    far = np.isnan(limit) | (np.abs(base) >= 2 * np.abs(limit))
    share = np.abs(base) / np.where(far, 1.0, np.abs(limit))
    near = np.where(share <= 1, share, 2 - share)
    return np.where(far, 1.0, 1 - np.where(far, 0.0, near) ** _EXPONENT)


def known(values: Floats) -> Bools:
    """Tell where there is a value (an infinite one is one)."""
    return ~np.isnan(values)


def at_least(values: Floats, limit: Floats | float) -> Bools:
    """Tell where a rate or ratio is not below its limit."""
    return np.asarray(values >= limit - TOLERANCE)


def above(values: Floats, limit: Floats | float) -> Bools:
    """Tell where a rate or ratio is above its limit."""
    return np.asarray(values > limit + TOLERANCE)


def at_most(values: Floats, limit: Floats | float) -> Bools:
    """Tell where a rate or ratio is not above its limit."""
    return np.asarray(values <= limit + TOLERANCE)
