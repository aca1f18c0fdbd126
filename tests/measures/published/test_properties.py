"""What must hold whatever the series."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures import METHODS, compare
from tests.measures.published.helpers import codes

YEARS = ["2018", "2019", "2020", "2021", "2022", "2023"]
IN_UNITS = ["base", "current", "target", "limit", "predicted", "peer_sd", *YEARS]

# Eighths are exact in binary, so that scaling by a power of two changes no last digit.
VALUES = st.one_of(st.just(float("nan")), st.integers(-40, 800).map(lambda k: k / 8))
POSITIVE = st.integers(1, 800).map(lambda k: k / 8)
FLAGS = st.one_of(st.booleans(), st.none())


@st.composite
def row(draw: st.DrawFn, values: st.SearchStrategy[float]) -> dict[str, object]:
    cells: dict[str, object] = {name: draw(values) for name in IN_UNITS}
    base_year = draw(st.integers(2010, 2020))
    current_year = base_year + draw(st.integers(0, 8))
    cells |= {"base_year": base_year, "current_year": current_year}
    cells["target_year"] = draw(st.sampled_from([2022, 2025, 2030]))
    cells["direction"] = draw(st.sampled_from([1, -1, 0]))
    return cells


@st.composite
def any_row(draw: st.DrawFn) -> dict[str, object]:
    cells = draw(row(VALUES))
    cells |= {name: draw(FLAGS) for name in ("levels", "parity", "percent")}
    cells["binary"] = draw(FLAGS) if cells["current"] in {0.0, 1.0} else False
    return cells


def frames(rows: st.SearchStrategy[dict[str, object]]) -> st.SearchStrategy[pd.DataFrame]:
    return st.lists(rows, min_size=1, max_size=8).map(pd.DataFrame)


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    np.testing.assert_allclose(one["value"], other["value"], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(one["score"], other["score"], rtol=1e-7, atol=1e-7)
    assert one["category"].tolist() == other["category"].tolist()


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=20, deadline=None)
@given(inputs=frames(any_row()))
def test_many_series_are_judged_as_each_alone(name: str, inputs: pd.DataFrame) -> None:
    together = compare(inputs, name)
    alone = [compare(inputs.iloc[[position]], name) for position in range(len(inputs))]
    pd.testing.assert_frame_equal(together, pd.concat(alone))


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=20, deadline=None)
@given(inputs=frames(any_row()))
def test_every_class_is_one_of_the_method_and_no_value_is_infinite(
    name: str, inputs: pd.DataFrame
) -> None:
    found = compare(inputs, name)
    assert set(found["category"]) <= set(codes(name))
    assert not np.isinf(found[["value", "score"]].to_numpy()).any()


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("factor", [0.25, 8.0, 1024.0])
@settings(max_examples=20, deadline=None)
@given(inputs=frames(row(POSITIVE)))
def test_another_unit_changes_nothing(name: str, factor: float, inputs: pd.DataFrame) -> None:
    scaled = inputs.assign(**{column: inputs[column] * factor for column in IN_UNITS})
    same(compare(inputs, name), compare(scaled, name))


def _turned(inputs: pd.DataFrame) -> pd.DataFrame:
    """Turn values and direction over: what rose below zero falls above it."""
    names = [name for name in IN_UNITS if name != "peer_sd"]
    turned = {name: -inputs[name] for name in names}
    return inputs.assign(**turned, direction=-inputs["direction"])


# unsd_2022 has its tolerance for values above zero only, aarr is for falling series above zero.
TURNABLE = [name for name in METHODS if name not in {"unsd_2022", "aarr"}]


@pytest.mark.parametrize("name", TURNABLE)
@settings(max_examples=40, deadline=None)
@given(inputs=frames(row(POSITIVE)))
def test_the_mirror_image_is_judged_the_same(name: str, inputs: pd.DataFrame) -> None:
    same(compare(inputs, name), compare(_turned(inputs), name))


LINEAR = ["escap_status", "escap_anticipated", "sdsn_arrows", "destatis_weather", "oecd_distance"]


@pytest.mark.parametrize("name", LINEAR)
@settings(max_examples=40, deadline=None)
@given(inputs=frames(row(POSITIVE)))
def test_a_linear_method_judges_a_rate_and_its_complement_the_same(
    name: str, inputs: pd.DataFrame
) -> None:
    names = [column for column in IN_UNITS if column != "peer_sd"]
    complement = {column: 128 - inputs[column] for column in names}
    other = inputs.assign(**complement, direction=-inputs["direction"])
    same(compare(inputs, name), compare(other, name))


@settings(max_examples=40, deadline=None)
@given(inputs=frames(row(POSITIVE)))
def test_the_gap_anticipated_is_what_the_linear_pace_leaves(inputs: pd.DataFrame) -> None:
    straight = inputs.drop(columns=YEARS).assign(predicted=float("nan"))
    gap = compare(straight, "escap_anticipated")["value"]
    pace = compare(straight, "sdsn_arrows")["value"]
    open_end = pace < 1
    np.testing.assert_allclose(gap[open_end], 100 * (1 - pace[open_end]), rtol=1e-7, atol=1e-7)


BETTER: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    name: lambda inputs: inputs.assign(current=inputs["current"] + inputs["direction"])
    for name in METHODS
    if name not in {"destatis_weather", "escap_anticipated", "aarr"}
}


@pytest.mark.parametrize("name", BETTER)
@settings(max_examples=40, deadline=None)
@given(inputs=frames(row(POSITIVE)))
def test_a_better_value_has_no_worse_class(name: str, inputs: pd.DataFrame) -> None:
    """Categories are ordered, best first; grey classes at the end are left out."""
    order = codes(name)
    grey = {"not_available", "insufficient_data", "no_recent_data", "no_data"}
    before = compare(inputs, name)["category"]
    after = compare(BETTER[name](inputs), name)["category"]
    for one, other in zip(before, after, strict=True):
        if not {one, other} & grey:
            assert order.index(other) <= order.index(one)
