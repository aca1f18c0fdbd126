"""The snapshot of the committed data."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from analysis.api import PROVINCE, Plan
from analysis.runs.snapshot import Snapshot
from analysis.runs.taking import plain, take


@pytest.fixture(scope="module")
def taken(plan: Plan, as_of: date) -> Snapshot:
    return take(plan, as_of=as_of, base_year=2020, results="digest")


def test_it_can_be_written_and_read_back(taken: Snapshot) -> None:
    assert Snapshot.read(json.loads(taken.as_text())) == taken


def test_it_is_the_same_each_time(taken: Snapshot, plan: Plan, as_of: date) -> None:
    again = take(plan, as_of=as_of, base_year=2020, results="digest")
    assert again.as_text() == taken.as_text()


def test_it_has_every_series_target_record_source_and_task(taken: Snapshot, plan: Plan) -> None:
    assert list(taken.series) == list(plan["series"].sort_values("position")["series_id"])
    assert sum(len(one["targets"]) for one in taken.series.values()) == len(plan["targets"])
    assert set(taken.observations) == set(plan["observations"]["observation_id"])
    assert set(taken.sources) == set(plan["sources"]["source_id"])
    assert list(taken.tasks) == list(plan["tasks"].sort_values("position")["task_id"])


def test_its_verdicts_are_those_of_the_gap_frame(taken: Snapshot, plan: Plan, as_of: date) -> None:
    frame = plan.gap(as_of=as_of)
    columns = ["verdict", "reason", "grade"]
    keys = zip(frame["series_id"], frame["target_year"], strict=True)
    for (series_id, year), row in zip(keys, frame[columns].to_dict("records"), strict=True):
        judged = taken.series[series_id]["targets"][str(year)]
        assert {name: judged[name] for name in columns} == row


def test_a_latest_value_is_the_last_of_the_province(
    taken: Snapshot, plan: Plan, as_of: date
) -> None:
    view = plan.view(as_of=as_of)
    last = view[view["area_id"].eq(PROVINCE)].sort_values("year").groupby("series_id").tail(1)
    records = dict(zip(last["series_id"], last["observation_id"], strict=True))
    latest = {name: one["latest"] for name, one in taken.series.items() if one["latest"]}
    assert {name: one["observation_id"] for name, one in latest.items()} == records
    assert all(one["source_id"] in taken.sources for one in latest.values())


@pytest.mark.parametrize(
    ("series_id", "vi", "en"),
    [
        ("5.7", "95,76\u00a0%", "95.76\u00a0%"),
        ("4.1", "hạng 6", "rank 6"),
        ("7.14", "Phổ cập giáo dục mức độ 3", "Universal education, level 3"),
    ],
)
def test_values_are_printed_as_each_language_does(
    taken: Snapshot, series_id: str, vi: str, en: str
) -> None:
    assert taken.series[series_id]["latest"]["shown"] == {"vi": vi, "en": en}


def test_a_record_in_another_unit_keeps_its_own(taken: Snapshot) -> None:
    assert taken.observations["obs-0050"]["shown"]["vi"] == "21.500\u00a0USD PPP/người"


def test_a_record_of_another_area_names_it(taken: Snapshot) -> None:
    areas = {one["area_id"]: one["area"] for one in taken.observations.values()}
    assert areas == {"QN": None, "VN": {"vi": "Việt Nam", "en": "Viet Nam"}}


def test_it_says_how_long_it_holds(taken: Snapshot, as_of: date) -> None:
    assert as_of.isoformat() <= taken.holds_until <= f"{as_of.year}-12-31"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (pd.NA, None),
        (float("nan"), None),
        (pd.NaT, None),
        (None, None),
        (float("inf"), None),
        (pd.Timestamp("2026-12-05"), "2026-12-05"),
        (True, True),
        ("x", "x"),
        (2.5, 2.5),
    ],
)
def test_a_cell_is_what_json_has(cell: object, value: object) -> None:
    assert plain(cell) == value


def test_a_whole_number_stays_one() -> None:
    number = plain(pd.Series([2025], dtype="Int64").iloc[0])
    assert (number, type(number)) == (2025, int)
