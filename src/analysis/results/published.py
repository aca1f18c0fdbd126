"""The published methods, asked about the rows that this project's own method has judged."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.published import METHODS, Method, compare
from analysis.results.panel import Panel

ASKED: Final = (
    "eurostat_target_2026",
    "statistics_canada",
    "unsd_2022",
    "unsd_2023",
    "sdsn_arrows",
    "escap_status",
    "escap_anticipated",
    "destatis_weather",
    "aarr",
)
"""The methods that judge by a target and by what a plan has. Not asked are those without a target,
the OECD's distance, which needs a group of peers, and Eurostat's older wording of one rule."""

_REACHED: Final = frozenset({"MET", "MAINTAINED"})
_BEST: Final = _REACHED | {"ON_TRACK"}
_SECOND: Final = frozenset({"NEEDS_ACCELERATION", "NOT_MET"})
_THIRD: Final = frozenset({"OFF_TRACK", "NOT_MET"})
_WORST: Final = frozenset({"WORSENING", "LOST", "NOT_MET"})

CATEGORY_VERDICTS: Final[Mapping[tuple[str, str], frozenset[str]]] = MappingProxyType(
    {
        ("eurostat_target_2026", "met_or_on_track"): _BEST,
        ("eurostat_target_2026", "moderate_progress"): _SECOND,
        ("eurostat_target_2026", "insufficient_progress"): _THIRD,
        ("eurostat_target_2026", "movement_away"): _WORST,
        ("statistics_canada", "target_achieved"): _REACHED,
        ("statistics_canada", "substantial_progress"): _BEST,
        ("statistics_canada", "moderate_progress"): _SECOND,
        ("statistics_canada", "limited_progress"): _THIRD,
        ("statistics_canada", "deterioration"): _WORST,
        ("unsd_2022", "target_achieved"): _REACHED,
        ("unsd_2022", "on_track"): _BEST,
        ("unsd_2022", "fair_progress"): _SECOND,
        ("unsd_2022", "limited_or_no_progress"): _THIRD,
        ("unsd_2022", "deterioration"): _WORST,
        ("unsd_2023", "met_or_on_track"): _BEST,
        ("unsd_2023", "fair_progress"): _SECOND | _THIRD,
        ("unsd_2023", "stagnation_or_regression"): _THIRD | _WORST,
        ("sdsn_arrows", "on_track"): _BEST,
        ("sdsn_arrows", "moderately_improving"): _SECOND,
        ("sdsn_arrows", "stagnating"): _THIRD,
        ("sdsn_arrows", "decreasing"): _WORST,
        ("escap_status", "reached"): _REACHED,
        ("escap_status", "progressed"): _SECOND | _THIRD | {"ON_TRACK"},
        ("escap_status", "regressed"): _WORST,
        ("escap_anticipated", "achieve"): _BEST,
        ("escap_anticipated", "accelerate"): _SECOND | _THIRD,
        ("escap_anticipated", "reverse"): _WORST,
        ("destatis_weather", "sun"): _BEST,
        ("destatis_weather", "slightly_cloudy"): _SECOND,
        ("destatis_weather", "cloudy"): _THIRD,
        ("destatis_weather", "thunderstorm"): _WORST,
        ("aarr", "target_met"): _REACHED,
        ("aarr", "on_track"): _BEST,
        ("aarr", "some_progress"): _SECOND | _THIRD,
        ("aarr", "no_progress"): _THIRD,
        ("aarr", "worsening"): _WORST,
    }
)
"""The verdicts of this project with which each class of each method accords.

Classes are translated in their order, best with best, though their limits differ: that is what the
comparison is to show. A method with fewer classes accords with several verdicts in one. ``NOT_MET``
in a year that is over accords with every class but the best. Codes that are not here, such as
``not_available``, are no judgement.
"""

_VALUE_JUDGED: Final = ("", "ONE_POINT", "NO_BASELINE", "SPAN_TOO_SHORT")


def by_methods(rows: pd.DataFrame, data: Panel) -> pd.DataFrame:
    """Ask each of :data:`ASKED` about every row.

    Parameters
    ----------
    rows
        Rows of one scenario: series, target, and the columns of
        :func:`analysis.measures.assess`.
    data
        The values of the same rows, in the same order.

    Returns
    -------
    pandas.DataFrame
        The rows once for each method, with ``axis`` (``method``), ``scenario_id``, ``method``,
        ``category`` (empty where the method was not asked), ``value``, ``score``, ``reason``, and
        an empty ``verdict``.

        Methods that fit a line are given every value since the last break up to the judged one;
        the value of a year that is over stands for the prediction. A method is asked where the
        default judges a value against a target that can be read;
        elsewhere the reason is the default's. It is not asked about levels or bands of which it
        knows nothing (``MODE_NOT_COVERED``). ``METHOD_SILENT``: asked, it gives no judgement.
    """
    inputs = _inputs(rows, data)
    asked = rows["reason"].isin(_VALUE_JUDGED) & inputs[["target", "current"]].notna().all(axis=1)
    return pd.concat(
        [_answers(rows, inputs, METHODS[name], asked) for name in ASKED], ignore_index=True
    )


def _answers(
    rows: pd.DataFrame, inputs: pd.DataFrame, method: Method, asked: pd.Series[bool]
) -> pd.DataFrame:
    covered = _covered(rows["mode"], method)
    answers = compare(inputs[asked & covered], method.name).reindex(rows.index)
    category = answers["category"].fillna("")
    judged = [code for name, code in CATEGORY_VERDICTS if name == method.name]
    reason = np.select(
        [~asked, ~covered, ~category.isin(judged)],
        [rows["reason"], "MODE_NOT_COVERED", "METHOD_SILENT"],
        "",
    )
    return rows.assign(
        axis="method",
        scenario_id=f"method-{method.name}",
        method=method.name,
        verdict="",
        category=category,
        value=answers["value"],
        score=answers["score"],
        reason=reason,
    )


def _covered(mode: pd.Series[str], method: Method) -> pd.Series[bool]:
    """Tell which modes a method knows: up and down all, others those that name them."""
    known = {"level": "levels" in method.extras, "band": "parity" in method.extras}
    return ~mode.isin([name for name, covers in known.items() if not covers])


def _inputs(rows: pd.DataFrame, data: Panel) -> pd.DataFrame:
    """Lay rows out as :mod:`analysis.measures.published` asks for them."""
    up, down, band, level = (rows["mode"].eq(name) for name in ("up", "down", "band", "level"))
    rank = level & rows["kind"].ne("level") & rows["high"].notna()
    lower = pd.Series(np.where(rows["kind"].eq("level"), rows["target_level"], rows["low"]))
    frame = pd.DataFrame(
        {
            "base": rows["base_value"],
            "base_year": rows["base_year"],
            "current": rows["judged_value"],
            "current_year": rows["judged_year"],
            "target": np.select([down | rank, band], [rows["high"], _middle(rows)], lower),
            "target_year": rows["target_year"],
            "direction": np.select([down | rank, band], [-1, 0], 1),
            "limit": np.select([up, down], [rows["natural_max"], rows["natural_min"]], np.nan),
            "predicted": rows["judged_value"].where(rows["verdict"].isin(["MET", "NOT_MET"])),
            "parity": band,
            "levels": level,
            "percent": rows["unit_id"].eq("percent"),
        }
    )
    return frame.join(_by_year(data, rows["judged_year"]))


def _middle(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Return the one value that a band stands for; NaN where it is a corridor."""
    return rows["low"].where(rows["low"].eq(rows["high"])).to_numpy(dtype=float)


def _by_year(data: Panel, last: pd.Series) -> pd.DataFrame:
    """Return the values up to the judged year in columns named by their year."""
    until = last.to_numpy(dtype=float, na_value=-np.inf)[:, None]
    values = np.where(data.years <= until, data.values, np.nan)
    return pd.DataFrame(values, columns=[str(year) for year in data.years])
