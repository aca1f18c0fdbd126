"""The registry of agencies and the cells taken apart with it."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.plan.agencies import Registry, load_agencies, normalise
from analysis.plan.cells import Cell
from analysis.plan.errors import PlanError, Problems


def entry(id_: str, name: str, *aliases: str) -> dict[str, Any]:
    return {
        "id": id_,
        "name_vi": name,
        "name_en": name,
        "kind": "department",
        "aliases": list(aliases),
        "successor_only": False,
    }


def registry(*entries: dict[str, Any]) -> Registry:
    problems = Problems()
    loaded = load_agencies(entries, problems)
    problems.raise_all()
    return loaded


@pytest.fixture
def small() -> Registry:
    return registry(
        entry("y-te", "Sở Y tế"),
        entry("nganh", "Các sở, ban, ngành"),
        entry("nganh-lq", "Các sở, ban, ngành liên quan", "các sở ngành liên quan"),
        entry("ubnd", "UBND các huyện, thị xã, thành phố", "UBND các địa phương"),
    )


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Sở Y tế", ["y-te"]),
        ("- UBND các huyện, thị xã, thành phố.", ["ubnd"]),
        ("- Các Sở, ban, ngành liên quan;", ["nganh-lq"]),
        ("Các sở, ban, ngành; UBND các địa phương", ["nganh", "ubnd"]),
        ("Sở Y tế, các sở ngành liên quan và UBND các địa phương.", ["y-te", "nganh-lq", "ubnd"]),
    ],
)
def test_a_cell_is_taken_apart_longest_names_first(
    small: Registry, text: str, ids: list[str]
) -> None:
    assert [agency.id for agency in small.split(text)] == ids


@pytest.mark.parametrize("text", ["", "Sở", "Sở Y tế, Sở Lạ", "Sở Y tếx", "Sở Y tế; "])
def test_a_cell_with_a_part_that_is_not_registered_names_nobody(small: Registry, text: str) -> None:
    expected = ["y-te"] if text == "Sở Y tế; " else []
    assert [agency.id for agency in small.split(text)] == expected


def test_names_are_compared_without_case_dashes_and_end_marks() -> None:
    assert normalise("-  Cục Thống Kê ; ") == "cục thống kê"


def test_the_first_line_that_names_an_agency_is_found_by_its_longest_name(small: Registry) -> None:
    lines = [Cell("do các sở, ban, ngành liên quan", 3), Cell("Các sở, ban, ngành", 9)]
    assert small.first_lines(lines) == {"nganh-lq": 3, "nganh": 9}


def test_a_name_inside_another_word_is_no_mention(small: Registry) -> None:
    assert small.first_lines([Cell("Cơsở Y tếx", 1)]) == {}


def test_a_name_of_two_agencies_is_a_fault() -> None:
    with pytest.raises(PlanError, match="means both a and b"):
        registry(entry("a", "Sở A", "Sở X"), entry("b", "Sở B", "sở x;"))


def test_an_id_that_stands_twice_is_a_fault() -> None:
    with pytest.raises(PlanError, match="stands twice"):
        registry(entry("a", "Sở A"), entry("a", "Sở B"))


def test_an_entry_with_other_fields_is_a_fault() -> None:
    with pytest.raises(PlanError, match="the fields are"):
        registry({"id": "a"})
