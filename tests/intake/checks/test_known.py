from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.api import Plan
from analysis.intake.checks.known import Known, read_known
from analysis.intake.checks.subject import subject_of
from analysis.observe.collected import place
from analysis.observe.facts import Facts, read_facts
from tests.intake.checks.builders import DAY, Desk, entry, recorded, report, series_of


def known_of(desk: Desk, *rows: dict[str, object], codes: tuple[str, ...] = ("5.7",)) -> Known:
    return read_known(desk.with_rows(rows), set(codes), DAY)


@pytest.fixture(scope="module")
def facts(root: Path) -> Facts:
    return read_facts(root / "data")


def test_values_are_those_of_the_current_view_in_order_of_time(desk: Desk) -> None:
    rows = series_of(("2022", 95.2), ("2020", 95.0), ("2020-06", 94.0))
    values = known_of(desk, *rows).values["5.7", "QN", False]
    assert [(one.period, one.number) for one in values] == [
        ("2020", Decimal("95.0")),
        ("2022", Decimal("95.2")),
    ]


def test_proxies_are_kept_apart_from_values_that_count(desk: Desk) -> None:
    rows = [recorded(1), recorded(2, value=80.0, comparability="proxy")]
    known = known_of(desk, *rows)
    assert [one.number for one in known.values["5.7", "QN", False]] == [95]
    assert [one.number for one in known.values["5.7", "QN", True]] == [80]


def test_proxies_in_another_unit_are_no_values(desk: Desk) -> None:
    other = {"comparability": "proxy", "comparability_rule": "unit_not_convertible"}
    known = known_of(desk, recorded(1, unit_id="persons", value=1.4e6, **other))
    assert not known.values
    assert not known.measured


def test_values_of_other_indicators_are_not_read(desk: Desk) -> None:
    assert not known_of(desk, recorded(1), codes=("3.1",)).values


def test_a_break_to_come_has_not_begun(desk: Desk) -> None:
    tables = desk.with_rows(breaks=[("5.7", "2020", "QN", "a"), ("5.7", "2027-01", "QN", "b")])
    known = read_known(tables, {"5.7"}, date(2026, 12, 31))
    assert [one.from_period for one in known.breaks["5.7", "QN"]] == ["2020"]
    assert known.segment("5.7", "QN", 2019 * 12 + 11) == 0
    assert known.segment("5.7", "QN", 2020 * 12 + 11) == 1
    assert known.segment("5.7", "VN", 2020 * 12 + 11) == 0


def test_digits_are_the_most_that_plan_and_observations_have(desk: Desk) -> None:
    [one] = known_of(desk, recorded(1, value=95.123)).series["5.7"]
    assert one.decimals == 3
    [one] = known_of(desk, recorded(1)).series["5.7"]
    assert one.decimals == 2  # the plan's target of 95.75


def test_reports_say_who_made_them(desk: Desk) -> None:
    known = read_known(desk.with_rows(reports=[report("II.5", "2025-01-31", "done")]), set(), DAY)
    [one] = known.reports["II.5"]
    assert (one.day, one.status, one.where) == ("2025-01-31", "done", "reported by some")


def test_every_part_belongs_where_the_ingestion_puts_it(plan: Plan, facts: Facts) -> None:
    known = read_known(plan.tables, set(), DAY, facts)
    for code, series in facts.series.items():
        parts = {part for one in series for part in one.parts} | {"", "of another kind"}
        for part in parts:
            subject = subject_of(entry(indicator_code=code, part=part), known)
            fact, measure = place(code, part, facts)
            assert subject.series
            assert (subject.series.series_id, subject.measure) == (fact.series_id, measure)


def test_without_facts_a_part_may_go_without_its_brackets(plan: Plan) -> None:
    known = read_known(plan.tables, set(), DAY)
    subject = subject_of(entry(indicator_code="11.1", part="Nông thôn"), known)
    assert subject.series
    assert (subject.series.series_id, subject.measure) == ("11.1-rural", "")


def test_every_unit_is_read_as_the_ingestion_reads_it(plan: Plan, facts: Facts) -> None:
    for known in (read_known(plan.tables, set(), DAY, facts), read_known(plan.tables, set(), DAY)):
        for code, series in facts.series.items():
            for unit in (*facts.units, "no such unit"):
                subject = subject_of(entry(indicator_code=code, unit=unit), known)
                fact = series[0]
                if subject.series and subject.series.series_id == fact.series_id:
                    assert subject.unit_id == facts.unit_of(unit, fact)
