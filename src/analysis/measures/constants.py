"""Every limit of the method in one place, with where it comes from.

The numbers after *methods* are the sections of the methods paper of this project.
"""

from __future__ import annotations

from typing import Final

# Classes of the pace ratio: the limits of Eurostat and of Statistics Canada (methods 2.5).
ON_TRACK_FROM: Final = 0.95
ACCELERATION_FROM: Final = 0.60
PROGRESS_FROM: Final = 0.0

# Classes of ordinal targets, in levels moved towards the target: UNSD, UNDP (methods 2.5, step 7).
LEVELS_ON_TRACK: Final = 2
LEVELS_ACCELERATION: Final = 1

# Baseline and age of the values, in years (methods 2.2, 2.5).
BASE_TOLERANCE: Final = 2
SHORTEST_SPAN: Final = 2
STALE_AFTER: Final = 3
TOO_OLD_AFTER: Final = 5

# How many values each statement needs (methods 2.3, 2.6, 2.7).
VALUES_FOR_SLOPE: Final = 2
VALUES_FOR_DIRECTION: Final = 3
VALUES_FOR_TEST: Final = 3
VALUES_FOR_INTERVAL: Final = 4
VALUES_FOR_SCALE: Final = 4
VALUES_FOR_PROBABILITY: Final = 5
VALUES_FOR_RECENT: Final = 5
VALUES_WITHIN_RECENT: Final = 3

# Projection (methods 2.3, 2.4): one-sided quantile of the 80 % interval; last year written out.
UPPER_QUANTILE: Final = 0.90
LAST_ATTAIN_YEAR: Final = 2055

# SMALL_GAP (methods 2.6) and "stable" (methods 2.7): displayed units, share of the edge or median.
SMALL_STEPS: Final = 2
SMALL_SHARE: Final = 0.01

# Trend (methods 1.9, 2.7).
CLEAR_P: Final = 0.10
STRICT_P: Final = 0.05
RECENT_YEARS: Final = 5
SEN_NOMINAL: Final = 0.80
EXACT_TIES_UP_TO: Final = 7

# Floating point only, never slack for a target (methods 2.1): relative for values, absolute for
# ratios, whose limits are numbers near 1.
TOLERANCE: Final = 1e-9

# Cells of one pair matrix (4 MB of float64), so that a chunk stays in the cache (methods 3).
PAIR_CELLS: Final = 2**19
LARGEST_CHUNK: Final = 8192
SMALLEST_CHUNK: Final = 256
