"""Rows of the tables that appendix 01 fills: groups, indicators, series, targets, agencies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from analysis.plan.appendix1 import Appendix1, Series
from analysis.plan.cells import Cell
from analysis.plan.errors import Problems
from analysis.plan.facts import FILE as FACTS_FILE
from analysis.plan.facts import Declared, Facts, Levels
from analysis.plan.grammar import Named
from analysis.plan.names import Translations, clean_name
from analysis.plan.readings import ReadingBook
from analysis.plan.tables import Row, Rows, flag
from analysis.plan.targets import StatedTarget, english_figures, read_targets


class IndicatorTables:
    """Makes the rows; notes in ``problems`` what the declared files lack."""

    def __init__(
        self,
        declared: Declared,
        levels: Levels,
        readings: ReadingBook,
        english: Translations,
        problems: Problems,
    ) -> None:
        self.declared = declared
        self.levels = levels
        self.readings = readings
        self.english = english
        self.problems = problems

    def make(self, rows: Appendix1, filled: Sequence[Series]) -> dict[str, Rows]:
        """Return ``{table: rows}`` for the five tables of appendix 01."""
        known = [series for series in filled if series.id in self.declared.series]
        self._check_declared(filled)
        targets = {series.id: self._read_targets(series) for series in known}
        numbered = enumerate(known, start=1)
        return {
            "indicator_groups": self._groups(rows),
            "indicators": self._indicators(rows),
            "series": [self._series(position, one, targets[one.id]) for position, one in numbered],
            "targets": [self._target(one, stated) for one in known for stated in targets[one.id]],
            "indicator_agencies": [row for one in known for row in self._agencies(one)],
        }

    def _check_declared(self, filled: Sequence[Series]) -> None:
        ids = [series.id for series in filled]
        for series in filled:
            if series.id not in self.declared.series:
                what = f"series {series.id} (line {series.line}) has no facts"
                self.problems.add(what, FACTS_FILE, "declare it there")
        for series_id in self.declared.series:
            if series_id not in ids:
                what = f"series {series_id} has facts, but no row in the plan"
                self.problems.add(what, FACTS_FILE, "delete it or mend its id")

    def _groups(self, rows: Appendix1) -> Rows:
        made = []
        for group in rows.groups:
            name = clean_name(f"group-{group.id}", group.name, self.readings, self.problems)
            self._check_group_name(group.id, name)
            row = {
                "group_id": group.id,
                "name_vi": name,
                "name_en": self.english.get("groups", group.id, "en"),
                "name_source": group.name.text,
                "source_line": str(group.line),
            }
            made.append(row)
        return made

    def _check_group_name(self, group_id: str, name: str) -> None:
        stated = self.english.get("groups", group_id, "vi")
        if stated and stated != name:
            what = f"group {group_id} is named {stated!r}; the plan, as read, says {name!r}"
            self.problems.add(what, "translations.yaml, groups", "make the two equal")

    def _indicators(self, rows: Appendix1) -> Rows:
        return [
            {
                "indicator_id": one.id,
                "group_id": one.group_id,
                "position": str(position),
                "name_vi": clean_name(one.id, one.name, self.readings, self.problems),
                "name_en": self.english.get("indicators", one.id),
                "name_source": one.name.text,
                "source_line": str(one.line),
            }
            for position, one in enumerate(rows.indicators, start=1)
        ]

    def _series(self, position: int, series: Series, targets: Iterable[StatedTarget]) -> Row:
        facts = self.declared.series[series.id]
        self._check_unit(series, facts)
        part_vi, part_en, part_source = self._part(series)
        return {
            "series_id": series.id,
            "indicator_id": series.indicator_id,
            "position": str(position),
            "label_vi": self.english.get("short", series.id, "vi"),
            "label_en": self.english.get("short", series.id, "en"),
            "part_vi": part_vi,
            "part_en": part_en,
            "part_source": part_source,
            "dimension": facts.dimension,
            "unit_id": facts.unit,
            "unit_source": series.unit.text if series.unit else "",
            "mode": facts.mode,
            "scale": facts.scale,
            "decimals": str(_decimals(facts, targets)),
            "natural_min": _number(facts.natural_min),
            "natural_max": _number(facts.natural_max),
            "source_line": str(series.line),
        }

    def _part(self, series: Series) -> tuple[str, str, str]:
        if series.part is None:
            return "", "", ""
        clean = clean_name(series.id, series.part, self.readings, self.problems)
        return clean, self.english.get("parts", series.id), series.part.text

    def _check_unit(self, series: Series, facts: Facts) -> None:
        printed = series.unit.text if series.unit else ""
        line = series.unit.line if series.unit else series.line
        meant = self.declared.unit_cells.get(printed, "")
        cell = series.unit or Cell("", line)
        if reading := self.readings.use("unit", series.id, cell):
            meant = str(reading.value["unit"])
        if meant != facts.unit:
            what = f"the unit {printed!r} of {series.id} means {meant!r}, not {facts.unit!r}"
            mend = f"mend {FACTS_FILE}, or add a reading of kind unit"
            self.problems.at_line(line, what, mend)

    def _read_targets(self, series: Series) -> tuple[StatedTarget, ...]:
        facts = self.declared.series[series.id]
        return read_targets(series, facts, self.levels, self.readings, self.problems)

    def _target(self, series: Series, stated: StatedTarget) -> Row:
        target = stated.target
        return {
            "series_id": series.id,
            "year": str(stated.year),
            "status": "stated" if target else "not_stated",
            "kind": target.kind if target else "none",
            "low": _number(target.low if target else None),
            "high": _number(target.high if target else None),
            "level_id": stated.level_id,
            "text_source": stated.text,
            "text_en": self._target_en(series.id, stated),
            "reading_id": stated.reading_id,
            "inherited": flag(stated.inherited),
            "source_line": str(series.line),
        }

    def _target_en(self, series_id: str, stated: StatedTarget) -> str:
        if stated.target is None:
            return ""
        if stated.in_words:
            return self.english.get("target_texts", series_id, str(stated.year))
        return english_figures(stated.target)

    def _agencies(self, series: Series) -> Rows:
        owner = {"series_id": series.id}
        return [agency_row(owner, named, series.line) for named in series.duties.all]


def agency_row(owner: Row, named: Named, line: int) -> Row:
    """Return the row that links a series or a task to one of its agencies."""
    return {
        **owner,
        "agency_id": named.agency_id,
        "role": named.role,
        "inherited": flag(named.inherited),
        "text_source": named.text,
        "text_line": str(named.line),
        "reading_id": named.reading_id,
        "source_line": str(line),
    }


def _decimals(facts: Facts, targets: Iterable[StatedTarget]) -> int:
    printed = (stated.target.decimals for stated in targets if stated.target)
    return max(facts.decimals, *printed, 0)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
