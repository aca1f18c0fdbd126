from __future__ import annotations

import numpy as np
import pytest

from analysis.measures import FLAGS, assess
from tests.measures.helpers import YEARS, assessed, targets, values
from tests.measures.reference import Target

PERCENT = {"natural_min": 0.0, "natural_max": 100.0}
BAND = {"mode": "band", "lo": 85, "hi": 90}
DIP = {2016: 70.0, 2018: 71.0, 2019: 71.2, 2020: 68.0, 2022: 71.9, 2024: 73.0}
SATURATING = {2020: 80.0, 2021: 84.0, 2022: 87.0, 2023: 89.0, 2024: 91.0}


@pytest.mark.parametrize(
    ("flag", "observed", "target"),
    [
        ("BASELINE_SHIFTED", {2019: 80.0, 2025: 86.0}, {"lo": 95}),
        ("LEVEL_ONLY", {2025: 96.0}, {"lo": 95}),
        ("METHOD_SENSITIVE", DIP, {"lo": 78}),
        ("OVERSHOOT_RISK", {2020: 70.0, 2025: 82.0}, BAND),
        ("OVERSHOOT_RISK", {2020: 70.0, 2025: 87.0}, BAND),
        ("OVERSHOT", {2020: 70.0, 2025: 91.0}, BAND),
        ("OVERSHOT", {2020: 70.0, 2025: 91.0}, {**BAND, "year": 2025}),
        ("PROVISIONAL_YEAR", {2020: 70.0, 2024: 91.0}, {"lo": 95, "year": 2025}),
        ("SCALE_SENSITIVE", SATURATING, {"lo": 99, **PERCENT}),
        ("SMALL_GAP", {2020: 94.8, 2025: 94.9}, {"lo": 95, "step": 0.1}),
        ("SMALL_GAP", {2020: 94.1, 2025: 94.9}, {"lo": 95}),
        ("STALE", {2020: 80.0, 2022: 84.0}, {"lo": 95}),
        ("STALE", {2018: 80.0, 2020: 84.0}, {"lo": 95}),
    ],
)
def test_a_flag_is_raised(flag: str, observed: dict[int, float], target: dict[str, object]) -> None:
    assert flag in assessed(observed, as_of=2026, **target)["flags"].split()


@pytest.mark.parametrize(
    ("flag", "observed", "target"),
    [
        ("BASELINE_SHIFTED", {2020: 80.0, 2025: 86.0}, {"lo": 95}),
        ("BASELINE_SHIFTED", {2025: 96.0}, {"lo": 95}),
        ("LEVEL_ONLY", {2025: 94.0}, {"lo": 95}),
        ("LEVEL_ONLY", {2025: 96.0}, {"lo": 95, "year": 2025}),
        ("METHOD_SENSITIVE", DIP, {"mode": "band", "lo": 78, "hi": 80}),
        ("OVERSHOOT_RISK", {2020: 96.0, 2025: 93.0}, BAND),
        ("OVERSHOOT_RISK", {2020: 89.0, 2025: 86.0}, BAND),
        ("OVERSHOOT_RISK", {2020: 70.0, 2025: 82.0}, {"lo": 85}),
        ("OVERSHOT", {2020: 70.0, 2025: 90.0}, BAND),
        ("OVERSHOT", {2020: 70.0, 2025: 91.0}, {"lo": 85}),
        ("PROVISIONAL_YEAR", {2020: 70.0, 2025: 91.0}, {"lo": 95, "year": 2025}),
        ("PROVISIONAL_YEAR", {2020: 70.0, 2023: 91.0}, {"lo": 95, "year": 2025}),
        ("SCALE_SENSITIVE", SATURATING, {"lo": 99}),
        ("SCALE_SENSITIVE", {2022: 87.0, 2023: 89.0, 2024: 91.0}, {"lo": 99, **PERCENT}),
        ("SMALL_GAP", {2020: 94.0, 2025: 94.9}, {"lo": 95, "step": 0.1}),
        ("SMALL_GAP", {2020: 95.5, 2025: 94.9}, {"lo": 95, "step": 0.1}),
        ("SMALL_GAP", {2020: 1.0, 2025: 2.0}, {"mode": "level", "lo": 3, "step": 1.0}),
        ("STALE", {2020: 80.0, 2023: 84.0}, {"lo": 95}),
        ("STALE", {2020: 80.0, 2022: 84.0}, {"lo": 95, "year": 2025}),
    ],
)
def test_a_flag_is_not_raised(
    flag: str, observed: dict[int, float], target: dict[str, object]
) -> None:
    assert flag not in assessed(observed, as_of=2026, **target)["flags"].split()


@pytest.mark.parametrize("target", [{"stated": False}, {"lo": 95, "clear": False}])
def test_nothing_is_flagged_without_a_readable_target(target: dict[str, object]) -> None:
    assert assessed({2018: 80.0, 2021: 84.0}, as_of=2026, **target)["flags"] == ""


@pytest.mark.parametrize(("year", "raised"), [(2020, True), (2023, False), (2025, True)])
def test_only_a_part_year_that_is_used_is_flagged(year: int, raised: bool) -> None:
    seen = values({2020: 80.0, 2023: 85.0, 2025: 90.0})
    part = (year == YEARS)[None, :]
    found = assess(YEARS, seen, targets(Target(lo=95)), 2026, part_year=part)
    assert ("PART_YEAR" in found["flags"][0]) == raised


def test_flags_are_sorted_and_a_flag_never_changes_the_class() -> None:
    assert list(FLAGS) == sorted(FLAGS)
    row = assessed({2019: 94.0, 2022: 94.5}, as_of=2026, lo=95, step=0.5)
    assert row["flags"] == "BASELINE_SHIFTED SMALL_GAP STALE"
    assert row["verdict"] == "ON_TRACK"


def test_a_part_year_table_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="give it the shape of values"):
        assess(YEARS, values({}), targets(Target(lo=1)), 2026, part_year=np.array([[True]]))
