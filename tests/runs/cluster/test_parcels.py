from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.runs.cluster.parcels import Answer, loaded, packed, packed_folder, unpack
from tests.runs.cluster.orders import orders
from tests.runs.project import write_project


def names(content: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {*archive.namelist()}


def test_the_cargo_holds_the_package_and_the_notebooks_that_are_asked_for(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    (root / "secret.txt").write_text("of the client")
    cargo, _ = loaded([one for one in orders(root, ".work") if one.job.kind == "gap"])
    assert names(cargo.content) == {
        *("datapackage.json", "data/plan/indicator_groups.csv", "notebooks/gap.ipynb"),
    }


def test_on_a_worker_all_lies_as_it_does_here_seen_from_a_job(tmp_path: Path) -> None:
    root = write_project(tmp_path / "client")
    cargo, there = loaded(orders(root, ".work"))
    unpack(cargo.content, tmp_path / "worker")
    for one in there:
        folder = tmp_path / "worker" / one.folder
        folder.mkdir(parents=True)
        assert (folder / one.notebook).read_bytes() == (
            root / "notebooks" / f"{one.job.kind}.ipynb"
        ).read_bytes()
        assert (folder / str(one.parameters["data"]) / "datapackage.json").is_file()


def test_places_far_apart_keep_their_relative_paths(tmp_path: Path) -> None:
    root = write_project(tmp_path / "a" / "client")
    given = orders(root, ".work")[0]
    far = tmp_path / "b" / "outputs" / ".work" / given.job.id
    far.mkdir(parents=True)
    seen = "../../../../a/client"
    parameters = {**given.parameters, "data": seen}
    moved = replace(
        given, folder=far, notebook=f"{seen}/notebooks/gap.ipynb", parameters=parameters
    )
    cargo, (there,) = loaded([moved])
    unpack(cargo.content, tmp_path / "worker")
    folder = tmp_path / "worker" / there.folder
    folder.mkdir(parents=True)
    assert (folder / there.notebook).is_file()
    assert (folder / seen / "datapackage.json").is_file()


def test_nothing_that_is_sent_says_where_the_client_keeps_it(tmp_path: Path) -> None:
    cargo, there = loaded(orders(write_project(tmp_path), ".work"))
    assert str(tmp_path) not in repr(there)
    assert str(tmp_path).encode() not in cargo.content


def test_the_same_files_make_the_same_cargo_whenever_they_were_written(tmp_path: Path) -> None:
    first, _ = loaded(orders(write_project(tmp_path), ".work-1"))
    second, _ = loaded(orders(write_project(tmp_path), ".work-2"))
    assert first == second


def test_another_row_makes_another_digest(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    first, _ = loaded(orders(root, ".work-1"))
    with (root / "data" / "plan" / "indicator_groups.csv").open("a") as table:
        table.write("4,a,b\n")
    second, _ = loaded(orders(root, ".work-2"))
    assert first.sha256 != second.sha256


def test_a_damaged_cargo_is_seen(tmp_path: Path) -> None:
    cargo, _ = loaded(orders(write_project(tmp_path), ".work"))
    assert cargo.whole
    assert not replace(cargo, content=cargo.content[:-1]).whole


def test_a_folder_comes_out_as_it_went_in(tmp_path: Path) -> None:
    (tmp_path / "in" / "figures").mkdir(parents=True)
    (tmp_path / "in" / "figures" / "một.png").write_bytes(bytes(range(256)))
    (tmp_path / "in" / "empty.txt").touch()
    unpack(packed_folder(tmp_path / "in"), tmp_path / "out")
    assert packed_folder(tmp_path / "out") == packed_folder(tmp_path / "in")
    assert (tmp_path / "out" / "figures" / "một.png").read_bytes() == bytes(range(256))


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt", "a/../../outside.txt"])
def test_nothing_is_laid_outside_the_folder(tmp_path: Path, name: str) -> None:
    unpack(packed({name: b"x"}), tmp_path / "in")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert (tmp_path / "in" / "outside.txt").is_file() or (tmp_path / "in" / "a").is_dir()


def test_what_could_not_be_done_is_a_failure_that_names_the_error() -> None:
    answer = Answer.stumbled(OSError("no space"), "warm")
    failure = answer.ended.failure
    assert failure is not None
    assert (failure.stage, failure.what) == ("worker", "OSError: no space")
    assert names(answer.content) == set()
