"""Comparing and rebuilding, on a copy of the project's own data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.errors import UserErrors
from analysis.runs import gate
from tests.runs.project import write_package

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    return tmp_path


def test_the_committed_files_are_those_of_the_source() -> None:
    assert gate.stale_files(ROOT) == ()


def test_the_committed_package_is_let_through() -> None:
    gate.refuse_stale(ROOT)
    gate.refuse_invalid(ROOT)


@pytest.mark.parametrize("text", [None, "changed by hand\n"])
def test_a_table_that_differs_is_named_with_the_command_that_mends(
    root: Path, text: str | None
) -> None:
    table = root / "data" / "plan" / "targets.csv"
    table.unlink() if text is None else table.write_text(text)
    assert gate.stale_tables(root) == ("data/plan/targets.csv",)
    with pytest.raises(UserErrors, match="plan155 build") as caught:
        gate.refuse_stale(root)
    assert [error.where for error in caught.value.errors] == [str(table)]


def test_a_table_that_no_build_makes_is_named(root: Path) -> None:
    (root / "data" / "plan" / "old.csv").touch()
    assert gate.stale_tables(root) == ("data/plan/old.csv",)


@pytest.mark.parametrize(
    "name", ["datapackage.json", "docs/data-dictionary.vi.md", "docs/results.md"]
)
def test_other_generated_files_are_compared_too(root: Path, name: str) -> None:
    (root / name).write_text("{}")
    assert gate.stale_files(root) == (name,)
    assert gate.stale_tables(root) == ()


def test_a_rebuild_mends_what_differs_and_changes_nothing_else(root: Path) -> None:
    for name in ("data/plan/targets.csv", "datapackage.json", "docs/results.vi.md"):
        (root / name).write_text("spoilt")
    counts = gate.rebuild(root)
    assert counts["targets"] == 220
    assert gate.stale_files(root) == ()
    for name in ("data/plan/targets.csv", "datapackage.json"):
        assert (root / name).read_bytes() == (ROOT / name).read_bytes()


def test_a_source_that_cannot_be_read_writes_nothing(root: Path) -> None:
    before = (root / "data" / "plan" / "targets.csv").stat().st_mtime_ns
    (root / "data" / "source" / "readings.yaml").write_text("nonsense: [")
    with pytest.raises(UserErrors):
        gate.rebuild(root)
    assert (root / "data" / "plan" / "targets.csv").stat().st_mtime_ns == before


def test_an_invalid_package_is_refused_with_what_the_check_found(root: Path) -> None:
    (root / "data" / "observed" / "sources.csv").unlink()
    with pytest.raises(UserErrors, match="sources"):
        gate.refuse_invalid(root)


def test_a_package_without_a_source_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    gate.refuse_stale(write_package(tmp_path))
