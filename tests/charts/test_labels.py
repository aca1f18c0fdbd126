"""Labels break into even lines, between words only."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.labels import wrapped

WORDS = st.lists(st.text("aâđ", min_size=1, max_size=12), min_size=1, max_size=12).map(" ".join)


def test_two_lines_are_about_equal() -> None:
    assert wrapped("8.4 Điều dưỡng viên trên 10.000 dân", 34) == [
        "8.4 Điều dưỡng viên",
        "trên 10.000 dân",
    ]


def test_what_fits_stays_on_one_line() -> None:
    assert wrapped("8.2 Tuổi thọ trung bình", 34) == ["8.2 Tuổi thọ trung bình"]


def test_a_number_stays_with_its_unit() -> None:
    assert wrapped("mục tiêu 97\u00a0%", 11) == ["mục tiêu", "97\u00a0%"]


def test_a_long_word_is_not_broken() -> None:
    assert wrapped("a " + "b" * 20, 10) == ["a", "b" * 20]


def test_nothing_has_no_lines() -> None:
    assert wrapped("", 10) == []


@given(WORDS, st.integers(min_value=12, max_value=40))
def test_no_word_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert " ".join(lines) == text
    assert max(map(len, lines)) <= width
