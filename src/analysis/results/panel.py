"""The panel: one row a series, one column a year, taken from the current view."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True)
class Panel:
    """Values of many series on one axis of years.

    Attributes
    ----------
    series_ids
        The series, in row order, length N.
    years
        Calendar years, length T, without gaps.
    values
        (N, T) values in each series' own unit; NaN where there is none.
    part_year
        (N, T) True where the value stands for a part of its year only.
    before_break
        (N,) True where the series has values, but all of them before a declared break.
    """

    series_ids: tuple[str, ...]
    years: NDArray[np.int64]
    values: NDArray[np.float64]
    part_year: NDArray[np.bool_]
    before_break: NDArray[np.bool_]

    def take(self, series_ids: list[str]) -> Panel:
        """Return the rows of these series, repeated as often as they are named."""
        index = pd.Index(self.series_ids).get_indexer(pd.Index(series_ids))
        return Panel(
            tuple(series_ids),
            self.years,
            self.values[index],
            self.part_year[index],
            self.before_break[index],
        )


def panel(view: pd.DataFrame, series_ids: list[str], as_of_year: int, area: str) -> Panel:
    """Lay the current view of one area out as arrays.

    Parameters
    ----------
    view
        Current view with columns ``series_id, area_id, year, value, part_year,
        is_current_segment``.
    series_ids
        The rows wanted, in this order.
    as_of_year
        The last year of the axis.
    area
        The area whose values are meant, such as ``QN``.
    """
    rows = view[(view["area_id"] == area) & view["series_id"].isin(series_ids)]
    usable = rows[rows["is_current_segment"].astype(bool) & rows["value"].notna()]
    first = int(usable["year"].min()) if len(usable) else as_of_year
    years = np.arange(min(first, as_of_year), as_of_year + 1)
    known = rows.groupby("series_id").size().reindex(series_ids, fill_value=0).to_numpy() > 0
    values = _grid(usable, "value", series_ids, years, np.nan).astype(float)
    part = _grid(usable, "part_year", series_ids, years, False).astype(bool)
    return Panel(tuple(series_ids), years, values, part, known & np.isnan(values).all(axis=1))


def _grid(
    rows: pd.DataFrame,
    column: str,
    series_ids: list[str],
    years: NDArray[np.int64],
    fill: object,
) -> NDArray[np.generic]:
    grid = np.full((len(series_ids), len(years)), fill)
    row = pd.Index(series_ids).get_indexer(pd.Index(rows["series_id"]))
    column_index = rows["year"].to_numpy(dtype=int) - int(years[0])
    inside = (column_index >= 0) & (column_index < len(years))
    grid[row[inside], column_index[inside]] = rows[column].to_numpy()[inside]
    return grid
