"""Rows are high enough for their text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.forms.heights import row_height, text_height
from analysis.intake.forms.wording import Run

LINE = 13.0


def test_a_line_takes_its_size_and_an_empty_cell_next_to_nothing() -> None:
    assert text_height((Run("Tỷ lệ"),), 40) == LINE
    assert row_height([((), 40), ((Run(""),), 40)]) == 18


def test_small_text_is_lower_and_line_ends_part_lines() -> None:
    assert text_height((Run("một"), Run("\nhai", "en")), 40) == LINE + 0.8 * LINE


def test_a_word_is_not_parted_unless_it_is_longer_than_the_line() -> None:
    assert text_height((Run("xxxxxxx xxxxxxx"),), 10) == 2 * LINE
    assert text_height((Run("x" * 45),), 10) >= 4 * LINE


def test_marks_take_no_room() -> None:
    assert text_height((Run("ộ" * 20),), 21) == text_height((Run("o" * 20),), 21)


def test_runs_share_a_line_that_is_as_high_as_the_higher_of_them() -> None:
    assert text_height((Run("Xin điền"), Run("   Please", "en")), 40) == LINE


def test_the_highest_cell_decides() -> None:
    long = (Run("một hai ba bốn năm sáu bảy tám chín mười " * 3),)
    assert row_height([(long, 20), ((Run("x"),), 20)]) == row_height([(long, 20)])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.floats(5, 90))
def test_more_text_never_takes_less_height(text: str, width: float) -> None:
    assert text_height((Run(text), Run(" và thêm nữa")), width) >= text_height((Run(text),), width)
