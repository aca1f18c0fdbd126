from __future__ import annotations

import pytest

from tests.intake.checks.builders import Desk, entry


@pytest.mark.parametrize("value", ["95.9", "95.90"])
def test_a_row_said_twice_is_an_error_that_names_both_places(desk: Desk, value: str) -> None:
    finding = desk.only(entry(2), entry(5, value=value))
    assert (finding.code, finding.severity) == ("duplicate-in-file", "error")
    assert finding.place.cell == "E5"
    assert "values.csv, E2" in finding.what


def test_two_values_of_one_source_are_a_question(desk: Desk) -> None:
    finding = desk.only(entry(2), entry(5, value="95.8"))
    assert (finding.code, finding.severity) == ("two-values-in-file", "question")
    assert "95.8 here and 95.9 in values.csv, E2" in finding.what


def test_of_three_rows_each_is_told_about_what_stands_above_it(desk: Desk) -> None:
    found = desk.look(entry(2), entry(3, value="95.8"), entry(4))
    assert [(one.code, one.place.row) for one in found] == [
        ("two-values-in-file", 3),
        ("duplicate-in-file", 4),
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"period": "2026-05"},
        {"area": "VN"},
        {"indicator_code": "5.8"},
        {"source_url": "https://stat.example/b"},
        {"published": "2026-07-16"},
        {"comparability": "proxy"},
        {"part": "Dân số", "comparability": "proxy"},
        {"unit": "người", "comparability": "proxy"},
    ],
)
def test_rows_that_differ_in_what_they_are_of_do_not_repeat(
    desk: Desk, cells: dict[str, str]
) -> None:
    codes = desk.codes(entry(2), entry(3, **cells))
    assert not {"duplicate-in-file", "two-values-in-file"} & set(codes)


def test_a_difference_in_note_or_status_alone_is_none(desk: Desk) -> None:
    assert desk.codes(entry(2), entry(3, note="x", status="estimate")) == ["duplicate-in-file"]


def test_words_are_compared_as_words(desk: Desk) -> None:
    level = {"indicator_code": "7.14", "unit": "Mức độ"}
    first, other = entry(2, value="Mức độ 3", **level), entry(3, value="Mức độ 2", **level)
    assert desk.codes(first, other) == ["two-values-in-file"]
    assert desk.codes(first, entry(3, value="Mức độ 3", **level)) == ["duplicate-in-file"]


def test_rows_without_a_value_are_left_to_others(desk: Desk) -> None:
    assert desk.look(entry(2, value=""), entry(3, value=""), entry(4)) == ()


def test_rows_of_an_unknown_series_can_repeat_as_well(desk: Desk) -> None:
    rows = [entry(number, indicator_code="99.9", unit="quintals") for number in (2, 3)]
    assert desk.codes(*rows) == ["duplicate-in-file"]
    assert desk.look(rows[0], entry(3, indicator_code="99.9", unit="bushels")) == ()
