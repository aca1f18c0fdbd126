from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tests.intake.checks.builders import Desk, entry

DISTRICT = {"area": "QN-ha-long", "published": ""}
ENDED = ("7.1", "2025-07", "QN", "The district level ended on 1 July 2025.")


@pytest.mark.parametrize("period", ["2027", "2026-12", "2026-Q5", "2027-H1", "2027-2030"])
def test_a_period_that_begins_later_is_an_error(desk: Desk, period: str) -> None:
    codes = desk.codes(entry(period=period, published=""))
    assert codes == ([] if period == "2026-Q5" else ["future"])


def test_the_future_begins_after_the_day_of_the_check(desk: Desk) -> None:
    row = entry(period="2026-12", status="estimate", published="")
    assert desk.codes(row, as_of=date(2026, 11, 30)) == ["future"]
    assert desk.codes(row, as_of=date(2026, 12, 1)) == []


def test_an_actual_value_of_an_unfinished_period_is_warned_of(desk: Desk) -> None:
    finding = desk.only(entry(period="2026", published=""))
    assert (finding.code, finding.severity) == ("unfinished-period", "warning")
    assert "ends on 2026-12-31, after 2026-11-25" in finding.what
    assert desk.look(entry(period="2026", published="", status="estimate")) == ()
    assert desk.look(entry(period="2026", published=""), as_of=date(2026, 12, 31)) == ()
    first_day = desk.codes(entry(period="2026", published=""), as_of=date(2026, 1, 1))
    assert first_day == ["unfinished-period"]


@pytest.mark.parametrize("published", ["2026-11-26", "2026-12", "2027"])
def test_a_source_cannot_be_published_after_the_day_of_the_check(
    desk: Desk, published: str
) -> None:
    finding = desk.only(entry(published=published))
    assert (finding.code, finding.severity) == ("published-in-future", "error")
    assert finding.place.cell == "L2"


@pytest.mark.parametrize("published", ["2026-11-25", "2026-11", "2026", "", "nd"])
def test_a_source_of_the_day_or_undated_is_not_in_the_future(desk: Desk, published: str) -> None:
    assert desk.look(entry(published=published)) == ()


@pytest.mark.parametrize("status", ["actual", "estimate"])
def test_a_source_older_than_its_period_is_warned_of(desk: Desk, status: str) -> None:
    finding = desk.only(entry(published="2026-05-31", status=status))
    assert (finding.code, finding.severity) == ("published-before-period", "warning")
    assert "2026-05-31, before the period began (2026-06-01)" in finding.what
    assert desk.look(entry(published="2026-06-01", status=status)) == ()


def test_a_source_older_than_the_end_of_its_period_cannot_be_actual(desk: Desk) -> None:
    row = {"period": "2025", "published": "2025-12-17"}
    finding = desk.only(entry(**row))
    assert (finding.code, finding.severity) == ("actual-before-end", "warning")
    assert desk.look(entry(**row, status="estimate")) == ()
    assert desk.codes(entry(period="2025", published="2025-01-01")) == ["actual-before-end"]
    unfinished = entry(period="2026", published="2026-07-15")
    assert desk.codes(unfinished) == ["unfinished-period"]
    assert desk.codes(unfinished, as_of=date(2026, 12, 31)) == ["actual-before-end"]


@pytest.mark.parametrize("published", ["2025", "2025-12", "2025-12-31", "2026-01-02", ""])
def test_a_source_that_may_be_of_the_last_day_is_taken_as_such(desk: Desk, published: str) -> None:
    assert desk.look(entry(period="2025", published=published)) == ()


def test_a_state_within_a_month_cannot_be_written_more_exactly(desk: Desk) -> None:
    assert desk.look(entry(period="2025-09", published="2025-09-05")) == ()


def test_an_area_that_ended_before_the_period_is_an_error(desk: Desk) -> None:
    finding = desk.only(entry(**DISTRICT))
    assert (finding.code, finding.severity) == ("area-not-then", "error")
    assert "Hạ Long City ended on 2025-06-30, before the period began (2026-06-01)" in finding.what
    assert finding.mend == (
        "write the area that the value is of, such as QN, or a period up to 2025-06-30"
    )
    assert finding.place.cell == "C2"


def test_a_break_that_came_with_it_says_why(desk: Desk) -> None:
    row = entry(indicator_code="7.1", value="100", **DISTRICT)
    assert desk.only(row, breaks=[ENDED]).what.endswith(ENDED[-1])
    assert not desk.only(row, breaks=[("7.2", *ENDED[1:])]).what.endswith(ENDED[-1])
    assert not desk.only(row, breaks=[("7.1", "2025-06", *ENDED[2:])]).what.endswith(ENDED[-1])


@pytest.mark.parametrize("period", ["2025", "2025-H1", "2024", "2025-06"])
def test_a_period_in_which_an_area_existed_is_at_most_warned_of(desk: Desk, period: str) -> None:
    codes = desk.codes(entry(**DISTRICT, period=period))
    assert codes == (["area-part-of-period"] if period == "2025" else [])


def test_an_area_that_began_later_is_an_error_too(desk: Desk) -> None:
    tables = desk.with_rows()
    areas = tables["areas"].assign(valid_from=tables["areas"]["valid_to"])
    areas = areas.assign(valid_to=areas["valid_to"].where(areas["valid_to"].isna()))
    later = Desk(tables | {"areas": areas})
    finding = later.only(entry(**DISTRICT, period="2024"))
    assert finding.code == "area-not-then"
    assert "exists from 2025-06-30 only" in finding.what
    assert later.codes(entry(**DISTRICT, period="2025")) == ["area-part-of-period"]
    assert later.codes(entry(**DISTRICT, period="2026-01")) == []


def test_the_first_day_of_an_area_is_within_it(desk: Desk) -> None:
    tables = desk.with_rows()
    areas = tables["areas"].assign(valid_from=pd.Timestamp("2024-01-01"), valid_to=pd.NaT)
    begun = Desk(tables | {"areas": areas})
    assert begun.codes(entry(**DISTRICT, period="2024")) == []
    assert begun.codes(entry(**DISTRICT, period="2023-12")) == ["area-not-then"]


def test_areas_without_bounds_and_unknown_areas_are_not_judged(desk: Desk) -> None:
    assert desk.look(entry(period="1900", published="")) == ()
    assert desk.look(entry(area="Atlantis")) == ()


def test_a_value_before_the_last_break_will_not_be_used(desk: Desk) -> None:
    cut = [("5.7", "2020", "QN", "first"), ("5.7", "2024-07", "QN", "second")]
    finding = desk.only(entry(period="2024-06", published=""), breaks=cut)
    assert (finding.code, finding.severity) == ("before-break", "warning")
    assert "before the break of 2024-07" in finding.what
    assert finding.what.endswith("shown, not used. second")
    assert desk.look(entry(period="2024-07", published=""), breaks=cut) == ()
    assert desk.look(entry(period="2024", published=""), breaks=cut) == ()
    assert desk.look(entry(period="2024-06", published="", indicator_code="99.9"), breaks=cut) == ()
    assert desk.look(entry(period="2024-06", published="", area="VN"), breaks=cut) == ()


def test_a_proxy_is_not_used_in_any_case(desk: Desk) -> None:
    cut = [("5.7", "2024-07", "QN", "second")]
    row = entry(period="2024-06", published="", comparability="proxy")
    assert desk.look(row, breaks=cut) == ()
