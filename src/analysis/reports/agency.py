"""The agency report: what the plan gives to one agency, how its targets stand, what is missing."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Self

import pandas as pd

from analysis.api import Plan
from analysis.charts import Chart
from analysis.charts.gap_bars import drawable
from analysis.charts.rows import Row, absent, records
from analysis.reports.agency_opening import (
    OWING,
    Dossier,
    agency_sentences,
    owed,
    summary_sentences,
)
from analysis.reports.agency_tables import (
    lines_table,
    owed_table,
    perhaps_table,
    scope,
    succession_table,
    support_table,
    task_table,
)
from analysis.reports.distance import gap_figure, gap_figure_notes, glance_table
from analysis.reports.notes import languages_said
from analysis.reports.opening import verdict_counts
from analysis.reports.prose import Prose
from analysis.reports.report import Report, in_both, known_subject
from analysis.reports.responsibility import since, succession_text
from analysis.reports.table import Table
from analysis.results import agency_frame, agency_work, result_columns, task_frame
from analysis.results import next_change as next_task_change
from analysis.results.agencies import whole
from analysis.results.validity import next_change

MOST_DRAWN = 25
"""With more series the figure of the gaps is taller than two screens."""

Section = tuple[Prose | Table | Chart, ...]
"""A heading and what stands below it; nothing where the section has nothing to say."""


class AgencyReport(Report):
    """What one agency answers for.

    A section that does not concern the agency is empty, and its cell in the notebook shows
    nothing.

    Parameters
    ----------
    plan
        The loaded package.
    agency_id
        An agency of :func:`analysis.results.agency_frame`.
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
        If the agency or language is unknown.
    """

    kind: ClassVar[str] = "agency"
    resource: ClassVar[str] = "results_gap"
    subject_name: ClassVar[str] = "agency_id"

    def __init__(
        self,
        plan: Plan,
        agency_id: str,
        language: str = "vi",
        *,
        base_year: int = 2020,
        as_of: date | None = None,
        results: Path | None = None,
    ) -> None:
        super().__init__(plan, language, base_year=base_year, as_of=as_of, results=results)
        self.agency_id = agency_id
        self.agency = known_subject(agency_frame(plan.tables), "agency_id", agency_id)

    @classmethod
    def open(
        cls,
        agency_id: str,
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
            If the agency or language is unknown, or ``as_of`` is no ISO date.
        """
        return cls._opened(
            agency_id,
            language,
            base_year=base_year,
            as_of=as_of,
            data=data,
            results=results,
        )

    @property
    def next_change(self) -> date:
        """The first day on which this report would say something else, with the same data."""
        tables, items = self.plan.tables, self.dossier.work["item_id"]
        tasks = {
            "tasks": tables["tasks"][tables["tasks"]["task_id"].isin(items)],
            "task_updates": tables["task_updates"],
        }
        days = [
            next_change(tables, as_of=self.as_of, series_ids=items),
            next_task_change(tasks, as_of=self.as_of),
        ]
        return min(day for day in days if day is not None)

    @property
    def subject(self) -> str:
        """The id of the agency."""
        return self.agency_id

    @property
    def title_text(self) -> str:
        """The name of the agency, and the kind of report."""
        return self.words("report.agency_title", name=self.agency_name(self.agency_id))

    @cached_property
    def dossier(self) -> Dossier:
        """All frames from which the opening is made."""
        work = agency_work(self.plan.tables, self.agency_id)
        answered = work.loc[work["standing"].ne("uncertain"), "item_id"]
        updates = self.plan["task_updates"]
        told = updates.loc[updates["date"].le(pd.Timestamp(self.as_of)), "task_id"]
        return Dossier(
            agency=self.agency,
            work=work,
            gap=self._gap_rows(answered),
            successions=self._came(self.successions),
            reported=frozenset(told),
            names=self.plan["agencies"],
        )

    def _gap_rows(self, series: pd.Series) -> pd.DataFrame:
        rows = self.whole_gap
        return rows[rows["series_id"].isin(series)].reset_index(drop=True)

    @cached_property
    def successions(self) -> pd.DataFrame:
        """The successions from or to this agency."""
        rows = self.plan["agency_successions"]
        either = rows["predecessor_id"].eq(self.agency_id) | rows["successor_id"].eq(self.agency_id)
        return rows[either]

    def _came(self, rows: pd.DataFrame) -> pd.DataFrame:
        mine = rows["successor_id"].eq(self.agency_id)
        return rows[mine & rows["predecessor_id"].ne(self.agency_id)]

    @cached_property
    def task_facts(self) -> dict[str, Row]:
        """The rows of the task frame by their task."""
        return {
            row["task_id"]: row for row in records(task_frame(self.plan.tables, as_of=self.as_of))
        }

    def agency_name(self, agency_id: str) -> str:
        """Return the name of an agency in the report's language."""
        return self.dossier.name(self.words, agency_id)

    def given_to(self, agency_id: str) -> tuple[str, ...]:
        """Return a line that says to whom the plan gives an item, if not to this agency.

        Nothing where all items come from one predecessor, which the opening names.
        """
        several = self.dossier.work["named_id"].nunique() > 1
        if agency_id == self.agency_id or not several:
            return ()
        return (self.words("agency.given_to", name=self.agency_name(agency_id)),)

    def title(self) -> Prose:
        """Return the title, what kind of body the agency is, and what became of it."""
        words, title = self.words, super().title()
        kind = words("agency.kind_line", kind=words(f"agency.kind.{self.agency['kind']}"))
        notes = [f"{kind} {words('agency.collective')}" if self._is_collective else kind]
        return Prose((*title.paragraphs, *notes, *self._changes()), title.heading, title.level)

    @property
    def _is_collective(self) -> bool:
        return bool(self.agency["kind"] == "collective")

    def _changes(self) -> list[str]:
        """Return what happened to the agency in the reorganisation, a paragraph each."""
        rows, words = self.successions, self.words
        came = self._came(rows)
        reported = came["confidence"].eq("reported")
        stayed = rows["predecessor_id"].eq(rows["successor_id"])
        left = rows[rows["predecessor_id"].eq(self.agency_id) & ~stayed]
        texts = [
            words("agency.kept", effective=since(row, words), confidence=self._sure(row))
            for row in records(rows[stayed])
        ]
        lists = {
            "passed_to": self._successions(left, "successor_id"),
            "took.whole": self._successions(came[whole(came)], "predecessor_id"),
            "took.part": self._successions(came[reported & ~whole(came)], "predecessor_id"),
            "took.perhaps": self._successions(came[~reported], "predecessor_id"),
        }
        return texts + [words(f"agency.{key}", list=text) for key, text in lists.items() if text]

    def _sure(self, row: Row) -> str:
        return self.words(f"confidence.{row['confidence']}")

    def _successions(self, rows: pd.DataFrame, other: str) -> str:
        texts = [
            succession_text(row, self.agency_name(row[other]), self.words) for row in records(rows)
        ]
        return "; ".join(texts)

    def opening(self) -> Prose:
        """Return the sentences that a reader could quote."""
        return Prose(tuple(agency_sentences(self.dossier, self.words)))

    def reorganised(self) -> Section:
        """Return the successions from and to the agency with their sources."""
        if self.successions.empty:
            return ()
        notes = languages_said(self.successions["note"], self.words)
        return self.heading("agency_now", *notes), succession_table(self)

    def led(self) -> Section:
        """Return the indicators that it leads: value, targets, verdicts."""
        gap = self.dossier.gap_of("lead")
        if gap.empty:
            return ()
        work = self._work("indicator", "lead")
        notes = {row["item_id"]: self.given_to(row["named_id"]) for row in records(work)}
        return self.heading("agency_led"), glance_table(self, gap, notes)

    def figure(self) -> Section:
        """Return the gaps of the indicators that it leads, as a figure where that helps."""
        gap = self.dossier.gap_of("lead")
        if gap.empty:
            return ()
        heading, words = self.heading("gap_figure"), self.words
        n = drawable(gap)["series_id"].nunique()
        if n > MOST_DRAWN:
            return heading, Prose((words("note.agency.too_many", n=n),))
        notes = gap_figure_notes(gap, words)
        return heading, gap_figure(self, gap, f"gap-{self.agency_id}"), notes

    def _work(self, item: str, *roles: str) -> pd.DataFrame:
        rows = self.dossier.answered
        return rows[rows["item"].eq(item) & rows["role"].isin(roles)]

    def support(self) -> Section:
        """Return the indicators that it coordinates or collects the figures for, by group."""
        work = self._work("indicator", "coordinating", "statistics")
        if work.empty:
            return ()
        return self.heading("agency_support"), support_table(self, self.dossier.gap, work)

    def tasks(self) -> Section:
        """Return the tasks that it leads or coordinates."""
        work = self._work("task", "lead", "coordinating")
        if work.empty:
            return ()
        heading = self.heading("agency_tasks", self.words("note.agency.silence"))
        return heading, task_table(self, work)

    def owed(self) -> Section:
        """Return the targets that cannot be assessed, by reason, of what it owes figures for."""
        gap, words = self.dossier.gap_of(*OWING), self.words
        if gap.empty:
            return ()
        if owed(gap).empty:
            return (self.heading("agency_owed", words("note.agency.nothing_owed")),)
        return self.heading("agency_owed", words("note.agency.owed")), owed_table(self, gap)

    def perhaps(self) -> Section:
        """Return what may have passed to it, and is not counted anywhere."""
        work = self.dossier.work
        work = work[work["standing"].eq("uncertain")]
        if work.empty:
            return ()
        notes = [*self._doubts(work), self.words("note.agency.not_counted")]
        table = perhaps_table(self, self._gap_rows(work["item_id"]), work)
        return self.heading("agency_perhaps", *notes), table

    def _doubts(self, work: pd.DataFrame) -> list[str]:
        rows = self.dossier.successions
        rows = rows[rows["predecessor_id"].isin(work["named_id"]) & ~whole(rows)]
        return [
            self.words(
                "note.agency.part" if row["confidence"] == "reported" else "note.agency.perhaps",
                name=self.agency_name(row["predecessor_id"]),
                scope=scope(row, self.words),
            )
            for row in records(rows)
        ]

    def lines(self) -> Section:
        """Return where the plan names it, which cells are merged, and how they are read."""
        work = self.dossier.answered
        if work.empty:
            return ()
        line = self.agency["source_line"]
        key = "not_named" if absent(line) else "first_named"
        heading = self.heading("agency_lines", self.words(f"agency.{key}", line=line))
        return heading, lines_table(self, work), *self._readings(work)

    def _readings(self, work: pd.DataFrame) -> Section:
        readings = self.plan["readings"]
        used = readings[readings["reading_id"].isin(work["reading_id"]) & readings["applied"].gt(0)]
        texts = [
            self.words(
                "note.agency.reading", id=row["reading_id"], reason=row[f"reason_{self.language}"]
            )
            for row in records(used)
        ]
        return (Prose(tuple(texts)),) if texts else ()

    def method(self) -> Prose:
        """Return how the verdicts are made, what is counted, and what the result table holds."""
        words = self.words
        common = super().method().paragraphs
        if self.dossier.gap.empty:
            common = tuple(text for text in common if text != words("note.method"))
        rows = "rows_none" if self.dossier.gap.empty else "rows"
        notes = (words("note.agency.counted"), words(f"note.agency.{rows}"))
        return self.heading("agency_method", *notes, *common)

    def result_rows(self) -> pd.DataFrame:
        """Return the published rows, one a series and target year; none without indicators."""
        return self.dossier.gap[result_columns(self.resource)]

    def summary(self) -> dict[str, object]:
        """Return counts of the targets that it leads, and sentences for the index page."""
        gap = self.dossier.gap_of("lead")
        years = sorted(int(year) for year in gap["target_year"].unique())
        return {
            "counts": {str(year): verdict_counts(gap, year) for year in years},
            "sentence": in_both(lambda words: summary_sentences(self.dossier, words)),
        }
