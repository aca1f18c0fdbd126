"""The first sheet of a form, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from analysis.intake.forms.asking import ISSUERS, Ask
from analysis.intake.forms.drawing import Pen
from analysis.intake.forms.guide import Item
from analysis.intake.forms.heights import row_height
from analysis.intake.forms.wording import Run, beside, stacked

_WIDTHS: Final = (28, 70, 62)
_TITLE, _SECTION, _ENTRY = 24, 26, 32
"""Heights of rows, in points."""


def draw_guide(pen: Pen, sheet: Any, guide: Sequence[Item]) -> None:
    """Draw the lines of the first sheet: Vietnamese at the left, English beside it.

    Parameters
    ----------
    pen, sheet
        What draws, and where.
    guide
        The lines.
    """
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for row, item in enumerate(guide):
        _DRAW[item.kind](pen, sheet, row, item)
    sheet.fit_to_pages(1, 0)
    sheet.activate()


def _title(pen: Pen, sheet: Any, row: int, item: Item) -> None:
    sheet.set_row(row, _TITLE)
    pen.say(sheet, row, 0, (Run(item.label.vi),), "title")
    pen.say(sheet, row, 2, (Run(item.label.en),), "grey_line")


def _section(pen: Pen, sheet: Any, row: int, item: Item) -> None:
    sheet.set_row(row, _SECTION)
    for column, said in enumerate((beside(item.label, "strong"), (), ())):
        pen.say(sheet, row, column, said, "section")


def _text(pen: Pen, sheet: Any, row: int, item: Item) -> None:
    told = (stacked(item.label, "strong"), (Run(item.text.vi),), (Run(item.text.en),))
    looks = ("line", "sample" if item.kind == "sample" else "line", "grey")
    for column, (said, look) in enumerate(zip(told, looks, strict=True)):
        pen.say(sheet, row, column, said, look)
    sheet.set_row(row, row_height(zip(told, _WIDTHS, strict=True)))


def _entry(pen: Pen, sheet: Any, row: int, item: Item) -> None:
    label, hint = stacked(item.label, "strong"), stacked(item.text)
    pen.say(sheet, row, 0, label, "line")
    pen.ask(sheet, row, 1, Ask(choices=ISSUERS if item.key == "issuer" else ""), item.given)
    pen.say(sheet, row, 2, hint, "grey")
    sheet.set_row(row, row_height([(label, _WIDTHS[0]), (hint, _WIDTHS[2])], _ENTRY))
    pen.note(sheet, row, "source", item.key, [label])


_DRAW: Final = {
    "title": _title,
    "section": _section,
    "text": _text,
    "sample": _text,
    "entry": _entry,
}
