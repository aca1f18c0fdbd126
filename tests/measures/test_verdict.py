from __future__ import annotations

import numpy as np
import pytest

from analysis.measures import assess
from analysis.measures.verdict import GRADES, VERDICTS, grades, pace_class
from tests.measures.helpers import YEARS, assessed, targets, values
from tests.measures.reference import Target

STRICT = {"lo": 95, "lo_strict": True}
LEVEL = {"mode": "level", "lo": 4}


@pytest.mark.parametrize(
    ("observed", "target", "verdict", "reason"),
    [
        ({}, {"stated": False}, "NO_TARGET", ""),
        ({2020: 1.0, 2025: 2.0}, {"stated": False, "clear": False}, "NO_TARGET", ""),
        ({}, {"lo": 95, "clear": False}, "NOT_ASSESSABLE", "TARGET_UNCLEAR"),
        ({2025: 2.0}, {"hi": 95}, "NOT_ASSESSABLE", "TARGET_UNCLEAR"),
        ({}, {"lo": 95}, "NO_DATA", ""),
        ({}, {"lo": 95, "year": 2025}, "NO_DATA", ""),
        ({2025: 96.0}, {"lo": 95, "year": 2025}, "MET", ""),
        ({2025: 94.6}, {"lo": 95, "year": 2025}, "NOT_MET", ""),
        ({2020: 94.6}, {"lo": 95, "year": 2025}, "NOT_ASSESSABLE", "NO_VALUE_FOR_TARGET_YEAR"),
        ({2020: 99.0}, {"lo": 95}, "NOT_ASSESSABLE", "STALE"),
        ({2021: 99.0}, {"lo": 95}, "MET", ""),
        ({2025: 96.0}, {"lo": 95}, "MET", ""),
        ({2025: 91.0}, {"lo": 95}, "NOT_ASSESSABLE", "ONE_POINT"),
        ({2015: 90.0, 2016: 91.0}, {"lo": 95}, "NOT_ASSESSABLE", "STALE"),
        ({2017: 90.0, 2021: 91.0}, {"lo": 95, "base_year": 2024}, "NOT_ASSESSABLE", "NO_BASELINE"),
        ({2015: 9.0, 2024: 9.5}, {"lo": 95, "base_year": 2024}, "NOT_ASSESSABLE",
         "SPAN_TOO_SHORT"),
        ({2020: 96.0, 2025: 97.0}, {"lo": 95}, "MAINTAINED", ""),
        ({2020: 90.0, 2025: 97.0}, {"lo": 95}, "MET", ""),
        ({2020: 96.0, 2025: 94.0}, {"lo": 95}, "LOST", ""),
        ({2024: 96.0, 2025: 94.0}, {"lo": 95}, "LOST", ""),
        ({2020: 1.0, 2025: 3.0}, LEVEL, "ON_TRACK", ""),
        ({2024: 2.0, 2025: 3.0}, LEVEL, "NEEDS_ACCELERATION", ""),
        ({2020: 3.0, 2025: 3.0}, LEVEL, "OFF_TRACK", ""),
        ({2020: 3.0, 2025: 2.0}, LEVEL, "WORSENING", ""),
        ({2024: 90.0, 2025: 91.0}, {"lo": 95}, "NOT_ASSESSABLE", "SPAN_TOO_SHORT"),
        ({2020: 80.0, 2025: 87.125}, {"lo": 95}, "ON_TRACK", ""),
        ({2020: 80.0, 2025: 87.12}, {"lo": 95}, "NEEDS_ACCELERATION", ""),
        ({2020: 80.0, 2025: 84.5}, {"lo": 95}, "NEEDS_ACCELERATION", ""),
        ({2020: 80.0, 2025: 84.4}, {"lo": 95}, "OFF_TRACK", ""),
        ({2020: 80.0, 2025: 79.9}, {"lo": 95}, "WORSENING", ""),
        ({2020: 90.0, 2025: 95.0}, STRICT, "ON_TRACK", ""),
        ({2020: 95.0, 2025: 95.0}, STRICT, "OFF_TRACK", ""),
        ({2020: 95.0, 2025: 94.0}, STRICT, "WORSENING", ""),
        ({2020: 95.0, 2025: 95.1}, STRICT, "MET", ""),
    ],
)  # fmt: skip
def test_the_first_step_that_holds_decides(
    observed: dict[int, float], target: dict[str, object], verdict: str, reason: str
) -> None:
    row = assessed(observed, as_of=2026, **target)
    assert (row["verdict"], row["reason"]) == (verdict, reason)


def test_values_only_before_a_break_are_not_called_no_data() -> None:
    aim = targets(*[Target(lo=95)] * 3, Target(stated=False))
    seen = values({}, {}, {2025: 96.0}, {})
    broken = np.array([True, False, True, True])
    found = assess(YEARS, seen, aim, 2026, before_break=broken)
    assert found["verdict"].tolist() == ["NOT_ASSESSABLE", "NO_DATA", "MET", "NO_TARGET"]
    assert found["reason"].tolist() == ["ONLY_BEFORE_BREAK", "", "", ""]


def test_grades_follow_the_number_of_values() -> None:
    names = [GRADES[code] for code in grades(np.arange(7))]
    assert names == ["", "D", "C", "B", "B", "A", "A"]


@pytest.mark.parametrize(
    "target", [{"lo": 95, "year": 2025}, {"stated": False}, {"lo": 95, "clear": False}]
)
def test_there_is_no_grade_where_no_pace_is_judged(target: dict[str, object]) -> None:
    assert assessed({2020: 90.0, 2025: 94.0}, **target)["grade"] == ""


def test_limits_of_the_classes_belong_to_the_better_class() -> None:
    codes = pace_class(np.array([0.95, 0.9499, 0.6, 0.5999, 0, -0.0001, np.nan]))
    assert [VERDICTS[code] for code in codes] == [
        "ON_TRACK", "NEEDS_ACCELERATION", "NEEDS_ACCELERATION", "OFF_TRACK", "OFF_TRACK",
        "WORSENING", "WORSENING",
    ]  # fmt: skip


def test_without_a_readable_target_only_the_values_are_told() -> None:
    for target in ({"stated": False}, {"lo": 95, "clear": False}):
        row = assessed({2020: 90.0, 2025: 94.0}, as_of=2026, **target)
        told = row.dropna()
        assert told[["n", "latest_year", "judged_value", "slope"]].tolist() == [2, 2025, 94, 0.8]
        assert not {"met", "gap", "signed_gap", "base_year", "projection"} & set(told.index)
