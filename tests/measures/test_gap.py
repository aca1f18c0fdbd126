from __future__ import annotations

import math

import pytest

from tests.measures.helpers import assessed


def test_shares_are_not_shown_where_the_baseline_was_met() -> None:
    row = assessed({2020: 96.0, 2025: 97.0}, lo=95)
    assert row[["share_covered", "elapsed", "pace_ratio"]].isna().all()


def test_the_pace_is_shown_from_two_years_on() -> None:
    assert math.isnan(assessed({2020: 80.0, 2021: 82.0}, as_of=2022, lo=95)["pace_ratio"])
    assert assessed({2020: 80.0, 2022: 83.0}, as_of=2022, lo=95)["pace_ratio"] == pytest.approx(1)


def test_the_relative_gap_is_not_shown_within_one_displayed_unit_of_zero() -> None:
    assert math.isnan(assessed({2025: 2.0}, mode="down", hi=0.05, step=0.1)["relative_gap"])
    assert math.isnan(assessed({2025: 2.0}, mode="down", hi=0.1, step=0.1)["relative_gap"])
    assert math.isnan(assessed({2025: 2.0}, mode="down", hi=0.0)["relative_gap"])
    assert assessed({2025: 2.0}, mode="down", hi=0.2, step=0.1)["relative_gap"] == pytest.approx(9)


def test_inside_a_band_no_end_is_violated() -> None:
    row = assessed({2025: 87.0}, mode="band", lo=85, hi=90)
    assert (row["gap"], row["signed_gap"], row["relative_gap"]) == (0, 0, 0)


def test_the_gap_to_a_negative_edge_has_a_positive_relative_size() -> None:
    row = assessed({2025: -2.0}, mode="down", hi=-4)
    assert (row["signed_gap"], row["relative_gap"]) == (2, 0.5)


def test_a_level_is_measured_in_levels_and_never_continued() -> None:
    row = assessed({2020: 1.0, 2022: 2.0, 2024: 2.0, 2025: 2.0}, mode="level", lo=3)
    assert (row["gap"], row["pace_ratio"]) == (1, 1)
    hidden = ["slope", "needed_per_year", "acceleration", "projection", "projection_low", "p_met"]
    assert row[[*hidden, "attain_year", "trend_ratio"]].isna().all()


def test_a_rank_gets_better_downwards() -> None:
    row = assessed({2020: 12.0, 2025: 7.0}, mode="level", hi=5)
    assert row["verdict"] == "ON_TRACK"
    assert row["signed_gap"] == 2
