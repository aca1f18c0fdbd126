"""Rows of tables as the interface gives them: typed values, and beside every code what it means.

What stands beside a field follows from its schema alone, and so does the JSON Schema of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from analysis.publish.copies.about import both
from analysis.publish.copies.tables import Cell, Content, Field, Record, Table

Json = dict[str, Any]

NAMES: Final[Mapping[str, str]] = {
    "indicator_groups": "name",
    "indicators": "name",
    "series": "label",
    "units": "label",
    "levels": "label",
    "agencies": "name",
    "task_groups": "name",
    "tasks": "name",
    "areas": "name",
}
"""Tables whose rows have names in both languages, and how these columns begin."""

SOURCE_FACTS: Final = ("url", "publisher", "title")
"""What is told of a source wherever it is named."""


@dataclass(frozen=True)
class Extra:
    """A property that stands after a field and explains its value.

    Attributes
    ----------
    schema
        Its JSON Schema.
    value
        Returns what it says, given the value of the field.
    """

    name: str
    schema: Json
    value: Callable[[Cell], Any]


class Rows:
    """Tells rows of the tables of an edition.

    Parameters
    ----------
    content
        All tables.
    """

    def __init__(self, content: Content) -> None:
        self.content = content
        self._extras: dict[tuple[str, str], tuple[Extra, ...]] = {}
        self._known: dict[str, dict[Cell, Record]] = {}

    def tell(self, table: Table, record: Record) -> Json:
        """Return a row: its fields under their names, each followed by what explains it."""
        told: Json = {}
        for field in table.fields:
            cell = record[field["name"]]
            told[field["name"]] = cell.isoformat() if isinstance(cell, date) else cell
            told |= {extra.name: extra.value(cell) for extra in self.extras(table, field)}
        return told

    def properties(self, table: Table) -> Json:
        """Return the JSON Schema of each property of a row of a table."""
        told: Json = {}
        for field in table.fields:
            told[field["name"]] = field_schema(field)
            told |= {extra.name: extra.schema for extra in self.extras(table, field)}
        return told

    def extras(self, table: Table, field: Field) -> tuple[Extra, ...]:
        """Return what stands beside a field."""
        key = (table.name, field["name"])
        if key not in self._extras:
            self._extras[key] = tuple(self._found(table, field))
        return self._extras[key]

    def _found(self, table: Table, field: Field) -> Iterable[Extra]:
        name = field["name"]
        home = self.content.reference(table, name)
        if "enumLabels" in field:
            yield self._meaning(field)
        elif name.endswith("source_ids"):
            yield self._sources(name)
        elif name.endswith("_ids"):
            yield self._names(name)
        elif home is not None and home[0] == "sources":
            yield from self._source(name)
        elif home is not None and home[0] in NAMES:
            yield self._name(name, *home)

    def _meaning(self, field: Field) -> Extra:
        labels: Mapping[str, Json] = field["enumLabels"]

        def meant(cell: Cell) -> Json | None:
            return None if cell is None else dict(labels[str(cell)])

        def each(cell: Cell) -> list[Json]:
            return [{"code": code, **labels[code]} for code in _listed(cell)]

        if "separator" in field:
            return Extra(f"{field['name']}_labels", _list_of("labelled"), each)
        return Extra(f"{field['name']}_label", _or_null("text"), meant)

    def _name(self, column: str, table: str, key: str) -> Extra:
        def named(cell: Cell) -> Json | None:
            return None if cell is None else self._text(table, key, cell)

        return Extra(f"{column}_label", _or_null("text"), named)

    def _names(self, column: str) -> Extra:
        def named(cell: Cell) -> list[Json]:
            return [
                {"code": code, **self._text("agencies", "agency_id", code)}
                for code in _listed(cell)
            ]

        return Extra(f"{column}_labels", _list_of("labelled"), named)

    def _source(self, column: str) -> Iterable[Extra]:
        prefix = column.removesuffix("source_id")
        for fact in SOURCE_FACTS:

            def told(cell: Cell, fact: str = fact) -> Cell:
                return None if cell is None else self._row("sources", "source_id", cell)[fact]

            yield Extra(f"{prefix}source_{fact}", {"type": ["string", "null"]}, told)

    def _sources(self, column: str) -> Extra:
        def told(cell: Cell) -> list[Json]:
            rows = (self._row("sources", "source_id", code) for code in _listed(cell))
            return [{key: row[key] for key in ("source_id", *SOURCE_FACTS)} for row in rows]

        return Extra(f"{column.removesuffix('_ids')}s", _list_of("cited"), told)

    def _text(self, table: str, key: str, cell: Cell) -> Json:
        row, stem = self._row(table, key, cell), NAMES[table]
        return {"vi": row[f"{stem}_vi"], "en": row[f"{stem}_en"]}

    def _row(self, table: str, key: str, cell: Cell) -> Record:
        if table not in self._known:
            self._known[table] = {row[key]: row for row in self.content[table].records}
        return self._known[table][cell]


def _listed(cell: Cell) -> list[str]:
    return [] if cell is None else str(cell).split()


def reference(name: str) -> Json:
    """Return the schema of what is defined under a name."""
    return {"$ref": f"#/$defs/{name}"}


def _or_null(name: str) -> Json:
    return {"anyOf": [reference(name), {"type": "null"}]}


def _list_of(name: str) -> Json:
    return {"type": "array", "items": reference(name)}


def described(key: str) -> Json:
    """Return the annotations of a property that is worded."""
    texts = both(key)
    return {"description": texts["vi"], "descriptions": dict(texts)}


def field_schema(field: Field) -> Json:
    """Return the JSON Schema of a field's values."""
    rules, kind = field.get("constraints", {}), field["type"]
    may_miss = not rules.get("required")
    name = "string" if kind == "date" else kind
    schema: Json = {"type": [name, "null"] if may_miss else name}
    if "enum" in rules:
        schema["enum"] = [*rules["enum"], *([None] if may_miss else [])]
    if "pattern" in rules:
        schema["pattern"] = f"^(?:{rules['pattern']})$"
    if kind == "date":
        schema |= {"format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    schema |= {rule: rules[rule] for rule in ("minimum", "maximum") if rule in rules}
    told = {key: field[key] for key in ("titles", "descriptions", "unit") if key in field}
    return {
        **schema,
        "title": field["titles"]["vi"],
        "description": field["descriptions"]["vi"],
        **told,
    }
