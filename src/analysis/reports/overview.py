"""The overview: the state of the whole plan on one page."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd

from analysis.charts import Chart, verdict_matrix
from analysis.reports import overview_counts, overview_targets
from analysis.reports.opening import verdict_counts
from analysis.reports.overview_counts import target_years
from analysis.reports.overview_sentences import (
    opening_sentences,
    sensitivity_sentences,
    year_sentence,
)
from analysis.reports.prose import Prose
from analysis.reports.report import PlanReport, in_both
from analysis.reports.table import Table
from analysis.results import result_columns


class OverviewReport(PlanReport):
    """All targets of the plan: what is met, on course, moved, missing, and who leads it."""

    kind: ClassVar[str] = "overview"
    resource: ClassVar[str] = "results_gap"

    def opening(self) -> Prose:
        """Return the sentences that a reader could quote."""
        return Prose(tuple(opening_sentences(self.whole_gap, self.words)))

    def glance(self) -> Table:
        """Return the counts by verdict and year, in targets and in indicators."""
        return overview_counts.glance_table(self)

    def matrix(self) -> Chart:
        """Return the picture of all targets."""
        return self.keep(verdict_matrix(self.whole_gap, self.language), "overview-matrix")

    def groups(self) -> Table:
        """Return a row for each indicator group."""
        return overview_counts.group_table(self)

    def agencies(self) -> Table:
        """Return a row for each lead agency, with who answers today."""
        return overview_counts.agency_table(self)

    def not_met(self) -> Table | Prose:
        """Return the targets that are due and not met."""
        return overview_targets.due_not_met(self)

    def met(self) -> Table | Prose:
        """Return the targets that are due and met."""
        return overview_targets.due_met(self)

    def course(self) -> Table | Prose:
        """Return the targets that are not due and not met yet, the worst verdict first."""
        return overview_targets.on_course(self)

    def reached(self) -> Prose:
        """Return which targets that are not due yet are met already."""
        return overview_targets.reached(self)

    def moved(self) -> Table | Prose:
        """Return what has moved since the base year, the furthest first."""
        return overview_targets.moved(self)

    def disagreements(self) -> Table | Prose:
        """Return where sources disagree on a value behind a verdict."""
        return overview_targets.disagreements(self)

    def other_disagreements(self) -> Prose:
        """Return on how many other values sources disagree."""
        return overview_targets.other_disagreements(self)

    def reasons(self) -> Table | Prose:
        """Return why targets have no verdict."""
        return overview_counts.reason_table(self)

    def owed(self) -> Table | Prose:
        """Return which lead agencies owe the numbers."""
        return overview_counts.owed_table(self)

    def sensitivity(self) -> Prose:
        """Return how many verdicts change by other choices, in one paragraph."""
        frame = self.plan.sensitivity(base_year=self.base_year, as_of=self.as_of)
        return Prose((" ".join(sensitivity_sentences(frame, self.whole_gap, self.words)),))

    def method(self) -> Prose:
        """Return how the verdicts are made, where the full rows are, and what is unofficial."""
        names = ["method", "grades", "overview_rows"]
        names += ["unofficial"] if self.language == "en" else []
        return self.heading("method", *(self.words(f"note.{name}") for name in names))

    def result_rows(self) -> pd.DataFrame:
        """Return the published rows, one a series and target year."""
        return self.whole_gap[result_columns(self.resource)]

    def summary(self) -> dict[str, object]:
        """Return counts and sentences for the index page."""
        gap, years = self.whole_gap, target_years(self.whole_gap)
        return {
            "counts": {str(year): verdict_counts(gap, year) for year in years},
            "sentence": in_both(lambda words: [year_sentence(gap, year, words) for year in years]),
        }
