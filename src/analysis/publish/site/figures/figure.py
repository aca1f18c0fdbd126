"""A figure of the site: a Vega-Lite spec, the picture of it, and the text that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from markupsafe import Markup

    from analysis.publish.site.figures.keys import Key

Spec = Mapping[str, Any]
Layout = Literal["plane", "rows", "page"]
Rows = Sequence[Mapping[str, Any]]


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
    layout
        ``plane`` (years across, values upwards: one walks through it by years), ``rows`` (one
        walks down), or ``page`` (rows that take the whole width of the page).
    """

    name: str
    spec: Spec
    narrow: Spec
    alt: str
    caption: str
    keys: tuple[Key, ...] = ()
    layout: Layout = "plane"

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
        """Both specs as the page's script finds them.

        What a row of the narrow one has in common with the same row of the wide one is left out,
        and put back by the script.
        """
        rows, wide = self.narrow["datasets"], self.spec["datasets"]
        brief = {name: _without(part, wide.get(name, ())) for name, part in rows.items()}
        return {"wide": self.spec, "narrow": {**self.narrow, "datasets": brief}}


def _without(rows: Rows, others: Rows) -> list[dict[str, Any]]:
    """Return rows without what the other rows, in the same places, say as well."""
    alike = len(rows) == len(others) and all(map(_same_fields, rows, others))
    if not alike:
        return [dict(row) for row in rows]
    return [
        {name: value for name, value in row.items() if other[name] != value}
        for row, other in zip(rows, others, strict=True)
    ]


def _same_fields(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return set(row) == set(other)


def _inline(spec: Spec) -> Markup:
    from markupsafe import Markup

    from analysis.publish.site.figures.drawing import drawn

    return Markup(drawn(spec))  # made by our own code, every text in it escaped
