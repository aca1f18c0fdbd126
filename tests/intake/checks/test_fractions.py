from __future__ import annotations

from decimal import Decimal, localcontext

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.api import Plan
from analysis.intake.checks.fractions import multiple
from analysis.intake.checks.numbers import any_number
from tests.intake.checks.builders import Desk, entry

DOCTORS = {"indicator_code": "8.4", "part": "Số bác sĩ", "unit": "người/10.000 dân"}
SOCIAL_WORK = {"indicator_code": "6.18", "unit": "per 1000"}


def test_units_say_what_a_fraction_is_multiplied_by(plan: Plan) -> None:
    found = {unit: multiple(unit) for unit in plan.tables["units"]["unit_id"] if multiple(unit)}
    assert found == {
        "percent": 100,
        "persons-per-1000": 1000,
        "persons-per-10000": 10000,
        "beds-per-10000": 10000,
    }


@pytest.mark.parametrize(
    ("value", "numerator", "denominator"),
    [("66.7", "2", "3"), ("66.67", "2", "3"), ("67", "2", "3"), ("0", "0", "9"), ("100", "9", "9")],
)
def test_a_value_that_is_its_fraction_rounded_is_right(
    desk: Desk, value: str, numerator: str, denominator: str
) -> None:
    row = entry(numerator=numerator, denominator=denominator, value=value, indicator_code="5.8")
    assert desk.look(row) == ()


@pytest.mark.parametrize("value", ["65.7", "66.8", "66.68", "2", "66.7000"])
def test_a_value_off_by_more_than_its_last_digit_is_an_error(desk: Desk, value: str) -> None:
    row = entry(numerator="2", denominator="3", value=value)
    found = {one.code: one for one in desk.look(row)}
    finding = found["fraction"]
    assert finding.severity == "error"
    assert "2 of 3 is 66.666667, not" in finding.what
    assert finding.place.cell == "E2"


def test_a_whole_unit_in_the_last_digit_is_too_much_and_half_a_unit_is_rounding(desk: Desk) -> None:
    assert desk.codes(entry(numerator="1", denominator="2", value="51")) == ["fraction"]
    for value in ("50.2", "50.3"):
        assert desk.look(entry(numerator="201", denominator="400", value=value)) == ()


def test_a_value_cut_and_not_rounded_is_only_noticed(desk: Desk) -> None:
    finding = desk.only(entry(numerator="2", denominator="3", value="66.6"))
    assert (finding.code, finding.severity) == ("fraction-cut", "notice")


@pytest.mark.parametrize(
    ("cells", "value", "numerator"), [(DOCTORS, "15.4", "2156"), (SOCIAL_WORK, "1.5", "2100")]
)
def test_rates_are_multiplied_by_their_base(
    desk: Desk, cells: dict[str, str], value: str, numerator: str
) -> None:
    aliases = pd.DataFrame({"unit_text": ["per 1000"], "unit_id": ["persons-per-1000"]})
    known = pd.concat([desk.tables["unit_aliases"], aliases])
    wider = Desk({**desk.tables, "unit_aliases": known})
    right = entry(numerator=numerator, denominator="1400000", value=value, **cells)
    assert wider.look(right) == ()
    wrong = entry(numerator=numerator, denominator="140000", value=value, **cells)
    assert wider.codes(wrong) == ["fraction"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "said"),
    [
        ("3", "0", "the denominator is 0"),
        ("0", "0", "the denominator is 0"),
        ("3", "2", "3 of 2: the numerator is larger than the denominator"),
        ("-3", "-2", "a count cannot be below 0"),
        ("-3", "2", "a count cannot be below 0"),
        ("3", "-2", "a count cannot be below 0"),
    ],
)
def test_an_impossible_fraction_is_an_error(
    desk: Desk, numerator: str, denominator: str, said: str
) -> None:
    finding = desk.only(entry(numerator=numerator, denominator=denominator, value="95"))
    assert (finding.code, finding.severity) == ("fraction-impossible", "error")
    assert said in finding.what


def test_a_rate_may_have_more_above_than_below(desk: Desk) -> None:
    row = entry(numerator="30", denominator="20", value="15000", **DOCTORS)
    assert "fraction-impossible" not in desk.codes(row)


def test_a_unit_that_is_no_fraction_is_not_computed(desk: Desk) -> None:
    row = entry(numerator="1", denominator="2", value="9000", indicator_code="1", unit="USD/person")
    assert desk.look(row) == ()


@pytest.mark.parametrize(
    ("numerator", "denominator", "missing"), [("3", "", "denominator"), (" ", "3", "numerator")]
)
def test_half_a_fraction_is_warned_of(
    desk: Desk, numerator: str, denominator: str, missing: str
) -> None:
    finding = desk.only(entry(numerator=numerator, denominator=denominator))
    assert (finding.code, finding.severity) == ("half-fraction", "warning")
    assert f"without a {missing}" in finding.what


@pytest.mark.parametrize("text", ["1.000,5", "khoảng 90", "1e5"])
def test_a_part_that_is_no_number_is_left_to_others(desk: Desk, text: str) -> None:
    assert desk.look(entry(numerator=text, denominator="3")) == ()


@settings(max_examples=30)
@given(
    numerator=st.integers(0, 10**6),
    more=st.integers(1, 10**6),
    places=st.integers(0, 4),
)
def test_a_correctly_rounded_percentage_is_never_an_error(
    desk: Desk, numerator: int, more: int, places: int
) -> None:
    denominator = numerator + more
    with localcontext(any_number()):
        value = f"{Decimal(numerator) * 100 / Decimal(denominator):.{places}f}"
    row = entry(numerator=str(numerator), denominator=str(denominator), value=value)
    assert not [one for one in desk.look(row) if one.code.startswith("fraction")]


def test_a_note_that_names_another_denominator_is_pointed_out(desk: Desk) -> None:
    row = {"indicator_code": "9.3", "value": "99", "note": "counted by households"}
    finding = desk.only(entry(**row))
    assert (finding.code, finding.severity) == ("denominator-hint", "warning")
    assert "households" in finding.what
    assert finding.place.cell == "M2"
    assert desk.look(entry(**row, comparability="proxy")) == ()
    assert desk.look(entry(**(row | {"note": "counted by the department"}))) == ()
