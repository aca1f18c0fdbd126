"""How high a row must be for its text.

A spreadsheet does not always fit a row to its text when it opens a file, so the heights are
written. They are estimates on the safe side, by what a letter takes in Arial.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from analysis.intake.forms.wording import Look, Run, Said

SIZES: Final[dict[Look, float]] = {"vi": 10, "strong": 10, "small": 8, "en": 8}
"""Size of each look, in points."""

_CAPITAL, _OTHER = 0.69, 0.556
_WIDTHS: Final = {
    **dict.fromkeys("ijl", 0.222),
    **dict.fromkeys("tf I.,:;!/[]", 0.278),
    **dict.fromkeys("r-()", 0.333),
    **dict.fromkeys("ckJsvxyz", 0.5),
    **dict.fromkeys("mMwW%…", 0.85),
}
_LINE: Final = 1.3
"""Height of a line, in sizes of its font."""

_PADDING: Final = 4.0
_PIXELS_A_CHARACTER, _EDGES, _POINTS_A_PIXEL = 7, 4, 0.75


def row_height(cells: Iterable[tuple[Said, float]], least: float = 18.0) -> float:
    """Return the height of a row, in points.

    Parameters
    ----------
    cells
        Text and width of each cell, the width in characters as a spreadsheet counts them.
    least
        The height of a row that holds little.
    """
    return max([least, *(_PADDING + text_height(said, width) for said, width in cells)])


def text_height(said: Said, width: float) -> float:
    """Return the height of a text in a column of some width, in points."""
    points = (width * _PIXELS_A_CHARACTER + _EDGES) * _POINTS_A_PIXEL
    return sum(
        _count(line, points) * max(SIZES[run.look] for run in line) * _LINE for line in _lines(said)
    )


def _lines(said: Said) -> list[list[Run]]:
    """Part a text at its line ends."""
    lines: list[list[Run]] = [[]]
    for run in said:
        first, *others = run.text.split("\n")
        lines[-1].append(Run(first, run.look))
        lines += [[Run(text, run.look)] for text in others]
    return [[run for run in line if run.text] or line[:1] for line in lines if line]


def _count(line: list[Run], points: float) -> int:
    """Count the lines that a paragraph takes when words are kept whole."""
    count, used = 1, 0.0
    for run in line:
        for word in run.text.split(" "):
            long = _length(word, run)
            if used and used + long > points:
                count, used = count + 1, 0.0
            count += int(long // points)
            used += long % points + _length(" ", run)
    return count


def _length(text: str, run: Run) -> float:
    bold = 1.06 if run.look == "strong" else 1.0
    return sum(map(_width, text)) * SIZES[run.look] * bold


def _width(mark: str) -> float:
    """Return the width of a letter, in sizes of its font; marks above or below take no room."""
    base = unicodedata.normalize("NFD", mark)[0]
    return _WIDTHS.get(base, _CAPITAL if base.isupper() else _OTHER)
