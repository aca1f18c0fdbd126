"""From the caller's frame to arrays; the faults of the frame together in one message."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.measures.arrays import Bools, Floats

NUMBERS: Final = (
    "base",
    "base_year",
    "current",
    "current_year",
    "target",
    "target_year",
    "direction",
    "limit",
    "predicted",
    "peer_sd",
)
FLAGS: Final = ("binary", "levels", "parity", "percent")
YEARS: Final = "years"

_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Inputs:
    """What the methods are given, (N,) each unless stated otherwise; NaN where there is none.

    Attributes
    ----------
    base, base_year, current, current_year, target, target_year
        Values in the unit of the series, and their years.
    direction
        +1 higher is better, -1 lower is better, NaN where neither is.
    limit
        The natural limit that lies in the desired direction.
    predicted
        A value predicted for the target year.
    peer_sd
        Standard deviation of the value over the peer group.
    binary, levels, parity, percent
        True where values are 1 (yes) and 0 (no); are ordinal levels; are best when they equal the
        target; are percentages.
    years, values
        (T,) increasing years and (N, T) the values in them.
    """

    base: Floats
    base_year: Floats
    current: Floats
    current_year: Floats
    target: Floats
    target_year: Floats
    direction: Floats
    limit: Floats
    predicted: Floats
    peer_sd: Floats
    binary: Bools
    levels: Bools
    parity: Bools
    percent: Bools
    years: Floats
    values: Floats

    @property
    def elapsed(self) -> Floats:
        """Years from the base to the current value."""
        return self.current_year - self.base_year

    @property
    def allowed(self) -> Floats:
        """Years from the base to the target."""
        return self.target_year - self.base_year


def read(frame: pd.DataFrame, needs: Collection[str], extras: Collection[str]) -> Inputs:
    """Read the columns that a method looks at; all others stay empty.

    Raises
    ------
    ValueError
        If a needed column is missing or a column occurs twice; if a cell is no number or no truth
        value; if a direction is none of 1, -1 and 0, or a yes/no value is neither. The faults of
        one kind are in one message.
    """
    looked_at = {*needs, *extras}
    _refuse([*_missing(frame, needs), *_doubled(frame, looked_at)])
    _refuse(_unreadable(frame, looked_at))
    given = _filled(frame, looked_at)
    _refuse([*_strange_directions(frame, looked_at), *_strange_answers(given, frame.index)])
    return given


def _refuse(faults: Iterable[str]) -> None:
    found = list(faults)
    if found:
        raise ValueError("; ".join(found))


def _year_columns(frame: pd.DataFrame) -> list[str]:
    """Return the columns named by a year, as a number or as a text, earliest first."""
    return sorted(filter(_YEAR.fullmatch, map(str, frame.columns)))


def _missing(frame: pd.DataFrame, needs: Collection[str]) -> Iterator[str]:
    absent = [name for name in needs if name != YEARS and name not in frame.columns]
    if absent:
        yield f"no column {', '.join(absent)}: add it, with empty cells where there is no value"
    if YEARS in needs and not _year_columns(frame):
        yield "no column named by a year: add the last values as columns 2019, 2020, …"


def _doubled(frame: pd.DataFrame, looked_at: Collection[str]) -> Iterator[str]:
    names = pd.Index(map(str, frame.columns))
    used = [*looked_at, *(_year_columns(frame) if YEARS in looked_at else [])]
    twice = sorted(set(names[names.duplicated()]).intersection(used))
    if twice:
        yield f"column {', '.join(twice)} occurs twice: keep one"


def _columns(frame: pd.DataFrame, looked_at: Collection[str]) -> dict[str, pd.Series]:
    """Return the columns that are looked at, by their names as texts."""
    wanted = {*looked_at, *(_year_columns(frame) if YEARS in looked_at else [])}
    return {str(name): frame[name] for name in frame.columns if str(name) in wanted}


def _unreadable(frame: pd.DataFrame, looked_at: Collection[str]) -> Iterator[str]:
    for name, column in _columns(frame, looked_at).items():
        readable = (
            column.isin([True, False]) if name in FLAGS else pd.to_numeric(column, "coerce").notna()
        )
        mend = "true or false" if name in FLAGS else "a number, or an empty cell for no value"
        bad = column[(~readable & column.notna()).to_numpy(dtype=bool)]
        if len(bad):
            yield f"column {name}, row {bad.index[0]!r}: cannot read {bad.iloc[0]!r}: give {mend}"


def _filled(frame: pd.DataFrame, looked_at: Collection[str]) -> Inputs:
    columns = _columns(frame, looked_at)
    years = _year_columns(frame) if YEARS in looked_at else []
    nothing, no = np.full(len(frame), np.nan), np.zeros(len(frame), dtype=np.bool_)
    parts: dict[str, Any] = {
        **{name: _numbers(columns[name]) if name in columns else nothing for name in NUMBERS},
        **{name: _flags(columns[name]) if name in columns else no for name in FLAGS},
    }
    parts["direction"] = np.where(parts["direction"] == 0, np.nan, parts["direction"])
    values = [_numbers(columns[year]) for year in years]
    return Inputs(
        **parts,
        years=np.array(years, dtype=np.float64),
        values=np.column_stack(values) if years else np.empty((len(frame), 0)),
    )


def _numbers(column: pd.Series) -> Floats:
    """Return numbers; what is not finite is no value."""
    numbers = pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _flags(column: pd.Series) -> Bools:
    return column.isin([True]).to_numpy(dtype=np.bool_)


def _strange_directions(frame: pd.DataFrame, looked_at: Collection[str]) -> Iterator[str]:
    if "direction" not in looked_at or "direction" not in frame.columns:
        return
    found = _numbers(frame["direction"])
    strange = ~np.isnan(found) & ~np.isin(found, [-1.0, 0.0, 1.0])
    if strange.any():
        yield (
            f"column direction, row {frame.index[strange][0]!r}: {found[strange][0]:g} is no "
            "direction: give 1 (higher is better), -1 (lower is better) or 0 (neither)"
        )


def _strange_answers(given: Inputs, index: pd.Index) -> Iterator[str]:
    answered = np.isnan(given.current) | np.isin(given.current, [0.0, 1.0])
    strange = given.binary & ~answered
    if strange.any():
        yield (
            f"column current, row {index[strange][0]!r}: {given.current[strange][0]:g} answers no "
            "yes/no question: give 1 or 0"
        )
