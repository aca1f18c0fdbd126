"""Parts of Vega-Lite specs that the figures share: the frame, texts with a halo, tooltips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analysis.publish.site.figures import tokens
from analysis.publish.site.figures.drawing import POINTED
from analysis.publish.site.figures.size import Size

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"

Layer = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]

_MARKS: Final = {
    "vi": {"decimal": ",", "thousands": "."},
    "en": {"decimal": ".", "thousands": ","},
}
_MINUS: Final = "\u2212"
_TIP: Final = {"field": "tip", "type": "nominal"}


@dataclass(frozen=True)
class Padding:
    """What lies around the field of a chart, in pixels: the room of its axes."""

    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0


@dataclass(frozen=True)
class Frame:
    """A picture before anything is drawn in it.

    Attributes
    ----------
    size
        Its width and type.
    height
        Of the field, in pixels.
    padding
        The room around the field.
    language
        The language of its numbers.
    """

    size: Size
    height: float
    padding: Padding
    language: str

    @property
    def width(self) -> float:
        """The width of the field, in pixels."""
        return self.size.width - self.padding.left - self.padding.right

    def spec(
        self, layers: Iterable[Layer], rows: Mapping[str, Rows], encoding: Layer | None = None
    ) -> dict[str, Any]:
        """Return the whole spec.

        Parameters
        ----------
        layers
            What is drawn, the lowest first; a layer names its rows.
        rows
            The rows of every name. Those that are empty, and the layers that draw them, are left
            out, and so are rows that no layer draws.
        encoding
            What all layers share.
        """
        drawn = [layer for layer in layers if rows[layer["data"]["name"]]]
        used = {layer["data"]["name"] for layer in drawn}
        there = {name: list(part) for name, part in rows.items() if name in used}
        return {
            "$schema": SCHEMA,
            "width": round(self.width, 2),
            "height": round(self.height, 2),
            "padding": {name: round(side, 2) for name, side in vars(self.padding).items()},
            "autosize": {"type": "none"},
            "background": None,
            "config": self._config(),
            "datasets": there,
            "layer": drawn,
            **({"encoding": encoding} if encoding else {}),
        }

    def _config(self) -> dict[str, Any]:
        number = {**_MARKS[self.language], "grouping": [3], "currency": ["", ""], "minus": _MINUS}
        axis = {
            "domain": False, "ticks": False, "gridColor": tokens.GRID, "labelColor": tokens.QUIET,
            "labelFontSize": self.size.small, "labelOverlap": False, "title": None,
        }  # fmt: skip
        return {
            "aria": False,
            "axis": axis,
            "locale": {"number": number},
            "text": {"fontSize": self.size.text, "fill": tokens.INK, "align": "left",
                     "baseline": "alphabetic", "lineHeight": self.size.line},
            "view": {"stroke": None},
        }  # fmt: skip


def layer(data: str, mark: Layer, encoding: Layer, name: str = "") -> Layer:
    """Return a layer that draws the rows of a name with one mark.

    Parameters
    ----------
    data
        The name of the rows.
    mark
        The mark and what is the same for all rows.
    encoding
        What differs by row; a text is the name of a field with the value as it is drawn.
    name
        The name of the layer, by default that of its rows.
    """
    drawn = {key: raw(one) if isinstance(one, str) else one for key, one in encoding.items()}
    return {"name": name or data, "data": {"name": data}, "mark": mark, "encoding": drawn}


def raw(field: str) -> Layer:
    """Return an encoding that takes a field's value as it is: a colour, a place in pixels."""
    numbers = ("x", "y", "size", "thick")
    kind = "quantitative" if field.startswith(numbers) else "nominal"
    return {"field": field, "type": kind, "scale": None}


def plain(field: str, kind: str = "quantitative") -> Layer:
    """Return an encoding of a field by the scale that all layers share."""
    return {"field": field, "type": kind}


def constant(value: Any) -> Layer:
    """Return an encoding that is the same for all rows."""
    return {"value": value}


def texts(data: str, encoding: Layer, *, halo: bool = False, **mark: Any) -> list[Layer]:
    """Return the layer of the field ``text``; before it, if wanted, one of its halo.

    The halo keeps a text apart from lines that run below it.
    """
    words = {"text": plain("text", "nominal"), **encoding}
    drawn = layer(data, {"type": "text", **mark}, words, f"{data}_text")
    if not halo:
        return [drawn]
    around = {"stroke": tokens.PAPER, "strokeWidth": 4, "strokeJoin": "round"}
    below = {name: one for name, one in words.items() if name != "fill"}
    colours = {"fill": tokens.PAPER, **around}
    return [layer(data, {"type": "text", **mark, **colours}, below, f"{data}_halo"), drawn]


def pointed(data: str, mark: Layer, encoding: Layer) -> Layer:
    """Return a layer that nobody sees and that a pointer finds: it tells the field ``tip``."""
    unseen = {**mark, "fill": tokens.CLEAR, "stroke": tokens.CLEAR, "strokeWidth": 1.5}
    return layer(data, unseen, {**encoding, "tooltip": _TIP}, f"{POINTED}{data}")
