"""Who answers: named as in the plan, with what they answer for and who does today."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.api import Plan
from analysis.reports import GapReport
from analysis.reports.responsibility import lead_names


def test_what_an_agency_answers_for_is_written_in_short(plan: Plan, as_of: date) -> None:
    rows = GapReport(plan, 5, "vi", as_of=as_of).who().rows
    covers = {row[0].text: row[2].text for row in rows if row[1].text == "Chủ trì"}
    assert covers == {
        "Sở Lao động - Thương binh và Xã hội": "5.1–5.5", "Sở Y tế": "5.6–5.11",
    }  # fmt: skip


def test_an_agency_that_answers_for_all_is_said_to(plan: Plan, as_of: date) -> None:
    rows = GapReport(plan, 8, "en", as_of=as_of).who().rows
    assert {row[2].text for row in rows} == {"all"}


def test_only_the_parts_that_an_agency_answers_for_are_named(plan: Plan, as_of: date) -> None:
    rows = GapReport(plan, 11, "en", as_of=as_of).who().rows
    covers = {row[0].text: row[2].text for row in rows if row[1].text == "Lead"}
    assert covers["Department of Construction"] == "11.1 (Urban), 11.6–11.8"
    assert covers["Department of Agriculture and Rural Development"].startswith("11.1 (Rural), ")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "giữ nguyên tên, sắp xếp lại từ tháng 3/2025 (theo nguồn)"),
        ("en", "name kept, reorganised as of March 2025 (reported)"),
    ],
)
def test_an_agency_that_kept_its_name_is_not_said_to_follow_itself(
    plan: Plan, as_of: date, language: str, said: str
) -> None:
    assert GapReport(plan, 10, language, as_of=as_of).who().rows[0][3].text == said


def test_the_leads_of_a_series_are_named_in_the_language_of_the_report(plan: Plan) -> None:
    assert lead_names(plan, "5.7", "en") == ["Department of Health"]
    assert lead_names(plan, "5.7", "vi") == ["Sở Y tế"]
