from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.api import Plan
from analysis.intake.checks import RULES, TASK_RULES, findings
from analysis.intake.model import SEVERITIES, Severity
from tests.intake.checks.builders import (
    COLUMNS,
    DAY,
    TASK_COLUMNS,
    Desk,
    entry,
    report,
    series_of,
    submission,
    task_entry,
)

ODD = st.sampled_from(
    ["", " ", "0", "-0", "-1", "1", "100", "0.5", "1e5", "87,5", "nan", "inf", "9" * 400, "²",
     "0." + "0" * 300 + "1", "０", "None", "=1+1", "khoảng 90", "a\nb", "2024-02-31", "\x00"]
) | st.text(max_size=8) | st.decimals(allow_nan=True, allow_infinity=True).map(str)  # fmt: skip

USUAL = {
    "indicator_code": ("5.7", "8.4", "7.14", "10.1", "11.1", "4.1"),
    "part": ("", "Số bác sĩ", "Thành thị", "Dân số"),
    "area": ("QN", "VN", "QN-ha-long"),
    "period": ("2024", "2025-H1", "2026-11", "2016-2020", "0000", "9999-Q4"),
    "unit": ("%", "Mức độ", "người", "người/10.000 dân", "Căn hộ"),
    "comparability": ("exact", "close", "proxy"),
    "status": ("actual", "estimate"),
    "published": ("2024", "2026-11-25", "0000-01"),
    "task_id": ("II.5", "II.1", "IX.4"),
    "date": ("2025-06-30", "2024-01-01", "2027-01-01"),
}
NUMBERS = st.decimals(-10, 10**6, places=2).map(str) | ODD


def cells(columns: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {name: st.sampled_from(USUAL.get(name, ("x",))) | ODD for name in columns}
        | ({"value": NUMBERS} if "value" in columns else {})
    )


@given(
    rows=st.lists(st.tuples(cells(COLUMNS), NUMBERS, NUMBERS), max_size=4),
    reports=st.lists(cells(TASK_COLUMNS), max_size=3),
    layout=st.sampled_from(["form", "collected", "observations"]),
)
@settings(max_examples=25)
def test_whatever_a_file_says_the_checks_never_fail(
    desk: Desk,
    rows: list[tuple[dict[str, str], str, str]],
    reports: list[dict[str, str]],
    layout: str,
) -> None:
    known = series_of(("2020", 95.0), ("2021", 95.2), ("2022", 95.3))
    entries = [entry(n, above, below, **row) for n, (row, above, below) in enumerate(rows, 2)]
    tasks = [task_entry(n, **row) for n, row in enumerate(reports, 2)]
    earlier = [report("II.5", "2025-01-31", "done")]
    for one in desk.look(*entries, tasks=tasks, known=known, reports=earlier, layout=layout):
        assert one.severity in SEVERITIES
        assert one.what
        assert one.mend
        assert len(one.what) < 1200
        assert one.place.row >= 2


def test_an_empty_file_has_nothing_odd(desk: Desk) -> None:
    assert desk.look() == ()


def test_all_that_is_odd_is_told_at_once_in_the_order_of_the_file(desk: Desk) -> None:
    rows = [entry(2, value="957.6"), entry(3, period="2027", published="")]
    found = desk.look(*rows, tasks=[task_entry(4, date="2027-01-01")])
    assert [(one.code, one.place.row) for one in found] == [
        ("outside-limits", 2),
        ("future", 3),
        ("task-in-future", 4),
    ]


def test_what_was_found_while_reading_is_not_repeated(plan: Plan) -> None:
    given_before = findings(submission(entry(value="957.6")), plan.tables, as_of=DAY)
    again = submission(entry(value="957.6"))
    again = type(again)(again.book, again.layout, again.entries, (), given_before)
    assert findings(again, plan.tables, as_of=DAY) == given_before


def _codes() -> Iterator[tuple[str, str]]:
    for one in (*RULES, *TASK_RULES):
        yield one.code, one.severity


def test_every_rule_has_a_code_of_its_own_and_a_severity() -> None:
    codes = [code for code, _ in _codes()]
    assert len(codes) == len(set(codes)) == 33
    assert {severity for _, severity in _codes()} == set(get_args(Severity))


def test_every_rule_says_what_it_is_for() -> None:
    assert all(one.look.__doc__ for one in (*RULES, *TASK_RULES))


@pytest.mark.parametrize("layout", ["form", "collected"])
def test_a_fall_against_the_direction_of_a_series_is_a_fact(desk: Desk, layout: str) -> None:
    known = series_of(("2020", 95.0), ("2021", 95.4), ("2022", 95.9))
    assert desk.look(entry(value="95.5"), known=known, layout=layout) == ()
