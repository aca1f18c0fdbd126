"""What has been observed of a series: the current view of the province, and all that stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from analysis.api import PROVINCE
from analysis.charts.labels import given
from analysis.charts.rows import Row, absent, records
from analysis.publish.site.indicator_report import SeriesGap, SeriesTrend
from analysis.publish.site.writer import Writer
from analysis.reports.evidence import source_cell, standing
from analysis.reports.notes import note_cell
from analysis.reports.table import Cell, Table, cells

_NONE = "none"


@dataclass(frozen=True)
class Value:
    """A value of the current view.

    Parameters
    ----------
    observation_id, year
        Its record, and the year for which it stands.
    period, value
        As the page writes them.
    standing
        What kind of figure it is, what it is used for, and what stands beside it.
    note
        Why it is no exact value, in the words of the record; empty for an exact one.
    source
        Where it is from.
    """

    observation_id: str
    year: int
    period: str
    value: str
    standing: tuple[str, ...]
    note: Cell
    source: Cell


class Records:
    """Tells what was observed of one series.

    Parameters
    ----------
    writer
        The language.
    gap, trend
        The reports of the series.
    """

    def __init__(self, writer: Writer, gap: SeriesGap, trend: SeriesTrend) -> None:
        self.writer, self.gap, self.trend, self.words = writer, gap, trend, writer.words

    def _say(self, key: str, **values: object) -> str:
        return self.writer.say(f"indicator.{key}", **values)

    def values(self) -> tuple[Value, ...]:
        """Return the current view of the province, the latest year first."""
        whole, rows = self.gap.whole, records(self.gap.view.sort_values("year", ascending=False))
        return tuple(
            Value(
                observation_id=str(row["observation_id"]),
                year=int(row["year"]),
                period=self.words.period(row["period"]),
                value=self.gap.printed(self.gap.row, row["value"], row["text"]),
                standing=tuple(self._standing(row)),
                note=self._why(row),
                source=source_cell(whole.sources[row["source_id"]], self.words),
            )
            for row in rows
        )

    def _standing(self, row: Row) -> list[str]:
        lines = [" · ".join(standing(row, self.words))]
        if used := self._used(row):
            lines.append(used)
        if row["part_year"]:
            lines.append(self._say("values.part_year"))
        if not row["is_current_segment"]:
            lines.append(self._say("values.before"))
        if aside := given(row["set_aside"]).split():
            why = self.words(f"decided_by.{row['decided_by']}")
            lines.append(self._say("values.aside", n=len(aside), why=why))
        return lines

    def _used(self, row: Row) -> str:
        """Return what verdicts make of a value."""
        if not row["is_current_segment"]:
            return ""
        judged = [one for one in self.gap.stated if _is(one["judged_year"], row["year"])]
        based = any(_is(one["base_year"], row["year"]) for one in self.gap.stated)
        used = [self._say("values.base")] if based else []
        if judged:
            years = self.words.listing(str(one["target_year"]) for one in judged)
            used.append(self._say("values.judged", years=years))
        return "; ".join(used)

    def _why(self, row: Row) -> Cell:
        if row["comparability"] == "exact":
            return Cell("")
        return note_cell(self.gap.whole.notes[row["observation_id"]], self.words)

    # Every record

    @cached_property
    def rows(self) -> list[Row]:
        """Every record that stands with its source: the province first, the latest first."""
        whole = self.gap.whole
        mine = [
            {**whole.sources[row["source_id"]], **row}
            for row in whole.rows("observations")
            if row["series_id"] == self.gap.series_id
        ]
        mine.sort(key=lambda row: str(row["observation_id"]))
        mine.sort(key=lambda row: str(row["period"]), reverse=True)
        return sorted(mine, key=lambda row: (is_elsewhere(row), str(row["area_id"])))

    @property
    def n_context(self) -> int:
        """How many records of the province measure something else, or another population."""
        return sum(row["comparability"] == "proxy" and not is_elsewhere(row) for row in self.rows)

    def history(self) -> Table | None:
        """Return every record of the series that stands; nothing where there is none."""
        if not self.rows:
            return None
        body = [self._record(row) for row in self.rows]
        values, told = ("period", "value"), ("area", "use")
        columns = (
            *(self._say(f"values.{name}") for name in values),
            *(self._say(f"records.{name}") for name in told),
            self._say("values.source"),
            *(self._say(f"records.{name}") for name in ("note", "recorded")),
        )
        return Table(self._say("records.caption"), columns, tuple(body), self.words.language)

    def _record(self, row: Row) -> tuple[Cell, ...]:
        return cells(
            [
                self.words.period(row["period"]),
                self.value(row),
                self.gap.whole.areas[row["area_id"]],
                self._use(row),
                source_cell(row, self.words),
                note_cell(row["note"], self.words),
                Cell(self.writer.date(row["recorded_on"]), (str(row["observation_id"]),)),
            ]
        )

    def value(self, row: Row) -> Cell:
        """Return the value with its standing; a value for context as it was recorded."""
        if row["comparability"] == "proxy":
            measure, value = self.trend.as_recorded(row)
            details = (self.words(f"status.{row['status']}"), measure.text, *value.detail)
            return replace(value, detail=details)
        level = "" if row["level_id"] == _NONE else self.gap.level_names[row["level_id"]]
        text = self.gap.printed(self.gap.row, row["value"], level)
        return Cell(text, standing(row, self.words), kind="number wrap")

    def _use(self, row: Row) -> Cell:
        if is_elsewhere(row):
            return Cell(self._say("records.other_area"), kind="quiet")
        if row["comparability"] == "proxy":
            return Cell(self._say("records.not_used"), kind="quiet")
        return self.trend.choice(str(row["observation_id"]))


def is_elsewhere(row: Row) -> bool:
    """Tell whether a record is of another area."""
    return bool(row["area_id"] != PROVINCE)


def _is(one: object, other: object) -> bool:
    """Tell whether a year that may be missing is another one."""
    return not absent(one) and one == other
