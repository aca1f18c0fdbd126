"""The plan as a researcher meets it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis import api
from analysis.api import Plan, load
from analysis.errors import UserError
from analysis.reports import GapReport


def test_every_resource_is_an_attribute_and_an_item(plan: Plan) -> None:
    assert plan.indicators.equals(plan["indicators"])
    assert len(plan["series"]) == 110
    assert "targets" in dir(plan)


def test_an_unknown_resource_is_an_attribute_error(plan: Plan) -> None:
    with pytest.raises(AttributeError, match="no resource 'indicator'"):
        _ = plan.indicator


def test_a_series_has_facts_targets_and_observations_with_sources(plan: Plan) -> None:
    series = plan.series("5.7")
    assert series.facts["label_en"] == "Population in health insurance"
    assert list(series.targets["year"]) == [2025, 2030]
    seen = series.observations.set_index("year")
    assert seen.loc[2025, "value"] == 95.76
    assert seen["url"].notna().all()
    assert set(series.history["area_id"]) == {"QN", "VN"}


def test_an_unknown_series_is_refused_with_near_ones(plan: Plan) -> None:
    with pytest.raises(KeyError, match=r"no series '8\.4'.*8\.4-"):
        plan.series("8.4")


def test_gap_and_trend_can_be_asked_for_one_group_and_year(plan: Plan, as_of: date) -> None:
    rows = plan.gap(group=5, year=2030, as_of=as_of)
    assert set(rows["target_year"]) == {2030}
    assert len(rows) == 11 == len(plan.trend(group=5, as_of=as_of))
    assert len(plan.series("5.7").gap(as_of=as_of)) == 2


def test_another_base_year_changes_the_pace_but_no_target_that_is_due(
    plan: Plan, as_of: date
) -> None:
    early, late = (plan.gap(group=4, base_year=year, as_of=as_of) for year in (2020, 2022))
    key = early["series_id"].eq("4.2") & early["target_year"].eq(2030)
    assert early[key]["pace_ratio"].item() != late[key]["pace_ratio"].item()
    due = early["target_year"].eq(2025)
    assert early[due]["verdict"].tolist() == late[due]["verdict"].tolist()


def test_an_earlier_day_knows_less(plan: Plan) -> None:
    rows = plan.gap(group=5, year=2030, as_of=date(2021, 6, 1)).set_index("series_id")
    assert rows.loc["5.7", "latest_year"] == 2020
    assert rows.loc["5.7", "latest_value"] == 95.0


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, analysis; "
        "sys.exit(any(m in sys.modules for m in ('pandas', 'matplotlib', 'frictionless')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_package_offers_load_and_charts() -> None:
    assert callable(analysis.load)
    assert callable(analysis.charts.gap_bars)
    assert analysis.__version__


# What if


def test_a_what_if_changes_its_verdicts_and_leaves_the_plan_alone(plan: Plan, as_of: date) -> None:
    before = plan.gap(as_of=as_of)
    idea = plan.with_observations([{"series_id": "5.7", "period": 2026, "value": 97}])
    after = idea.gap(as_of=as_of)
    changed = before["verdict"].ne(after["verdict"])
    assert after.loc[changed, ["series_id", "target_year"]].to_numpy().tolist() == [["5.7", 2030]]
    assert before.loc[changed, "verdict"].item() == "NEEDS_ACCELERATION"
    assert after.loc[changed, "verdict"].item() == "MET"
    assert after.loc[changed, "value_source_id"].item() == "what-if"
    assert plan.gap(as_of=as_of).equals(before)


def test_a_what_if_knows_the_plan_that_it_came_from(plan: Plan) -> None:
    idea = plan.with_observations([{"series_id": "5.7", "period": 2026, "value": 97}])
    other = idea.with_observations([{"series_id": "5.7", "period": 2027, "value": 98}])
    assert other.original is idea.original is plan is plan.original
    assert (len(plan.what_if), len(idea.what_if), len(other.what_if)) == (0, 1, 2)
    assert repr(idea).endswith("110 series, 1 hypothetical values>")
    assert "hypothetical" not in repr(plan)


def test_every_question_is_answered_with_the_hypothetical_values(plan: Plan, as_of: date) -> None:
    idea = plan.with_observations([{"series_id": "5.7", "period": 2026, "value": 97}])
    asked = {"group": 5, "as_of": as_of}
    assert idea.trend(**asked).set_index("series_id").loc["5.7", "last_year"] == 2026
    assert set(idea.sensitivity(year=2030, **asked)["default_verdict"]) >= {"MET"}
    seen = idea.series("5.7").history
    assert seen["source_id"].eq("what-if").sum() == 1


def test_a_report_of_a_what_if_says_so(plan: Plan, as_of: date) -> None:
    idea = plan.with_observations([{"series_id": "5.7", "period": 2026, "value": 97}])
    report = GapReport(idea, 5, "en", as_of=as_of)
    assert f"version {plan.tables.version}+what-if" in repr(report.title())
    assert "Hypothetical, not a published value" in repr(report.where())


def test_a_what_if_is_not_written_as_results_of_the_plan(plan: Plan, tmp_path: Path) -> None:
    idea = plan.with_observations([{"series_id": "5.7", "period": 2026, "value": 97}])
    with pytest.raises(UserError, match="a what-if is not written as the results"):
        idea.write_results(tmp_path / "results")
    assert list(tmp_path.iterdir()) == []


def test_a_view_is_chosen_once_and_again_if_a_table_is_changed_in_place(
    root: Path, as_of: date
) -> None:
    plan = analysis.load(root)
    first = plan.view(as_of=as_of)
    first["value"] = 0.0  # what somebody does to a view stays with them
    second = plan.view(as_of=as_of)
    assert second["value"].gt(0).any()
    place = plan["observations"].index[plan["observations"]["observation_id"].eq("obs-0001")][0]
    plan["observations"].loc[place, "value"] = 12345.0
    assert plan.view(as_of=as_of)["value"].eq(12345.0).any()


def test_a_plan_that_is_kept_gives_the_same_view_as_one_that_is_read(
    root: Path, as_of: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_KNOWN", {})
    before = load(root).view(as_of=as_of)
    api.keep(root, as_of=as_of)
    monkeypatch.setattr("analysis.api.Plan._chosen", None)
    pd.testing.assert_frame_equal(load(root).view(as_of=as_of), before)
