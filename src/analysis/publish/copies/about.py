"""What every copy says of itself: what it is, of which version, under which licence, how to cite.

Beside it the dictionary of all columns and codes, which the copies carry as tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from analysis.publish.copies.tables import Cell, Table
from analysis.words import LANGUAGES, Words

if TYPE_CHECKING:
    from analysis.publish.edition import Edition

Text = Mapping[str, str]
"""A text in Vietnamese and English: ``{"vi": …, "en": …}``."""


@dataclass(frozen=True)
class About:
    """What is published, for people.

    Attributes
    ----------
    name, version, created
        Of the data package; ``created`` as the descriptor writes it.
    title, description
        Of the data package.
    assessed_on
        The day of assessment, ISO 8601.
    base_year
        The base year of the paths to the targets.
    licence, licence_url, licence_title
        The licence of the data: its code (``CC-BY-4.0``), address and name.
    """

    name: str
    version: str
    created: str
    title: Text
    description: Text
    creator: Text
    assessed_on: str
    base_year: int
    licence: str
    licence_url: str
    licence_title: Text

    @property
    def time(self) -> datetime:
        """When the package was made, in UTC: the only time that a copy carries."""
        return datetime.fromisoformat(self.created).astimezone(UTC)

    @property
    def citation(self) -> Text:
        """How to cite the package."""
        return {
            language: Words(language)(
                "copies.citation",
                creator=self.creator[language],
                title=self.title[language],
                version=self.version,
                licence=self.licence_title[language],
            )
            for language in LANGUAGES
        }


def about(edition: Edition) -> About:
    """Return what is to be said of an edition."""
    told = edition.descriptor
    licence = told["licenses"][0]
    return About(
        name=edition.name,
        version=edition.version,
        created=told["created"],
        title=told["titles"],
        description=told["descriptions"],
        creator=told["contributors"][0]["titles"],
        assessed_on=edition.as_of.isoformat(),
        base_year=edition.base_year,
        licence=licence["name"],
        licence_url=licence["path"],
        licence_title=licence["titles"],
    )


def facts(about: About) -> dict[str, Text]:
    """Return what is said of the package, each under its name, in the order in which it is read."""
    plain = {
        "name": about.name,
        "version": about.version,
        "created": about.created,
        "assessed_on": about.assessed_on,
        "base_year": str(about.base_year),
        "licence_code": about.licence,
        "licence_url": about.licence_url,
    }
    same = {name: {"vi": value, "en": value} for name, value in plain.items()}
    return {
        "title": about.title,
        "description": about.description,
        **same,
        "licence": about.licence_title,
        "citation": about.citation,
        "citation_value": both("citation_value"),
        "english": both("unofficial"),
    }


def both(key: str, **values: object) -> Text:
    """Return a text of the copies in both languages: ``both("citation")``."""
    return {language: Words(language)(f"copies.{key}", **values) for language in LANGUAGES}


COLUMNS: Final = "about_columns"
"""The table that explains every column."""
CODES: Final = "codes"
"""The table that explains every code."""


def dictionary(tables: Iterable[Table]) -> tuple[Table, Table]:
    """Return the tables that explain every column and every code of other tables."""
    tables = list(tables)
    return (
        _table(COLUMNS, _COLUMN_FIELDS, [row for one in tables for row in _column_rows(one)]),
        _table(CODES, _CODE_FIELDS, [row for one in tables for row in _code_rows(one)]),
    )


_COLUMN_FIELDS: Final = {
    "table_name": "string",
    "column_name": "string",
    "position": "integer",
    "type": "string",
    "title_vi": "string",
    "title_en": "string",
    "description_vi": "string",
    "description_en": "string",
    "unit_vi": "string",
    "unit_en": "string",
}
_CODE_FIELDS: Final = {
    "table_name": "string",
    "column_name": "string",
    "code": "string",
    "position": "integer",
    "label_vi": "string",
    "label_en": "string",
}


def _column_rows(table: Table) -> Iterator[tuple[Cell, ...]]:
    for place, field in enumerate(table.fields, 1):
        texts = (field["titles"], field["descriptions"], field.get("unit", {}))
        told = (text.get(language) for text in texts for language in LANGUAGES)
        yield (table.name, field["name"], place, field["type"], *told)


def _code_rows(table: Table) -> Iterator[tuple[Cell, ...]]:
    for field in table.fields:
        for place, (code, label) in enumerate(field.get("enumLabels", {}).items(), 1):
            yield (table.name, field["name"], code, place, label["vi"], label["en"])


def _table(name: str, types: Mapping[str, str], rows: Iterable[tuple[Cell, ...]]) -> Table:
    fields = [
        {
            "name": field,
            "type": kind,
            "titles": both(f"column.{field}.title"),
            "descriptions": both(f"column.{field}.description"),
        }
        for field, kind in types.items()
    ]
    resource = {
        "name": name,
        "titles": both(f"about.{name}.title"),
        "descriptions": both(f"about.{name}.description"),
        "schema": {"fields": fields},
    }
    return Table(resource, tuple(rows))
