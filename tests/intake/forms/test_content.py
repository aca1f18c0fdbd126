"""What the rows of a form tell."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.intake.forms.answering import Answering, answering
from analysis.intake.forms.content import Group, Known, Line, known, labels
from analysis.intake.forms.wording import Both, plain
from analysis.package import Tables


@pytest.fixture(scope="module")
def facts(tables: Tables, as_of: date) -> Known:
    return known(tables, as_of)


def asked(tables: Tables, agency_id: str, as_of: date) -> Answering:
    [agency] = answering(tables, agency_id, as_of=as_of)
    return agency


def lines(groups: tuple[Group, ...]) -> dict[str, Line]:
    return {line.key: line for group in groups for line in group.lines}


@pytest.fixture(scope="module")
def health(facts: Known, tables: Tables, as_of: date) -> dict[str, Line]:
    return lines(facts.groups(asked(tables, "so-y-te", as_of), "indicator"))


def told(line: Line, column: str) -> str:
    return plain(line.told[column])


def test_targets_are_as_printed_with_english_where_they_are_words(
    health: dict[str, Line],
) -> None:
    assert told(health["5.7"], "target_2025") == "> =95,75"
    assert told(health["5.6"], "target_2030") == "THCS\nLower secondary school"


def test_a_target_that_the_plan_does_not_state_is_said_in_words_and_not_as_a_dash(
    health: dict[str, Line],
) -> None:
    assert told(health["11.5"], "target_2025") == "không nêu\nnot stated"


def test_the_latest_value_has_its_period_status_and_publisher(
    health: dict[str, Line], tables: Tables
) -> None:
    value, period, publisher = told(health["5.7"], "last").split("\n")
    assert (value, period) == ("95,76", "2025, ước tính")
    assert publisher in set(tables["sources"]["publisher"])
    assert told(health["5.8"], "last") == "chưa có\nnone yet"


def test_a_proxy_is_no_latest_value(facts: Known, tables: Tables) -> None:
    rows = tables["observations"]
    own = rows[rows["area_id"].eq("QN") & rows["comparability"].ne("proxy")]
    assert set(facts.latest) <= set(own["series_id"])
    assert set(rows["series_id"]) - set(own["series_id"])


def test_a_level_is_told_by_its_name(facts: Known, tables: Tables, as_of: date) -> None:
    schools = lines(facts.groups(asked(tables, "so-giao-duc-va-dao-tao", as_of), "indicator"))
    assert told(schools["7.14"], "last").startswith("Phổ cập giáo dục mức độ 3\n6 tháng đầu năm")


def test_a_sub_row_names_its_part_and_how_its_unit_is_read(health: dict[str, Line]) -> None:
    name = told(health["8.4-doctors"], "name")
    assert name.startswith("Chỉ tiêu số lượng trên 10.000 dân – Số bác sĩ\n")
    assert "Cách đọc: Tên chỉ tiêu 8.4" in name
    assert "Lưu ý, từ 2025: Mức 17,4" in name
    assert told(health["8.4-doctors"], "unit") == "người/10.000 dân\nper 10,000 people"
    assert told(health["5.7"], "unit") == "%"


def test_a_break_to_come_is_not_told(tables: Tables) -> None:
    before = known(tables, date(2024, 12, 31)).remarks
    after = known(tables, date(2025, 12, 31)).remarks
    assert "Lưu ý" not in plain(before["8.4-doctors"])
    assert "Lưu ý" in plain(after["8.4-doctors"])


def test_rows_that_are_all_an_agencys_own_need_no_heading(
    facts: Known, tables: Tables, as_of: date
) -> None:
    [group] = facts.groups(asked(tables, "so-xay-dung", as_of), "indicator")
    assert (group.way, group.why, len(group.lines)) == ((), (), 14)


def test_uncertain_rows_are_marked_and_stand_under_their_reason_in_both_languages(
    facts: Known, tables: Tables, as_of: date
) -> None:
    taken, too, uncertain = facts.groups(
        asked(tables, "so-nong-nghiep-va-moi-truong", as_of), "indicator"
    )
    assert "toàn bộ công việc đã chuyển" in plain(taken.way)
    assert "Sở Tài nguyên và Môi trường" in plain(too.way)
    assert (taken.why, too.why) == ((), ())
    assert plain(uncertain.way).startswith("CHƯA CHẮC. Kế hoạch giao cho Sở Lao động")
    assert "giảm nghèo" in plain(uncertain.why)
    assert "poverty reduction" in plain(uncertain.why)
    assert {told(line, "assigned") for line in uncertain.lines} == {"Chưa chắc\nuncertain"}
    assert {told(line, "assigned") for line in taken.lines} == {"Tiếp nhận\ntaken over"}


def test_an_agency_with_one_uncertain_group_alone_has_its_heading(
    facts: Known, tables: Tables, as_of: date
) -> None:
    [group] = facts.groups(asked(tables, "so-khoa-hoc-va-cong-nghe", as_of), "indicator")
    assert plain(group.way).startswith("CHƯA CHẮC")


def test_a_task_has_its_schedule_as_printed_and_its_latest_status(
    tables: Tables, as_of: date, everybody: tuple[Answering, ...]
) -> None:
    reports = pd.DataFrame(
        {
            "task_id": ["II.4", "II.4", "II.4"],
            "date": pd.to_datetime(["2025-01-31", "2025-06-30", "2027-01-01"]),
            "source_id": "x",
            "status": ["not_started", "under_way", "done"],
            "addition_id": "add-0001",
            "note": None,
        }
    )
    facts = known({**tables, "task_updates": reports}, as_of)
    tasks = {
        key: line
        for agency in everybody
        for key, line in lines(facts.groups(agency, "task")).items()
    }
    assert told(tasks["II.4"], "schedule") == "Giai đoạn 2024-2030"
    assert told(tasks["IV.1"], "schedule") == "không nêu\nnot stated"
    status = told(tasks["II.4"], "last_status")
    assert status == "Đang thực hiện\nUnder way\n30/6/2025\n30 June 2025"
    assert told(tasks["II.1"], "last_status") == "chưa có\nnone yet"


def test_nothing_told_looks_like_a_formula(facts: Known, everybody: tuple[Answering, ...]) -> None:
    for agency in everybody:
        for item in ("indicator", "task"):
            for line in lines(facts.groups(agency, item)).values():
                assert not [text for said in line.told.values() if (text := plain(said))
                            and text[0] in "=+-@"]  # fmt: skip


def test_codes_have_the_meanings_that_are_declared() -> None:
    assert labels("task_updates", "status")["done"] == Both("Đã hoàn thành", "Done")
