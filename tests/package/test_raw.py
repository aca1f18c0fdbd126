from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import UserError
from analysis.package.raw import parse_csv, parse_descriptor

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


def faults(data: bytes) -> list[str]:
    errors: list[UserError] = []
    parse_csv(data, "t", "t.csv", errors)
    return [f"{error.where}: {error.what}" for error in errors]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_what_was_written_is_read(rows: list[tuple[str, str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    errors: list[UserError] = []
    table = parse_csv(text.getvalue().encode(), "t", "t.csv", errors)
    assert not errors
    assert table.columns == ("a", "b")
    assert [(row["a"], row["b"]) for row in table.rows] == rows
    assert [row.line for row in table.rows] == [2 + place for place in range(len(rows))]


def test_a_row_knows_its_first_line_where_a_cell_above_has_several() -> None:
    table = parse_csv(b'a,b\n"x\ny",1\nz,2\n', "t", "t.csv", [])
    assert [row.line for row in table.rows] == [2, 4]
    assert table.rows[1].at("b") == "t.csv, line 4, column b"


def test_a_row_gives_an_empty_text_for_a_column_it_does_not_have() -> None:
    assert parse_csv(b"a\n1\n", "t", "t.csv", []).rows[0]["b"] == ""


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    assert faults(b"a\nx\n\xff\n") == ["t.csv, line 3: not UTF-8"]


def test_a_row_of_another_length_is_refused() -> None:
    assert faults(b"a,b\n1,2\n3\n") == ["t.csv, line 3: 1 cells where the header has 2"]


def test_an_empty_line_is_refused() -> None:
    assert faults(b"a,b\n1,2\n\n") == ["t.csv, line 3: 0 cells where the header has 2"]


def test_an_empty_file_has_no_header() -> None:
    assert faults(b"") == ["t.csv: no header"]


def test_a_column_named_twice_is_refused() -> None:
    assert faults(b"a,a\n1,2\n") == ["t.csv, line 1: a column is named twice"]


def test_a_quote_that_does_not_close_is_refused() -> None:
    assert faults(b'a,b\n1,"2\n')[0].startswith("t.csv, line 2: not readable as CSV")


def test_a_descriptor_must_be_json_that_lists_resources() -> None:
    for data in (b"{", b"[]", b"{}", b'{"resources": {}}', b"\xff"):
        errors: list[UserError] = []
        assert parse_descriptor(data, "here", errors) == {}
        assert len(errors) == 1
