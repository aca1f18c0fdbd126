"""The province beside the whole country: both values of one series and year in one row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures import Targets
from analysis.measures.arrays import ratio
from analysis.measures.constants import TOLERANCE
from analysis.measures.targets import dist
from analysis.results.codes import joined_codes
from analysis.results.naming import named_series
from analysis.results.targets import last_targets, plan_targets

AREA_COLUMNS: Final = ("series_id", "year", "is_latest", "difference", "ratio", "better")

BETTER: Final = ("province", "country", "equal", "not_comparable")
"""Who is better off by the mode of the series."""

DEFINITION_NOTES: Final = ("BEFORE_BREAK", "COMPARABILITY", "NEITHER_EXACT", "PERIOD", "STATUS")
"""Codes of ``definition_note``, see :func:`area_frame`."""

EXTENSIVE_UNITS: Final = (
    "calls", "cases", "children", "communes", "dwellings", "establishments", "households",
    "houses", "persons",
)  # fmt: skip
"""Units of plain counts: they grow with the area, so that neither area is better for its size."""

_TAKEN: Final = [
    "value",
    "level_id",
    "period",
    "part_year",
    "status",
    "comparability",
    "source_id",
    "observation_id",
    "is_current_segment",
]


def area_frame(
    tables: Mapping[str, pd.DataFrame],
    view: pd.DataFrame,
    *,
    area: str = "QN",
    country: str = "VN",
) -> pd.DataFrame:
    """Set the two areas side by side wherever both have a value for the same year.

    Parameters
    ----------
    tables
        The package's frames: ``series, indicators, units, levels, targets``.
    view
        The current view (see :func:`analysis.observe.current_view`); values before a break are
        included and say so.
    area, country
        The area of interest and the one that it is compared with.

    Returns
    -------
    pandas.DataFrame
        One row for each series and common year, in plan order and by year:

        - identity (the columns of :func:`analysis.results.naming.named_series`), ``year``,
          ``is_latest`` (the last common year of the series);
        - ``province_value``, ``country_value`` (unit of the series; ordinals for levels),
          ``difference`` (province less country, same unit), ``ratio`` (province to country; NaN
          for a country's zero and for ordinals and ranks);
        - ``better``: one of :data:`BETTER`. By mode: the higher value, the lower one, or for a
          band the one nearer to the last target that the plan states; for levels and ranks the
          side of that target. Plain counts are ``not_comparable``;
        - ``definition_note``: sorted codes, separated by spaces, empty where nothing is to be
          said. ``COMPARABILITY``, ``PERIOD`` and ``STATUS``: the two values differ in it (a part
          of the year, or another part, is another period). ``NEITHER_EXACT``: both are only close
          to the plan's definition (or proxies), and may be so in different ways. ``BEFORE_BREAK``:
          at least one is measured in another way than the area's values of today;
        - for each of ``province_`` and ``country_``: ``level_id, period, part_year, status,
          comparability, source_id, observation_id, is_current_segment``.

    Notes
    -----
    Breaks cut each area for itself. They do not part the two values of one year, so a common year
    before a break is kept.
    """
    pairs = _side(view, area, "province").merge(
        _side(view, country, "country"), on=["series_id", "year"], validate="one_to_one"
    )
    names = named_series(tables)
    rows = names.merge(pairs, on="series_id", validate="one_to_many")
    rows = rows.sort_values(["position", "year"], ignore_index=True)
    place = pd.Index(names["series_id"]).get_indexer(pd.Index(rows["series_id"]))
    ends = plan_targets(last_targets(tables, names), 0).take(place.astype(np.int64))
    measured = rows.assign(
        is_latest=rows["year"].eq(rows.groupby("series_id")["year"].transform("max")),
        difference=rows["province_value"] - rows["country_value"],
        ratio=_ratio(rows),
        better=_better(rows, ends),
        definition_note=_definition_note(rows),
    )
    told = ["difference", "ratio", "better", "definition_note"]
    values = ["year", "is_latest", "province_value", "country_value", *told]
    details = [name for name in pairs if name not in {"series_id", *values}]
    return measured[[*names, *values, *details]]


def _side(view: pd.DataFrame, area: str, name: str) -> pd.DataFrame:
    rows = view[view["area_id"] == area]
    renamed = {column: f"{name}_{column}" for column in _TAKEN}
    return rows[["series_id", "year", *_TAKEN]].rename(columns=renamed)


def _ratio(rows: pd.DataFrame) -> NDArray[np.float64]:
    quotient = ratio(rows["province_value"].to_numpy(), rows["country_value"].to_numpy())
    return np.where(rows["mode"] == "level", np.nan, quotient)


def _better(rows: pd.DataFrame, ends: Targets) -> NDArray[np.object_]:
    province, country = (
        _merit(ends, rows[f"{side}_value"].to_numpy()) for side in ("province", "country")
    )
    unknown = np.isnan(province - country) | rows["unit_id"].isin(EXTENSIVE_UNITS).to_numpy()
    equal = np.isclose(province, country, rtol=TOLERANCE, atol=TOLERANCE)
    words = np.array(BETTER, dtype=object)
    place = np.select([unknown, equal, province > country], [3, 2, 0], 1)
    return np.asarray(words[place], dtype=np.object_)


def _merit(ends: Targets, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a number that is higher for the better value; NaN where none is better."""
    level = ends.is_level & ends.readable
    upwards = (ends.mode == "up") | (level & np.isfinite(ends.lower))
    downwards = (ends.mode == "down") | (level & np.isfinite(ends.upper))
    ordered = np.select([upwards, downwards], [values, -values], np.nan)
    return np.where(ends.is_band & ends.readable, -dist(ends, values), ordered)


def _definition_note(rows: pd.DataFrame) -> NDArray[np.object_]:
    differs = {
        name.upper(): (rows[f"province_{name}"] != rows[f"country_{name}"]).to_numpy()
        for name in ("comparability", "period", "status")
    }
    current = rows["province_is_current_segment"] & rows["country_is_current_segment"]
    exact = rows["province_comparability"].eq("exact") | rows["country_comparability"].eq("exact")
    codes = {
        **differs,
        "BEFORE_BREAK": ~current.to_numpy(dtype=bool),
        "NEITHER_EXACT": ~exact.to_numpy(dtype=bool),
    }
    return joined_codes({name: codes[name] for name in DEFINITION_NOTES})
