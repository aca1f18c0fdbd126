"""The tables as one SQLite database: keys, constraints, views, and a description of itself.

The tables are no ``STRICT`` ones, which releases before 3.37 cannot open: each column checks the
type of its values itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final

from analysis.errors import UserError, raise_all
from analysis.package.database import create_table, insert_row
from analysis.publish.copies.about import CODES, COLUMNS, About, both, dictionary, facts
from analysis.publish.copies.tables import Cell, Content, Table
from analysis.publish.copies.views import read_view, views

TABLE_HEADS: Final = (
    "name", "kind", "title_vi", "title_en", "description_vi", "description_en", "row_count",
)  # fmt: skip
"""Columns of table ``about``."""

FACT_HEADS: Final = ("name", "value_vi", "value_en")
"""Columns of table ``about_package``."""

_SELF: Final = """
CREATE TABLE about (
  name TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('data', 'result', 'view', 'about')),
  title_vi TEXT NOT NULL, title_en TEXT NOT NULL,
  description_vi TEXT NOT NULL, description_en TEXT NOT NULL,
  row_count INTEGER NOT NULL
);
CREATE TABLE about_package (
  name TEXT NOT NULL PRIMARY KEY, value_vi TEXT NOT NULL, value_en TEXT NOT NULL
);
CREATE TABLE about_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, position INTEGER NOT NULL,
  type TEXT NOT NULL, title_vi TEXT NOT NULL, title_en TEXT NOT NULL,
  description_vi TEXT NOT NULL, description_en TEXT NOT NULL, unit_vi TEXT, unit_en TEXT,
  PRIMARY KEY (table_name, column_name), FOREIGN KEY (table_name) REFERENCES about (name)
);
CREATE TABLE codes (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, code TEXT NOT NULL,
  position INTEGER NOT NULL, label_vi TEXT NOT NULL, label_en TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name, code),
  FOREIGN KEY (table_name, column_name) REFERENCES about_columns (table_name, column_name)
);
"""
_ABOUT: Final = ("about", "about_package", COLUMNS, CODES)


def write_sqlite(about: About, content: Content, path: Path) -> Path:
    """Write the database of an edition and return its path.

    It holds every table of both packages, booleans as 1 and 0, dates as ISO 8601 text; the views
    of :mod:`analysis.publish.copies.views`; and, of itself, ``about`` (tables and views),
    ``about_columns``, ``about_package`` and ``codes`` (the meaning of every code). An older file
    is replaced.

    Raises
    ------
    analysis.errors.UserErrors
        If a row breaks a reference; all are named.
    sqlite3.IntegrityError
        If a row breaks another constraint.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA encoding = 'UTF-8'")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        _fill(connection, content)
        _describe(connection, about, content)
        raise_all(_broken(connection))
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    return path


def _fill(connection: sqlite3.Connection, content: Content) -> None:
    for table in content.values():
        connection.execute(create_table(table.name, _schema(table, content), "numbers"))
        statement = insert_row(table.name, table.columns)
        connection.executemany(statement, ([_stored(cell) for cell in row] for row in table.rows))


def _schema(table: Table, content: Content) -> Mapping[str, Any]:
    """Return the schema with a reference for each column that takes its values from a table."""
    keys = []
    for column in table.columns:
        found = content.reference(table, column)
        if found is not None:
            resource, field = found
            reference = {"resource": resource, "fields": [field]}
            keys.append({"fields": [column], "reference": reference})
    return {**table.resource["schema"], "foreignKeys": keys}


def _stored(cell: Cell) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else cell


def _describe(connection: sqlite3.Connection, about: About, content: Content) -> None:
    for statement in filter(str.strip, _SELF.split(";")):
        connection.execute(statement)
    for view in views():
        connection.execute(view.statement)
    told = [(name, text["vi"], text["en"]) for name, text in facts(about).items()]
    _insert(connection, "about_package", FACT_HEADS, told)
    shown = [read_view(connection, view, content) for view in views()]
    for table in dictionary([*content.values(), *shown]):
        _insert(connection, table.name, table.columns, table.rows)
    _insert(connection, "about", TABLE_HEADS, _tables(connection, content, shown))


def _tables(
    connection: sqlite3.Connection, content: Content, shown: Sequence[Table]
) -> Iterator[Sequence[Any]]:
    """Give one row for each table and view, under :data:`TABLE_HEADS`."""
    kinds = (("data", content.data), ("result", content.results), ("view", shown))
    for kind, tables in kinds:
        for table in tables:
            titles, texts = table.resource["titles"], table.resource["descriptions"]
            yield (*_named(table.name, kind, titles, texts), len(table.rows))
    for name in _ABOUT:
        titles, texts = both(f"about.{name}.title"), both(f"about.{name}.description")
        rows = len(content) + len(shown) + len(_ABOUT)
        if name != "about":  # which is being filled
            rows = connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        yield (*_named(name, "about", titles, texts), rows)


def _named(
    name: str, kind: str, titles: Mapping[str, str], texts: Mapping[str, str]
) -> Sequence[str]:
    return name, kind, titles["vi"], titles["en"], texts["vi"], texts["en"]


def _insert(
    connection: sqlite3.Connection, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    connection.executemany(insert_row(name, heads), rows)


def _broken(connection: sqlite3.Connection) -> Iterator[UserError]:
    """Give an error for each row that refers to nothing."""
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        where = f"table {table}, row {row}"
        mend = "run `plan155 check`, then `plan155 build` and `plan155 run`"
        yield UserError(f"a row refers to what table {parent} does not have", where, mend)
