"""Tables as they stand in their files: text cells, each row with its line.

The checks and the loader read through this module, so that both can say in which line a fault is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import UserError

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file.

    Attributes
    ----------
    line
        Number of the row's first line in the file; the header is line 1.
    """

    path: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def at(self, column: str = "") -> str:
        """Return where this is, for people: file, line and column."""
        place = f"{self.path}, line {self.line}"
        return f"{place}, column {column}" if column else place


@dataclass(frozen=True, slots=True)
class RawTable:
    """A file of rows; every cell is text."""

    name: str
    path: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class RawPackage:
    """A package folder as it stands.

    Attributes
    ----------
    descriptor
        The content of ``datapackage.json``.
    tables
        By resource name; a table whose file cannot be read is missing here.
    files
        The bytes of each resource file that is there, by resource name.
    """

    root: Path
    descriptor: Mapping[str, Any]
    tables: Mapping[str, RawTable]
    files: Mapping[str, bytes]

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table; none if the package does not have it."""
        return self.tables[name].rows if name in self.tables else ()

    def all_rows(self) -> Iterator[Row]:
        """Yield the rows of all tables."""
        for table in self.tables.values():
            yield from table.rows

    def by(self, name: str, column: str) -> dict[str, Row]:
        """Return the rows of a table by the value of one column, the last of equals winning."""
        return {row[column]: row for row in self.rows(name)}


def parse_csv(data: bytes, name: str, path: str, errors: list[UserError]) -> RawTable:
    """Read a CSV file, noting every fault of its form.

    Parameters
    ----------
    data
        The bytes of the file: UTF-8 without byte order mark, commas, a header.
    name, path
        The resource, and its path for messages.
    errors
        Faults are added here: bytes that are not UTF-8, no header, a column named twice, a row
        with another number of cells than the header, quotes that do not close.
    """
    try:
        text = data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        errors.append(UserError("not UTF-8", f"{path}, line {line}", "save the file as UTF-8"))
        return RawTable(name, path, (), ())
    records = list(_records(text, path, errors))
    if not records:
        errors.append(UserError("no header", path, "write the column names in the first line"))
        return RawTable(name, path, (), ())
    columns = tuple(records[0][1])
    if len(set(columns)) < len(columns):
        errors.append(UserError("a column is named twice", f"{path}, line 1", "rename one"))
    return RawTable(name, path, columns, tuple(_rows(records[1:], columns, path, errors)))


def _records(text: str, path: str, errors: list[UserError]) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        where = f"{path}, line {line}"
        errors.append(UserError(f"not readable as CSV ({error})", where, "mend the quotes"))


def _rows(
    records: list[tuple[int, list[str]]],
    columns: tuple[str, ...],
    path: str,
    errors: list[UserError],
) -> Iterator[Row]:
    for line, record in records:
        if len(record) != len(columns):
            what = f"{len(record)} cells where the header has {len(columns)}"
            errors.append(UserError(what, f"{path}, line {line}", "add or remove commas"))
        yield Row(path, line, dict(zip(columns, record, strict=False)))


def read_raw(root: Path, errors: list[UserError]) -> RawPackage:
    """Read the descriptor of a folder and every table it names, noting what cannot be read.

    Parameters
    ----------
    root
        The folder that holds ``datapackage.json``.
    errors
        Faults are added here: no descriptor, one that is not JSON, a missing or unreadable file.
    """
    descriptor = read_descriptor(root / "datapackage.json", errors)
    tables: dict[str, RawTable] = {}
    files: dict[str, bytes] = {}
    for resource in descriptor.get("resources", ()):
        name, path = str(resource.get("name", "")), str(resource.get("path", ""))
        if not (root / path).is_file():
            mend = "restore the file, or run `plan155 build`"
            errors.append(UserError(f"the file of table {name} is missing", path, mend))
            continue
        files[name] = (root / path).read_bytes()
        tables[name] = parse_csv(files[name], name, path, errors)
    return RawPackage(root, descriptor, tables, files)


def read_descriptor(path: Path, errors: list[UserError]) -> dict[str, Any]:
    """Return the content of a ``datapackage.json``; empty, with a fault noted, if it has none."""
    if not path.is_file():
        errors.append(UserError("no data package here", str(path), "run `plan155 build`"))
        return {}
    return parse_descriptor(path.read_bytes(), str(path), errors)


def parse_descriptor(data: bytes, where: str, errors: list[UserError]) -> dict[str, Any]:
    """Return the descriptor written in these bytes; empty, with a fault noted, if it is none."""
    mend = "run `plan155 build`, or fetch the package again"
    try:
        found = json.loads(data)
    except ValueError as error:
        errors.append(UserError(f"the descriptor is not JSON ({error})", where, mend))
        return {}
    if not isinstance(found, dict) or not isinstance(found.get("resources"), list):
        errors.append(UserError("the descriptor lists no resources", where, mend))
        return {}
    return found
