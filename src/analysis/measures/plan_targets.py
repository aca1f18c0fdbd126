"""From what a plan prints (kind, numbers, level) to the interval that is judged (methods 2.1).

============================  ======  ==============  ==============
kind                          mode    lo              hi
============================  ======  ==============  ==============
exact, at_least, more_than    up      low             none
between                       up      low             none
exact, at_most, less_than     down    none            high
between                       down    none            high
exact                         band    low - u/2       high + u/2
between                       band    low             high
level                         level   ordinal         none
at_least, more_than           level   low             none
at_most, less_than (a rank)   level   none            high
============================  ======  ==============  ==============

``u`` is the displayed unit. The end is strict for more_than and less_than alone. A lower end that
is not strict and equals the natural maximum (100 %) becomes ``low - u/2``, an upper end that
equals the natural minimum (0 %) becomes ``high + u/2``: the target is met when it prints as such.
``none`` is not stated. Everything else is unclear and is never guessed: ``text``, pairs missing
above (at_most with up, at_least with band, exact with level, …), a missing number, a range whose
ends are the wrong way round.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.arrays import Bools, Floats, Strings, strangers
from analysis.measures.targets import Targets

KINDS = (
    "exact",
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "between",
    "level",
    "text",
    "none",
)

_LOWER = {
    "up": ("exact", "at_least", "more_than", "between"),
    "band": ("exact", "between"),
    "level": ("level", "at_least", "more_than"),
}
_UPPER = {
    "down": ("exact", "at_most", "less_than", "between"),
    "band": ("exact", "between"),
    "level": ("at_most", "less_than"),
}


def targets_from_plan(  # noqa: PLR0913, PLR0917 - the columns of a plan's targets
    kind: ArrayLike,
    mode: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    level: ArrayLike,
    decimals: ArrayLike,
    natural_min: ArrayLike,
    natural_max: ArrayLike,
    year: ArrayLike,
    base_year: ArrayLike,
) -> Targets:
    """Read the targets of a plan as intervals.

    Parameters
    ----------
    kind
        (N,) one of :data:`KINDS`.
    mode
        (N,) ``up``, ``down``, ``band`` or ``level``.
    low, high
        (N,) printed numbers in the unit of the series; NaN where none is printed.
    level
        (N,) ordinal of the level of kind ``level``; not looked at for other kinds.
    decimals
        (N,) decimals displayed; the displayed unit is ``10 ** -decimals``.
    natural_min, natural_max
        (N,) natural limits; NaN where there is none.
    year, base_year
        (N,) target year and declared base year.

    Every argument may also be a single value for all series.

    Raises
    ------
    ValueError
        If a kind or mode is unknown, or lengths do not fit together.
    """
    texts = [np.asarray(item, dtype=np.str_) for item in (kind, mode)]
    numbers = (low, high, level, decimals, natural_min, natural_max, year, base_year)
    floats = [np.asarray(item, dtype=np.float64) for item in numbers]
    kinds, modes, *rest = np.broadcast_arrays(*map(np.atleast_1d, [*texts, *floats]))
    _refuse_unknown(kinds)
    lows, highs, levels, places, least, most, years, base_years = (item.copy() for item in rest)
    step = 10.0**-places
    lo, lo_clear = _lower(kinds, modes, np.where(kinds == "level", levels, lows), most, step)
    hi, hi_clear = _upper(kinds, modes, highs, least, step)
    return Targets(
        mode=modes.copy(),
        year=years.astype(np.int64),
        lo=lo,
        hi=hi,
        lo_strict=(kinds == "more_than") & ~np.isnan(lo),
        hi_strict=(kinds == "less_than") & ~np.isnan(hi),
        step=step,
        natural_min=least,
        natural_max=most,
        base_year=base_years.astype(np.int64),
        clear=lo_clear & hi_clear & ~(np.isnan(lo) & np.isnan(hi)) & ~(lo > hi),
        stated=np.asarray(kinds != "none"),
    )


def _lower(kinds: Strings, modes: Strings, low: Floats, limit: Floats, step: Floats) -> Any:
    """Return the lower end and whether it is there wherever the pair of kind and mode needs one."""
    wanted = _wanted(kinds, modes, _LOWER)
    displays = (modes == "up") & (kinds != "more_than") & (low == limit)
    half = displays | ((modes == "band") & (kinds == "exact"))
    lo = np.where(wanted, low - np.where(half, step / 2, 0.0), np.nan)
    return lo, ~wanted | ~np.isnan(lo)


def _upper(kinds: Strings, modes: Strings, high: Floats, limit: Floats, step: Floats) -> Any:
    """Return the upper end and whether it is there wherever the pair of kind and mode needs one."""
    wanted = _wanted(kinds, modes, _UPPER)
    displays = (modes == "down") & (kinds != "less_than") & (high == limit)
    half = displays | ((modes == "band") & (kinds == "exact"))
    hi = np.where(wanted, high + np.where(half, step / 2, 0.0), np.nan)
    return hi, ~wanted | ~np.isnan(hi)


def _wanted(kinds: Strings, modes: Strings, table: dict[str, tuple[str, ...]]) -> Bools:
    wanted = np.zeros(len(kinds), dtype=np.bool_)
    for mode, accepted in table.items():
        wanted |= (modes == mode) & np.isin(kinds, accepted)
    return wanted


def _refuse_unknown(kinds: Strings) -> None:
    unknown = strangers(kinds, KINDS)
    if unknown:
        raise ValueError(
            f"targets: unknown kind {', '.join(unknown)}: use one of {', '.join(KINDS)}"
        )
