"""Every kind of change in words, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from analysis.runs.changes import Change
from analysis.runs.sentences import LONGEST_NAME, Teller, shortened
from analysis.runs.snapshot import Snapshot, State
from analysis.words import LANGUAGES, Words
from tests.runs.states import (
    BEFORE,
    NEW,
    REPORTED,
    both,
    changes,
    headline,
    later,
    observation,
    series,
    snapshot,
    source,
    target,
    task,
    told,
    value,
)

SOURCES = {
    "health-2025": source(),
    "health-2026": source(publisher="BHXH Việt Nam", published="2026-12"),
}


def first(now: Snapshot, **options: Any) -> Change:
    return changes(now, **options)[0]


def with_value(latest: State | None, **targets: State) -> Snapshot:
    return later(series={"5.7": series(latest, **targets)}, sources=SOURCES)


def both_languages(change: Change, now: Snapshot, before: Snapshot = BEFORE) -> list[str]:
    return [" ".join(told(change, now, language, before)) for language in LANGUAGES]


def titles(change: Change, now: Snapshot, before: Snapshot = BEFORE) -> list[str]:
    return [headline(change, now, language, before) for language in LANGUAGES]


# A new value


def test_a_new_value_with_a_verdict() -> None:
    now = with_value(NEW, y2030=target("NEEDS_ACCELERATION"))
    change = first(now)
    assert both_languages(change, now) == [
        "5.7 Dân số tham gia BHYT: giá trị mới 95,76 % (2025) thay cho 95,71 % (6 tháng đầu năm "
        "2025), nguồn: BHXH Việt Nam, tháng 12/2026; đánh giá mục tiêu 2030: Tiến bộ chậm, khó đạt "
        "nếu không có đột phá → Có tiến bộ, cần đẩy nhanh tiến độ.",
        "5.7 Population in health insurance: new value 95.76 % (2025) instead of 95.71 % (first "
        "half of 2025), source: BHXH Việt Nam, December 2026; verdict on the 2030 target: Off "
        "track: too little progress → Progress, but must accelerate.",
    ]
    assert titles(change, now) == [
        "5.7 Dân số tham gia BHYT: giá trị mới 95,76 % (2025)",
        "5.7 Population in health insurance: new value 95.76 % (2025)",
    ]


def test_a_first_value_with_its_standing() -> None:
    now = with_value({**NEW, "status": "estimate", "comparability": "close"})
    before = snapshot(series={"5.7": series(None)})
    change = first(now, before=before)
    assert both_languages(change, now, before) == [
        "5.7 Dân số tham gia BHYT: có giá trị đầu tiên là 95,76 % (2025, ước tính, gần đúng định "
        "nghĩa), nguồn: BHXH Việt Nam, tháng 12/2026.",
        "5.7 Population in health insurance: first value 95.76 % (2025, estimate, close to the "
        "definition), source: BHXH Việt Nam, December 2026.",
    ]
    assert titles(change, now, before) == [
        "5.7 Dân số tham gia BHYT: giá trị đầu tiên 95,76 % (2025, ước tính, gần đúng định nghĩa)",
        "5.7 Population in health insurance: first value 95.76 % (2025, estimate, close to the "
        "definition)",
    ]


def test_a_latest_value_of_an_earlier_year_than_before() -> None:
    now = with_value({**NEW, "period": "2023"})
    change = first(now)
    assert both_languages(change, now) == [
        "5.7 Dân số tham gia BHYT: giá trị mới nhất nay là 95,76 % (2023) thay cho 95,71 % (6 "
        "tháng đầu năm 2025), nguồn: BHXH Việt Nam, tháng 12/2026.",
        "5.7 Population in health insurance: the latest value is now 95.76 % (2023) instead of "
        "95.71 % (first half of 2025), source: BHXH Việt Nam, December 2026.",
    ]
    assert titles(change, now) == [
        "5.7 Dân số tham gia BHYT: giá trị mới nhất nay là 95,76 % (2023)",
        "5.7 Population in health insurance: the latest value is now 95.76 % (2023)",
    ]


def test_no_value_any_more() -> None:
    now = with_value(None, y2030=target("NO_DATA", grade=""))
    change = first(now)
    assert both_languages(change, now) == [
        "5.7 Dân số tham gia BHYT: không còn giá trị nào dùng được; trước đó là 95,71 % (6 tháng "
        "đầu năm 2025); đánh giá mục tiêu 2030: Tiến bộ chậm, khó đạt nếu không có đột phá (mức "
        "tin cậy A: chắc chắn) → Chưa có số liệu.",
        "5.7 Population in health insurance: no usable value any more; it was 95.71 % (first half "
        "of 2025); verdict on the 2030 target: Off track: too little progress (grade A: strong) → "
        "No data.",
    ]
    assert titles(change, now) == [
        "5.7 Dân số tham gia BHYT: không còn giá trị dùng được",
        "5.7 Population in health insurance: no usable value any more",
    ]


def test_the_same_value_with_another_standing() -> None:
    before = snapshot(series={"5.7": series(value(status="estimate"))})
    now = with_value(value(observation_id="obs-2", source_id="health-2026"))
    change = first(now, before=before)
    assert both_languages(change, now, before) == [
        "5.7 Dân số tham gia BHYT: giá trị 95,71 % (6 tháng đầu năm 2025) nay được ghi là “chính "
        "thức theo nguồn” thay cho “ước tính”, nguồn: BHXH Việt Nam, tháng 12/2026.",
        "5.7 Population in health insurance: the value 95.71 % (first half of 2025) is now marked "
        "“actual, as the source says” instead of “estimate”, source: BHXH Việt Nam, December 2026.",
    ]
    assert titles(change, now, before)[0] == (
        "5.7 Dân số tham gia BHYT: giá trị 95,71 % (6 tháng đầu năm 2025) nay được ghi là “chính "
        "thức theo nguồn”"
    )


def test_the_same_value_of_another_source() -> None:
    now = with_value(value(observation_id="obs-2", source_id="health-2026"))
    change = first(now)
    assert both_languages(change, now) == [
        "5.7 Dân số tham gia BHYT: giá trị 95,71 % (6 tháng đầu năm 2025) nay lấy từ nguồn BHXH "
        "Việt Nam, tháng 12/2026, trước đó lấy từ nguồn Sở Y tế, 28/12/2025.",
        "5.7 Population in health insurance: the value 95.71 % (first half of 2025) is now taken "
        "from BHXH Việt Nam, December 2026, before from Sở Y tế, 28 December 2025.",
    ]
    assert titles(change, now)[1] == (
        "5.7 Population in health insurance: the value 95.71 % (first half of 2025) is taken from "
        "another source"
    )


# Another verdict


def test_a_verdict_with_its_reason() -> None:
    now = with_value(value(), y2030=target("NOT_ASSESSABLE", reason="STALE"))
    change = first(now)
    assert both_languages(change, now) == [
        "5.7 Dân số tham gia BHYT: đánh giá mục tiêu 2030 (97 %): Tiến bộ chậm, khó đạt nếu không "
        "có đột phá → Chưa đủ căn cứ đánh giá (số liệu mới nhất đã quá cũ).",
        "5.7 Population in health insurance: verdict on the 2030 target (97 %): Off track: too "
        "little progress → Not assessable (latest value too old).",
    ]
    assert titles(change, now) == [
        "5.7 Dân số tham gia BHYT: đánh giá mục tiêu 2030 là Chưa đủ căn cứ đánh giá (số liệu mới "
        "nhất đã quá cũ)",
        "5.7 Population in health insurance: verdict on the 2030 target is Not assessable (latest "
        "value too old)",
    ]


def test_another_grade_of_the_same_verdict() -> None:
    now = with_value(value(), y2030=target("OFF_TRACK", grade="B"))
    assert both_languages(first(now), now) == [
        "5.7 Dân số tham gia BHYT: đánh giá mục tiêu 2030 (97 %): Tiến bộ chậm, khó đạt nếu không "
        "có đột phá (mức tin cậy A: chắc chắn) → Tiến bộ chậm, khó đạt nếu không có đột phá (mức "
        "tin cậy B: trung bình).",
        "5.7 Population in health insurance: verdict on the 2030 target (97 %): Off track: too "
        "little progress (grade A: strong) → Off track: too little progress (grade B: moderate).",
    ]


# What it comes from

MET = {"5.7": series(value(), y2030=target("MET"))}
DAY = {
    "vi": "Chỉ do ngày đánh giá chuyển từ 25/11/2026 sang 6/12/2026, không do số liệu.",
    "en": "Only because the day of assessment moved from 25 November 2026 to 6 December 2026, not "
    "because of any data.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_that_comes_from_the_calendar_alone_says_so(language: str) -> None:
    now = later(series=MET)
    assert told(first(now, seen=BEFORE), now, language)[1:] == [DAY[language]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_that_comes_from_the_data_says_nothing_of_it(language: str) -> None:
    now = later(series=MET)
    assert len(told(first(now), now, language)) == 1


def test_another_base_year_says_so() -> None:
    now = later(series=MET, as_of=BEFORE.as_of, base_year=2019)
    assert [told(first(now, seen=BEFORE), now, language)[1] for language in LANGUAGES] == [
        "Chỉ do năm gốc được chọn chuyển từ 2020 sang 2019, không do số liệu.",
        "Only because the base year chosen moved from 2020 to 2019, not because of any data.",
    ]


def test_another_day_and_base_year_say_so() -> None:
    now = later(series=MET, base_year=2019)
    assert told(first(now, seen=BEFORE), now, "vi")[1] == (
        "Chỉ do ngày đánh giá chuyển từ 25/11/2026 sang 6/12/2026 và năm gốc được chọn chuyển từ "
        "2020 sang 2019, không do số liệu."
    )


def test_another_method_says_so() -> None:
    now = replace(BEFORE, series=MET)
    assert [told(first(now), now, language)[1] for language in LANGUAGES] == [
        "Do chương trình tính theo cách khác, không do số liệu.",
        "Because the program computes it otherwise, not because of any data.",
    ]


def test_a_verdict_of_another_cause_than_the_value_beside_it_is_told_apart() -> None:
    now = with_value(NEW, y2030=target("MET"))
    change = first(now)
    verdict = replace(change.verdicts[0], cause="calendar")
    lines = told(replace(change, verdicts=(verdict,)), now, "en")
    assert lines == [
        "5.7 Population in health insurance: new value 95.76 % (2025) instead of 95.71 % (first "
        "half of 2025), source: BHXH Việt Nam, December 2026.",
        "5.7 Population in health insurance: verdict on the 2030 target (97 %): Off track: too "
        "little progress → Target met.",
        DAY["en"],
    ]


def test_the_last_line_says_for_which_day_and_data() -> None:
    now = later(series=MET)
    lines = [Teller(BEFORE, now, Words(one)).lines(first(now))[-1] for one in LANGUAGES]
    assert lines == [
        "Xét tại ngày 6/12/2026, gói dữ liệu phiên bản 1.1.0.",
        "As of 6 December 2026, data package version 1.1.0.",
    ]


# Another target


def test_a_target() -> None:
    judged = target("OFF_TRACK", shown=both("≥ 97,5 %", "≥ 97.5 %"), stated={"low": 97.5})
    now = with_value(value(), y2030=judged)
    change = first(now)
    sentences = [
        "5.7 Dân số tham gia BHYT: mục tiêu 2030 nay là ≥ 97,5 %, trước đó là 97 %",
        "5.7 Population in health insurance: the 2030 target is now ≥ 97.5 %, it was 97 %",
    ]
    assert titles(change, now) == sentences
    assert both_languages(change, now) == [f"{one}." for one in sentences]


# Records


def test_a_record_of_another_area_and_measure() -> None:
    record = observation(
        period="2019",
        area_id="VN",
        area=both("Việt Nam", "Viet Nam"),
        measure="Trẻ em dưới 6 tuổi",
        comparability="proxy",
        status="preliminary",
        shown=both("90 %"),
    )
    now = later(observations={**BEFORE.observations, "obs-9": record})
    change = first(now)
    assert both_languages(change, now) == [
        "5.7 Dân số tham gia BHYT: thêm số liệu 90 % (2019, Việt Nam, đại lượng: Trẻ em dưới 6 "
        "tuổi, sơ bộ, chỉ để tham khảo), nguồn: Sở Y tế, 28/12/2025.",
        "5.7 Population in health insurance: observation added, 90 % (2019, Viet Nam, measure: Trẻ "
        "em dưới 6 tuổi, preliminary, for context only), source: Sở Y tế, 28 December 2025.",
    ]
    assert titles(change, now)[0].startswith("5.7 Dân số tham gia BHYT: thêm số liệu 90 % (2019,")


def test_a_record_that_was_withdrawn() -> None:
    now = later(observations={})
    change = first(now)
    assert both_languages(change, now) == [
        "5.7 Dân số tham gia BHYT: rút số liệu 95,71 % (6 tháng đầu năm 2025), nguồn: Sở Y tế, "
        "28/12/2025.",
        "5.7 Population in health insurance: observation withdrawn, 95.71 % (first half of 2025), "
        "source: Sở Y tế, 28 December 2025.",
    ]
    assert titles(change, now) == [
        "5.7 Dân số tham gia BHYT: rút số liệu 95,71 % (6 tháng đầu năm 2025)",
        "5.7 Population in health insurance: observation withdrawn, 95.71 % (first half of 2025)",
    ]


def test_a_record_that_was_corrected() -> None:
    now = later(observations={"obs-1": observation(value=95.17, shown=both("95,17 %", "95.17 %"))})
    change = first(now)
    assert both_languages(change, now) == [
        "5.7 Dân số tham gia BHYT: số liệu 95,71 % (6 tháng đầu năm 2025) sửa thành 95,17 % (6 "
        "tháng đầu năm 2025), nguồn: Sở Y tế, 28/12/2025.",
        "5.7 Population in health insurance: observation 95.71 % (first half of 2025) corrected to "
        "95.17 % (first half of 2025), source: Sở Y tế, 28 December 2025.",
    ]
    assert titles(change, now) == [
        "5.7 Dân số tham gia BHYT: sửa số liệu 95,71 % (6 tháng đầu năm 2025)",
        "5.7 Population in health insurance: observation corrected, 95.71 % (first half of 2025)",
    ]


# Sources


@pytest.mark.parametrize(
    ("n", "vi", "en"),
    [
        (0, "chưa dùng cho số liệu nào", "not cited for any observation yet"),
        (1, "dùng cho một số liệu (5.7)", "cited for one observation (5.7)"),
        (2, "dùng cho 2 số liệu (5.7)", "cited for 2 observations (5.7)"),
    ],
)
def test_a_new_source_with_what_rests_on_it(n: int, vi: str, en: str) -> None:
    records = {f"new-{one}": observation(source_id="health-2026") for one in range(n)}
    now = later(sources=SOURCES, observations={**BEFORE.observations, **records})
    change = first(now)
    assert both_languages(change, now) == [
        f"Nguồn mới: Báo cáo bảo hiểm y tế (BHXH Việt Nam, tháng 12/2026; cơ quan nhà nước); {vi}.",
        f"New source: Báo cáo bảo hiểm y tế (BHXH Việt Nam, December 2026; public body); {en}.",
    ]
    assert titles(change, now) == [
        "Nguồn mới: Báo cáo bảo hiểm y tế",
        "New source: Báo cáo bảo hiểm y tế",
    ]


def test_a_source_without_title_and_day_is_named_by_its_publisher() -> None:
    now = later(sources={**SOURCES, "health-2026": source(title=None, published=None)})
    assert told(first(now), now, "vi")[0].startswith("Nguồn mới: Sở Y tế (Sở Y tế; cơ quan")


def test_a_source_that_is_gone() -> None:
    now = later(sources={})
    change = first(now)
    assert both_languages(change, now) == [
        "Nguồn không còn trong dữ liệu: Báo cáo bảo hiểm y tế (Sở Y tế, 28/12/2025; cơ quan nhà "
        "nước).",
        "Source no longer in the data: Báo cáo bảo hiểm y tế (Sở Y tế, 28 December 2025; public "
        "body).",
    ]
    assert titles(change, now)[0] == "Nguồn không còn trong dữ liệu: Báo cáo bảo hiểm y tế"


# Tasks


def test_a_task_that_is_reported_for_the_first_time() -> None:
    now = later(tasks={"IV.1": REPORTED})
    change = first(now)
    assert both_languages(change, now) == [
        "Nhiệm vụ IV.1 Hỗ trợ việc làm: Chưa có thông tin → Đang thực hiện; thông tin ngày "
        "1/12/2026, nguồn: Sở Y tế, 28/12/2025.",
        "Task IV.1 Support employment: No status reported → Under way; reported as of 1 December "
        "2026, source: Sở Y tế, 28 December 2025.",
    ]
    assert titles(change, now) == ["Nhiệm vụ IV.1: Đang thực hiện", "Task IV.1: Under way"]


def test_a_task_that_is_reported_again_with_the_same_status() -> None:
    before = snapshot(tasks={"IV.1": REPORTED})
    now = later(tasks={"IV.1": {**REPORTED, "status_date": "2026-12-05"}})
    assert both_languages(first(now, before=before), now, before) == [
        "Nhiệm vụ IV.1 Hỗ trợ việc làm: có thông tin khác, vẫn là Đang thực hiện; thông tin ngày "
        "5/12/2026, nguồn: Sở Y tế, 28/12/2025.",
        "Task IV.1 Support employment: another report, still Under way; reported as of 5 December "
        "2026, source: Sở Y tế, 28 December 2025.",
    ]


def test_a_task_whose_time_went_by_unreported() -> None:
    now = later(tasks={"IV.1": task(standing="past_unreported", phase="past_end")})
    assert both_languages(first(now, seen=BEFORE), now) == [
        f"Nhiệm vụ IV.1 Hỗ trợ việc làm: Chưa có thông tin → Đã hết thời gian, chưa có thông tin. "
        f"{DAY['vi']}",
        f"Task IV.1 Support employment: No status reported → Its time is over, no status reported. "
        f"{DAY['en']}",
    ]


def test_a_yearly_task_names_its_year() -> None:
    before = snapshot(tasks={"IV.1": {**REPORTED, "cycle": 2026, "schedule": "yearly"}})
    now = later(tasks={"IV.1": task(cycle=2027, schedule="yearly")})
    assert told(first(now, before=before), now, "vi", before)[0] == (
        "Nhiệm vụ IV.1 Hỗ trợ việc làm: Đang thực hiện (năm 2026) → Chưa có thông tin (năm 2027)."
    )


# Notices


@pytest.mark.parametrize(
    ("about", "vi", "en"),
    [
        (
            "history",
            "Không đọc được sổ ghi các thay đổi trước đây. Tệp được giữ nguyên ở old.json; sổ mới "
            "bắt đầu từ lần chạy này.",
            "The record of earlier changes could not be read. The file is kept as old.json; a new "
            "record begins with this run.",
        ),
        (
            "snapshot",
            "Không đọc được bản ghi trạng thái của lần chạy trước. Tệp được giữ nguyên ở old.json; "
            "những thay đổi giữa lần đó và lần này không được liệt kê.",
            "The state noted by the last run could not be read. The file is kept as old.json; "
            "changes between that run and this one are not listed.",
        ),
        (
            "snapshot_absent",
            "Không còn bản ghi trạng thái của lần chạy trước; những thay đổi giữa lần đó và lần "
            "này không được liệt kê.",
            "The state noted by the last run is not there any more; changes between that run and "
            "this one are not listed.",
        ),
    ],
)
def test_what_could_not_be_compared_is_said(about: str, vi: str, en: str) -> None:
    assert both_languages(Change("notice", "old.json", about), BEFORE) == [vi, en]
    assert all(titles(Change("notice", "old.json", about), BEFORE))


# Hostile and long texts

HOSTILE = "<script>alert(1)</script> ]]> {label} \x00\x1b[31m\u202e\nxấu"
KEPT = "<script>alert(1)</script> ]]> {label} [31m xấu"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_title_stays_text_in_one_line(language: str) -> None:
    now = later(sources={**SOURCES, "health-2026": source(title=HOSTILE, publisher=HOSTILE)})
    change = first(now)
    assert f": {KEPT} ({KEPT}, " in told(change, now, language)[0]
    assert headline(change, now, language).endswith(KEPT)


def test_a_hostile_measure_stays_text_in_one_line() -> None:
    now = later(observations={**BEFORE.observations, "obs-9": observation(measure=HOSTILE)})
    assert f"đại lượng: {KEPT})" in told(first(now), now, "vi")[0]


def test_a_long_name_is_cut_between_words() -> None:
    short = shortened("dài " * LONGEST_NAME)
    assert len(short) <= LONGEST_NAME + 2
    assert short.endswith("dài …")


def test_a_long_word_is_cut_inside() -> None:
    assert shortened("d" * 500) == "d" * LONGEST_NAME + " …"
