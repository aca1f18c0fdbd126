"""Wording: Vietnamese and English text for codes, sentences and numbers.

The texts are data (``vi/*.yaml``, ``en/*.yaml``), one file a topic with the same keys in both, so
that no report, chart or page carries wording of its own. Vietnamese is the first language.

Examples
--------
>>> words = Words("vi")
>>> words.number(19000.5, 1)
'19.000,5'
>>> words("verdict.MET")
'Đã đạt mục tiêu'
"""

from __future__ import annotations

from analysis.words.catalogue import LANGUAGES, Language, WordingError
from analysis.words.speaker import Words, asked_for, kept, unasked

__all__ = ["LANGUAGES", "Language", "WordingError", "Words", "asked_for", "kept", "unasked"]
