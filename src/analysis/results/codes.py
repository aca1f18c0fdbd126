"""Several codes in one column: sorted, separated by spaces."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray


def joined_codes(holds: Mapping[str, NDArray[np.bool_]]) -> NDArray[np.object_]:
    """Join, row by row, the codes that hold there.

    Parameters
    ----------
    holds
        For each code an (N,) array, True where it holds; at least one code.

    Returns
    -------
    numpy.ndarray
        (N,) texts, the codes in alphabetical order; empty where none holds.
    """
    length = len(next(iter(holds.values())))
    text = np.full(length, "", dtype=object)
    for code in sorted(holds):
        gap = np.where(text == "", "", " ")
        text = np.where(holds[code], text + gap + code, text)
    return text
