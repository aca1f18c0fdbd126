"""Rows of result frames as plain mappings, for the places that write text about one row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

Row = Mapping[str, Any]


def records(frame: pd.DataFrame) -> list[Row]:
    """Return every row of a frame as a mapping of column to value."""
    return cast("list[Row]", frame.to_dict("records"))


def first(frame: pd.DataFrame) -> Row:
    """Return the first row of a frame that has at least one."""
    return records(frame.head(1))[0]


def absent(value: object) -> bool:
    """Tell whether a cell holds no value."""
    return bool(pd.isna(cast("float", value)))
