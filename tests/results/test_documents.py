"""The plan beside the targets of other documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.results import AMBITION_REASONS, AMBITIONS, OUTCOMES, document_frame
from tests.results.builders import tables, target, targets, value, view

DAY = date(2026, 11, 25)


def other(series_id: str, period: str, kind: str, **cells: Any) -> dict[str, Any]:
    """One target of another document."""
    row = target(series_id, 0, kind) | {
        "framework": "Resolution 1",
        "area_id": "QN",
        "period": period,
        "unit_source": "",
        "unit_id": "percent",
        "source_id": "office",
        "note": "",
    }
    return {name: cell for name, cell in row.items() if name not in {"year", "status"}} | cells


def frame_of(*others: dict[str, Any], values: pd.DataFrame | None = None) -> pd.DataFrame:
    values = view() if values is None else values
    return document_frame(tables(comparison_targets=list(others)), values, as_of=DAY)


def row_of(one: dict[str, Any], *values: dict[str, Any]) -> pd.Series:
    return frame_of(one, values=view(*values)).iloc[0]


# Whose target asks for more


@pytest.mark.parametrize(
    ("one", "ambition"),
    [
        (other("a", "2030", "exact", low=95.0, high=95.0), "stricter"),
        (other("a", "2030", "at_least", low=90.0), "same"),
        (other("a", "2030", "more_than", low=90.0), "stricter"),
        (other("a", "2030", "between", low=85.0, high=95.0), "looser"),
        (other("b", "2030", "less_than", high=1.0), "stricter"),
        (other("b", "2030", "at_most", high=2.0), "looser"),
        (other("b", "2030", "exact", low=3.0, high=3.0), "looser"),
        (other("c", "2030", "between", low=2.0, high=2.2, unit_id="fertility"), "looser"),
        (other("c", "2030", "between", low=2.08, high=2.12, unit_id="fertility"), "stricter"),
        (other("e", "2030", "level", level_id="step-1", unit_id="school"), "looser"),
        (other("f", "2030", "at_most", high=3.0, unit_id="rank"), "stricter"),
    ],
)
def test_the_stricter_target_is_the_one_that_fewer_values_meet(
    one: dict[str, Any], ambition: str
) -> None:
    row = row_of(one)
    assert (row["ambition"], row["ambition_reason"]) == (ambition, "")


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (other("a", "not_stated", "exact", low=95.0, high=95.0), "NO_YEAR"),
        (other("a", "2027", "exact", low=95.0, high=95.0), "NO_PLAN_TARGET"),
        (other("a", "2030", "exact", low=95.0, high=95.0, unit_id="dwellings"), "UNIT_DIFFERS"),
        (other("a", "2030", "text"), "TARGET_UNCLEAR"),
        (other("c", "2030", "between", low=2.0, high=2.1, unit_id="fertility"), "OVERLAPPING"),
    ],
)
def test_what_cannot_be_compared_says_why(one: dict[str, Any], reason: str) -> None:
    row = row_of(one)
    assert (row["ambition"], row["ambition_reason"]) == ("not_comparable", reason)


# How the province stands


def test_a_year_that_is_over_is_met_or_not_met() -> None:
    met = row_of(other("a", "2025", "at_least", low=80.0), value("a", 2025, 80.0))
    missed = row_of(other("a", "2025", "more_than", low=80.0), value("a", 2025, 80.0))
    assert (met["outcome"], met["verdict"], met["due"]) == ("met", "MET", True)
    assert (missed["outcome"], missed["verdict"], missed["gap"]) == ("not_met", "NOT_MET", 0.0)


def test_a_year_to_come_is_not_failed_but_not_met_yet() -> None:
    row = row_of(
        other("a", "2030", "exact", low=95.0, high=95.0),
        value("a", 2020, 75.0),
        value("a", 2025, 80.0),
    )
    # 5 of 20 points in half of the time: a pace of one half
    assert (row["outcome"], row["verdict"]) == ("not_yet", "OFF_TRACK")
    assert row["pace_ratio"] == pytest.approx(0.5)
    assert not row["due"]
    assert row["value_observation_id"] == "a-QN-2025"


def test_what_cannot_be_judged_says_why() -> None:
    none = row_of(other("a", "2025", "at_least", low=80.0))
    one = row_of(other("a", "2030", "at_least", low=80.0), value("a", 2025, 70.0))
    unit = row_of(
        other("a", "2025", "exact", low=1.0, high=1.0, unit_id="rank"), value("a", 2025, 1)
    )
    rows = (none, one, unit)
    assert {row["outcome"] for row in rows} == {"not_assessable"}
    assert [row["reason"] for row in rows] == ["NO_DATA", "ONE_POINT", "UNIT_DIFFERS"]


def test_targets_of_the_country_and_without_a_year_are_shown_but_not_judged() -> None:
    values = [value("a", 2025, 99.0)]
    national = row_of(other("a", "2025", "at_least", low=80.0, area_id="VN"), *values)
    undated = row_of(other("a", "not_stated", "at_least", low=80.0), *values)
    assert (national["outcome"], undated["outcome"]) == ("national", "no_year")
    for row in (national, undated):
        assert (row["verdict"], row["reason"]) == ("", "")
        assert pd.isna(row["judged_value"])
        assert pd.isna(row["met"])
    assert national["is_national"]


def test_a_target_is_judged_by_the_measure_that_was_in_force_in_its_year() -> None:
    values = view(
        value("a", 2023, 85.0, segment=0, is_current_segment=False),
        value("a", 2025, 60.0, segment=1),
    )
    cut = {"series_id": "a", "from_period": "2025", "area_id": "QN"}
    others = [other("a", year, "at_least", low=80.0) for year in ("2023", "2025")]
    frame = document_frame(tables(comparison_targets=others, breaks=[cut]), values, as_of=DAY)
    assert frame["judged_value"].tolist() == [85.0, 60.0]
    assert frame["outcome"].tolist() == ["met", "not_met"]


def test_a_break_of_another_area_is_not_in_force_here() -> None:
    cut = {"series_id": "a", "from_period": "2022", "area_id": "VN"}
    others = [other("a", "2023", "at_least", low=80.0)]
    values = view(value("a", 2023, 85.0))
    frame = document_frame(tables(comparison_targets=others, breaks=[cut]), values, as_of=DAY)
    assert frame["outcome"].tolist() == ["met"]


def test_every_target_has_its_row_and_the_plans_beside_it() -> None:
    frame = frame_of(
        other("b", "2030", "at_most", high=1.0),
        other("a", "2030", "at_least", low=80.0, framework="B"),
        other("a", "2025", "at_least", low=70.0, framework="A"),
        other("a", "2030", "at_least", low=80.0, framework="A"),
    )
    keys = list(zip(frame["series_id"], frame["period"], frame["framework"], strict=True))
    assert keys == [
        ("a", "2025", "A"), ("a", "2030", "B"), ("a", "2030", "A"), ("b", "2030", "Resolution 1"),
    ]  # fmt: skip
    assert frame["plan_low"].tolist()[1:3] == [90.0, 90.0]
    assert frame["plan_kind"].isna().tolist() == [True, False, False, False]


def test_a_target_that_the_plan_does_not_state_is_none_to_compare_with() -> None:
    rows = [{**one, "status": "not_stated", "kind": "none"} for one in targets()]
    others = [other("a", "2030", "at_least", low=80.0)]
    frame = document_frame(tables(comparison_targets=others, targets=rows), view(), as_of=DAY)
    assert frame["ambition_reason"].tolist() == ["NO_PLAN_TARGET"]


# The committed package


@pytest.fixture(scope="module")
def documents(plan: Plan, as_of: date) -> pd.DataFrame:
    return plan.compare_targets(as_of=as_of)


def only(frame: pd.DataFrame, series_id: str, period: str, area: str = "QN") -> pd.Series:
    mine = frame["series_id"].eq(series_id) & frame["period"].eq(period)
    rows = frame[mine & frame["area_id"].eq(area)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_every_row_of_the_table_is_there_with_known_words(
    plan: Plan, documents: pd.DataFrame
) -> None:
    assert len(documents) == len(plan["comparison_targets"])
    assert documents["ambition"].isin(AMBITIONS).all()
    assert documents["ambition_reason"].isin(AMBITION_REASONS).all()
    assert documents["outcome"].isin(OUTCOMES).all()
    told = documents["ambition"].eq("not_comparable") == documents["ambition_reason"].ne("")
    assert told.all()


def test_the_party_congress_asks_for_full_health_insurance(documents: pd.DataFrame) -> None:
    row = only(documents, "5.7", "2030")
    assert (row["low"], row["plan_low"], row["ambition"]) == (100.0, 97.0, "stricter")
    # 0.76 of 4.995 points (to 99.995, which prints as 100.00) in half of the time
    assert row["pace_ratio"] == pytest.approx(0.76 / 4.995 / 0.5)
    assert (row["outcome"], row["verdict"]) == ("not_yet", "OFF_TRACK")


def test_a_certificate_rate_of_less_than_the_plan_is_looser(documents: pd.DataFrame) -> None:
    row = only(documents, "4.3", "2030")
    assert (row["plan_text_source"], row["ambition"]) == (">55", "looser")
    assert (row["outcome"], row["reason"]) == ("not_assessable", "ONE_POINT")


def test_the_goal_for_2023_is_judged_in_the_measure_of_2023(documents: pd.DataFrame) -> None:
    row = only(documents, "4.3", "2023")
    assert (row["judged_value"], row["value_period"], row["outcome"]) == (50.0, "2023", "met")
    assert row["ambition_reason"] == "NO_PLAN_TARGET"


def test_unemployment_targets_of_the_country_are_looser_and_not_judged(
    documents: pd.DataFrame,
) -> None:
    for period in ("2025", "2030"):
        row = only(documents, "3.1", period, "VN")
        assert (row["ambition"], row["outcome"]) == ("looser", "national")
    row = only(documents, "3.1", "2030")
    assert (row["ambition"], row["outcome"], row["judged_value"]) == ("same", "not_yet", 2.16)


def test_poverty_under_one_per_cent_was_reached_in_2025(documents: pd.DataFrame) -> None:
    row = only(documents, "6.10", "2025")
    assert (row["judged_value"], row["outcome"]) == (0.0, "met")


def test_schools_met_the_older_goal_that_was_lower(documents: pd.DataFrame) -> None:
    row = only(documents, "7.17", "2025")  # 92.07 against 90 there and 92.5 in the plan
    assert (row["ambition"], row["outcome"]) == ("looser", "met")


def test_one_group_and_year_of_targets_can_be_asked_for(plan: Plan, as_of: date) -> None:
    frame = plan.compare_targets(group=3, year=2025, as_of=as_of)
    assert set(frame["series_id"]) == {"3.1", "3.2", "3.4"}
    assert frame["target_year"].eq(2025).all()
