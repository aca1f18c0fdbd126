"""From a Vega-Lite spec to the SVG that stands in a page, without a browser and without a network.

The picture is the one that the page's script would draw, less what only a pointer finds. What
Vega writes for its own use is taken away: a page has several pictures, and each is read by people
who have no scripts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from xml.etree import ElementTree as ET

VERSION: Final = "6.4"
"""The version of Vega-Lite in which the specs are written."""

POINTED: Final = "pointed_"
"""Layers whose name begins so are there for pointers only, and are left out of the picture."""

_SPACE = "{http://www.w3.org/2000/svg}"
_KEPT: Final = frozenset(
    {
        "d", "dx", "dy", "fill", "fill-opacity", "font-size", "font-style", "font-weight", "height",
        "opacity", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
        "stroke-opacity", "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "x1",
        "x2", "y", "y1", "y2",
    }
)  # fmt: skip
_DEFAULTS: Final = {"opacity": "1", "transform": "translate(0,0)", "x2": "0", "y2": "0"}
_NUMBER: Final = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")


def drawn(spec: Mapping[str, Any]) -> str:
    """Return a spec's picture as an ``svg`` element; the same spec gives the same bytes."""
    return _drawn(json.dumps(still(spec), ensure_ascii=False, sort_keys=True))


def still(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a spec without the layers that are there for pointers only."""
    layers = [layer for layer in spec["layer"] if not layer["name"].startswith(POINTED)]
    return {**spec, "layer": layers}


@cache
def _drawn(spec: str) -> str:
    import vl_convert

    return plain(vl_convert.vegalite_to_svg(spec, vl_version=VERSION))


def plain(picture: str) -> str:
    """Return an SVG of Vega without what does not show: roles, classes, empty parts, fonts."""
    root = ET.fromstring(picture)
    _tidy(root)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _tidy(element: ET.Element) -> None:
    element.tag = element.tag.removeprefix(_SPACE)
    for name, value in list(element.attrib.items()):
        if name not in _KEPT or _DEFAULTS.get(name) == value:
            del element.attrib[name]
        else:
            element.set(name, _NUMBER.sub(_rounded, value))
    for child in list(element):
        _tidy(child)
    element[:] = [one for child in element for one in _seen(child)]


def _seen(element: ET.Element) -> list[ET.Element]:
    """Return an element, its children if it says nothing of its own, or nothing."""
    if element.tag == "g":
        return [element] if element.attrib and len(element) else list(element)
    paints = {"fill", "stroke"} & set(element.attrib)
    bare = element.tag in ("path", "rect", "line") and not paints
    return [] if bare or not element.attrib.get("d", "M") else [element]


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number.group()):.2f}".rstrip("0").rstrip(".").replace("-0.", "-.") or "0"
