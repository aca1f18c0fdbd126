"""Targets of other documents: what they ask, against the plan, and whether they are met."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.reports import GapReport
from analysis.reports.notes import note_language
from analysis.reports.other_targets import (
    document,
    other_target,
    plan_target,
    target_sentences,
)
from analysis.reports.prose import Prose
from analysis.reports.table import Cell, Table
from analysis.results import AMBITION_REASONS, AMBITIONS, OUTCOMES
from analysis.words import Words
from tests.charts.frames import NAN, gap_row


def target(**changes: object) -> dict[str, object]:
    """Return a row of the document frame: 100 % in 2030, stricter than the plan's 97 %."""
    row = {**gap_row(), "framework": "Resolution A", "is_national": False, "period": "2030",
           "target_year": 2030, "kind": "exact", "low": 100.0, "high": 100.0,
           "text_source": "100", "target_unit_id": "percent", "plan_kind": "exact",
           "plan_low": 97.0, "plan_high": 97.0, "plan_text_source": "97",
           "ambition": "stricter", "ambition_reason": "", "outcome": "not_yet"}  # fmt: skip
    return {**row, **changes}


def frame() -> pd.DataFrame:
    national = {"framework": "Resolution B", "is_national": True, "outcome": "national"}
    return pd.DataFrame([
        target(),
        target(ambition="looser", target_year=2025, outcome="met"),
        target(ambition="not_comparable", ambition_reason="NO_PLAN_TARGET", **national),
        target(ambition="same", **national),
    ])  # fmt: skip


def test_targets_are_counted_against_the_plan_and_by_how_they_are_met() -> None:
    assert target_sentences(frame(), Words("vi")) == (
        "Ghi nhận 4 mục tiêu của 2 văn bản khác; so với mục tiêu của Kế hoạch cho cùng năm: "
        "1 đòi hỏi cao hơn, 1 đòi hỏi thấp hơn, 1 như nhau, 1 không so được.",
        "2 mục tiêu trong số đó đặt cho tỉnh và nêu rõ năm: 1 đạt, 1 chưa đạt (năm chưa qua).",
    )
    assert target_sentences(frame(), Words("en")) == (
        "4 targets set by other documents are recorded (documents: 2); against the plan's "
        "targets for the same year: 1 stricter, 1 looser, 1 the same, 1 not comparable.",
        "2 of them are set for the province and name a year: 1 met, 1 not yet met (the year is "
        "to come).",
    )


def test_one_target_is_not_counted() -> None:
    assert target_sentences(frame().head(1), Words("vi")) == (
        "Ghi nhận một mục tiêu của văn bản khác; so với mục tiêu của Kế hoạch cho cùng năm: "
        "đòi hỏi cao hơn.",
        "Mục tiêu này đặt cho tỉnh và nêu rõ năm: chưa đạt (năm chưa qua).",
    )
    assert target_sentences(frame()[1:3], Words("vi"))[1] == (
        "Một mục tiêu trong số đó đặt cho tỉnh và nêu rõ năm: đạt."
    )


def test_national_targets_alone_are_not_judged() -> None:
    assert len(target_sentences(frame()[2:], Words("en"))) == 1


def test_where_no_other_document_is_known_one_sentence_says_so() -> None:
    assert target_sentences(frame().head(0), Words("vi")) == (
        "Chưa ghi nhận mục tiêu nào của văn bản khác cho nhóm này.",
    )


@pytest.mark.parametrize(
    ("changes", "other", "plan"),
    [
        ({}, "100 %", "97 %"),
        ({"kind": "at_least", "high": NAN, "low": 95.0}, "≥ 95 %", "97 %"),
        ({"target_unit_id": "households", "kind": "text", "text_source": "0"}, "0 hộ", "97 %"),
        ({"plan_kind": NAN}, "100 %", "không nêu"),
        ({"target_year": pd.NA, "period": "not_stated"}, "100 %", "–"),
    ],
)
def test_both_targets_are_written_as_targets(
    changes: dict[str, object], other: str, plan: str
) -> None:
    row, words = target(**changes), Words("vi")
    assert other_target(row, words, {"households": "hộ"}).replace("\u00a0", " ") == other
    assert plan_target(row, words).replace("\u00a0", " ") == plan


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_of_the_results_is_worded(language: str) -> None:
    words = Words(language)
    for prefix, codes in (("ambition", AMBITIONS), ("outcome", OUTCOMES),
                          ("ambition_reason", AMBITION_REASONS[1:])):  # fmt: skip
        for code in codes:
            assert words(f"{prefix}.{code}")
    for code in AMBITIONS:
        assert words(f"others.ambition.{code}", n=1)


def test_a_row_has_document_both_targets_and_the_value_judged(plan: Plan, as_of: date) -> None:
    table = GapReport(plan, 4, "vi", as_of=as_of).targets_of_others()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("4.2") and ">" in row[2].text)
    assert row[1].text == "Nghị quyết Đại hội Đảng bộ tỉnh Quảng Ninh lần thứ XVI"
    assert (row[2].text, row[2].detail[:1]) == (">\u00a090\u00a0%", ("2030 · của tỉnh",))
    assert row[2].link
    assert [cell.text for cell in row[3:6]] == [
        "90\u00a0%", "Cao hơn Kế hoạch", "Chưa đạt, năm chưa qua",
    ]  # fmt: skip
    assert row[5].detail == ("87,5\u00a0% (2025)", "Đúng tiến độ, có khả năng đạt")


def test_a_target_that_cannot_be_assessed_gives_its_reason(plan: Plan, as_of: date) -> None:
    table = GapReport(plan, 6, "en", as_of=as_of).targets_of_others()
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row[0].text.startswith("6.11"))
    assert (row[2].text, row[5].text) == ("0\u00a0households", "Not assessable")
    assert row[5].detail[-1] == "another unit"
    assert (row[1].text, row[1].lang) == ("Resolution 20-NQ/TU", "")


def test_a_document_is_named_in_the_language_of_the_report() -> None:
    name = "Resolution 06/NQ-CP of 2023"
    assert document(name, Words("vi")) == Cell("Nghị quyết 06/NQ-CP năm 2023")
    assert document(name, Words("en")) == Cell(name)


def test_a_document_without_a_name_in_this_language_is_shown_as_recorded() -> None:
    name = "Nghị quyết về một việc khác"
    assert document(name, Words("en")) == Cell(name, ("as recorded",), lang="vi")
    assert document(name, Words("vi")) == Cell(name, ("như bản ghi",))


def test_every_recorded_document_has_a_name_in_both_languages(plan: Plan) -> None:
    for name in plan["comparison_targets"]["framework"].unique():
        shown = {language: document(name, Words(language)) for language in ("vi", "en")}
        assert not any(cell.detail for cell in shown.values()), name
        assert note_language(shown["vi"].text) != "en", name
        assert note_language(shown["en"].text) != "vi", name


def test_a_group_without_such_targets_has_no_table(plan: Plan, as_of: date) -> None:
    report = GapReport(plan, 9, "en", as_of=as_of)
    assert report.targets_of_others() == Prose(())
    assert report.others_text() == ("No target of another document is recorded for this group.",)
