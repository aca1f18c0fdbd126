"""What the opening of an agency's report says, on fixed frames, in both languages."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.charts.rows import first
from analysis.reports.agency_opening import Dossier, agency_sentences, owed, summary_sentences
from analysis.results import agency_frame, agency_work
from analysis.words import Words
from tests.charts.frames import NAN, gap_row
from tests.results.agency_tables import INDICATORS, agency_tables, assigned

MET = {"verdict": "MET", "met": True}
NOTHING = {"verdict": "NO_DATA", "latest_value": NAN, "judged_value": NAN, "met": False}


def gap_rows(**by_series: dict[int, dict[str, Any]]) -> pd.DataFrame:
    """Gap rows of 1, 2-a and 2-b for both years: met, unless said otherwise."""
    rows = []
    for series, part in (("1", None), ("2-a", "a"), ("2-b", "b")):
        told = by_series.get(f"s{series.replace('-', '')}", {})
        for year in (2025, 2030):
            same = {
                "series_id": series,
                "indicator_id": series[0],
                "part_vi": part,
                "part_en": part,
            }
            known = {"target_year": year, "due": year == 2025, "grade": "", **MET}
            rows.append(gap_row(**{**same, **known, **told.get(year, {})}))
    return pd.DataFrame(rows)


def dossier(
    agency_id: str, gap: pd.DataFrame | None = None, reported: tuple[str, ...] = (), **tables: Any
) -> Dossier:
    frames = agency_tables(**tables)
    frame, work = agency_frame(frames), agency_work(frames, agency_id)
    gap = gap_rows() if gap is None else gap
    counted = work[work["standing"].ne("uncertain")]
    came = frames["agency_successions"]
    came = came[came["successor_id"].eq(agency_id) & came["predecessor_id"].ne(agency_id)]
    return Dossier(
        agency=first(frame[frame["agency_id"].eq(agency_id)]),
        work=work,
        gap=gap[gap["series_id"].isin(counted["item_id"])],
        successions=came,
        reported=frozenset(reported),
        names=frames["agencies"],
    )


def said(one: Dossier, language: str) -> list[str]:
    return agency_sentences(one, Words(language))


def test_a_lead_with_series_of_one_indicator_and_no_task() -> None:
    gap = gap_rows(s2a={2025: {"verdict": "NOT_MET", "met": False}}, s2b={2030: NOTHING})
    one = dossier("health", gap, agency_successions=[*_successions(("planning", "finance"))])
    assert said(one, "vi") == [
        "Sở health: theo Kế hoạch, chủ trì một chỉ tiêu (2 dòng số liệu).",
        "Kế hoạch không giao nhiệm vụ nào cho Sở health.",
        "Trong 2 mục tiêu năm 2025 (đã đến hạn) của các chỉ tiêu mà Sở health chủ trì, đánh giá "
        "được 2: 1 đã đạt và 1 không đạt.",
        "Trong 2 mục tiêu năm 2030 của các chỉ tiêu mà Sở health chủ trì, đánh giá được 1: 1 đã "
        "đạt.",
        "Trong 2 dòng số liệu mà Sở health chủ trì, một dòng có mục tiêu chưa đánh giá được, vì "
        "chưa có giá trị nào dùng được: 2 (b).",
    ]
    assert said(one, "en") == [
        "Department of health: under the plan, lead for one indicator (2 series).",
        "Department of health: the plan assigns no task.",
        "Department of health, as lead: 2 of the 2 targets stated for 2025 (due) can be assessed: "
        "1 met and 1 not met.",
        "Department of health, as lead: 1 of the 2 targets stated for 2030 can be assessed: 1 met.",
        "Department of health, as lead: one of the 2 series has a target that cannot be assessed, "
        "since it has no usable value: 2 (b).",
    ]


def _successions(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    """Successions of everything, all reported."""
    known = {"scope_vi": "", "scope_en": "", "confidence": "reported"}
    return [{"predecessor_id": a, "successor_id": b, **known} for a, b in pairs]


def test_what_a_named_agency_took_over_is_counted_after_its_own() -> None:
    one = dossier("finance", reported=("II.1",))
    assert said(one, "vi") == [
        "Sở finance: theo Kế hoạch, chủ trì một nhiệm vụ; phối hợp thực hiện một nhiệm vụ.",
        "Ngoài ra, Sở finance tiếp nhận toàn bộ công việc của Sở planning (theo nguồn): chủ trì "
        "một chỉ tiêu và một nhiệm vụ.",
        "Chỉ tiêu mà Sở finance chủ trì có một mục tiêu năm 2025 (đã đến hạn). Đánh giá: Đã đạt "
        "mục tiêu.",
        "Chỉ tiêu mà Sở finance chủ trì có một mục tiêu năm 2030. Đánh giá: Đã đạt mục tiêu.",
        "1 trong 2 nhiệm vụ mà Sở finance chủ trì có thông tin công bố về tình hình thực hiện.",
        "Mọi mục tiêu đã nêu của chỉ tiêu mà Sở finance chủ trì đều đánh giá được.",
    ]
    assert said(one, "en") == [
        "Department of finance: under the plan, lead for one task; coordinating for one task.",
        "Department of finance, taken over in whole from “Department of planning” (reported): "
        "lead for one indicator and one task.",
        "Department of finance, as lead: one target is stated for 2025 (due). Verdict: Target met.",
        "Department of finance, as lead: one target is stated for 2030. Verdict: Target met.",
        "Department of finance, as lead: a status is reported for 1 of the 2 tasks.",
        "Department of finance, as lead: every stated target can be assessed.",
    ]


def test_a_successor_that_the_plan_does_not_name_answers_for_what_it_took_over() -> None:
    pairs = _successions(("planning", "farming"), ("building", "farming"))
    gap = gap_rows(s2b={2025: {"verdict": "NO_TARGET", "target_status": "not_stated"},
                        2030: {"verdict": "NOT_ASSESSABLE", "reason": "ONE_POINT"}})  # fmt: skip
    one = dossier("farming", gap, agency_successions=pairs)
    assert said(one, "vi") == [
        "Sở farming: Kế hoạch không giao việc nào dưới tên này; cơ quan tiếp nhận toàn bộ công "
        "việc của Sở planning và Sở building (theo nguồn): chủ trì một chỉ tiêu và 3 nhiệm vụ.",
        "Kế hoạch không nêu mục tiêu năm 2025 cho chỉ tiêu mà Sở farming chủ trì.",
        "Chỉ tiêu mà Sở farming chủ trì có một mục tiêu năm 2030; chưa đủ căn cứ để đánh giá.",
        "Chưa nhiệm vụ nào trong 3 nhiệm vụ mà Sở farming chủ trì có thông tin công bố về tình "
        "hình thực hiện.",
        "Dòng số liệu duy nhất mà Sở farming chủ trì có mục tiêu chưa đánh giá được.",
    ]
    assert said(one, "en") == [
        "Department of farming: the plan assigns nothing under this name; all work of “Department "
        "of planning” and “Department of building” has passed to it (reported): lead for one "
        "indicator and 3 tasks.",
        "Department of farming, as lead: no target is stated for 2025.",
        "Department of farming, as lead: one target is stated for 2030, and it cannot be assessed.",
        "Department of farming, as lead: no status is reported for any of the 3 tasks.",
        "Department of farming, as lead: the one series has a target that cannot be assessed.",
    ]


def test_what_may_have_passed_is_said_last_and_counted_nowhere() -> None:
    one = dossier("science")
    assert said(one, "vi") == [
        "Sở science: Kế hoạch không giao việc nào dưới tên này.",
        "Một phần công việc của Sở labour đã chuyển về Sở science (theo nguồn), nhưng gói dữ liệu "
        "chưa có nguồn nào nói rõ mục nào; các mục ấy được nêu riêng và không tính vào những con "
        "số trên.",
    ]
    assert said(one, "en") == [
        "Department of science: the plan assigns nothing under this name.",
        "Department of science: part of the work of “Department of labour” has passed here "
        "(reported), but no source in the data package says which items; they are listed apart "
        "and not counted above.",
    ]


@pytest.mark.parametrize(
    ("agency_id", "vi", "en"),
    [
        (
            "health",
            "Một phần công việc của Sở labour có thể đã chuyển về Sở health (suy ra, cần xác "
            "nhận); các mục ấy được nêu riêng và không tính vào những con số trên.",
            "Department of health: part of the work of “Department of labour” may have passed "
            "here (inferred, to be confirmed); those items are listed apart and not counted above.",
        ),
        (
            "farming",
            "Toàn bộ công việc của Sở labour có thể đã chuyển về Sở farming (suy ra, cần xác "
            "nhận); các mục ấy được nêu riêng và không tính vào những con số trên.",
            "Department of farming: all work of “Department of labour” may have passed here "
            "(inferred, to be confirmed); its items are listed apart and not counted above.",
        ),
    ],
)
def test_what_is_inferred_is_said_to_be_so(agency_id: str, vi: str, en: str) -> None:
    one = dossier(agency_id)
    assert (said(one, "vi")[-1], said(one, "en")[-1]) == (vi, en)
    assert sum("labour" in sentence for sentence in said(one, "en")) == 1


def test_an_agency_with_one_task_says_that_it_has_no_indicator() -> None:
    tasks = [assigned("III.1", "building", "lead", 204)]
    one = dossier("building", task_agencies=_tasks(tasks))
    assert said(one, "vi") == [
        "Sở building: theo Kế hoạch, chủ trì một nhiệm vụ.",
        "Kế hoạch không giao chỉ tiêu nào cho Sở building.",
        "Nhiệm vụ duy nhất mà Sở building chủ trì chưa có thông tin công bố về tình hình thực "
        "hiện.",
    ]
    told = dossier("building", reported=("III.1", "II.1"), task_agencies=_tasks(tasks))
    assert said(told, "vi")[-1] == (
        "Nhiệm vụ duy nhất mà Sở building chủ trì đã có thông tin công bố về tình hình thực hiện."
    )
    assert said(told, "en") == [
        "Department of building: under the plan, lead for one task.",
        "Department of building: the plan assigns no indicator.",
        "Department of building, as lead: a status is reported for the one task.",
    ]


def _tasks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"task_id": row["item"], **row} for row in rows]


def test_a_collective_name_is_no_proper_name_inside_a_sentence() -> None:
    frames = agency_tables()["agencies"]
    names = frames["agency_id"].map({"sectors": "Các sở, ngành"}).fillna(frames["name_vi"])
    rows = frames.assign(name_vi=names).to_dict("records")
    one = dossier("sectors", gap_rows(s1={2030: NOTHING}), agencies=rows)
    assert said(one, "vi") == [
        "Các sở, ngành: theo Kế hoạch, phối hợp thực hiện một chỉ tiêu.",
        "Kế hoạch không giao nhiệm vụ nào cho các sở, ngành.",
        "Chỉ tiêu mà các sở, ngành phối hợp thực hiện có một mục tiêu năm 2025 (đã đến hạn). Đánh "
        "giá: Đã đạt mục tiêu.",
        "Chỉ tiêu mà các sở, ngành phối hợp thực hiện có một mục tiêu năm 2030; chưa đủ căn cứ để "
        "đánh giá.",
    ]
    assert said(one, "en")[2:] == [
        "Department of sectors, in a coordinating role: one target is stated for 2025 (due). "
        "Verdict: Target met.",
        "Department of sectors, in a coordinating role: one target is stated for 2030, and it "
        "cannot be assessed.",
    ]


def test_an_abbreviation_keeps_its_capitals_inside_a_sentence() -> None:
    frames = agency_tables()["agencies"]
    names = frames["agency_id"].map({"sectors": "UBND các huyện"}).fillna(frames["name_vi"])
    one = dossier("sectors", agencies=frames.assign(name_vi=names).to_dict("records"))
    assert one.inside(Words("vi")) == "UBND các huyện"


def test_a_collector_of_figures_owes_figures_and_a_coordinator_does_not() -> None:
    gap = gap_rows(s1={2025: NOTHING, 2030: NOTHING})
    assert said(dossier("office", gap), "vi")[-1] == (
        "Dòng số liệu duy nhất mà Sở office thu thập, thống kê số liệu có mục tiêu chưa đánh giá "
        "được, vì chưa có giá trị nào dùng được."
    )
    assert said(dossier("office", gap), "en")[-1] == (
        "Department of office, as collector of figures: the one series has a target that cannot "
        "be assessed, since it has no usable value."
    )
    assert not any("usable" in sentence for sentence in said(dossier("sectors", gap), "en"))


def test_series_that_lack_a_verdict_and_those_that_lack_a_value_are_told_apart() -> None:
    stale = {"verdict": "NOT_ASSESSABLE", "reason": "STALE"}
    some = dossier("health", gap_rows(s2a={2030: NOTHING}, s2b={2030: stale}))
    assert said(some, "vi")[-2] == (
        "Cả 2 dòng số liệu mà Sở health chủ trì đều có mục tiêu chưa đánh giá được; một dòng chưa "
        "có giá trị nào dùng được: 2 (a)."
    )
    every = dossier("health", gap_rows(s2a={2030: NOTHING}, s2b={2030: NOTHING}))
    assert said(every, "en")[-2] == (
        "Department of health, as lead: each of the 2 series has a target that cannot be assessed, "
        "since they have no usable value: 2."
    )
    none = dossier("health", gap_rows(s2a={2030: stale}, s2b={2030: stale}))
    assert said(none, "en")[-2] == (
        "Department of health, as lead: each of the 2 series has a target that cannot be assessed."
    )


def test_a_part_of_many_series_is_counted_against_all() -> None:
    rows = [{"series_id": row["item"], **row} for row in INDICATORS]
    rows += [{"series_id": "1", **assigned("1", "health", "lead", 105)}]
    gap = gap_rows(s1={2025: NOTHING, 2030: NOTHING}, s2a={2030: NOTHING})
    one = dossier("health", gap, indicator_agencies=rows)
    assert said(one, "en")[-1] == (
        "Department of health, as lead: 2 of the 3 series have a target that cannot be assessed, "
        "since they have no usable value: 1 and 2 (a)."
    )
    assert said(one, "vi")[0] == "Sở health: theo Kế hoạch, chủ trì 2 chỉ tiêu (3 dòng số liệu)."


def test_a_target_that_is_not_stated_is_not_owed() -> None:
    unstated = {"verdict": "NO_DATA", "target_status": "not_stated"}
    assert owed(gap_rows(s1={2025: unstated})).empty


def test_the_index_page_is_told_who_it_is_and_how_its_targets_stand() -> None:
    assert summary_sentences(dossier("finance"), Words("en")) == [
        "Department of finance: under the plan, lead for one task; coordinating for one task.",
        "Department of finance, as lead: one target is stated for 2025 (due). Verdict: Target met.",
        "Department of finance, as lead: one target is stated for 2030. Verdict: Target met.",
    ]
