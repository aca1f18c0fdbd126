from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from analysis.errors import UserError
from analysis.intake.vintages import as_dicts, vintages
from analysis.package.changing import BusyError, changing, reading
from tests.conftest import ROOT
from tests.package.builder import Tables, build


def _second_area(tables: Tables) -> None:
    row = dict(tables["observations"][0])
    tables["observations"] += [{**row, "observation_id": "obs-0009", "area_id": "QN-ha-long"}]
    tables["observations"][-1] |= {"addition_id": "add-0003", "recorded_on": "2026-11-27"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package in which a value of 5.7 was replaced, and others were taken back."""
    return build(tmp_path_factory.mktemp("package"), _second_area)


def test_everything_ever_recorded_is_told_by_area_and_period_with_what_became_of_it(
    root: Path,
) -> None:
    found = vintages(root, "5.7")
    told = [(one.row["observation_id"], one.row["period"], one.stands, one.state) for one in found]
    assert told == [
        ("obs-0003", "2016-2020", True, "stands"),
        ("obs-0001", "2020", True, "stands"),
        ("obs-0002", "2024-H1", False, "replaced by obs-0007"),
        ("obs-0007", "2024-H1", True, "stands"),
        ("obs-0008", "2025", False, "taken back on 2026-11-28: Nhập nhầm"),
        ("obs-0009", "2020", False, "taken back on 2026-11-28: Nhập nhầm"),
    ]  # fmt: skip
    assert {one.source["publisher"] for one in found} == {"Cục Thống kê"}


def test_related_measures_stand_with_their_series(root: Path) -> None:
    assert [one.row["measure"] for one in vintages(root, "6.1")] == ["Số người"]


def test_one_area_alone_can_be_asked_for(root: Path) -> None:
    assert [one.row["observation_id"] for one in vintages(root, "5.7", "QN-ha-long")] == [
        "obs-0009"
    ]
    assert len(vintages(root, "5.7", "QN")) == 5


def test_a_series_without_values_has_no_vintages(root: Path) -> None:
    assert vintages(root, "5.8") == ()


@pytest.mark.parametrize(
    ("series_id", "area_id", "said"),
    [
        ("8.4", None, "did you mean 8.4-"),
        ("5.77", None, "did you mean .*5.7"),
        ("zzz", None, "see the table of series"),
        ("5.7", "QM", "there is no area 'QM'"),
    ],
)
def test_an_unknown_series_or_area_is_refused_with_what_comes_near(
    series_id: str, area_id: str | None, said: str, root: Path
) -> None:
    with pytest.raises(UserError, match=said):
        vintages(root, series_id, area_id)


def test_nothing_is_read_while_the_data_change(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.intake.vintages.reading", partial(reading, wait=0))
    with changing(root), pytest.raises(BusyError):
        vintages(root, "5.7")


def test_programs_get_the_row_its_source_and_its_state(root: Path) -> None:
    told = as_dicts(vintages(root, "5.7"))
    assert told[2]["value"] == "95.76"
    assert told[2]["source"]["source_id"] == "cuc-thong-ke-2024"
    assert (told[2]["stands"], told[2]["state"]) == (False, "replaced by obs-0007")


def test_the_committed_values_all_stand() -> None:
    found = vintages(ROOT, "5.7", "QN")
    assert len(found) > 8
    assert all(one.stands for one in found)
