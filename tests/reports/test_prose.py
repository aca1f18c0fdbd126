"""Prose and tables keep what comes from data as text."""

from __future__ import annotations

import pytest

from analysis.reports.prose import Prose, sentence_case
from analysis.reports.table import Cell, Table, cells


def test_a_heading_and_its_paragraphs_are_markdown() -> None:
    prose = Prose(("one", "two"), "Title", level=1)
    assert prose._repr_markdown_() == "# Title\n\none\n\ntwo"
    assert repr(prose) == "Title\none\ntwo"


def test_markup_in_data_stays_text() -> None:
    shown = Prose(("<script>alert(1)</script> *a* [b](c) < 2",))._repr_markdown_()
    assert shown == "&lt;script&gt;alert(1)&lt;/script&gt; \\*a\\* \\[b\\](c) &lt; 2"


def test_a_text_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert sentence_case("đúng định nghĩa của GSO") == "Đúng định nghĩa của GSO"
    assert sentence_case("") == ""


def test_a_table_has_a_caption_column_heads_and_row_heads() -> None:
    html = Table(
        "What", ("a", "b"), (cells(["x", Cell("1", ("more",), kind="number")]),)
    )._repr_html_()
    assert "<caption>What</caption>" in html
    assert '<th scope="col">a</th>' in html
    assert '<th class="number" scope="col">b</th>' in html
    assert '<th scope="row"><span>x</span></th>' in html
    assert '<td class="number"><span>1</span><br/><small>more</small></td>' in html


def test_markup_in_a_cell_stays_text() -> None:
    html = Table("T", ("a",), (cells(["<script>x</script>"]),))._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", ""])
def test_only_web_addresses_become_links(href: str) -> None:
    assert Cell("x", href=href).link == ""
    assert Cell("x", href="https://example.org").link == "https://example.org"


def test_a_row_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        Table("T", ("a",), (cells(["x", "y"]),))
