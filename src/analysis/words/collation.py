"""The order of texts: Vietnamese letters, then tones; numbers inside a text by their size."""

from __future__ import annotations

import re
import unicodedata

_ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # as dictionaries have them: huyền, hỏi, ngã, sắc, nặng
_DIGITS = re.compile(r"(\d+)")
_SIGN, _NUMBER, _LETTER = range(3)

Key = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]


def collation(text: str) -> Key:
    """Return what a text is sorted by.

    Letters go by the Vietnamese alphabet (a ă â b c d đ …, with the English ones in their place),
    digits by the number that they write (``8.2`` before ``8.10``), and among texts that are equal
    so far, tones by the order of dictionaries. Capitals and small letters are equal.
    """
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    for part in _DIGITS.split(unicodedata.normalize("NFC", text.casefold())):
        if part.isdecimal():
            letters.append((_NUMBER, int(part)))
            continue
        for mark in part:
            shape, tone = _taken_apart(mark)
            letters.append(_place(shape))
            tones.append(tone)
    return tuple(letters), tuple(tones)


def _taken_apart(mark: str) -> tuple[str, int]:
    """Return a character without its tone, and the place of the tone; none comes first."""
    parts = unicodedata.normalize("NFD", mark)
    shape = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return shape, max((_TONES.find(part) for part in parts), default=-1)


def _place(shape: str) -> tuple[int, int]:
    if shape in _ALPHABET:
        return (_LETTER, _ALPHABET[shape])
    if shape.isalpha():
        return (_LETTER, len(_ALPHABET) + ord(shape[0]))
    return (_SIGN, ord(shape[0]) if shape else 0)
