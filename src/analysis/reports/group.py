"""A report on one indicator group: its series, targets, verdicts, breaks and agencies."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Self

import pandas as pd

from analysis.api import PROVINCE, Plan
from analysis.charts.labels import given
from analysis.charts.rows import Row, records
from analysis.reports import evidence, responsibility
from analysis.reports.distance import province_view
from analysis.reports.prose import Prose
from analysis.reports.report import Report, known_subject
from analysis.reports.table import Table, cells
from analysis.results.validity import next_change


class GroupReport(Report):
    """Shared parts of the reports of an indicator group.

    Parameters
    ----------
    plan
        The loaded package.
    group_id
        Indicator group, 1 to 11.
    language
        ``vi`` or ``en``.
    base_year
        The declared base year.
    as_of
        The day of assessment.
    results
        Folder for figures and result tables; without it nothing is written.

    Raises
    ------
    ReportError
        If the group or language is unknown.
    """

    subject_name: ClassVar[str] = "group_id"

    def __init__(
        self,
        plan: Plan,
        group_id: int,
        language: str = "vi",
        *,
        base_year: int = 2020,
        as_of: date | None = None,
        results: Path | None = None,
    ) -> None:
        super().__init__(plan, language, base_year=base_year, as_of=as_of, results=results)
        self.group_id = group_id
        self._group = known_subject(plan["indicator_groups"], "group_id", group_id)

    @classmethod
    def open(
        cls,
        group_id: int,
        language: str = "vi",
        *,
        base_year: int = 2020,
        as_of: str = "",
        data: str = "",
        results: str = "",
    ) -> Self:
        """Open a report from a notebook's parameters (empty text: the default).

        Raises
        ------
        ReportError
            If the group or language is unknown, or ``as_of`` is no ISO date.
        """
        return cls._opened(
            group_id,
            language,
            base_year=base_year,
            as_of=as_of,
            data=data,
            results=results,
        )

    @property
    def subject(self) -> str:
        """The number of the group."""
        return str(self.group_id)

    @property
    def title_text(self) -> str:
        """Number and name of the group, and the kind of report."""
        return self.words(
            "report.title",
            group=self.group_id,
            name=self._group[f"name_{self.language}"],
            kind=self.words(f"report.{self.kind}"),
        )

    @property
    def next_change(self) -> date:
        """The first day on which this report would say something else, with the same data."""
        series = self.gap["series_id"]
        return next_change(self.plan.tables, as_of=self.as_of, series_ids=series)

    @cached_property
    def view(self) -> pd.DataFrame:
        """The current view of the province for the series of this group."""
        return province_view(self, self.gap["series_id"])

    @cached_property
    def gap(self) -> pd.DataFrame:
        """The gap rows of this group, with the printed texts of value and target."""
        rows = self.whole_gap
        return rows[rows["group_id"].eq(self.group_id)].reset_index(drop=True)

    @cached_property
    def facts(self) -> dict[str, Row]:
        """One gap row for each series: its names, unit and line."""
        return {row["series_id"]: row for row in records(self.gap)}

    @cached_property
    def trend(self) -> pd.DataFrame:
        """The trend rows of this group."""
        return self.plan.trend(group=self.group_id, as_of=self.as_of)

    @cached_property
    def unit_symbols(self) -> dict[str, str]:
        """The unit as it is written after a number, by ``unit_id``; empty where there is none."""
        units = self.plan["units"]
        symbols = units[f"symbol_{self.language}"].map(given)
        return dict(zip(units["unit_id"], symbols, strict=True))

    @cached_property
    def breaks(self) -> pd.DataFrame:
        """The declared breaks of this group's series."""
        rows = self.plan["breaks"]
        mine = rows["series_id"].isin(self.gap["series_id"]) & rows["area_id"].eq(PROVINCE)
        return rows[mine]

    def break_table(self) -> Table | Prose:
        """Return the declared breaks with their reasons."""
        if self.breaks.empty:
            return Prose((self.words("note.breaks_none"),))
        body = [
            cells(
                [
                    self.label(self.facts[row["series_id"]]),
                    self.words.period(str(row["from_period"])),
                    row[f"reason_{self.language}"],
                ]
            )
            for row in records(self.breaks)
        ]
        return self.table("breaks", ("series", "from", "reason"), body)

    def who(self) -> Table:
        """Return who is named in the plan, and who answers today."""
        return responsibility.who_table(self)

    def where_notes(self) -> tuple[str, ...]:
        """Return in which languages the notes of :meth:`where` are written."""
        return evidence.used_notes(self)

    def where(self) -> Table | Prose:
        """Return the values that the verdicts rest on, with their sources."""
        return evidence.used_table(self)

    def missing(self) -> Table | Prose:
        """Return the targets that cannot be assessed, why, and who owes the numbers."""
        return evidence.missing_table(self)
