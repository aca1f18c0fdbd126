"""The text cut into lines and cells, and a cursor that walks over cells in order.

The source is a web page's tables flattened to one cell a line with a blank line between cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.plan.errors import KEEP_TEXT, Problems

APPENDIX_HEADS = ("PHỤ LỤC 01", "PHỤ LỤC 02")


@dataclass(frozen=True)
class Cell:
    """A piece of the text and the line (counted from 1) on which it begins."""

    text: str
    line: int


@dataclass(frozen=True)
class Parts:
    """The three parts of the text: the body as lines, the two appendices as cells."""

    body: tuple[Cell, ...]
    appendix1: tuple[Cell, ...]
    appendix2: tuple[Cell, ...]


def read_lines(text: str) -> tuple[Cell, ...]:
    """Return the lines that are not empty, with their numbers."""
    lines = (Cell(line.strip(), number) for number, line in enumerate(text.split("\n"), start=1))
    return tuple(line for line in lines if line.text)


def join_cells(lines: Iterable[Cell]) -> tuple[Cell, ...]:
    """Join lines that follow one another without a blank line into cells."""
    numbered = enumerate(lines)
    runs = groupby(numbered, key=lambda pair: pair[1].line - pair[0])
    return tuple(_join([line for _, line in run]) for _, run in runs)


def _join(run: Sequence[Cell]) -> Cell:
    return Cell("\n".join(line.text for line in run), run[0].line)


def split_parts(text: str, problems: Problems) -> Parts:
    """Cut the text at the heads of its two appendices.

    Raises
    ------
    PlanError
        If a head does not stand exactly once, in order: without it nothing can be read.
    """
    lines = read_lines(text)
    marks = [index for index, line in enumerate(lines) if line.text in APPENDIX_HEADS]
    if tuple(lines[mark].text for mark in marks) != APPENDIX_HEADS:
        problems.at_line(
            1,
            f"the text does not hold the heads {' and '.join(APPENDIX_HEADS)} once each",
            KEEP_TEXT,
        )
        problems.raise_all()
    first, second = marks
    return Parts(lines[:first], join_cells(lines[first:second]), join_cells(lines[second:]))


class Cursor:
    """A position among cells."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells
        self._at = 0

    def __bool__(self) -> bool:
        return self._at < len(self._cells)

    def peek(self, ahead: int = 0) -> Cell | None:
        """Return the cell that is ``ahead`` places further on; none behind the end."""
        index = self._at + ahead
        return self._cells[index] if index < len(self._cells) else None

    def text(self, ahead: int = 0) -> str:
        """Return the text of the cell that is ``ahead`` places further on; empty behind the end."""
        cell = self.peek(ahead)
        return cell.text if cell else ""

    def take(self) -> Cell:
        """Return the cell here and step behind it.

        Raises
        ------
        IndexError
            If no cell is left.
        """
        cell = self._cells[self._at]
        self._at += 1
        return cell
