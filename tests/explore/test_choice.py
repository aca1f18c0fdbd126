"""What can be chosen, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analysis.api import Plan
from analysis.errors import UserErrors
from analysis.explore import BASE_YEARS, METHOD_NAMES, Choice, choose
from analysis.measures import METHODS
from analysis.runs.parameters import BASE_YEARS as BASE_YEARS_OF_REPORTS


def faults(plan: Plan, **options: Any) -> list[tuple[str, str]]:
    with pytest.raises(UserErrors) as refused:
        choose(plan, **options)
    return [(error.what, error.mend) for error in refused.value.errors]


def test_without_options_the_choice_is_that_of_the_reports(plan: Plan, as_of: date) -> None:
    choice = choose(plan, as_of=as_of)
    assert choice == Choice(as_of=as_of)
    assert choice.is_default
    assert (choice.base_year, choice.include_proxy, choice.method) == (2020, False, "own")


@pytest.mark.parametrize(
    "other", [{"base_year": 2019}, {"include_proxy": True}, {"method": "sdsn_arrows"}]
)
def test_another_base_year_data_or_method_is_no_default(plan: Plan, other: dict[str, Any]) -> None:
    assert not choose(plan, **other).is_default


def test_another_group_chart_or_language_is_the_default_still(plan: Plan) -> None:
    assert choose(plan, group_id=8, chart="trend", language="en").is_default


def test_the_day_may_be_a_date_a_text_or_today(plan: Plan) -> None:
    assert choose(plan, as_of="2025-06-30").as_of == date(2025, 6, 30)
    assert choose(plan, as_of=date(2025, 6, 30)).as_of == date(2025, 6, 30)
    before = date.today()
    assert before <= choose(plan).as_of <= date.today()


def test_a_series_decides_its_group(plan: Plan) -> None:
    choice = choose(plan, series_id="8.4-doctors", group_id=5)
    assert (choice.group_id, choice.series_id) == (8, "8.4-doctors")


def test_the_base_years_are_those_that_reports_take() -> None:
    assert BASE_YEARS == BASE_YEARS_OF_REPORTS


def test_every_method_but_the_own_one_is_a_published_one() -> None:
    assert METHOD_NAMES[0] == "own"
    assert set(METHOD_NAMES[1:]) <= set(METHODS)


def test_all_faults_are_told_at_once_with_a_way_to_mend_them(plan: Plan) -> None:
    assert faults(
        plan, base_years=2019, group_id=12, method="sdsn_arows", language="fr", as_of="June"
    ) == [
        ("unknown option 'base_years'", "did you mean base_year?"),
        ("unknown group_id 12", "choose one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"),
        ("unknown method 'sdsn_arows'", "did you mean sdsn_arrows?"),
        ("unknown language 'fr'", "choose one of vi, en"),
        ("'June' is not a date", "write it as YYYY-MM-DD, or leave it empty for today"),
    ]


@pytest.mark.parametrize(
    ("series_id", "mend"),
    [
        ("8.4", "did you mean 8.4-beds, 8.4-doctors, 8.4-pharmacists, 8.4-nurses?"),
        ("x", "see plan['series']"),
    ],
)
def test_an_unknown_series_is_refused(plan: Plan, series_id: str, mend: str) -> None:
    assert faults(plan, series_id=series_id) == [(f"unknown series_id {series_id!r}", mend)]


@pytest.mark.parametrize("base_year", [2009, 2026, "2020"])
def test_a_base_year_that_reports_would_refuse_is_refused(plan: Plan, base_year: object) -> None:
    ((what, _),) = faults(plan, base_year=base_year)
    assert what == f"unknown base_year {base_year!r}"
