"""Cited documents and their citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest

from analysis.plan.cells import Cell
from analysis.plan.citations import (
    Citation,
    Document,
    Place,
    check_all_cited,
    find_citations,
    read_documents,
)
from analysis.plan.errors import PlanError, Problems
from analysis.plan.readings import ReadingBook, load_readings
from analysis.plan.sources import Sources
from analysis.plan.tables import Rows

from .grammar_tools import reading

LINE = "Theo Nghị quyết số 42-NQ/TW ngày 24/11/2023 của Trung ương về xã hội; Quy hoạch 2021-2030"


def book(*entries: dict[str, Any]) -> ReadingBook:
    numbered = [{"id": f"R{number:02d}", **entry} for number, entry in enumerate(entries, start=1)]
    return ReadingBook(load_readings(numbered, Problems()))


def declared(**changes: str) -> dict[str, Any]:
    entry = {
        "id": "42-NQ/TW",
        "quote": "Nghị quyết số 42-NQ/TW ngày 24/11/2023 của Trung ương",
        "type_vi": "Nghị quyết",
        "type_en": "Resolution",
        "issuer_vi": "Trung ương",
        "issuer_en": "Centre",
        "title_vi": "về xã hội",
    }
    return {"self": "155/KH-UBND", "documents": [{**entry, **changes}]}


def cite(*lines: str, entries: Sequence[dict[str, Any]] = ()) -> list[Citation]:
    problems = Problems()
    places = [Place("section", f"I-p{n}", Cell(line, n)) for n, line in enumerate(lines, start=1)]
    found = find_citations(places, declared(), book(*entries), problems)
    problems.raise_all()
    return list(found)


def read(*entries: dict[str, Any], line: str = LINE, **changes: str) -> Document:
    problems = Problems()
    lines = [Cell(line, 3)]
    (document,) = read_documents(declared(**changes), lines, book(*entries), problems) or (None,)
    problems.raise_all()
    assert document is not None
    return document


def test_a_number_is_a_citation_and_dates_and_years_are_none() -> None:
    assert [(one.document_id, one.text) for one in cite(LINE)] == [("42-NQ/TW", "42-NQ/TW")]


def test_a_document_cited_twice_in_a_line_is_one_citation() -> None:
    assert len(cite(f"{LINE}; Nghị quyết 42-NQ/TW", LINE)) == 2


def test_the_plan_does_not_cite_itself() -> None:
    assert cite("Số: 155/KH-UBND") == []


@pytest.mark.parametrize("number", ["28/2023/NQ-HĐND", "47/TTr-SLĐTBXH", "409-QĐ/TU", "42-nq/TW "])
def test_a_document_that_is_not_declared_is_a_fault(number: str) -> None:
    line = f"Nghị quyết {number} về"
    if number == "42-nq/TW ":
        assert cite(line) == []
    else:
        with pytest.raises(PlanError, match=re.escape(f"{number} cited in I-p1 is not declared")):
            cite(line)


def test_a_number_in_other_letters_needs_a_reading() -> None:
    with pytest.raises(PlanError, match="kind document_number"):
        cite("số 42-NQ/Tw")
    entry = reading("document_number", "I-p1", "42-NQ/Tw", document="42-NQ/TW")
    (citation,) = cite("số 42-NQ/Tw", entries=[entry])
    assert (citation.document_id, citation.text) == ("42-NQ/TW", "42-NQ/Tw")


def test_the_date_of_a_document_is_read_from_its_quotation() -> None:
    assert read().issued == "2023-11-24"


def test_a_document_without_a_printed_date_has_none() -> None:
    assert read(quote="Nghị quyết số 42-NQ/TW").issued == ""


def test_a_misprinted_date_needs_a_reading_and_stays_empty() -> None:
    line = LINE.replace("24/11/2023", "24/112023")
    quote = "Nghị quyết số 42-NQ/TW ngày 24/112023 của Trung ương"
    with pytest.raises(PlanError, match="'24/112023' of 42-NQ/TW is none"):
        read(line=line, quote=quote)
    entry = reading("document_date", "42-NQ/TW", "24/112023", date="not stated")
    assert read(entry, line=line, quote=quote).issued == ""


def test_a_quotation_that_does_not_stand_in_the_plan_is_a_fault() -> None:
    problems = Problems()
    read_documents(declared(quote="Nghị quyết số 43"), [Cell(LINE, 3)], book(), problems)
    with pytest.raises(PlanError, match="does not hold the quotation"):
        problems.raise_all()


@pytest.mark.parametrize("key", ["type_vi", "issuer_vi", "title_vi"])
def test_a_fact_that_the_quoted_line_does_not_hold_is_a_fault(key: str) -> None:
    with pytest.raises(PlanError, match=f"does not hold its {key}"):
        read(**{key: "Chính phủ"})


def test_a_declared_document_that_is_never_cited_is_a_fault() -> None:
    problems = Problems()
    check_all_cited([read()], [], problems)
    with pytest.raises(PlanError, match="the plan does not cite it"):
        problems.raise_all()


def test_every_document_number_of_the_text_is_a_citation(
    sources: Sources, tables: dict[str, Rows]
) -> None:
    printed = {
        (number + 1, found)
        for number, line in enumerate(sources.text.split("\n"))
        for found in re.findall(r"\d[\d/]*[-/][A-ZĐ]\w*[-/]\w+", line)
        if found != "155/KH-UBND"
    }
    cited = {(int(row["source_line"]), row["text_source"]) for row in tables["citations"]}
    documents = {(line, text.casefold()) for line, text in printed}
    assert {(line, text.casefold()) for line, text in cited} == documents
