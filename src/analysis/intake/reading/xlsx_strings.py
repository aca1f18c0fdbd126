"""The texts that the cells of a workbook share."""

from __future__ import annotations

import re
from typing import Final

from analysis.errors import UserError
from analysis.intake.reading.archive import Archive
from analysis.intake.reading.collector import TextCollector
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.limits import CELLS
from analysis.intake.reading.markup import Outline, walk
from analysis.intake.reading.values import Value, text_value

_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""How Office Open XML writes a character that markup cannot hold: ``_x000D_``."""


class SharedTexts:
    """The shared texts, each looked over when a cell first refers to it.

    Parameters
    ----------
    texts
        As the file holds them.
    """

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._values = dict[int, Value]()

    def get(self, number: int) -> Value | None:
        """Return the value of a cell that refers to a text; ``None`` if there is no such text."""
        if number >= len(self._texts):
            return None
        if number not in self._values:
            self._values[number] = text_value(self._texts[number])
        return self._values[number]


def read_texts(archive: Archive, part: str | None, desk: Desk) -> SharedTexts:
    """Read the shared texts; rich text is made plain, guides to pronunciation are left out.

    Raises
    ------
    UserError
        If the part is damaged or too large.
    """
    if part is None:
        return SharedTexts([])
    texts, collector, inside = list[str](), TextCollector(desk), [False]

    def begin(_attributes: object) -> None:
        inside[0] = True

    def end() -> None:
        inside[0] = False

    def text(piece: str) -> None:
        if inside[0]:
            collector.add(piece)

    def done() -> None:
        texts.append(unescaped(collector.take()))
        if len(texts) > CELLS:
            what = f"the file holds more than {CELLS:,} texts"
            raise UserError(what, desk.file, "copy the table into a new workbook, or split it")

    outline = Outline(
        through=["/x:sst", "x:si/x:r"],
        starts={"x:sst/x:si": lambda _: None, "x:si/x:t": begin, "x:r/x:t": begin},
        ends={"x:sst/x:si": done, "x:si/x:t": end, "x:r/x:t": end},
        text=text,
    )
    walk(archive.chunks(part), outline, desk, part)
    return SharedTexts(texts)


def unescaped(text: str) -> str:
    """Return a text with ``_x000D_`` and the like replaced by the characters meant."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
