"""All tables of an edition, data and results, as typed cells that every copy is written from.

They are read from the files of both packages, not from frames computed anew, so that a copy holds
what the CSV files hold and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from analysis.package import load

if TYPE_CHECKING:
    import pandas as pd

    from analysis.package import Tables
    from analysis.publish.edition import Edition

Cell = str | int | float | bool | date | None
Field = Mapping[str, Any]
Record = dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """One table with its description and its typed rows.

    Parameters
    ----------
    resource
        Its resource of the descriptor: ``name``, ``titles``, ``descriptions``, ``schema``.
    rows
        Rows of cells in the order of the fields: ``int``, ``float``, ``bool``, ``date``, ``str``
        as the schema says, ``None`` for an empty cell.
    """

    resource: Mapping[str, Any]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def name(self) -> str:
        """The name of the resource."""
        return str(self.resource["name"])

    @property
    def fields(self) -> Sequence[Field]:
        """The fields of the schema, in file order."""
        fields: Sequence[Field] = self.resource["schema"]["fields"]
        return fields

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field["name"] for field in self.fields)

    @property
    def key(self) -> tuple[str, ...]:
        """The fields of the primary key."""
        return tuple(self.resource["schema"].get("primaryKey", ()))

    @property
    def borrowed(self) -> frozenset[str]:
        """The fields whose values the schema takes from another table."""
        keys = self.resource["schema"].get("foreignKeys", ())
        return frozenset(name for key in keys for name in key["fields"])

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The rows as mappings."""
        return tuple(dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def where(self, column: str, value: Cell) -> list[Record]:
        """Return the rows in which a column has a value, in file order."""
        return self._by(column).get(value, [])

    def _by(self, column: str) -> dict[Cell, list[Record]]:
        if column not in self._indexes:
            index: dict[Cell, list[Record]] = {}
            for record in self.records:
                index.setdefault(record[column], []).append(record)
            self._indexes[column] = index
        return self._indexes[column]

    @cached_property
    def _indexes(self) -> dict[str, dict[Cell, list[Record]]]:
        return {}


class Content(Mapping[str, Table]):
    """The tables of both packages by name, those of the data first.

    Parameters
    ----------
    data, results
        The tables in the order of their descriptors; no name is in both.
    """

    def __init__(self, data: Sequence[Table], results: Sequence[Table]) -> None:
        self.data = tuple(data)
        self.results = tuple(results)
        self._tables = {table.name: table for table in (*data, *results)}

    def __getitem__(self, name: str) -> Table:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def reference(self, table: Table, column: str) -> tuple[str, str] | None:
        """Return the table and field that a column takes its values from, if there is one.

        It is the one that the schema declares. Results declare none: their columns are named
        after the id of the data that they hold, alone or after a word, so that a
        ``value_source_id`` holds a ``source_id``. The longest such name counts: a
        ``task_group_id`` is no ``group_id``.
        """
        for key in table.resource["schema"].get("foreignKeys", ()):
            if key["fields"] == [column]:
                return key["reference"]["resource"], key["reference"]["fields"][0]
        fitting = [key for key in self._homes if f"_{column}".endswith(f"_{key}")]
        name = max(fitting, key=len, default="")
        home = self._homes.get(name, table.name)
        return None if home == table.name else (home, name)

    @cached_property
    def _homes(self) -> dict[str, str]:
        """The tables of the data by the id that is their whole key, and comes from no other."""
        return {
            key: table.name
            for table in self.data
            for key in table.key
            if len(table.key) == 1 and key.endswith("_id") and key not in table.borrowed
        }


def read_content(edition: Edition) -> Content:
    """Return all tables of an edition, with every row that was ever recorded.

    Raises
    ------
    analysis.package.PackageError
        If the package of results is damaged.
    """
    return _content(edition, edition.plan.recorded)


def standing_content(edition: Edition) -> Content:
    """Return all tables of an edition without the rows that were taken back or corrected.

    Errors are those of :func:`read_content`.
    """
    return _content(edition, edition.plan.tables)


def _content(edition: Edition, data: Tables) -> Content:
    return Content(tables_of(data), tables_of(load(edition.outputs.results)))


def tables_of(package: Tables) -> tuple[Table, ...]:
    """Return the tables of a loaded package in the order of its descriptor."""
    return tuple(
        table_of(resource, package[resource["name"]])
        for resource in package.descriptor["resources"]
    )


def table_of(resource: Mapping[str, Any], frame: pd.DataFrame) -> Table:
    """Return a frame as a table; its columns are those of the resource's schema.

    Parameters
    ----------
    resource
        The resource of the descriptor.
    frame
        Typed as :class:`analysis.package.Tables` says.
    """
    columns = [_cells(field, frame[field["name"]]) for field in resource["schema"]["fields"]]
    return Table(resource, tuple(zip(*columns, strict=True)))


def _cells(field: Field, column: pd.Series[Any]) -> list[Cell]:
    convert = _TYPES[field["type"]]
    return [
        None if missing else convert(value)
        for value, missing in zip(column.tolist(), column.isna().tolist(), strict=True)
    ]


_TYPES: Final[Mapping[str, Callable[[Any], Cell]]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": lambda value: value.date(),
}
