"""Rows of frames as mappings."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.charts.rows import first, records


def same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    return type(one) is type(other) and (one is other or one == other)


@pytest.fixture(scope="module")
def frames(plan: Plan, as_of: date) -> list[pd.DataFrame]:
    results = (plan.gap, plan.trend, plan.view, plan.sensitivity, plan.task_status, plan.rollup)
    return [*plan.tables.values(), *(one(as_of=as_of) for one in results)]


def test_rows_are_those_of_pandas_cell_by_cell(frames: list[pd.DataFrame]) -> None:
    for frame in frames:
        for part in (frame, frame.head(0)):
            expected = part.to_dict("records")
            found = records(part)
            assert len(found) == len(expected)
            for row, other in zip(found, expected, strict=True):
                assert list(row) == list(other)
                assert [name for name in row if not same(row[name], other[name])] == []


def test_the_first_row_is_the_first(frames: list[pd.DataFrame]) -> None:
    frame = max(frames, key=len)
    row = first(frame)
    assert [name for name, cell in records(frame)[0].items() if not same(cell, row[name])] == []
    with pytest.raises(IndexError):
        first(frame.head(0))
