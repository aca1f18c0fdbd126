from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.model import Place
from analysis.intake.reading.values import (
    EMPTY,
    Value,
    day_value,
    error_cell,
    formula_value,
    number_value,
    other_text_value,
    percent_value,
    serial_value,
    text_value,
    time_value,
    truth_value,
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("87.5", "87.5"),
        ("8200", "8200"),
        ("8200.0", "8200"),
        ("8.2E3", "8200"),
        ("8.1999999999999993", "8.2"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("1e-7", "0.0000001"),
        ("1E+21", "1" + "0" * 21),
        ("-0", "0"),
        ("-3.250", "-3.25"),
        (" 5 ", "5"),
        (".5", "0.5"),
        ("5.", "5"),
    ],
)
def test_a_number_is_written_as_the_shortest_decimal(raw: str, text: str) -> None:
    assert number_value(raw) == Value("number", text, Decimal(text))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_back_the_same_and_plain(number: float) -> None:
    value = number_value(repr(number))
    assert value.number is not None
    assert float(value.text) == float(value.number) == number
    assert not set(value.text) - set("-.0123456789")


@pytest.mark.parametrize("raw", ["", " "])
def test_a_number_cell_without_number_is_empty(raw: str) -> None:
    assert number_value(raw) == EMPTY


@pytest.mark.parametrize(
    "raw", ["nan", "inf", "1e999", "1_000", "1,5", "0x10", "１２", "1e99999", "abc", "--1", "."]
)
def test_what_is_no_number_is_refused(raw: str) -> None:
    (fault,) = number_value(raw).faults
    assert fault.what == f"the file says that {raw!r} is a number, which it cannot be"


@given(st.text())
def test_any_text_is_read_as_a_number_or_refused(raw: str) -> None:
    value = number_value(raw)
    assert value.kind == "number" or value.faults or not raw.strip()


@pytest.mark.parametrize(
    ("raw", "text"), [("0.875", "87,5%"), ("0.87", "87%"), ("1", "100%"), ("0.001", "0,1%")]
)
def test_a_percentage_is_the_text_that_is_seen(raw: str, text: str) -> None:
    assert percent_value(raw) == Value("text", text)


@pytest.mark.parametrize("read", [percent_value, lambda raw: serial_value(raw, from_1904=False)])
def test_a_percentage_or_date_without_number_is_empty_or_refused(read: object) -> None:
    assert callable(read)
    assert read("") == EMPTY
    assert read("abc").faults


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("1", date(1900, 1, 1)),
        ("59", date(1900, 2, 28)),
        ("61", date(1900, 3, 1)),
        ("46022", date(2025, 12, 31)),
        ("46022.99999999", date(2025, 12, 31)),
        ("2958465", date(9999, 12, 31)),
    ],
)
def test_a_serial_number_is_a_day(raw: str, day: date) -> None:
    assert serial_value(raw, from_1904=False) == Value("date", day.isoformat(), day=day)


def test_days_may_be_counted_from_1904() -> None:
    assert serial_value("44560", from_1904=True).day == date(2025, 12, 31)


@pytest.mark.parametrize("raw", ["0", "0.5", "60", "-1", "2958466", "1e300"])
def test_a_number_that_is_no_day_is_refused(raw: str) -> None:
    (fault,) = serial_value(raw, from_1904=False).faults
    assert "is a date, which it cannot be" in fault.what


@given(st.dates(min_value=date(1900, 3, 1)))
def test_every_day_comes_back_from_its_serial_number(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    assert serial_value(str(serial), from_1904=False).day == day


@pytest.mark.parametrize(
    "raw", ["2025-12-31", "2025-12-31T00:00:00", "2025-12-31T13:30:00.000", " 2025-12-31T00:00Z "]
)
def test_a_written_day_is_read(raw: str) -> None:
    assert day_value(raw) == Value("date", "2025-12-31", day=date(2025, 12, 31))


@pytest.mark.parametrize(
    "raw", ["", "2025-02-30", "31/12/2025", "20251231", "2025-12-31x", "0000-01-01"]
)
def test_a_day_that_there_is_not_is_refused(raw: str) -> None:
    assert day_value(raw).faults


@pytest.mark.parametrize(
    ("raw", "text"), [("1", "true"), ("0", "false"), ("true", "true"), ("FALSE", "false")]
)
def test_a_boolean_is_read(raw: str, text: str) -> None:
    assert truth_value(raw) == Value("boolean", text)


@pytest.mark.parametrize("raw", ["", "2", "yes"])
def test_what_is_no_boolean_is_refused(raw: str) -> None:
    assert truth_value(raw).faults


def test_text_is_plain_and_blank_text_empty() -> None:
    assert text_value(" a ") == Value("text", "a")
    assert text_value(" \u00a0") == EMPTY


@pytest.mark.parametrize(
    "value", [time_value(), error_cell("#N/A"), formula_value(), other_text_value("a", "b")]
)
def test_what_cannot_be_taken_holds_a_fault_and_is_not_empty(value: Value) -> None:
    assert value.faults
    assert not value.is_empty
    assert value.at(Place("a")).text == ""
