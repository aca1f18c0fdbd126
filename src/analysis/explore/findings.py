"""What comes of a choice: verdicts before and after, the country beside, and a chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from analysis import charts
from analysis.api import PROVINCE
from analysis.charts.gap_bars import drawable
from analysis.charts.trajectories import several_values
from analysis.explore.choice import Choice
from analysis.explore.verdicts import unused, verdicts

if TYPE_CHECKING:
    import pandas as pd

    from analysis.api import Plan


@dataclass(frozen=True)
class Findings:
    """All that a choice leads to; every part is computed when it is first asked for.

    Attributes
    ----------
    plan
        The plan or a what-if.
    choice
        What was chosen.
    """

    plan: Plan
    choice: Choice

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """The verdicts by default and as chosen (:func:`analysis.explore.verdicts`)."""
        choice = self.choice
        return verdicts(
            self.plan,
            group=choice.group_id,
            series=choice.series_id or None,
            base_year=choice.base_year,
            include_proxy=choice.include_proxy,
            method=choice.method,
            as_of=choice.as_of,
        )

    @cached_property
    def country(self) -> pd.DataFrame:
        """The province beside the country (:func:`country`)."""
        choice = self.choice
        return country(
            self.plan,
            group=choice.group_id,
            series=choice.series_id or None,
            include_proxy=choice.include_proxy,
            as_of=choice.as_of,
        )

    @cached_property
    def unused(self) -> pd.DataFrame:
        """The hypothetical observations of these series that have no effect."""
        choice = self.choice
        rows = unused(self.plan, as_of=choice.as_of, include_proxy=choice.include_proxy)
        return rows[rows["series_id"].isin(self.verdicts["series_id"])]

    @cached_property
    def gap(self) -> pd.DataFrame:
        """The gap rows of the chosen series, as the charts take them."""
        choice = self.choice
        frame = self.plan.gap(
            group=choice.group_id,
            base_year=choice.base_year,
            include_proxy=choice.include_proxy,
            as_of=choice.as_of,
        )
        return _of_series(frame, choice.series_id)

    @cached_property
    def view(self) -> pd.DataFrame:
        """The province's current view of the chosen series."""
        choice = self.choice
        view = self.plan.view(as_of=choice.as_of, include_proxy=choice.include_proxy)
        mine = view["area_id"].eq(PROVINCE) & view["series_id"].isin(self.gap["series_id"])
        return view[mine].reset_index(drop=True)

    def picture(self) -> charts.Chart | None:
        """Return the chart of the choice; nothing where there is nothing to draw."""
        language = self.choice.language
        if self.choice.chart == "gap":
            return None if drawable(self.gap).empty else charts.gap_bars(self.gap, language)
        if not several_values(self.view, self.gap):
            return None
        breaks = self.plan["breaks"]
        breaks = breaks[breaks["area_id"].eq(PROVINCE)]
        return charts.trajectories(self.view, self.gap, breaks, language)


def country(
    plan: Plan,
    *,
    group: int | None = None,
    series: str | None = None,
    include_proxy: bool = False,
    as_of: date | None = None,
) -> pd.DataFrame:
    """Return the province beside the country in the last year that both have a value for.

    Parameters
    ----------
    plan
        The plan or a what-if.
    group, series
        Only this group, only this series.
    include_proxy
        Admit proxies in the series' own unit.
    as_of
        The day of assessment; today unless given.

    Returns
    -------
    pandas.DataFrame
        The rows of :meth:`analysis.api.Plan.compare_areas` with ``is_latest``, one a series.
    """
    rows = plan.compare_areas(group=group, as_of=as_of, include_proxy=include_proxy)
    return _of_series(rows[rows["is_latest"]], series or "")


def _of_series(frame: pd.DataFrame, series_id: str) -> pd.DataFrame:
    rows = frame[frame["series_id"].eq(series_id)] if series_id else frame
    return rows.reset_index(drop=True)
