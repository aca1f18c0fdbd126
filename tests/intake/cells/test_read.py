from __future__ import annotations

import pytest

from analysis.intake.cells.read import (
    Read,
    ask,
    cleaned,
    folded,
    is_blank,
    notice,
    refuse,
    shown,
    warning,
)
from tests.intake.cells.builders import HERE, cell


@pytest.mark.parametrize(
    ("read", "refused"),
    [
        (Read(), False),
        (Read("1"), False),
        (Read("1", (warning(cell("1"), "odd", "odd", "look"),)), False),
        (Read("1", (notice(cell("1"), "odd", "odd", "look"),)), False),
        (refuse(cell("x"), "odd", "odd", "mend"), True),
        (ask(cell("x"), "two ways", "choose", ("1", "2")), True),
    ],
)
def test_errors_and_questions_refuse_a_cell_and_nothing_else_does(
    read: Read, refused: bool
) -> None:
    assert read.refused is refused


def test_a_finding_says_where_the_cell_stands() -> None:
    found = refuse(cell("x"), "odd", "it is odd", "mend it").findings[0]
    assert (found.place, found.severity, found.what, found.mend) == (
        HERE,
        "error",
        "it is odd",
        "mend it",
    )


def test_a_text_is_compared_on_one_line_in_nfc_without_what_nobody_sees() -> None:
    assert cleaned("\u200b Đa\u0303\u00a0 \n hoàn\u00ad thành ") == "Đã hoàn thành"
    assert folded("ĐÃ  Hoàn thành") == "đã hoàn thành"


@pytest.mark.parametrize(
    ("one", "blank"),
    [
        (cell("", "empty"), True),
        (cell(""), True),
        (cell(" \u00a0\u200b\n"), True),
        (cell("0"), False),
        (cell("0", "number"), False),
    ],
)
def test_a_cell_is_blank_if_nobody_sees_anything_in_it(one: object, blank: bool) -> None:
    assert is_blank(one) is blank  # type: ignore[arg-type]


def test_a_message_shows_a_long_text_cut_and_odd_characters_by_name() -> None:
    assert shown("87,5") == "'87,5'"
    assert shown("x" * 61) == f"'{'x' * 60}…'"
    assert shown("a\u202eb\x00") == r"'a\u202eb\x00'"
