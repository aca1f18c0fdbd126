from __future__ import annotations

import pytest

from tests.intake.checks.builders import Desk, entry, recorded

DOCTORS = {"indicator_code": "8.4", "part": "Số bác sĩ", "unit": "người/10.000 dân"}


def test_a_plain_row_has_nothing_odd(desk: Desk) -> None:
    assert desk.look(entry()) == ()


@pytest.mark.parametrize("value", ["100.01", "-0.1", "957.6", "682000"])
def test_a_percentage_lies_between_0_and_100(desk: Desk, value: str) -> None:
    finding = desk.only(entry(value=value))
    assert (finding.code, finding.severity) == ("outside-limits", "error")
    assert f"{value} lies outside 0 to 100 per cent" in finding.what
    assert finding.place.cell == "E2"
    assert finding.mend


@pytest.mark.parametrize("value", ["0", "100", "100.0", "-0", "0.0"])
def test_the_limits_themselves_are_within(desk: Desk, value: str) -> None:
    assert desk.look(entry(value=value)) == ()


def test_a_series_has_natural_limits_of_its_own(desk: Desk) -> None:
    finding = desk.only(entry(value="-3", **DOCTORS))
    assert finding.what == (
        "8.4-doctors, Số bác sĩ, QN, 2026-06: -3 lies below 0, the least that the series can be"
    )
    assert desk.codes(entry(value="0", indicator_code="4.1", unit="rank")) == ["outside-limits"]
    assert desk.look(entry(value="1", indicator_code="4.1", unit="rank")) == ()


def test_a_proxy_outside_is_only_warned_of(desk: Desk) -> None:
    for row in (
        entry(value="135", comparability="proxy"),
        entry(value="135", part="Of the year's plan", comparability="proxy"),
    ):
        finding = desk.only(row)
        assert (finding.code, finding.severity) == ("proxy-outside-limits", "warning")


@pytest.mark.parametrize("value", ["", "95,9", "khoảng 500", "1e9", "５００"])
def test_what_is_no_plain_number_is_not_judged(desk: Desk, value: str) -> None:
    assert desk.look(entry(value=value)) == ()


def test_limits_of_a_series_do_not_hold_for_another_unit(desk: Desk) -> None:
    row = entry(value="-5", indicator_code="1", unit="million VND/person", comparability="proxy")
    assert desk.look(row) == ()


def test_a_collected_row_in_another_unit_becomes_a_proxy(desk: Desk) -> None:
    finding = desk.only(entry(value="1400000", unit="người"))
    assert (finding.code, finding.severity) == ("unit-makes-proxy", "warning")
    assert "'người' (persons), that of the series is '%'" in finding.what
    assert "proxy" in finding.what
    assert finding.place.cell == "F2"


def test_a_form_row_in_another_unit_is_an_error(desk: Desk) -> None:
    for comparability in ("exact", "proxy"):
        row = entry(value="1400000", unit="người", comparability=comparability)
        finding = desk.only(row, layout="form")
        assert (finding.code, finding.severity) == ("unit-mismatch", "error")


def test_a_row_that_says_it_is_a_proxy_is_not_told_so(desk: Desk) -> None:
    assert desk.look(entry(value="1400000", unit="người", comparability="proxy")) == ()


def test_an_unknown_unit_is_left_to_the_ingestion(desk: Desk) -> None:
    assert desk.look(entry(value="5", unit="quintals")) == ()


def test_an_ordinal_unit_without_scale_is_the_series_own(desk: Desk) -> None:
    row = entry(indicator_code="7.14", value="Mức độ 3", unit="Mức độ")
    assert desk.look(row) == ()
    assert desk.codes(entry(indicator_code="8.1", value="2.1", unit="Mức độ")) == [
        "unit-makes-proxy"
    ]


def test_a_related_measure_in_another_unit_is_only_noticed(desk: Desk) -> None:
    row = entry(part="Dân số", value="162531", unit="người", comparability="proxy")
    finding = desk.only(row)
    assert (finding.code, finding.severity) == ("unit-of-related-measure", "notice")


def test_a_part_that_the_plan_has_not_makes_a_proxy(desk: Desk) -> None:
    finding = desk.only(entry(value="15", **(DOCTORS | {"part": "Số bác sỹ nữ"})))
    assert (finding.code, finding.severity) == ("part-makes-proxy", "warning")
    assert "'Số bác sĩ'" in finding.what
    assert "'Số bác sỹ nữ'" in finding.what
    assert finding.place.cell == "B2"


def test_the_whole_of_an_indicator_measured_by_part_makes_a_proxy(desk: Desk) -> None:
    warning = desk.only(entry(indicator_code="11.2", value="97"))
    assert warning.code == "part-makes-proxy"
    assert "the plan has it by part: 'Thành thị', 'Nông thôn'" in warning.what


def test_a_part_of_an_indicator_without_parts_makes_a_proxy(desk: Desk) -> None:
    assert "no parts at all, not 'x'" in desk.only(entry(part="x")).what


def test_an_unknown_series_is_left_to_the_ingestion(desk: Desk) -> None:
    assert desk.look(entry(indicator_code="99.9", part="x", unit="người")) == ()


def test_digits_such_as_a_formula_leaves_are_noticed(desk: Desk) -> None:
    finding = desk.only(entry(value="95.33333"))
    assert (finding.code, finding.severity) == ("precision", "notice")
    assert "5 digits behind the point" in finding.what
    assert "more than 2" in finding.what


@pytest.mark.parametrize("value", ["95.3333", "95.300000000"])
def test_a_few_more_digits_and_zeros_are_not(desk: Desk, value: str) -> None:
    assert desk.look(entry(value=value)) == ()


def test_a_series_once_given_exactly_may_be_so_again(desk: Desk) -> None:
    known = [recorded(1, value=95.333)]
    assert desk.look(entry(value="95.33333"), known=known) == ()
    assert desk.codes(entry(value="95.333333"), known=known) == ["precision"]
