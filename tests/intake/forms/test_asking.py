"""What cells ask for."""

from __future__ import annotations

import pytest

from analysis.intake.forms.asking import (
    COMPARABILITY,
    ISSUERS,
    PROMPT_LENGTH,
    STATUS,
    TASK_STATUS,
    Ask,
    asked_of_series,
    asked_of_task,
    formula,
    lists,
    meanings,
)
from analysis.intake.forms.drawing import in_both
from analysis.intake.forms.layout import COLUMNS
from analysis.intake.forms.measured import measured
from analysis.intake.forms.wording import both
from analysis.package import Tables


def test_the_lists_are_the_declared_codes_the_levels_and_the_single_bodies(tables: Tables) -> None:
    found = lists(tables)
    assert found[STATUS] == ("Chính thức theo nguồn", "Sơ bộ", "Ước tính")
    assert found["literacy"] == ("Xóa mù chữ mức độ 1", "Xóa mù chữ mức độ 2")
    assert "none" not in found
    assert "Sở Y tế" in found[ISSUERS]
    assert "Sở Lao động - Thương binh và Xã hội" in found[ISSUERS]  # issued documents in its time
    assert "Các sở, ban, ngành" not in found[ISSUERS]
    assert set(meanings()) == {STATUS, COMPARABILITY, TASK_STATUS}


def test_every_column_to_fill_in_is_asked_for(tables: Tables) -> None:
    for series in measured(tables).values():
        free = {one.key for one in COLUMNS["values"] if one.band != "plan"}
        assert set(asked_of_series(series, 2025)) == free
    assert set(asked_of_task(2025)) == {one.key for one in COLUMNS["tasks"] if one.band != "plan"}


def test_a_level_is_chosen_words_are_free_and_a_number_has_limits(tables: Tables) -> None:
    series = measured(tables)
    level, words, share = (
        asked_of_series(series[x], 2025)["value"] for x in ("7.16", "8.10", "5.7")
    )
    assert level is not None
    assert (level.choices, level.is_number) == ("literacy", False)
    assert words is not None
    assert (words.choices, words.is_number) == ("", False)
    assert share is not None
    assert (share.low, share.high) == (0, 100)
    assert share.hint is not None
    assert "Từ 0 đến 100." in share.hint.vi
    assert "0 to 100." in share.hint.en


def test_a_fraction_is_asked_for_where_the_value_is_one(tables: Tables) -> None:
    series = measured(tables)
    assert asked_of_series(series["5.7"], 2025)["numerator"] is not None
    assert asked_of_series(series["8.2"], 2025)["denominator"] is None


def test_hints_fit_into_what_a_spreadsheet_shows(tables: Tables) -> None:
    hints = [
        ask.hint
        for one in measured(tables).values()
        for ask in (*asked_of_series(one, 2025).values(), *asked_of_task(2025).values())
        if ask and ask.hint
    ]
    hints += [both("form.ask.choice"), both("form.ask.outside")]
    assert max(len(in_both(hint)) for hint in hints) <= PROMPT_LENGTH


@pytest.mark.parametrize(
    ("ask", "rule"),
    [
        (Ask(is_number=True), 'ISNUMBER(IF(ISNUMBER(I6),I6,_xlfn.NUMBERVALUE(I6,",",".")))'),
        (Ask(is_number=True, low=0), 'IF(ISNUMBER(I6),I6,_xlfn.NUMBERVALUE(I6,",","."))>=0'),
    ],
)
def test_a_rule_reads_the_text_of_the_cell_in_vietnamese_habit(ask: Ask, rule: str) -> None:
    assert formula("I6", ask) == f"=AND({rule})"


def test_a_rule_fits_into_what_a_spreadsheet_takes(tables: Tables) -> None:
    for series in measured(tables).values():
        for ask in asked_of_series(series, 2025).values():
            if ask and ask.is_number:
                assert len(formula("I9999", ask)) <= PROMPT_LENGTH
