"""Verdicts before and after: what another base year, other data or another method would say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from analysis.api import DEFAULT_BASE_YEAR, PROVINCE
from analysis.explore.choice import METHOD_NAMES, OWN
from analysis.observe.what_if import hypothetical
from analysis.results import CATEGORY_VERDICTS

if TYPE_CHECKING:
    from analysis.api import Plan

CHANGES: Final = ("unchanged", "same_class", "changed", "accords", "differs", "not_judged")
"""Codes of ``change``, see :func:`verdicts`."""

VERDICT_COLUMNS: Final = (
    "series_id", "indicator_id", "group_id", "label_vi", "label_en", "target_year",
    "default_verdict", "verdict", "category", "change", "changed", "what_if", "reason", "method",
    "declared_base_year", "include_proxy", "base_year", "judged_year", "judged_value",
    "value_period", "value_source_id", "default_reason", "default_base_year",
    "default_judged_year", "default_judged_value",
)  # fmt: skip
"""The columns that :func:`verdicts` is about, in the order in which they are exported."""

_KEY: Final = ["series_id", "target_year"]
_COMPARED: Final = ["verdict", "reason", "base_year", "judged_year", "judged_value"]
_MET: Final = ("MET", "MAINTAINED")


def verdicts(
    plan: Plan,
    *,
    group: int | None = None,
    series: str | None = None,
    base_year: int = DEFAULT_BASE_YEAR,
    include_proxy: bool = False,
    method: str = OWN,
    as_of: date | None = None,
) -> pd.DataFrame:
    """Judge every stated target by default and as chosen, side by side.

    The default is that of the reports: base year 2020, no proxies, the method of this project,
    observed values only. For a what-if (:meth:`analysis.api.Plan.with_observations`) it is
    computed from the plan without the hypothetical values.

    Parameters
    ----------
    plan
        The plan or a what-if.
    group, series
        Only this group, only this series.
    base_year, include_proxy
        The chosen base year, and whether proxies in the series' own unit are admitted.
    method
        ``own``, or one of the published ones (:data:`analysis.explore.METHOD_NAMES`), which is
        asked about the values that the own method judges with that base year and those data.
    as_of
        The day of assessment; today unless given.

    Returns
    -------
    pandas.DataFrame
        One row for each stated target, in plan order, with all columns of
        :meth:`analysis.api.Plan.gap` as chosen, and:

        - ``default_verdict, default_reason, default_base_year, default_judged_year,
          default_judged_value``;
        - ``verdict`` and ``reason`` as chosen by the own method. With a published method:
          ``category`` in its own codes (else empty), and in ``reason`` why it has none;
        - ``change``: ``unchanged``; ``same_class`` (``MET`` and ``MAINTAINED``: which of them it
          is lies in the base year alone); ``changed``; for a published method ``accords`` or
          ``differs`` (:data:`analysis.results.CATEGORY_VERDICTS`) or ``not_judged``;
        - ``changed``: True for ``changed`` and ``differs``, ``<NA>`` for ``not_judged``;
        - ``what_if``: a hypothetical value of the series counts;
        - ``method, declared_base_year, include_proxy`` as chosen.

    Raises
    ------
    ValueError
        If the method is unknown.
    """
    if method not in METHOD_NAMES:
        raise ValueError(f"unknown method {method!r}: use one of {', '.join(METHOD_NAMES)}")
    day = as_of or date.today()
    options: dict[str, Any] = {"base_year": base_year, "include_proxy": include_proxy, "as_of": day}
    chosen = plan.gap(group=group, **options)
    before = plan.original.gap(group=group, as_of=day)[[*_KEY, *_COMPARED]]
    before = before.rename(columns={name: f"default_{name}" for name in _COMPARED})
    rows = chosen.merge(before, on=_KEY, validate="one_to_one")
    if method != OWN:
        asked = plan.sensitivity(group=group, base_years=(), **options)
        rows = _by_method(rows, asked[asked["method"].eq(method)])
    stated = rows["target_status"].eq("stated")
    wanted = stated & (rows["series_id"].eq(series) if series else True)
    rows = rows[wanted].reset_index(drop=True)
    view = plan.view(as_of=day, include_proxy=include_proxy)
    return rows.assign(
        category=rows["category"] if method != OWN else "",
        what_if=rows["series_id"].isin(_supposed(view)),
        method=method,
        declared_base_year=base_year,
        include_proxy=include_proxy,
        **_changes(rows, method),
    )


def unused(plan: Plan, *, as_of: date, include_proxy: bool = False) -> pd.DataFrame:
    """Return the hypothetical observations that have no effect, such as those of later years."""
    used = plan.view(as_of=as_of, include_proxy=include_proxy)["observation_id"]
    supposed = plan.what_if
    return supposed[~supposed["observation_id"].isin(used)]


def _supposed(view: pd.DataFrame) -> pd.Series[str]:
    rows = view[view["area_id"].eq(PROVINCE) & view["is_current_segment"]]
    return hypothetical(rows)["series_id"]


def _by_method(rows: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Put what a published method says in the place of the own reason."""
    said = asked[[*_KEY, "category", "reason"]]
    return rows.drop(columns="reason").merge(said, on=_KEY, how="left", validate="one_to_one")


def _changes(rows: pd.DataFrame, method: str) -> dict[str, pd.Series]:
    change = _own_change(rows) if method == OWN else _published_change(rows, method)
    changed = change.isin(["changed", "differs"]).astype("boolean")
    return {"change": change, "changed": changed.mask(change.eq("not_judged"))}


def _own_change(rows: pd.DataFrame) -> pd.Series:
    same = rows["verdict"].eq(rows["default_verdict"])
    met = rows["verdict"].isin(_MET) & rows["default_verdict"].isin(_MET)
    return pd.Series(np.select([same, met], ["unchanged", "same_class"], "changed"), rows.index)


def _published_change(rows: pd.DataFrame, method: str) -> pd.Series:
    pairs = zip(rows["category"], rows["default_verdict"], strict=True)
    accords = [
        verdict in CATEGORY_VERDICTS.get((method, str(category)), ()) for category, verdict in pairs
    ]
    silent = rows["reason"].ne("").to_numpy()
    return pd.Series(np.select([silent, accords], ["not_judged", "accords"], "differs"), rows.index)
