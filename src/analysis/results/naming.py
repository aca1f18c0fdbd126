"""Names, units and groups of the series, joined for every result frame."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

NAME_COLUMNS = [
    "series_id",
    "indicator_id",
    "group_id",
    "position",
    "label_vi",
    "label_en",
    "name_vi",
    "name_en",
    "part_vi",
    "part_en",
    "unit_id",
    "symbol_vi",
    "symbol_en",
    "mode",
    "scale",
    "decimals",
    "natural_min",
    "natural_max",
]


def named_series(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the series with names, group and unit.

    Returns
    -------
    pandas.DataFrame
        One row a series in plan order, with the columns of ``NAME_COLUMNS``.
    """
    indicators = tables["indicators"][["indicator_id", "group_id", "name_vi", "name_en"]]
    units = tables["units"][["unit_id", "symbol_vi", "symbol_en"]]
    frame = tables["series"].merge(indicators, on="indicator_id").merge(units, on="unit_id")
    return frame.sort_values("position")[NAME_COLUMNS].reset_index(drop=True)
