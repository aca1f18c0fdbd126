"""Where a series stands, and how much of the way is covered (methods 2.3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.measures import targets as model
from analysis.measures.arrays import Bools, Floats, ratio, where
from analysis.measures.constants import SHORTEST_SPAN
from analysis.measures.series import Block, Picks
from analysis.measures.targets import Targets


@dataclass(frozen=True)
class Gap:
    """Distances of N series, (N,) each; NaN (or False) where there is nothing to say.

    Attributes
    ----------
    value, year
        The judged value and its year.
    met
        Whether it meets the target.
    gap
        Distance to the target in units, never negative.
    signed
        Value less edge; 0 inside a band, where no end is violated.
    relative
        Gap divided by the size of the edge; not for an edge within one displayed unit of zero.
    edge
        The end that the gap is measured from.
    base, base_year, base_met, base_gap
        The baseline, its year, whether it met the target, its distance.
    share, elapsed, pace
        Share of the way covered, share of the time gone, their ratio R.
    span
        Years from the baseline to the judged value.
    """

    value: Floats
    year: Floats
    met: Bools
    gap: Floats
    signed: Floats
    relative: Floats
    edge: Floats
    base: Floats
    base_year: Floats
    base_met: Bools
    base_gap: Floats
    share: Floats
    elapsed: Floats
    pace: Floats
    span: Floats


def measure(data: Block, targets: Targets, chosen: Picks) -> Gap:
    """Measure the gap of every series with a target that can be read.

    Shares and pace are there where the baseline did not meet the target; the pace only two years
    and more after the baseline.
    """
    value = where(targets.readable, data.value_at(chosen.judged))
    year = data.year_at(chosen.judged)
    gap, edge = model.dist(targets, value), model.edge(targets, value)
    base, base_year = data.value_at(chosen.base), data.year_at(chosen.base)
    base_met, base_gap = model.met(targets, base), model.dist(targets, base)
    span = year - base_year
    share = where(~base_met, 1 - ratio(gap, base_gap))
    elapsed = where(~base_met & (targets.year > base_year), ratio(span, targets.year - base_year))
    inside = targets.is_band & (gap == 0)
    return Gap(
        value=value,
        year=year,
        met=model.met(targets, value),
        gap=gap,
        signed=np.where(inside, 0.0, value - edge),
        relative=_relative(gap, edge, inside, targets.step),
        edge=edge,
        base=base,
        base_year=base_year,
        base_met=base_met,
        base_gap=base_gap,
        share=share,
        elapsed=elapsed,
        pace=where(span >= SHORTEST_SPAN, ratio(share, elapsed)),
        span=span,
    )


def _relative(gap: Floats, edge: Floats, inside: Bools, step: Floats) -> Floats:
    near_zero = np.abs(edge) <= np.where(np.isnan(step), 0.0, step)
    return np.where(inside, 0.0, where(~near_zero, ratio(gap, np.abs(edge))))
