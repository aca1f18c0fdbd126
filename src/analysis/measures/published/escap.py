"""UN ESCAP: Current Status Index and Anticipated Progress Index (methods 1.2).

Both are linear, between 0 (base) and 10 (target):

- clear direction: ``CSI = 10 * D * (c - b)/|T - b|``, and 10 where the target is reached;
- parity (a value that is best at the target): ``CSI = 10 - 10 * |T - c|/|T - b|``;
- anticipated: ``P = 100 - 10 * CSI(predicted)``, the gap left in the target year, in percent of
  the progress needed.

Sparse data as at UNICEF: two values to predict; with one, met or insufficient data; with none, no
data. Where the base equals the target and the value does not, the index is not defined.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.measures.arrays import Bools, Floats, ratio
from analysis.measures.constants import TOLERANCE
from analysis.measures.published.inputs import Inputs
from analysis.measures.published.method import Method, Outcome, classed, listed
from analysis.measures.published.rates import at_least, at_most, known, reaches

# Percent of the needed progress that may be missed, and from which there is none [R].
_ACHIEVE: Final = 10.0
_REVERSE: Final = 100.0


def current_status(given: Inputs) -> Outcome:
    """Give the Current Status Index of the current value (10 is the target, below 0 regressed)."""
    index = status_index(given, given.current)
    steps = [
        (~_settable(given), "not_available"),
        (np.isnan(given.current), "no_data"),
        (_there(given, given.current), "reached"),
        (np.isnan(given.base), "insufficient_data"),
        (at_least(index, 0), "progressed"),
        (known(index), "regressed"),
    ]
    return Outcome.unscored(index, classed(steps))


def anticipated_progress(given: Inputs) -> Outcome:
    """Give the Anticipated Progress Index of the predicted value.

    The prediction is, for each row, the column ``predicted``; else the weighted line through the
    columns named by a year, if it has two of them; else the line from base to current value.
    """
    predicted = _predicted(given)
    gap = 100 - 10 * status_index(given, predicted)
    alone = np.isnan(predicted)
    dated = known(given.target_year) | known(given.predicted)
    steps = [
        (at_most(gap, _ACHIEVE), "achieve"),
        (at_least(gap, _REVERSE), "reverse"),
        (known(gap), "accelerate"),
        (~(_settable(given) & dated), "not_available"),
        (alone & np.isnan(given.current), "no_data"),
        (alone & _there(given, given.current), "achieve"),
        (alone | np.isnan(given.base), "insufficient_data"),
    ]
    return Outcome.unscored(gap, classed(steps))


def status_index(given: Inputs, values: Floats) -> Floats:
    """Return the index of some values on the scale from 0 (base) to 10 (target)."""
    way = np.abs(given.target - given.base)
    clear = 10 * given.direction * ratio(values - given.base, way)
    parity = 10 - 10 * ratio(np.abs(given.target - values), way)
    index = np.where(given.parity, parity, clear)
    return np.where(_there(given, values), 10.0, index)


def weighted_line(years: Floats, values: Floats, ahead: Floats) -> Floats:
    """Continue series to a year by regression that gives recent values more weight.

    ``w_i = (tau - t_1)/(tau - t_i)`` for the values before tau (UNICEF's implementation), on the
    values themselves.

    Parameters
    ----------
    years
        (T,) increasing years.
    values
        (N, T) values, NaN where there is none.
    ahead
        (N,) the year tau.

    Returns
    -------
    numpy.ndarray
        (N,) predicted values; NaN with fewer than two values before tau.
    """
    left = ahead[:, None] - years
    used = ~np.isnan(values) & (left > 0)
    enough = used.sum(axis=1) >= 2
    longest = np.where(used, left, 0.0).max(axis=1, initial=0.0)
    weights = np.where(used, longest[:, None] / np.where(used, left, 1.0), 0.0)
    total = np.where(enough, weights.sum(axis=1), np.nan)
    x, y = -np.where(used, left, 0.0), np.where(used, values, 0.0)
    middle_x, middle_y = ((weights * each).sum(axis=1) / total for each in (x, y))
    apart = x - middle_x[:, None]
    slope = ratio((weights * apart * y).sum(axis=1), (weights * apart**2).sum(axis=1))
    return np.asarray(middle_y - slope * middle_x, dtype=np.float64)


def _predicted(given: Inputs) -> Floats:
    line = weighted_line(given.years, given.values, given.target_year)
    slope = ratio(given.current - given.base, np.where(given.elapsed >= 1, given.elapsed, np.nan))
    straight = given.current + slope * (given.target_year - given.current_year)
    fallback = np.where(np.isnan(line), straight, line)
    return np.where(np.isnan(given.predicted), fallback, given.predicted)


def _there(given: Inputs, values: Floats) -> Bools:
    """Tell which values reach the target, or for parity equal it."""
    equal = np.abs(values - given.target) <= TOLERANCE * np.abs(given.target)
    return np.where(given.parity, equal, reaches(given, values))


def _settable(given: Inputs) -> Bools:
    """Tell where there is a target, and a direction or parity."""
    return known(given.target) & (given.parity | known(given.direction))


_SOURCES: Final = (
    "https://data.unescap.org/resource-guides/progress-assessment-methodology",
    "https://data.unescap.org/dataviz/methodology/technical-notes.html",
    "https://w3.unece.org/sdg2023/technical-notes.html",
    "https://github.com/spalmas/SDG-MENARO",
)
_GREY: Final = (
    ("insufficient_data", "Chưa đủ số liệu", "Insufficient data"),
    ("no_data", "Chưa có số liệu", "No data"),
    ("not_available", "Không đặt được mục tiêu hoặc hướng", "No settable target or direction"),
)

METHODS: Final = (
    Method(
        name="escap_status",
        title_vi="UN ESCAP, chỉ số hiện trạng",
        title_en="UN ESCAP, Current Status Index",
        value_vi="Chỉ số từ 0 (năm gốc) đến 10 (mục tiêu); âm là thụt lùi",
        value_en="Index from 0 (base) to 10 (target); negative is regression",
        categories=listed(
            ("reached", "Đã đạt mục tiêu", "Target reached"),
            ("progressed", "Có tiến bộ", "Progress"),
            ("regressed", "Thụt lùi", "Regression"),
            *_GREY,
        ),
        sources=_SOURCES,
        mark="T",
        needs=("base", "current", "target", "direction"),
        extras=("parity",),
        run=current_status,
    ),
    Method(
        name="escap_anticipated",
        title_vi="UN ESCAP, chỉ số tiến bộ dự kiến",
        title_en="UN ESCAP, Anticipated Progress Index",
        value_vi="Khoảng cách còn lại vào năm mục tiêu, % của tiến bộ cần có",
        value_en="Gap left in the target year, percent of the progress needed",
        categories=listed(
            ("achieve", "Sẽ đạt hoặc duy trì", "Achieve or maintain"),
            ("accelerate", "Cần đẩy nhanh", "Accelerate"),
            ("reverse", "Cần đảo ngược xu hướng", "Reverse the trend"),
            *_GREY,
        ),
        sources=(*_SOURCES, "https://iprt.uneca.org/eca-progress/ProgressAssessment.html"),
        mark="R",
        needs=(
            "base",
            "base_year",
            "current",
            "current_year",
            "target",
            "target_year",
            "direction",
        ),
        extras=("parity", "predicted", "years"),
        run=anticipated_progress,
    ),
)
