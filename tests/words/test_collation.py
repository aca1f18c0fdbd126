from __future__ import annotations

import unicodedata

from analysis.words.collation import collation


def test_texts_are_in_the_order_of_the_vietnamese_alphabet() -> None:
    vowels = ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ẳ", "ẵ", "ắ", "ặ", "â", "ầ"]
    letters = [*vowels, "b", "c", "d", "đ", "đá", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "v"]
    assert sorted([*letters[9:], *letters[:9]], key=collation) == letters


def test_a_tone_decides_only_where_the_letters_are_equal() -> None:
    assert sorted(["má b", "ma c", "ma a"], key=collation) == ["ma a", "má b", "ma c"]


def test_numbers_inside_texts_are_sorted_by_their_size() -> None:
    texts = ["8.2 Tuổi thọ", "8.10 Sàng lọc", "10.1 Nước"]
    assert sorted([texts[2], *texts[:2]], key=collation) == texts


def test_composed_and_decomposed_texts_are_sorted_alike() -> None:
    for text in ("Quảng Ninh", "Đề ộ"):
        assert collation(text) == collation(unicodedata.normalize("NFD", text))
