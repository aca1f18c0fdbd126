from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.results.validity import next_change


def tables(*periods: str, breaks: tuple[str, ...] = ()) -> dict[str, pd.DataFrame]:
    """Series a with these observations, series b with one of a later year."""
    rows = [("a", period) for period in periods] + [("b", "2031-02")]
    return {
        "observations": pd.DataFrame(rows, columns=["series_id", "period"]),
        "breaks": pd.DataFrame(
            [("a", start) for start in breaks], columns=["series_id", "from_period"], dtype="str"
        ),
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2027, 1, 1), date(2028, 1, 1)),
        (date(2031, 1, 15), date(2031, 2, 1)),
        (date(2031, 2, 1), date(2032, 1, 1)),
    ],
)
def test_results_hold_to_the_end_of_the_year_or_until_a_period_begins(
    day: date, expected: date
) -> None:
    assert next_change(tables("2020", "2024-06"), as_of=day) == expected


@pytest.mark.parametrize(
    ("period", "begins"),
    [("2026-08", date(2026, 8, 1)), ("2026-Q3", date(2026, 7, 1)), ("2026-H2", date(2026, 7, 1))],
)
def test_a_part_of_the_year_is_seen_from_its_first_month(period: str, begins: date) -> None:
    assert next_change(tables(period), as_of=date(2026, 3, 1)) == begins


def test_a_break_is_seen_from_its_first_month() -> None:
    frames = tables("2020", breaks=("2026-07",))
    assert next_change(frames, as_of=date(2026, 3, 1)) == date(2026, 7, 1)


def test_only_the_series_that_are_looked_at_count() -> None:
    day = date(2031, 1, 1)
    assert next_change(tables("2020"), as_of=day, series_ids=["a"]) == date(2032, 1, 1)
    assert next_change(tables("2020"), as_of=day, series_ids=["b"]) == date(2031, 2, 1)


def test_the_verdicts_of_the_plan_are_the_same_on_every_day_until_then(plan: Plan) -> None:
    start = date(2025, 3, 10)
    end = next_change(plan.tables, as_of=start)
    last = end - timedelta(days=1)
    for frame in (plan.gap, plan.trend, plan.coverage):
        pd.testing.assert_frame_equal(frame(as_of=start), frame(as_of=last))
