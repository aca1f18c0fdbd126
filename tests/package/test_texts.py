from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.package.rules.evidence import is_period
from analysis.package.rules.texts import has_control, starts_formula


@pytest.mark.parametrize("text", ["-1.5", "+2", "-3", "<2", ">=95", "a=b", "95 - 97", "10.4"])
def test_numbers_and_plain_texts_are_no_formulas(text: str) -> None:
    assert not starts_formula(text, verbatim=False)


@pytest.mark.parametrize("text", ["=1", "@SUM(A1)", "+a", "-a", "- a", "-", "--", "-1+2", "-2,5"])
def test_a_mark_before_anything_but_a_number_is_a_formula(text: str) -> None:
    assert starts_formula(text, verbatim=False)


@pytest.mark.parametrize("text", ["-", "-------", "- Các Sở, ban, ngành;", "-Sở Y tế", "+ Sở"])
def test_printed_dashes_and_list_items_are_no_formulas(text: str) -> None:
    assert not starts_formula(text, verbatim=True)


@pytest.mark.parametrize("text", ["-cmd|' /C calc'!A0", "- a=1", "-1+2", "=1", "@a", "-A1!B2"])
def test_a_printed_text_that_could_call_something_is_a_formula(text: str) -> None:
    assert starts_formula(text, verbatim=True)


@given(st.sampled_from("=@"), st.text(max_size=10), st.booleans())
def test_an_equals_or_at_sign_is_never_let_through(mark: str, rest: str, verbatim: bool) -> None:
    assert starts_formula(mark + rest, verbatim)


@given(st.floats(allow_nan=False, allow_infinity=False).map(lambda value: f"{value:.3f}"))
def test_no_number_is_a_formula(text: str) -> None:
    assert not starts_formula(text, verbatim=False)


@pytest.mark.parametrize("text", ["a\tb", "a\rb", "\x00", "a\u200bb", "\ufeffa", "a\u2028b"])
def test_control_and_invisible_characters_are_found(text: str) -> None:
    assert has_control(text, verbatim=False)
    assert has_control(text, verbatim=True)


def test_a_line_break_is_allowed_in_printed_text_only() -> None:
    assert has_control("a\nb", verbatim=False)
    assert not has_control("a\nb", verbatim=True)


@pytest.mark.parametrize("text", ["2024", "2024-01", "2024-12", "2024-Q4", "2024-H2", "2016-2020"])
def test_these_are_periods(text: str) -> None:
    assert is_period(text)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-00", "2024-13", "2024-Q5", "2024-H3", "2020-2016", "2020-2020", "2024 "],
)
def test_these_are_no_periods(text: str) -> None:
    assert not is_period(text)
