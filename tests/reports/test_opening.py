"""Opening sentences on fixed rows, in both languages."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.reports.opening import gap_sentences, series_names, trend_sentences, verdict_counts
from analysis.words import Words
from tests.charts.frames import NAN, gap_frame, gap_row


def said(sentences: list[str]) -> str:
    return " ".join(sentences).replace("\u00a0", " ")


def frame() -> pd.DataFrame:
    return gap_frame().assign(grade="", group_id=5)


def test_verdicts_are_counted_with_the_unassessed_last() -> None:
    assert verdict_counts(frame(), 2025) == {"MET": 2, "NO_DATA": 1}
    assert list(verdict_counts(frame(), 2030)) == ["ON_TRACK", "NEEDS_ACCELERATION", "OFF_TRACK"]


def test_the_opening_says_size_both_years_the_furthest_and_the_missing() -> None:
    text = said(gap_sentences(frame(), 5, Words("vi")))
    assert text.startswith("Nhóm 5 có 5 chỉ tiêu.")
    assert (
        "Mục tiêu năm 2025 (đã đến hạn): đánh giá được 2 trong 3 mục tiêu đã nêu: 2 đã đạt." in text
    )
    assert "2 đúng tiến độ, 1 cần đẩy nhanh và 1 tiến bộ chậm, khó đạt" in text
    assert "còn xa nhất (tính theo % của mục tiêu) là 1 GRDP bình quân đầu người: 10.402" in text


def test_the_english_opening_says_the_same() -> None:
    text = said(gap_sentences(frame(), 5, Words("en")))
    assert "Targets for 2025 (due): 2 of the 3 stated targets can be assessed: 2 met." in text
    assert (
        "the furthest away (in % of the target) is “1 GRDP per person”: 10,402 USD/person" in text
    )


def test_a_group_without_values_says_so_and_nothing_else() -> None:
    empty = {"judged_value": NAN, "latest_value": NAN, "gap": NAN, "verdict": "NO_DATA"}
    rows = [gap_row(target_year=year, **empty) for year in (2025, 2030)]
    text = said(gap_sentences(pd.DataFrame(rows), 2, Words("en")))
    assert text == (
        "Group 2 has one indicator. There is no usable value for the group's indicator; this "
        "report states the target, who answers for it and what is missing."
    )


def test_a_year_without_stated_targets_is_said() -> None:
    rows = [gap_row(target_status="not_stated", kind="none", verdict="NO_TARGET", met=pd.NA),
            gap_row(target_year=2030, due=False, verdict="MET", grade="C")]  # fmt: skip
    text = said(gap_sentences(pd.DataFrame(rows), 1, Words("vi")))
    assert "Kế hoạch không nêu mục tiêu năm 2025 cho nhóm này." in text


def trend_row(**changes: object) -> dict[str, object]:
    row = {**gap_row(), "n": 3, "first_value": 82.4, "first_year": 2015, "last_value": 95.76,
           "last_year": 2025, "change": 13.36, "slope": 0.9}  # fmt: skip
    return {**row, **changes}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "5.7 Dân số tham gia BHYT tăng từ 82,4 % (năm 2015) lên 95,76 % (năm 2025), trung vị "
             "mỗi năm +0,90 điểm %."),
        ({"n": 2}, "mới có hai năm số liệu nên chỉ là thay đổi, chưa phải xu hướng."),
        ({"change": 0.0, "last_value": 82.4}, "không đổi: 82,4 % cả năm 2015 và năm 2025."),
        ({"change": -1.0, "n": 2}, "giảm từ 82,4 % (năm 2015) xuống"),
    ],
)  # fmt: skip
def test_a_movement_is_said_with_its_uncertainty(changes: dict[str, object], sentence: str) -> None:
    assert sentence in said(trend_sentences(pd.DataFrame([trend_row(**changes)]), Words("vi")))


def test_series_are_counted_by_how_many_years_they_have() -> None:
    rows = pd.DataFrame([trend_row(), trend_row(n=1), trend_row(n=0)])
    text = said(trend_sentences(rows, Words("en")))
    assert text.startswith(
        "Comparable years in the group's 3 series: two or more for 1, only one for 1, none for 1."
    )


def test_a_level_is_said_as_a_level_and_has_no_pace() -> None:
    row = trend_row(mode="level", unit_id="education-level", first_value=2.0, last_value=3.0,
                    change=1.0, slope=NAN)  # fmt: skip
    text = said(trend_sentences(pd.DataFrame([row]), Words("vi")))
    assert text.endswith("tăng từ mức 2 (năm 2015) lên mức 3 (năm 2025).")


def test_only_the_parts_that_are_meant_are_named() -> None:
    rows = [gap_row(series_id="10.3", indicator_id="10.3"),
            gap_row(series_id="10.3-urban", indicator_id="10.3", part_vi="Thành thị"),
            gap_row(series_id="10.3-rural", indicator_id="10.3", part_vi="Nông thôn"),
            gap_row()]  # fmt: skip
    every = pd.DataFrame(rows)
    assert series_names(every, every, Words("vi")) == ["10.3", "5.7"]
    assert series_names(every[1:3], every, Words("vi")) == ["10.3 (Thành thị; Nông thôn)"]


def test_what_other_sources_say_stands_in_the_sentence() -> None:
    rows = frame().assign(others_shown="92.5")
    text = said(gap_sentences(rows, 5, Words("en")))
    assert "8,598 USD/person short (other sources, same period: 92.5)" in text


def test_one_target_alone_is_not_called_the_furthest() -> None:
    grdp = frame().query("series_id == '1'")
    text = said(gap_sentences(grdp, 1, Words("en")))
    assert "the plan states one target. Verdict: Progress, but must accelerate." in text
    assert "The only 2030 target that can be assessed, not yet met, is “1 GRDP per person”" in text
    assert "furthest" not in text
