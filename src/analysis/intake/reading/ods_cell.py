"""One cell of an OpenDocument spreadsheet: its value by its type, its text by its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from analysis.errors import UserError
from analysis.intake.model import Place
from analysis.intake.reading.collector import TextCollector
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import damaged, quoted
from analysis.intake.reading.limits import CELL
from analysis.intake.reading.markup import Attributes, paths
from analysis.intake.reading.text import plain
from analysis.intake.reading.values import (
    EMPTY,
    Value,
    day_value,
    formula_value,
    number_value,
    other_text_value,
    percent_value,
    text_value,
    time_value,
    truth_value,
)

_BLANKS: Final = re.compile("[ \t\r\n]+")
_COUNT: Final = re.compile("[0-9]{1,5}")
_CELLS: Final = ("table:table-cell", "table:covered-table-cell")
_PARAGRAPHS: Final = tuple(paths(_CELLS, ["text:p", "text:h"]))
_RUNS: Final = ("text:span", "text:a")
_INLINE: Final = ("text:p", "text:h", *_RUNS)

_BY_TYPE: Final[dict[str, tuple[str, Callable[[str], Value]]]] = {
    "float": ("office:value", number_value),
    "currency": ("office:value", number_value),
    "percentage": ("office:value", percent_value),
    "date": ("office:date-value", day_value),
    "boolean": ("office:boolean-value", truth_value),
}
"""The type of a cell, the attribute that holds its value, and how that is read."""


class CellReader:
    """Follows the markup of a cell; comments and drawings in it are passed over.

    Parameters
    ----------
    desk
        The reading to which it belongs.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._collector = TextCollector(desk)
        self._attributes: Attributes = {}
        self._place = Place(desk.file)
        self._paragraphs = 0
        self._inside = False
        self._after_blank = True

    def starts(self) -> dict[str, Callable[[Attributes], None]]:
        """Return what to do at the start of the elements in a cell."""
        return {
            **dict.fromkeys(_PARAGRAPHS, self._begin_paragraph),
            **dict.fromkeys(paths(_INLINE, _RUNS), _nothing),
            **dict.fromkeys(paths(_INLINE, ["text:s"]), self._blanks),
            **dict.fromkeys(paths(_INLINE, ["text:tab"]), lambda _: self._sign("\t")),
            **dict.fromkeys(paths(_INLINE, ["text:line-break"]), lambda _: self._sign("\n")),
        }

    def ends(self) -> dict[str, Callable[[], None]]:
        """Return what to do at the end of the elements in a cell."""
        return dict.fromkeys(_PARAGRAPHS, self._end_paragraph)

    def begin(self, attributes: Attributes, place: Place) -> None:
        """Begin a cell."""
        self._attributes, self._place, self._paragraphs = attributes, place, 0

    def text(self, piece: str) -> None:
        """Take text; blanks in a row count as one, as the format has it."""
        if not self._inside:
            return
        piece = _BLANKS.sub(" ", piece)
        if self._after_blank:
            piece = piece.removeprefix(" ")
        if piece:
            self._collector.add(piece)
            self._after_blank = piece.endswith(" ")

    def end(self) -> tuple[Value, int]:
        """Return the value of the cell, and how many times it stands in its row.

        Raises
        ------
        UserError
            If its type is unknown or the file holds too many characters.
        """
        shown = self._collector.take()
        repeated = self._attributes.get("table:number-columns-repeated", "1")
        if not re.fullmatch("[1-9][0-9]{0,8}", repeated):
            raise self._damaged(f"{quoted(repeated)} is no number of columns")
        return self._value(shown), int(repeated)

    def _value(self, shown: str) -> Value:
        if "table:formula" in self._attributes:
            return formula_value()
        kind = self._attributes.get("office:value-type", "")
        if kind in ("", "void", "string"):
            return self._text_value(shown)
        if kind == "time":
            return time_value()
        if kind not in _BY_TYPE:
            raise self._damaged(f"there is no type of cell {quoted(kind)}")
        attribute, read = _BY_TYPE[kind]
        return read(self._attributes.get(attribute, ""))

    def _text_value(self, shown: str) -> Value:
        held = self._attributes.get("office:string-value")
        if held is not None and shown and plain(held) != plain(shown):
            return other_text_value(shown, held)
        if held:
            self._desk.take_text(len(held))
        text = shown or held or ""
        return text_value(text) if text else EMPTY

    def _begin_paragraph(self, _attributes: Attributes) -> None:
        if self._paragraphs:
            self._collector.add("\n")
        self._paragraphs += 1
        self._inside, self._after_blank = True, True

    def _end_paragraph(self) -> None:
        self._inside = False

    def _blanks(self, attributes: Attributes) -> None:
        count = attributes.get("text:c", "1")
        if not _COUNT.fullmatch(count):
            raise self._damaged(f"{quoted(count)} is no number of blanks")
        self._sign(" " * min(int(count), CELL + 1))

    def _sign(self, sign: str) -> None:
        self._collector.add(sign)
        self._after_blank = False

    def _damaged(self, why: str) -> UserError:
        return damaged(self._desk.file, f"{why}, in {self._place}")


def _nothing(_attributes: Attributes) -> None:
    """Listen to the text in this element."""
