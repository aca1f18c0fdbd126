"""One way to ask every published method."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.measures.arrays import where
from analysis.measures.frames import finished
from analysis.measures.published import (
    destatis,
    escap,
    eurostat,
    istat,
    oecd,
    reduction,
    sdsn,
    statistics_canada,
    unsd,
)
from analysis.measures.published.inputs import read
from analysis.measures.published.method import Method

_ROOMS: Final = (
    eurostat,
    escap,
    sdsn,
    unsd,
    statistics_canada,
    destatis,
    reduction,
    istat,
    oecd,
)

METHODS: Final[Mapping[str, Method]] = MappingProxyType(
    {method.name: method for room in _ROOMS for method in room.METHODS}
)


def compare(inputs: pd.DataFrame, method: str, **options: Any) -> pd.DataFrame:
    """Judge any number of series by a published method, with its own classes and edge rules.

    Parameters
    ----------
    inputs
        One row a series; NaN, ``<NA>`` or None where there is no value. A method looks at its
        own columns only (``METHODS[method].needs`` and ``.extras``):

        - ``base``, ``current``, ``target``: values in the unit of the series; ``base_year``,
          ``current_year``, ``target_year``;
        - ``direction``: 1 higher is better, -1 lower is better, 0 or missing neither (such a row
          is not available, except for parity);
        - ``limit``: the natural limit that lies in the desired direction;
        - ``predicted``: a value predicted for the target year; ``peer_sd``: the standard
          deviation over a peer group; columns named by a year (``2019`` or ``"2019"``): values;
        - ``binary`` (current is 1 or 0), ``levels`` (ordinal), ``parity`` (best at the target),
          ``percent``: true or false, missing is false.
    method
        A name in :data:`METHODS`.
    **options
        Options of the method (``METHODS[method].options``).

    Returns
    -------
    pandas.DataFrame
        With the index of ``inputs``: ``value`` (what it is: ``METHODS[method].value_en``; NaN
        where a row is classed without one), ``score`` (NaN where the method has none),
        ``category`` (a code of ``METHODS[method].categories``).

    Raises
    ------
    ValueError
        If the method or an option is unknown, a column is missing or occurs twice, or a cell
        cannot be read; the message says where and how to mend it.
    """
    asked = _asked(method)
    chosen = {**asked.options, **_known_options(asked, options)}
    try:
        outcome = asked.run(read(inputs, asked.needs, asked.extras), **chosen)
    except ValueError as fault:
        raise ValueError(f"compare, method {method!r}: {fault}") from fault
    frame = pd.DataFrame(
        {
            "value": where(np.isfinite(outcome.value), outcome.value),
            "score": outcome.score,
            "category": finished(outcome.category, "str"),
        }
    )
    return frame.set_axis(inputs.index, axis=0)


def _asked(name: str) -> Method:
    if name not in METHODS:
        raise ValueError(f"compare: unknown method {name!r}: use one of {', '.join(METHODS)}")
    return METHODS[name]


def _known_options(asked: Method, options: Mapping[str, Any]) -> Mapping[str, Any]:
    unknown = sorted(set(options).difference(asked.options))
    if unknown:
        known = ", ".join(asked.options) or "none"
        raise ValueError(
            f"compare, method {asked.name!r}: unknown option {', '.join(unknown)}: "
            f"the options of this method are {known}"
        )
    return options
