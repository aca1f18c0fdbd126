"""The inputs as the package's documentation makes them from a gap frame of the committed data."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.api import Plan
from analysis.measures import METHODS, compare
from analysis.measures.published.inputs import YEARS
from tests.measures.published.helpers import codes

DIRECTION = {"up": 1, "down": -1, "band": 0, "level": 1}


def inputs_of(gap: pd.DataFrame) -> pd.DataFrame:
    """Follow the table in :mod:`analysis.measures.published`, for targets without levels."""
    upper = gap["mode"].eq("down")
    numbers = gap[["low", "high", "natural_min", "natural_max"]].astype(float)
    return pd.DataFrame(
        {
            "base": gap["base_value"],
            "base_year": gap["base_year"],
            "current": gap["judged_value"],
            "current_year": gap["judged_year"],
            "target": numbers["high"].where(upper, numbers["low"]),
            "target_year": gap["target_year"],
            "direction": gap["mode"].map(DIRECTION),
            "limit": numbers["natural_min"].where(upper, numbers["natural_max"]),
            "parity": gap["mode"].eq("band"),
            "levels": gap["mode"].eq("level"),
            "percent": gap["unit_id"].eq("percent"),
        },
        index=gap.index,
    )


@pytest.fixture(scope="module")
def gap(plan: Plan, as_of: date) -> pd.DataFrame:
    return plan.gap(as_of=as_of)


@pytest.fixture(scope="module")
def inputs(gap: pd.DataFrame) -> pd.DataFrame:
    return inputs_of(gap)


def test_every_method_that_needs_no_more_judges_the_plan(inputs: pd.DataFrame) -> None:
    for name, method in METHODS.items():
        if {YEARS, "peer_sd"} & set(method.needs):
            continue
        found = compare(inputs, name)
        assert found.index.equals(inputs.index)
        assert set(found["category"]) <= set(codes(name))


@pytest.fixture(scope="module")
def plain(gap: pd.DataFrame) -> pd.Series:
    """Targets with one end, not moved by half a displayed unit (methods 2.1)."""
    ends = {"up": ("low", "natural_max"), "down": ("high", "natural_min")}
    moved = [
        row["mode"] not in ends or row[ends[row["mode"]][0]] == row[ends[row["mode"]][1]]
        for _, row in gap.iterrows()
    ]
    return ~pd.Series(moved, index=gap.index)


def test_the_pace_ratio_is_the_ratio_of_the_arrows(
    gap: pd.DataFrame, inputs: pd.DataFrame, plain: pd.Series
) -> None:
    ratio = compare(inputs, "sdsn_arrows")["value"]
    both = plain & ratio.notna() & gap["pace_ratio"].notna()
    assert both.sum() > 10
    np.testing.assert_allclose(ratio[both], gap.loc[both, "pace_ratio"], rtol=1e-9, atol=1e-9)


def test_the_share_covered_is_a_tenth_of_the_status_index(
    gap: pd.DataFrame, inputs: pd.DataFrame, plain: pd.Series
) -> None:
    index = compare(inputs, "escap_status")["value"]
    both = plain & index.notna() & gap["share_covered"].notna()
    assert both.sum() > 10
    np.testing.assert_allclose(index[both] / 10, gap.loc[both, "share_covered"], atol=1e-9)


def test_what_is_met_here_is_met_there(
    gap: pd.DataFrame, inputs: pd.DataFrame, plain: pd.Series
) -> None:
    met = plain & gap["met"].fillna(False).astype(bool)
    assert met.sum() > 10
    found = compare(inputs[met], "statistics_canada")["category"]
    assert set(found) == {"target_achieved"}
