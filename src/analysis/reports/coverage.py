"""The coverage report: what is measured, by whom, how old, how comparable, and what is owed."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import pandas as pd

from analysis.api import PROVINCE
from analysis.charts import Chart, coverage_map
from analysis.charts.labels import recorded
from analysis.charts.rows import Row, records
from analysis.measures.constants import STALE_AFTER, TOO_OLD_AFTER
from analysis.observe.periods import spans
from analysis.reports import coverage_owed, coverage_sources
from analysis.reports.coverage_opening import (
    SEVERAL,
    coverage_sentences,
    size_sentence,
    unvalued,
    valued_in,
    without_value,
)
from analysis.reports.coverage_sources import number
from analysis.reports.evidence import WRAP, source_cell, standing
from analysis.reports.prose import Prose
from analysis.reports.report import PlanReport, in_both
from analysis.reports.table import Cell, Table, cells
from analysis.results import coverage_frame, result_columns

_LACKING = ("only_context", "only_before", "nothing")


class CoverageReport(PlanReport):
    """What is known of the 110 series of the plan, and what is not."""

    kind: ClassVar[str] = "coverage"
    resource: ClassVar[str] = "results_coverage"

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """One row a series in plan order (:func:`analysis.results.coverage_frame`)."""
        return self._coverage("series")

    def _coverage(self, by: str) -> pd.DataFrame:
        return coverage_frame(self.plan.tables, self.whole_view, as_of=self.as_of, by=by)

    @cached_property
    def view(self) -> pd.DataFrame:
        """The current view of the province, in plan order, levels named."""
        rows = self.whole_view[self.whole_view["area_id"].eq(PROVINCE)]
        named = rows["level_id"].map(self.level_names)
        rows = rows.assign(
            text=named.where(rows["level_id"].ne("none"), ""),
            place=rows["series_id"].map(self._places),
        )
        return rows.sort_values(["place", "year"], kind="stable").reset_index(drop=True)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.coverage["series_id"])}

    @cached_property
    def facts(self) -> dict[str, Row]:
        """One gap row for each series: its names, unit and line."""
        return {row["series_id"]: row for row in records(self.whole_gap)}

    @cached_property
    def recorded(self) -> pd.DataFrame:
        """Every record of the province whose period has begun, with its source, in plan order.

        ``own`` are the values that the view chose among (the others are for context only),
        ``used`` those that it chose and that no break has cut off; ``decided_by`` says why one
        was chosen; ``publisher`` is named as the language of the report shows it.
        """
        rows = self.plan["observations"]
        rows = rows[rows["area_id"].eq(PROVINCE)]
        begun = spans(rows["period"].astype("str"))["first_month"]
        rows = rows[begun <= self.as_of.year * 12 + self.as_of.month - 1]
        chosen = self.view[["observation_id", "decided_by", "is_current_segment"]]
        rows = rows.merge(chosen, on="observation_id", how="left")
        rows = rows.merge(self.plan["sources"], on="source_id", how="left")
        candidates = set(
            " ".join(self.view["observation_id"] + " " + self.view["set_aside"]).split()
        )
        rows = rows.assign(
            publisher=[recorded(name, self.words) for name in rows["publisher"]],
            own=rows["observation_id"].isin(candidates),
            used=rows["is_current_segment"].eq(True),
            place=rows["series_id"].map(self._places),
        )
        return rows.sort_values(["place", "period", "observation_id"], kind="stable")

    def opening(self) -> Prose:
        """Return the sentences that a reader could quote."""
        own = self.recorded[self.recorded["own"]]
        return Prose(
            tuple(coverage_sentences(self.coverage, self.whole_gap, self.view, own, self.words))
        )

    def glance(self) -> Table:
        """Return one row for each group, and one for the whole plan."""
        frame = self._coverage("group")
        body = [
            self._glance_row(row, self._group_name(row), self._of_group(row))
            for row in records(frame)
        ]
        whole = records(self._coverage("plan"))[0]
        body.append(self._glance_row(whole, self.words("cell.coverage_whole"), self.coverage))
        names = ("group", "series", "valued", "several", "target_year", "latest", *_LACKING)
        year = self._first_target_year
        columns = tuple(self.words(f"column.coverage_{name}", year=year) for name in names)
        caption = self.words("caption.coverage_glance")
        return Table(caption, columns, tuple(body), language=self.language)

    def _group_name(self, row: Row) -> str:
        return f"{row['group_id']}. {row[f'name_{self.language}']}"

    def _of_group(self, row: Row) -> pd.DataFrame:
        return self.coverage[self.coverage["group_id"].eq(row["group_id"])]

    def _glance_row(self, row: Row, name: str, series: pd.DataFrame) -> tuple[Cell, ...]:
        valued = valued_in(self.view, self._first_target_year)
        latest = row["latest_year"]
        left = row["n_years_0"] - row["n_only_proxies"] - row["n_only_before_break"]
        return cells(
            [
                name,
                number(row["n_series"]),
                number(row["n_series_with_value"]),
                number(int(series["n_years"].ge(SEVERAL).sum())),
                number(int(series["series_id"].isin(valued["series_id"]).sum())),
                Cell(self.words("dash") if pd.isna(latest) else str(latest), kind="number"),
                number(row["n_only_proxies"]),
                number(row["n_only_before_break"]),
                number(left),
            ]
        )

    @property
    def _first_target_year(self) -> int:
        return int(self.whole_gap["target_year"].min())

    def figure(self) -> Chart:
        """Return the map of all series and years."""
        context = self.recorded[~self.recorded["own"]]
        chart = coverage_map(
            self.view,
            context,
            self.whole_gap,
            self.plan["indicator_groups"],
            self.language,
            last_year=self.as_of.year,
        )
        return self.keep(chart, "coverage")

    def tiers(self) -> Table:
        """Return how many values come from each kind of source."""
        return coverage_sources.tier_table(self)

    def publishers(self) -> Table:
        """Return who measures what, with a link to the latest page that was read."""
        return coverage_sources.publisher_table(self)

    def age(self) -> Table:
        """Return the latest value of each series that has one, the oldest first."""
        last = self.view[self.view["is_current_segment"].astype(bool)]
        last = last.drop_duplicates("series_id", keep="last")
        rows = last.merge(self.plan["sources"], on="source_id", how="left")
        rows = rows.sort_values(["year", "place"], kind="stable")
        names = ("series", "coverage_latest_value", "period", "coverage_age", "source")
        return self.table("coverage_age", names, [self._age_row(row) for row in records(rows)])

    def _age_row(self, row: Row) -> tuple[Cell, ...]:
        words, facts = self.words, self.facts[row["series_id"]]
        age = self.as_of.year - row["year"]
        freshness = "too_old" if age > TOO_OLD_AFTER else "stale" if age > STALE_AFTER else "recent"
        limits = {"stale_after": STALE_AFTER, "too_old_after": TOO_OLD_AFTER}
        return cells(
            [
                self.label(facts),
                Cell(
                    self.printed(facts, row["value"], row["text"]), standing(row, words), kind=WRAP
                ),
                words.period(row["period"]),
                Cell(
                    words("cell.coverage_years", n=age),
                    (words(f"cell.coverage_{freshness}", **limits),),
                ),
                source_cell(row, words),
            ]
        )

    def standing_note(self) -> str:
        """Return how many of the used values are preliminary, estimates or of part of a year."""
        rows = self.view[self.view["is_current_segment"].astype(bool)]
        status = rows["status"].value_counts()
        return self.words(
            "note.coverage_standing",
            n=len(rows),
            preliminary=int(status.get("preliminary", 0)),
            estimate=int(status.get("estimate", 0)),
            part=int(rows["part_year"].astype(bool).sum()),
        )

    def comparability(self) -> Table:
        """Return how the records fit the plan's definitions, and why some are context only."""
        return coverage_sources.comparability_table(self)

    @cached_property
    def breaks(self) -> pd.DataFrame:
        """The declared breaks of the province in plan order; ``passed`` counts those before."""
        rows = self.plan["breaks"]
        rows = rows[rows["area_id"].eq(PROVINCE)]
        rows = rows.assign(place=rows["series_id"].map(self._places))
        rows = rows.sort_values(["place", "from_period"], kind="stable")
        return rows.assign(passed=rows.groupby("series_id").cumcount())

    def break_table(self) -> Table | Prose:
        """Return the declared breaks, why, and how many years of values each cuts off."""
        if self.breaks.empty:
            return Prose((self.words("note.coverage_no_breaks"),))
        names = ("series", "from", "coverage_cut_off", "reason")
        return self.table("breaks", names, [self._break_row(row) for row in records(self.breaks)])

    def _break_row(self, row: Row) -> tuple[Cell, ...]:
        mine = self.view[self.view["series_id"].eq(row["series_id"])]
        return cells(
            [
                self.label(self.facts[row["series_id"]]),
                self.words.period(str(row["from_period"])),
                number(int(mine["segment"].le(row["passed"]).sum())),
                row[f"reason_{self.language}"],
            ]
        )

    def disagreements(self) -> Table | Prose:
        """Return the values that sources give differently for the same series and period."""
        return coverage_sources.disagreement_table(self)

    def disagreement_notes(self) -> tuple[str, ...]:
        """Return how to read the values on which sources disagree."""
        return coverage_sources.disagreement_notes(self)

    def nothing(self) -> Table | Prose:
        """Return the series without a usable value, by group and by what there is instead."""
        parts = unvalued(self.coverage)
        if not any(map(len, parts.values())):
            return Prose((self.words("note.coverage_all_valued"),))
        body = []
        for row in records(self.plan["indicator_groups"]):
            texts = [self._named(rows, row["group_id"]) for rows in parts.values()]
            if any(texts):
                shown = [Cell(text or self.words("dash")) for text in texts]
                body.append(cells([self._group_name(row), *shown]))
        columns = ("coverage_group", *(f"coverage_{name}_list" for name in parts))
        return self.table("coverage_nothing", columns, body)

    def _named(self, rows: pd.DataFrame, group_id: int) -> str:
        return coverage_sources.named(self, rows.loc[rows["group_id"].eq(group_id), "series_id"])

    def owed(self) -> Table:
        """Return how much each agency answers for, and how much of it lacks a value."""
        return coverage_owed.owed_table(self)

    def owed_notes(self) -> tuple[str, ...]:
        """Return how to read what is owed."""
        return coverage_owed.owed_notes(self)

    def owed_by_agency(self) -> list[Prose | Table]:
        """Return for each agency what it owes, why, and what would close the gap."""
        return coverage_owed.owed_parts(self)

    def method(self) -> Prose:
        """Return what counts as a value, which one is used, and what is unofficial."""
        limits = {"stale_after": STALE_AFTER, "too_old_after": TOO_OLD_AFTER}
        notes = [self.words("note.coverage_method", **limits), self.words("note.coverage_silence")]
        notes.append(self.words("note.source_line"))
        if self.language == "en":
            notes.append(self.words("note.unofficial"))
        return self.heading("coverage_method", *notes)

    def result_rows(self) -> pd.DataFrame:
        """Return the published rows, one a series."""
        return self.coverage[result_columns(self.resource)]

    def summary(self) -> dict[str, object]:
        """Return a sentence for the index page; there are no verdicts to count."""
        return {
            "counts": {},
            "sentence": in_both(
                lambda words: [
                    size_sentence(self.coverage, words),
                    *without_value(self.coverage, words),
                ]
            ),
        }
