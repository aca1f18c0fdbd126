"""Which rows stand after some were taken back or corrected."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.api import Plan
from analysis.observe import standing
from analysis.observe.standing import replacements
from analysis.package.checking import own_checks
from analysis.package.raw import read_raw
from analysis.package.tables import Tables
from tests.observe.amended import CORRECTION, GONE, REPORT, REVISED, STANDS, amend, amended
from tests.observe.builders import observation, observations, sources

EMPTY = pd.DataFrame({"source_id": []}, dtype="str")


def tables(
    additions: str = "1", revisions: dict[int, int] | None = None, withdrawn: str = ""
) -> Tables:
    """Return a package with one observation an addition.

    Parameters
    ----------
    additions
        The additions of the observations, a digit for each of them.
    revisions
        Number of the later observation → number of the one that it replaces.
    withdrawn
        The additions taken back, a digit for each.
    """
    rows = [
        observation(number, addition_id=f"add-000{one}", value=str(90 + number))
        for number, one in enumerate(additions, 1)
    ]
    pairs = (revisions or {}).items()
    return Tables(
        {
            "observations": observations(*rows),
            "task_updates": pd.DataFrame({"addition_id": [], "source_id": []}, dtype="str"),
            "sources": sources(),
            "agency_successions": EMPTY,
            "comparison_targets": EMPTY,
            "revisions": pd.DataFrame(
                {
                    "observation_id": [f"obs-{new:04}" for new, _ in pairs],
                    "revises_id": [f"obs-{old:04}" for _, old in pairs],
                },
                dtype="str",
            ),
            "withdrawals": pd.DataFrame(
                {"addition_id": [f"add-000{one}" for one in withdrawn]}, dtype="str"
            ),
        },
        {"version": "1.0.0"},
        "here",
        "5ha",
    )


def numbers(found: Tables) -> str:
    """Return the numbers of the observations that stand."""
    return "".join(name[-1] for name in found["observations"]["observation_id"])


def test_tables_of_which_everything_stands_are_the_same_object() -> None:
    given_ones = tables("112")
    assert standing(given_ones) is given_ones


def test_tables_without_these_records_have_nothing_to_be_left_out() -> None:
    older = Tables({"observations": observations(observation(1))}, {}, "here")
    assert standing(older) is older


@pytest.mark.parametrize(
    ("additions", "revisions", "withdrawn", "stand"),
    [
        ("112", {}, "2", "12"),  # taken back as a whole
        ("112", {}, "1", "3"),
        ("123", {}, "23", "1"),
        ("12", {2: 1}, "", "2"),  # replaced
        ("1123", {3: 1, 4: 2}, "", "34"),
        ("12", {2: 1}, "2", "1"),  # a revision taken back: the earlier value stands again
        ("12", {2: 1}, "1", "2"),  # what it replaced was taken back: nothing changes
        ("123", {2: 1, 3: 2}, "", "3"),  # replaced, and replaced again
        ("123", {2: 1, 3: 2}, "3", "2"),
        ("123", {2: 1, 3: 2}, "23", "1"),
        ("123", {2: 1, 3: 2}, "2", "3"),  # the last one replaces them all
        ("1234", {2: 1, 3: 2, 4: 3}, "24", "3"),
        ("123", {2: 1, 3: 1}, "2", "3"),  # corrected anew after the first correction was not one
        ("12", {2: 1}, "12", ""),
    ],
)
def test_what_was_taken_back_or_replaced_does_not_stand(
    additions: str, revisions: dict[int, int], withdrawn: str, stand: str
) -> None:
    found = standing(tables(additions, revisions, withdrawn))
    assert numbers(found) == stand
    assert list(found["observations"].index) == list(range(len(stand)))


def test_the_tables_that_say_so_and_all_else_stay_whole() -> None:
    recorded = tables("123", {2: 1}, "3")
    found = standing(recorded)
    assert set(found) == set(recorded)
    for name in ("revisions", "withdrawals", "agency_successions"):
        assert found[name] is recorded[name]
    assert (found.version, found.root, found.sha256) == ("1.0.0", "here", "5ha")
    assert numbers(recorded) == "123", "what is recorded is not touched"


def test_reports_of_tasks_are_taken_back_as_well() -> None:
    recorded = tables("12", withdrawn="2")
    updates = pd.DataFrame({"addition_id": ["add-0001", "add-0002"], "source_id": ["press"] * 2})
    found = standing(Tables({**recorded, "task_updates": updates}, {}, "here"))
    assert found["task_updates"]["addition_id"].tolist() == ["add-0001"]


@pytest.mark.parametrize(
    "table", ["observations", "task_updates", "agency_successions", "comparison_targets"]
)
def test_a_source_stays_as_long_as_anything_comes_from_it(table: str) -> None:
    recorded = tables("12", withdrawn="2")
    rows = observations(observation(1), observation(2, addition_id="add-0002", source_id="other"))
    still = {"source_id": ["official"], "addition_id": ["add-0001"]}
    frame = rows.assign(source_id=["official", "other"]) if table == "observations" else still
    frames = {**recorded, "observations": rows, table: pd.DataFrame(frame)}
    assert "official" in standing(Tables(frames, {}, "here"))["sources"]["source_id"].tolist()
    assert "other" not in standing(Tables(frames, {}, "here"))["sources"]["source_id"].tolist()


def test_what_replaced_a_value_is_the_next_that_was_not_taken_back() -> None:
    every = tables("123", {2: 1, 3: 2})
    rows, revisions = every["observations"], every["revisions"]
    in_turn = {"obs-0001": "obs-0002", "obs-0002": "obs-0003"}
    assert replacements(rows, revisions) == in_turn
    assert replacements(rows[:2], revisions) == {"obs-0001": "obs-0002"}
    assert replacements(rows[:1], revisions) == {}
    without_second = rows[rows["observation_id"] != "obs-0002"]
    both = dict.fromkeys(("obs-0001", "obs-0002"), "obs-0003")
    assert replacements(without_second, revisions) == both


@given(
    st.lists(st.integers(0, 6), min_size=1, max_size=6),
    st.lists(st.integers(1, 6), max_size=6, unique=True),
)
def test_of_values_that_revise_each_other_the_last_that_was_not_taken_back_stands(
    earlier: list[int], withdrawn: list[int]
) -> None:
    """Each observation, of an addition of its own, revises an earlier one (0: none)."""
    revisions = {
        new: old
        for new, old in enumerate(earlier, 1)
        if 0 < old < new and old not in earlier[: new - 1]
    }
    ids = "".join(str(number) for number in range(1, len(earlier) + 1))
    gone = "".join(str(one) for one in withdrawn)
    chains = {number: [number] for number in range(1, len(earlier) + 1)}
    for new, old in revisions.items():
        chains[old].append(new)
        chains[new] = chains[old]
    kept = {max((n for n in chain if str(n) not in gone), default=0) for chain in chains.values()}
    found = standing(tables(ids, revisions, gone))
    assert numbers(found) == "".join(str(one) for one in sorted(kept - {0}))
    assert numbers(standing(found)) == numbers(found)


# In a plan


@pytest.fixture(scope="module")
def later() -> Plan:
    """The plan after two more additions, of which one was taken back."""
    return Plan(amended())


DAY = date(2026, 12, 31)


@pytest.mark.parametrize("withdrawn", [(), ("add-0003",), ("add-0003", "add-0002")])
def test_such_data_are_sound(tmp_path: Path, withdrawn: tuple[str, ...]) -> None:
    found = own_checks(read_raw(amend(tmp_path, withdrawn), []))
    assert [(one.where, one.what) for check in found for one in check.findings] == []


def test_the_version_counts_what_was_added_and_taken_back(later: Plan) -> None:
    assert later.tables.version == later.recorded.version == "1.3.0"
    assert later.tables.descriptor["created"] == "2026-12-03T00:00:00Z"


def test_a_plan_judges_by_what_stands_and_keeps_what_was_recorded(plan: Plan, later: Plan) -> None:
    assert (len(later.observations), len(later.recorded["observations"])) == (549, 551)
    assert len(later.sources) == len(plan.sources) + 1
    assert len(later.recorded["sources"]) == len(plan.sources) + 2
    gap = later.gap(as_of=DAY, year=2030).set_index("series_id")
    assert (gap.loc["5.7", "latest_year"], gap.loc["5.7", "latest_value"]) == (2026, 95.9)
    assert gap.loc["5.7", "base_value"] == 95.5
    tasks = later.task_status(as_of=DAY).set_index("task_id")
    assert (tasks.loc["II.2", "status"], tasks.loc["II.2", "status_source_ids"]) == (
        "under_way",
        REPORT,
    )


def test_the_history_of_a_series_has_what_does_not_stand_with_its_source(later: Plan) -> None:
    history = later.series("5.7").history.set_index("observation_id")
    assert {REVISED, CORRECTION, STANDS, GONE} <= set(history.index)
    assert history.loc[GONE, "title"] == "Báo cáo số 02/BC-SYT"
    assert not {REVISED, GONE} & set(later.observations["observation_id"])


def test_the_history_of_a_series_has_the_values_of_a_what_if(later: Plan) -> None:
    idea = later.with_observations([{"series_id": "5.7", "period": 2027, "value": 97}])
    history = idea.series("5.7").history
    assert history["source_id"].eq("what-if").sum() == 1
    assert GONE in set(history["observation_id"])


def test_a_what_if_stands_upon_what_stands(later: Plan) -> None:
    before = later.gap(as_of=DAY)
    idea = later.with_observations([{"series_id": "5.7", "period": 2026, "value": 97}])
    assert len(idea.observations) == len(later.observations) + 1
    assert len(idea.recorded["observations"]) == len(later.recorded["observations"]) + 1
    assert idea.original is later
    gap = idea.gap(as_of=DAY, year=2030).set_index("series_id")
    assert (gap.loc["5.7", "latest_value"], gap.loc["5.7", "value_source_id"]) == (97.0, "what-if")
    assert later.gap(as_of=DAY).equals(before)


def test_nothing_that_is_judged_sees_the_difference_to_never_having_been_recorded(
    plan: Plan,
) -> None:
    """With both additions taken back the results are the very ones of before."""
    undone = Plan(amended(("add-0003", "add-0002")))
    for name in ("observations", "sources", "task_updates"):
        pd.testing.assert_frame_equal(undone[name], plan[name])
    for name, proxy in product(("gap", "trend", "compare_areas"), (False, True)):
        now = getattr(undone, name)(as_of=DAY, include_proxy=proxy)
        pd.testing.assert_frame_equal(now, getattr(plan, name)(as_of=DAY, include_proxy=proxy))
