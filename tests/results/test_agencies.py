"""Who answers for what, on a plan that can be counted by hand and on the plan itself."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from analysis.api import Plan
from analysis.results import AGENCY_COLUMNS, WORK_COLUMNS, agency_frame, agency_work
from analysis.runs.facts import read_facts
from tests.results.agency_tables import agency_tables


@pytest.fixture
def frame() -> pd.DataFrame:
    return agency_frame(agency_tables()).set_index("agency_id")


def work(agency_id: str) -> list[tuple[str, ...]]:
    rows = agency_work(agency_tables(), agency_id)
    names = ["standing", "item", "role", "item_id", "named_id"]
    return list(rows[names].itertuples(index=False, name=None))


def test_agencies_with_an_assignment_and_their_successors_are_reported_on() -> None:
    frame = agency_frame(agency_tables())
    assert list(frame.columns) == list(AGENCY_COLUMNS)
    assert list(frame["agency_id"]) == [
        "labour", "health", "planning", "finance", "office", "sectors", "building", "farming",
        "science",
    ]  # fmt: skip


def test_an_agency_that_only_the_prose_of_the_plan_names_is_left_out(frame: pd.DataFrame) -> None:
    assert "committee" not in frame.index


def test_the_successor_of_a_mere_successor_is_left_out() -> None:
    tables = agency_tables()
    successions = tables["agency_successions"]
    direct = successions["successor_id"].eq("science") & successions["predecessor_id"].eq("labour")
    tables["agency_successions"] = successions[~direct]
    assert "science" not in list(agency_frame(tables)["agency_id"])


def test_what_the_plan_gives_is_counted_by_role_and_under_its_own_name(
    frame: pd.DataFrame,
) -> None:
    counts = {
        "labour": (1, 0, 0, 1, 0, 0, 0, 0),
        "health": (1, 0, 0, 2, 0, 0, 0, 0),
        "planning": (1, 0, 0, 1, 0, 0, 2, 0),
        "finance": (0, 0, 0, 0, 0, 0, 1, 1),
        "office": (0, 1, 0, 0, 1, 0, 0, 0),
        "sectors": (0, 0, 1, 0, 0, 1, 0, 0),
        "building": (0, 0, 0, 0, 0, 0, 1, 0),
        "farming": (0,) * 8,
        "science": (0,) * 8,
    }
    shown = frame.filter(regex="^n_")
    assert list(shown) == [
        "n_indicators_lead", "n_indicators_statistics", "n_indicators_coordinating",
        "n_series_lead", "n_series_statistics", "n_series_coordinating",
        "n_tasks_lead", "n_tasks_coordinating",
    ]  # fmt: skip
    assert {name: tuple(row) for name, row in shown.iterrows()} == counts


def test_reported_and_inferred_relations_stand_apart(frame: pd.DataFrame) -> None:
    assert frame.loc["labour", "successor_ids"] == "science"
    assert frame.loc["labour", "inferred_successor_ids"] == "health farming"
    assert frame.loc["science", "predecessor_ids"] == "labour farming"
    assert frame.loc["farming", "inferred_predecessor_ids"] == "labour"


def test_an_agency_that_kept_its_name_is_not_its_own_successor(frame: pd.DataFrame) -> None:
    assert list(frame.loc["building", ["predecessor_ids", "successor_ids"]]) == ["", ""]


def test_what_a_predecessor_had_is_taken_over_where_all_of_it_is_reported_to_have_passed() -> None:
    assert work("finance") == [
        ("own", "task", "lead", "II.2", "finance"),
        ("own", "task", "coordinating", "II.1", "finance"),
        ("taken_over", "indicator", "lead", "2-b", "planning"),
        ("taken_over", "task", "lead", "II.1", "planning"),
    ]


@pytest.mark.parametrize("agency_id", ["health", "farming", "science"])
def test_what_is_inferred_or_a_part_only_stays_uncertain(agency_id: str) -> None:
    assert ("uncertain", "indicator", "lead", "1", "labour") in work(agency_id)
    assert "taken_over" not in {row[0] for row in work(agency_id)}


def test_an_item_that_comes_twice_in_one_role_stands_once_as_its_own() -> None:
    rows = [row for row in work("finance") if row[3] == "II.2"]
    assert rows == [("own", "task", "lead", "II.2", "finance")]


def test_an_indicator_is_counted_by_its_number_and_its_series_by_theirs() -> None:
    rows = agency_work(agency_tables(), "health")
    assert list(rows.columns) == list(WORK_COLUMNS)
    own = rows[rows["standing"].eq("own")]
    assert list(own["item_id"]) == ["2-a", "2-b"]
    assert list(own["counted_id"]) == ["2", "2"]
    assert list(own["inherited"]) == [False, True]


def test_an_agency_that_nobody_names_has_no_work() -> None:
    assert work("committee") == []
    assert work("nobody") == []


def rows_of(root: Path, table: str) -> Iterator[dict[str, str]]:
    folder = "reference" if table == "agency_successions" else "plan"
    with (root / "data" / folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def test_the_counts_are_those_of_the_tables_themselves(plan: Plan, root: Path) -> None:
    indicator = {row["series_id"]: row["indicator_id"] for row in rows_of(root, "series")}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows_of(root, "indicator_agencies"):
        found[row["agency_id"], f"n_series_{row['role']}"].add(row["series_id"])
        found[row["agency_id"], f"n_indicators_{row['role']}"].add(indicator[row["series_id"]])
    for row in rows_of(root, "task_agencies"):
        found[row["agency_id"], f"n_tasks_{row['role']}"].add(row["task_id"])
    frame = agency_frame(plan.tables).set_index("agency_id")
    counts = frame.filter(regex="^n_").stack()
    assert {key: len(ids) for key, ids in found.items()} == counts[counts.gt(0)].to_dict()


def test_the_run_makes_a_report_for_exactly_these_agencies(plan: Plan, root: Path) -> None:
    of_the_run = [one.subject_id for one in read_facts(root).subjects["agency_id"]]
    assert of_the_run == list(agency_frame(plan.tables)["agency_id"])


def test_every_assignment_of_the_plan_is_the_own_work_of_one_agency(plan: Plan, root: Path) -> None:
    assignments = sum(1 for table in ("indicator_agencies", "task_agencies")
                      for _ in rows_of(root, table))  # fmt: skip
    agencies = agency_frame(plan.tables)["agency_id"]
    own = sum(agency_work(plan.tables, agency)["standing"].eq("own").sum() for agency in agencies)
    assert own == assignments
