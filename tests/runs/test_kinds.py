"""Notebooks say of themselves whether and how the run is to make them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import UserErrors
from analysis.runs.kinds import Kind, read_kinds
from tests.runs.project import notebook

ROOT = Path(__file__).parents[2]


def put(folder: Path, name: str, told: Any) -> None:
    content = notebook([])
    if told is not None:
        content["metadata"]["plan155"] = told
    (folder / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")


def faults(folder: Path) -> str:
    with pytest.raises(UserErrors) as caught:
        read_kinds(folder)
    return "\n".join(str(error) for error in caught.value.errors)


def test_kinds_come_in_their_order_and_other_notebooks_take_no_part(tmp_path: Path) -> None:
    put(tmp_path, "late", {"subject": "", "order": 9})
    put(tmp_path, "early", {"subject": "group_id", "order": 1})
    put(tmp_path, "explore", None)
    assert read_kinds(tmp_path) == (Kind("early", "group_id", 1), Kind("late", "", 9))


def test_the_project_has_its_kinds_of_report() -> None:
    kinds = {kind.name: kind.subject for kind in read_kinds(ROOT / "notebooks")}
    assert list(kinds.items()) == [
        ("overview", ""),
        ("coverage", ""),
        ("gap", "group_id"),
        ("trend", "group_id"),
        ("tasks", "task_group_id"),
        ("agency", "agency_id"),
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_the_project_has_a_name_in_words(language: str) -> None:
    for kind in read_kinds(ROOT / "notebooks"):
        assert kind.title(language) != kind.name


def test_a_kind_without_wording_is_called_as_its_notebook_says(tmp_path: Path) -> None:
    put(tmp_path, "mine", {"order": 1, "titles": {"vi": "Của tôi", "en": "Mine"}})
    (kind,) = read_kinds(tmp_path)
    assert (kind.title("vi"), kind.title("en")) == ("Của tôi", "Mine")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([], "not an object"),
        ({"subjct": "group_id"}, "unknown keys: subjct"),
        ({"subject": "series_id"}, "unknown subject 'series_id'"),
        ({"order": "first"}, "no whole number"),
        ({"titles": {"vi": "x"}}, "not one text for each language"),
    ],
)
def test_what_is_not_understood_is_refused(tmp_path: Path, told: Any, said: str) -> None:
    put(tmp_path, "mine", told)
    assert said in faults(tmp_path)


def test_a_name_that_cannot_be_a_folder_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "my-report", {"order": 1})
    assert "cannot be that of a folder" in faults(tmp_path)


def test_a_file_that_is_no_notebook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.ipynb").write_text("hello")
    assert "cannot be read" in faults(tmp_path)


def test_a_folder_without_kinds_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "explore", None)
    assert "no notebook takes part" in faults(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    assert "no folder of notebooks" in faults(tmp_path / "none")
