"""Roll-ups: counts of verdicts."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.api import Plan
from analysis.measures import VERDICTS
from analysis.results import CLASSES, rollup_frame
from analysis.results.rollup import ROLLUP_COLUMNS, UNASSESSED
from tests.results.builders import SERIES, tables

COUNTS = [f"n_{name.lower()}" for name in CLASSES]
JUDGED = COUNTS[: COUNTS.index("n_mixed") + 1]


def gap_of(*verdicts: str) -> pd.DataFrame:
    rows = [
        {"series_id": row[0], "indicator_id": row[1], "target_year": 2030, "due": False}
        for row in SERIES
    ]
    return pd.DataFrame(rows).assign(verdict=[*verdicts, *["NO_TARGET"] * (8 - len(verdicts))])


def two_lines(one: str, other: str) -> pd.Series:
    """The row of group 2, where indicator 2.1 has two series and the others have no target."""
    gap = gap_of("MET", "MET", "MET", one, other)
    return rollup_frame(tables(), gap, by="group", unit="indicator").iloc[1]


def test_series_are_counted_by_class_and_by_what_they_are_out_of() -> None:
    gap = gap_of("MET", "NO_DATA", "ON_TRACK", "MET", "NOT_ASSESSABLE", "NOT_MET")
    row = rollup_frame(tables(), gap, by="plan").iloc[0]
    assert (row["n"], row["n_stated"], row["n_assessable"]) == (8, 6, 4)
    assert (row["n_met"], row["n_on_track"], row["n_not_met"]) == (2, 1, 1)
    assert (row["n_no_data"], row["n_not_assessable"], row["n_no_target"]) == (1, 1, 2)


@pytest.mark.parametrize(
    ("one", "other", "counted"),
    [
        ("MET", "MET", "n_met"),
        ("MET", "MAINTAINED", "n_mixed"),
        ("MET", "NO_DATA", "n_partly_assessable"),
        ("MET", "NO_TARGET", "n_met"),
        ("NO_DATA", "NO_DATA", "n_no_data"),
        ("NO_DATA", "NOT_ASSESSABLE", "n_not_assessable"),
        ("NO_DATA", "NO_TARGET", "n_no_data"),
        ("NO_TARGET", "NO_TARGET", "n_no_target"),
    ],
)
def test_an_indicator_is_in_a_class_if_all_its_series_are(
    one: str, other: str, counted: str
) -> None:
    expected = Counter({"n_no_target": 3}) + Counter([counted])
    row = two_lines(one, other)
    assert {name: row[name] for name in COUNTS if row[name]} == dict(expected)
    assert two_lines(other, one).equals(row)


def test_a_mixed_indicator_is_judged_and_a_partly_judged_one_is_not() -> None:
    assert two_lines("MET", "NOT_MET")["n_assessable"] == 1
    assert two_lines("MET", "NO_DATA")["n_assessable"] == 0
    assert two_lines("MET", "NO_DATA")["n_stated"] == 1


@given(st.lists(st.sampled_from(VERDICTS), min_size=8, max_size=8))
def test_the_classes_add_up_to_all_and_the_judged_ones_to_the_denominator(
    verdicts: list[str],
) -> None:
    for by in ("plan", "group"):
        for unit in ("series", "indicator"):
            frame = rollup_frame(tables(), gap_of(*verdicts), by=by, unit=unit)
            assert frame[COUNTS].sum(axis=1).equals(frame["n"])
            assert frame[JUDGED].sum(axis=1).equals(frame["n_assessable"])
            assert frame["n"].sum() == {"series": 8, "indicator": 7}[unit]


def test_every_verdict_has_a_column() -> None:
    assert set(VERDICTS) < set(CLASSES)
    assert set(UNASSESSED) < set(VERDICTS)


def test_a_part_of_an_indicator_counts_for_the_agency_that_leads_it() -> None:
    gap = gap_of("MET", "MET", "MET", "NOT_MET", "ON_TRACK")
    frame = rollup_frame(tables(), gap, by="agency", unit="indicator").set_index("agency_id")
    assert frame["n"].to_dict() == {"health": 4, "housing": 4}  # 2.1 is in both
    assert frame["n_on_track"].to_dict() == {"health": 1, "housing": 0}
    assert frame["n_not_met"].to_dict() == {"health": 0, "housing": 1}
    assert frame["n_mixed"].tolist() == [0, 0]


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown unit 'indicators': use one of series, indicator"):
        rollup_frame(tables(), gap_of(), unit="indicators")


# The committed package


def test_the_whole_plan_has_its_declared_totals(plan: Plan, as_of: date) -> None:
    lines = plan.rollup("plan", as_of=as_of)
    indicators = plan.rollup("plan", unit="indicator", as_of=as_of)
    assert list(lines) == list(ROLLUP_COLUMNS)
    assert lines["target_year"].tolist() == [2025, 2030]
    assert lines["due"].tolist() == [True, False]
    assert lines["n"].tolist() == [110, 110]
    assert indicators["n"].tolist() == [99, 99]
    stated = plan["targets"]["status"].eq("stated").groupby(plan["targets"]["year"]).sum()
    assert lines["n_stated"].tolist() == stated.tolist()


@pytest.mark.parametrize("by", ["group", "agency"])
def test_the_parts_add_up_to_the_plan(plan: Plan, as_of: date, by: str) -> None:
    parts = plan.rollup(by, as_of=as_of).groupby("target_year")[["n", *COUNTS]].sum()
    whole = plan.rollup("plan", as_of=as_of).set_index("target_year")[["n", *COUNTS]]
    pd.testing.assert_frame_equal(parts, whole)


def test_the_counts_are_those_of_the_gap_rows(plan: Plan, as_of: date) -> None:
    gap = plan.gap(as_of=as_of, group=8, year=2025)
    row = plan.rollup(as_of=as_of, year=2025).set_index("group_id").loc[8]
    counted = {f"n_{name.lower()}": n for name, n in Counter(gap["verdict"]).items()}
    assert {name: row[name] for name in COUNTS if row[name]} == counted


def test_insurance_has_met_two_of_its_eleven_targets_of_2025(plan: Plan, as_of: date) -> None:
    row = plan.rollup(as_of=as_of, year=2025).set_index("group_id").loc[5]
    assert (row["n"], row["n_stated"], row["n_assessable"], row["n_met"]) == (11, 11, 2, 2)


def test_health_staff_is_mixed_in_2025_and_partly_judged_for_2030(plan: Plan, as_of: date) -> None:
    """8.4: beds, doctors, pharmacists and nurses; of the others of group 8 only 8.8 is judged."""
    frame = plan.rollup(unit="indicator", as_of=as_of).set_index(["group_id", "target_year"])
    due, ahead = frame.loc[(8, 2025)], frame.loc[(8, 2030)]
    assert (due["n_mixed"], due["n_met"], due["n_assessable"]) == (1, 1, 2)
    assert (ahead["n_partly_assessable"], ahead["n_assessable"]) == (1, 0)


def test_the_labour_department_stands_with_who_took_over(plan: Plan, as_of: date) -> None:
    frame = plan.rollup("agency", year=2030, as_of=as_of).set_index("agency_id")
    row = frame.loc["so-lao-dong-thuong-binh-va-xa-hoi"]
    assert (row["role"], row["n"]) == ("lead", 34)
    assert row["successor_ids"] == "so-noi-vu"
    inferred = "so-y-te so-giao-duc-va-dao-tao so-nong-nghiep-va-moi-truong"
    assert row["inferred_successor_ids"] == inferred
    assert frame.loc["so-y-te", "successor_ids"] == ""


def test_other_roles_can_be_asked_for(plan: Plan, as_of: date) -> None:
    frame = plan.rollup("agency", roles=["statistics"], as_of=as_of)
    assert set(frame["role"]) == {"statistics"}
    assert set(frame["agency_id"]) == {"cuc-thong-ke"}
