"""Declared facts of series."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from analysis.plan.errors import PlanError, Problems
from analysis.plan.facts import Declared, Levels, load_facts

LEVELS = Levels(
    [
        {"id": "none", "scale": "none", "ordinal": 0},
        {"id": "education-3", "scale": "education", "ordinal": 3},
        {"id": "literacy-2", "scale": "literacy", "ordinal": 2},
    ]
)
RULE = {"decimals": 1, "natural_min": 0, "natural_max": 100}


def load(entry: dict[str, Any], id_: object = "5.7", rule: object = RULE) -> Declared:
    problems = Problems()
    declared = {
        "total": 1,
        "unit_cells": {"%": "percent"},
        "unit_rules": {"percent": rule},
        "series": {id_: entry},
    }
    loaded = load_facts(declared, {"percent"}, LEVELS, problems)
    problems.raise_all()
    return loaded


def test_a_series_takes_the_rule_of_its_unit() -> None:
    facts = load({"mode": "up", "unit": "percent"}).series["5.7"]
    assert (facts.decimals, facts.natural_min, facts.natural_max) == (1, Decimal(0), Decimal(100))
    assert (facts.scale, facts.dimension, facts.part) == ("none", "none", "")


def test_a_series_may_state_its_own_decimals() -> None:
    assert load({"mode": "up", "unit": "percent", "decimals": 3}).series["5.7"].decimals == 3


def test_a_part_is_found_by_indicator_and_printed_text() -> None:
    entry = {"mode": "up", "unit": "percent", "part": "Thành thị", "dimension": "area"}
    assert load(entry, "10.3-urban").part_ids == {("10.3", "Thành thị"): "10.3-urban"}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"unit": "percent"}, "the mode is not one of"),
        ({"mode": "upwards", "unit": "percent"}, "the mode is not one of"),
        ({"mode": "up", "unit": "litres"}, "the unit is not in units.yaml"),
        ({"mode": "up", "unit": "percent", "scale": "stars"}, "the scale is not in levels.yaml"),
        ({"mode": "up", "unit": "percent", "dimension": "area"}, "part and dimension"),
        ({"mode": "up", "unit": "percent", "part": "x", "dimension": "age"}, "the dimension"),
        ({"mode": "up", "unit": "percent", "direction": "x"}, "the fields are not among"),
    ],
)
def test_a_malformed_entry_is_a_fault(entry: dict[str, Any], message: str) -> None:
    with pytest.raises(PlanError, match=message):
        load(entry)


def test_an_id_that_yaml_read_as_a_number_is_a_fault() -> None:
    with pytest.raises(PlanError, match="must be quoted text"):
        load({"mode": "up", "unit": "percent"}, 5.1)


@pytest.mark.parametrize("rule", [None, {"decimals": 1}])
def test_a_unit_without_a_complete_rule_is_a_fault(rule: object) -> None:
    with pytest.raises(PlanError, match="no complete rule"):
        load({"mode": "up", "unit": "percent"}, rule=rule)


@pytest.mark.parametrize(
    ("level", "scale", "id_"),
    [
        ("education-3", "education", "education-3"),
        ("3", "education", "education-3"),
        ("education-3", "literacy", ""),
        ("3", "literacy", ""),
        ("none", "none", ""),
        ("0", "none", ""),
    ],
)
def test_a_level_is_found_only_on_its_own_scale(level: str, scale: str, id_: str) -> None:
    assert LEVELS.resolve(level, scale) == id_
