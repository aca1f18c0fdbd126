"""The script that draws the figures in the reader's browser: Vega, out of an installed package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FILE: Final = "vega.js"

# Of the names that the package offers, only this one holds anything. It carries Vega, Vega-Lite
# and the interpreter of their expressions, which needs no code made from text.
_SNIPPET: Final = "window.vegaEmbed=vegaEmbed;"

_HEAD: Final = "/*! Vega and what it needs; licences: vendor/LICENSES.txt */"


def write_runtime(assets: Path) -> Path:
    """Write the script into the folder of assets, and return its path.

    The same version of the package gives the same bytes. No page asks for it until a figure is
    near the part of the page that is seen.
    """
    import vl_convert

    from analysis.publish.site.figures.drawing import VERSION

    path = assets / FILE
    text = vl_convert.javascript_bundle(_SNIPPET, vl_version=VERSION)
    path.write_text(f"{_HEAD}\n{text}\n", encoding="utf-8", newline="\n")
    return path
