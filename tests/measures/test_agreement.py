"""The vectorised measures say what the scalar reference says, on thousands of random cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures import assess, trend
from tests.measures.helpers import YEARS, differing, targets, values
from tests.measures.reference import Case, Movement, Target

NONE = float("nan")
STEPS = {0: 1.0, 1: 0.1, 2: 0.01}
LIMITS = [(0.0, 100.0), (0.0, NONE), (NONE, NONE), (NONE, 100.0)]


@st.composite
def series(draw: st.DrawFn, ordinal: bool = False) -> dict[int, float]:
    known = draw(st.lists(st.integers(2014, 2028), unique=True, max_size=12))
    if ordinal:
        return {year: float(draw(st.integers(0, 5))) for year in known}
    low, high = draw(st.sampled_from([(0, 100), (90, 100), (-20, 20), (0, 3), (49, 52)]))
    return {year: draw(st.integers(low * 10, high * 10)) / 10 for year in known}


@st.composite
def target(draw: st.DrawFn) -> Target:
    mode = draw(st.sampled_from(["up", "down", "band", "level"]))
    edge = draw(st.integers(-50, 1050)) / 10
    if mode == "level":
        edge = float(draw(st.integers(0, 4)))
    rank = mode == "level" and draw(st.booleans())
    width = draw(st.integers(0, 60)) / 10
    limits = draw(st.sampled_from(LIMITS))
    return Target(
        mode=mode,
        year=draw(st.sampled_from([2025, 2030])),
        lo=edge if mode in {"up", "band"} or (mode == "level" and not rank) else NONE,
        hi=edge + width if mode in {"down", "band"} else edge if rank else NONE,
        lo_strict=draw(st.booleans()),
        hi_strict=draw(st.booleans()),
        step=draw(st.sampled_from([NONE, 1.0, 0.1, 0.01])),
        natural_min=limits[0],
        natural_max=limits[1],
        base_year=draw(st.sampled_from([2016, 2020])),
        clear=draw(st.integers(0, 19)) > 0,
        stated=draw(st.integers(0, 19)) > 0,
    )


@st.composite
def case(draw: st.DrawFn) -> Case:
    aim = draw(target())
    seen = draw(series(ordinal=aim.mode == "level"))
    # Values on an end, where strictness decides, are drawn often enough to matter.
    ends = [end for end in (aim.lo, aim.hi) if aim.has(end)]
    for year in list(seen):
        if draw(st.integers(0, 7)) == 0:
            seen[year] = draw(st.sampled_from(ends))
    part = frozenset(year for year in seen if draw(st.integers(0, 9)) == 0)
    return Case(seen, aim, draw(st.integers(2021, 2028)), part, draw(st.booleans()))


@settings(max_examples=600, deadline=None)
@given(case())
def test_assess_agrees_with_the_reference(one: Case) -> None:
    part = np.array([[int(year) in one.part for year in YEARS]])
    found = assess(
        YEARS,
        values(one.observed),
        targets(one.target),
        one.as_of,
        part_year=part,
        before_break=np.array([one.before_break]),
    )
    assert differing(found, [one.row()]) == []


def random_case(generator: np.random.Generator, as_of: int) -> Case:
    mode = str(generator.choice(["up", "down", "band", "level"]))
    n = int(generator.integers(0, 13))
    years = generator.choice(np.arange(2012, 2028), n, replace=False)
    if mode == "level":
        walk, lo = generator.integers(0, 6, n), float(generator.integers(1, 6))
    else:
        drift = generator.normal(0, 2) * (years - 2020)
        walk = np.round(generator.uniform(2, 98) + drift + generator.normal(0, 1, n), 1)
        lo = float(np.round(generator.uniform(0, 100), 1))
    rank = mode == "level" and generator.random() < 0.3
    limits = LIMITS[generator.integers(0, len(LIMITS))]
    aim = Target(
        mode=mode,
        year=int(generator.choice([2025, 2030])),
        lo=NONE if mode == "down" or rank else lo,
        hi=lo if mode == "down" or rank else lo + 6 if mode == "band" else NONE,
        lo_strict=bool(generator.random() < 0.3),
        hi_strict=bool(generator.random() < 0.3),
        step=float(generator.choice([NONE, 0.1, 1.0])),
        natural_min=limits[0],
        natural_max=limits[1],
        base_year=int(generator.choice([2015, 2020])),
        clear=bool(generator.random() < 0.97),
        stated=bool(generator.random() < 0.97),
    )
    seen = {int(year): float(value) for year, value in zip(years, walk, strict=True)}
    part = frozenset(year for year in seen if generator.random() < 0.1)
    return Case(seen, aim, as_of, part, bool(generator.random() < 0.3))


@pytest.mark.parametrize("seed", range(6))
def test_many_random_series_at_once_agree_with_the_reference(seed: int) -> None:
    generator = np.random.default_rng(seed)
    as_of = int(generator.integers(2022, 2028))
    cases = [random_case(generator, as_of) for _ in range(3400)]
    found = assess(
        YEARS,
        values(*(one.observed for one in cases)),
        targets(*(one.target for one in cases)),
        as_of,
        part_year=np.array([[int(year) in one.part for year in YEARS] for one in cases]),
        before_break=np.array([one.before_break for one in cases]),
    )
    assert differing(found, [one.row() for one in cases]) == []
    # The random cases reach all of the method, not a corner of it.
    assert found["verdict"].nunique() >= 10
    assert found["flags"].str.split().explode().nunique() >= 8


@settings(max_examples=300, deadline=None)
@given(
    series(),
    st.integers(2021, 2028),
    st.sampled_from([NONE, 1.0, 0.1]),
    st.sampled_from(["up", "down", "band", "level"]),
    st.sampled_from([(NONE, NONE), (10.0, 20.0), (49.5, 50.5)]),
)
def test_trend_agrees_with_the_reference(
    seen: dict[int, float], as_of: int, step: float, mode: str, ends: tuple[float, float]
) -> None:
    lo, hi = ends
    found = trend(YEARS, values(seen), as_of_year=as_of, step=step, mode=mode, lo=lo, hi=hi)
    without_limits = found.drop(columns=["slope_low", "slope_high", "slope_confidence"])
    assert differing(without_limits, [Movement(seen, as_of, step, mode, lo, hi).row()]) == []
