"""Readings: loading, looking up, counting."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.plan.cells import Cell
from analysis.plan.errors import PlanError, Problems
from analysis.plan.readings import ReadingBook, check_unique, load_readings


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "id": "R01",
        "kind": "single_target",
        "cells": [{"place": "1", "text": "5"}, {"place": "2", "text": "6"}],
        "value": {"year": 2030},
        "reason_vi": "vì",
        "reason_en": "because",
        **changes,
    }


def book(*entries: dict[str, Any]) -> ReadingBook:
    problems = Problems()
    readings = load_readings(entries, problems)
    problems.raise_all()
    return ReadingBook(readings)


def test_a_reading_is_found_by_kind_place_and_text_and_its_uses_are_counted() -> None:
    readings = book(entry())
    used = readings.use("single_target", "1", Cell("5", 40))
    readings.use("single_target", "2", Cell("6", 30))
    assert used is not None
    assert used.value["year"] == 2030
    assert readings.applied(used) == 2
    assert readings.first_line(used) == "30"
    assert used.summary() == "year: 2030"


def test_looking_does_not_count_as_use() -> None:
    readings = book(entry())
    found = readings.find("single_target", "1", "5")
    assert found is not None
    assert readings.applied(found) == 0
    assert readings.first_line(found) == ""


def test_a_reading_of_another_kind_place_or_text_is_not_found() -> None:
    readings = book(entry())
    assert readings.find("target", "1", "5") is None
    assert readings.find("single_target", "3", "5") is None
    assert readings.find("single_target", "1", "6") is None


def test_every_unused_cell_of_a_reading_is_a_fault() -> None:
    readings, problems = book(entry()), Problems()
    readings.use("single_target", "1", Cell("5", 40))
    readings.check_used(problems)
    with pytest.raises(PlanError, match=r"R01 .* of '6' is not used") as raised:
        problems.raise_all()
    assert "of '5'" not in str(raised.value)


def test_a_reading_that_contradicts_the_text_says_what_stands_there() -> None:
    readings, problems = book(entry()), Problems()
    readings.use("single_target", "1", Cell("7", 40))
    readings.check_used(problems)
    with pytest.raises(PlanError, match=r"what stands there is '7' \(line 40\)"):
        problems.raise_all()


def test_two_readings_of_one_cell_are_a_fault() -> None:
    problems = Problems()
    check_unique(book(entry(), entry(id="R02")), problems)
    with pytest.raises(PlanError, match="R01 and R02 both read '5'"):
        problems.raise_all()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "R05"}, "not R01"),
        ({"kind": "guess"}, "is not one of"),
        ({"value": {}}, "the value lacks year"),
        ({"cells": []}, "must be given"),
        ({"reason_vi": ""}, "must be given"),
        ({"note": "x"}, "the fields are"),
    ],
)
def test_a_malformed_reading_is_a_fault(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(PlanError, match=message):
        book(entry(**changes))
