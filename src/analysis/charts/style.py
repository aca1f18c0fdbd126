"""The house style: sizes, type and colours of every figure.

The verdict colours keep their order of lightness in greyscale and stay apart under the common
kinds of colour blindness; no chart relies on colour alone (a word or a mark says the same).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl

INK = "#1b2733"
QUIET = "#5b6875"
RULE = "#d5dbe1"
PAPER = "#ffffff"
ACCENT = "#0b5394"
ACCENT_SOFT = "#9dbfdf"
TARGET = "#b3261e"

VERDICT_COLOURS = {
    "MET": "#00706b",
    "MAINTAINED": "#00706b",
    "ON_TRACK": "#3fa796",
    "NEEDS_ACCELERATION": "#e3a72f",
    "OFF_TRACK": "#d46a1c",
    "WORSENING": "#a3262a",
    "LOST": "#a3262a",
    "NOT_MET": "#a3262a",
    "NOT_ASSESSABLE": "#9aa5b1",
    "NO_DATA": "#c9d0d7",
    "NOT_APPLICABLE": "#c9d0d7",
    "NO_TARGET": "#c9d0d7",
}

_SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "text.color": INK,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": RULE,
    "axes.titlesize": 10.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "svg.hashsalt": "plan155",
    "svg.fonttype": "none",
}


@contextmanager
def house_style() -> Iterator[None]:
    """Apply the house style inside a ``with`` block, whatever the user's own settings are."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield
