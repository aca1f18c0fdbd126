"""Both languages say the same things."""

from __future__ import annotations

import string
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest

from analysis.words import LANGUAGES, WordingError, Words
from analysis.words.catalogue import catalogue, merged

FOLDER = Path(str(files("analysis.words")))


def placeholders(text: str) -> set[str]:
    return {name.split(":")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalogue("vi")) == set(catalogue("en"))


@pytest.mark.parametrize("key", sorted(catalogue("vi")))
def test_a_text_takes_the_same_values_in_both_languages(key: str) -> None:
    vietnamese, english = catalogue("vi")[key], catalogue("en")[key]
    assert placeholders(vietnamese) == placeholders(english)
    assert vietnamese or key.endswith(".none")


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_composed_unicode_without_stray_spaces(language: str) -> None:
    for key, text in catalogue(language).items():
        assert text == unicodedata.normalize("NFC", text), key
        assert "  " not in text, key


def test_no_key_was_read_as_a_boolean_or_number() -> None:
    assert not [key for key in catalogue("vi") if key.split(".")[-1] in ("True", "False", "None")]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(WordingError, match="choose one of vi, en"):
        Words("fr")


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(WordingError, match="no text"):
        Words("en")("verdict.GOOD")


def test_a_missing_value_is_named() -> None:
    with pytest.raises(WordingError, match="needs the value 'group'"):
        Words("en")("report.title", name="x", kind="y")


def test_a_text_that_two_files_hold_is_refused_with_both_their_names() -> None:
    topics = [("vi/a.yaml", "note:\n  one: x\n"), ("vi/b.yaml", "note:\n  one: y\n  two: z\n")]
    with pytest.raises(WordingError, match=r"'note.one' is in vi/a.yaml and in vi/b.yaml"):
        merged(topics)


def test_topics_of_one_language_may_share_a_branch() -> None:
    topics = [("vi/a.yaml", "note:\n  one: x\n"), ("vi/b.yaml", "note:\n  two: z\n")]
    assert merged(topics) == {"note.one": "x", "note.two": "z"}


def test_both_languages_have_the_same_files() -> None:
    names = {
        language: sorted(path.name for path in (FOLDER / language).glob("*.yaml"))
        for language in LANGUAGES
    }
    assert names["vi"] == names["en"]
