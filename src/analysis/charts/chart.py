"""A chart: a drawn figure and the text that says the same to someone who cannot see it."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

DOTS_PER_INCH = 150


@dataclass(frozen=True)
class Chart:
    """A figure with its text alternative.

    Attributes
    ----------
    figure
        The drawn figure; it is not registered with pyplot, so nothing has to be closed.
    alt
        The text alternative: what is drawn, and the values.
    """

    figure: Figure
    alt: str

    def png(self) -> bytes:
        """Return the picture as PNG; the same figure gives the same bytes."""
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
        return buffer.getvalue()

    def save(self, path: Path) -> Path:
        """Write the picture, with its text alternative beside it (``….txt``)."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.png())
        path.with_suffix(".txt").write_text(f"{self.alt}\n", encoding="utf-8")
        return path

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """Show the picture in a notebook, with its text alternative as ``alt``."""
        picture = base64.b64encode(self.png()).decode("ascii")
        return {"image/png": picture, "text/plain": self.alt}, {"image/png": {"alt": self.alt}}
