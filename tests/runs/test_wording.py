from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest
import yaml

from analysis.runs.wording import say

TEXTS = yaml.safe_load(files("analysis.runs").joinpath("wording.yaml").read_text(encoding="utf-8"))


def leaves(node: dict[str, Any], path: str = "") -> list[tuple[str, dict[str, str]]]:
    if set(node) <= {"vi", "en"}:
        return [(path, node)]
    return [leaf for key, child in node.items() for leaf in leaves(child, f"{path}/{key}")]


@pytest.mark.parametrize(("path", "texts"), leaves(TEXTS))
def test_every_text_is_there_in_both_languages_with_the_same_values(
    path: str, texts: dict[str, str]
) -> None:
    assert set(texts) == {"vi", "en"}, path
    vietnamese, english = (set(re.findall(r"{(\w+)}", texts[name])) for name in ("vi", "en"))
    assert vietnamese == english


def test_values_are_filled_in() -> None:
    assert say("group", "vi", n=5) == "Nhóm 5"


def test_a_key_with_a_dot_in_its_name_is_found() -> None:
    assert say("file.results.csv", "en") == "Result table (CSV)"


def test_a_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("index.nothing", "vi")
