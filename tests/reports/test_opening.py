"""Opening sentences of a gap report on fixed rows, in both languages."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.reports import GapReport
from analysis.reports.opening import gap_sentences, series_list, series_names, verdict_counts
from analysis.words import Words
from tests.charts.frames import NAN, gap_frame, gap_row


def plain(sentences: list[str]) -> list[str]:
    return [sentence.replace("\u00a0", " ") for sentence in sentences]


def said(sentences: list[str]) -> str:
    return " ".join(plain(sentences))


def frame() -> pd.DataFrame:
    return gap_frame().assign(grade="", group_id=5)


def test_verdicts_are_counted_with_the_unassessed_last() -> None:
    assert verdict_counts(frame(), 2025) == {"MET": 2, "NO_DATA": 1}
    assert list(verdict_counts(frame(), 2030)) == ["ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK"]


def test_the_vietnamese_opening_word_by_word() -> None:
    assert plain(gap_sentences(frame(), 5, Words("vi"))) == [
        "Nhóm 5 có 5 chỉ tiêu.",
        "Mục tiêu năm 2025 (đã đến hạn): đánh giá được 2 trong 3 mục tiêu đã nêu: 2 đã đạt.",
        "Mục tiêu năm 2030: đánh giá được 4 trong 4 mục tiêu đã nêu: 2 đúng tiến độ, "
        "1 cần đẩy nhanh, 1 tiến bộ chậm, khó đạt.",
        "Trong các mục tiêu 2030 đánh giá được, còn xa nhất (tính theo % của mục tiêu) là "
        "“1 GRDP bình quân đầu người”: 10.402 USD/người (2025), mục tiêu 19.000–20.000 USD/người, "
        "còn thiếu 8.598 USD/người.",
        "Chưa đánh giá được 1 trong 7 mục tiêu đã nêu, do chưa có số liệu (5.3).",
    ]


def test_the_english_opening_word_by_word() -> None:
    assert plain(gap_sentences(frame(), 5, Words("en"))) == [
        "Group 5 has 5 indicators.",
        "Targets for 2025 (due): 2 of the 3 stated targets can be assessed: 2 met.",
        "Targets for 2030: 4 of the 4 stated targets can be assessed: 2 on track, "
        "1 progressing but must accelerate, 1 off track.",
        "Of the 2030 targets that can be assessed, the furthest away (in % of the target) is "
        "“1 GRDP per person”: 10,402 USD/person (2025), target 19,000–20,000 USD/person, "
        "8,598 USD/person short.",
        "1 of the 7 stated targets cannot be assessed, as it has no data (5.3).",
    ]


def test_a_group_without_values_says_what_waits_for_them() -> None:
    empty = {"judged_value": NAN, "latest_value": NAN, "gap": NAN, "verdict": "NO_DATA"}
    rows = pd.DataFrame([gap_row(target_year=year, **empty) for year in (2025, 2030)])
    assert plain(gap_sentences(rows, 2, Words("en"))) == [
        "Group 2 has one indicator.",
        "The plan states one target for 2025 and one target for 2030, but there are no data to "
        "assess them.",
        "This report states the targets, who answers for them and what is missing.",
    ]
    assert plain(gap_sentences(rows, 2, Words("vi"))) == [
        "Nhóm 2 có một chỉ tiêu.",
        "Kế hoạch nêu một mục tiêu cho năm 2025 và một mục tiêu cho năm 2030, nhưng chưa có số "
        "liệu nào để đánh giá.",
        "Báo cáo này nêu mục tiêu, cơ quan chịu trách nhiệm và những gì còn thiếu.",
    ]


def test_a_year_without_stated_targets_is_said() -> None:
    rows = [gap_row(target_status="not_stated", kind="none", verdict="NO_TARGET", met=pd.NA),
            gap_row(target_year=2030, due=False, verdict="MET", grade="C")]  # fmt: skip
    assert plain(gap_sentences(pd.DataFrame(rows), 1, Words("vi"))) == [
        "Nhóm 1 có một chỉ tiêu.",
        "Kế hoạch không nêu mục tiêu năm 2025 cho nhóm này.",
        "Mục tiêu năm 2030: Kế hoạch nêu một mục tiêu. Đánh giá: Đã đạt mục tiêu; đánh giá này "
        "là sơ bộ (mới có hai năm số liệu).",
    ]


@pytest.mark.parametrize(
    ("grades", "flags", "vietnamese", "english"),
    [
        (["C", "C", "D", "A"], "",
         "; trong đó 2 đánh giá sơ bộ (mới có hai năm số liệu) và 1 chỉ xét được mức hiện tại "
         "(mới có một năm số liệu).",
         "; of these, 2 are preliminary (two years of data) and 1 rests on the level only (one "
         "year of data)."),
        (["A", "B", "D", "A"], "",
         "; trong đó 1 chỉ xét được mức hiện tại (mới có một năm số liệu).",
         "; of these, 1 rests on the level only (one year of data)."),
        (["", "", "", ""], "PROVISIONAL_YEAR",
         "; trong đó 4 theo số liệu của năm liền kề.",
         "; of these, 4 use the value of an adjacent year."),
    ],
)  # fmt: skip
def test_verdicts_that_rest_on_little_are_counted(
    grades: list[str], flags: str, vietnamese: str, english: str
) -> None:
    rows = frame().query("target_year == 2030").reset_index(drop=True)
    rows = rows.assign(grade=grades, flags=flags)
    assert vietnamese in said(gap_sentences(rows, 5, Words("vi")))
    assert english in said(gap_sentences(rows, 5, Words("en")))


def test_reasons_are_counted_with_their_indicators() -> None:
    unassessed = {"verdict": "NOT_ASSESSABLE", "judged_value": 1.0, "target_year": 2030,
                  "due": False}  # fmt: skip
    rows = [
        gap_row(),
        *(gap_row(series_id=name, indicator_id=name, reason="STALE", **unassessed)
          for name in ("5.1", "5.2", "5.3", "5.5")),
        gap_row(series_id="5.8", indicator_id="5.8", reason="TARGET_UNCLEAR", **unassessed),
    ]  # fmt: skip
    assert plain(gap_sentences(pd.DataFrame(rows), 5, Words("en")))[-1] == (
        "5 of the 6 stated targets cannot be assessed: 4 have a latest value that is too old "
        "(5.1–5.3 and 5.5); 1 is not quantified or unclear (5.8)."
    )
    assert plain(gap_sentences(pd.DataFrame(rows), 5, Words("vi")))[-1] == (
        "Chưa đánh giá được 5 trong 6 mục tiêu đã nêu: 4 do số liệu mới nhất đã quá cũ (5.1–5.3 "
        "và 5.5); 1 do mục tiêu chưa được lượng hóa hoặc chưa rõ (5.8)."
    )


def test_where_all_can_be_assessed_it_is_said() -> None:
    rows = frame().query("verdict != 'NO_DATA'")
    assert gap_sentences(rows, 5, Words("en"))[-1] == "All 6 stated targets can be assessed."
    assert gap_sentences(rows, 5, Words("vi"))[-1] == "Cả 6 mục tiêu đã nêu đều đánh giá được."


def test_what_makes_a_value_less_sure_stands_in_the_sentence() -> None:
    rows = frame().assign(
        others_shown="92.5", grade="C", value_status="preliminary", broken_from="2025"
    )
    assert (
        "8,598 USD/person short (a preliminary figure; evidence: preliminary; other sources, "
        "same period: 92.5; the measure changed from 2025, see Changes of measure)."
    ) in said(gap_sentences(rows, 5, Words("en")))
    assert (
        "còn thiếu 8.598 USD/người (số sơ bộ; mức tin cậy: sơ bộ; nguồn khác cùng kỳ: 92.5; "
        "cách đo đổi từ 2025, xem phần Thay đổi cách đo)."
    ) in said(gap_sentences(rows, 5, Words("vi")))


def test_one_target_alone_is_not_called_the_furthest() -> None:
    grdp = frame().query("series_id == '1'")
    text = said(gap_sentences(grdp, 1, Words("en")))
    assert "the plan states one target. Verdict: Progress, but must accelerate." in text
    assert "The only 2030 target that can be assessed, not yet met, is “1 GRDP per person”" in text
    assert "furthest" not in text


def test_only_the_parts_that_are_meant_are_named() -> None:
    rows = [gap_row(series_id="10.3", indicator_id="10.3"),
            gap_row(series_id="10.3-urban", indicator_id="10.3", part_vi="Thành thị"),
            gap_row(series_id="10.3-rural", indicator_id="10.3", part_vi="Nông thôn"),
            gap_row()]  # fmt: skip
    every = pd.DataFrame(rows)
    assert series_names(every, every, Words("vi")) == ["10.3", "5.7"]
    assert series_names(every[1:3], every, Words("vi")) == ["10.3 (Thành thị; Nông thôn)"]
    assert series_list(every[1:], every, Words("vi")) == "10.3 [Thành thị; Nông thôn] và 5.7"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("group_id", range(1, 12))
def test_every_gap_report_opens_with_three_to_six_sentences(
    plan: Plan, as_of: date, group_id: int, language: str
) -> None:
    sentences = GapReport(plan, group_id, language, as_of=as_of).opening().paragraphs
    assert 3 <= len(sentences) <= 6
    assert all(sentence.endswith(".") and "  " not in sentence for sentence in sentences)
