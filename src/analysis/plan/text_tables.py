"""Rows of the tables of the body and of what the plan cites: sections, documents, citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from analysis.plan.appendix1 import PLACE as APPENDIX_1
from analysis.plan.appendix2 import PLACE as APPENDIX_2
from analysis.plan.appendix2 import Appendix2
from analysis.plan.body import Section
from analysis.plan.cells import Cell, Parts
from analysis.plan.citations import (
    Citation,
    Document,
    Place,
    check_all_cited,
    find_citations,
    read_documents,
)
from analysis.plan.errors import Problems
from analysis.plan.names import Translations
from analysis.plan.readings import ReadingBook
from analysis.plan.tables import Row, Rows


def section_rows(sections: Iterable[Section], english: Translations) -> Rows:
    """Return the rows of ``sections``; a line break within a text stands as printed."""
    return [
        {
            "section_id": section.id,
            "level": str(section.level),
            "kind": section.kind,
            "heading_vi": section.heading,
            "heading_en": english.get("headings", section.id) if section.heading else "",
            "text": section.text,
            "source_line": str(section.lines[0].line),
        }
        for section in sections
    ]


def citation_places(sections: Iterable[Section], parts: Parts, rows: Appendix2) -> Iterator[Place]:
    """Yield every line in which documents are looked for, in the order of the text."""
    for section in sections:
        kind = "heading" if section.heading else "section"
        yield from (Place(kind, section.id, line) for line in section.lines)
    for place, cells in ((APPENDIX_1, parts.appendix1), (APPENDIX_2, parts.appendix2)):
        yield from (Place("heading", place, line) for cell in cells[:2] for line in _lines(cell))
    yield from (Place("task", task.id, task.name) for task in rows.tasks)


def _lines(cell: Cell) -> Iterator[Cell]:
    for offset, text in enumerate(cell.text.split("\n")):
        yield Cell(text, cell.line + offset)


def document_tables(
    places: Sequence[Place],
    declared: Mapping[str, Any],
    readings: ReadingBook,
    problems: Problems,
) -> dict[str, Rows]:
    """Return ``{table: rows}`` for documents, in the order of first citation, and citations."""
    citations = find_citations(places, declared, readings, problems)
    lines = [place.line for place in places]
    documents = read_documents(declared, lines, readings, problems)
    check_all_cited(documents, citations, problems)
    first = {citation.document_id: citation for citation in reversed(citations)}
    known = [document for document in documents if document.id in first]
    known.sort(key=lambda document: citations.index(first[document.id]))
    return {
        "documents": [_document(one, first[one.id].place.line.line) for one in known],
        "citations": [_citation(citation) for citation in citations],
    }


def _document(document: Document, line: int) -> Row:
    facts = asdict(document)
    names = {"document_id": facts.pop("id"), "date": facts.pop("issued"), "source_line": str(line)}
    return {**facts, **names}


def _citation(citation: Citation) -> Row:
    return {
        "document_id": citation.document_id,
        "place_kind": citation.place.kind,
        "place_id": citation.place.id,
        "source_line": str(citation.place.line.line),
        "text_source": citation.text,
    }
