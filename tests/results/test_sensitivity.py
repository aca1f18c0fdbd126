"""What each verdict would be under other assumptions."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.measures import METHODS, VERDICTS
from analysis.results import ASKED, AXES, CATEGORY_VERDICTS, SENSITIVITY_COLUMNS, sensitivity_frame
from tests.results.builders import tables, target, value, view

DAY = date(2026, 11, 25)
NO_JUDGEMENT = {
    "not_available", "insufficient_data", "no_data", "no_recent_data", "target_not_achieved",
}  # fmt: skip


def scenarios_of(
    series_id: str, values: pd.DataFrame, proxies: pd.DataFrame | None = None
) -> pd.DataFrame:
    views = {False: values, True: values if proxies is None else proxies}
    frame = sensitivity_frame(tables(), views, as_of=DAY)
    return frame[frame["series_id"].eq(series_id)].set_index("scenario_id")


def test_every_scenario_is_a_row_and_one_of_them_is_the_default() -> None:
    frame = scenarios_of("a", view())
    years = [f"base-{year}" for year in range(2019, 2024)]
    assert list(frame.index) == [
        *years, *(f"{name}+proxies" for name in years), *(f"method-{name}" for name in ASKED)
    ]  # fmt: skip
    assert frame.index[frame["axis"].eq("default")].tolist() == ["base-2020"]
    assert frame.loc["base-2019", "axis"] == "base_year"
    assert frame.loc["base-2020+proxies", "axis"] == "proxies"
    assert frame.loc["base-2019+proxies", "axis"] == "base_year_and_proxies"
    assert set(frame["axis"]) == set(AXES)


def test_another_base_year_can_turn_the_verdict() -> None:
    frame = scenarios_of(
        "a", view(value("a", 2019, 60.0), value("a", 2020, 75.0), value("a", 2025, 80.0))
    )
    # from 2020: 5 of 15 points in half of the time; from 2019: 20 of 30 in 6 of 11 years
    assert frame.loc["base-2020", "value"] == pytest.approx(2 / 3)
    assert frame.loc["base-2019", "value"] == pytest.approx((2 / 3) / (6 / 11))
    told = frame.loc[["base-2019", "base-2020"], "verdict"].tolist()
    assert told == ["ON_TRACK", "NEEDS_ACCELERATION"]
    assert frame.loc["base-2019", "differs"]
    assert not frame.loc["base-2020", "differs"]


def test_a_base_year_without_a_value_says_which_year_it_took() -> None:
    frame = scenarios_of("a", view(value("a", 2020, 75.0), value("a", 2025, 80.0)))
    assert frame.loc["base-2022", ["base_year", "base_value"]].tolist() == [2020, 75.0]
    assert not frame.loc["base-2022", "differs"]
    late = frame.loc["base-2023"]  # the value of 2025 itself is the nearest one
    assert (late["verdict"], late["reason"]) == ("NOT_ASSESSABLE", "SPAN_TOO_SHORT")
    assert late["differs"]


def test_proxies_are_used_in_their_scenarios_only() -> None:
    proxies = view(value("a", 2025, 95.0, comparability="proxy"))
    frame = scenarios_of("a", view(), proxies)
    without, included = frame.loc["base-2020"], frame.loc["base-2020+proxies"]
    assert (without["verdict"], without["reason"]) == ("NO_DATA", "NO_DATA")
    assert (included["verdict"], included["judged_value"], included["differs"]) == (
        "MET",
        95.0,
        True,
    )


def test_the_default_can_be_another_one() -> None:
    values = view(value("a", 2018, 60.0), value("a", 2025, 80.0))
    frame = sensitivity_frame(
        tables(), {False: values, True: values}, as_of=DAY, base_year=2018, include_proxy=True
    )
    default = frame[frame["axis"].eq("default")]
    assert set(default["scenario_id"]) == {"base-2018+proxies"}
    assert frame["scenario_id"].nunique() == 12 + len(ASKED)


def test_published_methods_answer_in_their_own_words() -> None:
    frame = scenarios_of("a", view(value("a", 2020, 75.0), value("a", 2025, 80.0)))
    row = frame.loc["method-sdsn_arrows"]  # 1 point a year against 1.5
    assert (row["category"], row["verdict"], row["value"]) == (
        "moderately_improving", "", pytest.approx(2 / 3),
    )  # fmt: skip
    assert not row["differs"]
    canada = frame.loc["method-statistics_canada"]
    ratio = ((80 / 75) ** (1 / 5) - 1) / ((90 / 75) ** (1 / 10) - 1)
    assert canada["value"] == pytest.approx(ratio)
    assert canada["score"] == pytest.approx(7.1429 * ratio - 4.2857)
    assert canada["category"] == "moderate_progress"


def test_a_class_below_the_verdict_is_a_difference() -> None:
    frame = scenarios_of("b", view(value("b", 2020, 8.0), value("b", 2025, 4.5)))
    # linear: 3.5 of 6 points in half of the time; the rate needed is that of a fall to a quarter
    assert frame.loc["base-2020", "verdict"] == "ON_TRACK"
    canada = frame.loc["method-statistics_canada"]
    ratio = (1 - (4.5 / 8) ** (1 / 5)) / (1 - (2 / 8) ** (1 / 10))
    assert canada["value"] == pytest.approx(ratio)
    assert (canada["category"], canada["differs"]) == ("moderate_progress", True)


def test_a_method_that_says_nothing_neither_agrees_nor_differs() -> None:
    frame = scenarios_of("a", view(value("a", 2020, 75.0), value("a", 2025, 80.0)))
    row = frame.loc["method-aarr"]  # a rate of reduction of a rising series
    assert (row["category"], row["reason"]) == ("not_available", "METHOD_SILENT")
    assert pd.isna(row["differs"])


def test_methods_are_not_asked_about_what_cannot_be_judged() -> None:
    frame = scenarios_of("a", view(value("a", 2015, 75.0), value("a", 2019, 99.0)))
    asked = frame[frame["axis"].eq("method")]
    assert set(asked["reason"]) == {"STALE"}
    assert set(asked["category"]) == {""}
    assert asked["differs"].isna().all()


def test_the_value_of_a_year_that_is_over_stands_for_its_prediction() -> None:
    due = target("a", 2025, "exact", low=90.0, high=90.0)
    values = view(value("a", 2020, 75.0), value("a", 2024, 89.0), value("a", 2025, 80.0))
    frame = sensitivity_frame(tables(targets=[due]), {False: values, True: values}, as_of=DAY)
    row = frame.set_index("scenario_id").loc["method-escap_anticipated"]
    # 10 of 15 points are left, whatever the line through 2020 and 2024 had promised
    assert row["value"] == pytest.approx(100 * 10 / 15)
    assert (row["category"], row["default_verdict"], row["differs"]) == (
        "accelerate", "NOT_MET", False,
    )  # fmt: skip


def test_levels_are_judged_by_the_method_that_knows_them() -> None:
    frame = scenarios_of("e", view(value("e", 2020, 1.0), value("e", 2025, 2.0)))
    known = frame.loc["method-unsd_2022"]
    assert (known["category"], known["value"], known["differs"]) == ("target_achieved", 1.0, False)
    others = frame[frame["axis"].eq("method")].drop("method-unsd_2022")
    assert set(others["reason"]) == {"MODE_NOT_COVERED"}


def test_a_rank_is_better_when_lower_for_them_too() -> None:
    frame = scenarios_of("f", view(value("f", 2020, 9.0), value("f", 2025, 4.0)))
    assert frame.loc["method-unsd_2022", "category"] == "target_achieved"


def test_a_band_is_judged_by_methods_that_know_parity() -> None:
    frame = scenarios_of("c", view(value("c", 2020, 1.8), value("c", 2025, 1.95)))
    index = frame.loc["method-escap_status"]  # half of the way to 2.1
    assert (index["category"], index["value"]) == ("progressed", pytest.approx(5.0))
    assert frame.loc["method-sdsn_arrows", "reason"] == "MODE_NOT_COVERED"


# What accords with what


def test_every_class_of_every_method_asked_is_translated_or_no_judgement() -> None:
    for name in ASKED:
        codes = {category.code for category in METHODS[name].categories}
        translated = {code for method, code in CATEGORY_VERDICTS if method == name}
        assert translated <= codes
        assert codes - translated <= NO_JUDGEMENT, name
    assert {method for method, _ in CATEGORY_VERDICTS} == set(ASKED)


def test_classes_accord_with_known_verdicts_and_the_best_never_with_a_miss() -> None:
    for accords in CATEGORY_VERDICTS.values():
        assert accords <= set(VERDICTS)
        assert not accords & {"NO_DATA", "NO_TARGET", "NOT_ASSESSABLE"}
        assert not ({"MET", "MAINTAINED"} & accords and {"NOT_MET", "WORSENING"} & accords)


def test_every_judgement_of_a_target_accords_with_some_class_of_every_method() -> None:
    judged = set(VERDICTS) - {"NO_DATA", "NO_TARGET", "NOT_ASSESSABLE"}
    for name in ASKED:
        rows = [verdicts for (method, _), verdicts in CATEGORY_VERDICTS.items() if method == name]
        assert set().union(*rows) == judged, name


# The committed package


@pytest.fixture(scope="module")
def frame(plan: Plan, as_of: date) -> pd.DataFrame:
    return plan.sensitivity(as_of=as_of)


@pytest.fixture(scope="module")
def rows(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_index(["series_id", "target_year", "scenario_id"])


def test_there_is_one_row_for_each_series_year_and_scenario(
    frame: pd.DataFrame, rows: pd.DataFrame
) -> None:
    assert len(frame) == 220 * (10 + len(ASKED))
    assert rows.index.is_unique
    assert list(frame)[-len(SENSITIVITY_COLUMNS) :] == list(SENSITIVITY_COLUMNS)


@pytest.mark.parametrize("include_proxy", [False, True])
def test_the_scenarios_are_the_gap_frame_of_their_options(
    plan: Plan, as_of: date, frame: pd.DataFrame, include_proxy: bool
) -> None:
    gap = plan.gap(as_of=as_of, base_year=2022, include_proxy=include_proxy)
    mine = frame["scenario_base_year"].eq(2022) & frame["include_proxy"].eq(include_proxy)
    own = frame[mine & frame["method"].eq("own")].reset_index(drop=True)
    assert own["verdict"].tolist() == gap["verdict"].tolist()
    pd.testing.assert_series_equal(own["value"], gap["pace_ratio"], check_names=False)
    pd.testing.assert_series_equal(own["base_value"], gap["base_value"])


def test_a_row_differs_from_the_default_only_by_its_verdict(frame: pd.DataFrame) -> None:
    own = frame[frame["method"].eq("own")]
    same = own["verdict"].eq(own["default_verdict"])
    met = own[["verdict", "default_verdict"]].isin(["MET", "MAINTAINED"]).all(axis=1)
    assert own["differs"].tolist() == (~same & ~met).tolist()
    assert own["differs"].sum() > 0
    assert (~same & met).any()
    assert not own.loc[own["axis"].eq("default"), "differs"].any()


def test_health_insurance_is_on_track_from_the_base_of_2019(rows: pd.DataFrame) -> None:
    row = rows.loc[("5.7", 2030, "base-2019")]
    # no value of 2019: from 93.9 in 2018, 1.86 of 3.1 points in 7 of 12 years
    assert (row["base_year"], row["base_value"]) == (2018, 93.9)
    assert row["value"] == pytest.approx(0.6 / (7 / 12))
    assert (row["verdict"], row["default_verdict"]) == ("ON_TRACK", "NEEDS_ACCELERATION")
    assert row["differs"]


def test_health_insurance_by_the_rate_of_growth_is_in_the_same_class(rows: pd.DataFrame) -> None:
    row = rows.loc[("5.7", 2030, "method-eurostat_target_2026")]
    ratio = ((95.76 / 95) ** (1 / 5) - 1) / ((97 / 95) ** (1 / 10) - 1)
    assert row["value"] == pytest.approx(ratio)
    assert (row["category"], row["differs"]) == ("moderate_progress", False)


def test_unemployment_is_on_track_by_every_method_that_has_an_answer(rows: pd.DataFrame) -> None:
    mine = rows.sort_index().loc[("3.1", 2030)]
    methods = mine[mine["axis"].eq("method") & mine["reason"].eq("")]
    assert len(methods) == len(ASKED) - 1  # two values are too few for the weather symbols
    assert not methods["differs"].any()


def test_poverty_that_is_gone_is_met_under_every_base_year(rows: pd.DataFrame) -> None:
    mine = rows.sort_index().loc[("6.10", 2030)]
    assert mine.loc["base-2020", "verdict"] == "MET"
    assert mine.loc["base-2023", "verdict"] == "MAINTAINED"  # none in 2023 already
    assert not mine["differs"].fillna(False).any()


def test_one_group_and_year_of_scenarios_can_be_asked_for(plan: Plan, as_of: date) -> None:
    frame = plan.sensitivity(group=1, year=2030, base_years=[2021], as_of=as_of)
    own = frame[frame["method"].eq("own")]
    assert set(own["scenario_base_year"]) == {2020, 2021}
    assert set(frame["series_id"]) == {"1"}
