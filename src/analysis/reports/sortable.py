"""A table that can be sorted and searched in a running notebook, by itables.

The order of each column is worked out here and travels as a hidden column of ranks, so that it is
the same in every browser: numbers by their value, verdicts from the best to the worst, then texts
(:mod:`analysis.words.collation`), then cells that say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib.util import find_spec
from json import dumps
from typing import TYPE_CHECKING, Any

from analysis.charts.style import CLASS_OF
from analysis.reports.markup import BOX, cell_html, classes, stylesheet, table_html
from analysis.words import Words
from analysis.words.collation import Key, collation

if TYPE_CHECKING:
    import pandas as pd
    from itables.widget import ITable

    from analysis.reports.table import Cell, Table

NEEDED = ("itables", "anywidget")
WIDGET = "application/vnd.jupyter.widget-view+json"

_FIRST_NUMBER = re.compile(r"[-+\u2212]?\d[\d.,]*")
_NUMBER, _TEXT, _NOTHING = range(3)
_VERDICTS = tuple(CLASS_OF)
_TEXTS = ("search", "zeroRecords", "emptyTable")
_ARIA = ("orderable", "orderableReverse", "orderableRemove")

_GROUND = """.itables_anywidget, .itables_anywidget div.dt-container { background: none; }
.itables_anywidget .dt-search { margin-bottom: .6em; }
"""  # the notebook's own ground, not a second kind of dark

Order = tuple[int, float, Key]


@dataclass(frozen=True)
class SortableTable:
    """What :meth:`analysis.reports.table.Table.sortable` returns; a notebook shows it."""

    table: Table

    @cached_property
    def widget(self) -> ITable:
        """The widget of itables that is shown.

        Raises
        ------
        ModuleNotFoundError
            If itables or anywidget is not installed.
        """
        from itables.widget import ITable

        return ITable(frame(self.table), **options(self.table))

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Show the widget, or where there is none the plain table; the latter goes with both."""
        plain = table_html(self.table)
        shown = {"text/html": plain, "text/plain": repr(self.table)}
        if any(find_spec(name) is None for name in NEEDED):
            hint = escape(Words(self.table.language)("table.sorting_needs"))
            return shown | {"text/html": f"{plain}<p><small>{hint}</small></p>\n"}
        view = self.widget._repr_mimebundle_()
        return shown if view is None else shown | {WIDGET: view[0][WIDGET]}


def frame(table: Table) -> pd.DataFrame:
    """Return the data of the widget.

    Returns
    -------
    pandas.DataFrame
        A column of HTML for every column of the table, then for each of these one of ranks.
    """
    import pandas as pd

    columns = [list(column) for column in zip(*table.rows, strict=True)]
    order = [ranks(column, table.language) for column in columns]
    body = [[*map(_shown, row), *place] for row, *place in zip(table.rows, *order, strict=True)]
    names = [f"order-{place}" for place in range(len(table.columns))]
    return pd.DataFrame(body, columns=[*map(escape, table.columns), *names])


def _shown(cell: Cell) -> str:
    kind = f' class="{escape(cell.kind)}"' if cell.kind else ""
    return f"<div{kind}>{cell_html(cell)}</div>"


def options(table: Table) -> dict[str, Any]:
    """Return how itables shows the table: all rows, in the order of the report, with a search."""
    width = len(table.columns)
    words = Words(table.language)
    return {
        "autoWidth": False,
        "columnDefs": [
            {"targets": 0, "cellType": "th"},
            *(_column(place, kind, width) for place, kind in enumerate(classes(table)[0])),
            {"targets": list(range(width, 2 * width)), "visible": False, "searchable": False},
        ],
        "language": {name: words(f"table.{name}") for name in _TEXTS}
        | {"aria": {name: words(f"table.aria.{name}") for name in _ARIA}},
        "drawCallback": _captioned(table.caption),
        "layout": {"topStart": "search", "topEnd": None, "bottomStart": None, "bottomEnd": None},
        "paging": False,
        "maxBytes": 0,  # never a part of the rows only
        "showIndex": False,
        "allow_html": True,  # every text in it is escaped already
        "text_in_header_can_be_selected": False,  # a click on a heading sorts
        "classes": f"row-border hover {BOX}",
        "style": "table-layout:auto;width:auto;margin:0;caption-side:top",
        "css": stylesheet(table) + _GROUND,
    }


def _column(place: int, kind: str, width: int) -> dict[str, Any]:
    return {"targets": place, "orderData": [width + place], "className": kind}


def _captioned(caption: str) -> str:
    """Return the function that gives the table its caption: itables 2.9 loses the one it is told.

    The caption is markup for DataTables, hence the escaping for HTML and for the script.
    """
    from itables import JavascriptFunction

    return JavascriptFunction(
        f"function () {{ this.api().caption({dumps(escape(caption))}, 'top'); }}"
    )


def ranks(column: Sequence[Cell], language: str) -> list[int]:
    """Return the place of every cell in the order of its column; equal cells share one."""
    keys = [_order(cell, language) for cell in column]
    places = {key: place for place, key in enumerate(sorted(set(keys)))}
    return [places[key] for key in keys]


def _order(cell: Cell, language: str) -> Order:
    found = (cell.value, _verdict(cell), _number(cell, language))
    value = next((number for number in found if number is not None), None)
    if value is not None:
        return (_NUMBER, value, collation(""))
    said = any(mark.isalnum() for mark in cell.text)
    return (_TEXT if said else _NOTHING, 0.0, collation(cell.text))


def _verdict(cell: Cell) -> float | None:
    """Return the place of a verdict among all, from the best to those without an answer."""
    codes = [kind.removeprefix("verdict-") for kind in cell.kind.split()]
    return next((float(_VERDICTS.index(code)) for code in codes if code in _VERDICTS), None)


def _number(cell: Cell, language: str) -> float | None:
    """Read the first number of a cell that holds numbers, such as ``95,76 %``."""
    found = _FIRST_NUMBER.search(cell.text) if "number" in cell.kind.split() else None
    if found is None:
        return None
    sample = Words(language).number(1234.5)
    thousands, point = sample[1], sample[-2]
    digits = found[0].rstrip(".,").replace(thousands, "").replace(point, ".")
    return float(digits.replace("\u2212", "-"))
