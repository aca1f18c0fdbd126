"""The trend frame: one row a series, its movement independent of any target."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures import trend
from analysis.results.naming import named_series
from analysis.results.panel import panel
from analysis.results.targets import last_targets, plan_targets

TREND_COLUMNS = ("series_id", "n", "slope", "direction", "movement")


def trend_frame(
    tables: Mapping[str, pd.DataFrame],
    view: pd.DataFrame,
    *,
    as_of: date,
    area: str = "QN",
) -> pd.DataFrame:
    """Describe how every series has moved since its last declared break.

    Parameters
    ----------
    tables
        The package's frames: ``series, indicators, units, levels, targets``.
    view
        The current view (see :func:`analysis.observe.current_view`).
    as_of
        The day of assessment.
    area
        The area that is described.

    Returns
    -------
    pandas.DataFrame
        One row a series in plan order: identity, then the columns of
        :func:`analysis.measures.trend`.
    """
    rows = named_series(tables)
    data = panel(view, list(rows["series_id"]), as_of.year, area)
    ends = plan_targets(last_targets(tables, rows), as_of.year)
    moved = trend(
        data.years,
        data.values,
        as_of_year=as_of.year,
        step=ends.step,
        mode=ends.mode,
        lo=ends.lo,
        hi=ends.hi,
    )
    return pd.concat([rows, moved.reset_index(drop=True)], axis=1).assign(
        before_break=data.before_break.astype(bool),
        years=[_span(data.years, row) for row in data.values],
    )


def _span(years: NDArray[np.int64], values: NDArray[np.float64]) -> str:
    return " ".join(str(year) for year in years[~np.isnan(values)])
