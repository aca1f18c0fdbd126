"""Rows of a filled form as entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.intake.cells.choices import column_labels, level_labels, read_choice
from analysis.intake.cells.dates import read_date
from analysis.intake.cells.numbers import read_number
from analysis.intake.cells.periods import read_period
from analysis.intake.cells.texts import read_text
from analysis.intake.forms.layout import SOURCE
from analysis.intake.forms.measured import PROVINCE, Measured
from analysis.intake.forms.record import Line
from analysis.intake.forms.sources import Labels, Notes, Source, day_first, own_source
from analysis.intake.forms.structure import is_given
from analysis.intake.model import Cell, Entry, Finding, Place, TaskEntry
from analysis.observe.rows import Row

Cells = Mapping[str, Cell]

_FRACTION = ("numerator", "denominator")
_AS_DEFINED = "exact"


@dataclass
class Reader:
    """Reads rows one after another; what is found is gathered in ``notes``.

    Attributes
    ----------
    year
        The form's year, which stands in the periods to begin with.
    common
        The form's common source; ``resting`` counts the rows that rest on it.
    issuers
        What an issuer is chosen from.
    levels
        Rows of table ``levels``.
    symbols
        Unit → what may stand behind a number.
    """

    year: int
    common: Source
    issuers: Labels
    levels: list[Row]
    symbols: Mapping[str, frozenset[str]]
    notes: Notes
    resting: int = 0

    def value(self, line: Line, series: Measured, cells: Cells) -> Entry | None:
        """Read a row of the values; ``None`` if it reports none."""
        self._refuse_fraction(series, cells)
        if not is_given(cells["value"]):
            self._without_value(cells)
            return None
        source = self._source(cells)
        take, fraction = self.notes.take, {}
        if series.is_ratio:
            fraction = {key: take(read_number(cells[key], whole=True)) for key in _FRACTION}
        row = {
            "indicator_code": series.indicator_id,
            "part": series.part,
            "area": PROVINCE,
            "period": self._needed(cells, "period", "the year, such as 2025, month or quarter"),
            "value": self._value(series, cells["value"]),
            "unit": line.unit,
            "status": self._needed(cells, "status", "whether the value is final or preliminary"),
            "comparability": self._comparability(cells["comparability"]),
            **source.row(),
            "note": take(read_text(cells["note"])),
        }
        return Entry(row, _places(cells, source), **fraction)

    def task(self, line: Line, cells: Cells) -> TaskEntry | None:
        """Read a row of the tasks; ``None`` if it reports nothing."""
        if not any(is_given(cells[key]) for key in ("status", "date")):
            self._without_status(cells)
            return None
        source = self._source(cells)
        row = {
            "task_id": line.key,
            "date": self._needed(cells, "date", "the day of which the status is told"),
            "status": self._needed(cells, "status", "how far the task has come"),
            "note": self.notes.take(read_text(cells["note"])),
            **source.row(),
        }
        return TaskEntry(row, _places(cells, source))

    def _source(self, cells: Cells) -> Source:
        own = own_source(cells, self.issuers, self.notes, self.common)
        self.resting += own is None
        return own or self.common

    def _value(self, series: Measured, cell: Cell) -> str:
        """Read a value; a level stands for itself by its Vietnamese label."""
        if series.kind == "words":
            return self.notes.take(read_text(cell))
        if series.kind == "number":
            symbols = self.symbols.get(series.unit_id, frozenset())
            return self.notes.take(read_number(cell, whole=series.whole, symbols=symbols))
        levels = level_labels(self.levels, series.scale)
        level = self.notes.take(read_choice(cell, levels))
        return levels[level][0] if level else ""

    def _comparability(self, cell: Cell) -> str:
        labels = column_labels("observations", "comparability")
        chosen = self.notes.take(read_choice(cell, labels))
        return chosen or ("" if is_given(cell) else _AS_DEFINED)

    def _needed(self, cells: Cells, key: str, what: str) -> str:
        """Read a cell that a reported row must have."""
        cell = cells[key]
        if not is_given(cell):
            text = f"the row has no {key}"
            self.notes.error(f"no-{key}", text, cell.place, f"say {what}")
            return ""
        if key == "period":
            return self.notes.take(read_period(cell))
        if key == "date":
            return self.notes.take(day_first(read_date(cell)))
        table = "observations" if "value" in cells else "task_updates"
        return self.notes.take(read_choice(cell, column_labels(table, key)))

    def _refuse_fraction(self, series: Measured, cells: Cells) -> None:
        for key in () if series.is_ratio else _FRACTION:
            if is_given(cells[key]):
                what = f"a {key} is not asked for here: {cells[key].text[:40]!r}"
                self.notes.error("not-asked", what, cells[key].place, "empty this cell")

    def _without_value(self, cells: Cells) -> None:
        """Note what stands in a row that reports no value."""
        beside = ("status", "comparability", *_FRACTION, *SOURCE)
        found = [key for key in beside if is_given(cells[key])]
        if found:
            what = f"the row has no value, but something stands beside it: {', '.join(found)}"
            mend = "give the value, or empty these cells: an empty row means no report"
            self.notes.error("no-value", what, cells["value"].place, mend)
            return
        changed = cells["period"].text != str(self.year) and is_given(cells["period"])
        self._only(cells, "value", changed=changed)

    def _without_status(self, cells: Cells) -> None:
        found = [key for key in SOURCE if is_given(cells[key])]
        if found:
            what = f"the row has no status, but evidence stands beside it: {', '.join(found)}"
            mend = "choose the status, or empty these cells: an empty row means no report"
            self.notes.error("no-status", what, cells["status"].place, mend)
            return
        self._only(cells, "status", changed=False)

    def _only(self, cells: Cells, lacking: str, *, changed: bool) -> None:
        """Warn that a note or a period alone is not recorded."""
        key = "note" if is_given(cells["note"]) else "period" if changed else ""
        if key:
            what = f"the row has a {key} and no {lacking}: nothing is recorded of it"
            mend = f"give the {lacking} if there is one"
            place = cells[key].place
            self.notes.findings.append(Finding("nothing-recorded", "warning", what, place, mend))


def _places(cells: Cells, source: Source) -> dict[str, Place]:
    """Return where each column of an entry stands; those of a source are where it is named."""
    own = {key: cell.place for key, cell in cells.items() if key not in SOURCE}
    named = {"indicator_code": cells["code"].place, "task_id": cells["code"].place}
    return {**own, **named, "part": cells["code"].place, **source.at()}
