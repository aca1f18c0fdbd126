from __future__ import annotations

import pytest

from analysis.results.grouping import grouping
from tests.results.builders import tables


def test_the_whole_plan_is_one_part_without_a_head() -> None:
    parts = grouping(tables(), "plan")
    assert parts.heads.shape == (1, 0)
    assert len(parts.members) == 8


def test_groups_hold_the_series_of_their_indicators() -> None:
    parts = grouping(tables(), "group")
    assert parts.heads["group_id"].tolist() == [1, 2]
    members = parts.members.groupby("place")["series_id"].agg(list).to_dict()
    assert members == {1: ["a", "b", "c"], 2: ["d-one", "d-two", "e", "f", "g"]}


def test_agencies_stand_as_the_plan_names_them_with_their_successors_beside() -> None:
    parts = grouping(tables(), "agency")
    heads = parts.heads.set_index("agency_id")
    assert list(heads.index) == ["health", "housing"]
    assert heads["successor_ids"].to_dict() == {"health": "", "housing": "merged"}
    assert heads["inferred_successor_ids"].to_dict() == {"health": "", "housing": "guessed"}


def test_roles_come_in_their_order_and_share_a_series() -> None:
    heads = grouping(tables(), "agency", ["coordinating", "lead"]).heads
    named = list(zip(heads["agency_id"], heads["role"], strict=True))
    assert named == [
        ("health", "lead"), ("housing", "lead"),
        ("housing", "coordinating"), ("merged", "coordinating"),
    ]  # fmt: skip


def test_unknown_names_are_refused_together() -> None:
    with pytest.raises(ValueError, match=r"grouping 'province': use .*; unknown role 'helper'"):
        grouping(tables(), "province", ["helper"])
    with pytest.raises(ValueError, match="unknown role none: use some of lead"):
        grouping(tables(), "agency", [])
