"""The gap frame: one row for each series and target year, with everything a reader needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.measures import assess
from analysis.results.naming import named_series
from analysis.results.panel import panel
from analysis.results.targets import named_targets, plan_targets

EVIDENCE_COLUMNS = ["period", "status", "comparability", "source_id", "observation_id", "text"]

GAP_COLUMNS = ("series_id", "target_year", "verdict", "reason", "grade", "flags")


def gap_frame(
    tables: Mapping[str, pd.DataFrame],
    view: pd.DataFrame,
    *,
    as_of: date,
    base_year: int = 2020,
    area: str = "QN",
) -> pd.DataFrame:
    """Measure every series against every target year of the plan.

    Parameters
    ----------
    tables
        The package's frames: ``series, indicators, indicator_groups, units, levels, targets``.
    view
        The current view (see :func:`analysis.observe.current_view`).
    as_of
        The day of assessment; values of later periods are not used.
    base_year
        The declared base year from which the share of the way is counted.
    area
        The area that is judged.

    Returns
    -------
    pandas.DataFrame
        One row for each series and target year, in plan order: identity (``series_id,
        indicator_id, group_id, label_vi, label_en, unit_id, …``), the target
        (``target_year, target_status, kind, low, high, level_id, text_source, text_en``), the
        measures of :func:`analysis.measures.assess`, and the evidence behind the judged value
        (``value_period, value_status, value_comparability, value_source_id,
        value_observation_id, value_text``).
    """
    names = named_series(tables)
    rows = names.merge(named_targets(tables), on="series_id", how="left", validate="one_to_many")
    rows = rows.sort_values(["position", "target_year"], kind="stable").reset_index(drop=True)
    data = panel(view, list(names["series_id"]), as_of.year, area).take(list(rows["series_id"]))
    measured = assess(
        data.years,
        data.values,
        plan_targets(rows, base_year),
        as_of.year,
        part_year=data.part_year,
        before_break=data.before_break,
    )
    due = rows["target_year"].lt(as_of.year).rename("due")
    frame = pd.concat([rows, due, measured.reset_index(drop=True)], axis=1)
    return frame.merge(
        _evidence(view, area), on=["series_id", "judged_year"], how="left", validate="many_to_one"
    )


def _evidence(view: pd.DataFrame, area: str) -> pd.DataFrame:
    chosen = view[view["area_id"] == area]
    evidence = chosen[["series_id", "year", *EVIDENCE_COLUMNS]]
    renamed = evidence.rename(columns={name: f"value_{name}" for name in EVIDENCE_COLUMNS})
    return renamed.rename(columns={"year": "judged_year"})
