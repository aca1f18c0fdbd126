"""One sheet of an Office Open XML workbook, cell by cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from analysis.errors import UserError
from analysis.intake.model import Sheet
from analysis.intake.reading.archive import Archive
from analysis.intake.reading.collector import TextCollector
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import damaged, quoted
from analysis.intake.reading.grid import Grid, Range
from analysis.intake.reading.markup import Attributes, Outline, paths, walk
from analysis.intake.reading.values import (
    EMPTY,
    Value,
    day_value,
    error_cell,
    formula_value,
    number_value,
    percent_value,
    serial_value,
    text_value,
    time_value,
    truth_value,
)
from analysis.intake.reading.xlsx_book import TRUE, SheetEntry
from analysis.intake.reading.xlsx_strings import SharedTexts, unescaped
from analysis.intake.reading.xlsx_styles import Shown

_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.IGNORECASE)
_COUNT: Final = re.compile("[0-9]{1,7}")
_NO_WIDTH: Final = re.compile(r"0+(?:\.0*)?")


@dataclass(frozen=True)
class Shared:
    """What all sheets of a workbook share.

    Parameters
    ----------
    texts
        The texts to which cells refer.
    styles
        How numbers are shown, by the number of the cell format.
    from_1904
        Whether days are counted from 1904.
    """

    texts: SharedTexts
    styles: list[Shown]
    from_1904: bool


def read_sheet(archive: Archive, entry: SheetEntry, shared: Shared, desk: Desk) -> Sheet:
    """Read a sheet; what is wrong with its cells is noted on the desk.

    Raises
    ------
    UserError
        If the part is damaged or too large.
    """
    grid = Grid(desk, entry.name, hidden=entry.hidden)
    reader = _SheetReader(grid, shared, desk)
    walk(archive.chunks(entry.part), reader.outline(), desk, entry.part)
    return grid.sheet()


class _SheetReader:
    """Follows the markup of a sheet; holds the row and the cell in which it is."""

    def __init__(self, grid: Grid, shared: Shared, desk: Desk) -> None:
        self._grid = grid
        self._shared = shared
        self._desk = desk
        self._collector = TextCollector(desk)
        self._collecting = False
        self._row = 0
        self._column = 0
        self._kind = ""
        self._style = 0
        self._formula = False

    def outline(self) -> Outline:
        """Return what to listen to."""
        inline = paths(["x:is", "x:r"], ["x:t"])
        return Outline(
            through=[
                "/x:worksheet",
                "x:worksheet/x:cols",
                "x:worksheet/x:sheetData",
                "x:worksheet/x:mergeCells",
                "x:c/x:is",
                "x:is/x:r",
            ],
            starts={
                "x:cols/x:col": self._begin_column,
                "x:sheetData/x:row": self._begin_row,
                "x:row/x:c": self._begin_cell,
                "x:c/x:f": self._note_formula,
                "x:mergeCells/x:mergeCell": self._merge,
                "x:c/x:v": self._begin_value,
                **dict.fromkeys(inline, self._begin_inline),
            },
            ends={
                "x:row/x:c": self._end_cell,
                **dict.fromkeys(["x:c/x:v", *inline], self._end_text),
            },
            text=self._text,
        )

    def _begin_column(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in TRUE or _NO_WIDTH.fullmatch(attributes.get("width", "")):
            first, last = self._number(attributes, "min"), self._number(attributes, "max")
            self._grid.hide_columns(first, last)

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = self._number(attributes, "r") if "r" in attributes else self._row + 1
        self._column = 0
        if self._row == 0:
            raise self._damaged("rows are counted from 1")
        if attributes.get("hidden") in TRUE or _NO_WIDTH.fullmatch(attributes.get("ht", "")):
            self._grid.hide_rows(self._row, self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        self._column += 1
        if "r" in attributes:
            row, self._column = self._address(attributes["r"])
            if row != self._row:
                raise self._damaged(f"the cell {quoted(attributes['r'])} stands in another row")
        self._kind = attributes.get("t", "n")
        self._style = self._number(attributes, "s") if "s" in attributes else 0
        self._formula = False

    def _note_formula(self, _attributes: Attributes) -> None:
        self._formula = True

    def _begin_value(self, _attributes: Attributes) -> None:
        self._collecting = self._kind != "inlineStr"

    def _begin_inline(self, _attributes: Attributes) -> None:
        self._collecting = self._kind == "inlineStr"

    def _end_text(self) -> None:
        self._collecting = False

    def _text(self, piece: str) -> None:
        if self._collecting:
            self._collector.add(piece)

    def _end_cell(self) -> None:
        raw = self._collector.take()
        value = formula_value() if self._formula else self._value(raw)
        self._grid.put(self._row, self._column, value)

    def _value(self, raw: str) -> Value:
        if self._kind == "s":
            return self._shared_text(raw)
        if self._kind in ("str", "inlineStr"):
            return text_value(unescaped(raw))
        if self._kind == "n":
            return self._numeric(raw)
        if not raw.strip():
            return EMPTY
        read = {"b": truth_value, "d": day_value, "e": error_cell}.get(self._kind)
        if read is None:
            raise self._damaged(f"there is no kind of cell {quoted(self._kind)}")
        return read(raw)

    def _shared_text(self, raw: str) -> Value:
        number = raw.strip()
        if not number:
            return EMPTY
        value = self._shared.texts.get(int(number)) if _COUNT.fullmatch(number) else None
        if value is None:
            raise self._damaged(f"there is no text number {quoted(number)}")
        return value

    def _numeric(self, raw: str) -> Value:
        shown = self._shown()
        if not raw.strip() or shown == "number":
            return number_value(raw)
        if shown == "percent":
            return percent_value(raw)
        if shown == "time":
            return time_value()
        return serial_value(raw, from_1904=self._shared.from_1904)

    def _shown(self) -> Shown:
        styles = self._shared.styles
        if not styles and self._style == 0:
            return "number"  # a workbook without styles shows plain numbers
        if self._style >= len(styles):
            raise self._damaged(f"there is no cell format number {self._style}")
        return styles[self._style]

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        self._grid.merge(self._range(first, last or first))

    def _range(self, first: str, last: str) -> Range:
        return (*self._address(first), *self._address(last))

    def _address(self, text: str) -> tuple[int, int]:
        """Return the row and the column of a cell."""
        found = _ADDRESS.fullmatch(text)
        if not found:
            raise self._damaged(f"{quoted(text)} is no cell")
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(found[2]), column

    def _number(self, attributes: Attributes, name: str) -> int:
        text = attributes.get(name, "")
        if not _COUNT.fullmatch(text):
            raise self._damaged(f"{name} {quoted(text)} is no number")
        return int(text)

    def _damaged(self, why: str) -> UserError:
        return damaged(self._desk.file, f"{why}, in {self._grid.place(self._row)}")
