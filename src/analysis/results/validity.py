"""How long results hold: the first day on which the calendar alone changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pandas as pd

from analysis.observe.periods import spans
from analysis.results.tasks import next_change as next_task_change


def next_change(
    tables: Mapping[str, pd.DataFrame], *, as_of: date, series_ids: Iterable[str] | None = None
) -> date:
    """Return the first day after ``as_of`` on which gap, trend or coverage can become others.

    With the same data, they depend on the day in two ways only: ages and due years are counted
    from its year, and a period or a break is seen from the month in which it begins
    (:mod:`analysis.observe.view`).

    Parameters
    ----------
    tables
        The package's frames: ``observations, breaks``.
    as_of
        The day of assessment.
    series_ids
        The series that are looked at; without them all.

    Returns
    -------
    datetime.date
        The first of a month: of January of the next year at the latest.
    """
    begins = pd.concat([tables["observations"]["period"], tables["breaks"]["from_period"]])
    if series_ids is not None:
        owners = pd.concat([tables[name]["series_id"] for name in ("observations", "breaks")])
        begins = begins[owners.isin(list(series_ids))]
    months = spans(begins.astype("str"))["first_month"]
    now = as_of.year * 12 + as_of.month - 1
    later = months[months > now]
    first = min([*later, (as_of.year + 1) * 12])
    return date(int(first) // 12, int(first) % 12 + 1, 1)


def holds_until(tables: Mapping[str, pd.DataFrame], *, as_of: date) -> date:
    """Return the last day on which every result of the whole plan is what it is on ``as_of``.

    Parameters
    ----------
    tables
        The package's frames: ``observations, breaks, tasks, task_updates``.
    as_of
        The day of assessment.
    """
    days = [next_change(tables, as_of=as_of), next_task_change(tables, as_of=as_of)]
    return min(day for day in days if day is not None) - timedelta(days=1)
