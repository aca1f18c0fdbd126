"""Eurostat, monitoring of the SDGs in the EU (methods 1.1).

With a target, ``R = sign * dir * CAGR_obs / |CAGR_req|`` and the limits 0.95, 0.60 and 0; without
one, the signed rate ``g = sign * dir * CAGR_obs`` and the limits 1 % and 0 (editions 2017 to 2022)
or 1 % and 0.1 % (2026). The rate is not defined for a base of zero; a target of zero asks for a
fall of 100 % a year, as the formula stands. A target reached comes before any ratio.
"""

from __future__ import annotations

from typing import Final

from analysis.measures.arrays import where
from analysis.measures.published.inputs import Inputs
from analysis.measures.published.method import Method, Outcome, classed, listed
from analysis.measures.published.rates import (
    above,
    at_least,
    coefficient,
    known,
    reached,
    signed_rate,
    target_ratio,
)

# Limits of the ratio, and of the rate in shares a year.
_ON_TRACK: Final = 0.95
_MODERATE: Final = 0.60
_SIGNIFICANT_RATE: Final = 0.01
_STAGNATION_RATE: Final = 0.001


def target_2017(given: Inputs) -> Outcome:
    """Class the ratio in the wording of the editions 2017 to 2025."""
    return _against_target(given, "significant_progress")


def target_2026(given: Inputs) -> Outcome:
    """Class the ratio in the wording of 2026."""
    return _against_target(given, "met_or_on_track")


def _against_target(given: Inputs, best: str) -> Outcome:
    met, ratio = reached(given), target_ratio(given)
    steps = [
        (met | at_least(ratio, _ON_TRACK), best),
        (at_least(ratio, _MODERATE), "moderate_progress"),
        (at_least(ratio, 0), "insufficient_progress"),
        (known(ratio), "movement_away"),
    ]
    return Outcome.unscored(where(~met, ratio), classed(steps))


def trend_2017(given: Inputs) -> Outcome:
    """Class the signed rate with the limits of the editions 2017 to 2022."""
    rate = signed_rate(given)
    steps = [
        (at_least(rate, _SIGNIFICANT_RATE), "significant_progress"),
        (at_least(rate, 0), "moderate_progress"),
        (at_least(rate, -_SIGNIFICANT_RATE), "moderate_movement_away"),
        (known(rate), "significant_movement_away"),
    ]
    return Outcome.unscored(rate, classed(steps))


def trend_2026(given: Inputs) -> Outcome:
    """Class the signed rate with the limits of 2026.

    Near a natural limit the positive limits shrink by the coefficient C (methods 1.1, 1.6).
    """
    rate, near = signed_rate(given), coefficient(given.base, given.limit)
    steps = [
        (at_least(rate, _SIGNIFICANT_RATE * near), "significant_progress"),
        (at_least(rate, _STAGNATION_RATE * near), "moderate_progress"),
        (above(rate, -_STAGNATION_RATE), "stagnation"),
        (above(rate, -_SIGNIFICANT_RATE), "moderate_deterioration"),
        (known(rate), "significant_deterioration"),
    ]
    return Outcome.unscored(rate, classed(steps))


_SDI: Final = "https://ec.europa.eu/eurostat/web/sdi"
_PAPER: Final = "https://ec.europa.eu/eurostat/documents/d/sdi/eu-dg-assessment-approach-2026-06-03"
_EUSTAT: Final = "https://github.com/EUSTAT-PRE/site"

_PERIOD: Final = ("base", "base_year", "current", "current_year", "direction")
_AIM: Final = (*_PERIOD, "target", "target_year")

_RATIO_VI: Final = "Tốc độ tăng bình quân năm thực tế chia cho tốc độ cần có (tỷ số)"
_RATIO_EN: Final = "Observed over required compound annual growth rate (ratio)"
_RATE_VI: Final = "Tốc độ tăng bình quân năm, dương là tiến bộ (tỷ lệ mỗi năm)"
_RATE_EN: Final = "Compound annual growth rate, positive is progress (share a year)"

_SIGNIFICANT: Final = ("significant_progress", "Tiến bộ đáng kể", "Significant progress")
_PROGRESS: Final = ("moderate_progress", "Tiến bộ vừa phải", "Moderate progress")
_UNKNOWN: Final = ("not_available", "Không đánh giá được", "Not evaluable")

METHODS: Final = (
    Method(
        name="eurostat_target_2017",
        title_vi="Eurostat, có mục tiêu (các ấn bản 2017–2025)",
        title_en="Eurostat, with a target (editions 2017–2025)",
        value_vi=_RATIO_VI,
        value_en=_RATIO_EN,
        categories=listed(
            _SIGNIFICANT,
            _PROGRESS,
            ("insufficient_progress", "Tiến bộ chưa đủ", "Insufficient progress"),
            ("movement_away", "Đi xa mục tiêu", "Movement away"),
            _UNKNOWN,
        ),
        sources=(_SDI,),
        mark="R",
        needs=_AIM,
        run=target_2017,
    ),
    Method(
        name="eurostat_target_2026",
        title_vi="Eurostat, có mục tiêu (cách gọi năm 2026)",
        title_en="Eurostat, with a target (wording of 2026)",
        value_vi=_RATIO_VI,
        value_en=_RATIO_EN,
        categories=listed(
            ("met_or_on_track", "Đã đạt hoặc đúng tiến độ", "Target met or on track"),
            (
                "moderate_progress",
                "Tiến bộ vừa phải hướng tới mục tiêu",
                "Moderate progress towards the target",
            ),
            (
                "insufficient_progress",
                "Tiến bộ chưa đủ hướng tới mục tiêu",
                "Insufficient progress towards the target",
            ),
            ("movement_away", "Đi xa mục tiêu", "Movement away from target"),
            _UNKNOWN,
        ),
        sources=(_SDI, _PAPER, _EUSTAT),
        mark="T",
        needs=_AIM,
        run=target_2026,
    ),
    Method(
        name="eurostat_trend_2017",
        title_vi="Eurostat, không có mục tiêu (các ấn bản 2017–2022)",
        title_en="Eurostat, without a target (editions 2017–2022)",
        value_vi=_RATE_VI,
        value_en=_RATE_EN,
        categories=listed(
            _SIGNIFICANT,
            _PROGRESS,
            ("moderate_movement_away", "Đi xa vừa phải", "Moderate movement away"),
            ("significant_movement_away", "Đi xa đáng kể", "Significant movement away"),
            _UNKNOWN,
        ),
        sources=(_SDI,),
        mark="R",
        needs=_PERIOD,
        run=trend_2017,
    ),
    Method(
        name="eurostat_trend_2026",
        title_vi="Eurostat, không có mục tiêu (2026; ngưỡng suy ra từ các kết quả đã công bố)",
        title_en="Eurostat, without a target (2026; limits inferred from published results)",
        value_vi=_RATE_VI,
        value_en=_RATE_EN,
        categories=listed(
            _SIGNIFICANT,
            _PROGRESS,
            ("stagnation", "Trì trệ", "Stagnation"),
            ("moderate_deterioration", "Xấu đi vừa phải", "Moderate deterioration"),
            ("significant_deterioration", "Xấu đi đáng kể", "Significant deterioration"),
            _UNKNOWN,
        ),
        sources=(_SDI, _PAPER, _EUSTAT),
        mark="R",
        needs=_PERIOD,
        extras=("limit",),
        run=trend_2026,
    ),
)
