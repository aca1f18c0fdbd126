"""Names of the array types, and the one way in which many series are cut into chunks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.measures.constants import LARGEST_CHUNK, PAIR_CELLS, SMALLEST_CHUNK

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Strings = NDArray[np.str_]
Columns = dict[str, NDArray[Any]]


def chunks(rows: int, years: int) -> Iterator[slice]:
    """Cut ``rows`` series into slices whose pair matrices stay in the cache.

    Yields one empty slice for no rows, so that results keep their columns.
    """
    pairs = max(1, years * (years - 1) // 2)
    size = min(LARGEST_CHUNK, max(SMALLEST_CHUNK, PAIR_CELLS // pairs))
    for start in range(0, max(rows, 1), size):
        yield slice(start, min(start + size, rows))


def joined(parts: Sequence[Mapping[str, NDArray[Any]]]) -> Columns:
    """Join the columns of consecutive chunks."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def where(shown: Bools, values: NDArray[Any]) -> Floats:
    """Keep the values that are shown; NaN elsewhere."""
    return np.where(shown, values, np.nan)


def ratio(top: Floats, bottom: Floats) -> Floats:
    """Divide; NaN where the divisor is zero or missing."""
    safe = np.where(bottom == 0, np.nan, bottom)
    return np.asarray(top / safe, dtype=np.float64)


def words(names: Sequence[str], codes: NDArray[Any]) -> NDArray[np.object_]:
    """Turn codes into the words they stand for."""
    return np.asarray(np.array(names, dtype=object)[codes], dtype=np.object_)


def strangers(codes: Strings, known: Sequence[str]) -> list[str]:
    """Return the codes that are none of the known ones, each once, quoted."""
    strange = np.ones(codes.shape, dtype=np.bool_)
    for code in known:
        strange &= codes != code
    return sorted({repr(str(code)) for code in codes[strange]})
