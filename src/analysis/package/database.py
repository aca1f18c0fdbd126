"""The package's tables as SQLite statements with real keys, and a trial load of the rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal

from analysis.package.raw import RawPackage, Row

_SQL_TYPES = {"integer": "INTEGER", "number": "REAL"}

_BOOLEANS = {"INTEGER": "0, 1", "TEXT": "'true', 'false'"}

Booleans = Literal["words", "numbers"]
"""How a boolean is stored: as in the files (``'true'``, ``'false'``), or as 1 and 0."""


def create_table(name: str, schema: Mapping[str, Any], booleans: Booleans = "words") -> str:
    """Return the ``CREATE TABLE`` statement of a resource.

    Parameters
    ----------
    name
        The resource, which gives the table its name.
    schema
        Its Table Schema. Types, ``required``, ``unique``, ``enum``, ``minimum``, ``maximum``,
        primary and foreign keys become constraints; ``pattern`` does not, since SQLite has no
        regular expressions of its own.
    booleans
        How they are stored.
    """
    primary = schema["primaryKey"]
    lines = [_column(field, field["name"] in primary, booleans) for field in schema["fields"]]
    lines.append(f"PRIMARY KEY ({names(primary)})")
    for key in schema.get("foreignKeys", ()):
        target = key["reference"]
        lines.append(
            f"FOREIGN KEY ({names(key['fields'])}) "
            f"REFERENCES {quoted(target['resource'])} ({names(target['fields'])})"
        )
    return f"CREATE TABLE {quoted(name)} (\n  " + ",\n  ".join(lines) + "\n)"


def load_rows(raw: RawPackage) -> list[tuple[str, str]]:
    """Load all rows into a database in memory; return what it refuses, as (where, what).

    References are followed only if no row is refused, since a refused row is missed by others.
    """
    connection = sqlite3.connect(":memory:")
    resources = [one for one in raw.descriptor["resources"] if one.get("name") in raw.tables]
    stored: dict[tuple[str, int], Row] = {}
    try:
        for resource in resources:
            connection.execute(create_table(resource["name"], resource["schema"]))
        refused = [
            fault for one in resources for fault in _insert(connection, one["name"], raw, stored)
        ]
        return refused or list(_broken_references(connection, stored))
    except (KeyError, sqlite3.OperationalError) as error:
        return [("datapackage.json", f"the schemas make no database: {error}")]
    finally:
        connection.close()


def _column(field: Mapping[str, Any], in_key: bool, booleans: Booleans) -> str:
    constraints = field.get("constraints", {})
    name, sql_type = quoted(field["name"]), _sql_type(field, booleans)
    words = [name, sql_type]
    if in_key or constraints.get("required"):
        words.append("NOT NULL")
    if constraints.get("unique"):
        words.append("UNIQUE")
    tests = " AND ".join(_tests(field, name, sql_type))
    return f"{' '.join(words)} CONSTRAINT {name} CHECK ({tests})"


def _sql_type(field: Mapping[str, Any], booleans: Booleans) -> str:
    if field["type"] == "boolean" and booleans == "numbers":
        return "INTEGER"
    return _SQL_TYPES.get(field["type"], "TEXT")


def _tests(field: Mapping[str, Any], name: str, sql_type: str) -> Iterator[str]:
    kind, constraints = field["type"], field.get("constraints", {})
    yield f"typeof({name}) IN ('{sql_type.lower()}', 'null')"
    if kind == "boolean":
        yield f"{name} IN ({_BOOLEANS[sql_type]})"
    if kind == "date":
        yield f"{name} IS date({name}, '+0 days')"
    if "enum" in constraints:
        yield f"{name} IN ({', '.join(_literal(value) for value in constraints['enum'])})"
    if "minimum" in constraints:
        yield f"{name} >= {_literal(constraints['minimum'])}"
    if "maximum" in constraints:
        yield f"{name} <= {_literal(constraints['maximum'])}"


def insert_row(name: str, columns: Collection[str]) -> str:
    """Return the ``INSERT`` statement of a table, with a mark for each column."""
    marks = ", ".join("?" for _ in columns)
    return f"INSERT INTO {quoted(name)} ({names(columns)}) VALUES ({marks})"


def _insert(
    connection: sqlite3.Connection,
    name: str,
    raw: RawPackage,
    stored: dict[tuple[str, int], Row],
) -> Iterator[tuple[str, str]]:
    """Insert a table's rows, remembering the number that each was given."""
    table = raw.tables[name]
    statement = insert_row(name, table.columns)
    for row in table.rows:
        try:
            cursor = connection.execute(statement, [row[one] or None for one in table.columns])
        except sqlite3.IntegrityError as error:
            yield row.at(), str(error)
        else:
            stored[name, cursor.lastrowid or 0] = row


def _broken_references(
    connection: sqlite3.Connection, stored: Mapping[tuple[str, int], Row]
) -> Iterator[tuple[str, str]]:
    for name, number, parent, key in connection.execute("PRAGMA foreign_key_check").fetchall():
        keys = connection.execute(f"PRAGMA foreign_key_list({quoted(name)})").fetchall()
        column = next(one[3] for one in keys if one[0] == key)
        row = stored[name, number]
        yield row.at(column), f"{row[column]!r} is not in table {parent}"


def names(columns: Iterable[str]) -> str:
    """Return names of columns as SQL lists them: ``"a", "b"``."""
    return ", ".join(quoted(name) for name in columns)


def quoted(name: str) -> str:
    """Return the name of a table or column as SQL has it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def _literal(value: object) -> str:
    return (
        str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"
    )
