"""The gap report: where each indicator of a group stands against 2025 and 2030."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from analysis.charts import Chart
from analysis.charts.labels import difference_symbol, gap_text, symbol
from analysis.charts.rows import Row, absent, records
from analysis.reports import country, other_targets, scenarios
from analysis.reports.distance import flags, gap_figure, gap_figure_notes, glance_table
from analysis.reports.evidence import UNASSESSED, WRAP, reason_text
from analysis.reports.group import GroupReport
from analysis.reports.notes import languages_said
from analysis.reports.opening import gap_sentences, verdict_counts, year_sentences
from analysis.reports.prose import Prose
from analysis.reports.report import in_both
from analysis.reports.table import Cell, Table, cells
from analysis.results import result_columns

_LIKELY, _UNLIKELY = 0.80, 0.20
_BEHIND = ("NEEDS_ACCELERATION", "OFF_TRACK", "WORSENING")


class GapReport(GroupReport):
    """Distance to the targets, group by group."""

    kind: ClassVar[str] = "gap"
    resource: ClassVar[str] = "results_gap"

    def opening(self) -> Prose:
        """Return the sentences that a reader could quote."""
        sentences = gap_sentences(self.gap, self.group_id, self.words)
        return Prose(tuple(sentences))

    def glance(self) -> Table:
        """Return one row a series: value, targets, verdicts."""
        return glance_table(self, self.gap)

    def figure(self) -> Chart | Prose:
        """Return the gap overview, or a sentence where there is nothing to compare."""
        return gap_figure(self, self.gap, f"gap-{self.group_id:02d}")

    def figure_notes(self) -> Prose:
        """Return what the figure leaves out, and why."""
        return gap_figure_notes(self.gap, self.words)

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The years for which both the province and the country have a value."""
        return self.plan.compare_areas(group=self.group_id, as_of=self.as_of)

    @cached_property
    def other_targets(self) -> pd.DataFrame:
        """The targets that other documents set for this group's series."""
        return self.plan.compare_targets(
            group=self.group_id, base_year=self.base_year, as_of=self.as_of
        )

    @cached_property
    def scenarios(self) -> pd.DataFrame:
        """The verdicts of this group in every scenario, with the place of published classes."""
        frame = self.plan.sensitivity(
            group=self.group_id, base_year=self.base_year, as_of=self.as_of
        )
        return scenarios.placed(frame)

    def method_text(self) -> tuple[str, ...]:
        """Return how many verdicts depend on the method."""
        return scenarios.scenario_sentences(self.scenarios, self.words)

    def method_figure(self) -> Chart | Prose:
        """Return the verdicts by base year and by published method."""
        return scenarios.scenario_figure(self)

    def method_changes(self) -> Table | Prose:
        """Return the verdicts that change: where, and to what."""
        return scenarios.changes_table(self)

    def country_text(self) -> tuple[str, ...]:
        """Return how the province stands beside the country."""
        return country.country_sentences(self.areas, self.gap, self.words)

    def country_figure(self) -> Chart | Prose:
        """Return province and country side by side."""
        return country.country_figure(self)

    def country(self) -> Table | Prose:
        """Return both values of every common year with their sources."""
        return country.country_table(self)

    def others_text(self) -> tuple[str, ...]:
        """Return how the targets of other documents compare with the plan's."""
        return (
            *other_targets.target_sentences(self.other_targets, self.words),
            *languages_said(self.other_targets["note"], self.words),
        )

    def targets_of_others(self) -> Table | Prose:
        """Return the targets of other documents, one a row."""
        return other_targets.targets_table(self)

    def effort(self) -> Table | Prose:
        """Return what it would take to reach the targets that are still open."""
        rows = self._open_rows()
        rows = rows[rows["needed_per_year"].notna()]
        if rows.empty:
            return Prose((self.words("note.effort_none"),))
        body = [self._effort_row(row) for row in records(rows)]
        names = ("series", "gap", "needed", "observed", "factor", "attain", "projection")
        return self.table("effort", names, body)

    def _open_rows(self) -> pd.DataFrame:
        rows = self.gap[~self.gap["due"] & self.gap["target_status"].eq("stated")]
        return rows[rows["met"].eq(False) & rows["reason"].ne("STALE")]

    def _effort_row(self, row: Row) -> tuple[Cell, ...]:
        words = self.words
        unit = difference_symbol(row, words)
        decimals = min(int(row["decimals"]) + 1, 2)
        return cells(
            [
                self.label(row),
                Cell(gap_text(row, words), kind=WRAP),
                self._needed(row, unit, decimals),
                self._number(row["slope"], unit, decimals, signed=True),
                self._factor(row),
                self._attained(row),
                self._projected(row),
            ]
        )

    def _number(self, value: float, unit: str, decimals: int, *, signed: bool = False) -> Cell:
        if absent(value):
            return Cell(self.words("dash"), kind="number")
        return Cell(self.words.quantity(value, unit, decimals, signed=signed), kind=WRAP)

    def _needed(self, row: Row, unit: str, decimals: int) -> Cell:
        """Return the change a year that is needed; on a bound to be passed, any change."""
        if np.isclose(row["needed_per_year"], 0.0):
            return Cell(self.words("cell.any_change"))
        return self._number(row["needed_per_year"], unit, decimals, signed=True)

    def _factor(self, row: Row) -> Cell:
        """Return how many times the observed speed is needed (the acceleration factor)."""
        if absent(row["slope"]):
            return Cell(self.words("dash"), kind="number")
        if absent(row["acceleration"]):
            return Cell(self.words("cell.wrong_way"))
        if row["acceleration"] <= 1:
            behind = row["verdict"] in _BEHIND
            return Cell(
                self.words("cell.fast_enough"), (self.words("cell.by_median"),) if behind else ()
            )
        return Cell(self.words.number(row["acceleration"], 1) + "\u00a0×", kind="number")

    def _attained(self, row: Row) -> Cell:
        if absent(row["slope"]):
            return Cell(self.words("dash"), kind="number")
        if bool(row["attain_beyond"]):
            return Cell(self.words("cell.far"))
        if absent(row["attain_year"]):
            return Cell(self.words("cell.never"))
        year = int(row["attain_year"])
        details = [self.words("cell.unconfirmed")] if year <= self.as_of.year else []
        return Cell(str(year), tuple(details), kind="number wrap")

    def _projected(self, row: Row) -> Cell:
        words, unit = self.words, symbol(row, self.words)
        if absent(row["projection"]):
            return Cell(words("dash"), kind="number")
        decimals = min(int(row["decimals"]), 1)
        value = words.quantity(row["projection"], unit, decimals)
        if absent(row["projection_low"]):
            return Cell(value, kind=WRAP)
        low, high = (words.number(row[f"projection_{end}"], decimals) for end in ("low", "high"))
        return Cell(words("cell.interval", value=value, low=low, high=high), kind=WRAP)

    def certainty(self) -> Table | Prose:
        """Return the data and arithmetic behind each verdict."""
        rows = self.gap[self.gap["target_status"].eq("stated") & self.gap["judged_value"].notna()]
        rows = rows[~rows["verdict"].isin(UNASSESSED) | rows["n"].gt(0)]
        if rows.empty:
            return Prose((self.words("note.certainty_none"),))
        body = [self._certainty_row(row) for row in records(rows)]
        names = ("series", "judged", "grade", "base", "pace", "probability", "flags")
        return self.table("certainty", names, body)

    def _certainty_row(self, row: Row) -> tuple[Cell, ...]:
        words = self.words
        base = words("dash")
        if not absent(row["base_value"]):
            base = f"{self.printed(row, row['base_value'])} ({int(row['base_year'])})"
        notes = self._certainty_notes(row)
        head, *rest = notes or [words("dash")]
        verdict = words(f"verdict_short.{row['verdict']}")
        return cells(
            [
                self.label(row),
                Cell(f"{row['target_year']}: {verdict}", kind=f"verdict verdict-{row['verdict']}"),
                self._evidence(row),
                Cell(base, kind=WRAP),
                self._pace(row),
                Cell(self._probability(row), kind=WRAP),
                Cell(head, tuple(rest), kind="quiet note"),
            ]
        )

    def _certainty_notes(self, row: Row) -> list[str]:
        """Return the flags in words; where there is no verdict, first why, without repetition."""
        words, shown = self.words, flags(row)
        unassessed = row["verdict"] in UNASSESSED
        if unassessed:
            shown = [flag for flag in shown if flag not in ("STALE", "LEVEL_ONLY")]
        notes = [
            words(f"flag.{flag}", declared=self.base_year, base_year=_year(row["base_year"]))
            for flag in shown
        ]
        if row["broken_from"]:
            notes.append(words("note.broken", period=words.period(row["broken_from"])))
        return [reason_text(row, words), *notes] if unassessed else notes

    def _evidence(self, row: Row) -> Cell:
        years = self.words("cell.years", n=row["n"])
        if not row["grade"] or row["verdict"] in UNASSESSED:
            return Cell(years)
        return Cell(f"{row['grade']}: {self.words('grade.' + row['grade'])}", (years,))

    def _pace(self, row: Row) -> Cell:
        if absent(row["pace_ratio"]):
            return Cell(self.words("dash"), kind="number")
        covered = self.words(
            "cell.covered",
            share=self._share(row["share_covered"]),
            elapsed=self._share(row["elapsed"]),
        )
        return Cell(self.words.number(row["pace_ratio"], 2), (covered,), kind=WRAP)

    def _share(self, share: float) -> str:
        return self.words.quantity(share * 100, "%", 0)

    def _probability(self, row: Row) -> str:
        p = row["p_met"]
        if absent(p) or row["verdict"] in UNASSESSED:
            return self.words("dash")
        kind = "likely" if p >= _LIKELY else "unlikely" if p <= _UNLIKELY else "uncertain"
        return self.words(f"cell.{kind}", p=_chance(p))

    def result_rows(self) -> pd.DataFrame:
        """Return the published rows, one a series and target year."""
        return self.gap[result_columns(self.resource)]

    def summary(self) -> dict[str, object]:
        """Return counts and a sentence for the index page."""
        years = sorted(int(year) for year in self.gap["target_year"].unique())
        return {
            "counts": {str(year): verdict_counts(self.gap, year) for year in years},
            "sentence": in_both(lambda words: year_sentences(self.gap, words)),
        }


def _chance(p: float) -> str:
    """Write a chance in whole per cent; a forecast is never sure, so neither 0 nor 100."""
    per_cent = round(p * 100)
    return "<\u00a01" if per_cent < 1 else ">\u00a099" if per_cent > 99 else str(per_cent)


def _year(value: Any) -> str:
    return "" if absent(value) else str(int(value))
