"""The plan's targets, as rows beside the series and as intervals that can be judged."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures import Targets, targets_from_plan

TARGET_COLUMNS = ["status", "kind", "low", "high", "level_id", "text_source", "text_en"]


def named_targets(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the targets with the ordinal of their level.

    Returns
    -------
    pandas.DataFrame
        One row a series and year: ``series_id, target_year, target_status, kind, low, high,
        level_id, text_source, text_en, target_level``.
    """
    levels = tables["levels"][["level_id", "ordinal"]]
    targets = tables["targets"].merge(levels, on="level_id", how="left")
    columns = ["series_id", "year", *TARGET_COLUMNS, "ordinal"]
    return targets[columns].rename(
        columns={"year": "target_year", "status": "target_status", "ordinal": "target_level"}
    )


def last_targets(tables: Mapping[str, pd.DataFrame], series: pd.DataFrame) -> pd.DataFrame:
    """Return each series with the last target that the plan states for it (one row a series)."""
    targets = named_targets(tables).sort_values("target_year", kind="stable")
    stated = targets[targets["target_status"].eq("stated")].drop_duplicates(
        "series_id", keep="last"
    )
    rows = series.merge(stated, on="series_id", how="left", validate="one_to_one")
    return rows.assign(kind=rows["kind"].fillna("none"), target_year=rows["target_year"].fillna(0))


def plan_targets(rows: pd.DataFrame, base_year: int) -> Targets:
    """Read target rows, joined with their series, as intervals (:mod:`analysis.measures`)."""
    return targets_from_plan(
        kind=rows["kind"].to_numpy(dtype=str),
        mode=rows["mode"].to_numpy(dtype=str),
        low=_numbers(rows["low"]),
        high=_numbers(rows["high"]),
        level=_numbers(rows["target_level"]),
        decimals=_numbers(rows["decimals"]),
        natural_min=_numbers(rows["natural_min"]),
        natural_max=_numbers(rows["natural_max"]),
        year=rows["target_year"].to_numpy(dtype=int),
        base_year=np.full(len(rows), base_year),
    )


def _numbers(column: pd.Series) -> NDArray[np.float64]:
    return column.to_numpy(dtype=float, na_value=np.nan)
