"""Notes are shown word for word, with the language in which they are written."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.reports.notes import languages_said, note_cell, note_language, verbatim
from analysis.words import Words

ENGLISH = "Over 1.3 million insured; administrative count of Báo Quảng Ninh"
VIETNAMESE = "Số cuối năm 2022 theo Đảng bộ Sở Y tế (bản dịch máy dùng từ dự kiến)."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (VIETNAMESE, "vi"),
        ("Decision 1278/QĐ-BGDĐT, as of December 2024.", "en"),
        ("Kế hoạch 162/KH-UBND 21/06/2023", "vi"),
        ("National.", "en"),
        ("12,5", ""),
        ("", ""),
        ("Hạ Long and Cẩm Phả, urban rate", ""),
    ],
)
def test_the_language_of_a_note_is_told_where_it_is_obvious(text: str, language: str) -> None:
    assert note_language(text) == language


def test_the_language_of_almost_every_recorded_note_is_obvious(plan: Plan) -> None:
    tables = [plan["observations"], plan["comparison_targets"]]
    notes = pd.concat([table["note"] for table in tables]).dropna().unique()
    assert sum(note_language(note) == "" for note in notes) <= 0.01 * len(notes)


def test_a_note_in_another_language_says_so_and_is_not_altered() -> None:
    cell = note_cell(ENGLISH, Words("vi"))
    assert (cell.text, cell.lang, cell.kind) == (ENGLISH, "en", "quiet note")
    assert note_cell(ENGLISH, Words("en")).lang == ""
    assert verbatim(VIETNAMESE, Words("en")).lang == "vi"


def test_a_record_without_a_note_has_an_empty_cell() -> None:
    assert note_cell(math.nan, Words("vi")).text == ""


@pytest.mark.parametrize(
    ("notes", "language", "sentence"),
    [
        ([ENGLISH, VIETNAMESE, ENGLISH], "vi",
         "Ghi chú của bản ghi để nguyên văn, không dịch; trong 3 ghi chú có 2 bằng tiếng Anh."),
        ([ENGLISH, VIETNAMESE, ENGLISH], "en",
         "Notes of records are shown verbatim, not translated; of 3 notes, 1 is in Vietnamese."),
        ([ENGLISH, ENGLISH], "vi",
         "Cả 2 ghi chú của bản ghi để nguyên văn bằng tiếng Anh, không dịch."),
        ([ENGLISH, None], "vi",
         "Ghi chú của bản ghi để nguyên văn bằng tiếng Anh, không dịch."),
    ],
)  # fmt: skip
def test_a_sentence_counts_the_notes_in_another_language(
    notes: list[object], language: str, sentence: str
) -> None:
    assert languages_said(notes, Words(language)) == (sentence,)


def test_nothing_is_said_where_all_notes_are_in_the_language_of_the_report() -> None:
    assert languages_said([ENGLISH, math.nan, "12,5"], Words("en")) == ()
    assert languages_said([], Words("vi")) == ()
