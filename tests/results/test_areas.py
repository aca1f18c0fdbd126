"""The province beside the country."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.api import Plan
from analysis.results import BETTER, area_frame
from tests.results.builders import tables, value, view

SWAPPED = {"province": "country", "country": "province"}


def pair(series_id: str, province: float, country: float, **cells: Any) -> pd.Series:
    values = view(
        value(series_id, 2024, province, **cells), value(series_id, 2024, country, area_id="VN")
    )
    frame = area_frame(tables(), values)
    assert len(frame) == 1
    return frame.iloc[0]


@pytest.mark.parametrize(
    ("series_id", "province", "country", "better"),
    [
        ("a", 80.0, 70.0, "province"),
        ("a", 70.0, 80.0, "country"),
        ("b", 1.5, 3.0, "province"),
        ("b", 3.0, 1.5, "country"),
        ("b", 3.0, 3.0, "equal"),
        ("c", 2.3, 1.99, "country"),  # 0.15 above the corridor, 0.06 below it
        ("c", 2.06, 2.14, "equal"),  # both in the corridor from 2.05 to 2.15
        ("e", 2.0, 1.0, "province"),  # a level: higher
        ("f", 3.0, 7.0, "province"),  # a rank: lower
        ("g", 900.0, 50_000.0, "not_comparable"),  # a plain count
    ],
)
def test_better_is_said_by_the_mode_of_the_series(
    series_id: str, province: float, country: float, better: str
) -> None:
    assert pair(series_id, province, country)["better"] == better


@given(
    st.sampled_from(["a", "b", "c", "e", "f"]),
    st.integers(0, 1000).map(lambda tenths: tenths / 10),
    st.integers(0, 1000).map(lambda tenths: tenths / 10),
)
def test_who_is_better_turns_round_with_the_areas(series_id: str, one: float, other: float) -> None:
    here, there = pair(series_id, one, other)["better"], pair(series_id, other, one)["better"]
    assert there == SWAPPED.get(here, here)


def test_without_a_target_a_band_is_not_ordered() -> None:
    values = view(value("c", 2024, 2.0), value("c", 2024, 2.1, area_id="VN"))
    stated = tables()["targets"]
    rows = stated[stated["series_id"] != "c"].to_dict("records")
    frame = area_frame(tables(targets=rows), values)
    assert frame["better"].tolist() == ["not_comparable"]
    assert frame["difference"].tolist() == [pytest.approx(-0.1)]


def test_difference_and_ratio_are_those_of_the_province() -> None:
    row = pair("a", 90.0, 60.0)
    assert (row["difference"], row["ratio"]) == (30.0, 1.5)


def test_there_is_no_ratio_to_nothing_nor_of_ordinals() -> None:
    for row in (pair("b", 1.0, 0.0), pair("e", 2.0, 1.0), pair("f", 2.0, 1.0)):
        assert pd.isna(row["ratio"])
        assert row["difference"] == 1.0


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({}, ""),
        ({"comparability": "close"}, "COMPARABILITY"),
        ({"status": "estimate"}, "STATUS"),
        ({"period": "2024-06", "part_year": True}, "PERIOD"),
        ({"is_current_segment": False}, "BEFORE_BREAK"),
        ({"comparability": "proxy", "status": "estimate"}, "COMPARABILITY STATUS"),
    ],
)
def test_the_note_names_what_sets_the_two_values_apart(cells: dict[str, Any], note: str) -> None:
    assert pair("a", 1.0, 2.0, **cells)["definition_note"] == note


def test_two_close_values_need_not_be_close_in_the_same_way() -> None:
    values = view(
        value("a", 2024, 1.0, comparability="close"),
        value("a", 2024, 2.0, comparability="close", area_id="VN"),
    )
    assert area_frame(tables(), values)["definition_note"].tolist() == ["NEITHER_EXACT"]


def test_only_common_years_are_compared_and_the_last_one_is_marked() -> None:
    values = view(
        *(value("a", year, 1.0) for year in (2020, 2022, 2024)),
        *(value("a", year, 2.0, area_id="VN") for year in (2020, 2022, 2023)),
        value("b", 2024, 1.0),
    )
    frame = area_frame(tables(), values)
    assert frame["series_id"].tolist() == ["a", "a"]
    assert frame["year"].tolist() == [2020, 2022]
    assert frame["is_latest"].tolist() == [False, True]


def test_without_a_common_year_the_frame_is_empty_and_keeps_its_columns() -> None:
    full = area_frame(tables(), view(value("a", 2024, 1.0), value("a", 2024, 2.0, area_id="VN")))
    empty = area_frame(tables(), view(value("a", 2024, 1.0)))
    assert len(empty) == 0
    assert list(empty) == list(full)


# The committed package


@pytest.fixture(scope="module")
def areas(plan: Plan, as_of: date) -> pd.DataFrame:
    return plan.compare_areas(as_of=as_of).set_index(["series_id", "year"])


def test_health_insurance_is_ahead_of_the_country_by_less_than_before(areas: pd.DataFrame) -> None:
    early, late = areas.loc[("5.7", 2020)], areas.loc[("5.7", 2025)]
    assert (early["province_value"], early["country_value"]) == (95.0, 90.7)
    assert (late["province_value"], late["country_value"]) == (95.76, 95.15)
    assert early["difference"] == pytest.approx(4.3)
    assert late["difference"] == pytest.approx(0.61)
    assert late["ratio"] == pytest.approx(95.76 / 95.15)
    assert (early["better"], late["better"]) == ("province", "province")
    assert (early["definition_note"], late["definition_note"]) == ("", "")
    assert (early["is_latest"], late["is_latest"]) == (False, True)
    assert late["province_source_id"] != late["country_source_id"] != ""


def test_unemployment_has_no_year_in_common(areas: pd.DataFrame) -> None:
    assert "3.1" not in areas.index.get_level_values("series_id")
    assert areas.loc[("3.2", 2021), "difference"] == pytest.approx(2.23 - 4.42)


def test_poverty_is_compared_by_the_standard_of_each_year(areas: pd.DataFrame) -> None:
    notes = areas.loc["6.10", "definition_note"]
    assert notes[2020] == "BEFORE_BREAK"
    assert notes[2021] == "BEFORE_BREAK PERIOD"  # January 2021 against the year 2021
    assert notes[2022] == notes[2023] == ""
    assert areas.loc[("6.10", 2023), "ratio"] == 0.0  # none against 2.93 %
    assert areas.loc["6.10", "better"].eq("province").all()


def test_a_break_of_the_province_does_not_cut_the_country(areas: pd.DataFrame) -> None:
    row = areas.loc[("4.3", 2023)]
    assert (row["province_value"], row["country_value"]) == (50.0, 27.0)
    assert not row["province_is_current_segment"]
    assert row["country_is_current_segment"]
    assert row["definition_note"] == "BEFORE_BREAK COMPARABILITY"


def test_fertility_is_better_where_it_is_nearer_to_the_target(areas: pd.DataFrame) -> None:
    row = areas.loc[("8.1", 2016)]  # 2.02 is below the corridor from 2.05 to 2.15, 2.09 is in it
    assert (row["province_value"], row["country_value"], row["better"]) == (2.02, 2.09, "country")


def test_life_expectancy_was_a_little_higher_in_the_country(areas: pd.DataFrame) -> None:
    row = areas.loc[("8.2", 2019)]
    assert row["difference"] == pytest.approx(-0.1)
    assert row["better"] == "country"


def test_every_row_names_both_observations_and_a_known_word(areas: pd.DataFrame) -> None:
    assert areas.index.is_unique
    assert areas["better"].isin(BETTER).all()
    assert areas[["province_observation_id", "country_observation_id"]].notna().all(axis=None)


def test_one_group_and_year_can_be_asked_for(plan: Plan, as_of: date) -> None:
    frame = plan.compare_areas(group=5, year=2025, as_of=as_of)
    assert frame["series_id"].tolist() == ["5.1", "5.7"]
    assert list(frame.index) == [0, 1]
