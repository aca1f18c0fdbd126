"""Numbers, targets and times as printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.plan.expressions import (
    ExpressionError,
    Schedule,
    Target,
    format_number,
    format_target,
    is_target,
    is_time,
    parse_number,
    parse_target,
    parse_time,
)

NUMBERS = st.decimals(min_value=0, max_value=10**12, places=2) | st.integers(0, 10**12).map(Decimal)
YEARS = st.integers(1000, 2999)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("2", "2"),
        ("87,5", "87.5"),
        ("95,75", "95.75"),
        ("8.200", "8200"),
        ("25.000", "25000"),
        ("1.234.567,8", "1234567.8"),
        ("1000", "1000"),
    ],
)
def test_a_number_has_decimal_comma_and_thousands_dots(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1 ", "-1", "87.5", "5.10", "1.2345", "01", "1,", ",5", "1.000.00", "một", "1,2,3"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="no number"):
        parse_number(text)


@given(NUMBERS)
def test_a_number_written_as_the_plan_does_is_read_back(number: Decimal) -> None:
    assert parse_number(format_number(number)) == number


def test_a_number_can_be_written_with_the_marks_of_english() -> None:
    assert format_number(Decimal("19000.5"), ",", ".") == "19,000.5"


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("2", "exact", "2", "2"),
        ("<2,5", "less_than", None, "2.5"),
        ("<=2", "at_most", None, "2"),
        (">87", "more_than", "87", None),
        ("> 80", "more_than", "80", None),
        (">=2", "at_least", "2", None),
        ("> =95,75", "at_least", "95.75", None),
        ("19.000-20.000", "between", "19000", "20000"),
        ("85 - 90", "between", "85", "90"),
    ],
)
def test_a_target_in_figures_is_read(text: str, kind: str, low: str, high: str) -> None:
    bounds = (Decimal(value) if value else None for value in (low, high))
    assert parse_target(text) == Target(kind, *bounds)


def test_a_level_is_read_as_its_number() -> None:
    assert parse_target("Mức độ 3") == Target("level", level="3")


@pytest.mark.parametrize(
    "text",
    ["", "-", "TH", "=2", "><2", "> ", "2>", "20-10", "5-5", "Mức độ", "Mức độ 0", "100%", "11.11"],
)
def test_what_is_no_target_is_refused(text: str) -> None:
    assert not is_target(text)
    with pytest.raises(ExpressionError):
        parse_target(text)


def _target(kind: str, first: Decimal, second: Decimal) -> Target:
    low, high = sorted((first, second))
    if kind == "exact":
        return Target(kind, low, low)
    if kind == "between":
        return Target(kind, low, high + 1)
    if kind in {"more_than", "at_least"}:
        return Target(kind, low=low)
    return Target(kind, high=high)


@given(
    st.builds(
        _target,
        st.sampled_from(["exact", "between", "more_than", "at_least", "less_than", "at_most"]),
        NUMBERS,
        NUMBERS,
    )
    | st.integers(1, 9).map(lambda level: Target("level", level=str(level)))
)
def test_a_target_written_as_the_plan_does_is_read_back(target: Target) -> None:
    assert parse_target(format_target(target)) == target


@given(st.text(alphabet="0123456789.,<>=- %ab", max_size=8))
def test_a_text_is_read_as_a_target_only_if_it_says_the_same_when_written(text: str) -> None:
    if is_target(text):
        target = parse_target(text)
        assert parse_target(format_target(target)) == target


def test_a_target_in_words_cannot_be_written_in_figures() -> None:
    with pytest.raises(ExpressionError, match="cannot be written"):
        format_target(Target("text"))


@pytest.mark.parametrize(
    ("text", "decimals"), [("100", 0), ("<2,5", 1), ("> =95,75", 2), ("1-2,5", 1)]
)
def test_the_decimals_of_a_target_are_those_printed(text: str, decimals: int) -> None:
    assert parse_target(text).decimals == decimals


@pytest.mark.parametrize(
    ("text", "recurrence", "start", "end"),
    [
        ("Hằng năm", "yearly", None, None),
        ("Năm 2024", "once", date(2024, 1, 1), date(2024, 12, 31)),
        ("Năm 2024 - 2025", "continuous", date(2024, 1, 1), date(2025, 12, 31)),
        ("Giai đoạn 2024-2030", "continuous", date(2024, 1, 1), date(2030, 12, 31)),
        ("Quý II/2024", "once", date(2024, 4, 1), date(2024, 6, 30)),
        ("Quý III/2024", "once", date(2024, 7, 1), date(2024, 9, 30)),
        ("Tháng 6/2024", "once", date(2024, 6, 1), date(2024, 6, 30)),
        ("Tháng 2/2024", "once", date(2024, 2, 1), date(2024, 2, 29)),
        ("Đến năm 2030", "continuous", None, date(2030, 12, 31)),
        ("Năm 2025 và thường xuyên", "continuous", date(2025, 1, 1), None),
        ("Sơ kết, tổng kết Chương trình", "milestone", None, None),
    ],
)
def test_a_time_is_read_as_dates_and_recurrence(
    text: str, recurrence: str, start: date | None, end: date | None
) -> None:
    assert parse_time(text) == Schedule(recurrence, start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "Năm 24",
        "Quý V/2024",
        "Quý IIII/2024",
        "Tháng 13/2024",
        "Tháng 0/2024",
        "Giai đoạn 2030-2024",
        "Năm sau",
        "Hằng năm.",
        "Đến 2030",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    assert not is_time(text)
    with pytest.raises(ExpressionError):
        parse_time(text)


@given(YEARS, st.integers(1, 12))
def test_a_month_is_read_back_from_its_dates(year: int, month: int) -> None:
    schedule = parse_time(f"Tháng {month}/{year}")
    assert schedule.start is not None
    assert schedule.end is not None
    assert f"Tháng {schedule.start.month}/{schedule.end.year}" == f"Tháng {month}/{year}"
    assert (schedule.end.month, (schedule.end - schedule.start).days >= 27) == (month, True)


@given(YEARS, st.sampled_from(["I", "II", "III", "IV"]))
def test_a_quarter_has_three_months_of_one_year(year: int, quarter: str) -> None:
    schedule = parse_time(f"Quý {quarter}/{year}")
    assert schedule.start is not None
    assert schedule.end is not None
    assert schedule.start.year == schedule.end.year == year
    assert schedule.end.month - schedule.start.month == 2
    assert ["I", "II", "III", "IV"][(schedule.start.month - 1) // 3] == quarter


@given(YEARS, YEARS)
def test_a_span_is_read_back_from_its_dates_or_refused(first: int, last: int) -> None:
    text = f"Giai đoạn {first}-{last}"
    if first > last:
        with pytest.raises(ExpressionError, match="ends before it starts"):
            parse_time(text)
    else:
        assert parse_time(text) == Schedule("continuous", date(first, 1, 1), date(last, 12, 31))
