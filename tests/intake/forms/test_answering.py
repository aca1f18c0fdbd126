"""Who is asked for what: today's agencies, by what the plan gives and what has passed on."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.errors import UserError
from analysis.intake.forms.answering import Answering, answering, why_uncertain
from analysis.package import Tables

OLD = "so-lao-dong-thuong-binh-va-xa-hoi"


def one(tables: Tables, agency_id: str, as_of: date) -> Answering:
    [agency] = answering(tables, agency_id, as_of=as_of)
    return agency


def test_all_are_those_that_exist_and_lead_or_collect_something(
    tables: Tables, everybody: tuple[Answering, ...]
) -> None:
    asked = {agency.agency_id for agency in everybody}
    ended = set(tables["agency_successions"]["predecessor_id"]) - {"so-xay-dung"}
    assert not asked & ended
    assert {"so-y-te", "cuc-thong-ke", "so-noi-vu", "so-khoa-hoc-va-cong-nghe"} <= asked
    assert not asked & {"bao-hiem-xa-hoi-tinh", "ubnd-thanh-pho-ha-long"}  # these coordinate only


def test_every_series_and_task_is_asked_of_somebody(
    tables: Tables, everybody: tuple[Answering, ...]
) -> None:
    asked = {duty.item_id for agency in everybody for duty in agency.duties}
    assert set(tables["series"]["series_id"]) | set(tables["tasks"]["task_id"]) == asked


def test_an_agency_is_asked_for_its_own_first_and_for_the_uncertain_last(
    tables: Tables, as_of: date
) -> None:
    agency = one(tables, "so-y-te", as_of)
    standings = [duty.standing for duty in agency.of("indicator")]
    assert standings == ["own"] * 25 + ["uncertain"] * 34
    assert {duty.named_id for duty in agency.duties if duty.standing == "uncertain"} == {OLD}


def test_an_item_that_comes_in_two_roles_is_asked_once(tables: Tables, as_of: date) -> None:
    rows = tables["indicator_agencies"]
    twice = rows[rows["agency_id"].eq("cuc-thong-ke")].assign(role="lead")
    more = {**tables, "indicator_agencies": pd.concat([rows, twice], ignore_index=True)}
    [agency] = answering(more, "cuc-thong-ke", as_of=as_of)
    assert len(agency.duties) == 7
    assert {duty.role for duty in agency.duties} == {"lead"}


def test_before_a_succession_the_old_agency_is_asked_and_not_the_new_one(tables: Tables) -> None:
    before, after = date(2025, 2, 28), date(2025, 3, 1)
    assert len(one(tables, OLD, before).of("indicator")) == 34
    assert len(one(tables, "so-y-te", before).of("indicator")) == 25
    assert len(one(tables, "so-y-te", after).of("indicator")) == 59
    with pytest.raises(UserError, match="no longer exists"):
        answering(tables, OLD, as_of=after)
    with pytest.raises(UserError, match="leads nothing"):
        answering(tables, "so-khoa-hoc-va-cong-nghe", as_of=before)


def test_an_agency_that_ended_is_refused_with_its_successors(tables: Tables, as_of: date) -> None:
    with pytest.raises(UserError, match="no longer exists: its work passed to so-noi-vu, so-y-te"):
        answering(tables, OLD, as_of=as_of)


def test_an_unknown_agency_is_refused_with_near_misses(tables: Tables, as_of: date) -> None:
    with pytest.raises(UserError, match="write so-y-te or") as refused:
        answering(tables, "so-yte", as_of=as_of)
    assert "--agency all" in refused.value.mend
    with pytest.raises(UserError, match="write an agency_id"):
        answering(tables, "???", as_of=as_of)


def test_an_agency_with_nothing_is_refused(tables: Tables, as_of: date) -> None:
    with pytest.raises(UserError, match="leads nothing and collects nothing"):
        answering(tables, "bao-hiem-xa-hoi-tinh", as_of=as_of)


@pytest.mark.parametrize(
    ("heir", "said"),
    [
        ("so-noi-vu", "đã chuyển về cơ quan này (theo nguồn; lĩnh vực: lao động"),
        ("so-y-te", "có thể đã chuyển về cơ quan này (suy ra, cần xác nhận; lĩnh vực: bảo trợ"),
    ],
)
def test_why_a_row_is_uncertain_is_said_in_both_languages(
    heir: str, said: str, tables: Tables
) -> None:
    [why] = why_uncertain(tables, OLD, heir)
    assert said in why.vi
    assert "Department of Labour" in why.en


def test_an_inferred_succession_of_everything_says_so(tables: Tables) -> None:
    rows = tables["agency_successions"]
    row = rows[rows["successor_id"].eq("so-y-te")].assign(scope_vi=None, scope_en=None)
    [why] = why_uncertain(Tables({**tables, "agency_successions": row}, {}, ""), OLD, "so-y-te")
    assert "lĩnh vực: toàn bộ" in why.vi
