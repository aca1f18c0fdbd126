"""UN Statistics Division, SDG Progress Chart: the notes of 2022 and of 2023 (methods 1.4).

Neither note could be read itself. The rule of 2022 is that of UNDP's code, with its order of
tests; the rule of 2023, and its edge rules, are those of Eustat, the statistics office of the
Basque Country.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from analysis.measures.arrays import Bools, Floats, ratio, where
from analysis.measures.constants import TOLERANCE
from analysis.measures.published.inputs import Inputs
from analysis.measures.published.method import Method, Outcome, classed, listed
from analysis.measures.published.rates import (
    above,
    at_least,
    cagr,
    known,
    log_rate,
    lost,
    reached,
    sense,
)

# 2022: limits of the ratio and, without a target, of the rate; closeness that counts as achieved.
_RATIOS: Final = (0.95, 0.5, -0.1)
_RATES_2022: Final = (0.01, 0.005, -0.01)
_CLOSE: Final = 0.9995

# 2023: limits of the projected share and of the rate; points from 0 % or 100 %.
_SHARES: Final = (0.95, 0.10)
_RATES_2023: Final = (0.02, 0.005)
_POINTS: Final = 1.0


def chart_2022(given: Inputs, *, rate: Literal["cagr", "aarr"], since: float) -> Outcome:
    """Class ``CR = CAGR_actual / CAGR_required``, or the rate where there is no target.

    The first that holds:

    1. yes/no: achieved or not; no value: insufficient data; latest value of the year ``since``
       or earlier: no data after it;
    2. achieved: the target is reached, or missed by less than 0.05 % of it (values above zero);
    3. ordinal levels: +2 levels on track, +1 fair, 0 limited, down deterioration;
    4. the base reached the target and the current value does not: deterioration;
    5. less than a year between the values, base zero or missing: insufficient data;
    6. the limits 0.95, 0.5 and -0.1 of CR; without a target 1 %, 0.5 % and -1 % of the rate.

    A required rate of zero means that the base equals the target: then 2 or 4 has decided.

    ``rate="aarr"`` puts ``ln(b/c)/years`` in place of the CAGR, as for series on nutrition.
    """
    growth = _growth(rate)
    observed = growth(given.base, given.current, given.elapsed)
    aimed, met, gone = known(given.target), reached(given) | _close(given), lost(given)
    moved = given.direction * (given.current - given.base)
    against = ratio(observed, growth(given.base, given.target, given.allowed))
    value = np.where(aimed, against, observed)
    judged = np.where(aimed, against, sense(given) * observed)
    value = np.where(given.levels, moved, where(~(met | gone), value))
    steps = [
        *_first_2022(given, since),
        (met, "target_achieved"),
        *_levels(given.levels, moved),
        (gone, "deterioration"),
        *_limits_2022(judged, aimed),
    ]
    unjudged = given.binary | np.isnan(given.direction) | (given.current_year <= since)
    return Outcome.unscored(where(~unjudged, value), classed(steps, "insufficient_data"))


def _growth(rate: str) -> Callable[[Floats, Floats, Floats], Floats]:
    rules = {"cagr": cagr, "aarr": log_rate}
    if rate not in rules:
        raise ValueError(f"option rate is {rate!r}: use one of {', '.join(rules)}")
    return rules[rate]


def _first_2022(given: Inputs, since: float) -> list[tuple[Bools, str]]:
    return [
        (given.binary & (given.current == 1), "target_achieved"),
        (given.binary & (given.current == 0), "target_not_achieved"),
        (np.isnan(given.current), "insufficient_data"),
        (given.current_year <= since, "no_recent_data"),
        (np.isnan(given.direction), "not_available"),
    ]


def _close(given: Inputs) -> Bools:
    """Tell where the value is within 0.05 % of the target; the ratio needs values above zero."""
    lower = given.direction < 0
    top, bottom = (
        np.where(lower, one, other)
        for one, other in ((given.target, given.current), (given.current, given.target))
    )
    return np.asarray((top > 0) & (bottom > 0) & (top > _CLOSE * bottom))


def _levels(levels: Bools, moved: Floats) -> list[tuple[Bools, str]]:
    return [
        (levels & at_least(moved, 2), "on_track"),
        (levels & at_least(moved, 1), "fair_progress"),
        (levels & at_least(moved, 0), "limited_or_no_progress"),
        (levels & known(moved), "deterioration"),
        (levels, "insufficient_data"),
    ]


def _limits_2022(judged: Floats, aimed: Bools) -> list[tuple[Bools, str]]:
    """Class ratios and rates: a ratio includes its limit, a rate does not."""
    names = ("on_track", "fair_progress", "limited_or_no_progress")
    steps = [
        (np.where(aimed, at_least(judged, share), above(judged, rate)), name)
        for share, rate, name in zip(_RATIOS, _RATES_2022, names, strict=True)
    ]
    return [*steps, (known(judged), "deterioration")]


def chart_2023(given: Inputs) -> Outcome:
    """Class and score the share of the way that the continued growth would cover.

    ``v_e = c * (1 + CAGR)**(tau - t)``, ``s = (v_e - b)/(T - b)``: 3 from 0.95, 2 from 0.10,
    else 1. Without a target the size of the CAGR in the desired direction: 3 from 2 %, 2 from
    0.5 %, else 1.

    Met at the latest value is 3 whatever the growth, and so is a percentage within one point of
    a target of 0 % or 100 %. A base that met the target and a value that does not is 1: there the
    share of the way would call a decline progress (the order of 2022 is kept). Yes is 3, no is 1.
    """
    observed = cagr(given.base, given.current, given.elapsed)
    aimed, gone = known(given.target), lost(given)
    met = reached(given) | _one_point_away(given)
    expected = given.current * (1 + observed) ** (given.target_year - given.current_year)
    share = ratio(expected - given.base, given.target - given.base)
    judged = np.where(aimed, share, sense(given) * observed)
    best, fair = (np.where(aimed, *pair) for pair in zip(_SHARES, _RATES_2023, strict=True))
    unknown = np.isnan(given.direction)
    steps = [
        (given.binary & (given.current == 1), "met_or_on_track"),
        (given.binary & (given.current == 0), "stagnation_or_regression"),
        (given.binary | unknown, "not_available"),
        (met, "met_or_on_track"),
        (gone, "stagnation_or_regression"),
        (at_least(judged, best), "met_or_on_track"),
        (at_least(judged, fair), "fair_progress"),
        (known(judged), "stagnation_or_regression"),
    ]
    value = where(~(met | gone | given.binary | unknown), np.where(aimed, share, observed))
    return _scored(value, steps)


def _one_point_away(given: Inputs) -> Bools:
    """Tell where a percentage is within a point of a target of 0 % or 100 %."""
    ends = given.percent & np.isin(given.target, [0.0, 100.0])
    return np.asarray(ends & (np.abs(given.current - given.target) <= _POINTS + TOLERANCE))


def _scored(value: Floats, steps: list[tuple[Bools, str]]) -> Outcome:
    points = {"met_or_on_track": 3.0, "fair_progress": 2.0, "stagnation_or_regression": 1.0}
    category = classed(steps)
    tests = [category == name for name in points]
    return Outcome(value, category, np.select(tests, list(points.values()), np.nan))


_NOTE: Final = "https://unstats.un.org/sdgs/report/{0}/Progress_Chart_Technical_Note_{0}.pdf"
_NEEDS: Final = (
    "base",
    "base_year",
    "current",
    "current_year",
    "target",
    "target_year",
    "direction",
)

METHODS: Final = (
    Method(
        name="unsd_2022",
        title_vi="Cơ quan Thống kê Liên hợp quốc, Biểu đồ tiến độ SDG 2022 (theo mã của UNDP)",
        title_en="UN Statistics Division, SDG Progress Chart 2022 (as in UNDP's code)",
        value_vi=(
            "Tốc độ thực tế chia cho tốc độ cần có (tỷ số); không có mục tiêu: tốc độ mỗi năm; "
            "mức thứ bậc: số mức đã tiến"
        ),
        value_en=(
            "Actual over required growth rate (ratio); without a target the rate a year; "
            "for ordinal levels the levels moved"
        ),
        categories=listed(
            ("target_achieved", "Đã đạt mục tiêu", "Target achieved"),
            ("on_track", "Đúng tiến độ", "On track"),
            (
                "fair_progress",
                "Tiến bộ khá nhưng cần đẩy nhanh",
                "Fair progress but acceleration needed",
            ),
            (
                "limited_or_no_progress",
                "Tiến bộ hạn chế hoặc không tiến bộ",
                "Limited or no progress",
            ),
            ("deterioration", "Xấu đi", "Deterioration"),
            ("target_not_achieved", "Chưa đạt mục tiêu", "Target not achieved"),
            ("insufficient_data", "Chưa đủ số liệu", "Insufficient data"),
            ("no_recent_data", "Không có số liệu sau năm 2015", "No data after 2015"),
            ("not_available", "Không rõ hướng mong muốn", "No desired direction"),
        ),
        sources=(_NOTE.format(2022), "https://github.com/UNDP-Data/SDG-Accelerator"),
        mark="T",
        needs=_NEEDS,
        extras=("binary", "levels"),
        run=chart_2022,
        options=MappingProxyType({"rate": "cagr", "since": 2015}),
    ),
    Method(
        name="unsd_2023",
        title_vi="Cơ quan Thống kê Liên hợp quốc, Biểu đồ tiến độ SDG 2023 (theo Eustat)",
        title_en="UN Statistics Division, SDG Progress Chart 2023 (as applied by Eustat)",
        value_vi=(
            "Phần quãng đường sẽ đi được đến năm mục tiêu (tỷ số); không có mục tiêu: tốc độ tăng "
            "bình quân năm"
        ),
        value_en=(
            "Share of the way covered by the target year (ratio); without a target the compound "
            "annual growth rate"
        ),
        categories=listed(
            ("met_or_on_track", "Đã đạt hoặc đúng tiến độ", "Target met or on track"),
            (
                "fair_progress",
                "Tiến bộ khá, cần đẩy nhanh",
                "Fair progress, acceleration needed",
            ),
            ("stagnation_or_regression", "Trì trệ hoặc thụt lùi", "Stagnation or regression"),
            ("not_available", "Không đánh giá", "Not evaluated"),
        ),
        sources=(_NOTE.format(2023), "https://github.com/EUSTAT-DES/site"),
        mark="T",
        needs=_NEEDS,
        extras=("binary", "percent"),
        run=chart_2023,
    ),
)
