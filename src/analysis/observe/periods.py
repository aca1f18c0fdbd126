"""Periods as text: years, parts of a year, spans of years.

Written ``2024``, ``2024-06``, ``2024-Q2``, ``2024-H1`` or ``2016-2020``.
"""

from __future__ import annotations

import re

import pandas as pd

PERIOD = (
    r"^(?P<year>[0-9]{4})"
    r"(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<last>[0-9]{4})))?$"
)


def is_period(text: str) -> bool:
    """Return whether a text is a period; a span of years must end after it begins."""
    found = re.fullmatch(PERIOD, text)
    return found is not None and (found["last"] is None or found["last"] > found["year"])


def spans(periods: pd.Series[str]) -> pd.DataFrame:
    """Return when each period begins and ends.

    Months are counted from the year 0, so that January 2025 is ``2025 * 12``: a plain number for
    which earlier and later need no calendar.

    Parameters
    ----------
    periods
        Periods as text.

    Returns
    -------
    pandas.DataFrame
        On the same index: ``year`` (the first year), ``first_month`` and ``last_month`` (both
        included), ``part_year`` (shorter than a year), ``several_years``.

    Raises
    ------
    ValueError
        If a text is no period; the message names all of them.
    """
    unreadable = sorted(set(periods[~periods.map(is_period).astype(bool)]))
    if unreadable:
        raise ValueError(
            f"not a period: {', '.join(map(repr, unreadable))}; write 2024, 2024-06, 2024-Q2, "
            "2024-H1 or 2016-2020"
        )
    part = periods.str.extract(PERIOD).astype("float64")
    begins = (part["month"] - 1).fillna((part["quarter"] - 1) * 3).fillna((part["half"] - 1) * 6)
    length = _months(part)
    first = part["year"] * 12 + begins.fillna(0)
    return pd.DataFrame(
        {
            "year": part["year"].astype("int64"),
            "first_month": first.astype("int64"),
            "last_month": (first + length - 1).astype("int64"),
            "part_year": length < 12,
            "several_years": length > 12,
        }
    )


def _months(part: pd.DataFrame) -> pd.Series[float]:
    """Return the length of each period in months; a year where no part is given."""
    years = (part["last"] - part["year"] + 1) * 12
    given = part[["month", "quarter", "half"]].notna() * [1.0, 3.0, 6.0]
    return given.sum(axis=1).where(given.any(axis=1)).fillna(years).fillna(12.0)
