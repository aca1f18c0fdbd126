"""OECD, Measuring Distance to the SDG Targets (methods 1.5).

``distance = max(0, dir * (T - c)/sd)`` with the standard deviation over a peer group, so that
indicators can be compared with each other. It needs a peer group, such as the provinces in one
year. Bands of the report of 2022: 0.5 and 1.5; which band a value on a limit belongs to is this
project's reading.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.measures.arrays import ratio, where
from analysis.measures.published.inputs import Inputs
from analysis.measures.published.method import Method, Outcome, classed, listed
from analysis.measures.published.rates import at_least, at_most, known, reached

_SMALL: Final = 0.5
_MEDIUM: Final = 1.5


def distance(given: Inputs) -> Outcome:
    """Give the distance in standard deviations of the peer group; a target met is at nought."""
    spread = np.where(given.peer_sd > 0, given.peer_sd, np.nan)
    apart = given.direction * ratio(given.target - given.current, spread)
    far = where(known(apart), np.where(reached(given), 0.0, apart))
    steps = [
        (reached(given), "target_met"),
        (known(far) & ~at_least(far, _SMALL), "small_distance"),
        (at_most(far, _MEDIUM), "medium_distance"),
        (known(far), "long_distance"),
    ]
    return Outcome.unscored(far, classed(steps))


METHODS: Final = (
    Method(
        name="oecd_distance",
        title_vi="OECD, khoảng cách tới mục tiêu SDG",
        title_en="OECD, Measuring Distance to the SDG Targets",
        value_vi="Khoảng cách tính bằng độ lệch chuẩn của nhóm so sánh",
        value_en="Distance in standard deviations of the peer group",
        categories=listed(
            ("target_met", "Đã đạt mục tiêu", "Target met"),
            ("small_distance", "Khoảng cách nhỏ", "Small distance"),
            ("medium_distance", "Khoảng cách trung bình", "Medium distance"),
            ("long_distance", "Khoảng cách lớn", "Long distance"),
            ("not_available", "Không tính được", "Not available"),
        ),
        sources=(
            "https://www.oecd-ilibrary.org/sites/3bfcabf2-en/",
            "https://read.oecd.org/10.1787/74218eb7-en",
        ),
        mark="R",
        needs=("current", "target", "direction", "peer_sd"),
        run=distance,
    ),
)
