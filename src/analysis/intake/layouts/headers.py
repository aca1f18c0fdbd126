"""Finding the row of column names on a sheet, and which layout has these columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.intake.model import Cell, Place, Sheet

SEARCHED = 10
"""Rows from the top among which the names of the columns are looked for: titles may precede."""


@dataclass(frozen=True)
class Headed:
    """A sheet with known columns.

    Parameters
    ----------
    layout
        The name of the layout that has these columns.
    columns
        Column name → its position in a row, from 0.
    rows
        The rows under the head that hold anything.
    """

    layout: str
    sheet: Sheet
    columns: Mapping[str, int]
    rows: tuple[tuple[Cell, ...], ...]

    def cells(self, row: tuple[Cell, ...]) -> dict[str, Cell]:
        """Return the cells of a row by column."""
        return {name: row[place] for name, place in self.columns.items()}


def names_of(row: tuple[Cell, ...]) -> tuple[str, ...]:
    """Return what stands in a row, empty cells at its end left out."""
    names = [cell.text.strip().casefold() for cell in row]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def headed(sheet: Sheet, layouts: Mapping[str, tuple[str, ...]]) -> Headed | None:
    """Return the sheet with the layout whose columns, in any order, one of its rows names.

    Parameters
    ----------
    sheet
        Any sheet.
    layouts
        Columns of each layout, by its name.
    """
    for number, row in enumerate(sheet.rows[:SEARCHED]):
        names = names_of(row)
        for layout, columns in layouts.items():
            if len(names) == len(columns) and set(names) == set(columns):
                places = {name: names.index(name) for name in columns}
                return Headed(layout, sheet, places, tuple(_filled(sheet.rows[number + 1 :])))
    return None


def _filled(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[tuple[Cell, ...]]:
    return (row for row in rows if any(cell.text.strip() for cell in row))


def nearest(sheet: Sheet, layouts: Mapping[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    """Return the layout that a sheet comes nearest to, and which of its columns are missing."""
    best: tuple[str, int, tuple[str, ...]] = ("", 0, ())
    for row in sheet.rows[:SEARCHED]:
        names = set(names_of(row))
        for layout, columns in layouts.items():
            shared = len(names & set(columns))
            if shared > best[1]:
                best = (layout, shared, tuple(x for x in columns if x not in names))
    return best[0], best[2]


def top(sheet: Sheet, file: str) -> Place:
    """Return the place of a sheet as a whole."""
    return Place(file, sheet.name)
