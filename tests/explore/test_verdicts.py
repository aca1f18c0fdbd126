"""Verdicts by default and as chosen, on the committed plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.explore import CHANGES, METHOD_NAMES, VERDICT_COLUMNS, unused, verdicts


def row(frame: pd.DataFrame, series_id: str, year: int) -> dict[Any, Any]:
    mine = frame[frame["series_id"].eq(series_id) & frame["target_year"].eq(year)]
    return mine.iloc[0].to_dict()


def test_by_default_nothing_changes(plan: Plan, as_of: date) -> None:
    frame = verdicts(plan, as_of=as_of)
    assert set(VERDICT_COLUMNS) <= set(frame.columns)
    assert frame["verdict"].equals(frame["default_verdict"])
    assert set(frame["change"]) == {"unchanged"}
    assert not frame["changed"].any()
    assert not frame["what_if"].any()


def test_there_is_one_row_for_each_stated_target_in_plan_order(plan: Plan, as_of: date) -> None:
    frame = verdicts(plan, as_of=as_of)
    stated = plan["targets"][plan["targets"]["status"].eq("stated")]
    assert len(frame) == len(stated)
    assert frame["position"].is_monotonic_increasing
    assert set(verdicts(plan, group=5, as_of=as_of)["group_id"]) == {5}
    assert verdicts(plan, series="5.7", as_of=as_of)["target_year"].tolist() == [2025, 2030]


def test_the_verdict_as_chosen_is_that_of_the_plan(plan: Plan, as_of: date) -> None:
    options: dict[str, Any] = {"base_year": 2019, "include_proxy": True, "as_of": as_of}
    gap = plan.gap(**options)
    frame = verdicts(plan, **options)
    pairs = gap[gap["target_status"].eq("stated")].reset_index(drop=True)
    assert frame["verdict"].equals(pairs["verdict"])
    assert set(frame["declared_base_year"]) == {2019}
    assert frame["include_proxy"].all()


def test_another_base_year_changes_a_verdict_and_says_from_what(plan: Plan, as_of: date) -> None:
    changed = row(verdicts(plan, base_year=2019, as_of=as_of), "5.7", 2030)
    assert (changed["default_verdict"], changed["verdict"]) == ("NEEDS_ACCELERATION", "ON_TRACK")
    assert (changed["default_base_year"], changed["base_year"]) == (2020, 2018)
    assert (changed["change"], changed["changed"]) == ("changed", True)


def test_met_and_maintained_are_one_class(plan: Plan, as_of: date) -> None:
    frame = verdicts(plan, base_year=2023, as_of=as_of)
    same = frame[frame["change"].eq("same_class")]
    assert len(same) > 0
    assert not same["changed"].any()
    assert set(same["verdict"]) | set(same["default_verdict"]) == {"MET", "MAINTAINED"}


def test_a_verdict_is_changed_just_where_the_published_sensitivity_says_so(
    plan: Plan, as_of: date
) -> None:
    sensitivity = plan.sensitivity(as_of=as_of)
    for scenario, options in {
        "base-2023": {"base_year": 2023},
        "base-2020+proxies": {"include_proxy": True},
        **{f"method-{name}": {"method": name} for name in METHOD_NAMES[1:]},
    }.items():
        frame = verdicts(plan, as_of=as_of, **options)  # type: ignore[arg-type]
        key = ["series_id", "target_year"]
        both = frame.merge(sensitivity[sensitivity["scenario_id"].eq(scenario)], on=key)
        assert len(both) == len(frame)
        assert both["changed"].equals(both["differs"]), scenario


def test_a_published_method_speaks_in_its_own_codes(plan: Plan, as_of: date) -> None:
    frame = verdicts(plan, method="statistics_canada", as_of=as_of)
    assert row(frame, "5.7", 2030)["category"] == "moderate_progress"
    assert row(frame, "5.7", 2030)["change"] == "accords"
    silent = frame[frame["change"].eq("not_judged")]
    assert silent["reason"].ne("").all()
    assert silent["changed"].isna().all()
    assert set(frame["change"]) <= set(CHANGES)


def test_a_published_method_is_asked_with_the_chosen_base_year(plan: Plan, as_of: date) -> None:
    early, late = (
        row(verdicts(plan, base_year=year, method="aarr", as_of=as_of), "5.7", 2030)
        for year in (2019, 2020)
    )
    assert (early["base_year"], late["base_year"]) == (2018, 2020)
    assert early["default_base_year"] == late["default_base_year"] == 2020


def test_an_unknown_method_is_refused(plan: Plan, as_of: date) -> None:
    with pytest.raises(ValueError, match="unknown method 'horoscope': use one of own, "):
        verdicts(plan, method="horoscope", as_of=as_of)


def test_a_what_if_is_compared_with_the_plan_without_it(plan: Plan, as_of: date) -> None:
    idea = plan.with_observations([{"series_id": "5.7", "period": 2026, "value": 97}])
    frame = verdicts(idea, group=5, as_of=as_of)
    changed = row(frame, "5.7", 2030)
    assert (changed["default_verdict"], changed["verdict"]) == ("NEEDS_ACCELERATION", "MET")
    assert (changed["default_judged_value"], changed["judged_value"]) == (95.76, 97.0)
    assert changed["value_source_id"] == "what-if"
    assert frame.loc[frame["what_if"], "series_id"].unique().tolist() == ["5.7"]


def test_a_hypothetical_value_that_is_not_judged_marks_its_series_too(
    plan: Plan, as_of: date
) -> None:
    idea = plan.with_observations([{"series_id": "5.7", "period": 2020, "value": 90}])
    frame = verdicts(idea, group=5, as_of=as_of)
    marked = row(frame, "5.7", 2030)
    assert marked["what_if"]
    assert marked["value_source_id"] != "what-if"


def test_a_hypothetical_value_of_the_country_marks_nothing(plan: Plan, as_of: date) -> None:
    cells = {"series_id": "5.7", "period": 2025, "value": 96, "area_id": "VN"}
    idea = plan.with_observations([cells])
    assert not verdicts(idea, group=5, as_of=as_of)["what_if"].any()
    assert unused(idea, as_of=as_of).empty


def test_hypothetical_values_without_effect_are_told(plan: Plan) -> None:
    later = {"series_id": "5.7", "period": 2028, "value": 97}
    proxy = {"series_id": "5.1", "period": 2026, "value": 60, "comparability": "proxy"}
    idea = plan.with_observations([later, proxy])
    day = date(2026, 12, 31)
    assert unused(idea, as_of=day)["series_id"].tolist() == ["5.7", "5.1"]
    assert unused(idea, as_of=day, include_proxy=True)["series_id"].tolist() == ["5.7"]
    assert unused(idea, as_of=date(2028, 1, 1), include_proxy=True).empty
    assert unused(plan, as_of=day).empty
