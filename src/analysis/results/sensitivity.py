"""Sensitivity: what each verdict would be from another base year, with proxies, by other methods.

Every scenario is a block of the same rows, so that all scenarios of this project's own method are
measured in one pass. The published methods are asked at the default base year and about the
values that the default judges.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from analysis.measures import assess
from analysis.results.naming import named_series
from analysis.results.panel import Panel, panel
from analysis.results.published import CATEGORY_VERDICTS, by_methods
from analysis.results.targets import named_targets, plan_targets

BASE_YEARS: Final = (2019, 2020, 2021, 2022, 2023)

OWN_METHOD: Final = "own"

AXES: Final = ("default", "base_year", "proxies", "base_year_and_proxies", "method")
"""What a scenario changes."""

SENSITIVITY_COLUMNS: Final = (
    "axis", "scenario_id", "scenario_base_year", "include_proxy", "method", "verdict", "category",
    "value", "score", "reason", "default_verdict", "differs", "base_year", "base_value",
    "judged_year", "judged_value", "n",
)  # fmt: skip

_MEASURED: Final = [
    "verdict", "reason", "pace_ratio", "base_year", "base_value", "judged_year", "judged_value",
    "n",
]  # fmt: skip
_NAMES: Final = ["series_id", "indicator_id", "group_id", "label_vi", "label_en", "target_year"]
_SUFFIXES: Final = {False: "", True: "+proxies"}


def sensitivity_frame(
    tables: Mapping[str, pd.DataFrame],
    views: Mapping[bool, pd.DataFrame],
    *,
    as_of: date,
    base_year: int = 2020,
    include_proxy: bool = False,
    base_years: Iterable[int] = BASE_YEARS,
    area: str = "QN",
) -> pd.DataFrame:
    """Judge every series and target year under every scenario.

    Parameters
    ----------
    tables
        The package's frames: ``series, indicators, units, levels, targets``.
    views
        The current view (see :func:`analysis.observe.current_view`) without proxies (False) and
        with them (True).
    as_of
        The day of assessment.
    base_year, include_proxy
        The default scenario, that the others are compared with.
    base_years
        Base years of the scenarios; the default one is added.
    area
        The area that is judged.

    Returns
    -------
    pandas.DataFrame
        One row for each series, target year and scenario, in that order; scenarios are the base
        years without proxies, the base years with them, then the published methods that judge by
        a target. Identity (``series_id, indicator_id, group_id, label_vi, label_en,
        target_year``), then:

        - ``axis`` (:data:`AXES`), ``scenario_id`` (``base-2019``, ``base-2019+proxies``,
          ``method-…``), ``scenario_base_year``, ``include_proxy``, ``method`` (``own`` or the
          name of a published one, see :data:`analysis.results.published.ASKED`);
        - ``verdict`` of the own method, or ``category`` of the published one, in its own words;
          the other is empty, and so is the category where the method was not asked;
        - ``value``: pace ratio, or the published method's own number; ``score`` of those that
          give one;
        - ``reason``: why there is no judgement (reasons of :func:`analysis.measures.assess`,
          ``NO_DATA``, ``NO_TARGET``; of a published method ``MODE_NOT_COVERED`` and
          ``METHOD_SILENT`` as well, see :func:`analysis.results.published.by_methods`);
        - ``default_verdict``; ``differs``: the verdict is another one (``MET`` and ``MAINTAINED``
          are not told apart here: which of them it is lies in the base year alone), or the
          category does not accord with it (:data:`analysis.results.published.CATEGORY_VERDICTS`);
          ``<NA>`` where a published method gives no judgement;
        - ``base_year, base_value, judged_year, judged_value, n`` as measured there.

    Notes
    -----
    A base year decides nothing where the nearest value is the same: ``base_year`` says which one
    was used. A target year that is over is judged by its value alone, whatever the base year.
    """
    rows = _target_rows(tables)
    scenarios = _scenarios(base_year, include_proxy, base_years)
    data = _panel(views, list(rows["series_id"].unique()), as_of, area)
    own = _own(rows.merge(scenarios, how="cross"), data, as_of)
    default = own[own["axis"].eq("default")].reset_index(drop=True)
    published = by_methods(default, data.take(list(default["key"])))
    frame = pd.concat([own, published], ignore_index=True)
    frame = frame.sort_values(["position", "target_year"], kind="stable", ignore_index=True)
    verdicts = default.set_index(["series_id", "target_year"])["verdict"].rename("default_verdict")
    frame = frame.join(verdicts, on=["series_id", "target_year"])
    return frame.assign(differs=_differs(frame))[[*_NAMES, *SENSITIVITY_COLUMNS]]


def _target_rows(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row for each series and target year, in plan order."""
    names = named_series(tables)
    rows = names.merge(named_targets(tables), on="series_id", validate="one_to_many")
    return rows.sort_values(["position", "target_year"], kind="stable", ignore_index=True)


def _scenarios(base_year: int, include_proxy: bool, base_years: Iterable[int]) -> pd.DataFrame:
    """Return the scenarios of the own method: every base year, without and with proxies."""
    years = sorted({base_year, *base_years})
    pairs = [(year, proxy) for proxy in (False, True) for year in years]
    frame = pd.DataFrame(pairs, columns=["scenario_base_year", "include_proxy"])
    other_year = frame["scenario_base_year"].ne(base_year)
    other_view = frame["include_proxy"].ne(include_proxy)
    axis = np.select(
        [other_year & other_view, other_year, other_view],
        ["base_year_and_proxies", "base_year", "proxies"],
        "default",
    )
    names = "base-" + frame["scenario_base_year"].astype("str") + _suffix(frame)
    return frame.assign(axis=axis, scenario_id=names, method=OWN_METHOD)


def _suffix(frame: pd.DataFrame) -> pd.Series[str]:
    return frame["include_proxy"].map(_SUFFIXES).astype("str")


def _panel(
    views: Mapping[bool, pd.DataFrame], series_ids: list[str], as_of: date, area: str
) -> Panel:
    """Lay both views out on one axis of years; the key of a series ends with the view's suffix."""
    keyed = [
        views[proxy].assign(series_id=views[proxy]["series_id"] + suffix)
        for proxy, suffix in _SUFFIXES.items()
    ]
    keys = [series_id + suffix for suffix in _SUFFIXES.values() for series_id in series_ids]
    return panel(pd.concat(keyed, ignore_index=True), keys, as_of.year, area)


def _own(rows: pd.DataFrame, data: Panel, as_of: date) -> pd.DataFrame:
    """Measure rows of series, target year and scenario by the method of this project."""
    rows = rows.assign(key=rows["series_id"] + _suffix(rows))
    chosen = data.take(list(rows["key"]))
    base_years = rows["scenario_base_year"].to_numpy(dtype=np.int64)
    measured = assess(
        chosen.years,
        chosen.values,
        replace(plan_targets(rows, 0), base_year=base_years),
        as_of.year,
        part_year=chosen.part_year,
        before_break=chosen.before_break,
    )
    frame = pd.concat([rows, measured[_MEASURED]], axis=1)
    untold = frame["verdict"].isin(["NO_DATA", "NO_TARGET"])
    reason = frame["reason"].mask(untold, frame["verdict"])
    return frame.assign(reason=reason, value=frame["pace_ratio"], score=np.nan, category="")


def _differs(frame: pd.DataFrame) -> pd.Series[bool]:
    """Compare each row with the default; ``<NA>`` where a published method says nothing."""
    accords = pd.MultiIndex.from_tuples(
        (*key, verdict) for key, verdicts in CATEGORY_VERDICTS.items() for verdict in verdicts
    )
    rows = pd.MultiIndex.from_frame(frame[["method", "category", "default_verdict"]])
    other_class = pd.Series(~rows.isin(accords), index=frame.index)
    verdict, default = (
        frame[name].replace("MAINTAINED", "MET") for name in ("verdict", "default_verdict")
    )
    own = frame["method"].eq(OWN_METHOD)
    differs = other_class.mask(own, verdict.ne(default)).astype("boolean")
    return differs.mask(~own & frame["reason"].ne(""))
