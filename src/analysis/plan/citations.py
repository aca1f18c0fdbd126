"""Documents that the plan cites, and where it cites them.

Each document is declared in documents.yaml with a quotation of the plan; type, issuer and title
must stand in the line that holds the quotation, and the date is read from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.plan.cells import Cell
from analysis.plan.errors import Problems
from analysis.plan.readings import ReadingBook

FILE = "documents.yaml"
_NUMBER = re.compile(r"(?<![\w/])\d+(?:/\d{4})?[-/][A-ZĐ]\w*[-/][A-ZĐ]\w*")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_FIELDS = frozenset(
    {"id", "quote", "type_vi", "type_en", "issuer_vi", "issuer_en", "title_vi"},
)


@dataclass(frozen=True)
class Place:
    """A line of the plan in which documents may be cited."""

    kind: str
    id: str
    line: Cell


@dataclass(frozen=True)
class Citation:
    """A document cited at a place, with its number as printed there."""

    document_id: str
    place: Place
    text: str


@dataclass(frozen=True)
class Document:
    """A cited document as declared; ``issued`` is empty where no date is printed."""

    id: str
    type_vi: str
    type_en: str
    issuer_vi: str
    issuer_en: str
    issued: str
    title_vi: str


def find_citations(
    places: Iterable[Place], declared: Mapping[str, Any], readings: ReadingBook, problems: Problems
) -> tuple[Citation, ...]:
    """Return every citation once for each place and line, in the order of the text."""
    known = {str(entry["id"]) for entry in declared["documents"]}
    found: dict[tuple[str, str, str, int], Citation] = {}
    for place in places:
        for match in _NUMBER.finditer(place.line.text):
            if match[0] == declared["self"]:
                continue
            document_id = _document_id(match[0], place, known, readings, problems)
            key = (document_id, place.kind, place.id, place.line.line)
            found.setdefault(key, Citation(document_id, place, match[0]))
    return tuple(found.values())


def _document_id(
    number: str, place: Place, known: set[str], readings: ReadingBook, problems: Problems
) -> str:
    if number in known:
        return number
    reading = readings.use("document_number", place.id, Cell(number, place.line.line))
    if reading:
        return str(reading.value["document"])
    what = f"the document {number} cited in {place.id} is not declared"
    mend = f"declare it in {FILE}, or add a reading of kind document_number"
    problems.at_line(place.line.line, what, mend)
    return number


def read_documents(
    declared: Mapping[str, Any],
    lines: Sequence[Cell],
    readings: ReadingBook,
    problems: Problems,
) -> tuple[Document, ...]:
    """Return the declared documents, each checked against the line that it quotes."""
    documents = []
    for number, entry in enumerate(declared["documents"], start=1):
        where = f"{FILE}, entry {number}"
        if set(entry) != _FIELDS:
            fields = f"the fields are {sorted(entry)}, not {sorted(_FIELDS)}"
            problems.add(fields, where, "write it like the other entries")
            continue
        line = next((line for line in lines if entry["quote"] in line.text), None)
        if line is None:
            what = f"{entry['id']}: the plan does not hold the quotation {entry['quote']!r}"
            problems.add(what, where, "quote the plan letter by letter")
            continue
        _check_facts(entry, line, where, problems)
        issued = _date(entry, line, readings, problems)
        facts = {key: value for key, value in entry.items() if key != "quote"}
        documents.append(Document(issued=issued, **facts))
    return tuple(documents)


def _check_facts(entry: Mapping[str, str], line: Cell, where: str, problems: Problems) -> None:
    for key in ("id", "type_vi", "issuer_vi", "title_vi"):
        if entry[key].casefold() not in line.text.casefold():
            what = f"{entry['id']}: line {line.line} does not hold its {key} {entry[key]!r}"
            problems.add(what, where, "write it as the plan prints it")


def _date(entry: Mapping[str, str], line: Cell, readings: ReadingBook, problems: Problems) -> str:
    pattern = rf"{re.escape(entry['id'])},? ngày ([\d/]+)"
    match = re.search(pattern, entry["quote"], re.IGNORECASE)
    if not match:
        return ""
    printed = _DATE.fullmatch(match[1])
    if printed:
        day, month, year = (int(part) for part in printed.groups())
        return date(year, month, day).isoformat()
    if not readings.use("document_date", entry["id"], Cell(match[1], line.line)):
        what = f"the date {match[1]!r} of {entry['id']} is none"
        problems.at_line(line.line, what, "add a reading of kind document_date")
    return ""


def check_all_cited(
    documents: Sequence[Document], citations: Sequence[Citation], problems: Problems
) -> None:
    """Note every declared document that the plan does not cite."""
    cited = {citation.document_id for citation in citations}
    for document in documents:
        if document.id not in cited:
            what = f"{document.id} is declared, but the plan does not cite it"
            problems.add(what, FILE, "delete it or mend its id")
