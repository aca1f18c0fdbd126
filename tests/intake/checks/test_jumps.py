from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.intake.checks.jumps import step, usual_change
from analysis.intake.checks.known import Value
from tests.intake.checks.builders import Desk, entry, series_of

STEADY = [("2020", 95.0), ("2021", 95.2), ("2022", 95.6), ("2023", 95.7), ("2024", 95.9)]
"""Changes of 0.2, 0.4, 0.1, 0.2 a year: largest 0.4, usual 0.2, spread 0.05."""


def values(*given: tuple[int, str]) -> list[Value]:
    """Values of whole years."""
    return [Value(year * 12 + 11, str(year), Decimal(number), 0) for year, number in given]


def test_the_usual_change_is_told_by_median_and_spread() -> None:
    usual = usual_change(values((2020, "10"), (2021, "11"), (2023, "9"), (2024, "13")))
    assert (usual.largest, usual.middle, usual.spread) == (4, 1, 0)
    assert usual.limit == 6


def test_many_large_changes_widen_the_limit_by_their_spread() -> None:
    usual = usual_change(values((2020, "10"), (2021, "11"), (2022, "14"), (2023, "9")))
    assert (usual.largest, usual.middle, usual.spread) == (5, 3, 2)
    assert usual.limit == 13


def test_a_change_is_spread_over_the_years_but_never_over_less_than_one() -> None:
    first, last = values((2020, "10"), (2024, "18"))
    assert step(first, last).yearly == 2
    june = Value(2020 * 12 + 5, "2020-06", Decimal("9.5"), 0)
    assert step(june, first).yearly == Decimal("0.5")


def test_rounding_is_a_unit_of_the_less_exactly_printed_number() -> None:
    [whole, tenth] = values((2020, "10"), (2021, "10.5"))
    assert step(whole, tenth).rounding == 1
    assert step(tenth, tenth).rounding == Decimal("0.1")


@pytest.mark.parametrize("value", ["95.2", "96.5", "96.6"])
def test_a_usual_change_is_no_jump(desk: Desk, value: str) -> None:
    known = series_of(*STEADY)
    assert desk.look(entry(value=value, period="2025"), known=known) == ()


def test_a_jump_names_the_numbers_that_it_compared(desk: Desk) -> None:
    finding = desk.only(entry(value="96.7", period="2025"), known=series_of(*STEADY))
    assert (finding.code, finding.severity) == ("jump", "warning")
    assert finding.what == (
        "5.7, QN, 2025: from 95.9 (2024) to 96.7 is a change of 0.8 a year; the largest known is "
        "0.4, the usual one 0.2, and up to 0.7 passes"
    )


def test_a_fall_as_large_is_a_jump_as_well(desk: Desk) -> None:
    assert desk.codes(entry(value="95", period="2025"), known=series_of(*STEADY)) == []
    assert desk.codes(entry(value="95.1", period="2025"), known=series_of(*STEADY)) == ["jump"]


def test_fewer_than_three_known_values_tell_nothing(desk: Desk) -> None:
    assert desk.look(entry(value="60", period="2025"), known=series_of(*STEADY[-2:])) == ()
    assert desk.codes(entry(value="60", period="2025"), known=series_of(*STEADY[-3:])) == ["jump"]


def test_a_period_known_already_is_a_matter_of_agreement(desk: Desk) -> None:
    assert desk.look(entry(value="60", period="2024"), known=series_of(*STEADY)) == ()
    assert desk.codes(entry(value="60", period="2024-H1"), known=series_of(*STEADY)) == ["jump"]


def test_between_two_known_values_it_must_differ_from_both(desk: Desk) -> None:
    known = series_of(*STEADY[:2], ("2023", 80.0), ("2024", 80.1))
    row = entry(value="95.4", period="2022")
    assert desk.look(row, known=known) == ()
    assert desk.codes(entry(value="60", period="2022"), known=known) == ["jump"]


def test_a_series_that_stood_still_may_move_by_its_rounding(desk: Desk) -> None:
    known = series_of(("2022", 98.0), ("2023", 98.0), ("2024", 98.0))
    assert desk.look(entry(value="97", period="2025"), known=known) == ()
    assert desk.codes(entry(value="96.9", period="2025"), known=known) == ["jump"]


def test_breaks_cut_the_series(desk: Desk) -> None:
    row = entry(value="60", period="2025")
    cut = [("5.7", "2025", "QN", "another definition")]
    assert desk.look(row, known=series_of(*STEADY), breaks=cut) == ()
    other = [("5.7", "2025", "VN", "another definition")]
    assert desk.codes(row, known=series_of(*STEADY), breaks=other) == ["jump"]


def test_proxies_and_related_measures_are_not_judged(desk: Desk) -> None:
    known = [*series_of(*STEADY), *series_of(*STEADY, comparability="proxy")]
    for number, row in enumerate(known, 1):
        row["observation_id"] = f"obs-{number:04}"
    row = {"value": "60", "period": "2025", "comparability": "proxy"}
    assert desk.look(entry(**row), known=known) == ()
    assert desk.look(entry(**row, part="Dân số"), known=known) == ()


def test_a_span_of_years_is_not_judged(desk: Desk) -> None:
    assert desk.look(entry(value="60", period="2020-2025"), known=series_of(*STEADY)) == ()


@pytest.mark.parametrize(
    ("value", "code"),
    [("960", "outside-limits"), ("0.96", "share-for-percent"), ("9.6", "factor-slip")],
)
def test_what_explains_a_jump_is_said_in_its_place(desk: Desk, value: str, code: str) -> None:
    codes = desk.codes(entry(value=value, period="2025"), known=series_of(*STEADY))
    assert "jump" not in codes
    assert code in codes
