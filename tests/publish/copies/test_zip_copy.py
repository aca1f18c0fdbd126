"""The zip file: the packages byte for byte, valid for others, refused where anything is amiss."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from frictionless import Package, system

from analysis import load
from analysis.errors import UserErrors
from analysis.publish import Edition
from analysis.publish.copies.about import about
from analysis.publish.copies.zip_copy import write_zip
from analysis.runs.places import Outputs
from tests.publish.copies.conftest import NAME
from tests.publish.copies.expected import descriptor
from tests.publish.copies.hostile import PAPERS


@pytest.fixture(scope="module")
def path(copies: Path) -> Path:
    return copies / f"{NAME}.zip"


@pytest.fixture(scope="module")
def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def original(edition: Edition, name: str) -> Path:
    inside = name.removeprefix("results/")
    return (edition.root if inside == name else edition.outputs.results) / inside


def test_every_member_is_the_file_itself(edition: Edition, members: dict[str, bytes]) -> None:
    assert {name: original(edition, name).read_bytes() for name in members} == members


def test_it_holds_papers_tables_text_declarations_and_results(
    edition: Edition, members: dict[str, bytes]
) -> None:
    tables = {one["path"] for one in descriptor(edition.root)["resources"]}
    results = {f"results/{one['path']}" for one in descriptor(edition.outputs.results)["resources"]}
    sources = {f"data/source/{path.name}" for path in (edition.root / "data" / "source").iterdir()}
    both = {"datapackage.json", "results/datapackage.json"}
    assert {*PAPERS, *tables, *results, *sources, *both} <= set(members)
    written = {path.name for path in edition.outputs.results.iterdir()}
    assert {name.removeprefix("results/") for name in members if "results/" in name} == written


def test_members_are_sorted_and_bear_the_time_of_the_package(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert names == sorted(set(names))
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 25, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}


def test_frictionless_calls_the_zip_file_valid(path: Path, edition: Edition) -> None:
    report = Package(str(path)).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert report.stats["tasks"] == len(descriptor(edition.root)["resources"])


def test_frictionless_calls_the_results_in_it_valid(path: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "results" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])


def test_frictionless_finds_a_cell_that_was_changed(path: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            changed = data.replace(b"\n5,", b"\n12,") if name.endswith("groups.csv") else data
            new.writestr(name, changed)
    assert not Package(str(broken)).validate().valid


def test_analysis_loads_it_as_the_same_plan(path: Path, edition: Edition) -> None:
    plan = load(path)
    assert plan.tables.names == edition.plan.tables.names
    for name in plan.tables.names:
        assert plan[name].equals(edition.plan[name]), name
    assert plan.tables.sha256 == edition.plan.tables.sha256


def copied(edition: Edition, folder: Path) -> Edition:
    """Return the edition in a folder of its own, of which files may be changed."""
    root, outputs = folder / "package", Outputs(folder / "outputs")
    for name in ("data", "docs"):
        shutil.copytree(edition.root / name, root / name)
    for name in ("datapackage.json", *PAPERS):
        shutil.copyfile(edition.root / name, root / name)
    shutil.copytree(edition.outputs.results, outputs.results)
    return replace(edition, root=root, outputs=outputs)


def test_all_missing_and_changed_files_are_named_at_once(edition: Edition, tmp_path: Path) -> None:
    own = copied(edition, tmp_path)
    (own.root / "LICENSE").unlink()
    (own.root / "data" / "source" / "155-kh-ubnd.txt").unlink()
    (own.outputs.results / "results_gap.json").unlink()
    with (own.root / "data" / "plan" / "units.csv").open("a", encoding="utf-8") as file:
        file.write("x,x,x,,,x,x,\n")
    with pytest.raises(UserErrors) as caught:
        write_zip(own, about(own), tmp_path / "x.zip")
    told = str(caught.value)
    for name in ("LICENSE", "155-kh-ubnd.txt", "results_gap.json"):
        assert f"{name}\n" in told
    assert len(caught.value.errors) == 4
    assert "another hash" in told
    assert "units.csv" in told
    assert not (tmp_path / "x.zip").exists()


def test_files_that_programs_leave_are_not_taken_along(edition: Edition, tmp_path: Path) -> None:
    own = copied(edition, tmp_path)
    for name in (".DS_Store", "readings.yaml~"):
        (own.root / "data" / "source" / name).write_text("x", encoding="utf-8")
    path = write_zip(own, about(own), tmp_path / "x.zip")
    assert path.read_bytes() == write_zip(edition, about(edition), tmp_path / "y.zip").read_bytes()
