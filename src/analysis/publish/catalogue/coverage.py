"""Which time and which areas a dataset covers, as the data themselves tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.api import Plan
    from analysis.publish.edition import Edition

KINDS = ("province", "country")
"""Kinds of areas that are named, in this order; those inside the province are not named again."""


@dataclass(frozen=True)
class Area:
    """An area: its id in the package and its name by language."""

    area_id: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Coverage:
    """Time and areas of a dataset.

    Parameters
    ----------
    start
        The first day of the earliest observed value.
    end
        The last day of the last target year of the plan.
    areas
        The areas that have observed values.
    """

    start: date
    end: date
    areas: tuple[Area, ...]

    @property
    def interval(self) -> str:
        """Both days as ISO 8601 writes an interval."""
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    def names(self, language: str) -> str:
        """Return the names of the areas in one line."""
        return "; ".join(area.names[language] for area in self.areas)


def package_coverage(plan: Plan) -> Coverage:
    """Return the coverage of the data package: from all observed values to the last target."""
    from analysis.observe.periods import spans

    observations = plan["observations"]
    first = int(spans(observations["period"])["first_month"].min())
    start = date(first // 12, first % 12 + 1, 1)
    return Coverage(start, _last_day(plan), _areas(plan, set(observations["area_id"])))


def results_coverage(edition: Edition) -> Coverage:
    """Return the coverage of the results: from the first year of the current view."""
    view = edition.view
    start = date(int(view["year"].min()), 1, 1)
    return Coverage(start, _last_day(edition.plan), _areas(edition.plan, set(view["area_id"])))


def _last_day(plan: Plan) -> date:
    return date(int(plan["targets"]["year"].max()), 12, 31)


def _areas(plan: Plan, observed: set[str]) -> tuple[Area, ...]:
    areas = plan["areas"]
    rows = areas[areas["area_id"].isin(observed)].to_dict("records")
    return tuple(
        Area(str(row["area_id"]), {"vi": str(row["name_vi"]), "en": str(row["name_en"])})
        for kind in KINDS
        for row in rows
        if row["kind"] == kind
    )
