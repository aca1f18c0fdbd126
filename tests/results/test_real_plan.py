"""Rows of the committed package, worked out by hand from the plan and the observations."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan


@pytest.fixture(scope="module")
def gap(plan: Plan, as_of: date) -> pd.DataFrame:
    return plan.gap(as_of=as_of).set_index(["series_id", "target_year"])


def test_there_is_one_row_for_each_series_and_target_year(gap: pd.DataFrame) -> None:
    assert len(gap) == 220
    assert gap.index.is_unique


def test_health_insurance_has_met_2025_and_needs_to_speed_up_for_2030(gap: pd.DataFrame) -> None:
    due, ahead = gap.loc[("5.7", 2025)], gap.loc[("5.7", 2030)]
    assert (due["verdict"], due["judged_value"], due["gap"]) == ("MET", 95.76, 0.0)
    # 0.76 of 2 points from 95.0 (2020) to 97, in 5 of 10 years
    assert ahead["share_covered"] == pytest.approx(0.38)
    assert ahead["pace_ratio"] == pytest.approx(0.76)
    assert ahead["needed_per_year"] == pytest.approx(1.24 / 5)
    assert ahead["verdict"] == "NEEDS_ACCELERATION"


def test_grdp_is_judged_from_2021_against_the_lower_end_of_its_range(gap: pd.DataFrame) -> None:
    row = gap.loc[("1", 2030)]
    share = (10402 - 7614) / (19000 - 7614)
    assert (row["base_year"], row["base_value"]) == (2021, 7614)
    assert row["pace_ratio"] == pytest.approx(share / (4 / 9))
    assert row["verdict"] == "OFF_TRACK"
    assert "BASELINE_SHIFTED" in row["flags"]
    assert gap.loc[("1", 2025), "verdict"] == "NO_TARGET"


def test_schools_missed_2025_by_less_than_half_a_point(gap: pd.DataFrame) -> None:
    row = gap.loc[("7.17", 2025)]
    assert row["verdict"] == "NOT_MET"
    assert row["gap"] == pytest.approx(92.5 - 92.07)


def test_the_certificate_rate_is_judged_after_its_last_break_only(gap: pd.DataFrame) -> None:
    row = gap.loc[("4.3", 2025)]
    assert (row["n"], row["judged_value"], row["verdict"]) == (1, 43.0, "NOT_MET")


def test_a_level_is_judged_by_its_step(gap: pd.DataFrame) -> None:
    assert gap.loc[("7.15", 2025), "verdict"] == "MET"
    assert gap.loc[("7.15", 2025), "judged_value"] == 3
    assert gap.loc[("7.14", 2030), "verdict"] == "MAINTAINED"


def test_a_rank_is_better_when_lower(gap: pd.DataFrame) -> None:
    row = gap.loc[("4.1", 2025)]
    assert (row["judged_value"], row["gap"], row["verdict"]) == (6, 1, "NOT_MET")


def test_words_that_name_nothing_measurable_are_not_judged(gap: pd.DataFrame) -> None:
    for key in (("8.10", 2025), ("8.10", 2030), ("10.2", 2025)):
        assert gap.loc[key, "verdict"] == "NOT_ASSESSABLE"
        assert gap.loc[key, "reason"] == "TARGET_UNCLEAR"


def test_a_yearly_count_does_not_stand_for_a_cumulative_target(gap: pd.DataFrame) -> None:
    assert gap.loc[("10.1", 2025), "verdict"] == "NO_DATA"


def test_districts_that_ended_leave_values_before_a_break_only(gap: pd.DataFrame) -> None:
    row = gap.loc[("7.9", 2030)]
    assert (row["verdict"], row["reason"]) == ("NOT_ASSESSABLE", "ONLY_BEFORE_BREAK")


def test_every_judged_value_names_its_observation_and_source(gap: pd.DataFrame) -> None:
    judged = gap[gap["judged_value"].notna()]
    assert judged["value_observation_id"].notna().all()
    assert judged["value_source_id"].notna().all()
    assert gap[gap["judged_value"].isna()]["value_observation_id"].isna().all()


def test_trend_rows_follow_the_plan(plan: Plan, as_of: date) -> None:
    trend = plan.trend(as_of=as_of).set_index("series_id")
    assert len(trend) == 110
    row = trend.loc["5.7"]
    assert (row["first_value"], row["last_value"]) == (82.4, 95.76)
    assert row["years"] == "2015 2016 2017 2018 2020 2024 2025"
    assert trend.loc["7.9", "before_break"]
