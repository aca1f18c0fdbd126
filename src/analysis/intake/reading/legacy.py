"""Vietnamese text in an encoding of the years before Unicode, and text decoded by a wrong table.

Until about 2005, and in some offices longer, Vietnamese was typed in fonts that show other signs
than the bytes say: TCVN3 (fonts named ``.VnTime``; one byte for each letter) and VNI (fonts named
``VNI-Times``; a letter and a byte for its marks). Without the font such text reads ``Tû lÖ hé
nghÌo`` or ``Tyû leä hoä ngheøo``. It is a chain of letters like any other, so only its sense gives
it away: read by the right table its words are Vietnamese syllables, and as they stand they are not.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from itertools import product
from typing import Final

from analysis.intake.reading.syllables import is_syllable

_TCVN3: Final = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ®¡¢£¤¥¦§",
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĂÂÊÔƠƯĐ",
)
"""TCVN 5712:1993, third character set, as the signs of Windows-1252 at the same bytes."""

_VNI_MARKS: Final = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS: Final = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ó": "ĩ", "ò": "ị", "æ": "ỉ", "î": "ỵ"}
_BEFORE_MARKS: Final = "aeouyôö"

_BETWEEN_WORDS: Final = re.compile(r"[\s!-/:-@\[-`{-~\d–—“”‘’…•]+")
_OTHER_LETTER: Final = re.compile(r"(?![\x00-\xff])[^\W\d_]")
"""A letter that no byte of either encoding can show."""

_ENOUGH: Final = 2
"""Words that must give the encoding away: one alone can be chance (the French ``haï``)."""

_MOST: Final = 0.8
"""Share of the words that must be syllables once they are read by the table; the others are names,
abbreviations and what is foreign."""

_UNITS: Final = frozenset({"µm", "N·m"})
"""Units of measure that are syllables by chance if they are read as TCVN3."""

_GUILLEMET: Final = re.compile(r"(?:^|\s)»|»(?:\s|$)")
"""Where ``»`` is a quotation mark: as a letter of TCVN3 (``ằ``) it stands inside a word."""

_UTF8_LEADS: Final = re.compile(r"[ÂÃÄÅÆĂáâ][^\x00-\x7f]")


def legacy_encoding(text: str) -> str:
    """Name the encoding of the years before Unicode in which a text is written.

    Parameters
    ----------
    text
        As it looks without the encoding's own font: each byte the sign of Windows-1252.

    Returns
    -------
    str
        ``TCVN3``, ``VNI``, or ``""`` if there is no good sign of either. Two words at least are
        needed; good Vietnamese, English or French gives ``""``.
    """
    if text.isascii() or _OTHER_LETTER.search(text):
        return ""
    words = _words(text)
    if sum(not word.isascii() for word in words) < _ENOUGH:
        return ""
    return next((name for name, decode in _DECODERS.items() if _gives_away(words, decode)), "")


def is_misread(text: str) -> bool:
    """Tell whether a text is UTF-8 that was opened as if it were in an 8-bit encoding.

    So looks what a program makes of a CSV file if it does not expect UTF-8: ``Tá»· lá»‡``.
    """
    if not _UTF8_LEADS.search(text):
        return False
    return any(_was_utf8(text, encoding) for encoding in ("cp1252", "cp1258"))


def _was_utf8(text: str, encoding: str) -> bool:
    reader = codecs.getincrementaldecoder("utf-8")()
    try:
        return not reader.decode(_bytes_of(text, encoding)).isascii()  # it may be cut at its end
    except ValueError:
        return False


def _bytes_of(text: str, encoding: str) -> bytes:
    # Bytes that the 8-bit encoding leaves undefined are kept by programs as the signs U+0080-9F.
    return b"".join(
        each.encode("latin-1" if "\x80" <= each < "\xa0" else encoding) for each in text
    )


def _words(text: str) -> list[str]:
    """Return the words that count: no abbreviations, units or signs that stand alone."""
    if _GUILLEMET.search(text):
        text = text.replace("«", " ").replace("»", " ")
    return [word for word in _BETWEEN_WORDS.split(text) if _counts(word)]


def _counts(word: str) -> bool:
    if word.isascii():
        return len(word) == 1 or (len(word) > 1 and not word.isupper())
    return len(word) > 1 and word not in _UNITS


def _gives_away(words: list[str], decode: Callable[[str], str]) -> bool:
    """Tell whether words are syllables if read so, and some of them only then."""
    read = [(word, meant) for word in words if is_syllable(meant := decode(word))]
    signs = sum(word != meant and not is_syllable(word) for word, meant in read)
    marked = sum(not word.isascii() for word, _ in read)
    return (
        signs >= _ENOUGH
        and len(read) >= _MOST * len(words)
        and marked >= _MOST * sum(not word.isascii() for word in words)
    )


def _from_tcvn3(word: str) -> str:
    return word.translate(_TCVN3)


def _from_vni(word: str) -> str:
    return _VNI.sub(lambda found: _VNI_TABLE[found[0]], word)


def _vni_table() -> dict[str, str]:
    lower = {
        letter + mark: _VNI_LETTERS.get(letter, letter) + meant
        for letter, (mark, meant) in product(_BEFORE_MARKS, _VNI_MARKS.items())
    } | _VNI_LETTERS
    composed = {key: unicodedata.normalize("NFC", value) for key, value in lower.items()}
    upper = {key.upper(): value.upper() for key, value in composed.items()}
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in composed.items()}
    return composed | mixed | upper


_VNI_TABLE: Final = _vni_table()
_VNI: Final = re.compile("|".join(sorted(_VNI_TABLE, key=len, reverse=True)))
_DECODERS: Final[dict[str, Callable[[str], str]]] = {"TCVN3": _from_tcvn3, "VNI": _from_vni}
