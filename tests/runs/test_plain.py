"""Texts from data in one line, without what steers or breaks."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.runs.plain import clean, markdown, web_address


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  hai\ndòng\t  một ", "hai dòng một"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("đảo \u202engược\u202c chữ\u2066", "đảo ngược chữ"),
        ("\ud800một\ufffe", "một"),
        ("<script>]]>&amp;", "<script>]]>&amp;"),
        ("95,76\u00a0%", "95,76\u00a0%"),
        ("to\u0302\u0301t", "tốt"),
    ],
)
def test_what_cannot_be_printed_goes_and_the_rest_stays(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(st.text())
def test_every_clean_text_can_be_written_as_xml_and_read_back(text: str) -> None:
    element = ElementTree.Element("a")
    element.text = clean(text)
    assert (ElementTree.fromstring(ElementTree.tostring(element)).text or "") == clean(text)


@given(st.text())
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("address", ["https://example.org/a?b=1&c", "http://example.org"])
def test_an_address_of_the_web_is_kept(address: str) -> None:
    assert web_address(f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "a b",
        "",
        None,
        7,
        "https://example.org/a b",
        "http://[broken",
        "java\nscript:alert(1)",
    ],
)
def test_anything_else_is_no_address(address: object) -> None:
    assert web_address(address) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5.7 Dân số: 95,76 % (2025) → 97 %", "5.7 Dân số: 95,76 % (2025) → 97 %"),
        ("<b>*đậm*</b> [x](y) `z` a|b", r"\<b\>\*đậm\*\</b\> \[x\](y) \`z\` a\|b"),
        ("results_gap.csv", "results_gap.csv"),
        ("_nghiêng_", r"\_nghiêng\_"),
        ("&lt; và &", r"\&lt; và &"),
        ("# đầu", r"\# đầu"),
        ("- gạch", r"\- gạch"),
        ("4. mục", r"4\. mục"),
        ("một\n# hai", "một # hai"),
    ],
)
def test_nothing_in_a_text_is_read_as_markdown(text: str, shown: str) -> None:
    assert markdown(text) == shown
