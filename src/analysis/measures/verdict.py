"""The verdict: the steps of methods 2.5 in their order, and the evidence grade of 2.6.

Two steps about the target come before all steps about the values, since no value could change
them: no target stated (``NO_TARGET``), then a target that cannot be read
(``NOT_ASSESSABLE``, ``TARGET_UNCLEAR``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.measures import constants as limits
from analysis.measures.arrays import Bools, Floats, Ints, ratio, where
from analysis.measures.gap import Gap
from analysis.measures.projection import Outlook
from analysis.measures.series import Picks
from analysis.measures.targets import Targets, dist

Codes = NDArray[np.intp]

VERDICTS: Final = (
    "NO_TARGET",
    "NO_DATA",
    "NOT_ASSESSABLE",
    "MET",
    "NOT_MET",
    "MAINTAINED",
    "LOST",
    "ON_TRACK",
    "NEEDS_ACCELERATION",
    "OFF_TRACK",
    "WORSENING",
)
REASONS: Final = (
    "",
    "TARGET_UNCLEAR",
    "ONLY_BEFORE_BREAK",
    "NO_VALUE_FOR_TARGET_YEAR",
    "STALE",
    "ONE_POINT",
    "NO_BASELINE",
    "SPAN_TOO_SHORT",
)
GRADES: Final = ("", "D", "C", "B", "A")

_V: Final = {name: code for code, name in enumerate(VERDICTS)}
_R: Final = {name: code for code, name in enumerate(REASONS)}
_FEWEST: Final = (1, 2, 3, 5)


@dataclass(frozen=True)
class Verdict:
    """Verdicts of N series, (N,) each.

    Attributes
    ----------
    verdict, reason, grade
        Positions in :data:`VERDICTS`, :data:`REASONS` and :data:`GRADES`.
    from_pace
        True where the class comes from the pace ratio (step 9).
    trend_ratio
        The pace ratio that the projection would give, up and down targets of step 9 only; else
        NaN.
    """

    verdict: Codes
    reason: Codes
    grade: Codes
    from_pace: Bools
    trend_ratio: Floats


@dataclass(frozen=True)
class Evidence:
    """What a verdict rests on beside the gap, (N,) each: see :class:`Picks` for the first two.

    Attributes
    ----------
    targets, chosen
        The targets and the values looked at.
    n
        Number of values.
    age
        Years from the latest value to the assessment; NaN without a value.
    before_break
        True where values exist, but only before a declared break.
    """

    targets: Targets
    chosen: Picks
    n: Ints
    age: Floats
    before_break: Bools


def judge(seen: Evidence, gap: Gap, outlook: Outlook) -> Verdict:
    """Give every series its verdict, the reason where there is none, and its grade."""
    steps = _steps(seen, gap)
    conditions = [condition for condition, _, _ in steps]
    final = len(steps)
    step = np.select(conditions, list(range(final)), final)
    verdicts = np.array([*(_V[name] for _, name, _ in steps), 0])[step]
    reasons = np.array([*(_R[name] for _, _, name in steps), 0])[step]
    from_pace = step == final
    on_pace = _pace_class(gap)
    return Verdict(
        verdict=np.where(from_pace, on_pace, verdicts),
        reason=reasons,
        grade=np.where(seen.targets.readable & ~seen.chosen.past, grades(seen.n), 0),
        from_pace=from_pace,
        trend_ratio=_trend_ratio(seen.targets, gap, outlook, from_pace),
    )


def _steps(seen: Evidence, gap: Gap) -> list[tuple[Bools, str, str]]:
    """List the steps before the pace ratio: condition, verdict, reason; the first that holds."""
    targets, chosen = seen.targets, seen.chosen
    none, no_base, level = seen.n == 0, chosen.base < 0, targets.is_level
    moved = gap.base_gap - gap.gap + limits.TOLERANCE
    return [
        (~targets.stated, "NO_TARGET", ""),
        (~targets.readable, "NOT_ASSESSABLE", "TARGET_UNCLEAR"),
        (none & seen.before_break, "NOT_ASSESSABLE", "ONLY_BEFORE_BREAK"),
        (none, "NO_DATA", ""),
        (chosen.due & gap.met, "MET", ""),
        (chosen.due, "NOT_MET", ""),
        (chosen.past, "NOT_ASSESSABLE", "NO_VALUE_FOR_TARGET_YEAR"),
        (seen.age > limits.TOO_OLD_AFTER, "NOT_ASSESSABLE", "STALE"),
        (no_base & gap.met, "MET", ""),
        (no_base & (seen.n == 1), "NOT_ASSESSABLE", "ONE_POINT"),
        # The value of the base year is the latest one: near it, but no time has gone since.
        (chosen.base_is_judged, "NOT_ASSESSABLE", "SPAN_TOO_SHORT"),
        (no_base, "NOT_ASSESSABLE", "NO_BASELINE"),
        (gap.met & gap.base_met, "MAINTAINED", ""),
        (gap.met, "MET", ""),
        (gap.base_met, "LOST", ""),
        (level & (moved >= limits.LEVELS_ON_TRACK), "ON_TRACK", ""),
        (level & (moved >= limits.LEVELS_ACCELERATION), "NEEDS_ACCELERATION", ""),
        (level & (moved >= 0), "OFF_TRACK", ""),
        (level, "WORSENING", ""),
        (gap.span < limits.SHORTEST_SPAN, "NOT_ASSESSABLE", "SPAN_TOO_SHORT"),
    ]


def pace_class(pace: Floats) -> Codes:
    """Return the class of a pace ratio as a position in :data:`VERDICTS`; NaN is the lowest."""
    return np.select(
        [
            pace >= limits.ON_TRACK_FROM - limits.TOLERANCE,
            pace >= limits.ACCELERATION_FROM - limits.TOLERANCE,
            pace >= limits.PROGRESS_FROM - limits.TOLERANCE,
        ],
        [_V["ON_TRACK"], _V["NEEDS_ACCELERATION"], _V["OFF_TRACK"]],
        _V["WORSENING"],
    )


def _pace_class(gap: Gap) -> Codes:
    """Classify R. On a strict bound then and now there is no way to cover: no progress."""
    still = (gap.base_gap == 0) & (gap.gap == 0)
    return pace_class(np.where(still, limits.PROGRESS_FROM, gap.pace))


def _trend_ratio(targets: Targets, gap: Gap, outlook: Outlook, from_pace: Bools) -> Floats:
    shown = from_pace & ~targets.is_band
    return where(shown, 1 - ratio(dist(targets, outlook.projection), gap.base_gap))


def grades(n: Ints) -> Codes:
    """Return the evidence grade by number of values as a position in :data:`GRADES`.

    Grade A asks for five values over four years and more; five yearly values always span four.
    """
    return np.searchsorted(_FEWEST, n, side="right")
