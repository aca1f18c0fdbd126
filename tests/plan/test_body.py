"""The body of the plan as headings and paragraphs."""

from __future__ import annotations

import pytest

from analysis.plan.body import Section, declared_totals, parse_body
from analysis.plan.cells import read_lines, split_parts
from analysis.plan.errors import PlanError, Problems
from analysis.plan.sources import Sources
from analysis.plan.tables import Rows

TITLE = "SỐ 1\nKẾ HOẠCH\nVỀ VIỆC\nMở đầu\n"
END = "Nơi nhận:\n- A;\n1. B\nKý"


def parse(text: str) -> list[Section]:
    problems = Problems()
    sections = parse_body(read_lines(TITLE + text + END), problems)
    problems.raise_all()
    return list(sections)


def test_headings_and_paragraphs_have_ids_that_count_up() -> None:
    sections = parse("I. MỘT\n1. Hai\n- a\n- b\n1.1. Ba\nc\n2. Bốn.\nII. NĂM\nd\n")
    assert [section.id for section in sections] == [
        "0-p1", "0", "0-p2", "I", "I.1", "I.1-p1", "I.1-p2", "I.1.1", "I.1.1-p1", "I.2",
        "II", "II-p1", "signature", "signature-p1", "signature-p2", "signature-p3",
    ]  # fmt: skip
    assert [section.level for section in sections[:9]] == [0, 0, 0, 1, 2, 2, 2, 3, 3]


def test_a_heading_loses_its_number_and_full_stop_and_its_text_keeps_them() -> None:
    section = next(section for section in parse("I. MỘT\n1. Hai.\n") if section.id == "I.1")
    assert (section.heading, section.text, section.kind) == ("Hai", "1. Hai.", "heading")


def test_the_title_is_one_heading_of_two_lines() -> None:
    title = parse("I. MỘT\n")[1]
    assert (title.id, title.text, title.heading) == ("0", "KẾ HOẠCH\nVỀ VIỆC", "KẾ HOẠCH VỀ VIỆC")


@pytest.mark.parametrize(
    "text", ["II. HAI\n", "I. MỘT\nI. MỘT\n", "I. MỘT\n2. Hai\n", "1. Hai\n", "I. MỘT\n1.1. Ba\n"]
)
def test_a_heading_out_of_order_is_a_fault(text: str) -> None:
    with pytest.raises(PlanError, match="is repeated or out of order"):
        parse(text)


def test_a_body_without_title_or_recipients_is_a_fault() -> None:
    problems = Problems()
    parse_body(read_lines("a"), problems)
    with pytest.raises(PlanError, match="lacks its title"):
        problems.raise_all()


def test_the_totals_are_read_from_the_text() -> None:
    problems = Problems()
    text = "gồm 11 nhóm chỉ tiêu, 99 chỉ tiêu cụ thể\ngồm 09 nhóm nhiệm vụ, 41 nhiệm vụ"
    totals = declared_totals(read_lines(text), problems)
    assert totals == {"indicator_groups": 11, "indicators": 99, "task_groups": 9, "tasks": 41}
    assert len(problems) == 0


@pytest.mark.parametrize(
    "text", ["", "11 nhóm chỉ tiêu, 99 chỉ tiêu\n12 nhóm chỉ tiêu, 99 chỉ tiêu"]
)
def test_totals_that_are_missing_or_disagree_are_a_fault(text: str) -> None:
    problems = Problems()
    declared_totals(read_lines(text), problems)
    with pytest.raises(PlanError, match="totals of indicator_groups"):
        problems.raise_all()


def test_every_line_of_the_body_stands_in_exactly_one_section(
    sources: Sources, tables: dict[str, Rows]
) -> None:
    body = split_parts(sources.text, Problems()).body
    lines = "\n".join(row["text"] for row in tables["sections"]).split("\n")
    assert lines == [line.text for line in body]
    assert len(body) > 100


def test_every_section_begins_on_its_line(sources: Sources, tables: dict[str, Rows]) -> None:
    lines = sources.text.split("\n")
    for row in tables["sections"]:
        assert lines[int(row["source_line"]) - 1] == row["text"].split("\n")[0]
