from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.errors import UserError, UserErrors
from analysis.intake.adding import Desk, look
from analysis.intake.preview import Preview
from tests.conftest import ROOT
from tests.fuzz import files
from tests.intake.folder import unchecked
from tests.intake.forms import office
from tests.intake.papers import COLUMNS, DAY, value, values_file, workbook

FEW = 40


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk.open(ROOT)


@pytest.fixture(scope="module", autouse=True)
def _without_office() -> Iterator[None]:
    """Make no files in ODS: LibreOffice takes long, and the run by hand has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office, "program", lambda: None)
        yield


def test_damaged_files_lose_and_corrupt_nothing(tmp_path: Path) -> None:
    with unchecked():
        counts = files.run(FEW, 1, tmp_path, recorded=1)
    outcomes = {outcome for _, outcome in counts.outcomes}
    assert sum(counts.outcomes.values()) == FEW
    assert counts.recorded == 1
    assert {"refused as a file", "refused: error", "would be taken"} <= outcomes
    table = counts.table().splitlines()
    assert table[0].split() == [".csv", ".xlsx", "all"]
    assert table[-1].split()[-1] == "1"


def test_the_same_seed_gives_the_same_files() -> None:
    good = files.Good(".csv", b"a,b\n1,2\n3,4\n")
    made = [files.damaged(good, random.Random(seed)) for seed in (1, 1, 2, 3, 4)]
    assert made[0] == made[1]
    assert len(set(made)) > 2


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return values_file(tmp_path / "a.csv", value(), value(period="2025", value="58,5"))


def test_the_harness_sees_an_error_that_is_none_for_people(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> Preview:
        raise ValueError("a fault of the program")

    monkeypatch.setattr(files, "look", fails)
    with pytest.raises(ValueError, match="a fault of the program"):
        files.offered(desk, path)


def test_the_harness_sees_an_error_that_does_not_say_where(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> Preview:
        raise UserErrors([UserError("something is wrong")])

    monkeypatch.setattr(files, "look", fails)
    with pytest.raises(UserErrors):
        files.offered(desk, path)


@pytest.mark.parametrize("cells", [{"value": "95.5"}, {"note": "Ước tính"}])
def test_the_harness_sees_what_the_file_does_not_hold(
    cells: dict[str, str], desk: Desk, path: Path, tmp_path: Path
) -> None:
    shown = look(desk, [path], as_of=DAY)
    files.assert_held(shown, path)
    other = values_file(tmp_path / "b.csv", value(**cells), value(period="2025", value="58,5"))
    changed = look(desk, [other], as_of=DAY)
    with pytest.raises(AssertionError):
        files.assert_held(changed, path)


def test_the_harness_sees_a_number_that_is_another(desk: Desk, tmp_path: Path) -> None:
    rows = {name: [*value(value=name).values()] for name in ("59.5", "59.25")}
    cells = {name: [[*row[:4], float(row[4]), *row[5:]]] for name, row in rows.items()}
    one, other = (
        workbook(tmp_path / f"{name}.xlsx", a=[COLUMNS, *some]) for name, some in cells.items()
    )
    shown = look(desk, [one], as_of=DAY)
    files.assert_held(shown, one)
    with pytest.raises(AssertionError):
        files.assert_held(shown, other)


@pytest.fixture
def _no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no files at all: what is asserted of all of them is asserted also of none."""
    monkeypatch.setattr(files, "good_files", lambda *_: [])


@pytest.mark.usefixtures("_no_files")
def test_the_harness_sees_that_the_data_were_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = iter(["before", "after"])
    monkeypatch.setattr(files, "digest", lambda _: next(digests))
    with pytest.raises(AssertionError, match="the data were changed"):
        files.run(0, 1, tmp_path)


@pytest.mark.usefixtures("_no_files")
def test_the_harness_sees_that_memory_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = iter([0, files.MEMORY])
    monkeypatch.setattr(files, "_memory", lambda: next(sizes))
    with pytest.raises(AssertionError, match="the memory grew by 400 MB"):
        files.run(0, 1, tmp_path)
