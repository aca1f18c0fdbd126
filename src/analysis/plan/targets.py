"""Target cells read into what they ask for, with the reading that decided it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analysis.plan.appendix1 import PLACE, YEARS, Series
from analysis.plan.cells import Cell
from analysis.plan.errors import KEEP_TEXT, Problems
from analysis.plan.expressions import (
    ExpressionError,
    Target,
    format_number,
    format_target,
    is_target,
    parse_target,
)
from analysis.plan.facts import NO_LEVEL, Facts, Levels
from analysis.plan.grammar import DASH
from analysis.plan.readings import NO_READING, Reading, ReadingBook

_KINDS = {
    "exact": {"low", "high"},
    "at_least": {"low"},
    "more_than": {"low"},
    "at_most": {"high"},
    "less_than": {"high"},
    "between": {"low", "high"},
    "level": {"level"},
    "text": set[str](),
}


@dataclass(frozen=True)
class StatedTarget:
    """The target of one series for one year.

    Parameters
    ----------
    target
        None where no target is stated.
    text
        The cell as printed; empty where the cell has vanished.
    level_id
        ``none`` unless the target is a level.
    inherited
        Whether the cell is printed in the column of another year.
    """

    year: int
    target: Target | None
    text: str
    level_id: str = NO_LEVEL
    reading_id: str = NO_READING
    inherited: bool = False

    @property
    def in_words(self) -> bool:
        """Whether the cell is worded, so that it needs a translation."""
        if self.target is None:
            return False
        return self.target.kind == "level" or not is_target(self.text)


def read_targets(
    series: Series, facts: Facts, levels: Levels, readings: ReadingBook, problems: Problems
) -> tuple[StatedTarget, ...]:
    """Return the targets of a series for 2025 and 2030."""
    reader = _Reader(series, facts, levels, readings, problems)
    return tuple(reader.read(year) for year in YEARS)


@dataclass(frozen=True)
class _Reader:
    series: Series
    facts: Facts
    levels: Levels
    readings: ReadingBook
    problems: Problems

    def read(self, year: int) -> StatedTarget:
        cell = self.series.targets.get(year)
        if cell is None:
            return StatedTarget(year, None, "", reading_id=self._reason_of_gap())
        if spanning := self._spanning(year, cell):
            return spanning
        if cell.text == DASH:
            reading = self.readings.use("dash_target", PLACE, cell)
            if reading is None:
                what = f"a dash for the target of {self.series.id} is not explained"
                self.problems.at_line(cell.line, what, "add a reading of kind dash_target")
            return StatedTarget(year, None, DASH, reading_id=_id(reading))
        reading = self.readings.use("target", self.series.id, cell)
        target = self._as_read(reading, cell) if reading else self._as_printed(cell)
        single = self.readings.find("single_target", self.series.id, cell.text)
        return self._stated(year, cell, target, _id(reading or single))

    def _reason_of_gap(self) -> str:
        for cell in self.series.targets.values():
            return _id(self.readings.find("single_target", self.series.id, cell.text))
        return NO_READING

    def _spanning(self, year: int, cell: Cell) -> StatedTarget | None:
        reading = self.readings.find("spanning_target", self.series.id, cell.text)
        if reading is None:
            return None
        self.readings.use("spanning_target", self.series.id, cell)
        target = self._as_read(reading, cell)
        return self._stated(year, cell, target, reading.id, inherited=year != YEARS[0])

    def _stated(
        self, year: int, cell: Cell, target: Target, reading_id: str, inherited: bool = False
    ) -> StatedTarget:
        level_id = NO_LEVEL
        if target.level:
            level_id = self.levels.resolve(target.level, self.facts.scale)
            if not level_id:
                what = f"level {target.level} of {self.series.id} is not on its scale"
                self.problems.at_line(cell.line, what, "mend levels.yaml or series.yaml")
        self._check_limits(target, cell)
        return StatedTarget(year, target, cell.text, level_id, reading_id, inherited)

    def _as_printed(self, cell: Cell) -> Target:
        try:
            return parse_target(cell.text)
        except ExpressionError as error:
            self.problems.at_line(cell.line, str(error), f"add a reading; {KEEP_TEXT}")
            return Target("text")

    def _as_read(self, reading: Reading, cell: Cell) -> Target:
        value = reading.value
        kind = value["kind"]
        if set(value) - {"kind"} != _KINDS.get(kind):
            what = f"{reading.id} gives {sorted(set(value) - {'kind'})} to a target of kind {kind}"
            self.problems.at_line(cell.line, what, "mend its value in readings.yaml")
            return Target("text")
        return Target(kind, _bound(value, "low"), _bound(value, "high"), value.get("level"))

    def _check_limits(self, target: Target, cell: Cell) -> None:
        least, most = self.facts.natural_min, self.facts.natural_max
        for bound in (target.low, target.high):
            if bound is None:
                continue
            if (least is not None and bound < least) or (most is not None and bound > most):
                what = f"the target {bound} of {self.series.id} passes its limits {least}..{most}"
                self.problems.at_line(cell.line, what, "mend its unit's rule in series.yaml")


def _id(reading: Reading | None) -> str:
    return reading.id if reading else NO_READING


def _bound(value: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(str(value[key])) if key in value else None


def english_figures(target: Target) -> str:
    """Write a target in figures with decimal point and thousands comma; empty if it has none."""
    return (
        format_target(target, lambda number: format_number(number, ",", "."))
        if (target.low is not None or target.high is not None)
        else ""
    )
