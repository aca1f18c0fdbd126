"""Copies of the data in the forms that people and programs ask for, all of the same content.

``write_copies``
    Zip file, XLSX workbook, SQLite database, Parquet and JSON.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from analysis.publish.copies.tables import Content, Table
    from analysis.publish.edition import Edition

__all__ = ["write_copies"]

FOR_READING: Final = ("v_gap", "v_observations", "v_answers")
"""Views of the database that are sheets of the workbook."""


def write_copies(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """Write all copies of an edition into a folder and return their paths, sorted.

    They are ``NAME.zip``, ``NAME.xlsx``, ``NAME.sqlite``, where ``NAME`` is that of the package,
    and ``parquet/TABLE.parquet`` and ``json/TABLE.json`` for each table of the data and of the
    results. The same edition gives the same bytes, wherever and whenever they are written.

    Parameters
    ----------
    edition
        What is published.
    folder
        Made if it does not exist; files of the same names are replaced.

    Raises
    ------
    analysis.errors.UserErrors
        If a file of the package is missing or not the one that its descriptor describes.
    """
    from analysis.publish.copies.about import about
    from analysis.publish.copies.json_tables import write_json_tables
    from analysis.publish.copies.parquet import write_parquet
    from analysis.publish.copies.sqlite import write_sqlite
    from analysis.publish.copies.tables import read_content
    from analysis.publish.copies.xlsx import write_xlsx
    from analysis.publish.copies.zip_copy import write_zip

    folder.mkdir(parents=True, exist_ok=True)
    told, content = about(edition), read_content(edition)
    database = write_sqlite(told, content, folder / f"{told.name}.sqlite")
    shown = _for_reading(database, content)
    written = (
        database,
        write_zip(edition, told, folder / f"{told.name}.zip"),
        write_xlsx(told, content, shown, folder / f"{told.name}.xlsx"),
        *write_parquet(told, content, folder / "parquet"),
        *write_json_tables(content, folder / "json"),
    )
    return tuple(sorted(written))


def _for_reading(database: Path, content: Content) -> list[Table]:
    """Return the views that are sheets of the workbook."""
    from analysis.publish.copies.views import read_view, views

    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as opened:
        named = {view.name: view for view in views()}
        return [read_view(opened, named[name], content) for name in FOR_READING]
