"""The trend report: how each series of a group has moved, and what was observed."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import ClassVar

import pandas as pd

from analysis.api import PROVINCE
from analysis.charts import Chart, trajectories
from analysis.charts.labels import difference_symbol, given, recorded
from analysis.charts.rows import Row, absent, first, records
from analysis.charts.trajectories import several_values
from analysis.reports import recent, spread
from analysis.reports.evidence import WRAP, source_cell, standing
from analysis.reports.group import GroupReport
from analysis.reports.notes import languages_said, note_cell, verbatim
from analysis.reports.prose import Prose
from analysis.reports.report import in_both
from analysis.reports.table import Cell, Table, cells
from analysis.reports.trend_opening import trend_sentences
from analysis.results import result_columns

_SMALLEST_P = 0.001  # that three decimals can show
_FOR_TEST = 4  # below, no exact test can be significant at 10 %


class TrendReport(GroupReport):
    """Movement of the indicators, group by group."""

    kind: ClassVar[str] = "trend"
    resource: ClassVar[str] = "results_trend"

    def opening(self) -> Prose:
        """Return the sentences that a reader could quote."""
        steps = recent.last_steps(self.view, self.trend)
        return Prose(tuple(trend_sentences(self.trend, self.words, steps)))

    def figure(self) -> Chart | Prose:
        """Return the small multiples, or a sentence where there is nothing to draw."""
        if not several_values(self.view, self.gap):
            return Prose((self.words("note.no_trend_chart"),))
        chart = trajectories(self.view, self.gap, self.breaks, self.language)
        return self.keep(chart, f"trend-{self.group_id:02d}")

    def singles(self) -> Prose:
        """Return a sentence for every series with one value: no chart where words do."""
        drawn = several_values(self.view, self.gap)
        rows = self.view[~self.view["series_id"].isin(drawn) & self.view["value"].notna()]
        sentences = [self._single(self.facts[row["series_id"]], row) for row in records(rows)]
        return Prose(tuple(sentences))

    def _single(self, facts: Row, row: Row) -> str:
        known = "single" if row["is_current_segment"] else "single_before"
        return self.words(
            f"note.{known}",
            label=self.label(facts),
            value=self.printed(facts, row["value"], row["text"]),
            period=self.words.period(row["period"]),
        )

    def speed(self) -> Table | Prose:
        """Return change, speed and direction, beside the speed that 2030 needs."""
        rows = self.trend[self.trend["n"] >= 2]
        if rows.empty:
            return Prose((self.words("note.speed_none"),))
        fresh = self.gap[~self.gap["due"] & self.gap["reason"].ne("STALE")]
        open_rows = fresh.set_index("series_id")["needed_per_year"]
        body = [self._speed_row(row, open_rows.get(row["series_id"])) for row in records(rows)]
        names = ("series", "first", "last", "change", "slope", "direction", "needed")
        return self.table("speed", names, body)

    def _speed_row(self, row: Row, needed: object) -> tuple[Cell, ...]:
        words, decimals = self.words, min(int(row["decimals"]) + 1, 2)
        unit = difference_symbol(row, words)
        whole = difference_symbol(row, words, abs(round(row["change"], 6)))
        years = words("cell.years", n=row["n"])
        ends = [
            Cell(self.printed(row, row[f"{end}_value"]), (str(row[f"{end}_year"]),), kind=WRAP)
            for end in ("first", "last")
        ]
        return cells(
            [
                self.label(row),
                *ends,
                replace(self._difference(row["change"], whole, None), detail=(years,)),
                self._slope(row, unit, decimals),
                self._direction(row),
                self._difference(needed, unit, decimals),
            ]
        )

    def _slope(self, row: Row, unit: str, decimals: int) -> Cell:
        """Return the median change a year, its exact limits, and that of the last five years."""
        cell = self._difference(row["slope"], unit, decimals)
        details = []
        if not absent(row["slope_low"]):
            low, high = (self._signed(row[f"slope_{end}"], decimals) for end in ("low", "high"))
            level = round(row["slope_confidence"] * 100)
            details.append(self.words("cell.slope_limits", low=low, high=high, level=level))
        if not absent(row["recent_slope"]):
            recent = self._signed(row["recent_slope"], decimals)
            details.append(self.words("cell.recent", slope=recent))
        return replace(cell, detail=tuple(details))

    def _signed(self, value: float, decimals: int) -> str:
        return self.words.number(value, decimals, signed=True)

    def _difference(self, value: object, unit: str, decimals: int | None) -> Cell:
        if not isinstance(value, float) or absent(value):
            return Cell(self.words("dash"), kind="number")
        shown = round(value, 6)
        return Cell(self.words.quantity(shown, unit, decimals, signed=True), kind=WRAP)

    def _direction(self, row: Row) -> Cell:
        details = [self.words(f"movement.{row['movement']}")]
        tested = not absent(row["mk_p"]) and row["n"] >= _FOR_TEST
        if tested and row["mode"] != "level":
            certain = "clear" if row["clear"] else "unclear"
            details.append(self.words(f"certain.{certain}", p=self._p(row["mk_p"])))
        shown = tuple(text for text in details if text)
        if row["direction"] == "changed" and round(row["change"], 6) == 0:
            return Cell(self.words("cell.unchanged"))
        if row["direction"] == "changed" and row["mode"] == "level":
            return Cell(self.words(f"cell.level_{'rose' if row['change'] > 0 else 'fell'}"))
        return Cell(self.words(f"direction.{row['direction']}"), shown)

    def _p(self, value: float) -> str:
        """Write a p value; one that would print as zero is said to be below what is printed."""
        text = self.words.number(max(value, _SMALLEST_P), 3)
        return f"=\u00a0{text}" if value >= _SMALLEST_P else f"<\u00a0{text}"

    @cached_property
    def spread(self) -> pd.DataFrame:
        """All values of the years for which sources give different ones."""
        return spread.spread_frame(self.view, self.plan["observations"], self.gap)

    def recent_notes(self) -> tuple[str, ...]:
        """Return how far a single change can be relied on, where there is one."""
        moving = bool((self.trend["n"] >= 2).any())
        return (self.words("recent.caution"),) if moving else ()

    def recent(self) -> Table | Prose:
        """Return the last change of every series, beside its whole period."""
        return recent.recent_table(self)

    def spread_text(self) -> tuple[str, ...]:
        """Return how often sources differ, and what hangs on it."""
        return spread.spread_sentences(self.spread, self.gap, self.words)

    def differing_sources(self) -> Table | Prose:
        """Return the years with different values: the one used, the others, the range."""
        return spread.spread_table(self)

    def detail_notes(self) -> tuple[str, ...]:
        """Return in which languages the notes of :meth:`detail` are written."""
        return languages_said(self._observed(proxies=False)["note"], self.words)

    def context_notes(self) -> tuple[str, ...]:
        """Return what values for context are, and in which languages their notes are written."""
        rows = self._observed(proxies=True)
        if rows.empty:
            return ()
        return (self.words("note.proxies"), *languages_said(rows["note"], self.words))

    def detail(self) -> Table | Prose:
        """Return every exact or close value of the province, with what was done with it."""
        rows = self._observed(proxies=False)
        if rows.empty:
            return Prose((self.words("note.sources_none"),))
        body = [self._detail_row(row) for row in records(rows)]
        names = ("series", "period", "value", "chosen", "source", "note")
        return self.table("detail", names, body)

    def _observed(self, *, proxies: bool) -> pd.DataFrame:
        rows = self.plan["observations"]
        order = {name: place for place, name in enumerate(dict.fromkeys(self.gap["series_id"]))}
        mine = rows["series_id"].isin(list(order)) & rows["area_id"].eq(PROVINCE)
        rows = rows[mine & rows["comparability"].eq("proxy").eq(proxies)]
        rows = rows.merge(self.plan["sources"], on="source_id", how="left")
        rows = rows.assign(place=rows["series_id"].map(order))
        return rows.sort_values(["place", "period", "observation_id"], kind="stable")

    def _detail_row(self, row: Row) -> tuple[Cell, ...]:
        words = self.words
        facts = self.facts[row["series_id"]]
        return cells(
            [
                self.label(facts),
                words.period(row["period"]),
                Cell(
                    self.printed(facts, row["value"], self._level(row)),
                    standing(row, words),
                    kind=WRAP,
                ),
                self._choice(row["observation_id"]),
                source_cell(row, words),
                note_cell(row["note"], words),
            ]
        )

    def _level(self, row: Row) -> str:
        """Return the name of a record's level; nothing where no level was read."""
        return self.level_names[row["level_id"]] if row["level_id"] != "none" else ""

    def _choice(self, observation_id: str) -> Cell:
        chosen = self.view[self.view["observation_id"].eq(observation_id)]
        words = self.words
        if chosen.empty:
            return Cell(words("cell.aside"), kind="quiet")
        row = first(chosen)
        reasons = [words(f"decided_by.{row['decided_by']}")]
        if not bool(row["is_current_segment"]):
            reasons.append(words("cell.before_break"))
        return Cell(words("cell.used"), tuple(reasons))

    def context(self) -> Table | Prose:
        """Return values that measure something else, for context only."""
        rows = self._observed(proxies=True)
        if rows.empty:
            return Prose((self.words("note.context_none"),))
        body = [self._context_row(row) for row in records(rows)]
        names = ("series", "measure", "period", "value", "source", "note")
        return self.table("context", names, body)

    def _context_row(self, row: Row) -> tuple[Cell, ...]:
        words = self.words
        facts = self.facts[row["series_id"]]
        number = "" if absent(row["value"]) else words.quantity(row["value"], self._unit(row))
        printed = replace(verbatim(row["text"], words), detail=(words("cell.as_recorded"),))
        return cells(
            [
                self.label(facts),
                self._measure(row),
                words.period(row["period"]),
                replace(printed if given(row["text"]) else Cell(number), kind=WRAP),
                source_cell(row, words),
                note_cell(row["note"], words),
            ]
        )

    def _unit(self, row: Row) -> str:
        """Return the unit after a number; of one thing that is counted, in the singular."""
        single = f"single_unit.{row['unit_id']}"
        if row["value"] == 1 and self.words.has(single):
            return self.words(single)
        return self.unit_symbols.get(row["unit_id"], "") or str(row["unit_source"])

    def _measure(self, row: Row) -> Cell:
        """Return the name of a related measure as recorded, else by which rule it is one."""
        if name := given(row["measure"]):
            known = self.words.has(f"recorded.{name}")
            return Cell(recorded(name, self.words)) if known else verbatim(name, self.words)
        rule = f"comparability_rule.{row['comparability_rule']}"
        return Cell(self.words(rule if self.words.has(rule) else "dash"))

    def result_rows(self) -> pd.DataFrame:
        """Return the published rows, one a series."""
        return self.trend[result_columns(self.resource)]

    def summary(self) -> dict[str, object]:
        """Return counts and a sentence for the index page."""
        return {
            "counts": {},
            "sentence": in_both(lambda words: trend_sentences(self.trend, words)[:1]),
        }
