from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.cells.dates import read_date
from analysis.intake.model import Cell
from analysis.observe.checks import is_number
from tests.intake.cells.builders import (
    HERE,
    any_cells,
    cell,
    date_cell,
    is_whole,
    number_cell,
    said,
)

ERROR = [("not-a-date", "error")]

# Dates that are read


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/12/2025", "2025-12-31"),
        ("31-12-2025", "2025-12-31"),
        ("31.12.2025", "2025-12-31"),
        ("31 / 12 / 2025", "2025-12-31"),
        ("15/04/2025", "2025-04-15"),
        ("03/03/2025", "2025-03-03"),
        ("ngày 31 tháng 12 năm 2025", "2025-12-31"),
        ("Ngày 05 tháng 3 năm 2025", "2025-03-05"),
        ("5 tháng 3, năm 2025", "2025-03-05"),
        ("31 December 2025", "2025-12-31"),
        ("Dec. 31, 2025", "2025-12-31"),
        ("2025-12-31", "2025-12-31"),
        ("2025/12/31", "2025-12-31"),
        ("2025-12-31 00:00:00", "2025-12-31"),
        ("29/2/2024", "2024-02-29"),
    ],
)
def test_a_day_is_read_from_what_people_write(written: str, day: str) -> None:
    read = read_date(cell(written))
    assert (read.text, read.findings) == (day, ())


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("2025", "2025"),
        ("năm 2025", "2025"),
        ("12/2025", "2025-12"),
        ("tháng 12 năm 2025", "2025-12"),
        ("2025-12", "2025-12"),
        ("December 2025", "2025-12"),
        ("31/12/2025", "2025-12-31"),
    ],
)
def test_a_month_or_year_is_enough_where_parts_are_allowed(written: str, part: str) -> None:
    read = read_date(cell(written), partial=True)
    assert (read.text, read.findings) == (part, ())


@pytest.mark.parametrize("written", ["2025", "12/2025", "tháng 12 năm 2025"])
def test_a_month_or_year_is_refused_where_a_day_is_wanted(written: str) -> None:
    read = read_date(cell(written))
    assert (read.text, said(read)) == ("", ERROR)
    assert "names no day" in read.findings[0].what


@pytest.mark.parametrize("partial", [False, True])
def test_a_date_cell_is_taken_as_it_is(partial: bool) -> None:
    assert read_date(date_cell(date(2025, 4, 3)), partial=partial).text == "2025-04-03"
    assert read_date(cell("2025-04-03", "date"), partial=partial).text == "2025-04-03"


def test_a_year_in_a_number_cell_is_a_year_where_parts_are_allowed() -> None:
    assert read_date(number_cell("2025"), partial=True).text == "2025"
    assert said(read_date(number_cell("2025"))) == ERROR


# Dates that can be read in two ways


@pytest.mark.parametrize("written", ["03/04/2025", "3/4/2025", "03-04-2025"])
def test_a_day_that_americans_read_otherwise_is_a_question(written: str) -> None:
    read = read_date(cell(written))
    assert (read.text, said(read)) == ("", [("two-readings", "question")])
    assert read.either == ("2025-04-03", "2025-03-04")
    assert all(one in read.findings[0].mend for one in read.either)


@pytest.mark.parametrize("written", ["ngày 03/04/2025", "03.04.2025", "3 tháng 4 năm 2025"])
def test_a_day_that_is_written_as_no_american_does_is_read(written: str) -> None:
    assert read_date(cell(written)).text == "2025-04-03"


# What is no date


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("31/12/25", "two digits"),
        ("1-2-25", "two digits"),
        ("31/04/2025", "no day of the calendar"),
        ("29/02/2025", "no day of the calendar"),
        ("00/01/2025", "no day of the calendar"),
        ("2025-13-01", "no day of the calendar"),
        ("45000", "the number 45000"),
        ("20251231", "no date"),
        ("31/12/0025", "no date"),
        ("31/12-2025", "no date"),
        ("2025-12-31 08:15", "no date"),
        ("hôm qua", "no date"),
        ("Quý II/2025", "no date"),
        ("３１/12/2025", "no date"),
        ("3" * 200, "no date"),
    ],
)
def test_what_is_no_date_is_refused_with_advice(written: str, what: str) -> None:
    for partial in (False, True):
        read = read_date(cell(written), partial=partial)
        assert (read.text, said(read)) == ("", ERROR)
        assert what in read.findings[0].what


def test_a_day_that_only_americans_write_so_is_refused_with_the_day_that_it_may_mean() -> None:
    read = read_date(cell("12/31/2025"))
    assert said(read) == ERROR
    assert "2025-12-31" in read.findings[0].mend


def test_the_number_of_a_day_is_refused_with_the_day_that_it_may_be() -> None:
    read = read_date(number_cell("45000"))
    assert said(read) == ERROR
    assert "2023-03-15" in read.findings[0].mend


@pytest.mark.parametrize("written", ["0", "12.5", "60", "73051", "99999999"])
def test_a_number_that_counts_no_days_is_refused_without_a_day(written: str) -> None:
    assert read_date(number_cell(written)).findings[0].mend == "write the day as 31/12/2025"


@pytest.mark.parametrize(
    "one",
    [
        cell("true", "boolean"),
        date_cell(date(25, 12, 31)),
        cell("2025-02-30", "date"),
        cell("soon", "date"),
    ],
)
def test_cells_that_hold_something_else_are_refused(one: Cell) -> None:
    assert said(read_date(one)) == ERROR


@pytest.mark.parametrize("one", [cell("", "empty"), cell("  ")])
def test_an_empty_cell_is_no_date_and_no_fault(one: Cell) -> None:
    assert read_date(one).findings == ()


# What holds for all


@given(any_cells, st.booleans())
def test_whatever_stands_in_a_cell_the_answer_is_a_date_or_says_why_not(
    one: Cell, partial: bool
) -> None:
    read = read_date(one, partial=partial)
    assert is_whole(read)
    if read.text and not partial:
        assert date.fromisoformat(read.text).isoformat() == read.text
    assert not read.text or is_number(read.text.replace("-", ""))


HABITS = (
    "{0:%Y-%m-%d}",
    "{0:%d.%m.%Y}",
    "{0.day}.{0.month}.{0.year}",
    "ngày {0:%d/%m/%Y}",
    "ngày {0.day} tháng {0.month} năm {0.year}",
    "{0:%d} tháng {0:%m} năm {0:%Y}",
)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(DAYS, st.sampled_from(HABITS))
def test_every_day_is_read_back_from_every_vietnamese_habit(day: date, habit: str) -> None:
    read = read_date(cell(habit.format(day)))
    assert (read.text, read.findings) == (day.isoformat(), ())


@given(DAYS, st.sampled_from(["{0:%d/%m/%Y}", "{0:%d-%m-%Y}", "{0.day}/{0.month}/{0.year}"]))
def test_every_day_with_strokes_is_read_back_or_asked(day: date, habit: str) -> None:
    read = read_date(cell(habit.format(day)))
    if day.day > 12 or day.day == day.month:
        assert (read.text, read.findings) == (day.isoformat(), ())
    else:
        assert read.either[0] == day.isoformat()


@given(any_cells, st.sampled_from(HABITS))
def test_what_was_read_and_written_again_in_another_habit_is_the_same(
    one: Cell, habit: str
) -> None:
    first = read_date(one)
    if first.text:
        again = read_date(cell(habit.format(date.fromisoformat(first.text))))
        assert again.text == first.text


def test_a_date_stands_where_its_cell_does() -> None:
    assert read_date(cell("soon")).findings[0].place == HERE
