"""Known series: slopes, tests and projections that were computed by other means."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.measures import assess, trend
from tests.measures.helpers import number, rows_of, targets
from tests.measures.reference import Target

ROWS = rows_of("trend_reference_series.csv")
NAMES = [row["series"] for row in ROWS]


def years_and_values(row: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    years = np.array([int(year) for year in row["years"].split()])
    return years, np.array([[float(value) for value in row["values"].split()]])


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_slope_and_test_of_a_known_series(row: dict[str, str]) -> None:
    years, values = years_and_values(row)
    found = trend(years, values, as_of_year=2026).iloc[0]
    assert found["n"] == int(row["n"])
    assert found["slope"] == pytest.approx(number(row["theil_sen_slope"]), rel=1e-9, abs=1e-12)
    assert found["mk_s"] == number(row["S"])
    assert found["mk_p"] == pytest.approx(number(row["mk_p_two_sided_exact"]), rel=1e-9)


@pytest.mark.parametrize("year", [2025, 2030])
@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_projection_and_interval_of_a_known_series(row: dict[str, str], year: int) -> None:
    years, values = years_and_values(row)
    # The table knows neither natural limits nor a displayed unit.
    aim = targets(Target(mode="up", lo=1e9, year=year))
    found = assess(years, values, aim, int(years[-1])).iloc[0]
    assert found["projection"] == pytest.approx(number(row[f"proj_{year}"]), rel=1e-9)
    low, high = number(row[f"pi80_low_{year}"]), number(row[f"pi80_high_{year}"])
    if int(row["n"]) < 4:
        assert np.isnan([found["projection_low"], found["projection_high"]]).all()
    else:
        assert found["projection_low"] == pytest.approx(low, rel=1e-9)
        assert found["projection_high"] == pytest.approx(high, rel=1e-9)
