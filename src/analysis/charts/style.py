"""The house style: sizes, type, marks and colours of every figure, in a light and a dark theme.

A chart draws inside ``with house_style(theme):`` and takes every colour from :func:`look`, so that
one drawing serves both themes. No chart relies on colour alone: every class of verdict has a mark
and a word of its own beside its colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import matplotlib as mpl

DOTS_PER_INCH = 150
WIDTH = 11.0
"""Width of a chart that fills the page, in inches."""

TITLE = 10.0
LABEL = 8.5
TEXT = 8.0
SMALL = 7.5
"""The type scale, in points: titles of panels, names of rows, texts beside marks, notes."""

HAIR = 0.6
LINE = 1.2
BOLD = 1.8
"""The line widths, in points: grids, secondary lines, the line that a chart is about."""

MARK = 7.0
"""Diameter of a mark, in points."""

CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "met": ("MET", "MAINTAINED"),
        "on_track": ("ON_TRACK",),
        "accelerate": ("NEEDS_ACCELERATION",),
        "off_track": ("OFF_TRACK",),
        "worse": ("WORSENING", "LOST", "NOT_MET"),
        "unclear": ("NOT_ASSESSABLE",),
        "no_data": ("NO_DATA", "NOT_APPLICABLE", "NO_TARGET"),
    }
)
"""The verdict codes of every class, from the best to the worst and then those without an answer."""


@dataclass(frozen=True)
class Mark:
    """How a class of verdicts is marked, whatever its colour.

    Attributes
    ----------
    marker
        Matplotlib's name of the shape, for ``plot(..., marker=...)``.
    symbol
        The same shape as a character that the house font has, for texts and cells.
    filled
        Whether the shape is filled; an open one has the paper inside (``markerfacecolor``).
    """

    marker: str
    symbol: str
    filled: bool = True


_CLASS_MARKS = {
    "met": Mark("o", "●"),
    "on_track": Mark("^", "▲"),
    "accelerate": Mark("D", "◆"),
    "off_track": Mark("s", "■"),
    "worse": Mark("v", "▼"),
    "unclear": Mark("o", "○", filled=False),
    "no_data": Mark("_", "–"),
}


CLASS_OF: Mapping[str, str] = MappingProxyType(
    {code: name for name, codes in CLASSES.items() for code in codes}
)
"""The class of every verdict code."""

MARKS: Mapping[str, Mark] = MappingProxyType(
    {code: _CLASS_MARKS[name] for code, name in CLASS_OF.items()}
)
"""The mark of every verdict code; the same in all themes."""


@dataclass(frozen=True)
class Theme:
    """The colours of one theme, as ``#rrggbb``.

    Attributes
    ----------
    name
        ``light`` or ``dark``.
    ink, quiet, rule, paper
        Text; secondary text and lines; grids and borders; the ground.
    accent, accent_soft
        What the chart is about; areas that belong to it.
    target
        Targets.
    earlier
        Values that are shown but no longer used, such as those before a break.
    verdicts
        A colour for every verdict code.
    ramp
        Five steps from little to much, for heat maps; step 0 is the least.
    none
        The cell of a heat map that has nothing to show.
    """

    name: str
    ink: str
    quiet: str
    rule: str
    paper: str
    accent: str
    accent_soft: str
    target: str
    earlier: str
    verdicts: Mapping[str, str]
    ramp: tuple[str, str, str, str, str]
    none: str

    @property
    def grounds(self) -> dict[str, str]:
        """The colours that a text can stand on, by role."""
        plain = ("paper", "rule", "accent", "accent_soft", "target", "earlier", "none")
        classes = {CLASS_OF[code]: colour for code, colour in self.verdicts.items()}
        steps = {f"ramp {step}": colour for step, colour in enumerate(self.ramp)}
        return {name: getattr(self, name) for name in plain} | classes | steps

    @property
    def colours(self) -> dict[str, str]:
        """Every colour that a chart can have, by role; no two roles share one."""
        texts = {f"on {role}": self.on(ground) for role, ground in self.grounds.items()}
        return {"ink": self.ink, "quiet": self.quiet} | self.grounds | texts

    def on(self, ground: str) -> str:
        """Return the colour of text on a ground: nearly black or nearly white, a little tinted.

        The tint gives every ground a text colour of its own, so that a drawing can be turned
        from one theme into the other by exchanging colours.
        """
        return _tinted(max("#000000", "#ffffff", key=lambda text: contrast(text, ground)), ground)


def _by_code(by_class: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({code: by_class[name] for code, name in CLASS_OF.items()})


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour ``#rrggbb``, 0 to 1 (WCAG 2.2, definition)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _tinted(colour: str, tint: str, share: float = 0.04) -> str:
    pairs = [(int(colour[at : at + 2], 16), int(tint[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one + share * (other - one)):02x}" for one, other in pairs)


LIGHT = Theme(
    name="light",
    ink="#1b2733",
    quiet="#55616d",
    rule="#d8d6ce",
    paper="#ffffff",
    accent="#0b5394",
    accent_soft="#a2c2e0",
    target="#b3261e",
    earlier="#7d8894",
    verdicts=_by_code(
        {
            "met": "#006358",
            "on_track": "#4a9a80",
            "accelerate": "#c57d0c",
            "off_track": "#a14d06",
            "worse": "#7d1a1d",
            "unclear": "#5f6875",
            "no_data": "#838e9a",
        }
    ),
    ramp=("#dcebf5", "#b3d2e8", "#7fb0d6", "#3f82b8", "#0a467f"),
    none="#f0efeb",
)

DARK = Theme(
    name="dark",
    ink="#e9e7e2",
    quiet="#a9b3bd",
    rule="#36404a",
    paper="#1a2128",
    accent="#8ec3ef",
    accent_soft="#2b4f66",
    target="#ff9d8f",
    earlier="#7f8b97",
    verdicts=_by_code(
        {
            "met": "#1a9a9a",
            "on_track": "#8ad4c3",
            "accelerate": "#f7c64a",
            "off_track": "#dc8742",
            "worse": "#c43a56",
            "unclear": "#9badb9",
            "no_data": "#647381",
        }
    ),
    ramp=("#22384c", "#2a5173", "#38719f", "#69a4d4", "#a9d4f7"),
    none="#232b33",
)

THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK})

_active: ContextVar[Theme] = ContextVar("theme")


def theme_named(name: str) -> Theme:
    """Return a theme.

    Raises
    ------
    ValueError
        If there is no such theme.
    """
    if name not in THEMES:
        raise ValueError(f"unknown theme {name!r}: choose one of {', '.join(THEMES)}")
    return THEMES[name]


def look() -> Theme:
    """Return the theme that is being drawn in.

    Raises
    ------
    RuntimeError
        Outside ``with house_style():``.
    """
    try:
        return _active.get()
    except LookupError:
        raise RuntimeError("no theme is active: draw inside `with house_style(theme):`") from None


@contextmanager
def house_style(theme: str = "light") -> Iterator[Theme]:
    """Draw in the house style inside a ``with`` block, whatever the user's own settings are.

    Parameters
    ----------
    theme
        ``light`` or ``dark``.

    Raises
    ------
    ValueError
        If there is no such theme.
    """
    chosen = theme_named(theme)
    token = _active.set(chosen)
    try:
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(_settings(chosen))
            yield chosen
    finally:
        _active.reset(token)


def _settings(theme: Theme) -> dict[Any, Any]:
    """Return matplotlib's settings; a setting that is not named has matplotlib's own default."""
    return {
        "font.family": "DejaVu Sans",  # part of matplotlib, so every machine draws the same
        "font.size": TEXT,
        "text.color": theme.ink,
        "axes.labelcolor": theme.quiet,
        "axes.labelsize": TEXT,
        "axes.edgecolor": theme.rule,
        "axes.titlecolor": theme.ink,
        "axes.titlesize": TITLE,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "xtick.color": theme.quiet,
        "ytick.color": theme.quiet,
        "xtick.labelsize": TEXT,
        "ytick.labelsize": TEXT,
        "grid.color": theme.rule,
        "grid.linewidth": HAIR,
        "legend.frameon": False,
        "legend.fontsize": TEXT,
        "figure.facecolor": theme.paper,
        "axes.facecolor": theme.paper,
        "savefig.facecolor": theme.paper,
        # What a chart leaves open has a colour of the theme too.
        "axes.prop_cycle": f"cycler(color=[{theme.accent!r}])",
        "lines.color": theme.accent,
        "patch.facecolor": theme.accent,
        "patch.edgecolor": theme.ink,
        "hatch.color": theme.ink,
        "svg.hashsalt": "plan155",
    }
