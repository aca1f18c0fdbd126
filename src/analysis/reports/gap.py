"""The gap report: where each indicator of a group stands against 2025 and 2030."""

from __future__ import annotations

from typing import Any, ClassVar

import pandas as pd

from analysis.charts import Chart, gap_bars
from analysis.charts.gap_bars import drawable
from analysis.charts.labels import difference_symbol, gap_text, outcome, symbol
from analysis.charts.rows import Row, absent, first, records
from analysis.reports.evidence import UNASSESSED, WRAP, reason_text
from analysis.reports.group import GroupReport
from analysis.reports.opening import gap_sentences, series_names, verdict_counts, year_sentences
from analysis.reports.prose import Prose
from analysis.reports.report import in_both
from analysis.reports.table import Cell, Table, cells
from analysis.results import result_columns

_LIKELY, _UNLIKELY = 0.80, 0.20


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
        body = [self._glance_row(part) for _, part in self.gap.groupby("series_id", sort=False)]
        names = ("series", "latest", "target_2025", "verdict_2025", "target_2030", "verdict_2030")
        return self.table("glance", names, body)

    def _glance_row(self, part: pd.DataFrame) -> tuple[Cell, ...]:
        facts = first(part)
        line = f"{self.words('column.line')} {facts['source_line']}"
        row = [Cell(self.label(facts), (line,)), self._latest(facts)]
        for target in records(part):
            row += [Cell(target["target_shown"]), self.verdict_cell(target)]
        return cells(row)

    def _latest(self, row: Row) -> Cell:
        known = self.view[self.view["series_id"].eq(row["series_id"])]
        if absent(row["latest_year"]) or known.empty:
            return Cell(self.words("cell.no_data"), kind="quiet")
        last = first(known[known["year"].eq(row["latest_year"])])
        text = self.printed(row, row["latest_value"], last["text"])
        details = [self.words.period(last["period"])]
        if last["comparability"] != "exact":
            details.append(self.words(f"comparability.{last['comparability']}"))
        if last["status"] != "actual":
            details.append(self.words(f"status.{last['status']}"))
        if others := self.others.get(last["observation_id"]):
            details.append(self.words("cell.others", list=others))
        details += self._break_notes(row["series_id"])
        return Cell(text, tuple(details), kind=WRAP)

    def _break_notes(self, series_id: str) -> list[str]:
        start = self.last_breaks.get(series_id)
        return [self.words("note.broken", period=self.words.period(start))] if start else []

    def verdict_cell(self, row: Row) -> Cell:
        """Return a verdict as a cell: the word, then the reason or the gap."""
        words, code = self.words, row["verdict"]
        kind = f"verdict verdict-{code}"
        if code == "NO_TARGET":
            return Cell(words("dash"), kind="quiet")
        if code == "NO_DATA":
            return Cell(words(f"verdict_short.{code}"), kind=kind)
        if code == "NOT_ASSESSABLE":
            return Cell(words(f"verdict_short.{code}"), (reason_text(row, words),), kind=kind)
        details = [] if row["met"] else [gap_text(row, words)]
        if row["judged_year"] != row["latest_year"]:
            details.append(f"{row['value_shown']} ({row['judged_year']})")
        if isinstance(row["grade"], str) and not row["due"]:
            details.append(words(f"grade.{row['grade']}"))
        details += [words(f"flag_short.{flag}") for flag in flags(row)]
        return Cell(words(f"verdict_short.{code}"), tuple(dict.fromkeys(details)), kind=kind)

    def figure(self) -> Chart | Prose:
        """Return the gap overview, or a sentence where there is nothing to compare."""
        rows = drawable(self.gap)
        words = self.words
        if rows.empty:
            return Prose((words("note.no_gap_chart"),))
        if rows["series_id"].nunique() == 1:
            return Prose((words("note.one_gap_row", row=self._in_words(rows)),))
        return self.keep(gap_bars(self.gap, self.language), f"gap-{self.group_id:02d}")

    def _in_words(self, rows: pd.DataFrame) -> str:
        words = self.words
        parts = [
            words(
                "chart.gap_alt_part",
                year=row["target_year"],
                target=row["target_shown"],
                value=row["value_shown"],
                outcome=outcome(row, words),
            )
            for row in records(rows)
        ]
        return self.label(first(rows)) + words("colon") + "; ".join(parts)

    def figure_notes(self) -> Prose:
        """Return what the figure leaves out, and why."""
        words = self.words
        rows = drawable(self.gap)
        if rows["series_id"].nunique() < 2:
            return Prose(())
        left_out = self.gap[~self.gap["series_id"].isin(rows["series_id"])]
        notes = []
        if len(left_out):
            names = series_names(left_out, self.gap, words)
            notes.append(words("note.not_drawn", list=words.listing(names)))
        bound = rows[["low", "high"]].astype(float)
        if ((bound == 0).any(axis=1) & ~rows["met"].astype(bool)).any():
            notes.append(words("note.zero_target"))
        return Prose((" ".join(notes),) if notes else ())

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
                self._number(row["needed_per_year"], unit, decimals, signed=True),
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

    def _factor(self, row: Row) -> Cell:
        """Return how many times the observed speed is needed (the acceleration factor)."""
        if absent(row["slope"]):
            return Cell(self.words("dash"), kind="number")
        if absent(row["acceleration"]):
            return Cell(self.words("cell.wrong_way"))
        if row["acceleration"] <= 1:
            return Cell(self.words("cell.fast_enough"))
        return Cell(self.words.number(row["acceleration"], 1) + " ×", kind="number")

    def _attained(self, row: Row) -> Cell:
        if absent(row["slope"]):
            return Cell(self.words("dash"), kind="number")
        if bool(row["attain_beyond"]):
            return Cell(self.words("cell.far"))
        if absent(row["attain_year"]):
            return Cell(self.words("cell.never"))
        return Cell(str(int(row["attain_year"])), kind="number")

    def _projected(self, row: Row) -> Cell:
        words, unit = self.words, symbol(row, self.words)
        if absent(row["projection"]):
            return Cell(words("dash"), kind="number")
        decimals = min(int(row["decimals"]), 1)
        value = words.quantity(row["projection"], unit, decimals)
        if absent(row["projection_low"]):
            return Cell(value, kind="number")
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
        notes = [
            words(f"flag.{flag}", declared=self.base_year, base_year=_year(row["base_year"]))
            for flag in flags(row)
        ]
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

    def _evidence(self, row: Row) -> Cell:
        years = self.words("cell.years", n=row["n"])
        if not row["grade"]:
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


def flags(row: Row) -> list[str]:
    """Return the flags of a result row."""
    return row["flags"].split() if isinstance(row["flags"], str) else []


def _chance(p: float) -> str:
    """Write a chance in whole per cent; a forecast is never sure, so neither 0 nor 100."""
    per_cent = round(p * 100)
    return "< 1" if per_cent < 1 else "> 99" if per_cent > 99 else str(per_cent)


def _year(value: Any) -> str:
    return "" if absent(value) else str(int(value))
