"""Gap, pace, outlook and verdict of any number of series, as one frame (methods 2.2 to 2.6)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.measures.arrays import Bools, Columns, chunks, joined, words
from analysis.measures.flags import TEXTS, flag
from analysis.measures.frames import finished
from analysis.measures.gap import Gap, measure
from analysis.measures.projection import Outlook, look_ahead
from analysis.measures.series import Block, block, picks
from analysis.measures.targets import Targets
from analysis.measures.verdict import GRADES, REASONS, VERDICTS, Evidence, Verdict, judge

# Columns of the frame in order, with how their arrays are finished.
ASSESS_COLUMNS: Final = {
    "n": "int64",
    "first_year": "Int64",
    "latest_year": "Int64",
    "latest_value": "float64",
    "judged_year": "Int64",
    "judged_value": "float64",
    "base_year": "Int64",
    "base_value": "float64",
    "base_shift": "Int64",
    "met": "boolean",
    "gap": "float64",
    "signed_gap": "float64",
    "relative_gap": "float64",
    "share_covered": "float64",
    "elapsed": "float64",
    "pace_ratio": "float64",
    "slope": "float64",
    "needed_per_year": "float64",
    "acceleration": "float64",
    "projection": "float64",
    "projection_low": "float64",
    "projection_high": "float64",
    "p_met": "float64",
    "attain_year": "Int64",
    "attain_beyond": "bool",
    "trend_ratio": "float64",
    "verdict": "str",
    "reason": "str",
    "grade": "str",
    "flags": "str",
}

_WORDS: Final = {"verdict": VERDICTS, "reason": REASONS, "grade": GRADES, "flags": TEXTS}


def assess(
    years: ArrayLike,
    values: ArrayLike,
    targets: Targets,
    as_of_year: int,
    *,
    part_year: Bools | None = None,
    before_break: Bools | None = None,
) -> pd.DataFrame:
    """Measure N series against their targets.

    Parameters
    ----------
    years
        (T,) distinct calendar years, in any order.
    values
        (N, T) comparable values in the unit of the series; NaN (or infinite) where there is none.
    targets
        The N targets.
    as_of_year
        Year of assessment; later values are not looked at.
    part_year
        (N, T) True where a value stands for a part of its year only.
    before_break
        (N,) True where a series has values, but all of them before a declared break.

    Returns
    -------
    pandas.DataFrame
        One row a series in the order given; NaN, ``<NA>`` or an empty text where a measure is not
        shown. Units of the series unless stated otherwise:

        - ``n``, ``first_year``, ``latest_year``, ``latest_value``: the values not later than the
          assessment;
        - ``judged_year``, ``judged_value``: the value of the target year (else of the year before,
          else after) where that year is over, in all other cases the latest one;
        - ``base_year``, ``base_value``, ``base_shift`` (years from the declared base year);
        - ``met``; ``gap`` (never negative), ``signed_gap`` (value less edge, 0 inside a band),
          ``relative_gap`` (of the edge; not within one displayed unit of zero);
        - ``share_covered``, ``elapsed``, ``pace_ratio``: shares, where the baseline was not met;
          the ratio two years and more after it;
        - ``slope``, ``needed_per_year`` (a year), ``acceleration`` (factor), ``projection``,
          ``projection_low``, ``projection_high`` (80 %), ``p_met`` (0 to 1), ``attain_year``
          (up to 2055), ``attain_beyond`` (reached later than that): none but the slope for a
          target year that is over, none at all for ordinal targets;
        - ``trend_ratio``: the pace ratio that the projection would give;
        - ``verdict``, ``reason``, ``grade`` (empty for a target year that is over), ``flags``
          (sorted, separated by spaces).

        Without a readable target only the values, and the slope, are there.

    Raises
    ------
    ValueError
        If shapes do not fit, or a year occurs twice.

    Notes
    -----
    Share of the way: UN ESCAP and UNSD; limits 0.95 and 0.60: Eurostat and Statistics Canada.
    """
    data = block(years, values, as_of_year, part_year)
    rows = len(data.values)
    broken = np.zeros(rows, np.bool_) if before_break is None else np.asarray(before_break)
    _refuse_misfits(rows, targets, broken)
    parts = [
        _chunk(data.rows(some), targets.take(some), as_of_year, broken[some])
        for some in chunks(rows, len(data.years))
    ]
    columns = joined(parts)
    frame = {name: _finished(name, columns[name]) for name in ASSESS_COLUMNS}
    return pd.DataFrame(frame, copy=False)


def _refuse_misfits(rows: int, targets: Targets, before_break: Bools) -> None:
    faults = []
    if len(targets) != rows:
        faults.append(f"{len(targets)} targets for {rows} series: give one a series")
    if before_break.shape != (rows,):
        faults.append(f"before_break of shape {before_break.shape}: give it one entry a series")
    if faults:
        raise ValueError("assess: " + "; ".join(faults))


def _chunk(data: Block, targets: Targets, as_of_year: int, before_break: Bools) -> Columns:
    chosen = picks(data, targets, as_of_year)
    gap = measure(data, targets, chosen)
    outlook = look_ahead(data, targets, chosen, gap)
    age = as_of_year - data.year_at(chosen.latest)
    seen = Evidence(targets, chosen, data.n, age, before_break)
    verdict = judge(seen, gap, outlook)
    return {
        **_value_columns(data, seen, gap),
        **_gap_columns(gap),
        **_outlook_columns(outlook),
        **_verdict_columns(verdict),
        "flags": flag(data, seen, gap, outlook, verdict),
    }


def _value_columns(data: Block, seen: Evidence, gap: Gap) -> Columns:
    chosen = seen.chosen
    return {
        "n": data.n,
        "first_year": data.year_at(chosen.first),
        "latest_year": data.year_at(chosen.latest),
        "latest_value": data.value_at(chosen.latest),
        "judged_year": gap.year,
        "judged_value": data.value_at(chosen.judged),
        "base_year": gap.base_year,
        "base_value": gap.base,
        "base_shift": gap.base_year - seen.targets.base_year,
    }


def _gap_columns(gap: Gap) -> Columns:
    return {
        "met": np.where(np.isnan(gap.value), np.nan, gap.met),
        "gap": gap.gap,
        "signed_gap": gap.signed,
        "relative_gap": gap.relative,
        "share_covered": gap.share,
        "elapsed": gap.elapsed,
        "pace_ratio": gap.pace,
    }


def _outlook_columns(outlook: Outlook) -> Columns:
    return {
        "slope": outlook.slope,
        "needed_per_year": outlook.needed,
        "acceleration": outlook.acceleration,
        "projection": outlook.projection,
        "projection_low": outlook.low,
        "projection_high": outlook.high,
        "p_met": outlook.p_met,
        "attain_year": outlook.attain_year,
        "attain_beyond": outlook.attain_beyond,
    }


def _verdict_columns(verdict: Verdict) -> Columns:
    return {
        "trend_ratio": verdict.trend_ratio,
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "grade": verdict.grade,
    }


def _finished(name: str, column: NDArray[Any]) -> Any:
    """Turn codes into words and years into whole numbers that may be missing."""
    kind = ASSESS_COLUMNS[name]
    return finished(words(_WORDS[name], column) if name in _WORDS else column, kind)
