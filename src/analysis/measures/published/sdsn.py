"""SDSN, trend arrows of the SDG Index (methods 1.3).

``q = observed/needed``, ``observed = (s1 - s0)/(t1 - t0)``, ``needed = (G - s0)/(tau - t0)`` with
the score s and the green threshold G. Linear: q is the same for the score and for the value it is
made from (as long as no score is cut off at 0 or 100), so that the values and the threshold may be
given in their own unit. Movements above the threshold are ignored.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.measures.arrays import ratio, where
from analysis.measures.published.inputs import Inputs
from analysis.measures.published.method import Method, Outcome, classed, listed
from analysis.measures.published.rates import at_least, known, lost, reached


def arrow(given: Inputs) -> Outcome:
    """Class q; the target is the green threshold."""
    met, gone = reached(given), lost(given)
    observed = (given.current - given.base) / np.where(given.elapsed >= 1, given.elapsed, np.nan)
    needed = (given.target - given.base) / np.where(given.allowed >= 1, given.allowed, np.nan)
    pace = where(known(given.direction) & ~(met | gone), ratio(observed, needed))
    steps = [
        (met, "on_track"),
        (gone, "decreasing"),
        (at_least(pace, 1.0), "on_track"),
        (at_least(pace, 0.5), "moderately_improving"),
        (at_least(pace, 0.0), "stagnating"),
        (known(pace), "decreasing"),
    ]
    return Outcome.unscored(pace, classed(steps))


METHODS: Final = (
    Method(
        name="sdsn_arrows",
        title_vi="SDSN, mũi tên xu hướng của Chỉ số SDG",
        title_en="SDSN, trend arrows of the SDG Index",
        value_vi="Thay đổi mỗi năm chia cho thay đổi cần có (tỷ số)",
        value_en="Observed over needed change a year (ratio)",
        categories=listed(
            (
                "on_track",
                "Đúng tiến độ hoặc duy trì kết quả đã đạt",
                "On track or maintaining SDG achievement",
            ),
            ("moderately_improving", "Cải thiện vừa phải", "Moderately improving"),
            ("stagnating", "Trì trệ", "Stagnating"),
            ("decreasing", "Suy giảm", "Decreasing"),
            ("not_available", "Không có số liệu", "Trend information unavailable"),
        ),
        sources=(
            "https://dashboards.sdgindex.org/chapters/methodology",
            "https://github.com/sdsna/sdgindex-data",
        ),
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
        run=arrow,
    ),
)
