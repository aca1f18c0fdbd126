"""How series have moved, whatever their targets (methods 1.9, 2.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.measures import constants as limits
from analysis.measures.arrays import (
    Bools,
    Columns,
    Floats,
    Ints,
    Strings,
    chunks,
    joined,
    ratio,
    strangers,
    where,
    words,
)
from analysis.measures.frames import finished
from analysis.measures.kendall import mann_kendall
from analysis.measures.series import Block, block, first_column, last_column
from analysis.measures.slope import median_slope, sen_interval, sorted_slopes, theil_sen
from analysis.measures.targets import MODES

DIRECTIONS: Final = ("none", "changed", "increase", "decrease", "stable")
MOVEMENTS: Final = ("none", "improving", "worsening")

TREND_COLUMNS: Final = {
    "n": "int64",
    "first_year": "Int64",
    "first_value": "float64",
    "last_year": "Int64",
    "last_value": "float64",
    "change": "float64",
    "slope": "float64",
    "slope_low": "float64",
    "slope_high": "float64",
    "slope_confidence": "float64",
    "stability": "float64",
    "direction": "str",
    "movement": "str",
    "mk_s": "float64",
    "mk_p": "float64",
    "mk_method": "str",
    "clear": "bool",
    "clear_at_5": "bool",
    "recent_slope": "float64",
}

_WORDS: Final = {"direction": DIRECTIONS, "movement": MOVEMENTS}


@dataclass(frozen=True)
class _Facts:
    """Declared facts of N series, (N,) each."""

    step: Floats
    mode: Strings
    lo: Floats
    hi: Floats

    def rows(self, rows: slice) -> _Facts:
        return _Facts(self.step[rows], self.mode[rows], self.lo[rows], self.hi[rows])


@dataclass(frozen=True)
class _Ends:
    """First and last value of N series and the years between, (N,) each."""

    n: Ints
    first: Floats
    last: Floats
    first_year: Floats
    last_year: Floats
    span: Floats


def trend(
    years: ArrayLike,
    values: ArrayLike,
    *,
    as_of_year: int,
    step: ArrayLike = np.nan,
    mode: ArrayLike = "up",
    lo: ArrayLike = np.nan,
    hi: ArrayLike = np.nan,
) -> pd.DataFrame:
    """Describe the movement of N series.

    Parameters
    ----------
    years
        (T,) distinct calendar years, in any order.
    values
        (N, T) comparable values; NaN (or infinite) where there is none.
    as_of_year
        Year of assessment; later values are not looked at.
    step
        (N,) or one displayed unit; NaN if unknown.
    mode
        (N,) or one of ``up``, ``down``, ``band``, ``level``.
    lo, hi
        (N,) or one pair of ends, for band series only; NaN where they are not known.

    Returns
    -------
    pandas.DataFrame
        One row a series in the order given; NaN, ``<NA>``, ``none`` or an empty text where there is
        nothing to say:

        - ``n``, ``first_year``, ``first_value``, ``last_year``, ``last_value``, ``change`` (from
          two values);
        - ``slope`` (Theil-Sen, units a year, from two values), from four values its exact limits
          ``slope_low``, ``slope_high`` with the ``slope_confidence`` that they achieve (80 % or
          the next higher one attainable);
        - ``stability``: ``|slope| * span`` in multiples of the limit ``max(2u, 1 % of the
          median)``; below 1 the series is stable (from three values);
        - ``direction``: ``none`` below two values, ``changed`` for two, else ``increase``,
          ``decrease`` or ``stable``; ordinal series have no slope, and are ``changed``, or
          ``stable`` where three values and more are all equal;
        - ``movement``: ``improving``, ``worsening`` or ``none``: sign of the slope and mode, for a
          band the change of the distance from first to last; ``none`` where stable or ordinal;
        - ``mk_s``, ``mk_p``, ``mk_method``: Mann-Kendall from three values
          (see :func:`analysis.measures.kendall.mann_kendall`); ``clear``: p at most 0.10, which
          takes four values; ``clear_at_5``: p at most 0.05;
        - ``recent_slope``: slope of the last five calendar years up to the last value, from five
          values of which three lie in these years.

    Raises
    ------
    ValueError
        If shapes do not fit, a year occurs twice, or a mode is unknown.
    """
    data = block(years, values, as_of_year)
    rows = len(data.values)
    facts = _facts(rows, step, mode, lo, hi)
    columns = joined(
        [_chunk(data.rows(some), facts.rows(some)) for some in chunks(rows, len(data.years))]
    )
    coded = {name: words(names, columns[name]) for name, names in _WORDS.items()}
    ready = {**columns, **coded}
    frame = {name: finished(ready[name], kind) for name, kind in TREND_COLUMNS.items()}
    return pd.DataFrame(frame, copy=False)


def _facts(rows: int, step: ArrayLike, mode: ArrayLike, lo: ArrayLike, hi: ArrayLike) -> _Facts:
    modes = np.asarray(mode, dtype=np.str_)
    unknown = strangers(np.atleast_1d(modes), MODES)
    if unknown:
        raise ValueError(f"trend: unknown mode {', '.join(unknown)}: use one of {', '.join(MODES)}")
    numbers = [np.asarray(item, dtype=np.float64) for item in (step, lo, hi)]
    steps, lows, highs = (np.broadcast_to(item, (rows,)) for item in numbers)
    return _Facts(steps, np.broadcast_to(modes, (rows,)), lows, highs)


def _chunk(data: Block, facts: _Facts) -> Columns:
    ends = _ends(data)
    ordinal = np.asarray(facts.mode == "level")
    sorted_ = sorted_slopes(data.years, data.values)
    slope = where(~ordinal, median_slope(sorted_, ends.n))
    stability = _stability(data, facts, ends, slope)
    direction = _direction(data, ends, slope, stability)
    return {
        "n": ends.n,
        "first_year": ends.first_year,
        "first_value": ends.first,
        "last_year": ends.last_year,
        "last_value": ends.last,
        "change": where(ends.n >= limits.VALUES_FOR_SLOPE, ends.last - ends.first),
        "slope": slope,
        **_limits(sorted_, ends.n, ordinal),
        "stability": stability,
        "direction": direction,
        "movement": _movement(facts, ends, slope, direction),
        **_test(data.values, ends.n),
        "recent_slope": where(~ordinal, _recent(data, ends)),
    }


def _ends(data: Block) -> _Ends:
    first, last = first_column(data.known), last_column(data.known)
    first_year, last_year = data.year_at(first), data.year_at(last)
    return _Ends(
        n=data.n,
        first=data.value_at(first),
        last=data.value_at(last),
        first_year=first_year,
        last_year=last_year,
        span=last_year - first_year,
    )


def _limits(slopes: Floats, n: Ints, ordinal: Bools) -> Columns:
    low, high, confidence = sen_interval(slopes, n, limits.SEN_NOMINAL)
    shown = ~ordinal & (n >= limits.VALUES_FOR_INTERVAL)
    return {
        "slope_low": where(shown, low),
        "slope_high": where(shown, high),
        "slope_confidence": where(shown, confidence),
    }


def _test(values: Floats, n: Ints) -> Columns:
    s, p, method = mann_kendall(values)
    shown = n >= limits.VALUES_FOR_TEST
    p = where(shown, p)
    return {
        "mk_s": where(shown, s),
        "mk_p": p,
        "mk_method": np.where(shown, method, "").astype(object),
        "clear": p <= limits.CLEAR_P,
        "clear_at_5": p <= limits.STRICT_P,
    }


def _stability(data: Block, facts: _Facts, ends: _Ends, slope: Floats) -> Floats:
    middle = np.abs(_median(data.values, ends.n))
    limit = np.fmax(limits.SMALL_STEPS * facts.step, limits.SMALL_SHARE * middle)
    moved = where(ends.n >= limits.VALUES_FOR_DIRECTION, np.abs(slope) * ends.span)
    # Without a limit (median 0, unit unknown) any movement is movement, and none is none.
    return np.where(
        (limit == 0) & (moved > 0), np.inf, np.where(moved == 0, moved, ratio(moved, limit))
    )


def _median(values: Floats, n: Ints) -> Floats:
    ordered = np.sort(values, axis=1)
    row = np.arange(len(values))
    low, high = np.maximum(n - 1, 0) // 2, np.minimum(n // 2, values.shape[1] - 1)
    return np.asarray((ordered[row, low] + ordered[row, high]) / 2, dtype=np.float64)


def _direction(data: Block, ends: _Ends, slope: Floats, stability: Floats) -> Ints:
    level_same = np.isnan(slope) & (np.ptp(_filled(data), axis=1) == 0)
    code = {name: position for position, name in enumerate(DIRECTIONS)}
    return np.select(
        [
            ends.n < limits.VALUES_FOR_SLOPE,
            ends.n < limits.VALUES_FOR_DIRECTION,
            level_same | (stability < 1 - limits.TOLERANCE),
            np.isnan(slope),
            slope > 0,
        ],
        [code[name] for name in ("none", "changed", "stable", "changed", "increase")],
        code["decrease"],
    )


def _filled(data: Block) -> Floats:
    """Return the values with the last one in place of what is missing."""
    last = data.value_at(last_column(data.known))
    return np.where(data.known, data.values, last[:, None])


def _movement(facts: _Facts, ends: _Ends, slope: Floats, direction: Ints) -> Ints:
    better = np.select([facts.mode == "up", facts.mode == "down"], [slope, -slope], np.nan)
    nearer = _outside(facts, ends.first) - _outside(facts, ends.last)
    better = np.where(facts.mode == "band", nearer, better)
    moved = (direction != DIRECTIONS.index("none")) & (direction != DIRECTIONS.index("stable"))
    code = {name: position for position, name in enumerate(MOVEMENTS)}
    return np.select(
        [moved & (better > 0), moved & (better < 0)],
        [code["improving"], code["worsening"]],
        code["none"],
    )


def _outside(facts: _Facts, value: Floats) -> Floats:
    """Return the distance to a band; NaN where its ends are not known."""
    return np.asarray(np.maximum(np.maximum(facts.lo - value, value - facts.hi), 0.0))


def _recent(data: Block, ends: _Ends) -> Floats:
    recent = data.years > ends.last_year[:, None] - limits.RECENT_YEARS
    values = np.where(recent, data.values, np.nan)
    enough = (~np.isnan(values)).sum(axis=1) >= limits.VALUES_WITHIN_RECENT
    return where(enough & (ends.n >= limits.VALUES_FOR_RECENT), theil_sen(data.years, values))
