"""The grammar of appendix 02, on small tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from analysis.plan.appendix2 import HEADER, Appendix2, parse_appendix2
from analysis.plan.errors import PlanError
from analysis.plan.grammar import Tools

from .grammar_tools import cells_of, reading, tools_with

HEAD = ("PHỤ LỤC 02", "PHÂN CÔNG", *HEADER)
DUTIES = ("Sở Y tế", "UBND các huyện, thị xã, thành phố")
LAST = (*DUTIES, "Hằng năm")


def parse(*texts: str, tools: Tools | None = None) -> Appendix2:
    tools = tools or tools_with()
    rows = parse_appendix2(cells_of(*HEAD, *texts), tools)
    tools.problems.raise_all()
    return rows


def fault(*texts: str, entries: Sequence[dict[str, Any]] = ()) -> str:
    with pytest.raises(PlanError) as raised:
        parse(*texts, tools=tools_with(entries))
    return str(raised.value)


def test_a_task_has_number_name_agencies_and_time() -> None:
    rows = parse("I", "Về một", "1", "Việc", *LAST)
    (task,) = rows.tasks
    assert (task.id, task.group_id, task.scope) == ("I.1", "I", "I")
    assert [(one.agency_id, one.role) for one in task.duties.all] == [
        ("y-te", "lead"),
        ("ubnd", "coordinating"),
    ]
    assert task.time is not None
    assert task.time.text == "Hằng năm"


def test_a_cell_of_several_agencies_is_taken_apart() -> None:
    several = "Sở Xây dựng, các sở, ban, ngành liên quan; UBND các huyện, thị xã, thành phố"
    (task,) = parse("I", "Về một", "1", "Việc", "Sở Y tế", several, "Hằng năm").tasks
    named = [one.agency_id for one in task.duties.coordinating]
    assert named == ["xay-dung", "nganh", "ubnd"]


def test_a_row_may_lack_agencies_and_time() -> None:
    rows = parse("I", "Về một", "1", "Việc", *LAST, "2", "Thêm", "Năm 2024", "3", "Nữa")
    assert [task.time.text if task.time else "" for task in rows.tasks] == [
        "Hằng năm",
        "Năm 2024",
        "",
    ]
    assert rows.tasks[1].duties.all == ()


def test_numbers_start_again_in_each_group() -> None:
    rows = parse("I", "Về một", "1", "Việc", *LAST, "II", "Về hai", "1", "Việc", *LAST)
    assert [task.id for task in rows.tasks] == ["I.1", "II.1"]


def test_a_name_before_the_first_number_of_a_list_opens_a_subgroup() -> None:
    texts = ("1", "Về giáo dục", "1.1", "Việc", *LAST, "1.2", "Nữa", "2", "Về y tế", "2.1", "Ba")
    rows = parse("I", "Về một", *texts, *LAST)
    assert [task.id for task in rows.tasks] == ["I.1.1", "I.1.2", "I.2.1"]
    assert [task.scope for task in rows.tasks] == ["I.1", "I.1", "I.2"]
    assert rows.tasks[2].subgroup is not None
    assert rows.tasks[2].subgroup.name.text == "Về y tế"


def test_a_subgroup_that_is_skipped_needs_a_reading() -> None:
    texts = ("I", "Về một", "1", "Về A", "1.1", "Việc", *LAST, "3", "Về B", "3.1", "Việc", *LAST)
    assert "the number 3 is repeated or out of order: 2 is due" in fault(*texts)
    tools = tools_with([reading("skipped_number", "I.3", "3", after="1")])
    assert [task.id for task in parse(*texts, tools=tools).tasks] == ["I.1.1", "I.3.1"]
    wrong = reading("skipped_number", "I.3", "3", after="2")
    assert "the number 3 is repeated or out of order" in fault(*texts, entries=[wrong])


def test_a_task_number_of_another_subgroup_needs_a_reading() -> None:
    texts = ("I", "Về một", "1", "Về A", "1.1", "Việc", *LAST, "2", "Về B", "1.1", "Việc", *LAST)
    assert "the number 1.1 is repeated or out of order: 2.1 is due" in fault(*texts)
    tools = tools_with([reading("task_number", "I.2.1", "1.1", number="place")])
    task = parse(*texts, tools=tools).tasks[1]
    assert (task.id, task.number.text) == ("I.2.1", "1.1")


@pytest.mark.parametrize(
    ("numbers", "message"),
    [(("1", "3"), "the number 3 is repeated"), (("1", "1.5"), "the number 1.5 is repeated")],
)
def test_a_task_number_that_repeats_or_jumps_is_a_fault(
    numbers: tuple[str, ...], message: str
) -> None:
    rows = [text for number in numbers for text in (number, "Việc", *LAST)]
    assert message in fault("I", "Về một", *rows)


def test_a_group_out_of_order_is_a_fault() -> None:
    shown = fault("I", "Về một", "1", "Việc", *LAST, "III", "Về ba", "1", "Việc", *LAST)
    assert "the number III is repeated or out of order: II is due" in shown


def test_a_time_that_cannot_be_read_matches_nothing() -> None:
    shown = fault("I", "Về một", "1", "Việc", *DUTIES, "Năm sau")
    assert "'Năm sau' in row I.1 matches nothing: no target or time" in shown


@pytest.mark.parametrize("stray", ["Hằng năm", "Sở Y tế"])
def test_a_time_or_an_agency_is_no_name(stray: str) -> None:
    assert "where its name is due" in fault("I", "Về một", "1", stray, "2", "Việc", *LAST)


def test_a_single_agency_cell_needs_a_reading_of_its_column() -> None:
    texts = ("I", "Về một", "1", "Việc", "Sở Y tế", "Hằng năm")
    assert "lead or coordinating?" in fault(*texts)
    tools = tools_with([reading("agency_column", "I.1", "Sở Y tế", role="lead")])
    assert [one.role for one in parse(*texts, tools=tools).tasks[0].duties.all] == ["lead"]


def test_cells_after_a_time_match_nothing() -> None:
    shown = fault("I", "Về một", "1", "Việc", *LAST, "thừa", "2", "Nữa", *LAST)
    assert "'thừa' matches nothing: the number of a task or group" in shown
