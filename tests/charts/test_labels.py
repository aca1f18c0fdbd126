"""Labels break into even lines, between words only."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.api import Plan
from analysis.charts.labels import gap_text, part_name, recorded, target_text, wrapped
from analysis.words import Words
from analysis.words.catalogue import catalogue
from tests.charts.frames import gap_row

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


def test_the_name_of_a_part_leaves_out_what_is_said_of_it_in_parentheses() -> None:
    assert part_name("Nông thôn (tối thiểu 60 lít/người/ngày)") == "Nông thôn"
    assert part_name("Thành thị") == "Thành thị"
    assert part_name(None) == ""


def test_a_rank_that_misses_its_target_is_too_low_though_its_number_is_too_high() -> None:
    row = gap_row(
        unit_id="rank", mode="down", kind="at_most", judged_value=6.0, high=5.0, gap=1.0, met=False
    )
    assert gap_text(row, Words("vi")).replace("\u00a0", " ") == "còn kém 1 bậc"
    assert gap_text(row, Words("en")).replace("\u00a0", " ") == "1 place too low"


@given(WORDS, st.integers(min_value=12, max_value=40))
def test_no_word_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert " ".join(lines) == text
    assert max(map(len, lines)) <= width


def test_a_recorded_name_is_shown_in_the_language_that_is_spoken() -> None:
    name = "General Statistics Office of Viet Nam"
    assert recorded(name, Words("vi")) == "Tổng cục Thống kê"
    assert recorded(name, Words("en")) == name


def test_a_recorded_name_without_wording_stays_as_it_is() -> None:
    assert recorded("Báo Quảng Ninh", Words("en")) == "Báo Quảng Ninh"
    assert recorded(None, Words("vi")) == recorded("", Words("vi")) == ""


def test_every_wording_of_a_recorded_name_belongs_to_a_name_in_the_data(plan: Plan) -> None:
    places = [("comparison_targets", "framework"), ("observations", "measure"),
              ("sources", "publisher"), ("targets", "text_source")]  # fmt: skip
    names = {name for table, column in places for name in plan[table][column].dropna()}
    start = "recorded."
    worded = {key.removeprefix(start) for key in catalogue("vi") if key.startswith(start)}
    assert worded
    assert worded <= names


def test_a_level_that_the_plan_abbreviates_is_written_out() -> None:
    row = gap_row(kind="level", text_source="THCS", text_en="Lower secondary school")
    assert target_text(row, Words("vi")) == "Trung học cơ sở"
    assert target_text(row, Words("en")) == "Lower secondary school"


def test_a_sign_stays_with_its_number() -> None:
    assert target_text(gap_row(), Words("vi")) == "≥\u00a095,75\u00a0%"
    for kind, sign in (("more_than", ">"), ("at_most", "≤"), ("less_than", "<")):
        row = gap_row(kind=kind, low=2.0, high=2.0, mode="down")
        assert target_text(row, Words("en")) == f"{sign}\u00a02\u00a0%"
