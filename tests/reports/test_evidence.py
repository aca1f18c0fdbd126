"""Where numbers come from: standing, source and date of a value, and why a verdict lacks."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.api import Plan
from analysis.reports import GapReport
from analysis.reports.evidence import reason_text, source_cell, source_line, value_lines
from analysis.reports.table import Table
from analysis.words import Words

ROW = {
    "period": "2025", "status": "estimate", "comparability": "close", "publisher": "GSO",
    "published": "2025-12-28", "title": "Report", "url": "https://example.org/a",
    "tier": "official",
}  # fmt: skip


@pytest.mark.parametrize(
    ("published", "line"),
    [
        ("2025-12-28", "GSO · 28/12/2025"),
        ("2025-12", "GSO · tháng 12/2025"),
        ("2025", "GSO · 2025"),
        (None, "GSO · nguồn không ghi ngày"),
    ],
)
def test_a_source_is_dated_as_exactly_as_it_dates_itself(published: object, line: str) -> None:
    assert source_line({**ROW, "published": published}, Words("vi")) == line


def test_a_value_tells_its_standing_and_its_source() -> None:
    assert value_lines(ROW, Words("en")) == (
        "estimate · close to the definition", "GSO · 28 December 2025",
    )  # fmt: skip


def test_a_period_that_is_no_year_is_told_as_well() -> None:
    lines = value_lines({**ROW, "period": "2025-H1"}, Words("vi"))
    assert lines[0] == "6 tháng đầu năm 2025"


def test_a_source_without_a_title_is_called_by_its_publisher() -> None:
    cell = source_cell({**ROW, "title": None}, Words("en"))
    assert (cell.text, cell.link, cell.detail[-1]) == ("GSO", ROW["url"], "public body")


def test_a_title_rebuilt_from_the_address_says_so_in_words() -> None:
    cell = source_cell({**ROW, "title": "[theo URL] Tăng trưởng năm 2025"}, Words("en"))
    assert (cell.text, cell.lang, cell.detail[0]) == (
        "Tăng trưởng năm 2025", "vi", "title rebuilt from the address of the page",
    )  # fmt: skip
    assert source_cell(ROW, Words("en")).detail == ("GSO · 28 December 2025", "public body")


def test_what_is_said_of_a_publisher_is_in_the_language_of_the_report() -> None:
    row = {**ROW, "publisher": "General Statistics Office of Viet Nam", "published": None}
    assert source_line(row, Words("vi")) == "Tổng cục Thống kê · nguồn không ghi ngày"
    assert source_line(row, Words("en")).startswith("General Statistics Office of Viet Nam · ")


def test_a_reason_is_written_alike_whatever_it_is() -> None:
    words = Words("vi")
    assert reason_text({"verdict": "NO_DATA", "reason": ""}, words) == "chưa có số liệu"
    assert reason_text({"verdict": "NOT_ASSESSABLE", "reason": "STALE"}, words) == (
        "số liệu mới nhất đã quá cũ"
    )


def test_the_languages_of_the_notes_are_said_above_the_table(plan: Plan, as_of: date) -> None:
    report = GapReport(plan, 8, "vi", as_of=as_of)
    table = report.where()
    assert isinstance(table, Table)
    english = [row[-1].text for row in table.rows if row[-1].lang == "en"]
    assert report.where_notes() == (
        f"Ghi chú của bản ghi để nguyên văn, không dịch; trong {len(table.rows)} ghi chú có "
        f"{len(english)} bằng tiếng Anh.",
    )
    assert 0 < len(english) < len(table.rows)


def test_a_group_without_values_has_no_notes(plan: Plan, as_of: date) -> None:
    assert GapReport(plan, 2, "vi", as_of=as_of).where_notes() == ()
