"""The tables as Parquet: one file a table, typed, with its description in the file's metadata."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publish.copies.about import About
from analysis.publish.copies.tables import Content, Table
from analysis.words import LANGUAGES

if TYPE_CHECKING:
    import polars


def write_parquet(about: About, content: Content, folder: Path) -> tuple[Path, ...]:
    """Write every table as ``NAME.parquet`` into a folder and return the paths.

    Columns are ``int64``, ``double``, ``boolean``, ``date`` and UTF-8 ``string``; an empty cell
    is null. The metadata of each file say what the table is, of which version of which package,
    and under which licence.

    Parameters
    ----------
    about
        What is published.
    content
        The tables.
    folder
        Made if it does not exist.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(
        _write(table, folder / f"{name}.parquet", metadata(about, table))
        for name, table in content.items()
    )


def metadata(about: About, table: Table) -> dict[str, str]:
    """Return what the file of a table says of itself: short texts by name."""
    told = {
        "name": table.name,
        "package": about.name,
        "version": about.version,
        "created": about.created,
        "licence": about.licence,
        "licence_url": about.licence_url,
        "primary_key": " ".join(table.key),
    }
    for language in LANGUAGES:
        told[f"title_{language}"] = table.resource["titles"][language]
        told[f"description_{language}"] = table.resource["descriptions"][language]
        told[f"citation_{language}"] = about.citation[language]
    return told


def _write(table: Table, path: Path, told: dict[str, str]) -> Path:
    import polars

    types = _types()
    schema = {field["name"]: types[field["type"]] for field in table.fields}
    frame = polars.DataFrame(table.rows, schema=schema, orient="row", strict=True)
    frame.write_parquet(path, compression="zstd", compression_level=9, metadata=told)
    return path


def _types() -> dict[str, type[polars.DataType] | Any]:
    import polars

    return {
        "string": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
    }
