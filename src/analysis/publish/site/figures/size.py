"""The two widths in which a figure is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LETTER = 0.56
"""Mean width of a letter in sizes of the type: that of the wider fonts of the page's list."""


@dataclass(frozen=True)
class Size:
    """A width of the picture, and the type that is set in it.

    Attributes
    ----------
    width
        Of the whole picture, in pixels.
    text, small
        Sizes of the type of texts and of axes, in pixels.
    """

    width: int
    text: float
    small: float

    @property
    def is_narrow(self) -> bool:
        """Whether names stand above what they name, for want of room beside it."""
        return self.width < 500

    @property
    def line(self) -> float:
        """The distance of two lines of text, in pixels."""
        return round(1.3 * self.text, 1)

    def letters(self, pixels: float) -> int:
        """Return how many letters find room in so many pixels."""
        return max(int(pixels / (_LETTER * self.text)), 1)

    def pixels(self, letters: int) -> float:
        """Return how many pixels so many letters need."""
        return letters * _LETTER * self.text


WIDE: Final = Size(760, 13, 12)
PLANE: Final = Size(620, 13, 12)
"""The wide layout of a plane of years and values, which can stand in half a page."""

NARROW: Final = Size(320, 12.5, 11.5)
LARGE: Final = Size(1000, 13, 12)
"""The wide layout of a figure that takes the whole width of the page."""
