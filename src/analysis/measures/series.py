"""Padded arrays of many series, and which of their values are looked at (methods 2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.arrays import Bools, Floats, Ints
from analysis.measures.constants import BASE_TOLERANCE
from analysis.measures.targets import Targets


@dataclass(frozen=True)
class Block:
    """Values of N series on one axis of T years.

    Attributes
    ----------
    years
        (T,) increasing calendar years.
    values
        (N, T) values up to the assessment year; NaN where there is none.
    part
        (N, T) True where a value stands for a part of its year only.
    """

    years: Ints
    values: Floats
    part: Bools

    @cached_property
    def known(self) -> Bools:
        """(N, T) True where there is a value."""
        return ~np.isnan(self.values)

    @cached_property
    def n(self) -> Ints:
        """(N,) number of values."""
        return np.asarray(self.known.sum(axis=1), dtype=np.int64)

    def rows(self, rows: slice) -> Block:
        """Return some of the series."""
        return Block(self.years, self.values[rows], self.part[rows])

    def year_at(self, column: Ints) -> Floats:
        """Return the year of each series' column; NaN for column -1."""
        return np.where(column < 0, np.nan, self.years[column])

    def value_at(self, column: Ints) -> Floats:
        """Return the value in each series' column; NaN for column -1."""
        return np.where(column < 0, np.nan, self.values[np.arange(len(column)), column])

    def part_at(self, column: Ints) -> Bools:
        """Tell whether the value in each series' column stands for a part of its year."""
        return (column >= 0) & self.part[np.arange(len(column)), column]

    def until(self, year: Floats) -> Floats:
        """Return the values up to each series' year; NaN after it and without a year."""
        return np.where(self.years <= year[:, None], self.values, np.nan)


def block(
    years: ArrayLike, values: ArrayLike, as_of_year: int, part_year: Bools | None = None
) -> Block:
    """Lay series out by increasing year, without what is later than the assessment.

    Parameters
    ----------
    years
        (T,) distinct calendar years in any order.
    values
        (N, T) values; NaN and infinite entries are no values.
    as_of_year
        Year of assessment; later values are not looked at.
    part_year
        (N, T) True where a value stands for a part of its year; None for nowhere.

    Raises
    ------
    ValueError
        If shapes do not fit or a year occurs twice; the message names all faults.
    """
    axis, numbers = np.asarray(years, dtype=np.int64), np.asarray(values, dtype=np.float64)
    partial = np.zeros(numbers.shape, np.bool_) if part_year is None else np.asarray(part_year)
    _refuse_misfits(axis, numbers, partial)
    order = np.argsort(axis)
    order = order[axis[order] <= as_of_year]
    if not len(order):
        nothing = np.full((len(numbers), 1), np.nan)
        return Block(np.array([as_of_year]), nothing, np.isfinite(nothing))
    kept = numbers[:, order]
    return Block(axis[order], np.where(np.isfinite(kept), kept, np.nan), partial[:, order])


def _refuse_misfits(years: Ints, values: Floats, part: Bools) -> None:
    faults = []
    if values.ndim != 2 or years.ndim != 1 or values.shape[-1] != len(years):
        faults.append(
            f"values of shape {values.shape} for years of shape {years.shape}: "
            "give one row a series and one column a year"
        )
    if part.shape != values.shape:
        faults.append(f"part_year of shape {part.shape}: give it the shape of values")
    if len(np.unique(years)) < years.size:
        faults.append("a year occurs twice: give each year one column")
    if faults:
        raise ValueError("series: " + "; ".join(faults))


@dataclass(frozen=True)
class Picks:
    """Columns of a block that a judgement looks at, (N,) each; -1 where there is none.

    Attributes
    ----------
    first, latest
        First and last value.
    judged
        The value that is judged: for a target year that is over the value of that year, else of
        the year before, else of the year after; in all other cases the latest value.
    base
        The baseline, always before the judged value.
    past
        True where the target year is over: it has a value, or the assessment is later.
    due
        True where ``past`` and the judged value is of the target year or of a year beside it.
    provisional
        True where it is of a year beside it.
    base_is_judged
        True where the baseline would be the judged value itself: no time has gone since.
    """

    first: Ints
    latest: Ints
    judged: Ints
    base: Ints
    past: Bools
    due: Bools
    provisional: Bools
    base_is_judged: Bools


def picks(data: Block, targets: Targets, as_of_year: int) -> Picks:
    """Choose the values that a judgement looks at."""
    latest = last_column(data.known)
    exact = column_of(data, targets.year)
    past = targets.readable & ((targets.year < as_of_year) | (exact >= 0))
    near = np.where(exact >= 0, exact, column_of(data, targets.year - 1))
    near = np.where(near >= 0, near, column_of(data, targets.year + 1))
    due = past & (near >= 0)
    judged = np.where(due, near, latest)
    base = _baseline(data, targets, judged)
    same = (base >= 0) & (base == judged)
    return Picks(
        first=first_column(data.known),
        latest=latest,
        judged=judged,
        base=np.where(same, -1, base),
        past=past,
        due=due,
        provisional=due & (exact < 0),
        base_is_judged=same,
    )


def first_column(known: Bools) -> Ints:
    """Return the first column with a value; -1 where there is none."""
    return np.where(known.any(axis=1), known.argmax(axis=1), -1)


def last_column(known: Bools) -> Ints:
    """Return the last column with a value; -1 where there is none."""
    last = known.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    return np.where(known.any(axis=1), last, -1)


def column_of(data: Block, year: Ints) -> Ints:
    """Return the column of a year where the series has a value then; -1 elsewhere."""
    column = np.minimum(np.searchsorted(data.years, year), len(data.years) - 1)
    there = (data.years[column] == year) & data.known[np.arange(len(column)), column]
    return np.where(there, column, -1)


def _baseline(data: Block, targets: Targets, judged: Ints) -> Ints:
    """Return the baseline's column, up to the judged one; -1 where there is none.

    The base year, else the nearest within two years (the earlier of two), else the first later.
    """
    away = data.years - targets.base_year[:, None]
    usable = data.known & (np.arange(len(data.years)) <= judged[:, None])
    usable &= (away >= -BASE_TOLERANCE) & targets.readable[:, None]
    # Years are increasing and argmin takes the first of equals, so the earlier year wins a tie.
    nearest = np.where(usable, np.abs(away), np.iinfo(np.int64).max).argmin(axis=1)
    return np.where(usable.any(axis=1), nearest, -1)
