"""The sheets of a form that have a row for each series or task, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from analysis.intake.forms.asking import asked_of_series, asked_of_task
from analysis.intake.forms.content import Group, Line
from analysis.intake.forms.drawing import Pen
from analysis.intake.forms.heights import row_height
from analysis.intake.forms.layout import (
    COLUMNS,
    HEAD_ROW,
    KEPT,
    SECOND_PAGE,
    TARGET_YEARS,
    Column,
)
from analysis.intake.forms.wording import Both, Run, Said, beside, both, stacked

_SCALES: Final = {"values": 63, "tasks": 70}
"""Scale of print in per cent: what is told and the figures on one page, the rest on another."""

_TITLE, _BAR, _WAY = 22, 18, 20
"""Heights of rows, in points."""


def draw_rows(
    pen: Pen, sheet: Any, name: str, groups: Sequence[Group], agency: Both, year: int
) -> None:
    """Draw a sheet of rows.

    Parameters
    ----------
    pen, sheet
        What draws, and where.
    name
        ``values`` or ``tasks``.
    groups
        The rows; at least one.
    agency, year
        For whom and for which year the form is.
    """
    _draw_title(pen, sheet, name, agency, year)
    _draw_heads(pen, sheet, name)
    row = HEAD_ROW
    for group in groups:
        if group.way:
            _draw_way(pen, sheet, row, group, name)
            row += 1
        for line in group.lines:
            _draw_line(pen, sheet, row, name, line, year)
            row += 1
    _lay_out(sheet, name, row - 1)


def _lay_out(sheet: Any, name: str, last: int) -> None:
    """Keep heads and names in sight, and part the print into two pages side by side."""
    right = len(COLUMNS[name]) - 1
    sheet.autofilter(HEAD_ROW - 1, 0, last, right)
    sheet.freeze_panes(HEAD_ROW, KEPT)
    sheet.repeat_rows(0, HEAD_ROW - 1)
    sheet.repeat_columns(0, KEPT - 1)
    sheet.set_v_pagebreaks([_on_first_page(name)])
    sheet.set_print_scale(_SCALES[name])
    sheet.print_across()
    sheet.print_area(0, 0, last, right)


def _draw_title(pen: Pen, sheet: Any, name: str, agency: Both, year: int) -> None:
    title, hint = both(f"form.title.{name}", year=year), both(f"form.hint.{name}")
    sheet.set_row(0, _TITLE)
    pen.say(sheet, 0, 0, (Run(title.vi),), "title")
    pen.say(sheet, 1, 0, (Run(agency.vi),), "strong")
    pen.say(sheet, 2, 0, (Run(agency.en),), "grey_line")
    told = ((title.en, "grey_line"), (hint.vi, "vi"), (hint.en, "grey_line"))
    for row, (text, look) in enumerate(told):
        pen.say(sheet, row, KEPT, (Run(text),), look)


def _draw_heads(pen: Pen, sheet: Any, name: str) -> None:
    """Draw the heads of the columns, and above them which are to be filled in."""
    columns = COLUMNS[name]
    heads = [_head(column) for column in columns]
    sheet.set_row(HEAD_ROW - 2, _BAR)
    sheet.set_row(HEAD_ROW - 1, row_height(zip(heads, _widths(columns), strict=True)))
    for at, (column, said) in enumerate(zip(columns, heads, strict=True)):
        sheet.set_column(at, at, column.width)
        first = at == 0 or columns[at - 1].band != column.band
        bar = beside(both(f"form.band.{column.band}"), "strong") if first else ()
        pen.say(sheet, HEAD_ROW - 2, at, bar, "bar")
        pen.say(sheet, HEAD_ROW - 1, at, said, "head")
    pen.note(sheet, HEAD_ROW - 1, "heads", name, heads)


def _head(column: Column) -> Said:
    name, _, year = column.key.partition("_")
    if name == "target" and year in map(str, TARGET_YEARS):
        return stacked(both("form.head.target", year=year), "strong")
    head = stacked(both(f"form.head.{column.key}"), "strong")
    if column.key in {"numerator", "denominator"}:
        return (*head, Run(f"\n({both('form.optional').vi})", "small"))
    return head


def _draw_way(pen: Pen, sheet: Any, row: int, group: Group, name: str) -> None:
    """Say above rows by which way they came: in short, and why that is uncertain."""
    columns, end = COLUMNS[name], _on_first_page(name)
    told = ((group.way, 0, KEPT), (group.why, KEPT, end))
    widths = [sum(_widths(columns[first:after])) for _, first, after in told]
    sheet.set_row(row, row_height(zip((group.way, group.why), widths, strict=True), _WAY))
    for said, first, after in told:
        sheet.merge_range(row, first, row, after - 1, "", pen.looks["band"])
        pen.say(sheet, row, first, said, "band")
    pen.note(sheet, row, "way", "", [group.way, group.why])


def _draw_line(pen: Pen, sheet: Any, row: int, name: str, line: Line, year: int) -> None:
    asked = asked_of_series(line.series, year) if line.series else asked_of_task(year)
    columns = COLUMNS[name]
    for at, column in enumerate(columns):
        ask = asked.get(column.key)
        if ask is not None:
            pen.ask(sheet, row, at, ask, str(year) if column.key == "period" else "")
        else:
            look = "code" if column.key == "code" else "told"
            pen.say(sheet, row, at, line.told.get(column.key, ()), look)
    plan = [column for column in columns if column.band == "plan"]
    told = [line.told[column.key] for column in plan]
    sheet.set_row(row, row_height(zip(told, _widths(plan), strict=True)))
    unit = line.series.unit_text if line.series else ""
    pen.note(sheet, row, name, line.key, told, unit)


def _widths(columns: Sequence[Column]) -> list[float]:
    return [column.width for column in columns]


def _on_first_page(name: str) -> int:
    """Return how many columns stand on the first of two pages side by side."""
    return [column.key for column in COLUMNS[name]].index(SECOND_PAGE[name])
