"""How the sheets of a form are drawn: looks, cells, rules, and what is recorded of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from analysis.intake.forms.asking import Ask, formula
from analysis.intake.forms.heights import SIZES
from analysis.intake.forms.record import SHEET, Line, digest
from analysis.intake.forms.wording import Both, Said, both, plain, words

_INK, _GROUND, _GREY, _RULE = "#1F3A5F", "#E8EDF3", "#6B6B6B", "#C9CFD6"
_TO_FILL_IN: Final = "#FFF7DC"

FONT: Final = {"font_name": "Arial", "font_size": 10}
_CELL: Final = {**FONT, "valign": "top", "text_wrap": True, "border": 1, "border_color": _RULE}
_FREE: Final = {**_CELL, "bg_color": _TO_FILL_IN, "locked": False, "num_format": "@"}
_HEAD: Final = {"bg_color": _GROUND, "font_color": _INK}

LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "vi": FONT,
    "strong": {**FONT, "bold": True},
    "small": {**FONT, "font_size": SIZES["small"]},
    "en": {**FONT, "font_size": SIZES["en"], "font_color": _GREY},
    "title": {**FONT, "font_size": 14, "bold": True, "font_color": _INK},
    "told": _CELL,
    "code": {**_CELL, "num_format": "@"},
    "head": {**_CELL, **_HEAD, "bold": True},
    "bar": {**FONT, **_HEAD, "valign": "vcenter", "top": 1},
    "band": {**_CELL, "bg_color": "#F4F6F9", "valign": "vcenter"},
    "section": {**FONT, "bold": True, "font_color": _INK, "bottom": 2, "bottom_color": _INK},
    "line": {**FONT, "valign": "top", "text_wrap": True},
    "grey_line": {**FONT, "font_size": 9, "font_color": _GREY},
    "grey": {**FONT, "font_color": _GREY, "valign": "top", "text_wrap": True, "indent": 1},
    "free": _FREE,
    "number": {**_FREE, "align": "right"},
    "sample": {**_FREE, "locked": True},
}
"""Formats by what they are for; the first four are those of runs of text."""

LIST_COLUMN: Final = 8
"""First column of the lists on the hidden sheet, counted from 0."""

_PROTECTION: Final = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
_MARGINS: Final = {"left": 0.4, "right": 0.4, "top": 0.45, "bottom": 0.55}
_A4: Final = 9


@dataclass
class Pen:
    """Draws in one workbook; what it records of the form grows with the rows.

    Attributes
    ----------
    book
        The workbook under way.
    looks
        Its formats, by the names of :data:`LOOKS`.
    lists
        What can be chosen, by the name of the list.
    """

    book: Any
    looks: Mapping[str, Any]
    lists: Mapping[str, Sequence[str]]
    recorded: list[Line] = field(default_factory=list)

    def sheet(self, name: str, foot: str) -> Any:
        """Add a sheet, locked without a password, for A4 in landscape."""
        sheet = self.book.add_worksheet(words("vi")(f"form.sheet.{name}"))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(**_MARGINS)
        sheet.set_footer(f"&L&8{foot.replace('&', '&&')}&R&8{words('vi').text('form.footer')}")
        sheet.protect("", _PROTECTION)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD9999"})
        return sheet

    def say(self, sheet: Any, row: int, column: int, said: Said, look: str) -> None:
        """Write a text in its looks; the cell is locked."""
        runs = [run for run in said if run.text]
        if len(runs) > 1:
            pieces = [piece for run in runs for piece in (self.looks[run.look], run.text)]
            sheet.write_rich_string(row, column, *pieces, self.looks[look])
        elif runs:
            sheet.write_string(row, column, runs[0].text, self.looks[look])
        else:
            sheet.write_blank(row, column, None, self.looks[look])

    def ask(self, sheet: Any, row: int, column: int, ask: Ask, given: str = "") -> None:
        """Make a cell to be filled in."""
        look = self.looks["number" if ask.is_number else "free"]
        if given:
            sheet.write_string(row, column, given, look)
        else:
            sheet.write_blank(row, column, None, look)
        sheet.data_validation(row, column, row, column, self._rule(row, column, ask))

    def _rule(self, row: int, column: int, ask: Ask) -> dict[str, Any]:
        from xlsxwriter.utility import xl_rowcol_to_cell

        hint = {"input_message": in_both(ask.hint)} if ask.hint else {}
        if ask.choices:
            wrong = {"error_message": in_both(both("form.ask.choice"))}
            return {"validate": "list", "source": self._list(ask.choices), **hint, **wrong}
        if ask.is_number:
            rule = formula(xl_rowcol_to_cell(row, column), ask)
            wrong = {"error_message": in_both(both("form.ask.outside")), "error_type": "warning"}
            return {"validate": "custom", "value": rule, **hint, **wrong}
        return {"validate": "any", **hint}

    def _list(self, name: str) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        at = LIST_COLUMN + list(self.lists).index(name)
        last = len(self.lists[name]) - 1
        first, end = (xl_rowcol_to_cell(row, at, True, True) for row in (0, last))
        return f"='{SHEET}'!{first}:{end}"

    def note(
        self, sheet: Any, row: int, kind: str, key: str, told: Sequence[Said], unit: str = ""
    ) -> None:
        """Record what a row tells."""
        self.recorded.append(Line(kind, sheet.name, row + 1, key, unit, digest(map(plain, told))))


def in_both(text: Both) -> str:
    """Return a text for a hint beside a cell, which knows no looks."""
    return f"{text.vi}\n{text.en}"
