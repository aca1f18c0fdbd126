from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.checks.numbers import (
    about,
    any_number,
    decimals,
    plain,
    printed_decimals,
    short,
    shown,
    written,
)


@pytest.mark.parametrize(
    "text", ["", "87,5", "1e5", "khoảng 90", "½", "８７", "nan", "+5", " 5", "."]
)
def test_what_is_no_plain_number_is_left_to_others(text: str) -> None:
    assert plain(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_number_is_written_exactly(number: Decimal) -> None:
    assert plain(written(number)) == number


def test_zeros_at_the_end_are_printed_but_do_not_count_as_digits() -> None:
    assert (printed_decimals("87.50"), decimals(Decimal("87.50"))) == (2, 1)
    assert (printed_decimals("8200"), decimals(Decimal(8200))) == (0, 0)
    assert decimals(Decimal("1e3")) == 0


def test_a_computed_number_is_shown_shortly() -> None:
    with localcontext(any_number()):
        assert shown(Decimal(2) / 3) == "0.666667"
        assert about(Decimal(2) / 3) == "0.6667"
        assert about(Decimal("12345.678")) == "12346"
        assert about(Decimal("-7.55555")) == "-7.556"
        assert about(Decimal(0)) == "0"


def test_a_huge_number_is_cut_and_never_fails() -> None:
    with localcontext(any_number()):
        huge = plain("9" * 5000 + ".123456789")
        assert huge is not None
        assert shown(huge).endswith("…")
        assert len(shown(huge * huge)) < 50
        assert len(about(huge * huge)) < 50


def test_a_text_is_shown_on_one_line_and_cut() -> None:
    assert short("a\n  b") == "a b"
    assert short("x" * 41) == "x" * 40 + "…"
