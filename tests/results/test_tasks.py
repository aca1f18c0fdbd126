"""The task frame: phases by the calendar, standings by what is reported, and nothing guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.api import Plan
from analysis.package.declared import declared
from analysis.results import (
    TASK_PHASES,
    TASK_SCHEDULES,
    TASK_STANDINGS,
    TASK_STATUSES,
    next_change,
    result_columns,
    result_csv,
    task_frame,
)
from analysis.results.declared import resource
from analysis.results.tasks import DUE_WITHIN, LAST_CYCLE, PLAN_DATE
from tests.results.task_tables import TIMES, Update, task, task_tables

TODAY = date(2026, 11, 25)
SCHEDULE_OF = {
    "Năm 2025": "once",
    "Quý III/2024": "once",
    "Giai đoạn 2024-2030": "period",
    "Đến năm 2030": "until",
    "Năm 2025 và thường xuyên": "open_ended",
    "Hằng năm": "yearly",
    "Sơ kết, tổng kết Chương trình": "milestone",
    "": "not_stated",
}


def one(time: str, *told: Update | tuple[str, str, str, str], as_of: date = TODAY) -> pd.Series:
    """The row of one task named ``a`` with this time and these reports."""
    return task_frame(task_tables([task("a", time)], told), as_of=as_of).iloc[0]


def standing(time: str, *told: tuple[str, str], as_of: date = TODAY) -> str:
    row = one(time, *(("a", day, status) for day, status in told), as_of=as_of)
    return str(row["standing"])


@pytest.mark.parametrize(("time", "schedule"), SCHEDULE_OF.items())
def test_a_schedule_is_read_off_dates_and_recurrence(time: str, schedule: str) -> None:
    assert one(time)["schedule"] == schedule


def test_a_time_that_no_schedule_has_is_refused_with_every_such_task() -> None:
    rows = [
        task("a", "Năm 2025", end=None),
        task("b", "Hằng năm"),
        task("c", "", start="2025-01-01"),
    ]
    with pytest.raises(ValueError, match=r"recurrence and dates of a, c$"):
        task_frame(task_tables(rows), as_of=TODAY)


@pytest.mark.parametrize(
    ("time", "day", "phase"),
    [
        ("Năm 2025", "2024-12-31", "not_begun"),
        ("Năm 2025", "2025-01-01", "running"),
        ("Năm 2025", "2025-10-01", "running"),
        ("Năm 2025", "2025-10-02", "due"),
        ("Năm 2025", "2025-12-31", "due"),
        ("Năm 2025", "2026-01-01", "past_end"),
        ("Tháng 2/2028", "2028-01-31", "not_begun"),
        ("Tháng 2/2028", "2028-02-01", "due"),
        ("Tháng 2/2028", "2028-02-29", "due"),  # the day that only leap years have
        ("Tháng 2/2028", "2028-03-01", "past_end"),
        ("Năm 2024", "2024-06-18", "not_begun"),  # the year has begun, but not the plan
        ("Năm 2024", "2024-06-19", "running"),
        ("Tháng 6/2024", "2024-06-19", "due"),
        ("Đến năm 2030", "2024-06-18", "not_begun"),
        ("Đến năm 2030", "2026-11-25", "running"),
        ("Đến năm 2030", "2031-01-01", "past_end"),
        ("Năm 2025 và thường xuyên", "2024-12-31", "not_begun"),
        ("Năm 2025 và thường xuyên", "2035-01-01", "open_ended"),
        ("Hằng năm", "2024-06-18", "not_begun"),
        ("Hằng năm", "2027-01-01", "running"),
        ("Hằng năm", "2028-10-01", "running"),
        ("Hằng năm", "2028-10-02", "due"),
        ("Hằng năm", "2030-12-31", "due"),
        ("Hằng năm", "2031-01-01", "past_end"),
        ("Sơ kết, tổng kết Chương trình", "2020-01-01", "at_reviews"),
        ("", "2031-01-01", "no_time_stated"),
    ],
)
def test_a_phase_changes_on_its_day(time: str, day: str, phase: str) -> None:
    assert one(time, as_of=date.fromisoformat(day))["phase"] == phase


@pytest.mark.parametrize(
    ("day", "cycle"),
    [("2023-05-05", 2024), ("2024-06-19", 2024), ("2026-12-31", 2026), ("2027-01-01", 2027),
     ("2031-06-01", 2030)],
)  # fmt: skip
def test_a_yearly_task_is_in_the_cycle_of_the_year_within_the_plan(day: str, cycle: int) -> None:
    row = one("Hằng năm", as_of=date.fromisoformat(day))
    assert (row["cycle"], row["due_on"]) == (cycle, pd.Timestamp(cycle, 12, 31))


def test_only_a_yearly_task_has_a_cycle_and_only_a_stated_end_is_due() -> None:
    for time in ("Năm 2025", "Năm 2025 và thường xuyên", "Sơ kết, tổng kết Chương trình", ""):
        row = one(time)
        assert pd.isna(row["cycle"])
        assert row["cycle_standings"] == ""
        assert pd.isna(row["due_on"]) == (time != "Năm 2025")


def test_nothing_reported_is_said_as_such_and_never_as_overdue() -> None:
    assert standing("Năm 2025") == "past_unreported"
    assert standing("Giai đoạn 2024-2030") == "unreported"
    assert standing("") == "unreported"
    row = one("Năm 2025")
    assert (row["status"], row["reported_statuses"]) == ("not_reported", "")
    assert pd.isna(row["status_date"])


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("2025-06-30", "done")], "done"),
        ([("2025-12-31", "done")], "done"),
        ([("2026-01-01", "done")], "done_after"),
        ([("2025-06-30", "under_way"), ("2026-02-01", "done")], "done_after"),
        ([("2025-12-31", "under_way"), ("2026-02-01", "done")], "done_late"),
        ([("2026-01-31", "not_started"), ("2026-02-01", "done")], "done_late"),
        ([("2025-06-30", "done"), ("2026-02-01", "done")], "done"),  # said again later
        ([("2025-06-30", "done"), ("2026-01-10", "under_way")], "overdue"),  # taken back
        ([("2025-12-30", "under_way")], "past_unclear"),
        ([("2025-12-31", "under_way")], "overdue"),
        ([("2026-03-01", "not_started")], "overdue"),
        ([("2025-03-01", "dropped")], "dropped"),
    ],
)
def test_the_end_and_the_day_of_the_report_decide(
    told: list[tuple[str, str]], expected: str
) -> None:
    assert standing("Năm 2025", *told) == expected


@pytest.mark.parametrize("status", ["not_started", "under_way", "done", "dropped"])
@pytest.mark.parametrize("time", ["Giai đoạn 2024-2030", "Năm 2025 và thường xuyên", "",
                                  "Sơ kết, tổng kết Chương trình"])  # fmt: skip
def test_before_the_end_or_without_one_a_status_is_what_was_reported(
    time: str, status: str
) -> None:
    assert standing(time, ("2026-01-15", status)) == status


def test_the_latest_report_by_the_day_of_assessment_counts() -> None:
    told = (("a", "2026-06-30", "done"), ("a", "2025-06-30", "not_started"),
            ("a", "2026-03-31", "under_way"))  # fmt: skip
    row = one("Giai đoạn 2024-2030", *told, as_of=date(2026, 6, 29))
    assert (row["status"], row["status_date"]) == ("under_way", pd.Timestamp(2026, 3, 31))
    assert one("Giai đoạn 2024-2030", *told, as_of=date(2026, 6, 30))["status"] == "done"


def test_sources_that_differ_on_one_day_are_both_told_and_none_is_chosen() -> None:
    told = (("a", "2026-01-31", "done", "b-paper"), ("a", "2026-01-31", "under_way", "a-office"))
    row = one("Năm 2025", *told)
    assert (row["status"], row["standing"]) == ("conflicting", "conflicting")
    assert row["reported_statuses"] == "under_way done"
    assert row["status_source_ids"] == "a-office b-paper"


def test_sources_that_agree_on_one_day_are_all_named() -> None:
    told = (("a", "2025-06-30", "done", "b-paper"), ("a", "2025-06-30", "done", "a-office"))
    row = one("Năm 2025", *told)
    assert (row["standing"], row["status_source_ids"]) == ("done", "a-office b-paper")


def test_after_a_conflict_it_is_not_known_whether_a_task_was_late() -> None:
    told = (("a", "2025-12-31", "done", "x"), ("a", "2025-12-31", "under_way", "y"),
            ("a", "2026-02-01", "done", "x"))  # fmt: skip
    assert one("Năm 2025", *told)["standing"] == "done_after"


def test_a_report_on_a_yearly_task_is_of_the_year_of_its_day() -> None:
    told = (("a", "2024-12-31", "done"), ("a", "2025-12-31", "under_way"),
            ("a", "2026-01-10", "done"))  # fmt: skip
    row = one("Hằng năm", *told)
    assert row["cycle_standings"] == "done overdue done"
    assert row["standing"] == "done"
    later = one("Hằng năm", *told, as_of=date(2027, 1, 1))
    assert (later["status"], later["standing"]) == ("not_reported", "unreported")
    assert later["cycle_standings"] == "done overdue done unreported"


def test_a_year_without_a_report_is_past_and_unreported() -> None:
    assert one("Hằng năm")["cycle_standings"] == "past_unreported past_unreported unreported"
    over = one("Hằng năm", as_of=date(2032, 1, 1))
    assert over["cycle_standings"] == " ".join(["past_unreported"] * 7)


def test_agencies_stand_beside_those_that_took_over() -> None:
    led = [("a", "labour", "lead"), ("a", "culture", "lead"), ("b", "labour", "coordinating")]
    tables = task_tables([task("a", "Hằng năm"), task("b", "Hằng năm")], led=led)
    tables["task_agencies"].loc[0, "inherited"] = True
    first, second = (row for _, row in task_frame(tables, as_of=TODAY).iterrows())
    assert (first["lead_ids"], first["lead_inherited"]) == ("labour culture", True)
    assert first["lead_successor_ids"] == "home culture"
    assert first["lead_inferred_successor_ids"] == "health"
    assert (first["coordinating_ids"], first["coordinating_inherited"]) == ("", False)
    assert (second["lead_ids"], second["coordinating_successor_ids"]) == ("", "home")


def test_rows_follow_the_plan_whatever_their_order_in_the_table() -> None:
    tables = task_tables([task(name, "Hằng năm") for name in "abc"])
    turned = {**tables, "tasks": tables["tasks"].iloc[::-1]}
    pd.testing.assert_frame_equal(task_frame(turned, as_of=TODAY), task_frame(tables, as_of=TODAY))


@pytest.mark.parametrize(
    ("time", "day", "change"),
    [
        ("Năm 2025", "2024-01-01", "2025-01-01"),
        ("Năm 2025", "2025-05-05", "2025-10-02"),
        ("Năm 2025", "2025-10-02", "2026-01-01"),
        ("Năm 2025", "2026-01-01", None),
        ("Hằng năm", "2023-01-01", "2024-06-19"),
        ("Hằng năm", "2026-11-25", "2027-01-01"),
        ("Hằng năm", "2027-01-01", "2027-10-02"),
        ("Hằng năm", "2030-12-31", "2031-01-01"),
        ("Hằng năm", "2031-01-01", None),
        ("Năm 2025 và thường xuyên", "2024-12-31", "2025-01-01"),
        ("Năm 2025 và thường xuyên", "2025-01-01", None),
        ("", "2024-01-01", None),
    ],
)
def test_the_next_change_is_the_day_on_which_something_falls_due_begins_or_ends(
    time: str, day: str, change: str | None
) -> None:
    found = next_change(task_tables([task("a", time)]), as_of=date.fromisoformat(day))
    assert found == (date.fromisoformat(change) if change else None)


def test_a_report_as_of_a_day_to_come_is_a_change_too() -> None:
    tables = task_tables([task("a", "Giai đoạn 2024-2030")], [("a", "2026-12-01", "under_way")])
    assert next_change(tables, as_of=TODAY) == date(2026, 12, 1)


def test_the_next_change_of_a_group_leaves_other_groups_out() -> None:
    tables = task_tables([task("a", "Hằng năm"), task("b", "Năm 2027", task_group_id="II")])
    early = date(2026, 6, 1)
    assert next_change(tables, as_of=early) == date(2026, 10, 2)
    assert next_change(tables, as_of=early, task_group_id="II") == date(2027, 1, 1)
    assert next_change(tables, as_of=early, task_group_id="IX") is None


# General rules

days = st.dates(date(2023, 1, 1), date(2032, 12, 31))
reports = st.lists(
    st.tuples(
        st.just("a"),
        st.dates(date(2024, 1, 1), date(2031, 12, 31)).map(str),
        st.sampled_from(["not_started", "under_way", "done", "dropped"]),
        st.sampled_from(["office", "paper"]),
    ),
    max_size=6,
    unique_by=lambda row: (row[1], row[3]),
)
times = st.sampled_from(sorted(TIMES))
patient = settings(deadline=None, max_examples=50)


@patient
@given(times, reports, days)
def test_every_task_is_in_one_known_class_of_each_kind(
    time: str, told: list[tuple[str, str, str, str]], day: date
) -> None:
    row = one(time, *told, as_of=day)
    assert row["schedule"] in TASK_SCHEDULES
    assert row["phase"] in TASK_PHASES
    assert row["status"] in TASK_STATUSES
    assert {row["standing"], *row["cycle_standings"].split()} <= {*TASK_STANDINGS}


@patient
@given(times, reports, days)
def test_overdue_needs_a_report_of_the_last_day_or_later(
    time: str, told: list[tuple[str, str, str, str]], day: date
) -> None:
    row = one(time, *told, as_of=day)
    assert (row["standing"] == "overdue") == (
        row["phase"] == "past_end"
        and row["status"] in ("not_started", "under_way")
        and row["status_date"] >= row["due_on"]
    )


@patient
@given(times, reports, days)
def test_what_is_reported_after_the_day_changes_nothing(
    time: str, told: list[tuple[str, str, str, str]], day: date
) -> None:
    known = [row for row in told if row[1] <= day.isoformat()]
    pd.testing.assert_series_equal(one(time, *told, as_of=day), one(time, *known, as_of=day))


@patient
@given(times, reports, days)
def test_nothing_changes_before_the_next_change(
    time: str, told: list[tuple[str, str, str, str]], day: date
) -> None:
    tables = task_tables([task("a", time)], told)
    change = next_change(tables, as_of=day)

    def state(when: date) -> list[str]:
        row = task_frame(tables, as_of=when).iloc[0]
        return [str(row[name]) for name in ("phase", "cycle", "status", "status_date", "standing",
                                            "cycle_standings")]  # fmt: skip

    last = (change or date(2033, 12, 31)) - timedelta(days=1)
    between = {day, last, day + (last - day) / 2, min(day + timedelta(days=DUE_WITHIN), last)}
    assert {tuple(state(when)) for when in between} == {tuple(state(day))}
    assert change is None or state(change) != state(day)


# The plan itself


@pytest.fixture(scope="module")
def frame(plan: Plan, as_of: date) -> pd.DataFrame:
    return plan.task_status(as_of=as_of).set_index("task_id")


def test_the_plan_has_41_tasks_of_every_schedule(frame: pd.DataFrame) -> None:
    assert len(frame) == 41
    assert frame["schedule"].value_counts().to_dict() == {
        "yearly": 17, "once": 12, "period": 8, "open_ended": 1, "until": 1, "milestone": 1,
        "not_stated": 1,
    }  # fmt: skip


def test_times_of_the_plan_are_read_as_printed(frame: pd.DataFrame) -> None:
    assert frame.loc["II.2", ["time_source", "schedule"]].tolist() == [
        "Năm 2025 và thường xuyên", "open_ended",
    ]  # fmt: skip
    assert frame.loc["IV.2", "due_on"] == pd.Timestamp(2024, 9, 30)
    assert frame.loc["VI.2.1", "due_on"] == pd.Timestamp(2024, 6, 30)
    assert frame.loc["IX.4", "schedule"] == "until"
    assert frame.loc["VII.3", ["schedule", "time_inherited"]].tolist() == ["yearly", True]


def test_in_november_2026_thirteen_tasks_are_past_their_time(frame: pd.DataFrame) -> None:
    past = frame[frame["phase"].eq("past_end")]
    assert sorted(past.index) == sorted(
        ["II.5", "III.1", "IV.2", "IV.4", "IV.5", "VI.1.1", "VI.1.2", "VI.2.1", "VI.2.2",
         "VI.3.1", "VI.3.2", "VI.5.2", "IX.1"]
    )  # fmt: skip


def test_every_task_of_the_plan_has_a_lead(frame: pd.DataFrame) -> None:
    assert frame["lead_ids"].ne("").all()
    assert frame.loc["II.5", ["lead_ids", "lead_inherited"]].tolist() == ["so-y-te", True]
    assert frame.loc["IX.1", "lead_successor_ids"] == "so-tai-chinh"
    assert "so-y-te" in frame.loc["III.1", "lead_inferred_successor_ids"]


def test_a_group_can_be_asked_for(plan: Plan, as_of: date) -> None:
    assert plan.task_status(group="III", as_of=as_of)["task_id"].tolist() == [
        "III.1", "III.2", "III.3",
    ]  # fmt: skip
    assert plan.task_status(group="X", as_of=as_of).empty


def test_the_constants_are_those_of_the_plan(plan: Plan) -> None:
    assert (
        f"ngày {PLAN_DATE.day} tháng {PLAN_DATE.month} năm {PLAN_DATE.year}"
        in plan.tables.descriptor["description"]
    )
    assert plan["tasks"]["end"].max().year == LAST_CYCLE


# The published table


def codes(name: str) -> set[str]:
    return set(
        next(one for one in resource("results_tasks").fields if one.name == name).enum_labels
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("schedule", TASK_SCHEDULES),
        ("phase", TASK_PHASES),
        ("status", TASK_STATUSES),
        ("reported_statuses", TASK_STATUSES),
        ("standing", TASK_STANDINGS),
        ("cycle_standings", TASK_STANDINGS),
    ],
)
def test_the_published_codes_are_those_of_the_code(name: str, expected: tuple[str, ...]) -> None:
    assert codes(name) == {*expected}


def test_the_published_statuses_include_those_of_the_data_package() -> None:
    table = next(one for one in declared().resources if one.name == "task_updates")
    field = next(one for one in table.fields if one.name == "status")
    assert set(field.enum_labels) == {*TASK_STATUSES} - {"not_reported", "conflicting"}


def test_dates_are_published_as_days_and_missing_ones_as_nothing() -> None:
    tables = task_tables([task("a", "Năm 2025"), task("b", "Hằng năm"), task("c", "")])
    text = result_csv("results_tasks", task_frame(tables, as_of=TODAY))
    header, *lines = (line.split(",") for line in text.splitlines())
    assert header == result_columns("results_tasks")
    columns = [header.index(name) for name in ("start", "end", "cycle", "due_on", "status_date")]
    assert [[line[column] for column in columns] for line in lines] == [
        ["2025-01-01", "2025-12-31", "", "2025-12-31", ""],
        ["", "", "2026", "2026-12-31", ""],
        ["", "", "", "", ""],
    ]


def test_a_time_of_day_is_refused_where_a_day_is_published() -> None:
    frame = task_frame(task_tables([task("a", "Năm 2025")]), as_of=TODAY)
    frame["start"] = pd.Timestamp(2025, 1, 1, 8)
    with pytest.raises(ValueError, match=r"column start: .* is no date \(not a day\)"):
        result_csv("results_tasks", frame)
