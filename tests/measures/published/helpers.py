"""Short ways to ask a published method about one series."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures import METHODS, compare
from analysis.measures.published.inputs import NUMBERS

NONE = float("nan")


def one(**cells: object) -> pd.DataFrame:
    """Return inputs of one row; what is not given is empty. ``y2019=3`` is the column 2019."""
    given = {name[1:] if name[1:].isdigit() else name: cell for name, cell in cells.items()}
    return pd.DataFrame([dict.fromkeys(NUMBERS, NONE) | given])


def judged(method: str, options: dict[str, object] | None = None, **cells: object) -> pd.Series:
    """Judge one series."""
    return compare(one(**cells), method, **(options or {})).iloc[0]


def category(method: str, **cells: object) -> str:
    """Return the class of one series."""
    return str(judged(method, **cells)["category"])


def rate(growth: float, direction: int = 1, **more: object) -> dict[str, object]:
    """Return the cells of a series that grew by a share in one year."""
    return {
        "base": 100.0,
        "base_year": 2020,
        "current": 100.0 * (1 + growth),
        "current_year": 2021,
        "direction": direction,
        **more,
    }


def codes(method: str) -> list[str]:
    return [each.code for each in METHODS[method].categories]


def close(found: object, wanted: float) -> bool:
    return bool(np.isclose(float(found), wanted, rtol=1e-9, atol=1e-9, equal_nan=True))
