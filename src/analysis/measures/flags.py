"""The flags beside a verdict (methods 2.6). A flag never changes the class.

=================  ================================================================================
flag               set where
=================  ================================================================================
BASELINE_SHIFTED   there is a baseline, of another year than the declared one
LEVEL_ONLY         met, without a baseline
METHOD_SENSITIVE   step 9, up or down: the class of ``trend_ratio`` differs from that of the pace
OVERSHOOT_RISK     band: the projection is beyond the interval on the other side than the value
                   came from (the side of the value; inside, the side of the baseline)
OVERSHOT           band: baseline and value lie on different sides of the interval
PART_YEAR          the judged value or the baseline stands for a part of its year
PROVISIONAL_YEAR   a target year that is over is judged by the value of a year beside it
SCALE_SENSITIVE    step 9, four values and more: the projection on the other scale (see
                   :mod:`analysis.measures.scale`) meets the target and the linear one does not,
                   or the other way round
SMALL_GAP          a pace ratio is given although the baseline lay within two displayed units, or
                   1 % of the edge, of the target; not for ordinal targets
STALE              latest value older than three years, target year not over
=================  ================================================================================

Nothing is flagged where no target can be read.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.measures import constants as limits
from analysis.measures import targets as model
from analysis.measures.arrays import Bools, Floats, Ints
from analysis.measures.gap import Gap
from analysis.measures.projection import Outlook
from analysis.measures.scale import other_scale
from analysis.measures.series import Block
from analysis.measures.verdict import Evidence, Verdict, pace_class

FLAGS: Final = (
    "BASELINE_SHIFTED",
    "LEVEL_ONLY",
    "METHOD_SENSITIVE",
    "OVERSHOOT_RISK",
    "OVERSHOT",
    "PART_YEAR",
    "PROVISIONAL_YEAR",
    "SCALE_SENSITIVE",
    "SMALL_GAP",
    "STALE",
)

# The text of every combination, by the number whose bits are the flags: sorted, space-separated.
TEXTS: Final = tuple(
    " ".join(name for bit, name in enumerate(FLAGS) if number >> bit & 1)
    for number in range(2 ** len(FLAGS))
)


def flag(data: Block, seen: Evidence, gap: Gap, outlook: Outlook, verdict: Verdict) -> Ints:
    """Return the flags of every series as a position in :data:`TEXTS`."""
    targets, chosen = seen.targets, seen.chosen
    based = chosen.base >= 0
    part = data.part_at(chosen.judged) | data.part_at(chosen.base)
    shifted = based & (gap.base_year != targets.base_year)
    raised = {
        "BASELINE_SHIFTED": shifted,
        "LEVEL_ONLY": gap.met & ~based & ~chosen.past,
        "METHOD_SENSITIVE": _method_sensitive(gap, verdict),
        "OVERSHOOT_RISK": _overshoot_risk(seen, gap, outlook),
        "OVERSHOT": _sides(seen, gap.base, gap.value) == -1,
        "PART_YEAR": part,
        "PROVISIONAL_YEAR": chosen.provisional,
        "SCALE_SENSITIVE": _scale_sensitive(data, seen, gap, outlook, verdict),
        "SMALL_GAP": _small_gap(seen, gap),
        "STALE": ~chosen.past & (seen.age > limits.STALE_AFTER),
    }
    number = np.zeros(len(targets), dtype=np.int64)
    for bit, name in enumerate(FLAGS):
        number |= (raised[name] & targets.readable).astype(np.int64) << bit
    return number


def _method_sensitive(gap: Gap, verdict: Verdict) -> Bools:
    known = ~np.isnan(verdict.trend_ratio)
    # A baseline on a strict bound gives neither ratio, so that the class is always that of R here.
    return np.asarray(known & (pace_class(verdict.trend_ratio) != pace_class(gap.pace)))


def _sides(seen: Evidence, one: Floats, other: Floats) -> Ints:
    """Return -1 where two values lie on different sides of a band."""
    product = model.side(seen.targets, one) * model.side(seen.targets, other)
    return np.where(seen.targets.is_band, product, 0)


def _overshoot_risk(seen: Evidence, gap: Gap, outlook: Outlook) -> Bools:
    came_from = np.where(gap.gap > 0, gap.value, gap.base)
    return np.asarray(_sides(seen, came_from, outlook.projection) == -1)


def _scale_sensitive(
    data: Block, seen: Evidence, gap: Gap, outlook: Outlook, verdict: Verdict
) -> Bools:
    candidates = verdict.from_pace & (seen.n >= limits.VALUES_FOR_SCALE)
    rows = np.flatnonzero(candidates)
    targets = seen.targets.take(rows)
    ahead = targets.year - gap.year[rows]
    other = other_scale(data.years, data.values[rows], targets, ahead)
    linear = model.met(targets, outlook.projection[rows])
    crossed = np.zeros(len(candidates), dtype=np.bool_)
    crossed[rows] = ~np.isnan(other) & (model.met(targets, other) != linear)
    return crossed


def _small_gap(seen: Evidence, gap: Gap) -> Bools:
    targets = seen.targets
    base_edge = np.abs(model.edge(targets, gap.base))
    small = np.fmax(limits.SMALL_STEPS * targets.step, limits.SMALL_SHARE * base_edge)
    near = gap.base_gap <= small * (1 + limits.TOLERANCE)
    return near & ~np.isnan(gap.pace) & ~targets.is_level
