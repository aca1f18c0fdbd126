from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.cells.texts import LIMIT, read_address, read_text
from analysis.intake.model import Cell
from analysis.observe.origins import host_of
from tests.intake.cells.builders import (
    any_cells,
    cell,
    date_cell,
    is_whole,
    number_cell,
    said,
    table,
)

NO_TEXT = [("not-a-text", "error")]
NO_ADDRESS = [("not-an-address", "error")]


# Texts


def test_a_text_is_kept_on_one_line_in_nfc_with_its_blanks_collapsed() -> None:
    written = "  Báo cáo\u00a0 số 12,\n năm\t2025: Đa\u0303 xong "
    assert read_text(cell(written)).text == "Báo cáo số 12, năm 2025: Đã xong"


def test_what_nobody_sees_is_dropped() -> None:
    assert read_text(cell("soft\u00adhyphen\u200b and\ufeff mark\u200e")).text == (
        "softhyphen and mark"
    )


def test_a_number_cell_is_its_text() -> None:
    assert read_text(number_cell("12.5")).text == "12.5"


@pytest.mark.parametrize("written", ["a\x07b", "a\u202eb", "a\ue000b", "a\uffffb", "\ud800"])
def test_characters_that_are_no_text_are_refused_by_name(written: str) -> None:
    read = read_text(cell(written))
    assert (read.text, said(read)) == ("", NO_TEXT)
    assert "U+" in read.findings[0].what


@pytest.mark.parametrize("written", ["it’s", "–", "m²", "“đã”", "😀", "日本"])
def test_other_characters_are_kept(written: str) -> None:
    assert read_text(cell(written)).text == written


def test_a_text_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert read_text(cell("x" * LIMIT)).findings == ()
    assert said(read_text(cell("x" * (LIMIT + 1)))) == [("too-long", "error")]
    assert said(read_text(cell("four"), limit=3)) == [("too-long", "error")]


def test_a_date_where_a_text_is_wanted_is_refused() -> None:
    assert said(read_text(date_cell(date(2024, 3, 15)))) == [("became-a-date", "error")]
    assert said(read_text(cell("true", "boolean"))) == NO_TEXT


@pytest.mark.parametrize("one", [cell("", "empty"), cell(" \n "), cell("\u200b")])
def test_an_empty_cell_is_no_text_and_no_fault(one: Cell) -> None:
    assert (read_text(one).text, read_text(one).findings) == ("", ())
    assert (read_address(one).text, read_address(one).findings) == ("", ())


def test_every_recorded_title_and_note_is_kept_as_it_is() -> None:
    notes = [row["note"] for row in table("observed/observations.csv")]
    titles = [row["title"] for row in table("observed/sources.csv")]
    assert [one for one in notes + titles if read_text(cell(one)).text != one] == []


# Addresses


@pytest.mark.parametrize(
    "written",
    [
        "https://quangninh.gov.vn/a/b.htm?x=1&y=%E1%BB%87#z",
        "http://www.example.org",
        "HTTPS://Example.org:8443/",
        "https://báo.vn/tin/đã-xong",
        "https://example.org/@user/a(b),c;d",
        "https://web.example.org/web/2020/https://other.example.org/",
    ],
)
def test_an_address_is_kept_as_it_is(written: str) -> None:
    read = read_address(cell(written))
    assert (read.text, read.findings) == (written, ())


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("www.example.org/a", "does not say how it is reached"),
        ("example.org", "does not say how it is reached"),
        ("ftp://example.org", "no address of the web"),
        ("javascript:alert(1)", "no address of the web"),
        ("file:///etc/hosts", "no address of the web"),
        ("mailto:a@example.org", "no address of the web"),
        ("Báo Quảng Ninh", "no address of the web"),
        ("http://[::1", "no address of the web"),
        ("https://example.org:99999/", "no address of the web"),
        ("https://example.org/a b", "' ' in it"),
        ("https://example.org/<b>", "'<' in it"),
        ('https://example.org/"', "'\"' in it"),
        ("https:///path", "no public host"),
        ("https://localhost/", "no public host"),
        ("https://192.168.0.1/", "no public host"),
        ("https://example..org/", "no public host"),
    ],
)
def test_what_is_no_public_address_of_the_web_is_refused(written: str, what: str) -> None:
    read = read_address(cell(written))
    assert (read.text, said(read)) == ("", NO_ADDRESS)
    assert what in read.findings[0].what


@pytest.mark.parametrize("written", ["https://an:secret@example.org/", "ftp://an:secret@x/ y"])
def test_a_password_is_refused_and_not_repeated(written: str) -> None:
    read = read_address(cell(written))
    assert said(read) == NO_ADDRESS
    assert "secret" not in read.findings[0].what + read.findings[0].mend


def test_a_long_address_and_an_odd_one_are_refused() -> None:
    assert said(read_address(cell("https://example.org/" + "x" * LIMIT))) == [("too-long", "error")]
    assert said(read_address(cell("https://example.org/\x07"))) == NO_TEXT
    assert said(read_address(number_cell("12"))) == NO_ADDRESS


def test_every_recorded_address_is_kept_as_it_is() -> None:
    urls = [row["url"] for row in table("observed/sources.csv")]
    assert len(urls) > 200
    assert [one for one in urls if read_address(cell(one)).text != one] == []


# What holds for all


@given(any_cells, st.integers(0, 20))
def test_whatever_stands_in_a_cell_the_answer_is_a_text_or_says_why_not(
    one: Cell, limit: int
) -> None:
    read = read_text(one, limit=limit)
    assert is_whole(read)
    assert len(read.text) <= limit
    assert read_text(cell(read.text)).text == read.text


@given(any_cells | st.from_regex(r"https?://[^\n]{0,30}", fullmatch=True).map(cell))
def test_whatever_stands_in_a_cell_the_answer_is_an_address_or_says_why_not(one: Cell) -> None:
    read = read_address(one)
    assert is_whole(read)
    assert not read.text or host_of(read.text)
    assert read_address(cell(read.text)).text == read.text
