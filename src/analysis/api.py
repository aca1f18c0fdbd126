"""The plan as a researcher meets it: tables, series, gap and trend from one object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analysis.package import Tables

DEFAULT_BASE_YEAR = 2020
PROVINCE = "QN"


def load(source: str | Path | None = None) -> Plan:
    """Load the data package and return it as a :class:`Plan`.

    Parameters
    ----------
    source
        A folder, a zip file, or the address of a published package. Without it the package is
        looked for from the working directory upwards.

    Raises
    ------
    analysis.package.PackageError
        If no package is found there, or it is damaged.
    """
    from analysis.package import load as load_tables

    return Plan(load_tables(source))


class Plan:
    """Plan 155 with its targets, observations and verdicts.

    Every resource of the package is an attribute with a typed frame (``plan.indicators``,
    ``plan.targets``, …) and an item (``plan["indicators"]``). Only the frame of the series is
    reached as ``plan["series"]``, since ``plan.series("5.7")`` is the call for one series.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name == "tables" or name not in self.tables.names:
            raise AttributeError(f"the package has no resource {name!r}")
        return self.tables[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables.names]

    def __repr__(self) -> str:
        rows = len(self.tables["series"])
        return f"<Plan 155/KH-UBND, package {self.tables.version}: {rows} series>"

    def view(self, *, as_of: date | None = None, include_proxy: bool = False) -> pd.DataFrame:
        """Return the current view: one value for each series, area and year, and why that one."""
        from analysis.observe import current_view

        return current_view(
            self["observations"],
            self["sources"],
            self["breaks"],
            self["levels"],
            as_of=as_of or date.today(),
            include_proxy=include_proxy,
        )

    def gap(
        self,
        *,
        group: int | None = None,
        year: int | None = None,
        base_year: int = DEFAULT_BASE_YEAR,
        as_of: date | None = None,
        include_proxy: bool = False,
    ) -> pd.DataFrame:
        """Return one row for each series and target year: gap, pace, verdict, reason, grade.

        See :func:`analysis.results.gap_frame` for the columns.
        """
        from analysis.results import gap_frame

        day = as_of or date.today()
        view = self.view(as_of=day, include_proxy=include_proxy)
        frame = gap_frame(self.tables, view, as_of=day, base_year=base_year)
        if year is not None:
            frame = frame[frame["target_year"] == year]
        return _of_group(frame, group)

    def trend(
        self,
        *,
        group: int | None = None,
        as_of: date | None = None,
        include_proxy: bool = False,
    ) -> pd.DataFrame:
        """Return one row for each series: slope, direction, significance.

        See :func:`analysis.results.trend_frame` for the columns.
        """
        from analysis.results import trend_frame

        day = as_of or date.today()
        view = self.view(as_of=day, include_proxy=include_proxy)
        return _of_group(trend_frame(self.tables, view, as_of=day), group)

    def series(self, series_id: str) -> Series:
        """Return one measured line of the plan.

        Raises
        ------
        KeyError
            If the plan has no such series; the message names near ones.
        """
        known = list(self["series"]["series_id"])
        if series_id not in known:
            from difflib import get_close_matches

            parts = [name for name in known if name.startswith(f"{series_id}-")]
            near = ", ".join(parts or get_close_matches(series_id, known)) or "see plan['series']"
            raise KeyError(f"the plan has no series {series_id!r}: did you mean {near}?")
        return Series(self, series_id)


@dataclass(frozen=True)
class Series:
    """One measured line: its facts, its targets, and what has been observed of it."""

    plan: Plan
    series_id: str

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The row of the series, with the names of its indicator and unit."""
        from analysis.results.naming import named_series

        frame = named_series(self.plan.tables)
        return dict(frame[frame["series_id"] == self.series_id].iloc[0])

    @cached_property
    def targets(self) -> pd.DataFrame:
        """The targets, one row a year."""
        return self._rows("targets")

    @cached_property
    def observations(self) -> pd.DataFrame:
        """The province's current view with its sources: one row a year."""
        view = self.plan.view()
        rows = view[(view["series_id"] == self.series_id) & (view["area_id"] == PROVINCE)]
        return rows.merge(self.plan["sources"], on="source_id", how="left")

    @cached_property
    def history(self) -> pd.DataFrame:
        """Every observation ever recorded, other areas, proxies and related measures included."""
        rows = self._rows("observations")
        return rows.merge(self.plan["sources"], on="source_id", how="left")

    def gap(self, **options: Any) -> pd.DataFrame:
        """Return the rows of :meth:`Plan.gap` of this series."""
        frame = self.plan.gap(**options)
        return frame[frame["series_id"] == self.series_id].reset_index(drop=True)

    def _rows(self, resource: str) -> pd.DataFrame:
        frame = self.plan[resource]
        return frame[frame["series_id"] == self.series_id].reset_index(drop=True)


def _of_group(frame: pd.DataFrame, group: int | None) -> pd.DataFrame:
    if group is not None:
        frame = frame[frame["group_id"] == group]
    return frame.reset_index(drop=True)
