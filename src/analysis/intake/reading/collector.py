"""The text of a cell, put together from the pieces in which a parser gives it."""

from __future__ import annotations

from analysis.intake.reading.desk import Desk
from analysis.intake.reading.limits import CELL


class TextCollector:
    """Puts together the pieces of a text, and forgets what goes beyond the limit of a cell."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pieces = list[str]()
        self._length = 0

    def add(self, piece: str) -> None:
        """Take a piece; one character beyond the limit is kept, so that its excess is seen."""
        room = CELL + 1 - self._length
        if room > 0 and piece:
            self._pieces.append(piece[:room])
            self._length += len(self._pieces[-1])

    def take(self) -> str:
        """Return the text and begin a new one.

        Raises
        ------
        UserError
            If the file holds too many characters.
        """
        text = "".join(self._pieces)
        self._desk.take_text(len(text))
        self._pieces.clear()
        self._length = 0
        return text
