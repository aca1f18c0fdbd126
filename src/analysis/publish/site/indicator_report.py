"""What the reports say of a group, said of one series: the same sentences, tables and numbers."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from analysis.charts.labels import difference_symbol, given
from analysis.charts.rows import Row, absent, records
from analysis.publish.edition import Edition
from analysis.reports.gap import GapReport
from analysis.reports.group import GroupReport
from analysis.reports.prose import Prose
from analysis.reports.report import Report
from analysis.reports.scenarios import placed
from analysis.reports.table import Cell, Table
from analysis.reports.trend import TrendReport


class Whole(Report):
    """What the pages of all series share; made once a language.

    Parameters
    ----------
    edition
        What is published: its frames are used.
    language
        ``vi`` or ``en``.
    """

    def __init__(self, edition: Edition, language: str) -> None:
        super().__init__(edition.plan, language, base_year=edition.base_year, as_of=edition.as_of)
        self.edition = edition
        self._tables: dict[str, list[Row]] = {}
        self._recorded: dict[str, list[Row]] = {}

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table of the package as mappings; they are read once."""
        if table not in self._tables:
            self._tables[table] = records(self.plan[table])
        return self._tables[table]

    def recorded(self, table: str) -> list[Row]:
        """Return the rows of a table with those that do not stand any more; they are read once."""
        recorded = self.plan.recorded[table]
        if recorded is self.plan[table]:
            return self.rows(table)
        if table not in self._recorded:
            self._recorded[table] = records(recorded)
        return self._recorded[table]

    def row(self, table: str, key: str, value: str) -> Row:
        """Return the row of a table whose key has a value."""
        return next(row for row in self.rows(table) if row[key] == value)

    @cached_property
    def whole_view(self) -> pd.DataFrame:
        """The current view of every series and area."""
        return self.edition.view

    @cached_property
    def scenarios(self) -> pd.DataFrame:
        """The verdicts of every series in every scenario, with the place of published classes."""
        return placed(self.edition.sensitivity)

    @cached_property
    def sources(self) -> dict[str, Row]:
        """The sources by their id."""
        return {row["source_id"]: row for row in self.rows("sources")}

    @cached_property
    def notes(self) -> dict[str, str]:
        """The notes of observations by their id."""
        return {row["observation_id"]: given(row["note"]) for row in self.rows("observations")}

    @cached_property
    def agencies(self) -> dict[str, str]:
        """The names of agencies by their id."""
        return {row["agency_id"]: self._name(row) for row in self.rows("agencies")}

    @cached_property
    def areas(self) -> dict[str, str]:
        """The names of areas by their id."""
        return {row["area_id"]: self._name(row) for row in self.rows("areas")}

    def _name(self, row: Row) -> str:
        return str(row[f"name_{self.language}"])


class OfSeries(GroupReport):
    """A report of a group that is kept to one of its series.

    Parameters
    ----------
    whole
        What it shares with the other series.
    series_id
        The series.
    """

    def __init__(self, whole: Whole, series_id: str) -> None:
        indicator_id = whole.row("series", "series_id", series_id)["indicator_id"]
        group_id = int(whole.row("indicators", "indicator_id", indicator_id)["group_id"])
        super().__init__(
            whole.plan, group_id, whole.language, base_year=whole.base_year, as_of=whole.as_of
        )
        self.whole, self.series_id = whole, series_id

    def of_series(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the series."""
        return frame[frame["series_id"].eq(self.series_id)].reset_index(drop=True)

    @cached_property
    def whole_view(self) -> pd.DataFrame:
        """The current view of every series and area."""
        return self.whole.whole_view

    @cached_property
    def whole_gap(self) -> pd.DataFrame:
        """The gap rows of the whole plan."""
        return self.whole.whole_gap

    @cached_property
    def differing(self) -> pd.DataFrame:
        """Records beside others that give another number."""
        return self.whole.differing

    @cached_property
    def others(self) -> dict[str, str]:
        """What other sources say, by chosen record."""
        return self.whole.others

    @cached_property
    def gap(self) -> pd.DataFrame:
        """The gap rows of the series, one a target year."""
        return self.of_series(self.whole_gap)

    @cached_property
    def trend(self) -> pd.DataFrame:
        """The trend row of the series."""
        return self.of_series(self.whole.edition.trend)

    @cached_property
    def targets(self) -> tuple[Row, ...]:
        """The gap rows of the series as mappings, one a target year."""
        return tuple(records(self.gap))

    @property
    def row(self) -> Row:
        """One gap row: names, unit and line of the series."""
        return self.targets[0]

    @property
    def stated(self) -> tuple[Row, ...]:
        """The gap rows of the targets that the plan states."""
        return tuple(row for row in self.targets if row["target_status"] == "stated")


class SeriesGap(OfSeries, GapReport):
    """The gap report of one series."""

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The years for which both the province and the country have a value."""
        return self.of_series(self.whole.edition.areas)

    @cached_property
    def other_targets(self) -> pd.DataFrame:
        """The targets that other documents set for the series."""
        return self.of_series(self.whole.edition.other_targets)

    @cached_property
    def scenarios(self) -> pd.DataFrame:
        """The verdicts of the series in every scenario."""
        return self.of_series(self.whole.scenarios)

    # What the tables of the report say of one row, nothing where they leave the row out.

    def flag_notes(self, row: Row) -> list[str]:
        """Return the flags of a row in words; where it has no verdict, first why."""
        return self._certainty_notes(row)

    def pace(self, row: Row) -> Cell | None:
        """Return the pace ratio, with the shares of way and time."""
        return None if absent(row["pace_ratio"]) else self._pace(row)

    def graded(self, row: Row) -> Cell:
        """Return the grade of the evidence, with the years of data."""
        return self._evidence(row)

    def chance(self, row: Row) -> str:
        """Return how likely it is that the target is met."""
        return self._probability(row)

    def projected(self, row: Row) -> Cell:
        """Return where the trend leads, with its interval."""
        return self._projected(row)

    def needed(self, row: Row) -> Cell | None:
        """Return the change a year that an open target needs."""
        if not _is_open(row):
            return None
        unit, decimals = difference_symbol(row, self.words), min(int(row["decimals"]) + 1, 2)
        return self._needed(row, unit, decimals)

    def factor(self, row: Row) -> Cell | None:
        """Return how many times the observed speed an open target needs."""
        return self._factor(row) if _is_open(row) and not absent(row["slope"]) else None

    def attained(self, row: Row) -> Cell | None:
        """Return when an open target is reached at the observed speed."""
        return self._attained(row) if _is_open(row) and not absent(row["slope"]) else None


class SeriesTrend(OfSeries, TrendReport):
    """The trend report of one series."""

    def choice(self, observation_id: str) -> Cell:
        """Return whether a record stands for its year, and why."""
        return self._choice(observation_id)

    def as_recorded(self, row: Row) -> tuple[Cell, Cell]:
        """Return what a record for context measures, and its value as it was recorded."""
        *_, measure, _period, value, _source, _note = self._context_row(row)
        return measure, value


def _is_open(row: Row) -> bool:
    """Tell whether a row is among those of which the report says what they would take."""
    unmet = not absent(row["met"]) and not bool(row["met"])
    asked = not row["due"] and row["reason"] != "STALE"
    return asked and unmet and not absent(row["needed_per_year"])


def own_table(shown: Table | Prose, caption: str = "") -> Table | None:
    """Return a table of a group's report without its first column, which names the series.

    What is no table (a sentence that there is nothing to show) is nothing here.

    Parameters
    ----------
    shown
        What the report says.
    caption
        A caption that speaks of one series, if its own speaks of several.
    """
    if isinstance(shown, Prose):
        return None
    rows = tuple(row[1:] for row in shown.rows)
    return Table(caption or shown.caption, shown.columns[1:], rows, shown.language)
