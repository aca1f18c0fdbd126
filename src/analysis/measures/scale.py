"""The projection on another scale, to see whether the linear one decides (methods 1.9, 2.6).

Near a natural limit the last points are harder. A series is continued on the scale that keeps it
off its limits: logit between two of them, the log of the distance from the only one. There is no
other scale without natural limits, or with a value on or beyond one.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from analysis.measures.arrays import Bools, Floats, Ints
from analysis.measures.slope import theil_sen
from analysis.measures.targets import Targets


def other_scale(years: Ints, values: Floats, targets: Targets, ahead: Floats) -> Floats:
    """Continue the last value along the Theil-Sen slope of the other scale.

    Parameters
    ----------
    years
        (T,) increasing years.
    values
        (N, T) values, NaN where there is none.
    targets
        Targets of the N series; their natural limits are used.
    ahead
        (N,) years from the last value.

    Returns
    -------
    numpy.ndarray
        (N,) projection in the unit of the series; NaN where there is no other scale.
    """
    least, most = targets.natural_min[:, None], targets.natural_max[:, None]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        scaled = _scaled(values, least, most)
        scaled = np.where(_inside(values, scaled)[:, None], scaled, np.nan)
        last = _last(scaled) + theil_sen(years, scaled) * ahead
        return _unscaled(last, targets.natural_min, targets.natural_max)


def _scaled(values: Floats, least: Floats, most: Floats) -> Floats:
    from_least = np.where(np.isnan(least), 0.0, np.log(values - least))
    to_most = np.where(np.isnan(most), 0.0, np.log(most - values))
    return np.where(np.isnan(least) & np.isnan(most), np.nan, from_least - to_most)


def _unscaled(scaled: Floats, least: Floats, most: Floats) -> Floats:
    between = least + (most - least) * expit(scaled)
    above = least + np.exp(scaled)
    below = most - np.exp(-scaled)
    return np.where(np.isnan(most), above, np.where(np.isnan(least), below, between))


def _inside(values: Floats, scaled: Floats) -> Bools:
    return np.asarray((np.isfinite(scaled) | np.isnan(values)).all(axis=1))


def _last(values: Floats) -> Floats:
    known = ~np.isnan(values)
    column = values.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    return np.asarray(values[np.arange(len(values)), column], dtype=np.float64)
