from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import UserError
from analysis.runs.job import Job
from analysis.runs.places import SOURCE, Outputs, find_root, relative

JOB = Job("gap", "5", "vi")


def test_the_root_is_found_from_a_folder_inside(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").touch()
    inside = tmp_path / "notebooks" / "deep"
    inside.mkdir(parents=True)
    assert find_root(inside) == tmp_path


def test_the_plan_text_alone_makes_a_root_so_that_it_can_be_built(tmp_path: Path) -> None:
    (tmp_path / SOURCE).parent.mkdir(parents=True)
    (tmp_path / SOURCE).touch()
    assert find_root(tmp_path) == tmp_path


def test_elsewhere_there_is_no_root(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not a folder of the project"):
        find_root(tmp_path)


def test_a_relative_path_holds_in_the_workplace_in_place_and_among_the_failed(
    tmp_path: Path,
) -> None:
    outputs = Outputs(tmp_path / "outputs")
    folders = (outputs.workplace(JOB), outputs.place(JOB), outputs.failed(JOB))
    assert {relative(tmp_path, folder) for folder in folders} == {"../../.."}
