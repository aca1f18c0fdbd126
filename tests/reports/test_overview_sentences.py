"""Sentences of the overview on fixed rows, in both languages."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.reports.overview_sentences import (
    doubts,
    missing_sentence,
    moved_sentences,
    moves,
    opening_sentences,
    percent,
    sensitivity_sentences,
    size_sentence,
    year_paragraph,
    year_sentence,
)
from analysis.words import Words
from tests.charts.frames import NAN, gap_row

VI, EN = Words("vi"), Words("en")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def row(series: str = "5.7", year: int = 2025, verdict: str = "MET", **changes: object) -> dict:
    """Return a gap row of the whole plan with the printed texts of a report."""
    group = int(series.partition(".")[0])
    facts = {
        "series_id": series, "indicator_id": series.partition("-")[0], "group_id": group,
        "target_year": year, "due": year == 2025, "verdict": verdict, "grade": "", "flags": "",
        "met": verdict in ("MET", "MAINTAINED"), "value_status": "actual", "elapsed": 0.5,
        "value_comparability": "exact", "share_covered": NAN, "value_shown": "95,76 %",
        "target_shown": "97 %", "others_shown": "", "broken_from": "",
    }  # fmt: skip
    return gap_row(**{**facts, **changes})


def unstated(series: str, year: int) -> dict:
    return row(series, year, "NO_TARGET", target_status="not_stated", met=pd.NA)


def frame(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(rows)


def three_series() -> pd.DataFrame:
    return frame(
        row("5.1", flags="PROVISIONAL_YEAR"),
        row("5.1", 2030, "ON_TRACK", grade="C", share_covered=0.6, value_status="estimate",
            base_value=38.0, label_vi="BHXH", label_en="Insured", value_shown="52 %",
            target_shown="63 %"),
        row("5.7", 2025, "NOT_MET", flags="PROVISIONAL_YEAR", value_comparability="close"),
        row("5.7", 2030, "WORSENING", grade="A", share_covered=-0.2),
        row("7.3", 2025, "NO_DATA", met=pd.NA),
        row("7.3", 2030, "NOT_ASSESSABLE", reason="ONE_POINT", grade="D"),
    )  # fmt: skip


def test_the_opening_is_five_paragraphs_from_size_to_movement() -> None:
    paragraphs = opening_sentences(three_series(), VI)
    assert [plain(text) for text in paragraphs] == [
        "Kế hoạch có 3 chỉ tiêu trong 2 nhóm, đo bằng 3 dòng số liệu; mỗi dòng có thể có mục tiêu "
        "riêng cho các năm 2025 và 2030.",
        "Mục tiêu năm 2025 (đã đến hạn): đánh giá được 2 trong 3 mục tiêu đã nêu: 1 đã đạt và "
        "1 không đạt. Trong 2 kết luận này, 2 dùng số liệu của năm liền kề và 1 dựa trên số liệu "
        "gần đúng định nghĩa; một kết luận có thể thuộc nhiều loại.",
        "Mục tiêu năm 2030: đánh giá được 2 trong 3 mục tiêu đã nêu: 1 đúng tiến độ và 1 đang xa "
        "dần mục tiêu. Trong 2 kết luận này, 1 dựa trên số sơ bộ hoặc ước tính và 1 là sơ bộ vì "
        "mới có hai năm số liệu; một kết luận có thể thuộc nhiều loại.",
        "Chưa đánh giá được 1 trong 3 mục tiêu năm 2025 (1 chưa có số liệu) và 1 trong 3 mục tiêu "
        "năm 2030 (1 chưa đủ căn cứ vì lý do khác). Thiếu số liệu không phải là không đạt.",
        "Từ năm gốc đến nay, trong 2 dòng số liệu đo được phần đường tới mục tiêu 2030, 1 đã tiến "
        "gần hơn và 1 đã lùi xa hơn. Trong các dòng chưa tới mục tiêu, đi được nhiều nhất là 5.1 "
        "BHXH: từ 38 % (2020) đến 52 % (2025), tức 60 % đường tới mục tiêu (63 %) trong 50 % thời "
        "gian (mức tin cậy: sơ bộ; số ước tính). Đi được ít nhất là 5.7 Dân số tham gia BHYT: từ "
        "95 % (2020) đến 95,76 % (2025), tức −20 % đường tới mục tiêu (97 %) trong 50 % thời gian "
        "(mức tin cậy: chắc chắn).",
    ]


def test_the_english_opening_says_the_same() -> None:
    paragraphs = opening_sentences(three_series(), EN)
    assert [plain(text) for text in paragraphs] == [
        "The plan has 3 indicators in 2 groups, measured by 3 series; each series can have a "
        "target of its own for 2025 and 2030.",
        "Targets for 2025 (due): 2 of the 3 stated targets can be assessed: 1 met and 1 not met. "
        "Of these 2 verdicts, 2 use a value of an adjacent year and 1 rests on a value that is "
        "close to the definition, not exact; a verdict can be of several kinds.",
        "Targets for 2030: 2 of the 3 stated targets can be assessed: 1 on track and 1 moving "
        "away from the target. Of these 2 verdicts, 1 rests on a preliminary or estimated value "
        "and 1 is preliminary, with two years of data; a verdict can be of several kinds.",
        "Not assessable yet: 1 of the 3 targets for 2025 (1 without data) and 1 of the 3 targets "
        "for 2030 (1 for other reasons). Missing data are not failure.",
        "Since the base year, of the 2 series whose way to the 2030 target can be measured, 1 has "
        "moved closer and 1 has moved away. Of those not there yet, the furthest along is "
        "“5.1 Insured”: from 38 % (2020) to 52 % (2025), 60 % of the way to the target (63 %) in "
        "50 % of the time (evidence: preliminary; estimated value). The least far along is “5.7 "
        "Population with health insurance”: from 95 % (2020) to 95,76 % (2025), −20 % of the way "
        "to the target (97 %) in 50 % of the time (evidence: strong).",
    ]


def test_the_size_counts_parts_as_series_not_as_indicators() -> None:
    rows = frame(row("8.4-beds"), row("8.4-doctors"), row("8.5"))
    assert size_sentence(rows, EN).startswith(
        "The plan has 2 indicators in 1 groups, measured by 3"
    )


def test_a_year_without_targets_is_said() -> None:
    rows = frame(unstated("5.7", 2025), row("5.7", 2030))
    assert year_paragraph(rows, 2025, VI) == "Kế hoạch không nêu mục tiêu nào cho năm 2025."
    assert year_paragraph(rows, 2025, EN) == "The plan states no target for 2025."


@pytest.mark.parametrize(
    ("count", "vietnamese", "english"),
    [
        (1, "Mục tiêu năm 2025 (đã đến hạn): Kế hoạch nêu một mục tiêu và chưa đủ căn cứ để đánh "
            "giá.",
         "Targets for 2025 (due): the plan states one target, and it cannot be assessed."),
        (2, "Mục tiêu năm 2025 (đã đến hạn): Kế hoạch nêu 2 mục tiêu, chưa mục tiêu nào đủ căn cứ "
            "để đánh giá.",
         "Targets for 2025 (due): the plan states 2 targets, none of which can be assessed."),
    ],
)  # fmt: skip
def test_a_year_in_which_nothing_can_be_judged_is_said(
    count: int, vietnamese: str, english: str
) -> None:
    rows = frame(*[row(f"5.{n}", 2025, "NO_DATA", met=pd.NA) for n in range(count)])
    assert year_paragraph(rows, 2025, VI) == vietnamese
    assert year_paragraph(rows, 2025, EN) == english


def test_one_target_alone_is_said_with_its_own_doubts() -> None:
    flags = "PROVISIONAL_YEAR PART_YEAR"
    rows = frame(row(flags=flags, value_period="2024-06", value_status="preliminary"))
    assert year_paragraph(rows, 2025, VI) == (
        "Mục tiêu năm 2025 (đã đến hạn): Kế hoạch nêu một mục tiêu. Đánh giá: Đã đạt mục tiêu. "
        "Lưu ý về kết luận này: số sơ bộ; dùng năm liền kề; chưa trọn năm."
    )
    assert year_paragraph(rows, 2025, EN) == (
        "Targets for 2025 (due): the plan states one target. Verdict: Target met. "
        "To note about this verdict: preliminary value; adjacent year used; part of the year."
    )


def test_what_is_certain_is_said_without_doubts() -> None:
    rows = frame(row("5.1"), row("5.7"))
    assert year_paragraph(rows, 2025, EN) == year_sentence(rows, 2025, EN)
    assert year_paragraph(frame(row()), 2025, EN).endswith("Verdict: Target met.")


def test_one_kind_of_doubt_alone_needs_no_word_of_several() -> None:
    rows = frame(row("5.1", 2030, grade="D", flags="LEVEL_ONLY"), row("5.7", 2030, grade="A"))
    assert year_paragraph(rows, 2030, VI).endswith(
        "Trong 2 kết luận này, 1 chỉ xét được mức vì mới có một năm số liệu."
    )
    assert year_paragraph(rows, 2030, EN).endswith(
        "Of these 2 verdicts, 1 is of the level only, with one year of data."
    )


def test_nothing_missing_is_said() -> None:
    rows = frame(row(), unstated("5.7", 2030))
    assert missing_sentence(rows, VI) == "Mọi mục tiêu mà Kế hoạch nêu đều đánh giá được."
    assert missing_sentence(rows, EN) == "Every target that the plan states can be assessed."


def test_only_years_with_something_missing_are_named() -> None:
    rows = frame(
        row(), row(year=2030, verdict="NO_DATA"), row("5.1", 2030, "NOT_ASSESSABLE"),
        row("5.2", 2030, "NO_DATA"), row("5.3", 2030, "MET"),
    )  # fmt: skip
    assert missing_sentence(rows, EN) == (
        "Not assessable yet: 3 of the 4 targets for 2030 (2 without data, 1 for other reasons). "
        "Missing data are not failure."
    )


def test_no_measured_way_is_said() -> None:
    rows = frame(row(), row(year=2030, verdict="MAINTAINED"))
    assert moved_sentences(rows, VI) == [
        "Chưa đo được phần đường tới mục tiêu 2030 của dòng số liệu nào."
    ]
    assert moved_sentences(rows, EN) == [
        "The way to the 2030 target cannot be measured for any series yet."
    ]


def test_one_measured_way_that_has_arrived_is_said_in_one_sentence() -> None:
    rows = frame(row(year=2030, share_covered=1.0))
    assert moved_sentences(rows, VI) == [
        "Từ năm gốc đến nay, mới đo được phần đường tới mục tiêu 2030 của một dòng số liệu "
        "(1 đã tới mục tiêu)."
    ]
    assert moved_sentences(rows, EN) == [
        "Since the base year, the way to the 2030 target can be measured for one series only "
        "(1 has reached it)."
    ]


def test_one_series_not_there_yet_is_neither_furthest_nor_least_far() -> None:
    rows = frame(
        row("5.1", 2030, share_covered=1.0),
        row("5.7", 2030, "OFF_TRACK", share_covered=0.0, grade="B", others_shown="95.5"),
    )
    counts, alone = moved_sentences(rows, EN)
    assert counts.endswith("can be measured, 1 has reached it and 1 has not moved.")
    assert plain(alone) == (
        "The only one not there yet is “5.7 Population with health insurance”: from 95 % (2020) to "
        "95,76 % (2025), 0 % of the way to the target (97 %) in 50 % of the time (evidence: "
        "moderate; other sources, same period: 95.5)."
    )


def test_moves_are_ranked_by_share_and_leave_out_what_has_no_verdict_or_no_way() -> None:
    rows = frame(
        row("5.1", 2030, "OFF_TRACK", share_covered=0.1),
        row("5.2", 2030, "ON_TRACK", share_covered=0.8),
        row("5.3", 2030, "ON_TRACK", share_covered=0.8),
        row("5.4", 2030, "NOT_ASSESSABLE", reason="STALE", share_covered=0.9),
        row("5.5", 2030, "MAINTAINED"),
        row("5.6", 2025, "NOT_MET", share_covered=0.95),
    )
    assert list(moves(rows)["series_id"]) == ["5.2", "5.3", "5.1"]


def test_flags_of_the_pace_are_not_said_of_a_target_that_is_due() -> None:
    flags = "BASELINE_SHIFTED PART_YEAR SMALL_GAP"
    assert doubts(row(flags=flags, value_period="2025-H1"), EN) == ["part of the year"]
    assert doubts(row(year=2030, flags=flags, value_period="2025-H1"), EN) == [
        "base year shifted", "part of the year", "small gap",
    ]  # fmt: skip


def test_a_part_of_the_base_year_is_told_from_a_part_of_the_year_of_the_value() -> None:
    assert doubts(row(flags="PART_YEAR"), VI) == []  # due: judged without the base
    assert doubts(row(year=2030, flags="PART_YEAR"), VI) == ["số liệu năm gốc chưa trọn năm"]
    assert doubts(row(year=2030, flags="PART_YEAR"), EN) == ["base value for part of the year"]


def test_a_target_that_is_due_does_not_count_as_judged_by_a_part_year_of_the_base() -> None:
    part = {"flags": "PART_YEAR", "value_period": "2025-08"}
    rows = [row("5.1", **part), row("5.2", flags="PART_YEAR"), row("5.3", flags="PART_YEAR")]
    assert "1 dùng số liệu chưa trọn năm" in year_paragraph(frame(*rows), 2025, VI)
    later = frame(*[one | {"target_year": 2030, "due": False} for one in rows])
    assert "3 use a value for part of the year" in year_paragraph(later, 2030, EN)


def test_a_change_of_measure_is_said() -> None:
    assert doubts(row(broken_from="2025"), VI) == ["cách đo đổi từ 2025"]


@pytest.mark.parametrize(
    ("share", "text"), [(1.0, "100 %"), (0.999, "99 %"), (0.876, "88 %"), (-0.2, "−20 %")]
)
def test_only_what_has_arrived_is_said_to_be_at_the_target(share: float, text: str) -> None:
    assert plain(percent(share, EN)) == text


def scenario(axis: str, default: str, differs: object, **changes: object) -> dict:
    return {
        "series_id": "5.7", "target_year": 2030, "axis": axis, "method": "own",
        "scenario_base_year": 2020, "verdict": default, "default_verdict": default,
        "differs": differs, **changes,
    }  # fmt: skip


def scenarios(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame(rows).astype({"differs": "boolean"})


def sensitivity_of(differs: object) -> list[dict]:
    return [
        scenario("default", "ON_TRACK", False),
        scenario("base_year", "ON_TRACK", differs, scenario_base_year=2019),
        scenario("base_year", "ON_TRACK", False, scenario_base_year=2021),
        scenario("proxies", "ON_TRACK", False),
        scenario("method", "ON_TRACK", pd.NA, method="aarr", verdict=""),
        scenario("method", "ON_TRACK", differs, method="unsd_2023", verdict=""),
    ]


def test_verdicts_that_nothing_changes_are_said_to_be_so() -> None:
    told = sensitivity_sentences(scenarios(*sensitivity_of(False)), frame(row(year=2030)), VI)
    assert told == [
        "Thử các năm gốc 2019 và 2021 thay cho 2020: không kết luận nào trong 1 kết luận thay đổi. "
        "Kết luận của mục tiêu đã đến hạn không phụ thuộc năm gốc.",
        "Thử dùng thêm các số liệu chỉ để tham khảo: không kết luận nào trong 1 kết luận thay đổi; "
        "không mục tiêu nào có thêm kết luận. Các số liệu đó đo đại lượng khác hoặc phạm vi khác "
        "nên không được dùng.",
        "Đối chiếu với 2 cách tính đã công bố của các tổ chức khác, ít nhất một cách cho kết quả "
        "đối với 1 kết luận: không cách nào xếp loại khác.",
    ]


def test_verdicts_that_change_are_counted_once_and_named() -> None:
    rows = [
        *sensitivity_of(True),
        scenario("default", "NO_DATA", False, series_id="5.1"),
        scenario("base_year", "NO_DATA", False, series_id="5.1", scenario_base_year=2019),
        scenario("proxies", "NO_DATA", True, series_id="5.1", verdict="MET"),
        scenario("method", "NO_DATA", True, series_id="5.1", method="aarr"),
        scenario("default", "NO_DATA", False, series_id="5.2"),
        scenario("proxies", "NO_DATA", True, series_id="5.2", verdict="NOT_ASSESSABLE"),
    ]
    gap = frame(row("5.1", 2030), row("5.2", 2030), row("5.7", 2030))
    assert sensitivity_sentences(scenarios(*rows), gap, EN) == [
        "Tried with the base years 2019 and 2021 instead of 2020: one of the verdicts (1 in all) "
        "changes (5.7 for 2030). Verdicts on targets that are due do not depend on the base year.",
        "Tried with the values for context as well: none of the verdicts (1 in all) changes; one "
        "target without a verdict gains one (5.1 for 2030). Those values measure something else, "
        "or another population, and are not used.",
        "Set beside published methods of other organisations (2 in all), at least one of which "
        "gives a result on 1 of the verdicts: one verdict is put into another class by at least "
        "one of them (5.7 for 2030).",
    ]


def test_without_any_verdict_there_is_nothing_to_try() -> None:
    rows = scenarios(scenario("default", "NO_DATA", False))
    gap = frame(row(year=2030, verdict="NO_DATA"))
    assert sensitivity_sentences(rows, gap, VI) == ["Chưa có kết luận nào để thử."]
    assert sensitivity_sentences(rows, gap, EN) == ["There is no verdict yet that could be tried."]
