from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.cells.choices import column_labels, level_labels, read_choice
from analysis.intake.model import Cell
from analysis.observe.facts import read_facts
from analysis.observe.terms import COMPARABILITIES, STATUSES
from tests.conftest import ROOT
from tests.intake.cells.builders import (
    any_cells,
    cell,
    date_cell,
    is_whole,
    number_cell,
    said,
    table,
)

ERROR = [("unknown-choice", "error")]
STATUS = {
    "not_started": ("Chưa bắt đầu", "Not started"),
    "done": ("Đã hoàn thành", "Done"),
}


@pytest.mark.parametrize(
    "written",
    [
        "done",
        "Done",
        "DONE",
        "Đã hoàn thành",
        "ĐÃ HOÀN THÀNH",
        "Đã  hoàn\u00a0thành",
        "Đa\u0303 hoàn thành",
        "da hoan thanh",
        "Da Hoan Thanh",
    ],
)
def test_a_code_is_chosen_by_itself_or_by_a_label_in_either_language(written: str) -> None:
    read = read_choice(cell(written), STATUS)
    assert (read.text, read.findings) == ("done", ())


def test_labels_that_differ_in_marks_only_are_told_apart_by_them() -> None:
    labels = {"third": ("Ba",), "lady": ("Bà",)}
    assert read_choice(cell("BÀ"), labels).text == "lady"
    assert read_choice(cell("ba"), labels).text == "third"


def test_without_marks_a_choice_that_can_be_two_is_a_question() -> None:
    read = read_choice(cell("ma"), {"mother": ("Má",), "ghost": ("Ma\u0300",)})
    assert (read.text, said(read)) == ("", [("two-readings", "question")])
    assert read.either == ("mother", "ghost")


def test_a_label_of_two_codes_is_a_question() -> None:
    read = read_choice(cell("Khác"), {"a": ("Khác",), "b": ("khác",)})
    assert read.either == ("a", "b")
    assert read_choice(cell("b"), {"a": ("Khác", "B"), "b": ("khác",)}).text == "b"


def test_a_near_miss_is_refused_and_names_what_may_be_meant() -> None:
    read = read_choice(cell("Đã hoàn tành"), STATUS)
    assert (read.text, said(read)) == ("", ERROR)
    assert read.findings[0].mend == "did you mean 'Đã hoàn thành'?"


def test_what_is_near_nothing_is_refused_with_the_choices() -> None:
    read = read_choice(cell("?"), STATUS)
    assert read.findings[0].what == "'?' is none of the choices here"
    assert read.findings[0].mend == "choose one, such as 'Chưa bắt đầu', 'Đã hoàn thành'"


def test_a_number_cell_can_be_a_code() -> None:
    assert read_choice(number_cell("2"), {"2": ("Mức độ 2",)}).text == "2"


@pytest.mark.parametrize("one", [date_cell(date(2024, 1, 1)), cell("true", "boolean")])
def test_dates_and_booleans_are_no_choices(one: Cell) -> None:
    assert said(read_choice(one, {"2024-01-01": (), "true": ()})) == ERROR


@pytest.mark.parametrize("one", [cell("", "empty"), cell("  ")])
def test_an_empty_cell_is_no_choice_and_no_fault(one: Cell) -> None:
    assert read_choice(one, STATUS).findings == ()


def test_nothing_can_be_chosen_of_nothing() -> None:
    assert said(read_choice(cell("done"), {})) == ERROR


# Labels of the package


def test_the_labels_of_a_column_are_those_that_the_package_declares() -> None:
    assert column_labels("observations", "status").keys() == set(STATUSES)
    assert column_labels("observations", "comparability").keys() == set(COMPARABILITIES)
    assert column_labels("task_updates", "status")["done"] == ("Đã hoàn thành", "Done")


@pytest.mark.parametrize(
    ("resource", "column"), [("observations", "no"), ("no", "status"), ("observations", "value")]
)
def test_a_column_without_codes_is_an_error(resource: str, column: str) -> None:
    with pytest.raises(KeyError):
        column_labels(resource, column)


def test_the_labels_of_a_scale_are_those_of_its_levels_and_the_further_texts() -> None:
    texts = {
        ("literacy", "Mức độ 2"): "literacy-2",
        ("literacy", "Xóa mù chữ mức độ 2"): "literacy-2",
        ("universal-education", "Mức độ 1"): "education-1",
    }
    labels = level_labels(table("plan/levels.csv"), "literacy", texts)
    assert labels == {
        "literacy-1": ("Xóa mù chữ mức độ 1", "Illiteracy eradication, level 1"),
        "literacy-2": ("Xóa mù chữ mức độ 2", "Illiteracy eradication, level 2", "Mức độ 2"),
    }


def test_the_text_of_a_level_as_sources_write_it_leads_to_the_level() -> None:
    facts = read_facts(ROOT / "data")
    for (scale, text), level in facts.level_texts.items():
        labels = level_labels(table("plan/levels.csv"), scale, facts.level_texts)
        assert read_choice(cell(text), labels).text == level


def test_a_scale_that_is_not_there_has_no_levels() -> None:
    assert level_labels(table("plan/levels.csv"), "height") == {}


def test_every_label_of_every_scale_leads_to_its_level() -> None:
    levels = table("plan/levels.csv")
    for row in levels:
        labels = level_labels(levels, row["scale"])
        for written in (row["level_id"], row["label_vi"], row["label_en"].upper()):
            assert read_choice(cell(written), labels).text == row["level_id"]


# What holds for all

LABELS = st.dictionaries(st.text(max_size=5), st.lists(st.text(max_size=8), max_size=3), max_size=5)


@given(any_cells, LABELS)
def test_whatever_stands_in_a_cell_the_answer_is_a_code_or_says_why_not(
    one: Cell, labels: dict[str, list[str]]
) -> None:
    read = read_choice(one, labels)
    assert is_whole(read)
    assert not read.text or read.text in labels


@given(st.sampled_from(sorted(STATUS)), st.data())
def test_a_label_is_read_in_whatever_case_it_is_written(code: str, data: st.DataObject) -> None:
    label = data.draw(st.sampled_from(STATUS[code]))
    written = "".join(data.draw(st.sampled_from([one.upper(), one.lower()])) for one in label)
    assert read_choice(cell(written), STATUS).text == code
