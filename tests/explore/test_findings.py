"""What comes of a choice."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.api import Plan
from analysis.charts import Chart
from analysis.explore import Findings, choose, country, verdicts


def found(plan: Plan, as_of: date, **options: object) -> Findings:
    return Findings(plan, choose(plan, as_of=as_of, **options))


def test_every_part_follows_the_choice(plan: Plan, as_of: date) -> None:
    what = found(plan, as_of, group_id=8, base_year=2022, include_proxy=True)
    expected = verdicts(plan, group=8, base_year=2022, include_proxy=True, as_of=as_of)
    assert what.verdicts.equals(expected)
    assert set(what.gap["group_id"]) == set(what.country["group_id"]) == {8}
    assert set(what.view["area_id"]) == {"QN"}


def test_one_series_is_all_that_is_looked_at(plan: Plan, as_of: date) -> None:
    what = found(plan, as_of, series_id="8.4-beds")
    for frame in (what.verdicts, what.country, what.gap, what.view):
        assert set(frame["series_id"]) == {"8.4-beds"}


def test_the_country_stands_beside_the_province_in_their_last_common_year(
    plan: Plan, as_of: date
) -> None:
    frame = country(plan, group=5, as_of=as_of)
    assert frame["series_id"].is_unique
    assert frame["is_latest"].all()
    assert set(country(plan, as_of=as_of)["group_id"]) > {5}
    assert len(country(plan, series="5.7", as_of=as_of)) == 1


def test_a_group_without_common_years_has_no_country(plan: Plan, as_of: date) -> None:
    groups = set(plan["indicator_groups"]["group_id"])
    without = groups - set(country(plan, as_of=as_of)["group_id"])
    assert without, "every group can be compared now: take another example"
    assert country(plan, group=without.pop(), as_of=as_of).empty


@pytest.mark.parametrize("chart", ["gap", "trend"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_chosen_chart_is_drawn(plan: Plan, as_of: date, chart: str, language: str) -> None:
    picture = found(plan, as_of, chart=chart, language=language).picture()
    assert isinstance(picture, Chart)
    assert "5.7" in picture.alt


@pytest.mark.parametrize("chart", ["gap", "trend"])
def test_where_there_is_nothing_to_draw_there_is_no_chart(
    plan: Plan, as_of: date, chart: str
) -> None:
    assert found(plan, as_of, series_id="6.18", chart=chart).picture() is None


def test_the_chart_of_a_what_if_shows_the_hypothetical_value(plan: Plan, as_of: date) -> None:
    idea = plan.with_observations([{"series_id": "5.7", "period": 2026, "value": 96.4}])
    picture = found(idea, as_of, series_id="5.7").picture()
    assert picture is not None
    assert "96,4" in picture.alt


def test_only_the_values_without_effect_of_the_chosen_series_are_told(
    plan: Plan, as_of: date
) -> None:
    rows = [{"series_id": name, "period": 2029, "value": 80} for name in ("5.7", "8.6")]
    what = found(plan.with_observations(rows), as_of, group_id=5)
    assert what.unused["series_id"].tolist() == ["5.7"]
