"""How arrays become the columns of a result frame."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def finished(column: NDArray[Any], kind: str) -> Any:
    """Give a column of a result frame its dtype; NaN becomes ``<NA>`` in Int64 and boolean."""
    if kind not in {"Int64", "boolean"}:
        return pd.Series(column, dtype=kind, copy=False)
    missing = np.isnan(column)
    filled = np.where(missing, 0, column)
    if kind == "Int64":
        return pd.Series(pd.arrays.IntegerArray(filled.astype(np.int64), missing), copy=False)
    return pd.Series(pd.arrays.BooleanArray(filled.astype(np.bool_), missing), copy=False)
