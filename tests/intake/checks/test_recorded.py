"""The checks on what was recorded first: each observation as if it were new beside the others."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from analysis.api import Plan
from analysis.intake.checks import findings
from analysis.intake.model import Finding
from analysis.observe.facts import Facts, read_facts
from analysis.observe.rows import Row
from tests.intake.checks.builders import DAY, entry, submission

COLLECTED = Path(__file__).parents[2] / "data" / "collected" / "observed_values.csv"
RIGHT = Path(__file__).with_name("right_alarms.yaml")

Alarm = tuple[int, str]
"""The number of an observation and the code of what is found about it."""


def observation_id(number: int) -> str:
    return f"obs-{number:04}"


@pytest.fixture(scope="module")
def rows() -> dict[int, Row]:
    """The collected rows by the number of the observation that each became."""
    with COLLECTED.open(encoding="utf-8", newline="") as file:
        return dict(enumerate(csv.DictReader(file), 1))


@pytest.fixture(scope="module")
def facts(root: Path) -> Facts:
    return read_facts(root / "data")


@pytest.fixture(scope="module")
def found(plan: Plan, facts: Facts, rows: dict[int, Row]) -> list[tuple[int, Finding]]:
    """What is found about every row, beside the others.

    No rule looks at another series, and none that compares numbers at another area, so one row of
    every series and area is left out at a time.
    """
    tables = {name: plan.recorded[name] for name in plan.recorded}
    every = tables["observations"].head(len(rows))
    numbered = dict(zip(rows, every["series_id"] + " " + every["area_id"], strict=True))
    alarms: list[tuple[int, Finding]] = []
    for batch in one_of_each(numbered):
        entries = [entry(number, **rows[number]) for number in batch]
        out = every["observation_id"].isin(list(map(observation_id, batch)))
        beside = tables | {"observations": every[~out]}
        for one in findings(submission(*entries), beside, as_of=DAY, facts=facts):
            alarms.append((one.place.row, one))
    return alarms


def one_of_each(series: dict[int, str]) -> Iterator[list[int]]:
    """Return the first row of every series and area, then the second where there is one, …"""
    waiting = defaultdict[str, list[int]](list)
    for number, of in series.items():
        waiting[of].append(number)
    for place in range(max(map(len, waiting.values()))):
        yield [numbers[place] for numbers in waiting.values() if place < len(numbers)]


def test_every_row_is_tried_once() -> None:
    assert list(one_of_each({1: "a", 2: "b", 3: "a", 4: "a"})) == [[1, 2], [3], [4]]


def test_the_alarms_are_those_that_are_right(found: list[tuple[int, Finding]]) -> None:
    declared = yaml.safe_load(RIGHT.read_text(encoding="utf-8"))
    right = Counter((number, one["code"]) for one in declared for number in one["observations"])
    assert all(one["reason"] for one in declared)
    assert Counter((number, one.code) for number, one in found) == right


def test_nothing_recorded_would_have_been_refused(found: list[tuple[int, Finding]]) -> None:
    assert {one.severity for _, one in found} == {"warning", "notice"}


def test_of_the_province_two_values_are_called_jumps(
    found: list[tuple[int, Finding]], rows: dict[int, Row]
) -> None:
    jumps = [number for number, one in found if one.code == "jump"]
    assert [number for number in sorted(jumps) if rows[number]["area"] == "QN"] == [54, 521]
    assert len(jumps) == 8


def test_in_one_file_the_unnamed_parts_of_a_value_are_asked_for(
    plan: Plan, facts: Facts, rows: dict[int, Row]
) -> None:
    """Two or three values of one source that measure different things, without naming them.

    Two school years (7.5), three kinds of schools (7.17), two standards of communes (9.7): only
    their notes tell.
    """
    whole = submission(*(entry(number, **row) for number, row in rows.items()))
    asked = [
        one for one in findings(whole, plan.recorded, as_of=DAY, facts=facts)
        if one.severity in {"question", "error"}
    ]  # fmt: skip
    assert [(one.code, one.place.row) for one in asked] == [
        ("two-values-in-file", number) for number in (222, 324, 325, 463)
    ]
