from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.measures import ASSESS_COLUMNS, assess
from tests.measures.helpers import YEARS, targets, values
from tests.measures.reference import Target

AIM = Target(lo=95, step=0.1, natural_min=0, natural_max=100)


def some(rows: int, seed: int = 3) -> np.ndarray:
    generator = np.random.default_rng(seed)
    found = np.round(generator.normal(85, 8, (rows, len(YEARS))), 1)
    return np.where(generator.random(found.shape) < 0.4, found, np.nan)


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_the_frame_has_its_columns_and_types_for_any_number_of_series(rows: int) -> None:
    found = assess(YEARS, np.full((rows, len(YEARS)), np.nan), targets(*[AIM] * rows), 2026)
    assert list(found.columns) == list(ASSESS_COLUMNS)
    assert {name: str(kind) for name, kind in found.dtypes.items()} == ASSESS_COLUMNS
    assert len(found) == rows
    assert set(found["verdict"]) <= {"NO_DATA"}


def test_rows_keep_the_order_given() -> None:
    seen = values({2025: 96.0}, {}, {2020: 90.0, 2025: 96.0})
    found = assess(YEARS, seen, targets(AIM, AIM, AIM), 2026)
    assert found["verdict"].tolist() == ["MET", "NO_DATA", "MET"]
    assert found["flags"].tolist() == ["LEVEL_ONLY", "", ""]


def test_a_series_is_measured_alike_alone_and_among_many_chunks() -> None:
    seen = some(3)
    many = assess(YEARS, np.tile(seen, (7000, 1)), targets(*[AIM] * 21000), 2026)
    alone = assess(YEARS, seen, targets(AIM, AIM, AIM), 2026)
    for start in (0, 8190, 20997):
        rows = many.iloc[start : start + 3].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, alone, check_exact=True)


def test_later_values_are_not_looked_at() -> None:
    seen = {2020: 80.0, 2025: 90.0}
    early = assess(YEARS, values(seen), targets(AIM), 2025)
    late = assess(YEARS, values({**seen, 2026: 10.0}), targets(AIM), 2025)
    pd.testing.assert_frame_equal(early, late)


def test_arguments_are_left_as_they_were() -> None:
    seen = some(4)
    before = seen.copy()
    assess(YEARS, seen, targets(*[AIM] * 4), 2026)
    assert np.array_equal(seen, before, equal_nan=True)


def test_lengths_that_do_not_fit_are_refused_all_at_once() -> None:
    with pytest.raises(ValueError, match=r"1 targets for 2 series.*before_break of shape \(3,\)"):
        assess(YEARS, some(2), targets(AIM), 2026, before_break=np.zeros(3, dtype=bool))
