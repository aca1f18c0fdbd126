"""Destatis, weather symbols of the German sustainability strategy (methods 1.7).

The mean of the last five annual changes, from the last six values, is carried on to the target
year; what it misses is compared with what is left now. This is the rule for targets with a value
and a year; the rules for targets of every year and of a direction only are not offered.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.measures.arrays import Floats, Ints, ratio, where
from analysis.measures.published.inputs import Inputs
from analysis.measures.published.method import Method, Outcome, classed, listed
from analysis.measures.published.rates import above, known, reaches

# Values looked at, and how many of them are enough in exceptional cases.
_POINTS: Final = 6
_FEWEST: Final = 4

# Share of the remaining gap that may be missed.
_SUN: Final = 0.05
_SLIGHTLY_CLOUDY: Final = 0.20


def weather(given: Inputs) -> Outcome:
    """Give the share of the remaining gap that is missed, and the symbol.

    The last values come from the columns named by a year. Over years without a value the change
    counts for all of them: the mean is last less first value, by the years between. Where the
    carried value reaches the target the symbol is the sun, whatever the direction; else a change
    of nought or in the wrong direction is a thunderstorm, without a value.
    """
    year, value, change = _last_values(given)
    ahead = given.target_year - year
    carried = np.where(ahead >= 0, value + change * ahead, np.nan)
    left = given.direction * (given.target - value)
    met = reaches(given, carried)
    missed = np.where(met, 0.0, given.direction * (given.target - carried))
    share = where(left > 0, ratio(missed, left))
    right = given.direction * change > 0
    steps = [
        (met, "sun"),
        (known(carried) & known(left) & ~right, "thunderstorm"),
        (share < _SUN, "sun"),
        (above(share, _SLIGHTLY_CLOUDY), "cloudy"),
        (known(share), "slightly_cloudy"),
    ]
    return Outcome.unscored(where(met | right, share), classed(steps))


def _last_values(given: Inputs) -> tuple[Floats, Floats, Floats]:
    """Return year and value of the last value and the mean annual change before it."""
    there = ~np.isnan(given.values)
    rank = np.cumsum(there[:, ::-1], axis=1)[:, ::-1]
    used = there & (rank <= _POINTS)
    enough = used.sum(axis=1) >= _FEWEST
    rows = np.arange(len(used))
    first = np.argmax(used, axis=1)
    last = used.shape[1] - 1 - np.argmax(used[:, ::-1], axis=1)
    years, values = (_at(each, rows, first, last) for each in (given.years, given.values))
    change = ratio(values[1] - values[0], years[1] - years[0])
    return where(enough, years[1]), where(enough, values[1]), where(enough, change)


def _at(table: Floats, rows: Ints, first: Ints, last: Ints) -> tuple[Floats, Floats]:
    wide = np.broadcast_to(table, (len(rows), table.shape[-1]))
    return wide[rows, first], wide[rows, last]


METHODS: Final = (
    Method(
        name="destatis_weather",
        title_vi="Destatis (Đức), biểu tượng thời tiết",
        title_en="Destatis (Germany), weather symbols",
        value_vi="Phần của khoảng cách hiện tại sẽ còn thiếu vào năm mục tiêu (tỷ số)",
        value_en="Share of the present gap that is missed in the target year (ratio)",
        categories=listed(
            ("sun", "Nắng", "Sun"),
            ("slightly_cloudy", "Ít mây", "Slightly cloudy"),
            ("cloudy", "Nhiều mây", "Cloudy"),
            ("thunderstorm", "Giông bão", "Thunderstorm"),
            ("not_available", "Không tính được", "Not calculable"),
        ),
        sources=("https://dns-indikatoren.de/en/status", "https://nsdp.vnso.gov.vu/methodology"),
        mark="S",
        needs=("target", "target_year", "direction", "years"),
        run=weather,
    ),
)
