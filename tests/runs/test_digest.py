"""The letter on a run in both languages, and the table in the terminal."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from analysis.runs.digest import (
    BEGAN,
    COMPARED,
    MOST_CHANGES,
    NOT_COMPARED,
    Digest,
    Told,
    counts,
    run_table,
)
from analysis.runs.history import History
from analysis.runs.kinds import Kind
from analysis.runs.record import FAILED
from analysis.runs.snapshot import Snapshot
from analysis.runs.summary import RunRecord
from analysis.words import LANGUAGES, Words
from tests.runs.states import AT, BEFORE, NEW, changes, later, observation, series, target, task

KINDS = (Kind("gap", "group_id", 30), Kind("trend", "group_id", 40))
NOW = later(
    series={"5.7": series(NEW, y2030=target("ON_TRACK"))},
    tasks={
        "I.1": task(phase="due", due_on="2026-12-31"),
        "I.2": task(phase="due", due_on="2027-03-01"),
        "I.3": task(phase="due", due_on="2026-12-31", status="done", standing="done"),
        "I.4": task(phase="due", due_on="2026-12-31", status="under_way", standing="under_way"),
        "II.1": task(phase="past_end", standing="past_unreported"),
    },
)


def job(kind: str, number: int, status: str, seconds: float = 1.5) -> dict[str, Any]:
    failure = {"stage": "cell", "what": "ValueError: <b>bad</b>\nmore", "cell": 6}
    name = f"vi-{kind}-{number:02}"
    return {
        "id": name,
        "kind": kind,
        "status": status,
        "seconds": seconds,
        "folder": f"failed/{name}",
        "failure": failure if status == "failed" else None,
    }


def content(*jobs: dict[str, Any], **changed: Any) -> dict[str, Any]:
    results = {"status": "done", "seconds": 2.0, "folder": "results", "failure": None}
    return {
        "status": "done",
        "finished": AT,
        "seconds": 1234.56,
        "data": {"name": "small", "version": "1.1.0", "sha256": "b" * 64},
        "jobs": list(jobs),
        "results": results,
        **changed,
    }


def told(now: Snapshot = NOW) -> Told:
    history = History(AT).with_changes(changes(now)[:1], BEFORE, now, AT)
    return Told(COMPARED, history.entries, now)


def letter(what: dict[str, Any], news: Told, language: str = "vi") -> str:
    return Digest(what, "2026-12-06", news, KINDS, Words(language)).text()


def part(text: str, heading: str) -> list[str]:
    """The lines under a heading, without empty ones."""
    below = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [line for line in below.splitlines() if line]


GOOD = content(job("gap", 1, "done"), job("gap", 2, "fresh", 9.0), job("trend", 1, "done", 2.3))

VI = """\
# Kế hoạch 155/KH-UBND tỉnh Quảng Ninh: lần chạy ngày 6/12/2026

Lần chạy hoàn thành.

- Kết thúc: 03:12 ngày 6/12/2026 (giờ UTC), sau 1.234,6 giây
- Đánh giá tại ngày: 6/12/2026
- Dữ liệu: small, phiên bản 1.1.0 (mã bbbbbbbbbbbb)
- [Tất cả báo cáo](index.html)

## Đã thay đổi gì kể từ lần chạy trước

Một thay đổi.

- 5.7 Dân số tham gia BHYT: giá trị mới 95,76 % (2025) thay cho 95,71 % (6 tháng đầu năm 2025), \
nguồn: health-2026; đánh giá mục tiêu 2030: Tiến bộ chậm, khó đạt nếu không có đột phá → Đúng \
tiến độ, có khả năng đạt.

## Việc sắp tới

- Nhiệm vụ đến hạn ngày 31/12/2026: I.1 và I.4.
- Nhiệm vụ đến hạn ngày 1/3/2027: I.2.
- Một nhiệm vụ đã hết thời gian mà chưa có thông tin: II.1.
- Nếu dữ liệu không đổi, kết quả còn đúng đến hết ngày 31/12/2026.

## Đã lập gì

| Loại                     | Đã lập | Vẫn đúng | Lỗi | Giây |
| ------------------------ | -----: | -------: | --: | ---: |
| Khoảng cách tới mục tiêu |      1 |        1 |   0 |  1,5 |
| Xu hướng                 |      1 |        0 |   0 |  2,3 |
| Kết quả dạng dữ liệu     |      1 |        0 |   0 |  2,0 |
| Tất cả                   |      3 |        1 |   0 |  5,8 |

“Vẫn đúng”: báo cáo đã có, mọi thứ mà nó dựa vào không đổi, nên không lập lại.

Chi tiết: [run.json](run.json). Lập tự động bằng lệnh `plan155 run`.
"""

EN = """\
# Plan 155/KH-UBND of Quảng Ninh province: run of 6 December 2026

The run did all that it was to do.

- Finished: 03:12 on 6 December 2026 (UTC), after 1,234.6 s
- Assessed as of: 6 December 2026
- Data: small, version 1.1.0 (digest bbbbbbbbbbbb)
- [All reports](index.html)

## What has changed since the last run

One change.

- 5.7 Population in health insurance: new value 95.76 % (2025) instead of 95.71 % (first half of \
2025), source: health-2026; verdict on the 2030 target: Off track: too little progress → On track.

## What is due next

- Tasks due on 31 December 2026: I.1 and I.4.
- Tasks due on 1 March 2027: I.2.
- The time of one task is over and no status is reported: II.1.
- If the data stay the same, the results hold to the end of 31 December 2026.

## What was made

| Kind                    | Made | Fresh | Failed | Seconds |
| ----------------------- | ---: | ----: | -----: | ------: |
| Distance to the targets |    1 |     1 |      0 |     1.5 |
| Trends                  |    1 |     0 |      0 |     2.3 |
| Results as data         |    1 |     0 |      0 |     2.0 |
| All                     |    3 |     1 |      0 |     5.8 |

“Fresh”: the report was there, and nothing that it depends on has changed, so it was not made again.

Details: [run.json](run.json). Made by the command `plan155 run`.
"""


@pytest.mark.parametrize(("language", "whole"), [("vi", VI), ("en", EN)])
def test_the_whole_letter(language: str, whole: str) -> None:
    assert letter(GOOD, told(), language) == whole


def test_failures_are_told_with_cell_reason_and_log_and_nothing_of_them_is_markup() -> None:
    failure = {"stage": "results", "what": "ValueError: no such column", "cell": None}
    results = {"status": "failed", "seconds": 0.5, "folder": "failed/results", "failure": failure}
    bad = content(job("gap", 1, "failed"), status="failed", results=results)
    assert part(letter(bad, Told(NOT_COMPARED)), "Không lập được") == [
        r"- vi-gap-01, ô 6: ValueError: \<b\>bad\</b\> more "
        "([nhật ký](failed/vi-gap-01/log.txt))",
        "- Kết quả dạng dữ liệu: ValueError: no such column ([nhật ký](failed/results/log.txt))",
    ]
    assert "Lần chạy có phần không lập được, nêu ở dưới." in letter(bad, Told(NOT_COMPARED))


def test_without_a_failure_there_is_no_such_part() -> None:
    assert "## Không lập được" not in letter(GOOD, told())


def test_a_run_that_was_stopped_says_what_was_not_run() -> None:
    results = {"status": "not_run", "seconds": 0.0, "folder": "", "failure": None}
    stopped = content(job("gap", 1, "not_run", 0), status="interrupted", results=results)
    text = letter(stopped, Told(NOT_COMPARED), "en")
    assert "The run was stopped; reports that were not finished are not published." in text
    assert part(text, "What was made")[2:4] == [
        "| Distance to the targets |    0 |     0 |      0 |       1 |     0.0 |",
        "| Results as data         |    0 |     0 |      0 |       1 |     0.0 |",
    ]
    assert "“Not run”: the run was stopped before." in text
    assert "“Fresh”" not in text


@pytest.mark.parametrize(
    ("news", "vi", "en"),
    [
        (Told(COMPARED, now=NOW), "Không có gì thay đổi.", "Nothing has changed."),
        (
            Told(BEGAN, now=NOW),
            "Đây là lần đầu ghi trạng thái; từ lần chạy sau, các thay đổi sẽ được liệt kê.",
            "The state was noted for the first time; from the next run on, changes will be listed.",
        ),
        (
            Told(NOT_COMPARED),
            "Không so sánh được vì các bảng kết quả không được công bố trong lần chạy này.",
            "Not compared, because the result tables were not published in this run.",
        ),
        (
            Told(FAILED, failure="KeyError: '5.7'"),
            "Không so sánh được vì có lỗi: KeyError: '5.7'",
            "Not compared, because of an error: KeyError: '5.7'",
        ),
    ],
)
def test_it_says_why_there_are_no_changes(news: Told, vi: str, en: str) -> None:
    assert part(letter(GOOD, news), "Đã thay đổi gì kể từ lần chạy trước") == [vi]
    assert part(letter(GOOD, news, "en"), "What has changed since the last run") == [en]


def test_where_nothing_is_known_of_the_plan_nothing_is_said_to_be_due() -> None:
    assert part(letter(GOOD, Told(NOT_COMPARED), "en"), "What is due next") == [
        "- Not known, because the result tables were not published in this run."
    ]


def test_many_changes_are_counted() -> None:
    records = {f"obs-{n}": observation(period="2019") for n in range(10, 15 + MOST_CHANGES)}
    now = replace(NOW, series=BEFORE.series, observations={**BEFORE.observations, **records})
    history = History(AT).with_changes(changes(now), BEFORE, now, AT)
    lines = part(
        letter(GOOD, Told(COMPARED, history.entries, now)), "Đã thay đổi gì kể từ lần chạy trước"
    )
    assert lines[0] == "45 thay đổi."
    assert len(lines) == MOST_CHANGES + 2
    assert lines[-1] == "- và 5 thay đổi khác, xem [changes/history.json](changes/history.json)"


def test_a_kind_without_a_name_goes_by_that_of_its_notebook() -> None:
    assert "| own_kind " in letter(content(job("own_kind", 1, "done")), told())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_is_the_same_each_time(language: str) -> None:
    assert letter(GOOD, told(), language) == letter(GOOD, told(), language)


# The table in the terminal


def printed(what: dict[str, Any], **terminal: Any) -> str:
    stream = io.StringIO()
    Console(file=stream, width=80, **terminal).print(run_table(RunRecord(what, 0)))
    return stream.getvalue()


def test_the_table_counts_by_kind_and_is_plain_where_there_is_no_terminal() -> None:
    lines = [line.rstrip() for line in printed(GOOD).splitlines()]
    assert lines == [
        "kind     done  fresh  failed  seconds",
        "gap         1      1       0      1.5",
        "trend       1      0       0      2.3",
        "results     1      0       0      2.0",
        "all         3      1       0      5.8",
    ]


def test_a_terminal_gets_the_same_lines_with_a_bold_head() -> None:
    text = printed(GOOD, force_terminal=True, color_system="standard")
    assert text.startswith("\x1b[1m")
    assert "trend       1      0       0      2.3" in text


def test_what_was_not_run_has_a_column_only_after_a_stop() -> None:
    assert "not run" in printed(content(job("gap", 1, "not_run", 0)))
    assert "not run" not in printed(GOOD)


def test_what_is_fresh_took_no_time_of_this_run() -> None:
    assert [(one.name, one.seconds) for one in counts(GOOD)] == [("gap", 1.5), ("trend", 2.3)]


def test_a_run_without_jobs_has_the_results_and_the_sum() -> None:
    assert [line.split()[0] for line in printed(content()).splitlines()] == [
        "kind", "results", "all",
    ]  # fmt: skip
