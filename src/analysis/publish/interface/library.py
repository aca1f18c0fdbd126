"""What the documents are written from: the edition's tables, told row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.copies.about import About, about, both
from analysis.publish.copies.tables import Cell, Table, standing_content
from analysis.publish.interface.derived import current_view, work
from analysis.publish.interface.rows import Json, Rows, described
from analysis.publish.interface.shapes import TEXT, record
from analysis.results.agencies import AGENCY_COLUMNS, agency_frame

if TYPE_CHECKING:
    from analysis.publish.edition import Edition


class Library:
    """The tables of an edition, told for its documents: the rows that stand.

    Parameters
    ----------
    edition
        What is published.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.about: About = about(edition)
        self.content = standing_content(edition)
        self._rows = Rows(self.content)

    def table(self, name: str) -> Table:
        """Return a table by its name; the current view is one of them."""
        return self._view if name == "current_view" else self.content[name]

    def rows(self, name: str, column: str = "", value: Cell = None) -> list[Json]:
        """Return the rows of a table, told: all, or those in which a column has a value."""
        table = self.table(name)
        found = table.where(column, value) if column else table.records
        return [self._rows.tell(table, one) for one in found]

    def row(self, name: str, column: str, value: Cell) -> Json:
        """Return the one row of a table in which a column has a value, told."""
        (found,) = self.rows(name, column, value)
        return found

    def properties(self, name: str) -> Json:
        """Return the JSON Schema of each property of a row of a table."""
        return self._rows.properties(self.table(name))

    def work(self, agency_id: str) -> list[Json]:
        """Return what an agency answers for, told."""
        table = work(self.content, self.edition.plan.tables, agency_id)
        return [self._rows.tell(table, one) for one in table.records]

    @cached_property
    def work_properties(self) -> Json:
        """The JSON Schema of each property of a row of :meth:`work`."""
        return self._rows.properties(work(self.content, self.edition.plan.tables, ""))

    @cached_property
    def agencies(self) -> dict[str, Json]:
        """Agencies to which the plan gives anything, or that took over from one, by their id.

        See :func:`analysis.results.agency_frame`.
        """
        rows = agency_frame(self.edition.plan.tables).to_dict(orient="records")
        return {row["agency_id"]: {str(name): one for name, one in row.items()} for row in rows}

    agency_counts: Final = tuple(name for name in AGENCY_COLUMNS if name.startswith("n_"))
    """What is counted for each of them."""

    @cached_property
    def _view(self) -> Table:
        return current_view(self.edition, self.content)

    @cached_property
    def head(self) -> Json:
        """What every document says of the edition."""
        return {
            "name": self.about.name,
            "version": self.about.version,
            "created": self.about.created,
            "assessed_on": self.about.assessed_on,
            "base_year": self.about.base_year,
            "licence": self.about.licence,
            "licence_url": self.about.licence_url,
            "citation": dict(self.about.citation),
            "english": dict(both("unofficial")),
        }

    def cited(self, body: Mapping[str, Any]) -> Json:
        """Return the sources and readings that a document names, each whole."""
        named = {key: set(_named(body, key)) - {"none"} for _, key, _ in self._cited}
        return {
            name: [row for row in rows if row[key] in named[key]] for name, key, rows in self._cited
        }

    @cached_property
    def _cited(self) -> list[tuple[str, str, list[Json]]]:
        keys = {"readings": "reading_id", "sources": "source_id"}
        return [(name, key, self.rows(name)) for name, key in keys.items()]


def head_schema() -> Json:
    """Return the JSON Schema of :attr:`Library.head`."""
    facts = {
        "name": "name",
        "version": "version",
        "created": "created",
        "assessed_on": "assessed_on",
        "base_year": "base_year",
        "licence": "licence_code",
        "licence_url": "licence_url",
        "citation": "citation",
        "english": "english",
    }
    types = {"base_year": {"type": "integer"}, "citation": TEXT, "english": TEXT}
    return record(
        {
            name: {**types.get(name, {"type": "string"}), **described(f"fact.{fact}")}
            for name, fact in facts.items()
        }
    )


def _named(value: Any, key: str) -> Iterator[str]:
    """Give every id of a kind in a document, whatever word stands before the name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name.endswith(key) and isinstance(inner, str):
                yield inner
            else:
                yield from _named(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, key)
