"""Statistics Canada and Open SDG 2.4.0, automatic progress (methods 1.6).

=============  ==========================================================================
with a target  ``R = sign * dir * CAGR_obs / |CAGR_req|``, limits 0.95, 0.60, 0
without one    ``g = sign * dir * CAGR_obs``, limits 1.5 % C, 0.5 % C, 0; C is 1 without a
               natural limit (see :func:`analysis.measures.published.rates.coefficient`)
=============  ==========================================================================

Edge rules, in the order in which they act:

- a yes/no indicator is achieved or not achieved;
- parity: an index of 1 is read as ``max(y, 1/y)``, and 1 from 0.97 to 1.03; a share of 50 or 100
  as ``target + |y - target|``; lower is then better. No other target is published for parity;
- a target or base of zero is replaced by 0.001 (option ``zero``) before anything is compared;
- a target reached is achieved, with score 5, whatever the rate, and with one value alone;
- values of different signs, or less than a year apart: not available;
- negative values turn the direction;
- base equal to the limit, and no decline: substantial progress, score 5;
- base equal to the target, and lost: deterioration, score -5, without a value.

The published defaults are not used: a base year of 2015, a target year of 2030 and a *negative*
direction are never assumed, and a row without a direction is not available.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np

from analysis.measures.arrays import Floats, where
from analysis.measures.constants import TOLERANCE
from analysis.measures.published.inputs import Inputs
from analysis.measures.published.method import Method, Outcome, classed, listed
from analysis.measures.published.rates import (
    at_least,
    coefficient,
    known,
    reached,
    signed_rate,
    target_ratio,
)

_WITH_TARGET: Final = (0.95, 0.60)
_WITHOUT_TARGET: Final = (0.015, 0.005)
_PARITY: Final = (0.97, 1.03)
_BEST: Final = 5.0


def status(given: Inputs, *, zero: float) -> Outcome:
    """Give value, score and status; ``zero`` replaces a target or base of zero."""
    if not zero > 0:
        raise ValueError(f"option zero is {zero!r}: give a small number above zero")
    near = coefficient(given.base, given.limit)
    given = _without_zeros(_without_parity(given), zero)
    aimed, met = known(given.target), reached(given) & ~given.binary
    value = np.where(aimed, target_ratio(given), signed_rate(given))
    value = np.where(given.binary, np.nan, value)
    high = np.where(aimed, _WITH_TARGET[0], _WITHOUT_TARGET[0] * near)
    middle = np.where(aimed, _WITH_TARGET[1], _WITHOUT_TARGET[1] * near)
    steps = [
        (given.binary & (given.current == 1), "target_achieved"),
        (given.binary & (given.current == 0), "target_not_achieved"),
        (met, "target_achieved"),
        (at_least(value, high), "substantial_progress"),
        (at_least(value, middle), "moderate_progress"),
        (at_least(value, 0), "limited_progress"),
        (known(value), "deterioration"),
    ]
    score = np.where(aimed, _score_of_ratio(value), _score_of_rate(value, near))
    return Outcome(value, classed(steps), np.where(met, _BEST, score))


def _without_parity(given: Inputs) -> Inputs:
    """Turn values that are best at the target into values of which fewer is better."""
    centre = np.where(given.parity, given.target, np.nan)
    published = np.isin(centre, [1.0, 50.0, 100.0])
    aim = np.where(given.parity & ~published, np.nan, given.target)
    return replace(
        given,
        base=np.where(given.parity, _apart(given.base, centre), given.base),
        current=np.where(given.parity, _apart(given.current, centre), given.current),
        target=aim,
        direction=np.where(given.parity, np.where(published, -1.0, np.nan), given.direction),
    )


def _apart(values: Floats, centre: Floats) -> Floats:
    """Return the values turned over to the upper side of the centre."""
    index = np.where((centre == 1) & (values > 0), values, np.nan)
    ratio = np.fmax(index, 1 / index)
    low, high = _PARITY
    even = (index >= low - TOLERANCE) & (index <= high + TOLERANCE)
    return np.where(centre == 1, np.where(even, 1.0, ratio), centre + np.abs(values - centre))


def _without_zeros(given: Inputs, zero: float) -> Inputs:
    return replace(
        given,
        base=np.where(given.base == 0, zero, given.base),
        target=np.where(given.target == 0, zero, given.target),
    )


def _score_of_ratio(ratio: Floats) -> Floats:
    high = np.minimum(7.1429 * ratio - 4.2857, _BEST)
    low = np.maximum(4.1667 * ratio - 2.5, -_BEST)
    return np.where(at_least(ratio, _WITH_TARGET[1]), high, low)


def _score_of_rate(rate: Floats, near: Floats) -> Floats:
    """Return the score without a target; the limits shrink by C, and so does the scale."""
    high, middle = _WITHOUT_TARGET
    scaled = rate / np.where(near == 0, np.nan, near)
    steps = [
        (~at_least(rate, 0), np.maximum(125 * rate - 2.5, -_BEST)),
        (near == 0, np.full(rate.shape, _BEST)),
        (at_least(rate, high * near), np.minimum(500 * scaled - 5, _BEST)),
        (at_least(rate, middle * near), 250 * scaled - 1.25),
    ]
    tests, scores = zip(*steps, strict=True)
    return where(known(rate), np.select(tests, scores, 500 * scaled - 2.5))


METHODS: Final = (
    Method(
        name="statistics_canada",
        title_vi="Cơ quan Thống kê Canada và Open SDG 2.4.0",
        title_en="Statistics Canada and Open SDG 2.4.0",
        value_vi="Tốc độ thực tế chia cho tốc độ cần có (tỷ số); không có mục tiêu: tốc độ mỗi năm",
        value_en="Observed over required growth rate (ratio); without a target the rate a year",
        categories=listed(
            ("target_achieved", "Đã đạt mục tiêu", "Target achieved"),
            ("substantial_progress", "Đúng tiến độ", "On track"),
            (
                "moderate_progress",
                "Có tiến bộ nhưng cần đẩy nhanh",
                "Progress made but acceleration needed",
            ),
            ("limited_progress", "Tiến bộ hạn chế", "Limited progress"),
            ("deterioration", "Xấu đi", "Deterioration"),
            ("target_not_achieved", "Chưa đạt mục tiêu", "Target not achieved"),
            ("not_available", "Không có đánh giá", "Not available"),
        ),
        sources=(
            "https://open-sdg.readthedocs.io/en/latest/progress-methodology/",
            "https://github.com/open-sdg/sdg-build",
        ),
        mark="S",
        needs=(
            "base",
            "base_year",
            "current",
            "current_year",
            "target",
            "target_year",
            "direction",
            "limit",
        ),
        extras=("binary", "parity"),
        run=status,
        options=MappingProxyType({"zero": 0.001}),
    ),
)
