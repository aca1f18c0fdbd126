"""How cells say things in two languages."""

from __future__ import annotations

from pathlib import Path

from analysis.intake.forms.wording import (
    Both,
    Run,
    beside,
    both,
    dated,
    pair,
    plain,
    remark,
    stacked,
    texts,
)
from analysis.words import asked_for
from analysis.words.catalogue import catalogue


def test_a_text_is_filled_in_each_language_with_its_own() -> None:
    text = both("form.reading", reason=Both("lý do", "the reason"))
    assert text == Both("Cách đọc: lý do", "Reading: the reason")
    assert both("form.title.values", year=2025).vi == "Số liệu các chỉ tiêu, năm 2025"


def test_english_stands_below_unless_it_says_the_same_or_nothing() -> None:
    assert plain(stacked(Both("tuổi", "years"))) == "tuổi\nyears"
    assert stacked(Both("%", "%")) == (Run("%"),)
    assert stacked(Both("Mức độ 3", ""), "strong") == (Run("Mức độ 3", "strong"),)


def test_a_remark_begins_on_a_line_of_its_own() -> None:
    assert plain(remark(Both("chú ý", "mind"))) == "\nchú ý\nmind"
    assert plain(beside(Both("Xin điền", "Please"))) == "Xin điền   Please"


def test_days_are_written_as_each_language_does() -> None:
    assert dated("2025-06-30") == Both("30/6/2025", "30 June 2025")


def test_missing_cells_are_empty_texts() -> None:
    row = {"name_vi": "Sở Y tế", "name_en": float("nan"), "code": None}
    assert texts(row, "code", "name_vi") == ["", "Sở Y tế"]
    assert pair(row, "name") == Both("Sở Y tế", "")


def test_every_text_of_the_forms_is_said_somewhere(forms: dict[str, Path]) -> None:
    assert forms
    said = {name.removeprefix("vi/") for name in asked_for()}
    assert {key for key in catalogue("vi") if key.startswith("form.")} <= said
