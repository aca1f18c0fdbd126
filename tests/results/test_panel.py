"""The current view laid out as arrays."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.results import panel


def view(*rows: tuple[str, int, float, bool, bool]) -> pd.DataFrame:
    columns = ["series_id", "year", "value", "part_year", "is_current_segment"]
    return pd.DataFrame(list(rows), columns=columns).assign(area_id="QN")


def test_values_stand_at_their_year_and_the_rest_is_empty() -> None:
    data = panel(view(("a", 2022, 1.5, False, True), ("b", 2024, 7.0, True, True)),
                 ["b", "a", "c"], 2025, "QN")  # fmt: skip
    assert list(data.years) == [2022, 2023, 2024, 2025]
    assert data.series_ids == ("b", "a", "c")
    np.testing.assert_array_equal(data.values[0], [np.nan, np.nan, 7.0, np.nan])
    np.testing.assert_array_equal(data.values[1], [1.5, np.nan, np.nan, np.nan])
    assert np.isnan(data.values[2]).all()
    assert data.part_year[0, 2]
    assert not data.part_year[1].any()


def test_values_before_a_break_are_left_out_and_said_so() -> None:
    data = panel(view(("a", 2022, 1.5, False, False)), ["a", "b"], 2025, "QN")
    assert np.isnan(data.values).all()
    assert list(data.before_break) == [True, False]


def test_other_areas_and_later_years_are_left_out() -> None:
    rows = view(("a", 2022, 1.5, False, True), ("a", 2027, 9.0, False, True))
    country = rows.assign(area_id="VN", value=99.0)
    data = panel(pd.concat([rows, country]), ["a"], 2025, "QN")
    assert np.nansum(data.values) == 1.5


def test_rows_can_be_taken_again_and_in_another_order() -> None:
    data = panel(view(("a", 2022, 1.0, False, True), ("b", 2022, 2.0, False, True)),
                 ["a", "b"], 2022, "QN").take(["b", "b", "a"])  # fmt: skip
    assert data.values.ravel().tolist() == [2.0, 2.0, 1.0]
