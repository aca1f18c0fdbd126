"""The first sheet says what the form is and how to fill it in."""

from __future__ import annotations

from datetime import date

from analysis.intake.forms.answering import answering
from analysis.intake.forms.guide import Item, guide
from analysis.package import Tables


def lines(tables: Tables, agency_id: str, as_of: date) -> tuple[Item, ...]:
    [agency] = answering(tables, agency_id, as_of=as_of)
    return guide(agency, 2025, "1.0.0", as_of, "plan155-x-2025.xlsx")


def said(items: tuple[Item, ...]) -> str:
    return "\n".join(f"{one.label.vi} {one.text.vi} {one.text.en}" for one in items)


def test_it_names_agency_year_plan_data_and_the_way_back(tables: Tables, as_of: date) -> None:
    text = said(lines(tables, "so-y-te", as_of))
    for part in (
        "năm 2025", "Sở Y tế", "Department of Health", "Kế hoạch số 155/KH-UBND ngày 19/6/2024",
        "phiên bản 1.0.0", "ngày 25/11/2026", "plan155 add plan155-x-2025.xlsx",
    ):  # fmt: skip
        assert part in text


def test_the_source_is_asked_for_with_the_agency_as_issuer(tables: Tables, as_of: date) -> None:
    asked = {one.key: one.given for one in lines(tables, "so-y-te", as_of) if one.kind == "entry"}
    assert asked == {"title": "", "issuer": "Sở Y tế", "published": "", "address": ""}


def test_a_name_of_several_bodies_is_no_issuer(tables: Tables, as_of: date) -> None:
    items = lines(tables, "cac-so-ban-nganh", as_of)
    assert {one.given for one in items if one.kind == "entry"} == {""}
    assert "Mỗi cơ quan điền một phiếu riêng" in said(items)
    assert "Mỗi cơ quan điền" not in said(lines(tables, "so-y-te", as_of))


def test_uncertain_rows_are_explained_where_there_are_any(tables: Tables, as_of: date) -> None:
    assert "Dòng “Chưa chắc”" in said(lines(tables, "so-y-te", as_of))
    assert "Dòng “Chưa chắc”" not in said(lines(tables, "so-xay-dung", as_of))


def test_only_choices_that_the_form_has_are_explained(tables: Tables, as_of: date) -> None:
    values, tasks = (said(lines(tables, one, as_of)) for one in ("cuc-thong-ke", "cong-an-tinh"))
    assert "Ước tính" in values
    assert "Đã hoàn thành" not in values
    assert "Đã hoàn thành" in tasks
    assert "Ước tính" not in tasks
