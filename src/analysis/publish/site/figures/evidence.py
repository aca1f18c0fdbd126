"""The rows of an edition's frames by series, read once: a page asks for those of one series."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analysis.publish.edition import Edition

if TYPE_CHECKING:
    import pandas as pd

    from analysis.charts.rows import Row

Grouped = Mapping[Any, "list[Row]"]


@lru_cache(maxsize=2)
def targets_by_series(edition: Edition) -> Grouped:
    """Return the gap rows of every series, in order of their years."""
    return grouped(edition.gap, "series_id")


@lru_cache(maxsize=2)
def values_by_series(edition: Edition) -> Grouped:
    """Return the rows of the current view of every series and area, by year; values only."""
    return _by_series(edition.view)


@lru_cache(maxsize=2)
def proxies_by_series(edition: Edition) -> Grouped:
    """Return proxies of years that have no better value, in the unit of their series, likewise."""
    view = edition.plan.view(as_of=edition.as_of, include_proxy=True)
    return _by_series(view[view["comparability"].eq("proxy")])


@lru_cache(maxsize=2)
def scenarios_by_series(edition: Edition) -> Grouped:
    """Return the scenarios of the targets that at least one of them judges, with ``placed``."""
    from analysis.charts.sensitivity_matrix import judged_somehow
    from analysis.reports.scenarios import placed

    return grouped(judged_somehow(placed(edition.sensitivity)), "series_id")


@lru_cache(maxsize=4)
def level_labels(edition: Edition, language: str) -> Mapping[str, str]:
    """Return the names of all levels by their id."""
    rows = edition.plan["levels"]
    return dict(zip(rows["level_id"], rows[f"label_{language}"], strict=True))


@lru_cache(maxsize=64)
def level_names(edition: Edition, language: str, scale: str) -> Mapping[float, str]:
    """Return the names of the levels of a scale by their number; none of the scale ``none``."""
    rows = edition.plan["levels"]
    rows = rows[rows["scale"].eq(scale) & rows["level_id"].ne("none")]
    names = zip(rows["ordinal"], rows[f"label_{language}"], strict=True)
    return {float(number): str(name) for number, name in names}


@lru_cache(maxsize=2)
def sources(edition: Edition) -> Mapping[str, Row]:
    """Return the sources by their id."""
    from analysis.charts.rows import records

    return {str(row["source_id"]): row for row in records(edition.plan["sources"])}


def _by_series(view: pd.DataFrame) -> Grouped:
    rows = view[view["value"].notna()].sort_values("year", kind="stable")
    return grouped(rows, "series_id", "area_id")


def grouped(frame: pd.DataFrame, *names: str) -> Grouped:
    """Return the rows of a frame by the value of a column, or by those of several."""
    from analysis.charts.rows import records

    found: dict[Any, list[Row]] = {}
    for row in records(frame):
        key = row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)
        found.setdefault(key, []).append(row)
    return found
