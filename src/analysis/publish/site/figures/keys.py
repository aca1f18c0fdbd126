"""The legend of a figure: for each of its marks a small picture and what the mark means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.publish.site.figures import marks, tokens

if TYPE_CHECKING:
    from markupsafe import Markup

_WIDTH, _HEIGHT = 30, 16

Part = Mapping[str, str]
"""The attributes of one path of a small picture."""


@dataclass(frozen=True)
class Key:
    """An entry of the legend.

    Attributes
    ----------
    text
        What the mark means.
    parts
        The paths of its picture, the lowest first.
    """

    text: str
    parts: tuple[Part, ...]

    @property
    def svg(self) -> Markup:
        """The small picture, to stand inside a page."""
        from markupsafe import Markup

        paths = Markup("").join(_path(part) for part in self.parts)
        return Markup(
            '<svg class="swatch" viewBox="0 0 {w} {h}" width="{w}" height="{h}" fill="none" '
            'aria-hidden="true" focusable="false">{paths}</svg>'
        ).format(w=_WIDTH, h=_HEIGHT, paths=paths)


def _path(part: Part) -> Markup:
    from markupsafe import Markup

    attributes = (Markup('{}="{}"').format(name, value) for name, value in part.items())
    return Markup("<path {}/>").format(Markup(" ").join(attributes))


def line(colour: str, width: float = 2, dash: str = "") -> Part:
    """Return a line across the picture."""
    dashed = {"stroke-dasharray": dash} if dash else {}
    return {"d": f"M1,8L{_WIDTH - 1},8", "stroke": colour, "stroke-width": f"{width:g}"} | dashed


def upright(colour: str, dash: str) -> Part:
    """Return a broken line from top to bottom."""
    return {"d": "M15,0L15,16", "stroke": colour, "stroke-width": "1.5", "stroke-dasharray": dash}


def shape(path: str, colour: str, *, open_: bool = False, scale: float = 5) -> Part:
    """Return a mark in the middle of the picture, open ones with the paper inside."""
    place = f"translate(15,8) scale({scale:g})"
    fill = tokens.PAPER if open_ else colour
    width = {"stroke": colour, "stroke-width": f"{1.6 / scale:.2f}"} if open_ else {}
    return {"d": path, "transform": place, "fill": fill} | width


def box(fill: str, edge: str = "", dash: str = "") -> Part:
    """Return a field of colour."""
    edged = {"stroke": edge, "stroke-width": "1.5"} if edge else {}
    dashed = {"stroke-dasharray": dash} if dash else {}
    return {"d": "M2,1L28,1L28,15L2,15Z", "fill": fill} | edged | dashed


def sign(code: str, text: str) -> Key:
    """Return the entry of a verdict, as :func:`shape` or on its field of colour."""
    colour = tokens.verdict(code)
    return Key(text, (shape(marks.VERDICTS[code], colour, open_=code in marks.OPEN),))
