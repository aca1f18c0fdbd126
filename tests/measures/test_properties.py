"""What must hold whatever the series."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures import assess, trend
from tests.measures.helpers import YEARS, spoken, targets, values
from tests.measures.reference import Target

# Eighths are exact in binary, so that shifting and scaling change no last digit.
EIGHTHS = st.integers(8, 792).map(lambda k: k / 8)
SERIES = st.dictionaries(st.integers(2014, 2026), EIGHTHS, max_size=9)
OPPOSITE = {"up": "down", "down": "up", "band": "band"}
ALIKE = ["n", "judged_year", "base_year", "met", "attain_year", "attain_beyond", "verdict"]
ALIKE += ["reason", "grade"]
RATIOS = ["share_covered", "elapsed", "pace_ratio", "acceleration", "p_met", "trend_ratio"]


@st.composite
def percent_target(draw: st.DrawFn) -> Target:
    mode = draw(st.sampled_from(sorted(OPPOSITE)))
    lo = draw(EIGHTHS)
    return Target(
        mode=mode,
        year=draw(st.sampled_from([2025, 2030])),
        lo=lo if mode != "down" else float("nan"),
        hi=lo + 4 if mode != "up" else float("nan"),
        lo_strict=draw(st.booleans()),
        hi_strict=draw(st.booleans()),
        step=0.125,
        natural_min=0.0,
        natural_max=100.0,
    )


def row(seen: dict[int, float], target: Target) -> pd.Series:
    return assess(YEARS, values(seen), targets(target), 2026).iloc[0]


def without(flags: str, *names: str) -> list[str]:
    return [flag for flag in flags.split() if flag not in names]


def same_verdict(one: pd.Series, other: pd.Series) -> None:
    pd.testing.assert_series_equal(one[ALIKE], other[ALIKE], check_names=False)
    left, right = one[RATIOS].astype(float), other[RATIOS].astype(float)
    np.testing.assert_allclose(left, right, rtol=1e-7, atol=1e-9)


@settings(max_examples=150, deadline=None)
@given(SERIES, percent_target())
def test_a_rate_and_its_complement_have_the_same_verdict(
    seen: dict[int, float], target: Target
) -> None:
    mirrored = replace(
        target,
        mode=OPPOSITE[target.mode],
        lo=100 - target.hi,
        hi=100 - target.lo,
        lo_strict=target.hi_strict,
        hi_strict=target.lo_strict,
    )
    one = row(seen, target)
    other = row({year: 100 - value for year, value in seen.items()}, mirrored)
    same_verdict(one, other)
    # 1 % of the edge is another distance on the other side.
    assert without(one["flags"], "SMALL_GAP") == without(other["flags"], "SMALL_GAP")


@settings(max_examples=150, deadline=None)
@given(SERIES, percent_target(), st.sampled_from([0.25, 8.0, 1024.0]))
def test_another_unit_changes_no_verdict_and_no_flag(
    seen: dict[int, float], target: Target, factor: float
) -> None:
    scaled = {name: getattr(target, name) * factor for name in ("lo", "hi", "step", "natural_max")}
    one = row(seen, target)
    other = row({year: value * factor for year, value in seen.items()}, replace(target, **scaled))
    same_verdict(one, other)
    assert one["flags"] == other["flags"]
    np.testing.assert_allclose(one["gap"] * factor, other["gap"])


@settings(max_examples=150, deadline=None)
@given(SERIES, percent_target(), st.sampled_from([-64.0, 256.0]))
def test_another_zero_changes_no_verdict(
    seen: dict[int, float], target: Target, shift: float
) -> None:
    names = ("lo", "hi", "natural_min", "natural_max")
    moved = {name: getattr(target, name) + shift for name in names}
    one = row(seen, target)
    other = row({year: value + shift for year, value in seen.items()}, replace(target, **moved))
    same_verdict(one, other)
    assert without(one["flags"], "SMALL_GAP") == without(other["flags"], "SMALL_GAP")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SERIES, percent_target()), min_size=1, max_size=6), st.randoms())
def test_the_order_of_series_and_years_and_empty_years_change_nothing(
    cases: list[tuple[dict[int, float], Target]], random: object
) -> None:
    seen = values(*(series for series, _ in cases))
    aims = targets(*(target for _, target in cases))
    rows = random.sample(range(len(cases)), len(cases))  # type: ignore[attr-defined]
    years = random.sample(range(len(YEARS)), len(YEARS))  # type: ignore[attr-defined]
    plain = assess(YEARS, seen, aims, 2026)
    axis = np.append(YEARS[years], [1990, 1950])
    wide = np.hstack([seen[np.ix_(rows, years)], np.full((len(cases), 2), np.nan)])
    mixed = assess(axis, wide, aims.take(np.array(rows)), 2026)
    wanted = plain.iloc[rows].reset_index(drop=True)
    pd.testing.assert_frame_equal(mixed, wanted, check_exact=True)


@settings(max_examples=150, deadline=None)
@given(SERIES, percent_target())
def test_what_is_said_hangs_together(seen: dict[int, float], target: Target) -> None:
    said = spoken(row(seen, target))
    assert (said["verdict"] == "NOT_ASSESSABLE") == bool(said["reason"])
    if "gap" in said:
        assert said["gap"] >= 0
        assert not (said["met"] and said["gap"] > 0)
    if "projection_low" in said:
        assert 0 <= said["projection_low"] <= said["projection"] <= said["projection_high"] <= 100
    if "p_met" in said:
        assert 0 <= said["p_met"] <= 1 + 1e-12


@settings(max_examples=150, deadline=None)
@given(SERIES)
def test_a_series_upside_down_has_the_opposite_trend(seen: dict[int, float]) -> None:
    up = trend(YEARS, values(seen), as_of_year=2026, step=1, mode="up").iloc[0]
    turned = {year: -value for year, value in seen.items()}
    down = trend(YEARS, values(turned), as_of_year=2026, step=1, mode="down").iloc[0]
    kept = ["n", "movement", "mk_p", "mk_method", "clear", "stability", "slope_confidence"]
    pd.testing.assert_series_equal(up[kept], down[kept], check_names=False)
    for name in ("slope", "change", "mk_s", "recent_slope"):
        np.testing.assert_allclose(up[name], -down[name])
    np.testing.assert_allclose(up["slope_low"], -down["slope_high"])
