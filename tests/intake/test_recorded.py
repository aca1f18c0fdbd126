from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.recorded import GROWING, Recorded, path_of
from analysis.observe.rows import Row
from analysis.observe.standing import replacements, standing
from analysis.package import load
from tests.intake.memory import observation, recorded
from tests.package.builder import build


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small package in which a value was replaced, and an addition taken back."""
    return build(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module")
def small(folder: Path) -> Recorded:
    return Recorded.read(folder)


def ids(rows: object) -> list[str]:
    return [row["observation_id"] for row in rows]  # type: ignore[attr-defined]


def test_tables_are_read_with_bytes_columns_and_every_cell_as_text(
    folder: Path, small: Recorded
) -> None:
    assert set(small.files) == set(small.columns) == set(small.rows) == set(GROWING)
    for name in GROWING:
        data = (folder / path_of(name)).read_bytes()
        assert small.files[name] == data
        assert ",".join(small.columns[name]) == data.decode().partition("\n")[0]
        assert all(tuple(row) == small.columns[name] for row in small.rows[name])
    assert small.rows["observations"][1]["value"] == "95.76"


def test_a_missing_table_is_an_error_that_names_it(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    (copy / path_of("revisions")).unlink()
    with pytest.raises(FileNotFoundError, match=r"revisions\.csv"):
        Recorded.read(copy)


def test_what_was_replaced_or_taken_back_stands_no_more(small: Recorded) -> None:
    assert small.revised == {"obs-0002": "obs-0007"}
    assert list(small.withdrawn) == ["add-0003"]
    fallen = [row for row in small.rows["observations"] if not small.stands(row)]
    assert ids(fallen) == ["obs-0002", "obs-0008"]
    assert [row["addition_id"] for row in small.standing_additions] == ["add-0001", "add-0002"]


def test_only_rows_that_stand_are_found_by_what_they_are_about(small: Recorded) -> None:
    assert ids(small.by_key["5.7", "", "QN", "2024-H1"]) == ["obs-0007"]
    assert ("5.7", "", "QN", "2025") not in small.by_key
    assert sum(map(len, small.by_key.values())) == len(small.rows["observations"]) - 2


def test_two_values_of_the_same_are_both_found() -> None:
    both = recorded(observation(1), observation(2, value="96"))
    assert ids(both.by_key["5.7", "", "QN", "2024"]) == ["obs-0001", "obs-0002"]


def test_a_replacement_that_was_taken_back_lets_the_earlier_value_stand() -> None:
    rows = [observation(1), observation(2, addition_id="add-0002")]
    revisions = [{"observation_id": "obs-0002", "revises_id": "obs-0001"}]
    assert recorded(*rows, additions=2, revisions=revisions).revised == {"obs-0001": "obs-0002"}
    withdrawals = [{"addition_id": "add-0002", "withdrawn_on": "2026-12-01", "reason": ""}]
    back = recorded(*rows, additions=2, revisions=revisions, withdrawals=withdrawals)
    assert back.revised == {}
    assert ids(filter(back.stands, rows)) == ["obs-0001"]


def test_reports_of_tasks_that_were_taken_back_are_not_among_those_that_stand() -> None:
    rows = [
        {"task_id": "I.1", "date": day, "source_id": "report", "status": "done", "note": "",
         "addition_id": name}
        for day, name in (("2025-01-31", "add-0001"), ("2025-01-31", "add-0002"))
    ]  # fmt: skip
    withdrawals = [{"addition_id": "add-0002", "withdrawn_on": "2026-12-01", "reason": ""}]
    found = recorded(additions=2, task_updates=rows, withdrawals=withdrawals)
    assert found.task_updates == (rows[0],)
    assert found.reports == {("I.1", "2025-01-31"): (rows[0],)}


@given(st.data())
def test_frames_and_rows_agree_on_what_stands(data: st.DataObject) -> None:
    number = data.draw(st.integers(2, 7))
    gone = data.draw(st.sets(st.integers(2, number)))
    rows = [observation(n, addition_id=f"add-{n:04}") for n in range(1, number + 1)]
    earlier = {n: data.draw(st.integers(1, n - 1) | st.none()) for n in range(2, number + 1)}
    revisions: list[Row] = [
        {"observation_id": f"obs-{n:04}", "revises_id": f"obs-{old:04}"}
        for n, old in earlier.items()
        if old is not None
    ]
    withdrawals = [{"addition_id": f"add-{n:04}", "withdrawn_on": "", "reason": ""} for n in gone]
    found = recorded(*rows, additions=number, revisions=revisions, withdrawals=withdrawals)
    kept = pd.DataFrame([row for row in rows if row["addition_id"] not in found.withdrawn])
    columns = ["observation_id", "revises_id"]
    assert found.revised == replacements(kept, pd.DataFrame(revisions, columns=columns))


def test_a_package_and_its_rows_agree_on_what_stands(folder: Path, small: Recorded) -> None:
    frame = standing(load(folder))["observations"]
    assert list(frame["observation_id"]) == ids(filter(small.stands, small.rows["observations"]))
