"""Opening sentences of a trend report on fixed rows, in both languages."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.reports import TrendReport
from analysis.reports.trend_opening import trend_sentences
from analysis.words import Words
from tests.charts.frames import NAN, gap_row


def plain(sentences: list[str]) -> list[str]:
    return [sentence.replace("\u00a0", " ") for sentence in sentences]


def trend_row(**changes: object) -> dict[str, object]:
    row = {**gap_row(), "n": 5, "first_value": 82.4, "first_year": 2015, "last_value": 95.76,
           "last_year": 2025, "change": 13.36, "slope": 0.9, "direction": "increase",
           "clear": True}  # fmt: skip
    return {**row, **changes}


@pytest.mark.parametrize(
    ("changes", "vietnamese", "english"),
    [
        ({},
         "“5.7 Dân số tham gia BHYT” tăng từ 82,4 % (năm 2015) lên 95,76 % (năm 2025), trung vị "
         "mỗi năm +0,90 điểm %, rõ rệt về thống kê.",
         "“5.7 Population with health insurance” rose from 82.4 % (2015) to 95.76 % (2025), a "
         "median of +0.90 percentage points a year; this is statistically clear."),
        ({"clear": False},
         "trung vị mỗi năm +0,90 điểm %, chưa rõ về thống kê.",
         "a median of +0.90 percentage points a year; this is not statistically clear."),
        ({"n": 3},
         "trung vị mỗi năm +0,90 điểm %, mới có 3 năm số liệu nên chưa kiểm định được.",
         "a median of +0.90 percentage points a year; with 3 years of data it cannot be tested."),
        ({"n": 2},
         "lên 95,76 % (năm 2025), mới có hai năm số liệu nên chỉ là thay đổi, chưa phải xu hướng.",
         "to 95.76 % (2025); with two years of data this is a change, not yet a trend."),
        ({"direction": "stable", "slope": 0.0},
         "trung vị mỗi năm 0,00 điểm %, theo trung vị thì coi là ổn định.",
         "a median of 0.00 percentage points a year; by that median it counts as stable."),
        ({"change": 0.0, "last_value": 82.4, "direction": "stable"},
         "“5.7 Dân số tham gia BHYT” không đổi: 82,4 % ở cả hai năm 2015 và 2025.",
         "“5.7 Population with health insurance” was 82.4 % both in 2015 and in 2025."),
        ({"change": 0.0, "last_value": 82.4, "n": 2},
         "không đổi: 82,4 % ở cả hai năm 2015 và 2025, mới có hai năm số liệu.",
         "was 82.4 % both in 2015 and in 2025, with only two years of data."),
        ({"change": -1.0, "n": 2},
         "giảm từ 82,4 % (năm 2015) xuống 95,76 % (năm 2025)",
         "fell from 82.4 % (2015) to 95.76 % (2025)"),
    ],
)  # fmt: skip
def test_a_movement_is_said_with_its_uncertainty(
    changes: dict[str, object], vietnamese: str, english: str
) -> None:
    rows = pd.DataFrame([trend_row(**changes)])
    assert vietnamese in plain(trend_sentences(rows, Words("vi")))[1]
    assert english in plain(trend_sentences(rows, Words("en")))[1]


def test_series_are_counted_by_how_many_years_they_have() -> None:
    rows = pd.DataFrame([
        trend_row(), trend_row(series_id="5.8", indicator_id="5.8", n=1),
        trend_row(series_id="5.9", indicator_id="5.9", n=0),
    ])  # fmt: skip
    english = plain(trend_sentences(rows, Words("en")))
    assert (english[0], english[-1]) == (
        "Of the group's 3 series, those with two or more comparable years: 1; with only one: 1; "
        "with none: 1.",
        "No direction can be told where there is only one comparable year (5.8) or none (5.9).",
    )
    vietnamese = plain(trend_sentences(rows, Words("vi")))
    assert (vietnamese[0], vietnamese[-1]) == (
        "Trong 3 dòng số liệu, 1 dòng có từ hai năm so sánh được trở lên, 1 dòng mới có một năm, "
        "1 dòng chưa có năm nào.",
        "Chưa nói được hướng đi của dòng mới có một năm so sánh được (5.8) hoặc chưa có năm nào "
        "(5.9).",
    )


def test_a_level_is_said_as_a_level_and_has_no_pace() -> None:
    row = trend_row(mode="level", unit_id="education-level", first_value=2.0, last_value=3.0,
                    change=1.0, slope=NAN, direction="changed")  # fmt: skip
    text = plain(trend_sentences(pd.DataFrame([row]), Words("vi")))[1]
    assert text.endswith("tăng từ mức 2 (năm 2015) lên mức 3 (năm 2025).")


def test_the_series_with_most_years_are_told_and_the_rest_is_named() -> None:
    rows = pd.DataFrame([
        trend_row(series_id=f"5.{n}", indicator_id=f"5.{n}", label_en=f"L{n}", n=years)
        for n, years in ((1, 2), (2, 5), (3, 2), (4, 4), (5, 6))
    ])  # fmt: skip
    sentences = plain(trend_sentences(rows, Words("en")))
    assert [text.split("”")[0] for text in sentences[1:4]] == ["“5.2 L2", "“5.4 L4", "“5.5 L5"]
    assert sentences[4] == (
        "Other series with two or more comparable years: 5.1 and 5.3 (see Speed and direction)."
    )


def test_where_nothing_is_comparable_the_report_says_what_it_holds() -> None:
    rows = pd.DataFrame([trend_row(n=0)])
    assert trend_sentences(rows, Words("vi")) == [
        "Dòng số liệu duy nhất của nhóm chưa có năm nào so sánh được.",
        "Vì vậy chưa nói được hướng đi hay tốc độ.",
        "Báo cáo này nêu cơ quan chịu trách nhiệm, những gì còn thiếu và, nếu có, các đại lượng "
        "liên quan.",
    ]
    assert trend_sentences(rows, Words("en"))[1:] == [
        "No direction or speed can therefore be told.",
        "This report states who answers, what is missing and, if there are any, related measures.",
    ]


def test_the_last_change_is_told_where_there_is_little_else() -> None:
    rows = pd.DataFrame([trend_row()])
    steps = rows.assign(from_value=95.3, from_year=2024, to_value=95.76, to_year=2025, step=0.46,
                        step_per_year=0.46)  # fmt: skip
    assert plain(trend_sentences(rows, Words("vi"), steps))[-1] == (
        "Lần gần nhất, từ 95,3 % (năm 2024) đến 95,76 % (năm 2025): +0,46 điểm %, chậm hơn trung "
        "vị cả giai đoạn."
    )
    assert plain(trend_sentences(rows, Words("en"), steps))[-1] == (
        "Most recently, from 95.3 % (2024) to 95.76 % (2025): +0.46 percentage points, slower "
        "than the median of the whole period."
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("group_id", range(1, 12))
def test_every_trend_report_opens_with_three_to_six_sentences(
    plan: Plan, as_of: date, group_id: int, language: str
) -> None:
    sentences = TrendReport(plan, group_id, language, as_of=as_of).opening().paragraphs
    assert 3 <= len(sentences) <= 6
    assert all(sentence.endswith(".") and "  " not in sentence for sentence in sentences)
