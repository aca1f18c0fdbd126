"""Opening sentences of the task report on fixed rows, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.reports.task_opening import (
    now_text,
    past_cycles,
    short_sentences,
    standing_counts,
    task_sentences,
)
from analysis.results import task_frame
from analysis.words import Words
from tests.results.task_tables import Tables, task, task_tables

TODAY = date(2026, 11, 25)
VI, EN = Words("vi"), Words("en")
SILENT = [
    ("a", "Hằng năm"), ("b", "Năm 2025"), ("c", "Giai đoạn 2024-2030"),
    ("d", "Sơ kết, tổng kết Chương trình"),
]  # fmt: skip
LED = [("a", "labour", "lead"), ("b", "labour", "lead"), ("c", "health", "lead"),
       ("d", "labour", "lead")]  # fmt: skip


def tables(rows: list[tuple[str, str]], told: Any = (), led: Any = LED) -> Tables:
    made = task_tables([task(*row) for row in rows], told, led)
    made["agencies"] = pd.DataFrame(
        [
            ("labour", "Sở Lao động", "Department of Labour"),
            ("health", "Sở Y tế", "Department of Health"),
            ("home", "Sở Nội vụ", "Department of Home Affairs"),
            ("culture", "Sở Văn hóa", "Department of Culture"),
        ],
        columns=["agency_id", "name_vi", "name_en"],
    )
    made["agency_successions"]["effective"] = ["2025-03", "2025-03", "2025-07-01", "2025-03"]
    made["agency_successions"]["scope_vi"] = ["việc làm", "trẻ em", "lao động", None]
    return made


def said(words: Words, rows: list[tuple[str, str]], told: Any = (), **options: Any) -> list[str]:
    day = options.pop("as_of", TODAY)
    made = tables(rows, told, **options)
    return task_sentences(task_frame(made, as_of=day), made, words)


def test_a_group_without_any_report_says_so_and_that_it_is_not_undone() -> None:
    assert said(VI, SILENT) == [
        "Nhóm nhiệm vụ I có 4 nhiệm vụ: 1 thực hiện hằng năm, 1 thực hiện một lần, 1 thực hiện "
        "trong một giai đoạn và 1 theo mốc sơ kết, tổng kết.",
        "So với thời gian Kế hoạch nêu, tại ngày 25/11/2026: 1 đã hết thời gian (b), 1 đến hạn "
        "trong 90 ngày tới (a), 1 đang trong thời gian thực hiện (c) và 1 theo mốc sơ kết, tổng "
        "kết mà không nêu ngày (d); nhiệm vụ hằng năm xét theo năm 2026.",
        "Hạn gần nhất là ngày 31/12/2026: a.",
        "Chưa có nguồn nào cho biết tình hình thực hiện bất cứ nhiệm vụ nào trong 4 nhiệm vụ: đó "
        "là chưa biết, không phải chưa làm.",
        "Các kỳ đã hết của nhiệm vụ hằng năm (2024–2025, tổng cộng 2 kỳ): chưa có thông tin về kỳ "
        "nào.",
        "Sở Lao động chủ trì nhiều nhất: 3 trong 4 nhiệm vụ; một phần chức năng đã chuyển về Sở "
        "Nội vụ (theo nguồn), một phần có thể đã chuyển về Sở Y tế (suy ra, cần xác nhận).",
    ]


def test_the_english_opening_says_the_same() -> None:
    assert said(EN, SILENT) == [
        "Task group I has 4 tasks: 1 to be done every year, 1 to be done once, 1 to be done over a "
        "period and 1 to be done at the reviews of the programme.",
        "Against the time that the plan states, on 25 November 2026: the time of 1 is over (b), 1 "
        "due within 90 days (a), 1 within the time stated (c) and 1 at reviews without a date (d); "
        "yearly tasks are looked at for 2026.",
        "Next to fall due, on 31 December 2026: a.",
        "No source says how any of the 4 tasks is going: that means it is not known, not that "
        "nothing is done.",
        "Cycles of yearly tasks that are over (2024–2025, 2 in all): nothing reported of any of "
        "them.",
        "Leads the most tasks: Department of Labour, 3 of the 4; some of the functions since taken "
        "over by the Department of Home Affairs (reported), some perhaps taken over by the "
        "Department of Health (inferred, to be confirmed).",
    ]


TOLD = [
    ("a", "2024-12-31", "done"), ("a", "2025-12-31", "under_way"), ("a", "2026-06-30", "under_way"),
    ("b", "2025-12-31", "under_way"), ("b", "2026-02-01", "done"),
    ("c", "2026-01-31", "done", "x"), ("c", "2026-01-31", "under_way", "y"),
]  # fmt: skip


def test_done_late_under_way_and_differing_reports_are_told_apart() -> None:
    vietnamese, english = said(VI, SILENT, TOLD), said(EN, SILENT, TOLD)
    assert vietnamese[3:5] == [
        "Có thông tin về 3 trong 4 nhiệm vụ: 1 hoàn thành sau khi hết thời gian (b), 1 đang thực "
        "hiện (a) và 1 có thông tin cùng ngày khác nhau (c). Một nhiệm vụ còn lại chưa có thông "
        "tin: đó là chưa biết, không phải chưa làm.",
        "Các kỳ đã hết của nhiệm vụ hằng năm (2024–2025, tổng cộng 2 kỳ): 1 đã hoàn thành và 1 "
        "quá hạn.",
    ]
    assert english[3:5] == [
        "A status is reported for 3 of the 4 tasks: 1 done after the time was over (b), 1 under "
        "way (a) and 1 with reports of the same day that differ (c). For the remaining one none is "
        "reported: that means it is not known, not that nothing is done.",
        "Cycles of yearly tasks that are over (2024–2025, 2 in all): 1 done and 1 overdue.",
    ]


@pytest.mark.parametrize(
    ("status", "vietnamese", "english"),
    [
        ("done", "Có thông tin về nhiệm vụ này: 1 đã hoàn thành (b).",
         "A status is reported for this task: 1 done (b)."),
        ("under_way", "Có thông tin về nhiệm vụ này: 1 đã hết thời gian mà thông tin gần nhất có "
         "từ trước đó (b).",
         "A status is reported for this task: 1 past the time, with a last report from before "
         "(b)."),
        ("dropped", "Có thông tin về nhiệm vụ này: 1 không thực hiện nữa (b).",
         "A status is reported for this task: 1 dropped (b)."),
    ],
)  # fmt: skip
def test_one_task_is_said_in_the_singular(status: str, vietnamese: str, english: str) -> None:
    told = [("b", "2025-06-30", status)]
    assert said(VI, [("b", "Năm 2025")], told)[3] == vietnamese
    assert said(EN, [("b", "Năm 2025")], told)[3] == english


def test_overdue_is_said_with_the_task() -> None:
    told = [("b", "2026-03-01", "not_started")]
    assert said(EN, [("b", "Năm 2025")], told)[3] == (
        "A status is reported for this task: 1 overdue (b)."
    )


def test_all_of_one_kind_are_said_together() -> None:
    rows = [("a", "Hằng năm"), ("b", "Hằng năm")]
    told = [("a", "2026-02-01", "done"), ("b", "2026-02-01", "done")]
    english = said(EN, rows, told)
    assert english[:4] == [
        "Task group I has 2 tasks: all to be done every year.",
        "Against the time that the plan states, on 25 November 2026: all due within 90 days (a and "
        "b); yearly tasks are looked at for 2026.",
        "No task has a due day ahead.",  # both are done for this year
        "A status is reported for 2 of the 2 tasks: all done (a and b).",
    ]
    assert said(VI, rows, told)[0] == "Nhóm nhiệm vụ I có 2 nhiệm vụ: tất cả thực hiện hằng năm."


def test_a_year_that_is_over_and_reported_does_not_stand_for_this_year() -> None:
    told = [("a", "2025-12-31", "done")]
    vietnamese, english = (said(words, [("a", "Hằng năm")], told) for words in (VI, EN))
    assert english[3] == (
        "No source says how any task is going now (yearly tasks: 2026): that means it is not "
        "known, not that nothing is done."
    )
    assert vietnamese[3].startswith("Chưa có nguồn nào cho biết tình hình thực hiện hiện nay")
    assert english[4].endswith("1 done; 1 with nothing reported.")


def test_in_the_first_year_no_cycle_is_over() -> None:
    text = said(EN, [("a", "Hằng năm")], as_of=date(2024, 12, 31))
    assert not [sentence for sentence in text if "ycle" in sentence]
    text = said(EN, [("a", "Hằng năm")], as_of=date(2025, 1, 1))
    assert "The cycle of the yearly task that is over (2024): nothing reported." in text


def test_after_the_last_year_every_cycle_is_over() -> None:
    row = task_frame(tables([("a", "Hằng năm")]), as_of=date(2031, 1, 1)).iloc[0].to_dict()
    assert list(past_cycles(row)) == list(range(2024, 2031))


def test_agencies_that_lead_as_many_are_named_together() -> None:
    led = [("a", "labour", "lead"), ("b", "health", "lead")]
    rows = [("a", "Năm 2025"), ("b", "Năm 2025")]
    assert said(VI, rows, led=led)[-1] == (
        "Không cơ quan nào chủ trì nhiều hơn cả; mỗi cơ quan sau chủ trì 1 trong 2 nhiệm vụ: Sở "
        "Lao động; Sở Y tế."
    )
    assert said(EN, rows, led=led)[-1] == (
        "No agency leads more tasks than every other; each of these leads 1 of the 2: Department "
        "of Labour; Department of Health."
    )


def test_one_lead_of_everything_is_said_so() -> None:
    led = [("a", "health", "lead"), ("b", "health", "lead")]
    rows = [("a", "Năm 2025"), ("b", "Năm 2025")]
    assert said(VI, rows, led=led)[-1] == "Sở Y tế chủ trì tất cả 2 nhiệm vụ."
    one = [("a", "health", "lead")]
    assert said(EN, rows[:1], led=one)[-1] == "Lead of the group's only task: Department of Health."


def test_who_took_over_is_said_from_the_day_and_never_of_the_agency_itself() -> None:
    made = tables(SILENT)
    before, after = pd.Timestamp(2025, 2, 28), pd.Timestamp(2025, 3, 1)
    assert now_text(["labour"], made, before, EN) == ""
    assert now_text(["labour"], made, after, EN) == (
        "some of the functions since taken over by the Department of Home Affairs (reported), some "
        "perhaps taken over by the Department of Health (inferred, to be confirmed)"
    )
    made["agency_successions"]["scope_vi"] = None
    assert now_text(["labour"], made, after, VI) == (
        "chức năng đã chuyển về Sở Nội vụ (theo nguồn), một phần có thể đã chuyển về Sở Y tế "
        "(suy ra, cần xác nhận)"
    )
    assert now_text(["culture"], made, after, EN) == ""  # kept its name


def test_standings_are_counted_with_those_reported_first() -> None:
    frame = task_frame(tables(SILENT, TOLD), as_of=TODAY)
    counts = standing_counts(frame)
    assert list(counts) == ["done_late", "under_way", "conflicting", "unreported"]
    assert sum(counts.values()) == len(frame)


def test_the_index_has_size_phases_and_reports() -> None:
    frame = task_frame(tables(SILENT), as_of=TODAY)
    full = task_sentences(frame, tables(SILENT), EN)
    assert short_sentences(frame, EN) == [full[0], full[1], full[3]]
