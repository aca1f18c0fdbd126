"""The colours of the figures, by role: names of the style sheet, never colours themselves.

A spec and its picture carry ``var(--ink)`` and the like, so that one picture is right in every
look that the page can have (``assets/css/00-base.css`` and ``10-figures.css`` define them).
"""

from __future__ import annotations

from typing import Final

INK: Final = "var(--ink)"
QUIET: Final = "var(--quiet)"
RULE: Final = "var(--rule)"
GRID: Final = "var(--grid)"
PAPER: Final = "var(--paper)"
ACCENT: Final = "var(--accent)"
TARGET: Final = "var(--target)"
EARLIER: Final = "var(--earlier)"
BAND: Final = "var(--band)"
NONE: Final = "var(--none)"
CLEAR: Final = "transparent"
"""What is there to be pointed at, and not seen."""

STEPS: Final = 5


def step(number: int) -> str:
    """Return the colour of a step of the ramp, 1 (little) to 5 (much)."""
    return f"var(--step-{number})"


def on_step(number: int) -> str:
    """Return the colour of a mark on a step of the ramp."""
    return f"var(--on-step-{number})"


def verdict(code: str) -> str:
    """Return the colour of a verdict."""
    return f"var(--{_class(code)})"


def on_verdict(code: str) -> str:
    """Return the colour of a mark on the colour of a verdict."""
    return f"var(--on-{_class(code)})"


def _class(code: str) -> str:
    from analysis.charts.style import CLASS_OF

    return CLASS_OF[code].replace("_", "-")
