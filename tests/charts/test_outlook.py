"""The drawn outlook is the measured one, year by year."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.api import PROVINCE, Plan
from analysis.charts.outlook import outlook
from analysis.charts.rows import records
from tests.charts.frames import NAN, gap_row

VALUES = pd.DataFrame({"year": [2020, 2021, 2022, 2023], "value": [10.0, 12.0, 13.0, 16.0]})


def row(**changes: object) -> dict[str, object]:
    """Return a gap row of a series with steps of 2, 1 and 3 a year."""
    facts = {"latest_year": 2023, "latest_value": 16.0, "slope": 2.0, "target_year": 2030,
             "projection": 30.0, "projection_low": 21.0, "decimals": 1,
             "natural_max": NAN}  # fmt: skip
    return gap_row(**{**facts, **changes})


def test_the_interval_widens_as_the_formula_says() -> None:
    ahead = outlook(row(), VALUES).set_index("year")
    for year in (2024, 2027, 2030):
        h = year - 2023
        half = 1.885618 * math.sqrt(h + h**2 / 3)  # t(0.90, 2), variance of the steps 1
        assert ahead.loc[year].tolist() == pytest.approx(
            [16 + 2 * h, 16 + 2 * h - half, 16 + 2 * h + half], abs=1e-5
        )


def test_it_starts_at_the_last_value_without_width() -> None:
    start = outlook(row(), VALUES).iloc[0]
    assert start.tolist() == [2023.0, 16.0, 16.0, 16.0]


def test_nothing_passes_the_natural_limits() -> None:
    ahead = outlook(row(natural_max=20.0, projection=20.0), VALUES)
    assert ahead["centre"].max() == ahead["high"].max() == 20.0
    assert ahead["low"].min() >= 0.0


def test_values_after_the_judged_one_are_not_used() -> None:
    later = pd.concat([VALUES, pd.DataFrame({"year": [2024], "value": [90.0]})])
    pd.testing.assert_frame_equal(outlook(row(), later), outlook(row(), VALUES))


def test_without_an_interval_there_is_only_the_trend() -> None:
    ahead = outlook(row(projection_low=NAN), VALUES)
    assert ahead["centre"].iloc[-1] == 30.0
    assert ahead[["low", "high"]].isna().all(axis=None)


def test_without_a_projection_there_is_nothing() -> None:
    assert outlook(row(projection=NAN), VALUES).empty


def test_in_the_target_year_it_is_what_the_results_say(plan: Plan, as_of: date) -> None:
    view = plan.view(as_of=as_of)
    used = view[view["area_id"].eq(PROVINCE) & view["is_current_segment"] & view["value"].notna()]
    checked = intervals = 0
    for facts in records(plan.gap(as_of=as_of)):
        own = used[used["series_id"] == facts["series_id"]].sort_values("year")
        ahead = outlook(facts, own)
        if len(ahead):
            wanted = [facts[name] for name in ("projection", "projection_low", "projection_high")]
            end = ahead[["centre", "low", "high"]].iloc[-1].to_numpy(dtype=float)
            np.testing.assert_allclose(end, np.array(wanted, dtype=float), rtol=1e-9)
            checked += 1
            intervals += not math.isnan(facts["projection_low"])
    assert checked >= 10
    assert intervals >= 3
