"""The shapes of marks, as paths about the origin in a square from -1 to 1.

They are those of :mod:`analysis.charts`: a verdict has the shape of its class, and where the
verdict matrix tells codes of one class apart by a doubled sign, the shape is doubled too.
"""

from __future__ import annotations

from typing import Final

CIRCLE: Final = "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z"
DOT: Final = "M-0.5,0A0.5,0.5,0,1,1,0.5,0A0.5,0.5,0,1,1,-0.5,0Z"
SQUARE: Final = "M-0.86,-0.86L0.86,-0.86L0.86,0.86L-0.86,0.86Z"
DIAMOND: Final = "M0,-1.15L1.15,0L0,1.15L-1.15,0Z"
UP: Final = "M0,-1L1.1,0.85L-1.1,0.85Z"
DOWN: Final = "M0,1L1.1,-0.85L-1.1,-0.85Z"
RIGHT: Final = "M1,0L-0.85,1.1L-0.85,-1.1Z"
DASH: Final = "M-1,-0.18L1,-0.18L1,0.18L-1,0.18Z"
CROSS: Final = (
    "M-0.9,-0.65L-0.65,-0.9L0,-0.25L0.65,-0.9L0.9,-0.65L0.25,0L0.9,0.65L0.65,0.9L0,0.25"
    "L-0.65,0.9L-0.9,0.65L-0.25,0Z"
)
PLUS: Final = (
    "M-0.2,-1L0.2,-1L0.2,-0.2L1,-0.2L1,0.2L0.2,0.2L0.2,1L-0.2,1L-0.2,0.2L-1,0.2L-1,-0.2L-0.2,-0.2Z"
)
SLASH: Final = "M-0.6,0.9L0.3,-0.9L0.6,-0.9L-0.3,0.9Z"
NOT_EQUAL: Final = (
    "M-0.9,-0.55L0.9,-0.55L0.9,-0.2L-0.9,-0.2ZM-0.9,0.2L0.9,0.2L0.9,0.55L-0.9,0.55Z" + SLASH
)

_LEFT_CIRCLE = "M-1.25,0A0.58,0.58,0,1,1,-0.09,0A0.58,0.58,0,1,1,-1.25,0Z"
_RIGHT_CIRCLE = "M0.09,0A0.58,0.58,0,1,1,1.25,0A0.58,0.58,0,1,1,0.09,0Z"
_LEFT_DOWN = "M-0.67,0.6L-0.05,-0.55L-1.29,-0.55Z"
_RIGHT_DOWN = "M0.67,0.6L1.29,-0.55L0.05,-0.55Z"

VERDICTS: Final = {
    "MET": CIRCLE,
    "MAINTAINED": _LEFT_CIRCLE + _RIGHT_CIRCLE,  # then and now
    "ON_TRACK": UP,
    "NEEDS_ACCELERATION": DIAMOND,
    "OFF_TRACK": SQUARE,
    "WORSENING": _LEFT_DOWN + _RIGHT_DOWN,
    "LOST": _LEFT_CIRCLE + _RIGHT_DOWN,  # then, but not now
    "NOT_MET": DOWN,
    "NOT_ASSESSABLE": CIRCLE,
    "NO_DATA": DASH,
    "NOT_APPLICABLE": SLASH,
    "NO_TARGET": "",
}
"""The shape of every verdict code."""

OPEN: Final = ("NOT_ASSESSABLE",)
"""Codes whose shape is not filled."""
