from __future__ import annotations

import pytest

from analysis.runs.wording import say


def test_values_are_filled_in() -> None:
    assert say("group", "vi", n=5) == "Nhóm 5"


def test_a_key_with_a_dot_in_its_name_is_found() -> None:
    assert say("file.results.csv", "en") == "Result table (CSV)"


def test_a_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("index.nothing", "vi")
