"""Which rows of the data a report depends on, found through the keys that join the tables.

A report sees the rows of its subject, everything that belongs to those rows (an indicator's
series, a series' observations), and everything that any of them names (an observation's source).
The descriptor says which column names which table, so that a new table is found by itself. A few
small tables are read whole by every report (:data:`WHOLE`).

Read with the standard library alone: a run with nothing to do reads nothing else.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from analysis.errors import UserError
from analysis.runs.facts import DESCRIPTOR

WHOLE: Final = (
    "agencies", "agency_successions", "areas", "levels", "sections", "unit_aliases", "units",
)  # fmt: skip
"""Tables of names and codes, and the plan's text; each of their rows may matter to any report."""

ROOTS: Final = {"group_id": "indicator_groups", "task_group_id": "task_groups"}
"""The table whose row is the subject of a report."""

ON_ADDITIONS: Final = "withdrawals"
"""The table of what became of whole additions; a row of it is about all that came with one."""

Chosen = Mapping[str, frozenset[int]]
"""By table: the positions of rows."""


@dataclass(frozen=True)
class Link:
    """A column whose values name rows of another table."""

    table: str
    column: str
    target: str
    key: str


@dataclass(frozen=True)
class Table:
    """A table as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> list[str]:
        """Return the values of a column."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]


@dataclass(frozen=True)
class Data:
    """All tables of a package, and the links between them."""

    tables: Mapping[str, Table]
    links: tuple[Link, ...]

    def all(self) -> Chosen:
        """Return every row of every table."""
        return {name: frozenset(range(len(table.rows))) for name, table in self.tables.items()}

    def of_subject(self, parameter: str, subject: str) -> Chosen:
        """Return the rows on which a report depends.

        Parameters
        ----------
        parameter
            What the report is about: ``group_id``, ``task_group_id``, ``agency_id``, or empty for
            the whole plan.
        subject
            Which one.
        """
        if not parameter:
            return self.all()
        start = (
            self._of_agency(subject)
            if parameter == "agency_id"
            else {ROOTS[parameter]: self._named(ROOTS[parameter], parameter, {subject})}
        )
        whole = {name: rows for name, rows in self.all().items() if name in WHOLE}
        belonging = self._spread(start, downwards=True)
        chosen = self._spread(_joined(belonging, whole), downwards=False)
        return _joined(chosen, self._withdrawn(chosen))

    def _withdrawn(self, chosen: Chosen) -> Chosen:
        """Return the withdrawals of additions by which any of the chosen rows came in."""
        if ON_ADDITIONS not in self.tables or "additions" not in chosen:
            return {}
        additions = self.tables["additions"].column("addition_id")
        came_by = {additions[place] for place in chosen["additions"]}
        return {ON_ADDITIONS: self._named(ON_ADDITIONS, "addition_id", came_by)}

    def digests(self, chosen: Chosen) -> dict[str, str]:
        """Return a SHA-256 digest of the chosen rows of each table that has any."""
        return {
            name: self._digest(name, places) for name, places in sorted(chosen.items()) if places
        }

    def _digest(self, name: str, places: Iterable[int]) -> str:
        table = self.tables[name]
        told = json.dumps([table.columns, *(table.rows[place] for place in sorted(places))])
        return hashlib.sha256(told.encode()).hexdigest()

    def _of_agency(self, agency: str) -> dict[str, frozenset[int]]:
        """Return the indicators and tasks of an agency, of those before it and of those after it.

        An indicator counts whole: the name of one of its parts says whether there are others.
        """
        near = self._near(agency)
        series = self._assigned("indicator_agencies", "series_id", near)
        tasks = self._assigned("task_agencies", "task_id", near)
        start = {"tasks": self._named("tasks", "task_id", tasks)} if tasks else {}
        if series:
            indicators = self.tables["series"].column("indicator_id")
            whole = {indicators[place] for place in self._named("series", "series_id", series)}
            start["indicators"] = self._named("indicators", "indicator_id", whole)
        return start

    def _assigned(self, table: str, key: str, agencies: set[str]) -> set[str]:
        """Return what a table assigns to some agencies; nothing if there is no such table."""
        if table not in self.tables:
            return set()
        column = self.tables[table].column(key)
        return {column[place] for place in self._named(table, "agency_id", agencies)}

    def _near(self, agency: str) -> set[str]:
        near = {agency}
        if "agency_successions" in self.tables:
            table = self.tables["agency_successions"]
            pairs = zip(table.column("predecessor_id"), table.column("successor_id"), strict=True)
            near |= {one for pair in pairs if agency in pair for one in pair}
        return near

    def _spread(
        self, start: Mapping[str, frozenset[int]], *, downwards: bool
    ) -> dict[str, frozenset[int]]:
        """Follow the links: downwards to what names the rows, else to what the rows name."""
        found: dict[str, set[int]] = defaultdict(set)
        front = [(name, place) for name, places in start.items() for place in places]
        while front:
            name, place = front.pop()
            if place in found[name]:
                continue
            found[name].add(place)
            front += self._naming(name, place) if downwards else self._named_by(name, place)
        return {name: frozenset(places) for name, places in found.items()}

    def _naming(self, name: str, place: int) -> Iterator[tuple[str, int]]:
        for link in self.links:
            if link.target == name and link.table != name:
                value = self.tables[name].rows[place][self._column(name, link.key)]
                yield from (
                    (link.table, one) for one in self._index(link.table, link.column)[value]
                )

    def _named_by(self, name: str, place: int) -> Iterator[tuple[str, int]]:
        for link in self.links:
            if link.table == name:
                value = self.tables[name].rows[place][self._column(name, link.column)]
                yield from ((link.target, one) for one in self._index(link.target, link.key)[value])

    def _named(self, name: str, column: str, values: Iterable[str]) -> frozenset[int]:
        index = self._index(name, column)
        return frozenset(place for value in values for place in index[value])

    def _column(self, name: str, column: str) -> int:
        return self.tables[name].columns.index(column)

    def _index(self, name: str, column: str) -> Mapping[str, list[int]]:
        """Return the positions of rows by the value of a column."""
        if (name, column) not in self._indexes:
            index: dict[str, list[int]] = defaultdict(list)
            for place, value in enumerate(self.tables[name].column(column)):
                index[value].append(place)
            self._indexes[name, column] = index
        return self._indexes[name, column]

    @cached_property
    def _indexes(self) -> dict[tuple[str, str], Mapping[str, list[int]]]:
        return {}


def read_data(root: Path) -> Data:
    """Read all tables of the package in a folder.

    Raises
    ------
    UserError
        If the descriptor or a table cannot be read; the message names the file.
    """
    path = root / DESCRIPTOR
    tables = {}
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
        for one in resources:
            path = root / one["path"]
            tables[one["name"]] = _read(path)
        path = root / DESCRIPTOR
        links = tuple(link for one in resources for link in _links(one))
    except (OSError, ValueError, KeyError, TypeError, csv.Error, StopIteration) as error:
        why = getattr(error, "strerror", None) or f"{error}" or type(error).__name__
        what = f"the data package cannot be read: {why}"
        raise UserError(what, str(path), "restore it, or run `plan155 check`") from None
    known = tuple(one for one in links if {one.table, one.target} <= set(tables))
    return Data(tables, known)


def _read(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        columns, rows = tuple(next(reader)), tuple(tuple(row) for row in reader)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            raise ValueError(f"row {number} has {len(row)} of {len(columns)} cells")
    return Table(columns, rows)


def _links(resource: Mapping[str, object]) -> Iterator[Link]:
    schema = resource.get("schema") or {}
    if not isinstance(schema, dict):
        raise TypeError("a schema is no object")
    for key in schema.get("foreignKeys", ()):
        fields, reference = _list(key["fields"]), key["reference"]
        if len(fields) == 1:
            (field,), (target,) = fields, _list(reference["fields"])
            yield Link(str(resource["name"]), field, str(reference["resource"]), target)


def _list(names: str | Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _joined(*parts: Chosen) -> dict[str, frozenset[int]]:
    joined: dict[str, frozenset[int]] = {}
    for part in parts:
        for name, places in part.items():
            joined[name] = joined.get(name, frozenset()) | places
    return joined
