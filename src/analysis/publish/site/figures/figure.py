"""A figure of the site: a Vega-Lite spec, the picture of it, and the text that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markupsafe import Markup

    from analysis.publish.site.figures.keys import Key

Spec = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """A chart in two widths, for the page and for a narrow screen.

    Attributes
    ----------
    name
        Its name on the page: letters, digits and hyphens.
    spec
        The Vega-Lite spec of the wide picture.
    narrow
        That of the narrow one: the same facts, laid out for a telephone.
    alt
        The text alternative: what is drawn, and the values.
    caption
        How the picture is read; may be empty.
    keys
        What its marks mean, in the order of the legend.
    order
        How one walks from mark to mark: ``across`` (by years) or ``down`` (by rows).
    large
        Whether it takes the whole width of the page.
    """

    name: str
    spec: Spec
    narrow: Spec
    alt: str
    caption: str
    keys: tuple[Key, ...] = ()
    order: str = "across"
    large: bool = False

    @cached_property
    def svg(self) -> Markup:
        """The wide picture as SVG, to stand inside a page."""
        return _inline(self.spec)

    @cached_property
    def narrow_svg(self) -> Markup:
        """The narrow picture as SVG, to stand inside a page."""
        return _inline(self.narrow)

    @property
    def data(self) -> dict[str, Any]:
        """Both specs as the page's script finds them."""
        return {"wide": self.spec, "narrow": self.narrow}


def _inline(spec: Spec) -> Markup:
    from markupsafe import Markup

    from analysis.publish.site.figures.drawing import drawn

    return Markup(drawn(spec))  # made by our own code, every text in it escaped
