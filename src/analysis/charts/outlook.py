"""The years ahead of a series as a chart draws them: its continued trend and 80 % interval."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.charts.rows import Row
from analysis.measures import projection
from analysis.measures.arrays import Floats

_STEPS_A_YEAR = 4


def outlook(row: Row, values: pd.DataFrame) -> pd.DataFrame:
    """Return where the trend of a series leads between its last value and the target year.

    The formulas are those of the projection (:mod:`analysis.measures.projection`), applied to
    every quarter of a year; in the target year they give the row's ``projection, projection_low,
    projection_high``.

    Parameters
    ----------
    row
        A gap row with ``latest_year, latest_value, slope, target_year, decimals, natural_min,
        natural_max`` and the three columns above.
    values
        The values that the row rests on, one a year: ``year, value``.

    Returns
    -------
    pandas.DataFrame
        ``year, centre, low, high`` in the unit of the series, within its natural limits; ``low``
        and ``high`` are NaN where the row has no interval, and there is no row without a
        projection.
    """
    if np.isnan(row["projection"]):
        return pd.DataFrame(columns=["year", "centre", "low", "high"], dtype=float)
    span = int(row["target_year"]) - int(row["latest_year"])
    ahead = np.linspace(0.0, span, _STEPS_A_YEAR * span + 1)
    centre = row["latest_value"] + row["slope"] * ahead
    half = _half(row, values, ahead)
    return pd.DataFrame(
        {
            "year": row["latest_year"] + ahead,
            "centre": _within(row, centre),
            "low": _within(row, centre - half),
            "high": _within(row, centre + half),
        }
    )


def _half(row: Row, values: pd.DataFrame, ahead: Floats) -> Floats:
    if np.isnan(row["projection_low"]):
        return np.full(len(ahead), np.nan)
    used = values[values["year"] <= row["latest_year"]]
    repeated = np.tile(used["value"].to_numpy(dtype=float), (len(ahead), 1))
    step = np.full(len(ahead), 10.0 ** -row["decimals"])
    error = projection.standard_error(used["year"].to_numpy(dtype=int), repeated, step, ahead)
    return projection.quantile(np.full(len(ahead), len(used))) * error


def _within(row: Row, values: Floats) -> Floats:
    """Clip to the natural limits, where there are any."""
    clipped = np.fmin(np.fmax(values, row["natural_min"]), row["natural_max"])
    return np.where(np.isnan(values), np.nan, clipped)
