from __future__ import annotations

import sys
from collections.abc import Iterable

import pytest

from analysis.errors import UserError
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.limits import DEPTH, NAMES, TOKEN
from analysis.intake.reading.markup import Outline, paths, walk

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def heard(
    document: str | bytes, outline: Outline | None = None, desk: Desk | None = None
) -> list[str]:
    """Walk through a document and say what was heard."""
    said = list[str]()
    asked = outline or Outline(
        through=["/x:a"],
        starts={"x:a/x:b": lambda attributes: said.append(f"<{dict(attributes)}")},
        ends={"x:a/x:b": lambda: said.append(">")},
        text=said.append,
    )
    data = document.encode() if isinstance(document, str) else document
    pieces: Iterable[bytes] = (data[at : at + 65_536] for at in range(0, len(data), 65_536))
    walk(pieces, asked, desk or Desk("a.xlsx"), "part.xml")
    return said


def refused(document: str | bytes, desk: Desk | None = None) -> str:
    with pytest.raises(UserError) as caught:
        heard(document, desk=desk)
    assert caught.value.where == "a.xlsx"
    assert caught.value.mend
    return caught.value.what


def test_what_the_outline_names_is_heard_with_its_attributes_and_text() -> None:
    assert heard(f"<a {MAIN}><b k='v'>text</b></a>") == ["<{'k': 'v'}", "text", ">"]


def test_what_it_does_not_name_is_passed_over_with_all_that_is_in_it() -> None:
    assert heard(f"<a {MAIN}><z>no<a><b>no</b></a></z><b><b>no</b></b></a>") == ["<{}", ">"]


def test_names_without_or_with_a_strange_namespace_are_not_meant() -> None:
    assert heard("<a><b>no</b></a>") == []
    assert heard(f"<a {MAIN}><s:b xmlns:s='urn:strange'>no</s:b></a>") == []


def test_every_element_is_heard_anywhere() -> None:
    said = list[str]()
    heard(f"<a {MAIN}><z><y k=''/></z></a>", Outline(anywhere=lambda name, _: said.append(name)))
    assert said == ["x:a", "x:z", "x:y"]


def test_paths_are_all_pairs() -> None:
    assert paths(["a", "b"], ["c", "d"]) == ["a/c", "a/d", "b/c", "b/d"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_other_encodings_that_the_markup_names_are_read(encoding: str) -> None:
    document = f"<?xml version='1.0' encoding='{encoding}'?><a {MAIN}><b>é</b></a>"
    assert heard(document.encode(encoding)) == ["<{}", "é", ">"]


@pytest.mark.parametrize(
    "document",
    [
        "",
        "text",
        "<a>",
        "<a></b>",
        "<a/><a/>",
        "<a>&undefined;</a>",
        "<a b='1' b='2'/>",
        "<a>\0</a>",
        "<?xml version='1.0' encoding='nonsense'?><a/>",
        "<?xml version='1.0' encoding='utf-7'?><a/>",
        "<?xml version='1.0' encoding='shift_jis'?><a/>",
        b"<a>\xff</a>",
        b"\xff\xfe<a/>",
    ],
)
def test_what_is_no_sound_markup_is_refused(document: str | bytes) -> None:
    assert refused(document) == "the file is damaged: the part 'part.xml' is no sound markup"


@pytest.mark.parametrize(
    "declared",
    [
        "<!DOCTYPE a>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE a [<!ENTITY % b 'c'>]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_or_entity_is_refused(declared: str, encoding: str) -> None:
    document = f"{declared}<a/>".encode(encoding)
    assert refused(document).startswith("the part 'part.xml' declares a document type")


def test_elements_within_each_other_are_limited() -> None:
    assert heard("<a>" * DEPTH + "</a>" * DEPTH) == []
    assert "nested too deep" in refused("<a>" * (DEPTH + 1))


@pytest.mark.parametrize("piece", ["<b{}/>", "<b b{}=''/>", "<b xmlns:p{}='urn:x'/>"])
def test_different_names_are_limited(piece: str) -> None:
    document = "<a>" + "".join(piece.format(number) for number in range(NAMES + 1)) + "</a>"
    assert "too many names" in refused(document)


@pytest.mark.parametrize("start", ["<a ", "<!--", "<?a ", "<a b='"])
def test_a_tag_that_does_not_end_is_not_held(start: str) -> None:
    assert "a tag in it does not end" in refused(start + " " * 2 * TOKEN)


def test_long_text_is_given_in_pieces() -> None:
    said = heard(f"<a {MAIN}><b>{'x' * 2 * TOKEN}</b></a>")
    assert "".join(said) == f"<{{}}{'x' * 2 * TOKEN}>"


def test_elements_of_all_parts_together_are_limited() -> None:
    desk = Desk("a.xlsx", elements=3)
    assert heard("<a><b/></a>", desk=desk) == []
    assert "elements of markup" in refused("<a><b/></a>", desk=desk)


def test_without_the_library_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    with pytest.raises(UserError) as caught:
        heard("<a/>")
    assert caught.value.what == "defusedxml is not installed"
    assert "pip install 'plan155[intake]'" in caught.value.mend
