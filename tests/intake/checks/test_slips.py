from __future__ import annotations

import pytest

from tests.intake.checks.builders import Desk, entry, recorded, series_of

TRAINED = {"indicator_code": "4.2"}
UNEMPLOYED = {"indicator_code": "3.1"}
HOUSING = {"indicator_code": "10.1", "unit": "Căn hộ", "period": "2026"}


def test_a_share_in_the_place_of_a_percentage_is_seen_by_what_is_known(desk: Desk) -> None:
    finding = desk.only(entry(value="0.958"), known=series_of(("2020", 95.0), ("2022", 93.5)))
    assert (finding.code, finding.severity) == ("share-for-percent", "warning")
    assert "0.958 looks like a share, the lowest value known of the series is 93.5%" in finding.what
    assert finding.mend.startswith("write 95.8 ")


def test_a_small_percentage_can_be_a_share_too(desk: Desk) -> None:
    known = series_of(("2024", 2.16), series_id="3.1")
    assert desk.codes(entry(value="0.0216", **UNEMPLOYED), known=known) == ["share-for-percent"]
    assert desk.look(entry(value="0.9", **UNEMPLOYED), known=known) == ()


def test_where_nothing_is_known_the_target_tells(desk: Desk) -> None:
    finding = desk.only(entry(value="1"))
    assert finding.code == "share-for-percent"
    assert "the lowest target of the series is 95.75%" in finding.what
    assert desk.look(entry(value="1", indicator_code="6.10")) == ()  # a target near 0


def test_a_low_target_tells_nothing(desk: Desk) -> None:
    assert desk.look(entry(value="0.5", indicator_code="5.2")) == ()  # targets of 4 and 5.5


@pytest.mark.parametrize("value", ["0", "1.01", "-0.5"])
def test_only_values_above_0_and_up_to_1_can_be_shares(desk: Desk, value: str) -> None:
    codes = desk.codes(entry(value=value), known=[recorded(1)])
    assert "share-for-percent" not in codes


def test_a_share_is_a_matter_of_percentages(desk: Desk) -> None:
    row = entry(value="0.9", indicator_code="8.1", unit="children per woman")
    assert desk.look(row, known=series_of(("2020", 20.0), series_id="8.1")) == ()


def test_a_series_that_was_at_nothing_may_be_near_it_again(desk: Desk) -> None:
    known = series_of(("2020", 0.0), ("2021", 95.0))
    assert desk.look(entry(value="0.5"), known=known) == ()
    assert desk.codes(entry(value="0.5"), known=known[1:]) == ["share-for-percent"]


@pytest.mark.parametrize(
    ("value", "times", "meant"),
    [
        ("0.21", "1/10 of 2 (2020)", "2.1"),
        ("21", "10 times 2 (2020)", "2.1"),
        ("2.1", "1/1,000 of 2000 (2020)", "2100"),
        ("2600000", "1,000 times 2000 (2020)", "2600"),
    ],
)
def test_a_slip_of_the_decimal_point_is_named(
    desk: Desk, value: str, times: str, meant: str
) -> None:
    number = 2000.0 if "2000" in times else 2.0
    known = series_of(("2020", number), series_id="8.1", unit_id="children-per-woman")
    row = entry(value=value, indicator_code="8.1", unit="children per woman")
    finding = desk.only(row, known=known)
    assert (finding.code, finding.severity) == ("factor-slip", "warning")
    assert f"{value} is about {times}" in finding.what
    assert finding.mend.startswith(f"write {meant} ")


def test_a_slip_must_be_one_against_the_values_on_both_sides(desk: Desk) -> None:
    both = series_of(("2020", 82.0), ("2027", 90.0), series_id="4.2")
    one = series_of(("2020", 82.0), ("2026-08", 9.0), series_id="4.2")
    assert desk.codes(entry(value="8.4", **TRAINED), known=both) == ["factor-slip"]
    assert desk.codes(entry(value="8.4", **TRAINED), known=one) == []


def test_a_value_of_the_same_period_is_a_neighbour(desk: Desk) -> None:
    known = series_of(("2026-06", 87.5), series_id="4.2")
    assert desk.codes(entry(value="8.75", **TRAINED), known=known) == ["factor-slip"]


def test_a_real_change_of_several_times_is_no_slip(desk: Desk) -> None:
    known = series_of(("2024", 1.2), series_id="6.10")
    for value in ("0.36", "3.9", "6.0", "0.2"):
        assert desk.look(entry(value=value, indicator_code="6.10"), known=known) == ()


def test_a_percentage_in_the_place_of_a_count_is_a_slip(desk: Desk) -> None:
    known = series_of(("2024", 8200.0), series_id="10.1", unit_id="dwellings")
    finding = desk.only(entry(value="82", **HOUSING, status="estimate"), known=known)
    assert finding.code == "factor-slip"
    assert "1/100 of 8200 (2024)" in finding.what
    assert finding.mend.startswith("write 8200 ")


def test_zeros_and_values_across_a_break_are_no_neighbours(desk: Desk) -> None:
    row = entry(value="8.4", **TRAINED)
    zero = series_of(("2020", 0.0), series_id="4.2")
    assert desk.look(row, known=zero) == ()
    known = series_of(("2020", 84.0), series_id="4.2")
    assert desk.look(row, known=known, breaks=[("4.2", "2024", "QN", "b")]) == ()
    assert desk.codes(row, known=known, breaks=[("4.2", "2024", "VN", "b")]) == ["factor-slip"]


def test_a_proxy_is_compared_with_proxies_only(desk: Desk) -> None:
    row = entry(value="8.4", comparability="proxy", **TRAINED)
    assert desk.look(row, known=series_of(("2020", 84.0), series_id="4.2")) == ()
    proxies = series_of(("2020", 84.0), series_id="4.2", comparability="proxy")
    assert desk.codes(row, known=proxies) == ["factor-slip"]


def test_another_area_is_no_neighbour(desk: Desk) -> None:
    known = series_of(("2020", 84.0), series_id="4.2", area_id="VN")
    assert desk.look(entry(value="8.4", **TRAINED), known=known) == ()
