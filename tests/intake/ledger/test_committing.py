from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from analysis.errors import UserErrors
from analysis.intake.ledger import Batch, commit
from analysis.intake.recorded import Recorded, path_of
from analysis.package import check
from tests.intake.folder import unchecked
from tests.intake.papers import digest
from tests.package.builder import build

ADDITION = {"addition_id": "add-0004", "recorded_on": "2026-12-01", "note": "Yearbook, volume 1"}
WITHDRAWAL = {"addition_id": "add-0002", "withdrawn_on": "2026-12-01", "reason": ""}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sound package; tests change copies of it."""
    return build(tmp_path_factory.mktemp("package"))


@pytest.fixture
def root(package: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(package, tmp_path / "package"))


def added(root: Path) -> Batch:
    """An addition of one value."""
    last = Recorded.read(root).rows["observations"][0]
    row = {**last, "observation_id": "obs-0009", "period": "2026", "recorded_on": "2026-12-01",
           "addition_id": "add-0004", "note": 'Said "so", twice'}  # fmt: skip
    file = {"addition_id": "add-0004", "file": "a.csv", "layout": "collected", "sha256": "1" * 64}
    return Batch(
        "add-0004", {"additions": (ADDITION,), "addition_files": (file,), "observations": (row,)}
    )


def test_rows_are_appended_and_the_package_is_described_anew(root: Path) -> None:
    batch, before = added(root), Recorded.read(root)
    commit(root, batch, before)
    after = Recorded.read(root)
    for name, data in before.files.items():
        assert after.files[name].startswith(data)
        assert after.rows[name] == (*before.rows[name], *batch.rows.get(name, ()))
        assert after.files[name].endswith(b"\n")
    assert check(root).exit_code == 0
    assert not (root / "docs").exists()
    assert sorted(path.name for path in (root / "data").iterdir()) == [
        "observed", "plan", "reference",
    ]  # fmt: skip


def test_a_table_that_does_not_end_its_last_line_gets_rows_on_lines_of_their_own(
    root: Path,
) -> None:
    path = root / path_of("withdrawals")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    with unchecked():
        commit(root, Batch("add-0002", {"withdrawals": (WITHDRAWAL,)}), Recorded.read(root))
    assert path.read_bytes().endswith(b"\nadd-0002,2026-12-01,\n")


def test_data_that_are_no_more_those_of_the_batch_are_left_alone(root: Path) -> None:
    batch, recorded = added(root), Recorded.read(root)
    for name in ("observations", "sources"):
        with (root / path_of(name)).open("a") as file:
            file.write("\n")
    before = digest(root)
    with pytest.raises(UserErrors) as caught:
        commit(root, batch, recorded)
    assert [Path(one.where).stem for one in caught.value.errors] == ["observations", "sources"]
    assert digest(root) == before


def test_rows_that_make_the_package_unsound_are_refused_with_every_fault(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    batch = added(root)
    [row] = batch.rows["observations"]
    bad = {**row, "series_id": "99.9", "status": "rumour", "note": "=1"}
    before = digest(root)
    with pytest.raises(UserErrors) as caught:
        commit(root, Batch("add-0004", {**batch.rows, "observations": (bad,)}), Recorded.read(root))
    told = [f"{one.what} {one.where}" for one in caught.value.errors]
    for word in ("99.9", "rumour", "formula"):
        assert any(word in one for one in told), told
    assert not any(str(tmp_path) in one or "/tmp" in one for one in told)
    assert digest(root) == before
    assert list((tmp_path / "temporary").iterdir()) == []


def test_what_a_killed_change_left_is_no_part_of_the_package(root: Path) -> None:
    left = root / "data" / ".change-1" / "0"
    left.parent.mkdir()
    left.write_text("half")
    with unchecked():
        commit(root, Batch("add-0002", {"withdrawals": (WITHDRAWAL,)}), Recorded.read(root))
    assert Recorded.read(root).rows["withdrawals"][-1] == WITHDRAWAL
    assert not left.exists()
