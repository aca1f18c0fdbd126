from __future__ import annotations

import re
import unicodedata

import pytest

from analysis.api import Plan
from analysis.intake.reading.syllables import is_syllable


@pytest.mark.parametrize(
    "word",
    ["nghèo", "tỷ", "lệ", "hộ", "quốc", "quý", "gì", "giếng", "khuỷu", "nghiêng", "thuở", "ưỡn",
     "yêu", "quyết", "HUYỆN", "Đảo", "y", "ỷ", "rượu"],
)  # fmt: skip
def test_a_syllable_is_one(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("", "no vowel"),
        ("ng", "no vowel"),
        ("Tû", "a letter that the language has not"),
        ("mat", "a syllable that ends in a stop has one of two tones"),
        ("mằt", "a syllable that ends in a stop has one of two tones"),
        ("trs", "no vowel"),
        ("été", "two syllables"),
        ("hộ́", "two tones"),
        ("né\u0323", "two tones"),
        ("zê", "an onset that the language has not"),
        ("nghèò", "two tones"),
        ("ry", "y follows few onsets"),
        ("nghiêngnghiêng", "two syllables"),
    ],
)
def test_what_no_syllable_can_be_is_none(word: str, reason: str) -> None:
    assert not is_syllable(word), reason


def test_the_words_of_the_plan_are_syllables(plan: Plan) -> None:
    names = " ".join(plan.indicators["name_vi"]).lower()
    marked = {word for word in re.findall(r"\w+", names) if not word.isascii()}
    assert len(marked) > 200
    assert {word for word in marked if not is_syllable(word)} <= {"qđ"}
