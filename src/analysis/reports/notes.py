"""Notes of records: shown word for word, with the language in which they are written.

Notes are not translated: a note is evidence, and its wording is the recorder's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from analysis.charts.labels import given
from analysis.reports.table import Cell
from analysis.words import Words

_DOCUMENT_NUMBER = re.compile(r"\S*\d\S*/\S*")
_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
_MOST_OF_IT, _NAMES_ONLY = 0.5, 0.3


def note_language(text: str) -> str:
    """Return ``vi``, ``en``, or nothing where it is not obvious.

    The recorders write Vietnamese or English. In a Vietnamese text most words bear a mark that
    English does not know; an English one holds them in proper names only. Numbers of documents
    (``1278/QĐ-BGDĐT``) are not words.
    """
    words = _WORD.findall(_DOCUMENT_NUMBER.sub(" ", text))
    if not words:
        return ""
    share = sum(bool(_VIETNAMESE.search(word)) for word in words) / len(words)
    return "vi" if share >= _MOST_OF_IT else "en" if share <= _NAMES_ONLY else ""


def verbatim(text: object, words: Words, kind: str = "") -> Cell:
    """Return a text of a record as a cell that says its language where it is another one."""
    note = given(text)
    language = note_language(note)
    return Cell(note, kind=kind, lang="" if language == words.language else language)


def note_cell(note: object, words: Words) -> Cell:
    """Return the note of a record as a cell."""
    return verbatim(note, words, "quiet note")


def languages_said(notes: Iterable[object], words: Words) -> tuple[str, ...]:
    """Return a sentence on the languages of notes, or nothing where all are in this one.

    Parameters
    ----------
    notes
        The notes that a table shows; empty cells do not count.
    """
    counts = Counter(note_language(note) for note in map(given, notes) if note)
    foreign = {name: n for name, n in counts.items() if name and name != words.language}
    if not foreign:
        return ()
    total = sum(counts.values())
    if total in foreign.values():
        return (words(f"note.all_in_{next(iter(foreign))}", n=total),)
    listed = words.listing(words(f"note.in_{name}", n=n) for name, n in foreign.items())
    return (words("note.verbatim", n=total, list=listed),)
