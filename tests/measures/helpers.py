"""Short ways to write a series and a target in a test."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures import Targets, assess
from tests.measures.reference import Target

METHODS = Path(__file__).parent.parent / "data" / "methods"
YEARS = np.arange(2010, 2035)


def rows_of(name: str) -> list[dict[str, str]]:
    with (METHODS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float:
    return float(text) if text else float("nan")


def targets(*some: Target) -> Targets:
    """Turn scalar targets into arrays."""
    kinds = {"mode": np.str_, "year": np.int64, "base_year": np.int64}
    kinds |= dict.fromkeys(["lo_strict", "hi_strict", "clear", "stated"], np.bool_)
    return Targets(
        **{
            field.name: np.array(
                [getattr(one, field.name) for one in some], dtype=kinds.get(field.name, float)
            )
            for field in fields(Target)
        }
    )


def values(*series: dict[int, float]) -> NDArray[np.float64]:
    """Lay series out on YEARS."""
    return np.array([[one.get(int(year), np.nan) for year in YEARS] for one in series])


def assessed(observed: dict[int, float], as_of: int = 2026, **target: object) -> pd.Series:
    """Assess one series against ``Target(**target)``."""
    frame = assess(YEARS, values(observed), targets(Target(**target)), as_of)
    return frame.iloc[0]


def spoken(row: pd.Series) -> dict[str, object]:
    """Return what a row says: its entries without the missing ones."""
    return {name: entry for name, entry in row.items() if not pd.isna(entry)}


def differing(found: pd.DataFrame, wanted: Sequence[dict[str, object]]) -> list[str]:
    """List every cell of a frame that is not what the scalar reference says."""
    faults = []
    for position, row in enumerate(wanted):
        for name in found.columns:
            cell = found.at[position, name]
            want = row.get(name)
            if not _alike(cell, want):
                faults.append(f"row {position}, {name}: {cell!r} instead of {want!r}")
    return faults


def _alike(cell: object, want: object) -> bool:
    if want is None or pd.isna(want):
        return bool(pd.isna(cell))
    if pd.isna(cell):
        return False
    if isinstance(want, str | bool):
        return cell == want
    return bool(np.isclose(float(cell), float(want), rtol=1e-9, atol=1e-9))
