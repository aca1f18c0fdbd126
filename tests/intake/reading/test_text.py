from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.reading.limits import CELL
from analysis.intake.reading.text import look_over, plain


def wrong(raw: str) -> list[str]:
    return [fault.what for fault in look_over(raw)[1]]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  87,5 ", "87,5"),
        ("\u00a0Hộ nghèo\u200b\ufeff\u2003", "Hộ nghèo"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("\n\nmột\n", "một"),
        (unicodedata.normalize("NFD", "Tỷ lệ"), "Tỷ lệ"),
        ("giữa\u00a0chừng", "giữa\u00a0chừng"),
        (" \u00a0\u200b", ""),
    ],
)
def test_text_is_composed_and_stripped_and_its_line_ends_are_alike(raw: str, text: str) -> None:
    assert look_over(raw) == (text, ())


@given(st.text())
def test_plain_text_is_plain_already(raw: str) -> None:
    assert plain(plain(raw)) == plain(raw)


@given(st.text())
def test_any_text_is_looked_over_without_failing(raw: str) -> None:
    text, faults = look_over(raw)
    assert all(fault.what.isprintable() and fault.mend for fault in faults)
    if not faults:
        assert not {"\0", "\t", "\r", "\x1b", "\u202e"}.intersection(text)


@pytest.mark.parametrize(
    "raw",
    ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@SUM(1)", "\tabc", " =1", "\u00a0=1", "＝1", "－1",
     "- cmd|' /C calc'!A0", "- HYPERLINK(A1)", "- Bảng!A1", "-3+5", "-3-4", "+a", "-x", "--x"],
)  # fmt: skip
def test_text_that_would_act_as_a_formula_is_refused(raw: str) -> None:
    (what,) = wrong(raw)
    assert "begins like a formula" in what


@pytest.mark.parametrize(
    "raw",
    ["-3", "+5", "-3,2", "- 3,2", "-1.234,5", "+19 000", "-3,2 %", "-87,5%", "-", "--", "a=b",
     "3-4", "- UBND các huyện, thị xã (trừ xã đảo)", "- Sở Y tế", "a@b.vn", "#1"],
)  # fmt: skip
def test_a_plain_number_with_a_sign_a_dash_and_an_item_of_a_list_are_taken(raw: str) -> None:
    assert wrong(raw) == []


@pytest.mark.parametrize(
    "raw", ["#DIV/0!", "#N/A", " #REF! ", "#value!", "#NAME?", "#NUM!", "#NULL!", "Err:508", "####"]
)
def test_an_error_value_is_refused(raw: str) -> None:
    (what,) = wrong(raw)
    assert what.startswith("the cell holds ")


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\x0b", "\x7f", "\x9b", "\ud800", "\uffff"])
def test_a_control_character_is_refused(sign: str) -> None:
    assert f"U+{ord(sign):04X}" in wrong(f"a{sign}b")[0]
    assert wrong(f"ab{sign}") != []


def test_a_tab_inside_is_refused_and_one_at_the_end_stripped() -> None:
    assert "U+0009" in wrong("a\tb")[0]
    assert look_over("ab\t") == ("ab", ())


def test_marks_that_pile_up_are_refused_and_not_composed() -> None:
    text, faults = look_over("a" + "\u0301\u0323" * 4_000)
    assert "marks pile up" in faults[0].what
    assert text == "a" + "\u0301\u0323" * 4_000
    assert look_over("e\u0302\u0323" * 1_000) == ("ệ" * 1_000, ())
    assert look_over("—" * 100) == ("—" * 100, ())


@pytest.mark.parametrize("sign", ["\u202e", "\u2066"])
def test_signs_that_turn_the_direction_are_refused(sign: str) -> None:
    assert "direction" in wrong(f"a{sign}b")[0]


def test_lost_letters_are_refused() -> None:
    assert "lost letters" in wrong("T� l�")[0]


def test_text_in_an_old_encoding_is_refused_with_the_way_to_convert_it() -> None:
    (fault,) = look_over("Tû lÖ hé nghÌo")[1]
    assert "TCVN3 (ABC)" in fault.what
    assert "Unikey" in fault.mend


def test_text_in_utf8_opened_otherwise_is_refused() -> None:
    assert "UTF-8" in wrong("Tá»· lá»‡")[0]


def test_the_limit_of_a_cell_is_kept() -> None:
    assert wrong("x" * CELL) == []
    assert len(look_over("x" * (CELL + 1))[0]) == CELL
    assert wrong("x" * (CELL + 1)) == ["the cell holds more than 10,000 characters"]


def test_all_that_is_wrong_is_told() -> None:
    assert len(wrong("=\0�")) == 2


def test_a_long_text_is_quoted_short() -> None:
    assert len(wrong("=" + "x" * 5_000)[0]) < 200
