"""The plan as a researcher meets it: tables, series and every result from one object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from analysis.package import Tables

    Make = Callable[[], pd.DataFrame]

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


_KNOWN: dict[tuple[object, ...], pd.DataFrame] = {}
"""Results that were computed for later plans, by what they were computed from."""


def keep(source: str | Path, *, as_of: date) -> Plan:
    """Load the package in a folder and keep it, with its results of a day, for later plans.

    A process calls it before others are forked from it: their :func:`load` then reads nothing, as
    long as no file is changed, and their plans need not compute these results again. Errors are
    those of :func:`load`.
    """
    from analysis.package import keep as keep_tables

    plan = Plan(keep_tables(source))
    for compute in (plan.gap, plan.trend, plan.compare_areas, plan.compare_targets):
        compute(as_of=as_of)
    plan.sensitivity(as_of=as_of)
    _KNOWN.update(plan._known)
    return plan


class Plan:
    """Plan 155 with its targets, observations and verdicts.

    Every resource of the package is an attribute with a typed frame (``plan.indicators``,
    ``plan.targets``, …) and an item (``plan["indicators"]``). Only the frame of the series is
    reached as ``plan["series"]``, since ``plan.series("5.7")`` is the call for one series.

    Attributes
    ----------
    tables
        The tables of the package as they stand, with the hypothetical values of a what-if: what
        was taken back or corrected is not among them.
    recorded
        The tables as recorded, with everything that was ever entered, and the same values of a
        what-if.
    original
        The plan without any what-if: this very object, unless :meth:`with_observations` made it.
    """

    def __init__(self, tables: Tables, original: Plan | None = None) -> None:
        from analysis.observe import standing

        self.recorded = tables
        self.tables = standing(tables)
        self.original = original or self
        self._known = dict(_KNOWN)
        self._contents = _Contents()

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name == "tables" or name not in self.tables.names:
            raise AttributeError(f"the package has no resource {name!r}")
        return self.tables[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables.names]

    def __repr__(self) -> str:
        rows, supposed = len(self.tables["series"]), len(self.what_if)
        what_if = f", {supposed} hypothetical values" if supposed else ""
        return f"<Plan 155/KH-UBND, package {self.tables.version}: {rows} series{what_if}>"

    @property
    def what_if(self) -> pd.DataFrame:
        """The hypothetical observations; no rows in a plan that is no what-if."""
        from analysis.observe.what_if import hypothetical

        return hypothetical(self["observations"])

    def with_observations(self, rows: pd.DataFrame | Iterable[Mapping[str, Any]]) -> Plan:
        """Return a what-if: the plan as it would stand if these values were observed.

        Neither the package nor this plan is touched. In the new plan the hypothetical values
        stand for their series, area and year whatever else is known of them, since a what-if is
        asked to see its effect; the values set aside stay in ``observations``. The other rules of
        the current view hold: a value of a period that begins after the day of assessment, or a
        proxy where proxies are not admitted, has no effect.

        What rests on them can be told: ``source_id`` and ``observation_id`` of their records
        begin with ``what-if`` (so does ``value_source_id`` of a gap row judged by one),
        ``decided_by`` of the view is ``what_if``, and the version of the data, which reports and
        charts print, ends with ``+what-if``. :meth:`write_results` refuses them.

        Parameters
        ----------
        rows
            A frame or mappings, one value each: ``series_id``; ``period`` (``2027``,
            ``2027-06``, ``2027-Q2``, ``2027-H1``); ``value`` in the unit of the series, or
            ``level`` (an ordinal or ``level_id`` of its scale). May be given: ``area_id``
            (``QN``), ``unit`` (checked, never converted), ``status`` (``estimate``),
            ``comparability`` (``exact``), ``note``, ``source_title``.

        Raises
        ------
        analysis.errors.UserErrors
            All faults of all rows together: an unknown column, series, area or unit, a period
            that cannot be read, a value outside the natural limits, a level of another scale, a
            value supposed twice.

        Examples
        --------
        >>> idea = plan.with_observations([{"series_id": "5.7", "period": 2027, "value": 97.5}])
        >>> idea.gap(group=5, year=2030, as_of=date(2027, 12, 31))
        """
        from analysis.observe.what_if import with_what_if

        return Plan(with_what_if(self.recorded, rows), self.original)

    def view(self, *, as_of: date | None = None, include_proxy: bool = False) -> pd.DataFrame:
        """Return the current view: one value for each series, area and year, and why that one."""
        from analysis.observe.what_if import preferred

        day = as_of or date.today()
        view = self._view(self["observations"], day, include_proxy)
        if self.original is self:
            return view
        return preferred(view, self._view(self.what_if, day, include_proxy))

    def _view(self, observations: pd.DataFrame, as_of: date, include_proxy: bool) -> pd.DataFrame:
        frames = [observations, *(self[name] for name in ("sources", "breaks", "levels"))]
        return self._once(
            ("view", as_of, include_proxy),
            frames,
            lambda: self._chosen(observations, as_of, include_proxy),
        )

    def _once(
        self, what: tuple[object, ...], frames: Iterable[pd.DataFrame], make: Make
    ) -> pd.DataFrame:
        """Return a result, computed once for each question and state of the frames it is of.

        The cells of a report ask for the same results again and again. Frames that somebody has
        changed in place are seen to be others.
        """
        key = (*what, *map(self._contents.of, frames))
        if key not in self._known:
            self._known[key] = make()
        return self._known[key].copy(deep=False)

    def _of_all(self, *what: object, make: Make) -> pd.DataFrame:
        """Return a result that any of the tables may matter to; see :meth:`_once`."""
        return self._once(what, self.tables.values(), make)

    def _chosen(self, observations: pd.DataFrame, as_of: date, include_proxy: bool) -> pd.DataFrame:
        from analysis.observe import current_view

        return current_view(
            observations,
            self["sources"],
            self["breaks"],
            self["levels"],
            as_of=as_of,
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
        frame = self._of_all(
            *("gap", day, base_year, include_proxy),
            make=lambda: gap_frame(self.tables, view, as_of=day, base_year=base_year),
        )
        return _of_year(_of_group(frame, group), "target_year", year)

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
        frame = self._of_all(
            *("trend", day, include_proxy), make=lambda: trend_frame(self.tables, view, as_of=day)
        )
        return _of_group(frame, group)

    def task_status(self, *, group: str | None = None, as_of: date | None = None) -> pd.DataFrame:
        """Return one row for each task: its time, what is reported of it, and who answers.

        ``group`` is the Roman number of a task group. See :func:`analysis.results.task_frame` for
        the columns.
        """
        from analysis.results import task_frame

        frame = task_frame(self.tables, as_of=as_of or date.today())
        if group is not None:
            frame = frame[frame["task_group_id"] == group]
        return frame.reset_index(drop=True)

    def compare_areas(
        self,
        *,
        group: int | None = None,
        year: int | None = None,
        as_of: date | None = None,
        include_proxy: bool = False,
    ) -> pd.DataFrame:
        """Return one row for each series and year that the province and the country share.

        See :func:`analysis.results.area_frame` for the columns; ``is_latest`` marks the last
        common year of each series.
        """
        from analysis.results import area_frame

        day = as_of or date.today()
        view = self.view(as_of=day, include_proxy=include_proxy)
        frame = self._of_all(
            *("areas", day, include_proxy), make=lambda: area_frame(self.tables, view)
        )
        return _of_year(_of_group(frame, group), "year", year)

    def compare_targets(
        self,
        *,
        group: int | None = None,
        year: int | None = None,
        base_year: int = DEFAULT_BASE_YEAR,
        as_of: date | None = None,
        include_proxy: bool = False,
    ) -> pd.DataFrame:
        """Return one row for each target that another document sets for a series of the plan.

        See :func:`analysis.results.document_frame` for the columns.
        """
        from analysis.results import document_frame

        day = as_of or date.today()
        view = self.view(as_of=day, include_proxy=include_proxy)
        frame = self._of_all(
            *("documents", day, base_year, include_proxy),
            make=lambda: document_frame(self.tables, view, as_of=day, base_year=base_year),
        )
        return _of_year(_of_group(frame, group), "target_year", year)

    def rollup(
        self,
        by: str = "group",
        *,
        year: int | None = None,
        unit: str = "series",
        roles: Sequence[str] = ("lead",),
        base_year: int = DEFAULT_BASE_YEAR,
        as_of: date | None = None,
        include_proxy: bool = False,
    ) -> pd.DataFrame:
        """Return how many targets stand in each class, by ``plan``, ``group`` or ``agency``.

        ``unit`` counts ``series`` or ``indicator``; ``roles`` are those of the agencies. See
        :func:`analysis.results.rollup_frame` for the columns.
        """
        from analysis.results import rollup_frame

        gap = self.gap(base_year=base_year, as_of=as_of, include_proxy=include_proxy)
        frame = rollup_frame(self.tables, gap, by=by, unit=unit, roles=roles)
        return _of_year(frame, "target_year", year)

    def coverage(
        self,
        by: str = "series",
        *,
        roles: Sequence[str] = ("lead",),
        as_of: date | None = None,
        include_proxy: bool = False,
    ) -> pd.DataFrame:
        """Return what has been observed, by ``series``, ``plan``, ``group`` or ``agency``.

        See :func:`analysis.results.coverage_frame` for the columns.
        """
        from analysis.results import coverage_frame

        day = as_of or date.today()
        view = self.view(as_of=day, include_proxy=include_proxy)
        return coverage_frame(self.tables, view, as_of=day, by=by, roles=roles)

    def sensitivity(
        self,
        *,
        group: int | None = None,
        year: int | None = None,
        base_years: Iterable[int] | None = None,
        base_year: int = DEFAULT_BASE_YEAR,
        as_of: date | None = None,
        include_proxy: bool = False,
    ) -> pd.DataFrame:
        """Return the verdict of each series and target year under every scenario.

        ``base_year`` and ``include_proxy`` are the default that the scenarios are compared with,
        ``base_years`` (2019 to 2023 unless given) those that are tried. See
        :func:`analysis.results.sensitivity_frame` for the columns.
        """
        from analysis.results import BASE_YEARS, sensitivity_frame

        day = as_of or date.today()
        tried = BASE_YEARS if base_years is None else tuple(base_years)
        frame = self._of_all(
            *("sensitivity", day, base_year, include_proxy, tried),
            make=lambda: sensitivity_frame(
                self.tables,
                {proxy: self.view(as_of=day, include_proxy=proxy) for proxy in (False, True)},
                as_of=day,
                base_year=base_year,
                include_proxy=include_proxy,
                base_years=tried,
            ),
        )
        return _of_year(_of_group(frame, group), "target_year", year)

    def write_results(
        self,
        folder: str | Path,
        *,
        base_year: int = DEFAULT_BASE_YEAR,
        as_of: date | None = None,
    ) -> tuple[Path, ...]:
        """Write every result of the whole plan into a folder, as a data package of its own.

        See :func:`analysis.results.write_results`; ``docs/results.md`` explains the tables.

        Raises
        ------
        analysis.errors.UserError
            If this is a what-if: results of the plan rest on observed values only.
        """
        from analysis.results import write_results

        if self.original is not self:
            raise UserError(
                "a what-if is not written as the results of the plan",
                f"{len(self.what_if)} hypothetical values",
                "write plan.original, or export a what-if with analysis.explore.export",
            )

        day = as_of or date.today()
        views = {proxy: self.view(as_of=day, include_proxy=proxy) for proxy in (False, True)}
        return write_results(self.tables, views, folder, as_of=day, base_year=base_year)

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
        """Every observation ever recorded: other areas, proxies, related measures, earlier values.

        What was corrected or taken back is included; :mod:`analysis.observe.standing` says which
        rows are.
        """
        from analysis.observe import history

        tables = self.plan.recorded
        return history(tables["observations"], tables["sources"], self.series_id)

    def gap(self, **options: Any) -> pd.DataFrame:
        """Return the rows of :meth:`Plan.gap` of this series."""
        frame = self.plan.gap(**options)
        return frame[frame["series_id"] == self.series_id].reset_index(drop=True)

    def _rows(self, resource: str) -> pd.DataFrame:
        frame = self.plan[resource]
        return frame[frame["series_id"] == self.series_id].reset_index(drop=True)


class _Contents:
    """Tells what is in frames by a number, and reads through a frame again only if it was changed.

    Of each frame that was looked at a copy is kept that shares its columns. Whoever then changes
    the frame in place gets columns of its own (pandas copies on write), by which it is known.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[object, ...], tuple[pd.DataFrame, list[object], int]] = {}

    def of(self, frame: pd.DataFrame) -> int:
        """Return a number that is another one if anything in the frame is."""
        columns: list[object] = [column.array for _, column in frame.items()]
        # No other column has such an id, since these columns are kept.
        key = (*frame.columns, *map(id, columns))
        if key not in self._seen:
            self._seen[key] = frame.copy(deep=False), columns, _content(frame)
        return self._seen[key][-1]


def _content(frame: pd.DataFrame) -> int:
    from pandas.util import hash_pandas_object

    return hash((*frame.columns, hash_pandas_object(frame, categorize=False).to_numpy().tobytes()))


def _of_group(frame: pd.DataFrame, group: int | None) -> pd.DataFrame:
    if group is not None:
        frame = frame[frame["group_id"] == group]
    return frame.reset_index(drop=True)


def _of_year(frame: pd.DataFrame, column: str, year: int | None) -> pd.DataFrame:
    if year is not None:
        frame = frame[frame[column].eq(year).fillna(False).astype(bool)]
    return frame.reset_index(drop=True)
