"""The plan beside other documents: whose target asks for more, and how the province stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures import Targets, assess
from analysis.measures.constants import TOLERANCE
from analysis.observe.periods import spans
from analysis.results.naming import named_series
from analysis.results.panel import panel
from analysis.results.targets import named_targets, plan_targets

DOCUMENT_COLUMNS: Final = ("series_id", "framework", "period", "ambition", "outcome", "reason")

AMBITIONS: Final = ("stricter", "looser", "same", "not_comparable")
"""The other document's target against the plan's for the same year."""

AMBITION_REASONS: Final = (
    "", "NO_YEAR", "NO_PLAN_TARGET", "UNIT_DIFFERS", "TARGET_UNCLEAR", "OVERLAPPING",
)  # fmt: skip
"""Why two targets are ``not_comparable``."""

OUTCOMES: Final = ("met", "not_met", "not_yet", "not_assessable", "national", "no_year")
"""How the province's value stands against the other document's target."""

_MET: Final = ("MET", "MAINTAINED")
_UNASSESSED: Final = ("NOT_ASSESSABLE", "NO_DATA")

_JUDGED: Final = [
    "met", "gap", "signed_gap", "judged_year", "judged_value", "base_year", "base_value",
    "pace_ratio", "verdict", "reason", "grade", "flags",
]  # fmt: skip
_EVIDENCE: Final = ["period", "status", "comparability", "source_id", "observation_id", "text"]
_BOUNDS: Final = ["kind", "low", "high", "level_id", "text_source", "target_level"]


def document_frame(
    tables: Mapping[str, pd.DataFrame],
    view: pd.DataFrame,
    *,
    as_of: date,
    base_year: int = 2020,
    area: str = "QN",
) -> pd.DataFrame:
    """Set every target of another document beside the plan's, and the province's value against it.

    Parameters
    ----------
    tables
        The package's frames: ``series, indicators, units, levels, targets, comparison_targets,
        breaks``.
    view
        The current view (see :func:`analysis.observe.current_view`).
    as_of
        The day of assessment.
    base_year
        The declared base year, for verdicts on years that are not over.
    area
        The area that is judged.

    Returns
    -------
    pandas.DataFrame
        One row for each target of table ``comparison_targets``, in plan order, then by period,
        then in the order of the table:

        - identity (:func:`analysis.results.naming.named_series`); ``framework, area_id,
          is_national`` (set for another area than the judged one), ``period``, ``target_year``
          (``<NA>`` where the period is no year), ``kind, low, high, level_id, text_source,
          target_unit_id, target_source_id, note``: as in the table;
        - ``plan_kind, plan_low, plan_high, plan_level_id, plan_text_source``: what the plan
          states for the same year; missing where it states nothing;
        - ``ambition`` (:data:`AMBITIONS`): the stricter target is the one that fewer values meet,
          as the mode of the series reads the bounds; ``ambition_reason``;
        - ``outcome`` (:data:`OUTCOMES`): ``national`` and ``no_year`` are not judged; ``not_met``
          is said of years that are over, ``not_yet`` of those to come; ``met`` of both;
        - ``reason``: why ``not_assessable`` (the reasons of :func:`analysis.measures.assess`, or
          ``NO_DATA``, ``UNIT_DIFFERS``); ``due`` (the year is over on the day of assessment);
        - ``met, gap, signed_gap, judged_year, judged_value, base_year, base_value, pace_ratio,
          verdict, grade, flags`` of :func:`analysis.measures.assess`, and the evidence
          ``value_period, value_status, value_comparability, value_source_id,
          value_observation_id, value_text``; missing or empty where the row is not judged.

    Notes
    -----
    A target is judged by the measure that was in force at the end of its year: values of another
    segment of the series, before or after it, are not used.
    """
    rows = _rows(tables, area)
    judged = _judged(tables, rows, view, as_of, base_year, area)
    frame = rows.assign(**_ambition(rows), due=rows["target_year"].lt(as_of.year).fillna(False))
    frame = frame.astype({"due": "bool"}).join(judged)
    frame = frame.assign(**_outcome(frame))
    return frame.drop(columns=["target_level", "plan_target_level"])


def _rows(tables: Mapping[str, pd.DataFrame], area: str) -> pd.DataFrame:
    """Return the targets of other documents with the plan's target for the same year."""
    levels = tables["levels"][["level_id", "ordinal"]].rename(columns={"ordinal": "target_level"})
    others = tables["comparison_targets"].merge(levels, on="level_id", how="left")
    others = others.rename(columns={"unit_id": "target_unit_id", "source_id": "target_source_id"})
    year = others["period"].where(others["period"].str.fullmatch(r"\d{4}"))
    others = others.assign(
        target_year=pd.to_numeric(year).astype("Int64"), is_national=others["area_id"].ne(area)
    )
    rows = named_series(tables).merge(others, on="series_id", validate="one_to_many")
    rows = rows.sort_values(["position", "period"], kind="stable", ignore_index=True)
    plans = named_targets(tables)
    plans = plans[plans["target_status"].eq("stated")].astype({"target_year": "Int64"})
    plans = plans[["series_id", "target_year", *_BOUNDS]]
    plans = plans.rename(columns={name: f"plan_{name}" for name in _BOUNDS})
    return rows.merge(plans, on=["series_id", "target_year"], how="left", validate="many_to_one")


def _others_bounds(rows: pd.DataFrame, base_year: int = 0) -> Targets:
    """Read the other documents' bounds as intervals; unclear in another unit than the series'."""
    kind = rows["kind"].mask(rows["target_unit_id"].ne(rows["unit_id"]), "text")
    return plan_targets(
        rows.assign(kind=kind, target_year=rows["target_year"].fillna(0)), base_year
    )


def _plans_bounds(rows: pd.DataFrame) -> Targets:
    """Read the plan's bounds for the same year as intervals; not stated where there are none."""
    bounds = {name: rows[f"plan_{name}"] for name in _BOUNDS}
    bounds["kind"] = bounds["kind"].fillna("none")
    return plan_targets(rows.assign(**bounds, target_year=0), 0)


def _ambition(rows: pd.DataFrame) -> dict[str, NDArray[np.object_]]:
    other, plan = _others_bounds(rows), _plans_bounds(rows)
    inside, around = _inside(other, plan), _inside(plan, other)
    reason = np.select(
        [
            rows["target_year"].isna(),
            rows["plan_kind"].isna(),
            rows["target_unit_id"].ne(rows["unit_id"]),
            ~(other.readable & plan.readable),
            ~(inside | around),
        ],
        AMBITION_REASONS[1:],
        "",
    ).astype(object)
    word = np.select(
        [reason != "", inside & around, inside], ["not_comparable", "same", "stricter"], "looser"
    )
    return {"ambition": word.astype(object), "ambition_reason": reason}


def _inside(one: Targets, other: Targets) -> NDArray[np.bool_]:
    """Tell whether every value that meets the one target meets the other as well."""
    low = _beyond(one.lower, one.lo_strict, other.lower, other.lo_strict)
    high = _beyond(-one.upper, one.hi_strict, -other.upper, other.hi_strict)
    return np.asarray(low & high)


def _beyond(
    one: NDArray[np.float64],
    one_strict: NDArray[np.bool_],
    other: NDArray[np.float64],
    other_strict: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    equal = np.isclose(one, other, rtol=TOLERANCE, atol=TOLERANCE)
    return np.asarray(np.where(equal, one_strict | ~other_strict, one > other))


def _judged(
    tables: Mapping[str, pd.DataFrame],
    rows: pd.DataFrame,
    view: pd.DataFrame,
    as_of: date,
    base_year: int,
    area: str,
) -> pd.DataFrame:
    """Measure the targets of the judged area that name a year; on their own index."""
    chosen = rows[~rows["is_national"] & rows["target_year"].notna()]
    segment = _segment_in_force(tables["breaks"], chosen, as_of, area)
    local = view[view["area_id"] == area]
    keyed = _keyed(local, chosen["series_id"], segment)
    keys = [str(key) for key in chosen.index]
    data = panel(keyed, keys, as_of.year, area)
    measured = assess(
        data.years,
        data.values,
        _others_bounds(chosen, base_year),
        as_of.year,
        part_year=data.part_year,
        before_break=data.before_break,
    )
    frame = measured[_JUDGED].set_index(chosen.index)
    return frame.join(_evidence(chosen, frame, local))


def _segment_in_force(
    breaks: pd.DataFrame, rows: pd.DataFrame, as_of: date, area: str
) -> pd.Series[int]:
    """Count the breaks of each row's series begun by the end of its year and by ``as_of``."""
    begins = spans(breaks["from_period"].astype("str"))["first_month"]
    cuts = breaks[["series_id"]].assign(begins=begins)[breaks["area_id"] == area]
    today = as_of.year * 12 + as_of.month - 1
    last = (rows["target_year"].astype("int64") * 12 + 11).clip(upper=today)
    pairs = rows[["series_id"]].assign(last=last).reset_index().merge(cuts, on="series_id")
    passed = pairs["index"][pairs["begins"] <= pairs["last"]]
    return passed.value_counts().reindex(rows.index, fill_value=0)


def _keyed(local: pd.DataFrame, series_id: pd.Series[str], segment: pd.Series[int]) -> pd.DataFrame:
    """Return the values of each row's series under the row's own key, current in its segment."""
    wanted = pd.DataFrame({"series_id": series_id, "wanted": segment}).reset_index(names="key")
    pairs = local.merge(wanted, on="series_id")
    return pairs.assign(
        series_id=pairs["key"].astype("str"), is_current_segment=pairs["segment"] == pairs["wanted"]
    )


def _evidence(rows: pd.DataFrame, judged: pd.DataFrame, local: pd.DataFrame) -> pd.DataFrame:
    keys = rows[["series_id"]].assign(year=judged["judged_year"])
    renamed = {name: f"value_{name}" for name in _EVIDENCE}
    found = keys.merge(
        local[["series_id", "year", *_EVIDENCE]].rename(columns=renamed).astype({"year": "Int64"}),
        on=["series_id", "year"],
        how="left",
    )
    return found[list(renamed.values())].set_index(rows.index)


def _outcome(frame: pd.DataFrame) -> dict[str, NDArray[np.object_] | pd.Series]:
    """Say how the value stands, and why nothing can be said."""
    verdict = frame["verdict"].astype("object")
    word = np.select(
        [
            frame["is_national"],
            frame["target_year"].isna(),
            verdict.isin(_UNASSESSED),
            verdict.isin(_MET),
            verdict.eq("NOT_MET"),
        ],
        ["national", "no_year", "not_assessable", "met", "not_met"],
        "not_yet",
    ).astype(object)
    unassessed = pd.Series(word == "not_assessable", index=frame.index)
    unit = frame["target_unit_id"].ne(frame["unit_id"])
    reason = frame["reason"].fillna("").astype("object")
    reason = reason.mask(verdict.eq("NO_DATA"), "NO_DATA").mask(unassessed & unit, "UNIT_DIFFERS")
    texts = {name: frame[name].fillna("") for name in ("verdict", "grade", "flags")}
    return {"outcome": word, **texts, "reason": reason.astype("str")}
