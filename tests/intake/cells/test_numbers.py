from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.cells.numbers import read_number, unit_symbols
from analysis.intake.model import Cell
from analysis.observe.checks import is_number
from analysis.plan.expressions import format_number
from tests.intake.cells.builders import (
    any_cells,
    cell,
    date_cell,
    is_whole,
    number_cell,
    said,
    table,
)

ERROR = [("not-a-number", "error")]
QUESTION = [("two-readings", "question")]


# Texts that mean one number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("87,5", "87.5"),
        ("87,50", "87.50"),
        ("0,064", "0.064"),
        ("12.5", "12.5"),
        ("12.50", "12.50"),
        ("0.726", "0.726"),
        ("1234.567", "1234.567"),
        ("8200", "8200"),
        ("19 000", "19000"),
        ("19\u00a0000", "19000"),
        ("1\u202f234\u202f567,8", "1234567.8"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1.234.567,8", "1234567.8"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("-3,2", "-3.2"),
        ("−3,2", "-3.2"),
        ("+5", "5"),
        ("-0", "0"),
        ("-0,0", "0.0"),
        ("05", "5"),
        ("87,5 %", "87.5"),
        ("87,5%", "87.5"),
        ("  87,5\u00a0", "87.5"),
        ("87\u200b,5", "87.5"),
    ],
)
def test_a_text_that_means_one_number_is_read(written: str, number: str) -> None:
    read = read_number(cell(written), whole=False, symbols={"%"})
    assert (read.text, read.findings) == (number, ())


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("8.200", "8200"),
        ("1.234.567", "1234567"),
        ("19 000", "19000"),
        ("1,234,567", "1234567"),
        ("0.726", "0.726"),
        ("12.5", "12.5"),
        ("12,50", "12.50"),
    ],
)
def test_three_digits_behind_a_dot_are_thousands_where_things_are_counted(
    written: str, number: str
) -> None:
    read = read_number(cell(written), whole=True)
    assert (read.text, read.findings) == (number, ())


# Texts that mean one of two


@pytest.mark.parametrize(
    ("written", "whole", "either"),
    [
        ("8.200", False, ("8200", "8.200")),
        ("-8.200", False, ("-8200", "-8.200")),
        ("8.200 %", False, ("8200", "8.200")),
        ("123.456", False, ("123456", "123.456")),
        ("1,234", True, ("1.234", "1234")),
    ],
)
def test_a_text_that_can_be_read_in_two_ways_is_a_question(
    written: str, whole: bool, either: tuple[str, ...]
) -> None:
    read = read_number(cell(written), whole=whole, symbols={"%"})
    assert (read.text, said(read), read.either) == ("", QUESTION, either)


@pytest.mark.parametrize(("written", "whole"), [("8.200", False), ("1,234", True)])
def test_a_question_names_a_way_to_write_each_that_is_read(written: str, whole: bool) -> None:
    asked = read_number(cell(written), whole=whole)
    mend = asked.findings[0].mend
    ways = [mend.split()[1], mend.split()[6]]
    found = [read_number(cell(way), whole=whole) for way in ways]
    assert not any(one.refused for one in found)
    assert {Decimal(one.text) for one in found} == {Decimal(one) for one in asked.either}


def test_a_question_says_what_the_two_readings_are() -> None:
    asked = read_number(cell("8.200"), whole=False).findings[0]
    assert asked.what == (
        "'8.200' can be read in two ways: as 8200, with thousands divided, or as a number with"
        " three decimals"
    )
    assert asked.mend == "write 8200 if thousands are meant, 8,200 if decimals are"


@pytest.mark.parametrize(
    ("written", "number"), [("1,234", "1.234"), ("-12,500 %", "-12.500"), ("999,999", "999.999")]
)
def test_three_digits_behind_a_comma_are_decimals_with_a_warning_that_tells_the_other_reading(
    written: str, number: str
) -> None:
    read = read_number(cell(written), whole=False, symbols={"%"})
    assert (read.text, said(read)) == (number, [("three-decimals", "warning")])
    assert number.replace(".", "") in read.findings[0].mend


@pytest.mark.parametrize("written", ["0,234", "1234,567", "1.234,567", "1,2345", "1 234,567"])
def test_three_decimals_that_cannot_be_thousands_give_no_warning(written: str) -> None:
    assert read_number(cell(written), whole=False).findings == ()


# Texts that are no number


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("khoảng 90", "approximate"),
        ("gần 90", "approximate"),
        ("~90", "approximate"),
        (">90", "bound"),
        ("≥ 90 %", "bound"),
        ("trên 90%", "bound"),
        ("90% trở lên", "bound"),
        ("90-95", "range"),
        ("90 – 95 %", "range"),
        ("từ 90 đến 95", "range"),
        ("96/102", "fraction"),
        ("31/12/2025", "date"),
        ("2025-12-31", "date"),
        ("1e5", "power of ten"),
        ("1,2 x 10^5", "power of ten"),
        ("1,5 triệu", "words"),
        ("½", "no plain digits"),
        ("８７", "no plain digits"),
        ("٨٧", "no plain digits"),
        ("Ⅳ", "no plain digits"),
        ("10²", "behind"),
        ("IV", "is no number"),
        ("chín mươi", "is no number"),
        ("(3,2)", "brackets"),
        ("- 3,2", "dash"),
        ("–3,2", "dash"),
        ("1.23.456", "divided"),
        ("1,2,3", "divided"),
        ("12..5", "divided"),
        ("1.234,567,8", "divided"),
        ("19  000", "divided"),
        ("8'200", "divided"),
        ("007", "divided"),
        ("87,", "divided"),
        ("1\n2", "several lines"),
        ("-", "no figure"),
        ("...", "no figure"),
        ("n/a", "no figure"),
        ("chưa có số liệu", "no figure"),
        ("#DIV/0!", "error of the spreadsheet"),
        ("8200 hộ", "'hộ' behind the number"),
        ("9" * 31, "too long"),
        ("khoảng " * 20, "too long"),
    ],
)
def test_what_is_no_number_is_refused_with_advice_and_never_guessed(
    written: str, what: str
) -> None:
    read = read_number(cell(written), whole=False, symbols={"%"})
    assert (read.text, said(read)) == ("", ERROR)
    assert what in read.findings[0].what
    assert read.findings[0].mend


def test_a_sign_of_the_unit_is_refused_where_the_unit_is_another() -> None:
    assert said(read_number(cell("87,5 %"), whole=False)) == ERROR
    read = read_number(cell("15 giường"), whole=False, symbols={"%"})
    assert read.findings[0].mend == (
        "write the number alone, or with % behind it, in the unit of its row"
    )


def test_a_unit_is_known_by_its_symbols_and_by_how_it_is_written_in_rows() -> None:
    units, aliases = table("plan/units.csv"), table("reference/unit_aliases.csv")
    assert unit_symbols("percent", units, aliases) == {"%"}
    symbols = unit_symbols("persons-per-10000", units, aliases)
    assert {"người/10.000 dân", "per 10,000 people"} <= symbols
    assert read_number(cell("17,4 Người / 10.000 dân"), whole=False, symbols=symbols).text == "17.4"
    assert unit_symbols("none", units, aliases) == set()


# Cells that are no text


@pytest.mark.parametrize("written", ["87.5", "8200", "-3.2", "0.000001", "0"])
def test_a_number_cell_is_taken_as_it_is(written: str) -> None:
    read = read_number(number_cell(written), whole=False)
    assert (read.text, read.findings) == (written, ())


@pytest.mark.parametrize("written", ["8.2", "12.34", "999.125"])
def test_decimals_of_a_count_may_be_thousands_that_the_spreadsheet_took_for_decimals(
    written: str,
) -> None:
    read = read_number(number_cell(written), whole=True)
    assert (read.text, said(read)) == (written, [("decimals-of-a-count", "warning")])


@pytest.mark.parametrize("written", ["0.726", "9444.5", "8200", "8.2001"])
def test_decimals_that_were_no_thousands_give_no_warning(written: str) -> None:
    assert read_number(number_cell(written), whole=True).findings == ()


def test_three_decimals_of_an_undivided_count_are_doubtful_as_text_too() -> None:
    read = read_number(cell("1234.567"), whole=True)
    assert (read.text, said(read)) == ("1234.567", [("decimals-of-a-count", "warning")])


@pytest.mark.parametrize("written", [repr(0.1 + 0.2), repr(100.1 * 3), "0.333333333333"])
def test_the_dust_of_a_calculation_is_kept_and_told(written: str) -> None:
    read = read_number(number_cell(written), whole=False)
    assert (read.text, said(read)) == (written, [("float-dust", "warning")])
    typed = read_number(cell(written.replace(".", ",")), whole=False)
    assert (typed.text, said(typed)) == (written, [("float-dust", "warning")])


@pytest.mark.parametrize("written", ["0.3", "95.7600000000", "0.0000000000001"])
def test_few_digits_are_no_dust(written: str) -> None:
    assert read_number(number_cell(written), whole=False).findings == ()


def test_a_date_where_a_number_is_wanted_is_refused_with_how_it_came_about() -> None:
    read = read_number(date_cell(date(2025, 2, 8)), whole=False)
    assert (read.text, said(read)) == ("", [("became-a-date", "error")])
    assert "2025-02-08" in read.findings[0].what
    assert "8.2" in read.findings[0].mend


@pytest.mark.parametrize(
    "one",
    [
        cell("true", "boolean"),
        cell("1e5", "number"),
        cell("NaN", "number"),
        cell("9" * 31, "number"),
    ],
)
def test_other_cells_are_refused(one: Cell) -> None:
    assert said(read_number(one, whole=False)) == ERROR


@pytest.mark.parametrize("one", [cell("", "empty"), cell(""), cell("\u00a0")])
def test_an_empty_cell_is_no_number_and_no_fault(one: Cell) -> None:
    read = read_number(one, whole=True)
    assert (read.text, read.findings) == ("", ())


# What holds for all


@given(any_cells, st.booleans())
def test_whatever_stands_in_a_cell_the_answer_is_a_number_or_says_why_not(
    one: Cell, whole: bool
) -> None:
    read = read_number(one, whole=whole, symbols={"%"})
    assert is_whole(read)
    assert not read.text or is_number(read.text)


@given(st.integers(-(10**12), 10**12), st.sampled_from([".", " ", "\u00a0", ""]))
def test_a_count_is_read_back_however_its_thousands_are_divided(count: int, mark: str) -> None:
    written = format_number(Decimal(count), thousands=mark)
    read = read_number(cell(written), whole=True)
    assert (read.text, read.findings) == (str(count), ())


@given(
    st.decimals(-(10**9), 10**9, allow_nan=False, places=2),
    st.sampled_from([(".", ","), (" ", ","), ("", ","), (",", "."), ("", ".")]),
    st.sampled_from(["", "%", " %"]),
)
def test_a_number_with_two_decimals_is_read_back_in_every_habit(
    number: Decimal, marks: tuple[str, str], symbol: str
) -> None:
    written = format_number(number, *marks) + symbol
    read = read_number(cell(written), whole=False, symbols={"%"})
    assert read.findings == ()
    assert Decimal(read.text) == number
    assert read.text == f"{number:f}" or not number


@given(any_cells, st.booleans(), st.sampled_from([(".", ","), (" ", ","), (",", "."), ("", ".")]))
def test_what_was_read_and_written_again_in_another_habit_is_the_same_or_asked(
    one: Cell, whole: bool, marks: tuple[str, str]
) -> None:
    first = read_number(one, whole=whole, symbols={"%"})
    if first.refused or not first.text or (whole and _has_three_decimals(first.text)):
        return
    again = read_number(cell(format_number(Decimal(first.text), *marks)), whole=whole)
    assert again.text == first.text or again.findings
    assert again.text == first.text or first.text in (*again.either, again.text.replace(".", ""))


def _has_three_decimals(number: str) -> bool:
    """Whether it is written 8.200 with a decimal point, which means 8200 among counts."""
    return len(number.partition(".")[2]) == 3
