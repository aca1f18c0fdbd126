"""Old encodings that single cells do not give away, having one word each, but many together do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from analysis.intake.model import Place, Sheet
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.legacy import legacy_encoding
from analysis.intake.reading.text import legacy_fault

_SAMPLE: Final = 2_000
"""Different texts that are looked at together, at most."""

_SHORT: Final = 60
"""Characters of a text up to which it may be too short to tell alone."""


def check_scattered(sheets: Iterable[Sheet], desk: Desk) -> None:
    """Note for each sheet if its short texts, read together, are in TCVN3 or VNI."""
    for sheet in sheets:
        encoding = legacy_encoding(" ".join(_short_texts(sheet)))
        if encoding:
            place = Place(desk.file, sheet.name)
            desk.faults.add(legacy_fault(encoding, "texts of the sheet are"), place)


def _short_texts(sheet: Sheet) -> Iterator[str]:
    seen = set[str]()
    for row in sheet.rows:
        for cell in row:
            text = cell.text
            if text.isascii() or len(text) > _SHORT or text in seen or len(seen) >= _SAMPLE:
                continue
            seen.add(text)
            yield text
