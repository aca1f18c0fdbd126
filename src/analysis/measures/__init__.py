"""Measures: how far series are from their targets, how fast they move, and what that means.

Pure functions over arrays: no files, no clock, no plotting, and no loop over series. ``assess``
and ``trend`` take any number of series at once; so does ``compare``, which judges them by the
published methods (``METHODS``) that stand beside the verdict. The formulas and their sources are
in the methods paper; the sections are named in every module.
"""

from __future__ import annotations

from analysis.measures.assess import ASSESS_COLUMNS, assess
from analysis.measures.flags import FLAGS
from analysis.measures.plan_targets import KINDS, targets_from_plan
from analysis.measures.published import METHODS, compare
from analysis.measures.targets import MODES, Targets
from analysis.measures.trend import DIRECTIONS, MOVEMENTS, TREND_COLUMNS, trend
from analysis.measures.verdict import GRADES, REASONS, VERDICTS

__all__ = [
    "ASSESS_COLUMNS",
    "DIRECTIONS",
    "FLAGS",
    "GRADES",
    "KINDS",
    "METHODS",
    "MODES",
    "MOVEMENTS",
    "REASONS",
    "TREND_COLUMNS",
    "VERDICTS",
    "Targets",
    "assess",
    "compare",
    "targets_from_plan",
    "trend",
]
