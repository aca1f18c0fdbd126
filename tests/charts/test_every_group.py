"""The charts of every group of the real plan are whole, and in the colours of the house."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import PROVINCE, Plan
from analysis.charts import Chart, gap_bars, trajectories
from analysis.charts.gap_bars import drawable
from analysis.charts.trajectories import several_values
from tests.charts.pictures import cut_off

GROUPS = pytest.mark.parametrize("group", range(1, 12))
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


@pytest.fixture(scope="module")
def view(plan: Plan, as_of: date) -> pd.DataFrame:
    view = plan.view(as_of=as_of)
    return view[view["area_id"] == PROVINCE]


@GROUPS
@LANGUAGES
def test_the_charts_of_a_group_are_whole(
    plan: Plan, as_of: date, view: pd.DataFrame, group: int, language: str
) -> None:
    gap = plan.gap(group=group, as_of=as_of)
    charts: list[Chart] = []
    if len(drawable(gap)):
        charts.append(gap_bars(gap, language))
    if several_values(view, gap):
        charts.append(trajectories(view, gap, plan["breaks"], language))
    for chart in charts:
        assert cut_off(chart) == []
        assert chart.svg("dark") != chart.svg("light")  # no colour that is not of the house
        assert "{" not in chart.alt
    assert charts or group == 2, "only the group of people of merit has no numbers"
