"""WHO and UNICEF, average annual rate of reduction (AARR) of the nutrition targets (methods 1.7).

``AARR = 1 - exp(slope of ln y on the year)``, current against required. The classes and the limit
of 0.5 % a year are those of UNICEF's own calculations; no rate is rounded before it is compared.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.measures.arrays import Floats, where
from analysis.measures.published.inputs import Inputs
from analysis.measures.published.method import Method, Outcome, classed, listed
from analysis.measures.published.rates import above, at_least, known, log_rate, reached

# Shares a year around zero that count as no progress.
_STANDSTILL: Final = 0.005


def reduction(given: Inputs) -> Outcome:
    """Give the current AARR (a share a year) and class it against the required one.

    The current rate is that of the line through the logarithms of the columns named by a year, if
    two of their values are above zero; else that from base to current value. A rate of reduction
    is published for falling series only: a row with direction +1 is not available.
    """
    years_slope = log_slope(given.years, given.values)
    ends = log_rate(given.base, given.current, given.elapsed)
    current = rate_of(np.where(np.isnan(years_slope), ends, years_slope))
    required = rate_of(log_rate(given.base, given.target, given.allowed))
    falling = given.direction == -1
    judged = falling & known(required)
    steps = [
        (falling & reached(given), "target_met"),
        (judged & at_least(current - required, 0), "on_track"),
        (judged & above(current, _STANDSTILL), "some_progress"),
        (judged & at_least(current, -_STANDSTILL), "no_progress"),
        (judged & known(current), "worsening"),
    ]
    return Outcome.unscored(where(~(given.direction == 1), current), classed(steps))


def rate_of(slope: Floats) -> Floats:
    """Return the AARR, a share a year, from the slope of the logarithms."""
    return np.asarray(1 - np.exp(slope))


def log_slope(years: Floats, values: Floats) -> Floats:
    """Return the least-squares slope of ``ln y`` on the year; NaN with fewer than two values.

    Parameters
    ----------
    years
        (T,) years.
    values
        (N, T) values; those that are missing or not above zero are left out.
    """
    used = values > 0
    count = used.sum(axis=1)
    enough = count >= 2
    x = np.where(used, years - (years.mean() if years.size else 0.0), 0.0)
    y = np.log(np.where(used, values, 1.0))
    apart = np.where(used, x - (x.sum(axis=1) / np.where(enough, count, 1))[:, None], 0.0)
    spread = (apart**2).sum(axis=1)
    return where(enough, (apart * y).sum(axis=1) / np.where(enough, spread, 1.0))


METHODS: Final = (
    Method(
        name="aarr",
        title_vi="WHO và UNICEF, tốc độ giảm bình quân năm (AARR)",
        title_en="WHO and UNICEF, average annual rate of reduction (AARR)",
        value_vi="Tốc độ giảm bình quân năm hiện tại (tỷ lệ mỗi năm)",
        value_en="Current average annual rate of reduction (share a year)",
        categories=listed(
            ("target_met", "Đã đạt mục tiêu", "Target met"),
            ("on_track", "Đúng tiến độ", "On track"),
            ("some_progress", "Có tiến bộ", "Some progress"),
            ("no_progress", "Không tiến bộ", "No progress"),
            ("worsening", "Xấu đi", "Worsening"),
            ("not_available", "Không đánh giá được", "Assessment not possible"),
        ),
        sources=(
            "https://data.unicef.org/resources/technical-note-calculate-average-annual-rate-reduction-aarr-underweight-prevalence/",
            "https://globalnutritionreport.org/reports/2020-global-nutrition-report/appendix-2-assessing-progress-against-global-nutrition-targets/",
        ),
        mark="T",
        needs=(
            "base",
            "base_year",
            "current",
            "current_year",
            "target",
            "target_year",
            "direction",
        ),
        extras=("years",),
        run=reduction,
    ),
)
