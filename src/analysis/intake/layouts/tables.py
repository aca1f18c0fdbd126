"""Tables of the package that come back: compared with what is recorded, never taken in.

Somebody may export a table, look at it in a spreadsheet and hand it in again. A row that is as
recorded is nothing new. A row that is not cannot be taken: new values come in the layout of
collected rows or in a form, and everything else is changed where it is declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from analysis.intake.layouts.headers import Headed
from analysis.intake.model import Cell, Finding, Place
from analysis.observe.checks import is_number

MEND = (
    "hand in new values in the layout of collected rows or in a form; "
    "the tables of the package are compared only"
)


def table_layouts(descriptor: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the columns of each table of the package, by its name."""
    return {
        resource["name"]: tuple(one["name"] for one in resource["schema"]["fields"])
        for resource in descriptor["resources"]
    }


def differences(
    sheet: Headed, descriptor: Mapping[str, Any], rows: Sequence[Mapping[str, str]]
) -> Iterator[Finding]:
    """Return a finding for each row of a sheet that is not a row of its table.

    Parameters
    ----------
    sheet
        In the layout of a table.
    descriptor
        That of the package, for keys and types.
    rows
        The rows of the table as recorded, each cell as text.
    """
    schema = next(x for x in descriptor["resources"] if x["name"] == sheet.layout)["schema"]
    types = {one["name"]: one["type"] for one in schema["fields"]}
    recorded = {_key(row, schema["primaryKey"], types): row for row in rows}
    for cells in map(sheet.cells, sheet.rows):
        row = {name: cell.text for name, cell in cells.items()}
        known = recorded.get(_key(row, schema["primaryKey"], types))
        yield from _compared(sheet.layout, cells, known, types)


def _key(row: Mapping[str, str], names: list[str], types: Mapping[str, str]) -> tuple[object, ...]:
    return tuple(_plain(row[name], types[name]) for name in names)


def _compared(
    table: str,
    cells: Mapping[str, Cell],
    known: Mapping[str, str] | None,
    types: Mapping[str, str],
) -> Iterator[Finding]:
    first = next(iter(cells.values())).place
    if known is None:
        what = f"table {table} has no such row"
        yield Finding(
            "not-recorded", "error", what, Place(first.file, first.sheet, first.row), MEND
        )
        return
    for name, cell in cells.items():
        if _plain(cell.text, types[name]) != _plain(known[name], types[name]):
            what = f"column {name} of table {table} says {known[name]!r}, this file {cell.text!r}"
            yield Finding("not-as-recorded", "error", what, cell.place, MEND)


def _plain(text: str, kind: str) -> object:
    """Return a cell as it is compared: numbers by their value, texts without blanks at the ends."""
    if kind in {"number", "integer"} and is_number(text):
        return Decimal(text)
    if kind == "boolean":
        return text.casefold()
    return " ".join(text.split())
