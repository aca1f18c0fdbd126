"""The task report: where the tasks of a group stand in their time, and what is reported of them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Self

import pandas as pd

from analysis.api import Plan
from analysis.charts import Chart, task_gantt
from analysis.reports import task_tables
from analysis.reports.prose import Prose
from analysis.reports.report import Report, in_both, known_subject
from analysis.reports.table import Table
from analysis.reports.task_opening import short_sentences, standing_counts, task_sentences
from analysis.results import next_change, result_columns


class TasksReport(Report):
    """The tasks of one group of Appendix 02.

    Parameters
    ----------
    plan
        The loaded package.
    task_group_id
        Task group, I to IX.
    language
        ``vi`` or ``en``.
    base_year
        Not used; every kind of report takes the same parameters.
    as_of
        The day of assessment.
    results
        Folder for figures and result tables; without it nothing is written.

    Raises
    ------
    ReportError
        If the group or language is unknown.
    """

    kind: ClassVar[str] = "tasks"
    resource: ClassVar[str] = "results_tasks"
    subject_name: ClassVar[str] = "task_group_id"

    def __init__(
        self,
        plan: Plan,
        task_group_id: str,
        language: str = "vi",
        *,
        base_year: int = 2020,
        as_of: date | None = None,
        results: Path | None = None,
    ) -> None:
        super().__init__(plan, language, base_year=base_year, as_of=as_of, results=results)
        self.task_group_id = task_group_id
        self._group = known_subject(plan["task_groups"], "task_group_id", task_group_id)

    @classmethod
    def open(
        cls,
        task_group_id: str,
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
            task_group_id,
            language,
            base_year=base_year,
            as_of=as_of,
            data=data,
            results=results,
        )

    @property
    def subject(self) -> str:
        """The Roman number of the group."""
        return self.task_group_id

    @property
    def title_text(self) -> str:
        """Number and name of the group, and the kind of report."""
        name = self._group[f"name_{self.language}"]
        return self.words("report.task_title", group=self.task_group_id, name=name)

    def title(self) -> Prose:
        """Return the title, with the plan, the day and the version of the data."""
        day, version = self.words.date(self.as_of.isoformat()), self.plan.tables.version
        line = self.words("report.task_plan_line", as_of=day, version=version)
        return Prose((line,), self.title_text, level=1)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows of the task frame of this group."""
        return self.plan.task_status(group=self.task_group_id, as_of=self.as_of)

    @cached_property
    def updates(self) -> pd.DataFrame:
        """What is reported of the tasks by the day, with its sources, by task and day."""
        rows = self.plan["task_updates"]
        mine = rows["task_id"].isin(self.frame["task_id"]) & rows["date"].le(
            pd.Timestamp(self.as_of)
        )
        known = rows[mine].merge(self.plan["sources"], on="source_id", how="left")
        order = known["task_id"].map(list(self.frame["task_id"]).index)
        return known.assign(place=order).sort_values(["place", "date", "source_id"], kind="stable")

    @cached_property
    def agencies(self) -> pd.DataFrame:
        """The assignments of the tasks, in plan order."""
        rows = self.plan["task_agencies"]
        return rows[rows["task_id"].isin(self.frame["task_id"])]

    def opening(self) -> Prose:
        """Return the sentences that a reader could quote."""
        return Prose(tuple(task_sentences(self.frame, self.plan.tables, self.words)))

    def glance(self) -> Table:
        """Return one row a task: its time, where the day lies in it, what was last reported."""
        return task_tables.glance_table(self)

    def figure(self) -> Chart:
        """Return the timeline of the tasks."""
        chart = task_gantt(self.frame, self.language)
        return self.keep(chart, f"tasks-{self.task_group_id}")

    def reported(self) -> Table | Prose:
        """Return everything reported of the tasks by the day, with its source."""
        return task_tables.reports_table(self)

    def who(self) -> Table:
        """Return who is named in the plan, and who has taken over."""
        return task_tables.who_table(self)

    def detail(self) -> Table:
        """Return the whole text of every task, and what was read where."""
        return task_tables.detail_table(self)

    def readings(self) -> Prose:
        """Return the readings that the details name, with their reasons."""
        return task_tables.reading_notes(self)

    def missing(self) -> Table | Prose:
        """Return what is not known of each task, and which agency could tell."""
        return task_tables.missing_table(self)

    def reporting(self) -> str:
        """Return by which sections of the plan the agencies report, and to whom."""
        return task_tables.reporting_note(self)

    @property
    def next_change(self) -> date:
        """The first day on which a task of the group becomes another, with the same data."""
        day = next_change(self.plan.tables, as_of=self.as_of, task_group_id=self.task_group_id)
        return day or date.max

    def method(self) -> Prose:
        """Return how times and reports are read, and what is unofficial."""
        names = ["task_time", "task_status", "source_line"]
        if self.language == "en":
            names.append("unofficial")
        return self.heading("task_method", *(self.words(f"note.{name}") for name in names))

    def result_rows(self) -> pd.DataFrame:
        """Return the published rows, one a task."""
        return self.frame[result_columns(self.resource)]

    def summary(self) -> dict[str, object]:
        """Return counts and a sentence for the index page.

        ``counts`` are of standings (:data:`analysis.results.TASK_STANDINGS`).
        """
        return {
            "counts": standing_counts(self.frame),
            "sentence": in_both(lambda words: short_sentences(self.frame, words)),
        }
