"""Task reports of the committed package: whole, in both languages, honest about what is unknown."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.package import Tables
from analysis.reports import ReportError, TasksReport
from analysis.reports.prose import Prose
from analysis.reports.table import Table

GROUPS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
SECTIONS = ("title", "opening", "glance", "reported", "who", "detail", "readings", "missing",
            "method")  # fmt: skip


def with_updates(plan: Plan, *rows: tuple[str, str, str, str, str]) -> Plan:
    """The plan with these reports: task, day, status, source and note."""
    frame = pd.DataFrame(list(rows), columns=["task_id", "date", "status", "source_id", "note"])
    frame["date"] = pd.to_datetime(frame["date"]).astype("datetime64[s]")
    tables = plan.tables
    return Plan(Tables({**tables, "task_updates": frame}, tables.descriptor, tables.root))


def html_of(part: Any) -> str:
    return str(part._repr_html_() if isinstance(part, Table) else part._repr_markdown_())


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("group", GROUPS)
def test_every_section_of_every_group_can_be_written(
    plan: Plan, as_of: date, group: str, language: str
) -> None:
    report = TasksReport(plan, group, language, as_of=as_of)
    parts = [getattr(report, name)() for name in SECTIONS]
    text = "\n".join([*map(html_of, parts), report.reporting(), report.figure().alt])
    assert len(text) > 2000
    assert not re.search(r"\b(nan|None|NaN|<NA>|NaT)\b|\{\w*\}", text)
    assert len(report.glance().rows) == len(report.frame) == len(report.detail().rows)


@pytest.mark.parametrize("group", GROUPS)
def test_today_every_task_is_without_a_report_and_none_is_said_to_be_undone(
    plan: Plan, as_of: date, group: str
) -> None:
    report = TasksReport(plan, group, "en", as_of=as_of)
    assert isinstance(report.reported(), Prose)
    assert {row[4].text for row in report.glance().rows} <= {
        "No status reported", "Its time is over, no status reported",
    }  # fmt: skip
    missing = report.missing()
    assert isinstance(missing, Table)
    assert len(missing.rows) == len(report.frame)
    assert "verdue" not in report.opening().text + repr(report.glance())


def test_a_glance_shows_time_as_printed_phase_and_line(plan: Plan, as_of: date) -> None:
    row = TasksReport(plan, "IV", "en", as_of=as_of).glance().rows[1]
    assert [cell.text for cell in row] == [
        "IV.2", "Resolution on population policy in the new situation in Quảng Ninh province",
        "Q3 2024", "Its time is over", "Its time is over, no status reported",
    ]  # fmt: skip
    assert [cell.detail for cell in row] == [
        (), ("Line 1688",), ("as printed: “Quý III/2024”",), ("ended on 30 September 2024",), (),
    ]  # fmt: skip


def test_a_glance_shows_the_sub_group_and_merged_times(plan: Plan, as_of: date) -> None:
    rows = TasksReport(plan, "VI", "vi", as_of=as_of).glance().rows
    assert rows[1][1].detail == ("1. Về giáo dục", "Dòng 1790")
    assert (rows[1][2].text, rows[1][2].detail) == ("Năm 2024", ("ô gộp, lấy theo hàng trên",))


def test_a_glance_cuts_no_text(plan: Plan, as_of: date) -> None:
    report = TasksReport(plan, "VI", "vi", as_of=as_of)
    assert [row[1].text for row in report.glance().rows] == list(report.frame["name_vi"])


def test_a_yearly_task_shows_its_year_and_the_years_before(plan: Plan, as_of: date) -> None:
    row = TasksReport(plan, "V", "vi", as_of=as_of).glance().rows[0]
    assert row[3].detail == ("kỳ 2026: đến hạn ngày 31/12/2026",)
    assert row[4].detail == ("2024 và 2025: hết thời gian, chưa có thông tin",)


def test_a_time_that_is_not_stated_is_said(plan: Plan, as_of: date) -> None:
    report = TasksReport(plan, "IV", "vi", as_of=as_of)
    row = report.glance().rows[0]
    assert (row[2].text, row[3].text) == ("không nêu thời gian", "Kế hoạch không nêu thời gian")
    missing = report.missing()
    assert isinstance(missing, Table)
    assert missing.rows[0][1].text == "thời gian: Kế hoạch không nêu"
    assert missing.rows[0][1].detail == ("thông tin về tình hình thực hiện",)


def test_reports_are_shown_with_day_source_and_link(plan: Plan, as_of: date) -> None:
    source = plan["sources"].iloc[0]
    told = with_updates(
        plan,
        ("IV.2", "2024-09-20", "done", str(source["source_id"]), "Ghi chú <b>"),
        ("IV.3", "2025-12-31", "under_way", str(source["source_id"]), ""),
    )
    report = TasksReport(told, "IV", "vi", as_of=as_of)
    cell = report.glance().rows[1][4]
    assert (cell.text, cell.link) == ("Đã hoàn thành", source["url"])
    assert cell.detail == ("Đã hoàn thành, thông tin ngày 20/9/2024", source["publisher"])
    assert cell.kind == "verdict verdict-MET"
    assert report.glance().rows[2][4].detail == (
        "2024: hết thời gian, chưa có thông tin", "2025: quá hạn",
    )  # fmt: skip
    table = report.reported()
    assert isinstance(table, Table)
    assert [row[0].text for row in table.rows] == ["IV.2", "IV.3"]
    assert table.rows[0][3].link == source["url"]
    assert "Ghi chú &lt;b&gt;" in html_of(table)


def test_sources_that_differ_are_each_named(plan: Plan, as_of: date) -> None:
    one, other = (plan["sources"].iloc[place] for place in (0, 1))
    told = with_updates(
        plan,
        ("II.5", "2026-01-31", "done", str(one["source_id"]), ""),
        ("II.5", "2026-01-31", "under_way", str(other["source_id"]), ""),
    )
    cell = TasksReport(told, "II", "en", as_of=as_of).glance().rows[4][4]
    assert cell.text == "Reports of the same day differ"
    assert set(cell.detail) == {
        "Reports of the same day differ, as of 31 January 2026",
        f"Done: {one['publisher']}",
        f"Under way: {other['publisher']}",
    }


def test_reports_of_later_days_and_other_groups_are_left_out(plan: Plan, as_of: date) -> None:
    source = str(plan["sources"].iloc[0]["source_id"])
    told = with_updates(
        plan,
        ("IV.2", "2026-11-26", "done", source, ""),
        ("II.5", "2026-01-01", "done", source, ""),
    )
    assert isinstance(TasksReport(told, "IV", "vi", as_of=as_of).reported(), Prose)


def test_a_task_with_a_report_is_missing_nothing_and_an_old_report_is(
    plan: Plan, as_of: date
) -> None:
    source = str(plan["sources"].iloc[0]["source_id"])
    told = with_updates(
        plan,
        ("III.1", "2024-06-30", "under_way", source, ""),
        ("III.2", "2026-06-30", "under_way", source, ""),
        ("III.3", "2026-06-30", "not_started", source, ""),
    )
    table = TasksReport(told, "III", "en", as_of=as_of).missing()
    assert isinstance(table, Table)
    assert [(row[0].text.split()[0], row[1].text) for row in table.rows] == [
        ("III.1", "its status since 30 June 2024")
    ]
    done = with_updates(plan, *((f"III.{n}", "2024-12-01", "done", source, "") for n in (1, 2, 3)))
    nothing = TasksReport(done, "III", "en", as_of=as_of).missing()
    assert isinstance(nothing, Prose)
    assert nothing.text.startswith("Nothing is missing")


def test_who_answers_has_leads_first_and_says_what_is_merged(plan: Plan, as_of: date) -> None:
    rows = TasksReport(plan, "II", "vi", as_of=as_of).who().rows
    roles = [row[1].text for row in rows]
    assert roles == sorted(roles, key=["Chủ trì", "Phối hợp"].index)
    health = next(row for row in rows if row[0].text == "Sở Y tế")
    assert (health[2].text, health[2].detail) == (
        "II.4, II.5", ("ô gộp, lấy theo hàng trên: II.5",),
    )  # fmt: skip
    assert any(row[2].text == "tất cả" for row in rows)


def test_successors_are_named_with_how_sure_they_are(plan: Plan, as_of: date) -> None:
    row = TasksReport(plan, "III", "en", as_of=as_of).who().rows[0]
    assert row[0].text == "Department of Labour, Invalids and Social Affairs"
    assert "Department of Home Affairs from March 2025 (reported" in row[3].text
    assert all("inferred" in line for line in row[3].detail)


def test_details_have_the_whole_text_and_the_readings(plan: Plan, as_of: date) -> None:
    english = TasksReport(plan, "VI", "en", as_of=as_of)
    row = english.detail().rows[1]
    assert row[1].text == english.frame["name_en"][1]
    assert (row[2].text, row[2].lang) == (english.frame["name_source"][1], "vi")
    assert row[4].text == "time taken from the row above"
    assert row[4].detail == (
        "lead taken from line 1784", "coordinating agencies taken from line 1786",
        "readings: R32, R33",
    )  # fmt: skip
    assert [text[:4] for text in english.readings().paragraphs] == ["R30:", "R31:", "R32:", "R33:"]


def test_a_misprint_is_shown_as_printed_beside_its_correction(plan: Plan, as_of: date) -> None:
    cell = TasksReport(plan, "I", "vi", as_of=as_of).detail().rows[1][1]
    assert "chất lượng chính sách" in cell.text
    assert "chất tượng chính sách" in cell.detail[0]


def test_the_plan_says_to_whom_the_agencies_report(plan: Plan, as_of: date) -> None:
    text = TasksReport(plan, "I", "en", as_of=as_of).reporting()
    assert text.startswith("By section VI.2 of the plan (line 213) the leading agencies report")
    assert "which by section VI.1 (line 205)" in text
    assert "Department of Home Affairs (reported)" in text


def test_the_index_is_told_counts_and_a_sentence(plan: Plan, as_of: date) -> None:
    summary: Any = TasksReport(plan, "IV", "vi", as_of=as_of).summary()
    assert summary["counts"] == {"past_unreported": 3, "unreported": 3}
    assert set(summary["sentence"]) == {"vi", "en"}


def test_a_report_holds_until_something_falls_due(plan: Plan, as_of: date) -> None:
    assert TasksReport(plan, "IV", "vi", as_of=as_of).next_change == date(2027, 1, 1)
    assert TasksReport(plan, "VI", "vi", as_of=as_of).next_change == date(2030, 10, 2)


def test_a_report_on_what_is_over_holds_for_good(plan: Plan) -> None:
    assert TasksReport(plan, "IV", "vi", as_of=date(2031, 1, 1)).next_change == date.max


def test_finishing_writes_results_and_last_the_marker(
    plan: Plan, as_of: date, tmp_path: Path
) -> None:
    report = TasksReport(plan, "VI", "vi", as_of=as_of, results=tmp_path)
    report.figure()
    report.finish()
    marker = json.loads((tmp_path / "done.json").read_text(encoding="utf-8"))
    assert (marker["kind"], marker["subject"], marker["language"]) == ("tasks", "VI", "vi")
    assert {"figures/tasks-VI.png", "results.csv", "results.json"} <= set(marker["files"])
    for name, digest in marker["files"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    rows = pd.read_csv(tmp_path / "results.csv")
    assert rows["task_id"].tolist() == report.frame["task_id"].tolist()


def test_the_day_before_the_plan_nothing_has_begun(plan: Plan) -> None:
    report = TasksReport(plan, "V", "en", as_of=date(2024, 6, 18))
    assert {row[3].text for row in report.glance().rows} == {"Its time has not come"}
    assert "the time of all has not come" in report.opening().text


def test_unknown_parameters_are_refused(plan: Plan, root: Path) -> None:
    with pytest.raises(ReportError, match="unknown task_group_id 'X'"):
        TasksReport(plan, "X", "vi")
    with pytest.raises(ReportError, match="unknown language 'fr'"):
        TasksReport(plan, "I", "fr")
    with pytest.raises(ReportError, match="'yesterday' is not a date"):
        TasksReport.open("I", "vi", as_of="yesterday", data=str(root))


def test_a_report_opens_from_the_parameters_of_its_notebook(root: Path) -> None:
    report = TasksReport.open("IX", "en", as_of="2026-11-25", data=str(root))
    assert (report.subject, report.as_of, report.results) == ("IX", date(2026, 11, 25), None)
    assert report.title_text == "Task group IX. Some other tasks: where its tasks stand"
