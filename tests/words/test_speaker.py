"""Numbers, dates and lists as each language writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.words import Words, asked_for, kept, unasked

VI, EN = Words("vi"), Words("en")


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (87.5, None, "87,5", "87.5"),
        (95.76, None, "95,76", "95.76"),
        (19000, None, "19.000", "19,000"),
        (0.067, None, "0,067", "0.067"),
        (-1.24, 2, "\u22121,24", "\u22121.24"),
        (-0.04, 1, "0,0", "0.0"),
        (float("nan"), None, "–", "–"),
    ],
)
def test_a_number_has_the_marks_of_its_language(
    value: float, decimals: int | None, vietnamese: str, english: str
) -> None:
    assert VI.number(value, decimals) == vietnamese
    assert EN.number(value, decimals) == english


@given(st.decimals(min_value=-99999, max_value=99999, places=4))
def test_a_number_without_decimals_keeps_every_given_digit(number: object) -> None:
    value = float(str(number))
    text = VI.number(value).replace(".", "").replace(",", ".").replace("\u2212", "-")
    assert float(text) == value


def test_a_signed_number_says_plus_only_above_zero() -> None:
    assert VI.number(0.39, 2, signed=True) == "+0,39"
    assert VI.number(0.001, 2, signed=True) == "0,00"


def test_a_quantity_keeps_number_and_unit_on_one_line() -> None:
    assert VI.quantity(87.5, "%") == "87,5\u00a0%"
    assert VI.quantity(3, "") == "3"


@pytest.mark.parametrize(
    ("period", "vietnamese", "english"),
    [
        ("2025", "2025", "2025"),
        ("2025-06", "tháng 6/2025", "June 2025"),
        ("2025-H1", "6 tháng đầu năm 2025", "first half of 2025"),
        ("2025-H2", "6 tháng cuối năm 2025", "second half of 2025"),
        ("2025-Q2", "quý 2 năm 2025", "Q2 2025"),
        ("2016-2018", "2016–2018", "2016–2018"),
    ],
)
def test_a_period_is_written_out(period: str, vietnamese: str, english: str) -> None:
    assert VI.period(period) == vietnamese
    assert EN.period(period) == english


def test_a_date_is_written_as_its_language_does() -> None:
    assert VI.date("2024-06-19") == "19/6/2024"
    assert EN.date("2024-06-19") == "19 June 2024"


def test_a_list_ends_with_and() -> None:
    assert VI.listing(["a"]) == "a"
    assert VI.listing(["a", "b", "c"]) == "a, b và c"
    assert EN.listing(["a", "b", "c"]) == "a, b and c"
    assert EN.listing([]) == ""


def test_a_long_list_counts_the_rest() -> None:
    assert EN.listing("abcdef", most=2) == "a, b and 4 more"


def test_one_is_said_in_the_singular() -> None:
    assert EN("opening.size", group=2, n=1) == "Group 2 has one indicator."
    assert EN("opening.size", group=3, n=6) == "Group 3 has 6 indicators."


def test_a_process_knows_which_texts_it_has_asked_for() -> None:
    words = Words("en")
    assert not words.has("never.there")
    words("verdict.MET")
    assert {"en/verdict.MET", "en/never.there"} <= set(asked_for())
    assert "en/verdict.never" not in asked_for()
    assert list(asked_for()) == sorted(asked_for())


def test_what_is_asked_for_only_in_a_rehearsal_is_forgotten() -> None:
    VI("verdict.MET")
    with unasked():
        VI("verdict.MET")
        EN.has("asked.in.a.rehearsal")
    assert "vi/verdict.MET" in asked_for()
    assert "en/asked.in.a.rehearsal" not in asked_for()


def test_what_is_kept_asks_for_its_texts_each_time_it_is_used() -> None:
    made = []

    @kept
    def title() -> str:
        made.append(EN.has("asked.by.what.is.kept"))
        return "a title"

    with unasked():
        assert title() == "a title"
    assert "en/asked.by.what.is.kept" not in asked_for()
    assert title() == "a title"
    assert "en/asked.by.what.is.kept" in asked_for()
    assert len(made) == 1


def test_what_cannot_be_made_is_not_kept_and_nothing_is_forgotten() -> None:
    @kept
    def never() -> str:
        EN.has("asked.in.vain")
        raise OSError("no")

    EN("verdict.MET")
    for _ in range(2):
        with pytest.raises(OSError, match="no"):
            never()
    assert "en/verdict.MET" in asked_for()
