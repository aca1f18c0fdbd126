"""Faults are gathered and raised together."""

from __future__ import annotations

import pytest

from analysis.plan.errors import PlanError, Problems


def test_all_faults_are_shown_in_the_order_found() -> None:
    problems = Problems()
    problems.at_line(7, "first", "mend one")
    problems.add("second", "a.yaml", "mend two")
    with pytest.raises(PlanError) as raised:
        problems.raise_all()
    shown = str(raised.value)
    assert shown.index("line 7") < shown.index("a.yaml")
    assert "mend one" in shown
    assert "mend two" in shown


def test_a_fault_found_twice_is_shown_once() -> None:
    problems = Problems()
    problems.at_line(7, "same", "mend")
    problems.at_line(7, "same", "mend")
    assert len(problems) == 1


def test_nothing_is_raised_where_nothing_was_found() -> None:
    Problems().raise_all()
