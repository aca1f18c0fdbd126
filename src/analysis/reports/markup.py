"""A table as HTML: laid out by great-tables, then stripped to what a reader and a theme need.

Great-tables writes the head, the scopes and the row headers. What it writes besides does not fit
many tables on one page in two themes: identifiers that repeat from table to table (and a random
one), a title that is a cell of the head instead of a caption, and fixed colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from analysis.charts.style import CLASSES, DARK, LIGHT, MARKS, Theme

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from great_tables import GT

    from analysis.reports.table import Cell, Table

BOX = "plan155-table"
"""The class of the box around a table; the stylesheets hang on it."""

KEPT = frozenset({"scope", "href", "lang"})
IN_THE_DARK = ':is([data-jp-theme-light="false"], .vscode-dark)'
"""What tells that a notebook is shown in a dark theme: in JupyterLab, in VS Code."""


def great_table(table: Table) -> GT:
    """Return the table for great-tables; see :meth:`analysis.reports.table.Table.great_table`."""
    import pandas as pd
    from great_tables import GT, html

    names = [f"c{place}" for place in range(len(table.columns))]
    headings = [html(_escaped(text)) for text in table.columns]
    frame = pd.DataFrame([list(row) for row in table.rows], columns=names, dtype=object)
    return (
        GT(frame, rowname_col=names[0])
        .tab_stubhead(headings[0])
        .cols_label(dict(zip(names[1:], headings[1:], strict=True)))
        .cols_align("left")
        .fmt(cell_html, columns=names)
    )


def _escaped(text: str) -> str:
    """Escape a heading; in one with double braces great-tables reads a unit, and markup."""
    return escape(text).replace("{", "&#123;")


def cell_html(cell: Cell) -> str:
    """Return what stands in a cell, with every text escaped."""
    lang = f' lang="{escape(cell.lang)}"' if cell.lang else ""
    if cell.link:
        main = f'<a href="{escape(cell.link)}"{lang}>{escape(cell.text)}</a>'
    else:
        main = f"<span{lang}>{escape(cell.text)}</span>"
    return main + "".join(f"<br><small>{escape(line)}</small>" for line in cell.detail)


def table_html(table: Table) -> str:
    """Return the table in a box that scrolls by itself and can be reached with the keyboard.

    The same table gives the same bytes. The box begins with a small stylesheet for notebooks,
    which the page of a report leaves out for its own.
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(great_table(table).as_raw_html(), "html.parser")
    style = f"<style>\n{stylesheet(table)}</style>\n"
    label = escape(table.caption)
    start = f'<div class="{BOX}" role="region" aria-label="{label}" tabindex="0">\n'
    return f"{start}{style}{_plain(soup, table)}\n</div>\n"


def _plain(soup: BeautifulSoup, table: Table) -> Tag:
    """Return the table element with nothing left but structure, captioned, cells with classes."""
    element = soup.table
    if element is None:
        raise ValueError("great-tables wrote no table")
    for tag in (element, *element.find_all(True)):
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in KEPT}
    caption = soup.new_tag("caption")
    caption.string = table.caption
    element.insert(0, caption)
    for line, row in zip(element.select("tr"), classes(table), strict=True):
        for tag, kind in zip(line.find_all(["th", "td"], recursive=False), row, strict=True):
            if kind:
                tag["class"] = kind
    return element


def classes(table: Table) -> list[list[str]]:
    """Return the classes of all cells, headings first.

    Where a column has numbers, its heading is set as they are, and so is a cell that says why
    there is none.
    """
    numeric = [is_numeric(column) for column in zip(*table.rows, strict=True)]
    numeric = numeric or [False] * len(table.columns)
    body = [[_class(*pair) for pair in zip(row, numeric, strict=True)] for row in table.rows]
    return [["number" if one else "" for one in numeric], *body]


def is_numeric(column: Sequence[Cell]) -> bool:
    """Tell whether any cell of a column is a number."""
    return any(_holds_number(cell) for cell in column)


def _holds_number(cell: Cell) -> bool:
    return "number" in cell.kind.split()


def _class(cell: Cell, numeric: bool) -> str:
    if not numeric or _holds_number(cell):
        return cell.kind
    return f"{cell.kind} number wrap".strip()


def stylesheet(table: Table) -> str:
    """Return the style of a table in a notebook; marks of verdicts where it has verdicts."""
    judged = any("verdict-" in cell.kind for row in table.rows for cell in row)
    return _base_style() + (_verdict_style() if judged else "")


@cache
def _base_style() -> str:
    return files("analysis.reports").joinpath("table.css").read_text(encoding="utf-8")


@cache
def _verdict_style() -> str:
    light = [_rule(f".{BOX}", codes, LIGHT, with_mark=True) for codes in CLASSES.values()]
    dark = [_rule(f"{IN_THE_DARK} .{BOX}", codes, DARK) for codes in CLASSES.values()]
    return "".join([*light, *dark])


def _rule(within: str, codes: tuple[str, ...], look: Theme, *, with_mark: bool = False) -> str:
    selectors = ", ".join(f".verdict-{code}" for code in codes)
    mark = f' --mark: "{MARKS[codes[0]].symbol}";' if with_mark else ""
    return f"{within} :is({selectors}) {{ --verdict: {look.verdicts[codes[0]]};{mark} }}\n"
