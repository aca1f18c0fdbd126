"""What is declared of the result tables agrees with the rooms that make the codes and the words."""

from __future__ import annotations

import pytest

from analysis.measures import DIRECTIONS, FLAGS, GRADES, MOVEMENTS, REASONS, VERDICTS
from analysis.package.declared import FieldFacts, declared
from analysis.package.describing import outline
from analysis.package.dictionary import page_texts
from analysis.results import (
    AMBITION_REASONS,
    AMBITIONS,
    ASKED,
    AXES,
    BETTER,
    CATEGORY_VERDICTS,
    CLASSES,
    COVERAGE_CLASSES,
    COVERAGE_COUNTS,
    DEFINITION_NOTES,
    OUTCOMES,
    PAGES,
    ROLLUP_COLUMNS,
    SENSITIVITY_COLUMNS,
    result_columns,
    result_facts,
)
from analysis.results.declared import code_lists, resource
from analysis.results.grouping import GROUPINGS, ROLES
from analysis.results.rollup import UNITS
from analysis.words import LANGUAGES, Words
from tests.conftest import ROOT


def field(table: str, name: str) -> FieldFacts:
    return next(one for one in resource(table).fields if one.name == name)


def codes(table: str, name: str) -> set[str]:
    return set(field(table, name).enum_labels)


def test_the_results_follow_the_data_package() -> None:
    facts = result_facts()
    assert facts.name == "plan-155-quang-ninh-results"
    assert (facts.version, facts.licenses) == (declared().version, declared().licenses)


def test_no_field_refers_to_another_table() -> None:
    fields = [one for table in result_facts().resources for one in table.fields]
    assert len(fields) > 200
    assert not [one.name for one in fields if one.references is not None]


def test_every_key_is_always_filled() -> None:
    for table in result_facts().resources:
        required = {one.name for one in table.fields if one.constraints.get("required")}
        assert table.primary_key
        assert set(table.primary_key) <= required


def test_every_number_has_a_unit() -> None:
    for table in result_facts().resources:
        assert not [one.name for one in table.fields if one.type == "number" and one.unit is None]


def test_an_example_is_of_the_type_and_among_the_codes() -> None:
    read = {"integer": int, "number": float, "boolean": {"true": 1, "false": 0}.__getitem__}
    for table in result_facts().resources:
        for one in table.fields:
            read.get(one.type, str)(one.example)
            assert not one.enum_labels or one.example in one.enum_labels, (table.name, one.name)


@pytest.mark.parametrize(
    ("table", "name", "expected"),
    [
        ("results_gap", "verdict", {*VERDICTS}),
        ("results_gap", "reason", {*REASONS} - {""}),
        ("results_gap", "grade", {*GRADES} - {""}),
        ("results_gap", "flags", {*FLAGS}),
        ("results_trend", "direction", {*DIRECTIONS}),
        ("results_trend", "movement", {*MOVEMENTS}),
        ("results_sensitivity", "axis", {*AXES}),
        ("results_sensitivity", "method", {"own", *ASKED}),
        ("results_sensitivity", "default_verdict", {*VERDICTS}),
        ("results_rollup", "by", {*GROUPINGS}),
        ("results_rollup", "role", {"none", *ROLES}),
        ("results_rollup", "unit", {*UNITS}),
        ("results_coverage", "years_class", {*COVERAGE_CLASSES}),
        ("results_areas", "better", {*BETTER}),
        ("results_areas", "definition_note", {*DEFINITION_NOTES}),
        ("results_targets", "ambition", {*AMBITIONS}),
        ("results_targets", "ambition_reason", {*AMBITION_REASONS} - {""}),
        ("results_targets", "outcome", {*OUTCOMES}),
    ],
)
def test_the_codes_are_those_of_the_code(table: str, name: str, expected: set[str]) -> None:
    assert codes(table, name) == expected


def test_every_class_that_accords_with_a_verdict_is_declared() -> None:
    assert {category for _, category in CATEGORY_VERDICTS} <= codes(
        "results_sensitivity", "category"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_are_the_wording_of_the_reports(language: str) -> None:
    words = Words(language)
    for prefix, table, name in (
        ("verdict", "results_gap", "verdict"),
        ("reason", "results_gap", "reason"),
        ("grade", "results_gap", "grade"),
        ("direction", "results_trend", "direction"),
    ):
        for code, label in field(table, name).enum_labels.items():
            assert label[language] == words(f"{prefix}.{code}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_is_without_a_label(language: str) -> None:
    for listed in code_lists().values():
        assert all(label[language].strip() for label in listed.values())
        assert not [label for label in listed.values() if "{" in label[language]]


def test_a_label_names_the_column_that_it_speaks_of() -> None:
    label = field("results_gap", "flags").enum_labels["BASELINE_SHIFTED"]
    assert label["en"] == "no value for the base year `baseYear`; `base_year` is used"


def test_counts_have_the_columns_of_their_frames_in_order() -> None:
    assert result_columns("results_rollup")[-len(CLASSES) :] == [
        f"n_{one.lower()}" for one in CLASSES
    ]
    assert {*ROLLUP_COLUMNS} <= {*result_columns("results_rollup")}
    assert result_columns("results_coverage_parts")[-len(COVERAGE_COUNTS) :] == [*COVERAGE_COUNTS]
    assert {*SENSITIVITY_COLUMNS} <= {*result_columns("results_sensitivity")}


def test_a_table_that_does_not_exist_is_named() -> None:
    with pytest.raises(KeyError, match=r"no result table 'results_gaps'.*results_gap"):
        resource("results_gaps")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committed_pages_are_what_the_build_gives(language: str) -> None:
    text = page_texts(outline(result_facts()), PAGES)[PAGES.files[language]]
    assert (ROOT / PAGES.files[language]).read_text(encoding="utf-8") == text
    assert "plan155 build" in text.splitlines()[0]
