"""The target model: every target is an interval to be reached or kept (methods 2.1).

met(v)  = v inside [lo, hi], an end point excluded when its strict flag is set
dist(v) = max(lo - v, 0, v - hi)
edge(v) = lo for up and level, hi for down and ranks, the violated end for band
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from analysis.measures.arrays import Bools, Floats, Ints, Strings, strangers
from analysis.measures.constants import TOLERANCE

MODES = ("up", "down", "band", "level")


@dataclass(frozen=True)
class Targets:
    """Targets of N series, one array an attribute, all of length N.

    Attributes
    ----------
    mode
        ``up`` (higher is better), ``down`` (lower is better), ``band`` (stay inside) or
        ``level`` (ordinal).
    year
        Target year.
    lo, hi
        Ends of the interval in the unit of the series; NaN where there is none.
    lo_strict, hi_strict
        True where the end itself does not meet the target.
    step
        The displayed unit (0.1 where one decimal is printed); NaN if unknown.
    natural_min, natural_max
        Natural limits of the measure; NaN where there is none.
    base_year
        Declared base year.
    clear
        False where the text names nothing measurable (``TARGET_UNCLEAR``).
    stated
        False where no target is stated (``NO_TARGET``).

    Raises
    ------
    ValueError
        If the lengths differ or a mode is unknown; the message names all faults.
    """

    mode: Strings
    year: Ints
    lo: Floats
    hi: Floats
    lo_strict: Bools
    hi_strict: Bools
    step: Floats
    natural_min: Floats
    natural_max: Floats
    base_year: Ints
    clear: Bools
    stated: Bools

    def __post_init__(self) -> None:
        lengths = {field.name: len(getattr(self, field.name)) for field in fields(self)}
        faults = []
        if len(set(lengths.values())) > 1:
            faults.append(f"arrays of different lengths {lengths}: give one entry a series")
        unknown = strangers(self.mode, MODES)
        if unknown:
            faults.append(f"unknown mode {', '.join(unknown)}: use one of {', '.join(MODES)}")
        if faults:
            raise ValueError("targets: " + "; ".join(faults))

    def __len__(self) -> int:
        return len(self.mode)

    def take(self, rows: slice | Ints | Bools) -> Targets:
        """Return the targets of some rows."""
        return Targets(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    @cached_property
    def lower(self) -> Floats:
        """Lower end, minus infinity where there is none."""
        return np.where(np.isnan(self.lo), -np.inf, self.lo)

    @cached_property
    def upper(self) -> Floats:
        """Upper end, plus infinity where there is none."""
        return np.where(np.isnan(self.hi), np.inf, self.hi)

    @cached_property
    def is_band(self) -> Bools:
        """Rows whose target is a corridor."""
        return np.asarray(self.mode == "band")

    @cached_property
    def is_level(self) -> Bools:
        """Rows whose values are ordinal codes or ranks."""
        return np.asarray(self.mode == "level")

    @cached_property
    def fixed_edge(self) -> Floats:
        """The end that counts whatever the value; NaN for bands. A rank has only an upper end."""
        rank = self.is_level & np.isinf(self.lower)
        edge = np.where(np.asarray(self.mode == "down") | rank, self.upper, self.lower)
        return np.where(self.is_band, np.nan, edge)

    @cached_property
    def readable(self) -> Bools:
        """Rows whose target can be judged: stated, clear, and with the end that its mode needs."""
        both = np.isfinite(self.lower) & np.isfinite(self.upper)
        ended = np.where(self.is_band, both, np.isfinite(self.fixed_edge))
        return self.stated & self.clear & ended


def clip(targets: Targets, values: Floats) -> Floats:
    """Clip values to the natural limits."""
    clipped = np.fmin(np.fmax(values, targets.natural_min), targets.natural_max)
    return np.where(np.isnan(values), np.nan, clipped)


def dist(targets: Targets, values: Floats) -> Floats:
    """Return the gap in units, never negative; NaN where there is no value."""
    outside = np.maximum(np.maximum(targets.lower - values, values - targets.upper), 0.0)
    return np.where(outside <= _slack(targets, values), 0.0, outside)


def met(targets: Targets, values: Floats) -> Bools:
    """Tell whether values meet the target; False where there is no value."""
    slack = _slack(targets, values)
    on_lo = targets.lo_strict & (np.abs(values - targets.lower) <= slack)
    on_hi = targets.hi_strict & (np.abs(values - targets.upper) <= slack)
    return np.asarray((dist(targets, values) == 0) & ~on_lo & ~on_hi)


def side(targets: Targets, values: Floats) -> Ints:
    """Return -1 below the interval, +1 above it, 0 inside it or without a value."""
    outside = dist(targets, values) > 0
    return np.where(outside, np.where(values < targets.lower, -1, 1), 0)


def edge(targets: Targets, values: Floats) -> Floats:
    """Return the end that the gap is measured from; NaN inside a band, where none is violated."""
    where_out = side(targets, values)
    violated = np.where(where_out < 0, targets.lower, targets.upper)
    violated = np.where(where_out == 0, np.nan, violated)
    return np.where(targets.is_band, violated, targets.fixed_edge)


def _slack(targets: Targets, values: Floats) -> Floats:
    """Return the tolerance; beside zero it is relative to the displayed unit."""
    size = np.where(np.isnan(values), np.nan, np.fmax(np.abs(values), targets.step))
    return np.asarray(TOLERANCE * size)
