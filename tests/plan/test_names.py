"""Names cleaned by readings, and their English."""

from __future__ import annotations

import pytest

from analysis.plan.cells import Cell
from analysis.plan.errors import PlanError, Problems
from analysis.plan.names import Translations, clean_name
from analysis.plan.readings import ReadingBook, load_readings


def book(kind: str, text: str, to: str) -> ReadingBook:
    entry = {
        "id": "R01",
        "kind": kind,
        "cells": [{"place": "5.1", "text": text}],
        "value": {"to": to},
        "reason_vi": "vì",
        "reason_en": "because",
    }
    return ReadingBook(load_readings([entry], Problems()))


@pytest.mark.parametrize(
    ("kind", "text", "to", "source", "clean"),
    [
        ("abbreviation", "BHXH", "bảo hiểm", "tham gia BHXH", "tham gia bảo hiểm"),
        ("spelling", "Tỉ lệ", "Tỷ lệ", "Tỉ lệ hộ", "Tỷ lệ hộ"),
        ("trailing_mark", ".", "", "Nghị quyết 1.2.", "Nghị quyết 1.2"),
    ],
)
def test_a_name_is_cleaned_as_the_readings_say(
    kind: str, text: str, to: str, source: str, clean: str
) -> None:
    problems = Problems()
    assert clean_name("5.1", Cell(source, 9), book(kind, text, to), problems) == clean
    assert len(problems) == 0


@pytest.mark.parametrize(("kind", "source"), [("spelling", "Tỷ lệ"), ("trailing_mark", "a.b")])
def test_a_correction_of_what_does_not_stand_there_is_a_fault(kind: str, source: str) -> None:
    problems = Problems()
    text = "Tỉ lệ" if kind == "spelling" else "."
    assert clean_name("5.1", Cell(source, 9), book(kind, text, ""), problems) == source
    with pytest.raises(PlanError, match="line 9 does not hold"):
        problems.raise_all()


def test_a_name_at_another_place_is_left_as_printed() -> None:
    name = clean_name("5.2", Cell("BHXH", 9), book("abbreviation", "BHXH", "x"), Problems())
    assert name == "BHXH"


def test_a_text_is_found_by_its_path_whatever_the_type_of_its_keys() -> None:
    problems = Problems()
    english = Translations({"groups": {1: {"en": "one"}}}, problems)
    assert english.get("groups", "1", "en") == "one"
    english.check_all_asked()
    assert len(problems) == 0


def test_a_missing_text_is_a_fault() -> None:
    problems = Problems()
    assert Translations({}, problems).get("tasks", "I.1") == ""
    with pytest.raises(PlanError, match=r"tasks > I\.1 has no text"):
        problems.raise_all()


def test_a_superfluous_text_is_a_fault() -> None:
    problems = Problems()
    Translations({"tasks": {"X.1": "x"}}, problems).check_all_asked()
    with pytest.raises(PlanError, match=r"tasks > X\.1 names nothing in the plan"):
        problems.raise_all()


def test_a_key_that_yaml_read_as_a_number_is_a_fault() -> None:
    problems = Problems()
    Translations({"indicators": {5.1: "x"}}, problems)
    with pytest.raises(PlanError, match="quote the key"):
        problems.raise_all()
