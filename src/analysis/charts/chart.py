"""A chart: a drawn figure and the text that says the same to someone who cannot see it."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.layout_engine import PlaceHolderLayoutEngine

from analysis.charts.style import DOTS_PER_INCH, THEMES, house_style
from analysis.charts.svg import accessible, recolour

_SILENT = dict.fromkeys(("Creator", "Date", "Format", "Type"))
"""What matplotlib would add to an SVG by itself: its version and the time."""


@dataclass(frozen=True)
class Chart:
    """A figure with its text alternative.

    The first call of a method that gives a picture lays the figure out and fixes it: later
    changes of the figure do not show. The same figure gives the same bytes in every process.

    Attributes
    ----------
    figure
        The figure, drawn in the house style; it is not registered with pyplot, so nothing has to
        be closed.
    alt
        The text alternative: what is drawn, and the values. Its first sentence is the title.
    """

    figure: Figure
    alt: str

    @property
    def theme(self) -> str:
        """The theme in which the figure was drawn, told by its paper."""
        paper = to_hex(self.figure.get_facecolor())
        names = [name for name, theme in THEMES.items() if theme.paper == paper]
        if not names:
            raise ValueError(f"the figure's ground {paper} is of no theme: draw in the house style")
        return names[0]

    def png(self) -> bytes:
        """Return the picture as PNG, with the text alternative as its ``Description``."""
        return self._png

    def svg(self, theme: str | None = None) -> bytes:
        """Return the picture as SVG, with the text alternative as title and description.

        Letters are drawn as outlines: Vietnamese letters with two marks then look the same in
        every program, and a text takes the room that the layout gave it. The words are in the
        description.

        Parameters
        ----------
        theme
            ``light`` or ``dark``: the same drawing in the colours of this theme; without it, in
            the theme in which the chart was drawn.
        """
        return recolour(self._svg, self.theme, theme or self.theme).encode("utf-8")

    def save(self, path: Path) -> tuple[Path, ...]:
        """Write the picture and its text alternative beside each other.

        Parameters
        ----------
        path
            The files' common name, with or without ``.png``.

        Returns
        -------
        tuple of Path
            ``name.png``, ``name.svg`` (light), ``name-dark.svg`` and ``name.txt``.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        name = path.name.removesuffix(".png")
        contents = {
            path.with_name(f"{name}.png"): self.png(),
            path.with_name(f"{name}.svg"): self.svg("light"),
            path.with_name(f"{name}-dark.svg"): self.svg("dark"),
            path.with_name(f"{name}.txt"): f"{self.alt}\n".encode(),
        }
        for file, content in contents.items():
            file.write_bytes(content)
        return tuple(contents)

    @cached_property
    def _png(self) -> bytes:
        facts = {"Software": None, "Description": self.alt}
        return self._render("png", facts)

    @cached_property
    def _svg(self) -> str:
        return accessible(self._render("svg", _SILENT).decode("utf-8"), self.alt)

    def _render(self, kind: str, metadata: dict[str, Any]) -> bytes:
        buffer = io.BytesIO()
        with house_style(self.theme):
            self._settle()
            self.figure.savefig(buffer, format=kind, dpi=DOTS_PER_INCH, metadata=metadata)
        return buffer.getvalue()

    def _settle(self) -> None:
        """Solve the layout once; drawing another kind of file does not solve it again."""
        if not isinstance(self.figure.get_layout_engine(), PlaceHolderLayoutEngine | None):
            self.figure.dpi = DOTS_PER_INCH
            self.figure.draw_without_rendering()
            self.figure.set_layout_engine("none")

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """Show the picture in a notebook, with its text alternative as ``alt``."""
        picture = base64.b64encode(self.png()).decode("ascii")
        return {"image/png": picture, "text/plain": self.alt}, {"image/png": {"alt": self.alt}}
