"""Istat and ASTAT, classes of the growth rate without a target (methods 1.7)."""

from __future__ import annotations

from typing import Final

from analysis.measures.published.inputs import Inputs
from analysis.measures.published.method import Method, Outcome, classed, listed
from analysis.measures.published.rates import above, cagr, known, sense

# Limits of the rate in shares a year.
_CLEAR: Final = 0.05
_SLIGHT: Final = 0.01


def growth_class(given: Inputs) -> Outcome:
    """Class the CAGR: (5 %, 1 %, -1 %, -5 %), each class with its upper limit.

    For an indicator of which less is better the signs are reversed: a rate of the same size in
    the desired direction has the same class.
    """
    rate = cagr(given.base, given.current, given.elapsed)
    progress = sense(given) * rate
    steps = [
        (above(progress, _CLEAR), "clear_improvement"),
        (above(progress, _SLIGHT), "slight_improvement"),
        (above(progress, -_SLIGHT), "stable"),
        (above(progress, -_CLEAR), "slight_worsening"),
        (known(progress), "clear_worsening"),
    ]
    return Outcome.unscored(rate, classed(steps))


METHODS: Final = (
    Method(
        name="istat_classes",
        title_vi="Istat và ASTAT (Ý), không có mục tiêu",
        title_en="Istat and ASTAT (Italy), without a target",
        value_vi="Tốc độ tăng bình quân năm (tỷ lệ mỗi năm)",
        value_en="Compound annual growth rate (share a year)",
        categories=listed(
            ("clear_improvement", "Cải thiện rõ", "Clear improvement"),
            ("slight_improvement", "Cải thiện nhẹ", "Slight improvement"),
            ("stable", "Ổn định", "Stable"),
            ("slight_worsening", "Xấu đi nhẹ", "Slight worsening"),
            ("clear_worsening", "Xấu đi rõ", "Clear worsening"),
            ("not_available", "Không tính được", "Not available"),
        ),
        sources=("https://statistics-astat.provinz.bz.it/SDG/html/en/trend_info.html",),
        mark="S",
        needs=("base", "base_year", "current", "current_year", "direction"),
        run=growth_class,
    ),
)
