"""The dictionary: every table and column of the data package and of the results, as described."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from analysis.package.dictionary import rules
from analysis.publish.layout import RESULTS
from analysis.publish.site.markdown import inline
from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    name, title
        What it is called by programs, and by readers.
    kind
        The type of its values.
    rules
        What its values must keep to: in words, and the value of the rule if it has one.
    meaning
        What it says.
    unit, example
        Empty where there is none.
    codes
        Its codes with their wording.
    """

    name: str
    title: str
    kind: str
    rules: Sequence[tuple[str, str]]
    meaning: Markup
    unit: str
    example: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """A table.

    Parameters
    ----------
    name, title
        What it is called by programs, and by readers.
    description
        What it holds.
    file
        The link to it.
    rows
        How many it has.
    key
        The columns that tell its rows apart.
    refers
        Columns whose values are keys of another table, with its name.
    columns
        Its columns in their order.
    """

    name: str
    title: str
    description: Markup
    file: Link
    rows: int
    key: Sequence[str]
    refers: Sequence[tuple[str, str]]
    columns: Sequence[Column]


def shelves(writer: Writer) -> dict[str, list[Entry]]:
    """Return the tables by ``plan``, ``observed``, ``reference`` and ``results``."""
    found: dict[str, list[Entry]] = {}
    for resource in writer.edition.descriptor["resources"]:
        place = PurePosixPath(resource["path"]).parent.name
        found.setdefault(place, []).append(_entry(writer, resource, ""))
    results = writer.edition.results_descriptor["resources"]
    found[RESULTS] = [_entry(writer, resource, f"{RESULTS}/") for resource in results]
    return found


def _entry(writer: Writer, resource: Mapping[str, Any], folder: str) -> Entry:
    schema, language = resource["schema"], writer.language
    path = f"{folder}{resource['path']}"
    return Entry(
        name=resource["name"],
        title=resource["titles"][language],
        description=inline(resource["descriptions"][language]),
        file=Link(f"/{path}", path),
        rows=resource["rowCount"],
        key=schema["primaryKey"],
        refers=list(_references(schema)),
        columns=[_column(field, language) for field in schema["fields"]],
    )


def _references(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in schema.get("foreignKeys", ()):
        yield key["fields"][0], key["reference"]["resource"]


def _column(field: Mapping[str, Any], language: str) -> Column:
    return Column(
        name=field["name"],
        title=field["titles"][language],
        kind=field["type"],
        rules=rules(field, language),
        meaning=inline(field["descriptions"][language]),
        unit=field["unit"][language] if "unit" in field else "",
        example=str(field["example"]),
        codes={code: text[language] for code, text in field.get("enumLabels", {}).items()},
    )
