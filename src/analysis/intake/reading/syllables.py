"""Whether a word is written as a Vietnamese syllable can be.

Vietnamese is written syllable by syllable, and the parts of a syllable are few: an onset, a rhyme,
a tone. So a word can be told to be none, which is how text in a wrong encoding is found out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ONSETS: Final = (
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "r", "s", "t", "v", "x", "",
)  # fmt: skip

_RHYMES: Final = frozenset(
    re.findall(
        r"\S+",
        """
        a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
        e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
        i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
        o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
        oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
        u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
        uy uya uych uyên uyêt uyn uynh uyp uyt uyu
        ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
        """,
    )
)
_RHYMES_WITH_Y: Final = frozenset(("y", "yêm", "yên", "yêng", "yêt", "yêu"))
_ONSETS_BEFORE_Y: Final = frozenset(("", "h", "k", "l", "m", "s", "t", "th", "v", "qu"))
_RHYMES_AFTER_QU: Final = frozenset(("y", "yt", "ych", "ynh", "ơi"))

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED: Final = re.compile(r"(?:c|ch|p|t)$")
_STOPPED_TONES: Final = frozenset("\u0301\u0323")


_LONGEST: Final = 10
"""Letters of the longest syllable, ``nghiêng``, with its marks counted as letters."""


def is_syllable(word: str) -> bool:
    """Tell whether a word could be a Vietnamese syllable, by its letters and its tone.

    Parameters
    ----------
    word
        In any case, composed or not.

    Returns
    -------
    bool
        False for what no syllable can be; true also for syllables that mean nothing.
    """
    return len(word) <= _LONGEST and _is_syllable(word)


@lru_cache(maxsize=20_000)
def _is_syllable(word: str) -> bool:
    letters, tones = _without_tones(word.lower())
    if len(tones) > 1:
        return False
    stopped = bool(_STOPPED.search(letters))  # such a syllable has one of two tones
    return (not stopped or bool(_STOPPED_TONES.intersection(tones))) and any(
        letters.startswith(onset) and _belong(onset, letters[len(onset) :]) for onset in _ONSETS
    )


def _belong(onset: str, rhyme: str) -> bool:
    if rhyme in _RHYMES:
        return True
    if rhyme in _RHYMES_WITH_Y and onset in _ONSETS_BEFORE_Y:
        return True
    return onset == "qu" and rhyme in _RHYMES_AFTER_QU


def _without_tones(word: str) -> tuple[str, list[str]]:
    parts = unicodedata.normalize("NFD", word)
    letters = "".join(each for each in parts if each not in _TONES)
    return unicodedata.normalize("NFC", letters), [each for each in parts if each in _TONES]
