"""The text cut into lines, cells and parts."""

from __future__ import annotations

import pytest

from analysis.plan.cells import Cell, Cursor, join_cells, read_lines, split_parts
from analysis.plan.errors import PlanError, Problems


def test_a_cell_is_a_run_of_lines_between_blank_lines() -> None:
    lines = read_lines("a\nb\n\n\nc\n")
    assert join_cells(lines) == (Cell("a\nb", 1), Cell("c", 5))


def test_lines_of_blanks_are_empty_and_blanks_at_the_ends_are_cut() -> None:
    assert read_lines("  \n a \n") == (Cell("a", 2),)


def test_the_text_falls_into_body_and_two_appendices() -> None:
    parts = split_parts("body\n\nPHỤ LỤC 01\n\nx\n\nPHỤ LỤC 02\n\ny\n", Problems())
    assert [cell.text for cell in parts.body] == ["body"]
    assert [cell.text for cell in parts.appendix1] == ["PHỤ LỤC 01", "x"]
    assert parts.appendix2[-1] == Cell("y", 9)


@pytest.mark.parametrize(
    "text", ["", "PHỤ LỤC 01", "PHỤ LỤC 02\n\nPHỤ LỤC 01", "PHỤ LỤC 01\n\nPHỤ LỤC 01\n\nPHỤ LỤC 02"]
)
def test_a_text_without_its_two_heads_cannot_be_read(text: str) -> None:
    with pytest.raises(PlanError, match="does not hold the heads"):
        split_parts(text, Problems())


def test_a_cursor_looks_ahead_without_moving_and_ends_at_nothing() -> None:
    cursor = Cursor((Cell("a", 1), Cell("b", 2)))
    assert cursor.text(1) == "b"
    assert [cursor.take().text, cursor.take().text] == ["a", "b"]
    assert not cursor
    assert cursor.peek() is None
    assert cursor.text() == ""
    with pytest.raises(IndexError):
        cursor.take()
