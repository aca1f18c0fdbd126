"""Filled forms become entries; what is wrong in them is said with sheet, cell and advice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.intake.forms import is_form, read_form
from analysis.intake.forms.layout import COLUMNS, SOURCE
from analysis.intake.forms.structure import cell_at
from analysis.intake.model import Book, Entry, Finding, Place, Sheet
from analysis.intake.reading import read_book
from analysis.observe.collected import Collected, ingest_rows
from analysis.observe.facts import read_facts
from analysis.observe.layout import LAYOUT
from analysis.package import Tables
from tests.intake.forms.books import (
    GUIDE,
    REPORT,
    VALUES,
    Written,
    filled,
    place_of,
    record_of,
    with_cell,
    without_row,
)

ANSWER: dict[str, Written] = {"value": "95,8", "status": "Chính thức theo nguồn"}


def only(book: Book, tables: Tables) -> Entry:
    """Return the one entry of a form in which nothing was found."""
    submission = read_form(book, tables)
    assert submission.findings == ()
    [entry] = submission.entries
    return entry


def found(book: Book, tables: Tables) -> list[Finding]:
    return list(read_form(book, tables).findings)


def test_a_form_filled_with_nothing_gives_no_rows_and_says_so(health: Book, tables: Tables) -> None:
    submission = read_form(health, tables)
    assert (submission.layout, submission.entries, submission.tasks) == ("form", (), ())
    assert [(one.code, one.severity) for one in submission.findings] == [("empty-form", "notice")]


def test_every_form_reads_back_as_empty(forms: dict[str, Path], tables: Tables) -> None:
    for path in forms.values():
        assert [one.code for one in found(read_book(path), tables)] == ["empty-form"], path.name


def test_a_row_becomes_an_entry_with_all_columns_of_the_collected_layout(
    health: Book, tables: Tables
) -> None:
    answer = {**ANSWER, "period": "6/2025", "note": "Theo cơ quan BHXH"}
    entry = only(filled(health, {"5.7": answer}), tables)
    assert set(entry.row) == set(LAYOUT["observed_values.csv"])
    assert entry.row == {
        "indicator_code": "5.7",
        "part": "",
        "area": "QN",
        "period": "2025-06",
        "value": "95.8",
        "unit": "%",
        "status": "actual",
        "comparability": "exact",
        "source_url": "https://example.org/bao-cao",
        "source_title": "Báo cáo số 12/BC-SYT",
        "publisher": "Sở Y tế",
        "published": "2026-01-15",
        "note": "Theo cơ quan BHXH",
    }


def test_the_form_fills_in_its_own_year_and_a_number_cell_is_taken_as_it_is(
    health: Book, tables: Tables
) -> None:
    entry = only(filled(health, {"5.7": {"value": 95.8, "status": "preliminary"}}), tables)
    assert (entry.row["period"], entry.row["value"]) == ("2025", "95.8")


def test_an_entry_says_where_each_of_its_cells_stands(health: Book, tables: Tables) -> None:
    entry = only(filled(health, {"5.7": ANSWER}), tables)
    assert entry.at("value") == place_of(health, "5.7", "value")
    assert entry.at("unit").cell.startswith("C")
    assert entry.at("source_title") == place_of(health, "source", "title")
    assert entry.at("publisher").sheet == GUIDE


def test_a_sub_row_names_its_part(health: Book, tables: Tables) -> None:
    row = only(filled(health, {"8.4-doctors": {**ANSWER, "value": "17,4"}}), tables).row
    assert (row["indicator_code"], row["part"]) == ("8.4", "Số bác sĩ")
    assert (row["value"], row["unit"]) == ("17.4", "người/10.000 dân")


def test_a_level_is_read_from_its_code_and_from_either_language(
    schools: Book, tables: Tables
) -> None:
    for written in ("Phổ cập giáo dục mức độ 3", "universal education, LEVEL 3", "education-3"):
        row = only(filled(schools, {"7.14": {**ANSWER, "value": written}}), tables).row
        assert (row["value"], row["unit"]) == ("Phổ cập giáo dục mức độ 3", "Mức độ")


def test_a_level_that_the_scale_does_not_have_is_refused(schools: Book, tables: Tables) -> None:
    book = filled(schools, {"7.14": {**ANSWER, "value": "mức độ 9"}})
    [finding] = found(book, tables)
    assert (finding.code, finding.place) == (
        "unknown-choice", place_of(schools, "7.14", "value"),
    )  # fmt: skip


def test_an_indicator_in_words_takes_words(health: Book, tables: Tables) -> None:
    words = "Cơ bản khống chế, không có ca sốt rét mới"
    assert only(filled(health, {"8.10": {**ANSWER, "value": words}}), tables).row["value"] == words


def test_numerator_and_denominator_go_with_the_value(health: Book, tables: Tables) -> None:
    entry = only(
        filled(health, {"5.7": {**ANSWER, "numerator": "1.353.000", "denominator": 1412000}}),
        tables,
    )
    assert (entry.numerator, entry.denominator) == ("1353000", "1412000")


def test_a_fraction_where_none_is_asked_for_is_refused(health: Book, tables: Tables) -> None:
    book = filled(health, {"8.2": {**ANSWER, "value": "73,5", "denominator": "12"}})
    [finding] = found(book, tables)
    assert (finding.code, finding.place.cell) == ("not-asked", "K" + str(finding.place.row))


def test_another_source_in_a_row_is_that_rows_own(health: Book, tables: Tables) -> None:
    own = {"title": "Niên giám thống kê 2025", "issuer": "Cục Thống kê", "published": "30/6/2026"}
    row = only(filled(health, {"5.7": {**ANSWER, **own}}, source={}), tables).row
    assert row["source_title"] == "Niên giám thống kê 2025"
    assert (row["publisher"], row["published"]) == ("Cục Thống kê", "2026-06-30")
    assert row["source_url"] == ""


def test_the_issuer_of_a_rows_own_source_is_the_common_one_unless_it_is_said(
    health: Book, tables: Tables
) -> None:
    own: dict[str, Written] = {"title": "Báo cáo quý", "published": date(2026, 2, 3)}
    row = only(filled(health, {"5.7": {**ANSWER, **own}}), tables).row
    assert (row["publisher"], row["published"]) == ("Sở Y tế", "2026-02-03")


def test_a_rows_own_source_must_be_whole(health: Book, tables: Tables) -> None:
    book = filled(health, {"5.7": {**ANSWER, "issuer": "Cục Thống kê"}})
    assert [(one.code, one.place) for one in found(book, tables)] == [
        ("half-source", place_of(health, "5.7", "title")),
        ("half-source", place_of(health, "5.7", "published")),
    ]


def test_a_value_without_any_source_is_refused_once_for_all_rows(
    health: Book, tables: Tables
) -> None:
    book = filled(health, {"5.7": ANSWER, "5.8": ANSWER}, source={})
    findings = found(book, tables)
    assert [(one.code, one.place) for one in findings] == [
        ("no-source", place_of(health, "source", "title")),
        ("no-source", place_of(health, "source", "published")),
    ]
    assert findings[0].what.endswith(": 2")


def test_an_unreadable_date_of_the_source_is_told_once(health: Book, tables: Tables) -> None:
    book = filled(health, {"5.7": ANSWER}, source={**REPORT, "published": "hôm qua"})
    assert [one.code for one in found(book, tables)] == ["not-a-date"]


def test_dates_of_the_form_have_the_day_first(health: Book, tables: Tables) -> None:
    book = filled(health, {"5.7": ANSWER}, source={**REPORT, "published": "03/04/2026"})
    assert only(book, tables).row["published"] == "2026-04-03"


@pytest.mark.parametrize(
    ("answer", "code", "column"),
    [
        ({"value": "95,8"}, "no-status", "status"),
        ({**ANSWER, "period": None}, "no-period", "period"),
        ({**ANSWER, "period": "năm ngoái"}, "not-a-period", "period"),
        ({**ANSWER, "status": "chắc chắn"}, "unknown-choice", "status"),
        ({**ANSWER, "comparability": "hơi giống"}, "unknown-choice", "comparability"),
        ({**ANSWER, "value": "khoảng 90"}, "not-a-number", "value"),
        ({**ANSWER, "value": date(2025, 6, 1)}, "became-a-date", "value"),
        ({**ANSWER, "numerator": "nhiều"}, "not-a-number", "numerator"),
        ({"status": "Sơ bộ"}, "no-value", "value"),
        ({"title": "Báo cáo"}, "no-value", "value"),
        ({"comparability": "Đúng định nghĩa"}, "no-value", "value"),
    ],
)
def test_a_faulty_row_is_refused_with_its_cell_and_advice(
    answer: dict[str, Written], code: str, column: str, health: Book, tables: Tables
) -> None:
    findings = [
        one for one in found(filled(health, {"5.7": answer}), tables) if one.code != "empty-form"
    ]
    assert [(one.code, one.severity) for one in findings] == [(code, "error")]
    assert findings[0].place == place_of(health, "5.7", column)
    assert findings[0].mend


def test_all_faults_of_a_form_are_told_at_once(health: Book, tables: Tables) -> None:
    rows = {"5.7": {"value": "gần 96"}, "5.8": {"status": "Sơ bộ"}, "II.1": {"status": "xong rồi"}}
    known = {key: row for key, row in rows.items() if key != "II.1"}
    codes = {one.code for one in found(filled(health, known, source={}), tables)}
    assert codes == {"not-a-number", "no-status", "no-value", "no-source"}


@pytest.mark.parametrize("answer", [{"note": "Chưa thống kê"}, {"period": "2024"}])
def test_a_note_or_period_alone_is_told_and_not_recorded(
    answer: dict[str, Written], health: Book, tables: Tables
) -> None:
    submission = read_form(filled(health, {"5.7": answer}), tables)
    assert submission.entries == ()
    assert [(one.code, one.severity) for one in submission.findings] == [
        ("nothing-recorded", "warning"), ("empty-form", "notice"),
    ]  # fmt: skip


def test_a_task_is_reported_with_its_evidence(health: Book, tables: Tables) -> None:
    [line, *_] = record_of(health).of("tasks")
    answer: dict[str, Written] = {
        "status": "Đang thực hiện",
        "date": "30/06/2025",
        "note": "Đã tổ chức 3 đợt",
        "title": "Quyết định số 45/QĐ-UBND",
        "issuer": "UBND tỉnh",
        "published": "2025-03-01",
    }
    submission = read_form(filled(health, {line.key: answer}), tables)
    assert submission.findings == ()
    [entry] = submission.tasks
    assert entry.row == {
        "task_id": line.key,
        "date": "2025-06-30",
        "status": "under_way",
        "note": "Đã tổ chức 3 đợt",
        "source_url": "",
        "source_title": "Quyết định số 45/QĐ-UBND",
        "publisher": "UBND tỉnh",
        "published": "2025-03-01",
    }
    assert entry.at("status") == place_of(health, line.key, "status")


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ({"status": "Đã hoàn thành"}, ["no-date"]),
        ({"date": "30/6/2025"}, ["no-status"]),
        ({"status": "Đã hoàn thành", "date": "2025"}, ["not-a-date"]),
        ({"title": "Báo cáo", "published": "1/2/2026"}, ["no-status", "empty-form"]),
        ({"note": "đang làm"}, ["nothing-recorded", "empty-form"]),
    ],
)
def test_a_half_reported_task_is_refused(
    answer: dict[str, Written], codes: list[str], health: Book, tables: Tables
) -> None:
    [line, *_] = record_of(health).of("tasks")
    assert [one.code for one in found(filled(health, {line.key: answer}), tables)] == codes


def test_the_evidence_of_a_task_is_the_common_source_unless_it_has_its_own(
    health: Book, tables: Tables
) -> None:
    [line, *_] = record_of(health).of("tasks")
    answer: dict[str, Written] = {"status": "done", "date": date(2025, 6, 30)}
    [entry] = read_form(filled(health, {line.key: answer}), tables).tasks
    assert (entry.row["source_title"], entry.row["publisher"]) == (REPORT["title"], "Sở Y tế")
    assert [one.code for one in found(filled(health, {line.key: answer}, source={}), tables)] == [
        "no-source", "no-source",
    ]  # fmt: skip


def test_a_name_of_several_bodies_must_say_which_of_them_reports(
    forms: dict[str, Path], tables: Tables
) -> None:
    book = read_book(forms["cac-so-ban-nganh"])
    [line] = record_of(book).of("tasks")
    answer: dict[str, Written] = {"status": "Đang thực hiện", "date": "30/6/2025"}
    [finding] = found(filled(book, {line.key: answer}), tables)
    assert (finding.code, finding.place) == ("no-source", place_of(book, "source", "issuer"))
    told = filled(book, {line.key: answer}, source={**REPORT, "issuer": "Sở Tư pháp"})
    [entry] = read_form(told, tables).tasks
    assert entry.row["publisher"] == "Sở Tư pháp"


def test_a_form_of_older_data_is_read_as_long_as_its_rows_exist(
    health: Book, tables: Tables
) -> None:
    series = tables["series"]
    newer = {**tables, "series": series[series["series_id"] != "5.8"]}
    assert [one.row["indicator_code"] for one in read_form(
        filled(health, {"5.7": ANSWER}), newer).entries] == ["5.7"]  # fmt: skip
    [finding] = read_form(filled(health, {"5.7": ANSWER, "5.8": ANSWER}), newer).findings
    assert (finding.code, finding.place.row) == (
        "unknown-row", place_of(health, "5.8", "value").row,
    )  # fmt: skip


def test_a_form_of_an_agency_that_the_data_do_not_have_is_refused(
    health: Book, tables: Tables
) -> None:
    agencies = tables["agencies"]
    others = {**tables, "agencies": agencies[agencies["agency_id"] != "so-y-te"]}
    [finding] = read_form(filled(health, {"5.7": ANSWER}), others).findings
    assert finding.code == "unknown-agency"


def test_a_changed_form_gives_no_rows_at_all(health: Book, tables: Tables) -> None:
    book = filled(health, {"5.8": ANSWER})
    row = place_of(health, "5.7", "code").row
    submission = read_form(without_row(book, VALUES, row), tables)
    assert (submission.entries, submission.tasks) == ((), ())
    [finding] = submission.findings
    assert finding.code == "structure-changed"
    assert f"row {row} should be that of 5.7, not of '5.8'" in finding.what


def test_another_file_is_no_form(tables: Tables) -> None:
    book = Book("x.xlsx", "xlsx", "", (Sheet("Sheet1", ()),))
    assert not is_form(book)
    assert [one.code for one in found(book, tables)] == ["not-a-form"]


def test_what_a_form_gives_can_be_ingested_with_an_agency_as_publisher(
    health: Book, tables: Tables, root: Path
) -> None:
    book = filled(health, {"5.7": ANSWER}, source={**REPORT, "address": None})
    rows = [one.row for one in read_form(book, tables).entries]
    done = ingest_rows(Collected(values=rows), read_facts(root / "data"))
    [observation], [source] = done.observations, done.sources
    assert (observation["series_id"], observation["value"]) == ("5.7", "95.8")
    assert observation["comparability_rule"] == "as_collected"
    assert (source["publisher"], source["tier"], source["url"]) == ("Sở Y tế", "official", "")


WRITTEN = st.one_of(
    st.none(),
    st.booleans(),
    st.dates(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(max_size=12),
    st.sampled_from(["87,5", "8.200", "Sơ bộ", "30/6/2025", "5.7", "https://x.vn", "0", "-"]),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_stands_in_the_cells_to_fill_in_is_read_or_refused_with_its_place(
    data: st.DataObject, health: Book, tables: Tables
) -> None:
    lines = [line for line in record_of(health).lines if line.kind in COLUMNS]
    book = health
    for line in data.draw(st.lists(st.sampled_from(lines), max_size=3)):
        free = [one.key for one in COLUMNS[line.kind] if one.band != "plan"]
        for key in data.draw(st.lists(st.sampled_from(free), max_size=6)):
            book = with_cell(book, place_of(health, line.key, key), data.draw(WRITTEN))
    for key in data.draw(st.lists(st.sampled_from(SOURCE), max_size=4)):
        book = with_cell(book, place_of(health, "source", key), data.draw(WRITTEN))
    submission = read_form(book, tables)
    sheets = {sheet.name for sheet in book.sheets}
    assert all(one.place.sheet in sheets | {""} for one in submission.findings)
    refused = [one for one in submission.findings if one.severity in {"error", "question"}]
    for entry in submission.entries:
        assert refused or all(entry.row[key] for key in ("value", "period", "status", "publisher"))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_form_changed_anywhere_is_read_or_refused_and_never_breaks_the_reader(
    data: st.DataObject, finance: Book, tables: Tables
) -> None:
    made = finance
    book = filled(made, {"1": {**ANSWER, "value": "10.500"}})
    for _ in range(data.draw(st.integers(1, 3))):
        sheet = data.draw(st.sampled_from(book.sheets))
        row = data.draw(st.integers(1, len(sheet.rows) + 2))
        if data.draw(st.booleans()):
            book = without_row(book, sheet.name, row)
            continue
        place = Place(book.file, sheet.name, row, data.draw(st.integers(1, 22)))
        book = with_cell(book, place, data.draw(WRITTEN))
    if data.draw(st.booleans()):
        dropped = data.draw(st.sampled_from(book.sheets))
        book = replace(book, sheets=tuple(one for one in book.sheets if one != dropped))
    submission = read_form(book, tables)
    codes = {one.code for one in submission.findings}
    if codes & {"not-a-form", "record-changed", "other-layout", "structure-changed"}:
        assert (submission.entries, submission.tasks) == ((), ())
    else:
        code = place_of(made, "1", "code")
        kept = book.sheet(code.sheet)
        assert kept is not None
        assert cell_at(kept, code.row, code.column).text == "1"
