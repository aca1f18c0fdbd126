from __future__ import annotations

import numpy as np
import pytest

from analysis.measures import KINDS, MODES, Targets, targets_from_plan

NONE = float("nan")
PERCENT = {"natural_min": 0, "natural_max": 100}


def plan(
    kind: object, mode: object, low: object = NONE, high: object = NONE, **more: object
) -> Targets:
    facts = {"level": NONE, "decimals": 1, "natural_min": NONE, "natural_max": NONE}
    facts |= {"year": 2030, "base_year": 2020}
    return targets_from_plan(kind=kind, mode=mode, low=low, high=high, **(facts | more))


@pytest.mark.parametrize(
    ("kind", "mode", "low", "high", "lo", "hi"),
    [
        ("exact", "up", 95, 95, 95, NONE),
        ("exact", "down", 7, 7, NONE, 7),
        ("exact", "band", 2.1, 2.1, 2.05, 2.15),
        ("at_least", "up", 95, NONE, 95, NONE),
        ("at_most", "down", NONE, 7, NONE, 7),
        ("between", "up", 85, 90, 85, NONE),
        ("between", "down", 85, 90, NONE, 90),
        ("between", "band", 85, 90, 85, 90),
        ("at_most", "level", NONE, 5, NONE, 5),
        ("at_least", "level", 2, NONE, 2, NONE),
    ],
)
def test_a_printed_target_reads_as_an_interval(
    kind: str, mode: str, low: float, high: float, lo: float, hi: float
) -> None:
    found = plan(kind, mode, low, high)
    assert found.lo[0] == pytest.approx(lo, nan_ok=True)
    assert found.hi[0] == pytest.approx(hi, nan_ok=True)
    assert found.clear[0]
    assert found.readable[0]
    assert not found.lo_strict[0]
    assert not found.hi_strict[0]


def test_only_more_than_and_less_than_are_strict() -> None:
    found = plan(["more_than", "less_than"], ["up", "down"], [95, NONE], [NONE, 7])
    assert found.lo_strict.tolist() == [True, False]
    assert found.hi_strict.tolist() == [False, True]
    assert found.clear.all()


def test_a_level_is_reached_from_below() -> None:
    found = plan("level", "level", level=3, decimals=0)
    assert found.lo.tolist() == [3]
    assert found.step.tolist() == [1]
    assert found.readable[0]


@pytest.mark.parametrize("kind", ["exact", "at_most"])
def test_a_zero_target_is_met_when_it_prints_as_zero(kind: str) -> None:
    assert plan(kind, "down", 0, 0, **PERCENT).hi[0] == pytest.approx(0.05)
    assert plan(kind, "down", 0, 0, decimals=0, natural_min=0).hi[0] == 0.5


@pytest.mark.parametrize("kind", ["exact", "at_least", "between"])
def test_a_hundred_percent_target_is_met_when_it_prints_as_such(kind: str) -> None:
    assert plan(kind, "up", 100, 100, **PERCENT).lo[0] == pytest.approx(99.95)


def test_only_a_bound_on_the_natural_limit_is_widened() -> None:
    assert plan("exact", "down", 0, 0).hi[0] == 0
    assert plan("exact", "up", 100, 100).lo[0] == 100
    assert plan("exact", "up", 99.9, 99.9, **PERCENT).lo[0] == 99.9
    assert plan("exact", "up", 0, 0, **PERCENT).lo[0] == 0
    assert plan("less_than", "down", NONE, 0, **PERCENT).hi[0] == 0
    assert plan("more_than", "up", 100, NONE, **PERCENT).lo[0] == 100


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("text", "up"), ("text", "level"), ("at_most", "up"), ("less_than", "up"),
        ("at_least", "down"), ("more_than", "down"), ("at_least", "band"), ("less_than", "band"),
        ("level", "up"), ("level", "down"), ("level", "band"), ("exact", "level"),
        ("between", "level"),
    ],
)  # fmt: skip
def test_a_contradictory_target_is_unclear_and_not_guessed(kind: str, mode: str) -> None:
    found = plan(kind, mode, 5, 6, level=2)
    assert not found.clear[0]
    assert found.stated[0]


@pytest.mark.parametrize(
    ("kind", "mode", "low", "high"),
    [
        ("exact", "up", NONE, 5),
        ("at_most", "down", 5, NONE),
        ("between", "band", 5, NONE),
        ("between", "band", 6, 5),
        ("level", "level", 5, 5),
    ],
)
def test_a_missing_number_or_ends_the_wrong_way_round_are_unclear(
    kind: str, mode: str, low: float, high: float
) -> None:
    assert not plan(kind, mode, low, high).clear[0]


def test_no_target_is_not_stated() -> None:
    assert plan(["none", "text"], "up").stated.tolist() == [False, True]


def test_every_pair_of_kind_and_mode_is_either_read_or_unclear() -> None:
    pairs = [(kind, mode) for kind in KINDS for mode in MODES]
    kinds, modes = (list(column) for column in zip(*pairs, strict=True))
    found = plan(kinds, modes, 5, 6, level=2)
    assert (found.clear & found.stated == found.readable).all()
    assert found.clear.sum() == 4 + 4 + 2 + 5


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown kind 'about': use one of exact, at_least"):
        plan("about", "up", 5)


def test_lengths_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="broadcast"):
        plan(["exact", "exact"], ["up", "up", "up"], 5)


def test_arrays_of_no_targets_are_welcome() -> None:
    assert len(plan(np.array([], dtype=str), np.array([], dtype=str), [], [])) == 0
