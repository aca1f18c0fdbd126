"""How good the constants of the rules on jumps and slips are, on the recorded values.

The docstrings of both modules give these numbers as the reasons for their constants.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext

import pytest

from analysis.api import Plan
from analysis.intake.checks import jumps, slips
from analysis.intake.checks.known import Known, Value, read_known
from analysis.intake.checks.numbers import any_number, written
from tests.intake.checks.builders import DAY

RANKS = "4.1"
"""A rank has no decimal point to slip."""

Place = tuple[str, str]
Case = tuple[Place, Value, list[Value]]
"""A value of a series and area, and those beside which it is judged."""


@pytest.fixture(scope="module")
def known(plan: Plan) -> Known:
    tables = {name: plan.recorded[name] for name in plan.recorded}
    tables["observations"] = tables["observations"].head(548)
    return read_known(tables, set(tables["indicators"]["indicator_id"]), DAY)


def cases(known: Known, *, proxies: bool, before_only: bool = False) -> Iterator[Case]:
    """Every value of the current view beside the others of its side of every break."""
    for (series_id, area_id, proxy), values in known.values.items():
        if series_id == RANKS or proxy != proxies:
            continue
        for value in values:
            others = [one for one in values if one is not value and one.segment == value.segment]
            before = [one for one in others if one.last_month < value.last_month]
            yield (series_id, area_id), value, before if before_only else others


def is_jump(value: Value, beside: list[Value]) -> bool:
    month = value.last_month
    nearest = min(abs(one.last_month - month) for one in beside)
    near = [one for one in beside if abs(one.last_month - month) == nearest]
    limit = jumps.usual_change(beside).limit
    steps = [jumps.step(one, value) for one in near]
    return all(one.yearly - one.rounding > limit for one in steps)


def judged(known: Known, area: str, *, before_only: bool) -> list[Case]:
    some = cases(known, proxies=False, before_only=before_only)
    return [one for one in some if one[0][1] == area and len(one[2]) >= jumps.FEWEST]


def called(some: list[Case]) -> list[tuple[str, str]]:
    return sorted((of[0], value.period) for of, value, beside in some if is_jump(value, beside))


def mistyped(value: Value) -> Iterator[Value]:
    """The value with its first digit one or two more or less."""
    text = written(value.number)
    for digit in range(1, 10):
        if 0 < abs(digit - int(text[0])) <= 2:
            yield replace(value, number=Decimal(f"{digit}{text[1:]}"))


def seen(some: list[Case]) -> int:
    """How many of 100 mistyped first digits are called jumps."""
    wrong = [(one, beside) for _, value, beside in some if value.number for one in mistyped(value)]
    return round(100 * sum(is_jump(one, beside) for one, beside in wrong) / len(wrong))


def test_few_of_the_recorded_values_can_be_judged(plan: Plan) -> None:
    recorded = plan.recorded["observations"].head(548)
    province = recorded[recorded["area_id"] == "QN"]
    counts = province[(province["comparability"] != "proxy") & province["value"].notna()]
    assert (len(province), len(counts)) == (299, 141)


def test_jumps_left_out_in_turn(known: Known) -> None:
    some = judged(known, "QN", before_only=False)
    assert (len(some), called(some)) == (50, [("11.1-urban", "2015"), ("4.2", "2015")])
    some = judged(known, "VN", before_only=False)
    assert (len(some), len(called(some))) == (109, 7)


def test_jumps_beside_what_came_before(known: Known) -> None:
    some = judged(known, "QN", before_only=True)
    assert (len(some), called(some)) == (29, [])
    some = judged(known, "VN", before_only=True)
    assert (len(some), called(some)) == (
        58,
        [("3.1", "2021"), ("3.2", "2021"), ("8.2", "2023"), ("8.4-doctors", "2022")],
    )


@pytest.mark.parametrize(
    ("factor", "spreads", "false", "percent"),
    [
        ("1.25", 5, 1, 0),
        ("1.5", 3, 2, 0),
        ("1.5", 5, 0, 70),
        ("2", 5, 0, 60),
        ("1.5", 8, 0, 60),
    ],
)
def test_the_constants_are_the_least_that_call_nothing_new_of_the_province_a_jump(
    known: Known,
    monkeypatch: pytest.MonkeyPatch,
    factor: str,
    spreads: int,
    false: int,
    percent: int,
) -> None:
    monkeypatch.setattr(jumps, "FACTOR", Decimal(factor))
    monkeypatch.setattr(jumps, "SPREADS", spreads)
    assert len(called(judged(known, "QN", before_only=True))) == false
    if percent:
        assert seen(judged(known, "QN", before_only=False)) == percent


def neighbours(value: Value, beside: list[Value]) -> list[Value]:
    before = [one for one in beside if one.last_month <= value.last_month and one.number > 0]
    after = [one for one in beside if one.last_month > value.last_month and one.number > 0]
    return before[-1:] + after[:1]


@pytest.mark.parametrize(
    ("about", "alarms", "percent"), [("1.2", 0, 85), ("1.5", 0, 95), ("3", 1, 99)]
)
def test_slips(
    known: Known, monkeypatch: pytest.MonkeyPatch, about: str, alarms: int, percent: int
) -> None:
    monkeypatch.setattr(slips, "ABOUT", Decimal(about))
    counts = Counter[str]()
    with localcontext(any_number()):
        for proxies in (False, True):
            for _, value, beside in cases(known, proxies=proxies):
                near = neighbours(value, beside)
                if near and value.number > 0:
                    counts["judged"] += 1
                    counts["alarms"] += bool(slips.power_off(value.number, near))
                    for power in slips.POWERS:
                        off = slips.power_off(value.number.scaleb(power), near)
                        counts["found"] += off == power
    assert counts["alarms"] == alarms
    assert round(100 * counts["found"] / (6 * counts["judged"])) == percent
    assert counts["judged"] == 320
