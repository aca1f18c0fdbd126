"""What has been observed."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.results import COVERAGE_CLASSES, COVERAGE_COLUMNS, COVERAGE_COUNTS, coverage_frame
from tests.results.builders import observations, tables, value, view

DAY = date(2026, 11, 25)
CLASS_COUNTS = ["n_years_0", "n_years_1", "n_years_2", "n_years_3_4", "n_years_5_plus"]

PROXY = {
    "observation_id": "p-1",
    "series_id": "b",
    "area_id": "QN",
    "period": "2024",
    "comparability": "proxy",
    "source_id": "paper",
}


def coverage(values: pd.DataFrame, *more: dict[str, str], by: str = "series") -> pd.DataFrame:
    frames = {**tables(), "observations": observations(values, *more)}
    return coverage_frame(frames, values, as_of=DAY, by=by)


def one(series_id: str, values: pd.DataFrame, *more: dict[str, str]) -> pd.Series:
    return coverage(values, *more).set_index("series_id").loc[series_id]


@pytest.mark.parametrize(
    ("years", "expected"),
    [(0, "0"), (1, "1"), (2, "2"), (3, "3-4"), (4, "3-4"), (5, "5+"), (12, "5+")],
)
def test_a_series_is_classed_by_its_years_with_a_value(years: int, expected: str) -> None:
    row = one("a", view(*(value("a", 2025 - back, 1.0) for back in range(years))))
    assert (row["n_years"], row["years_class"]) == (years, expected)


def test_ages_are_counted_from_the_latest_value() -> None:
    row = one("a", view(value("a", 2019, 1.0), value("a", 2023, 2.0)))
    assert (row["first_year"], row["latest_year"], row["age"]) == (2019, 2023, 3)


def test_values_before_a_break_are_counted_apart() -> None:
    values = view(value("a", 2020, 1.0, is_current_segment=False), value("a", 2024, 2.0))
    row = one("a", values)
    assert (row["n_years"], row["n_years_before_break"], row["first_year"]) == (1, 1, 2024)


def test_sources_and_tiers_are_those_of_all_candidates() -> None:
    values = view(value("a", 2024, 1.0, set_aside="x-1 x-2"), value("a", 2025, 1.0))
    others = [
        PROXY | {"observation_id": name, "series_id": "a", "comparability": "close"}
        for name in ("x-1", "x-2")
    ]
    row = one("a", values, *others)
    assert (row["n_values"], row["n_sources"]) == (4, 2)
    assert (row["n_official"], row["n_state_press"], row["n_press"], row["n_other"]) == (2, 0, 2, 0)
    assert row["latest_tier"] == "official"


def test_proxies_are_counted_once_their_period_has_begun_and_in_their_area_only() -> None:
    more = [
        PROXY,
        PROXY | {"observation_id": "p-2", "period": "2026-12"},
        PROXY | {"observation_id": "p-3", "area_id": "VN"},
        PROXY | {"observation_id": "p-4", "period": "2016-2020"},
    ]
    row = one("b", view(), *more)
    assert (row["n_proxies"], row["n_years"], row["n_proxy_years"]) == (2, 0, 0)


def test_proxies_that_stand_in_the_view_are_told_from_the_plans_own_measure() -> None:
    row = one("b", view(value("b", 2023, 1.0), value("b", 2024, 1.0, comparability="proxy")))
    assert (row["n_years"], row["n_proxy_years"]) == (2, 1)


def test_other_areas_do_not_count() -> None:
    row = one("a", view(value("a", 2024, 1.0, area_id="VN")))
    assert (row["n_years"], row["n_values"], row["n_sources"]) == (0, 0, 0)
    assert pd.isna(row["age"])


def test_parts_count_their_series_by_class_and_age() -> None:
    values = view(
        value("a", 2024, 1.0),
        *(value("b", year, 1.0) for year in (2017, 2018)),
        value("e", 2020, 1.0, is_current_segment=False),
        *(value("d-one", year, 1.0) for year in (2020, 2021, 2022)),
    )
    more = [PROXY | {"series_id": name, "observation_id": f"p-{name}"} for name in ("c", "e", "a")]
    frame = coverage(values, *more, by="group").set_index("group_id")
    assert frame[CLASS_COUNTS].to_numpy().tolist() == [[1, 1, 1, 0, 0], [4, 0, 0, 1, 0]]
    assert frame["n_series_with_value"].tolist() == [2, 1]
    assert frame["n_indicators"].tolist() == [3, 4]
    assert frame["n_indicators_with_value"].tolist() == [2, 1]
    assert frame["n_only_before_break"].tolist() == [0, 1]
    assert frame["n_only_proxies"].tolist() == [1, 0]
    assert frame["n_stale"].tolist() == [1, 1]
    assert frame["n_too_old"].tolist() == [1, 0]
    assert frame["latest_year"].tolist() == [2024, 2022]


def test_a_part_without_any_value_has_no_latest_year() -> None:
    frame = coverage(view(value("a", 2024, 1.0)), by="group")
    assert frame["latest_year"].isna().tolist() == [False, True]


def test_an_unknown_grouping_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown grouping 'area': use one of series, plan, group"):
        coverage(view(), by="area")


# The committed package


@pytest.fixture(scope="module")
def by_series(plan: Plan, as_of: date) -> pd.DataFrame:
    return plan.coverage(as_of=as_of).set_index("series_id")


def test_coverage_agrees_with_the_gap_rows(
    plan: Plan, as_of: date, by_series: pd.DataFrame
) -> None:
    gap = plan.gap(as_of=as_of, year=2030).set_index("series_id")
    assert by_series.index.tolist() == gap.index.tolist()
    assert by_series["n_years"].tolist() == gap["n"].tolist()
    pd.testing.assert_series_equal(by_series["latest_year"], gap["latest_year"])
    assert set(COVERAGE_COLUMNS) <= set(by_series)
    assert set(by_series["years_class"]) <= set(COVERAGE_CLASSES)


def test_health_insurance_has_seven_years_and_the_newest_is_a_year_old(
    by_series: pd.DataFrame,
) -> None:
    row = by_series.loc["5.7"]
    assert (row["n_years"], row["years_class"], row["n_years_before_break"]) == (7, "5+", 0)
    assert (row["first_year"], row["latest_year"], row["age"]) == (2015, 2025, 1)
    assert (row["n_values"], row["n_proxies"]) == (11, 0)


def test_what_lies_before_a_break_is_not_lost_from_sight(by_series: pd.DataFrame) -> None:
    row = by_series.loc["7.9"]
    assert (row["n_years"], row["n_years_before_break"], row["years_class"]) == (0, 1, "0")


@pytest.mark.parametrize("by", ["plan", "group", "agency"])
def test_the_classes_of_every_part_add_up(plan: Plan, as_of: date, by: str) -> None:
    frame = plan.coverage(by, as_of=as_of)
    assert frame[CLASS_COUNTS].sum(axis=1).equals(frame["n_series"])
    assert frame["n_series"].sum() == 110
    assert list(frame)[-len(COVERAGE_COUNTS) :] == list(COVERAGE_COUNTS)
