from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.observe.collected import (
    UNDIVIDED,
    Collected,
    CollectedError,
    Ingested,
    ingest_rows,
    read_collected,
    read_tables,
    spelled_out,
    write,
)
from analysis.observe.layout import LAYOUT, TABLES, VALUES
from analysis.observe.rows import Row, write_rows
from tests.observe.builders import facts, national_row, other_row, succession_row, value_row


def observed(**cells: str) -> Row:
    return ingest_rows(Collected(values=[value_row(**cells)]), facts()).observations[0]


def target(**cells: str) -> Row:
    return ingest_rows(Collected(other=[other_row(**cells)]), facts()).comparison_targets[0]


def faults(**files: list[Row]) -> list[tuple[str, str, str]]:
    with pytest.raises(CollectedError) as caught:
        ingest_rows(Collected(**files), facts())
    return [(error.what, error.where, error.mend) for error in caught.value.errors]


# Values


def test_a_row_becomes_an_observation() -> None:
    assert observed(note="said so") == {
        "observation_id": "obs-0001",
        "series_id": "5.7",
        "measure": "",
        "area_id": "QN",
        "period": "2024",
        "value": "95.30",
        "level_id": "none",
        "text": "",
        "unit_source": "%",
        "unit_id": "percent",
        "status": "actual",
        "comparability": "exact",
        "comparability_rule": "as_collected",
        "source_id": "statistics-2025-01-02",
        "recorded_on": "2026-11-25",
        "addition_id": "add-0001",
        "note": "said so",
    }


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3).map("{:f}".format))
def test_a_number_stays_as_it_is_printed(printed: str) -> None:
    row = observed(value=printed)
    assert (row["value"], row["text"]) == (printed, "")


def test_observations_are_numbered_in_the_order_of_the_file() -> None:
    rows = [value_row(period=str(year)) for year in (2024, 2020, 2022)]
    done = ingest_rows(Collected(values=rows), facts())
    assert [(row["observation_id"], row["period"]) for row in done.observations] == [
        ("obs-0001", "2024"),
        ("obs-0002", "2020"),
        ("obs-0003", "2022"),
    ]


@pytest.mark.parametrize("kept", ["exact", "close", "proxy"])
def test_a_value_in_the_unit_of_its_series_keeps_its_comparability(kept: str) -> None:
    row = observed(comparability=kept)
    assert (row["comparability"], row["comparability_rule"]) == (kept, "as_collected")


def test_a_part_leads_to_its_series() -> None:
    row = observed(indicator_code="8.4", part="Số bác sĩ", unit="người/10.000 dân")
    assert (row["series_id"], row["measure"]) == ("8.4-doctors", "")


def test_no_part_leads_to_the_total() -> None:
    row = observed(indicator_code="10.3", unit="m2/người")
    assert (row["series_id"], row["measure"]) == ("10.3", "")


def test_a_part_that_the_plan_does_not_have_is_a_related_measure() -> None:
    row = observed(part="Người bệnh nội trú")
    assert (row["series_id"], row["measure"]) == ("5.7", "Người bệnh nội trú")
    assert (row["comparability"], row["comparability_rule"]) == ("proxy", "related_measure")


def test_no_part_where_the_plan_has_parts_only_is_a_related_measure() -> None:
    row = observed(indicator_code="8.4", unit="người/10.000 dân")
    assert (row["series_id"], row["measure"]) == ("8.4-beds", UNDIVIDED)
    assert row["comparability_rule"] == "related_measure"


@pytest.mark.parametrize(("code", "unit"), [("5.7", "người"), ("4.1", "index"), ("10.2", "%")])
def test_a_value_in_another_unit_is_a_proxy(code: str, unit: str) -> None:
    row = observed(indicator_code=code, unit=unit, value="7", comparability="close")
    assert (row["value"], row["comparability"]) == ("7", "proxy")
    assert row["comparability_rule"] == "unit_not_convertible"


def test_words_where_the_series_is_a_number_are_a_proxy() -> None:
    row = observed(indicator_code="8.1", unit="Mức độ", value="Thuộc vùng mức sinh thay thế")
    assert (row["value"], row["text"]) == ("", "Thuộc vùng mức sinh thay thế")
    assert (row["unit_id"], row["comparability_rule"]) == ("level", "unit_not_convertible")


@pytest.mark.parametrize(
    ("code", "text", "level"),
    [
        ("7.14", "Mức độ 3", "education-3"),
        ("7.14", "Mức độ 2", "education-2"),
        ("10.2", "Không còn nhà tạm, nhà dột nát", "housing-eliminated"),
    ],
)
def test_a_level_is_read_on_the_scale_of_its_series(code: str, text: str, level: str) -> None:
    row = observed(indicator_code=code, unit="Mức độ", value=text)
    assert (row["value"], row["level_id"], row["text"]) == ("", level, text)
    assert (row["comparability"], row["comparability_rule"]) == ("exact", "as_collected")


def test_a_level_has_the_ordinal_unit_of_its_series() -> None:
    assert observed(indicator_code="7.14", unit="Mức độ", value="Mức độ 3")["unit_id"] == (
        "education-level"
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("7.14", "30/63 tỉnh đạt mức độ 3"),
        ("10.2", "Mức độ 3"),
        ("8.10", "87% biết"),
        ("7.14", "3"),
    ],
)
def test_words_that_name_no_level_of_the_scale_are_not_judged(code: str, text: str) -> None:
    row = observed(indicator_code=code, unit="Mức độ", value=text)
    assert row["level_id"] == "none"
    assert (row["comparability"], row["comparability_rule"]) == ("proxy", "level_unreadable")
    assert text in {row["text"], row["value"]}


def test_a_rank_in_words_becomes_a_number_and_keeps_the_words() -> None:
    row = observed(indicator_code="4.1", unit="rank", value="Thứ 6 cả nước", comparability="close")
    assert (row["value"], row["text"], row["unit_id"]) == ("6", "Thứ 6 cả nước", "rank")
    assert (row["comparability"], row["comparability_rule"]) == ("close", "as_collected")


def test_a_rank_that_is_not_told_is_not_judged() -> None:
    row = observed(indicator_code="4.1", unit="rank", value="nhóm dẫn đầu")
    assert (row["value"], row["text"]) == ("", "nhóm dẫn đầu")
    assert row["comparability_rule"] == "level_unreadable"


# Refusals


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("indicator_code", "12.1"),
        ("area", "HN"),
        ("period", "2024-13"),
        ("value", "95,76"),
        ("value", "8 200"),
        ("value", "khoảng 95"),
        ("value", ""),
        ("value", "nan"),
        ("unit", "phần trăm"),
        ("status", "final"),
        ("comparability", "good"),
        ("source_url", "a page"),
        ("publisher", "Unheard"),
        ("published", "2025-1-2"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_place(column: str, cell: str) -> None:
    unreadable = value_row(period="2023") | {column: cell}
    (what, where, mend), *more = faults(values=[value_row(), unreadable])
    assert not more
    assert where == f"{VALUES}, row 3, column {column}"
    assert cell in what
    assert mend


def test_all_faults_of_all_files_are_named_together() -> None:
    found = faults(
        values=[value_row(unit="phần trăm"), value_row(area="HN", period="năm 2024")],
        successions=[succession_row(successor_vi="Sở Mới", confidence="sure", effective="mai")],
        national=[national_row(target_text="", framework="")],
        other=[other_row(source_title="Unheard", part="Thành phố")],
    )
    assert [where for _, where, _ in found] == [
        "observed_values.csv, row 2, column unit",
        "observed_values.csv, row 3, column area",
        "observed_values.csv, row 3, column period",
        "agency_successions.csv, row 2, column successor_vi",
        "agency_successions.csv, row 2, column effective",
        "agency_successions.csv, row 2, column confidence",
        "national_targets.csv, row 2, column framework",
        "national_targets.csv, row 2, column target_text",
        "other_targets.csv, row 2, column part",
        "other_targets.csv, row 2, column source_title",
    ]


def test_a_host_that_stands_for_a_publisher_must_be_declared() -> None:
    [(what, where, _)] = faults(other=[other_row(source_url="https://new.example/a")])
    assert what == "the publisher 'new.example' is not declared"
    assert where == "other_targets.csv, row 2, column source_url"


def test_a_row_said_twice_is_refused_with_both_places() -> None:
    other = value_row(value="95.4")
    twice = value_row(status="estimate", note="again")
    [(what, where, _)] = faults(values=[value_row(), other, twice])
    assert where == "observed_values.csv, row 4"
    assert what.startswith("repeats observed_values.csv, row 2: ")


def test_the_same_value_in_two_sources_is_two_rows() -> None:
    rows = [value_row(), value_row(source_url="https://stat.example/b")]
    done = ingest_rows(Collected(values=rows), facts())
    assert len(done.observations) == len(done.sources) == 2


def test_a_target_said_twice_is_refused_across_the_files() -> None:
    same = {"indicator_code": "5.7", "period": "2025", "note": ""}
    other = other_row(**same, area="VN", value="95")
    national = national_row(**same, framework="Resolution 1/2020")
    assert [where for _, where, _ in faults(national=[national], other=[other])] == [
        "other_targets.csv, row 2"
    ]


def test_a_succession_said_twice_is_refused() -> None:
    rows = [succession_row(), succession_row(scope="")]
    assert [where for _, where, _ in faults(successions=rows)] == ["agency_successions.csv, row 3"]


def test_a_national_target_needs_an_indicator_that_is_not_split() -> None:
    [(what, where, _)] = faults(national=[national_row(indicator_code="8.4")])
    assert (what, where) == (
        "the plan measures 8.4 by part only",
        "national_targets.csv, row 2, column indicator_code",
    )


# Targets of other documents


def test_a_target_of_another_document_is_read_as_a_bound() -> None:
    assert target(note="said so") == {
        "series_id": "5.7",
        "framework": "Resolution 1/2020",
        "area_id": "QN",
        "period": "2030",
        "text_source": ">=97",
        "kind": "at_least",
        "low": "97",
        "high": "",
        "level_id": "none",
        "unit_source": "%",
        "unit_id": "percent",
        "source_id": "paper-example-nd",
        "note": "said so",
    }


def test_a_target_without_a_year_says_so() -> None:
    assert target(period="")["period"] == "not_stated"


def test_a_target_in_another_unit_stays_text() -> None:
    row = target(value="0", unit="người")
    assert (row["kind"], row["low"], row["high"], row["text_source"]) == ("text", "", "", "0")
    assert row["unit_id"] == "persons"


def test_a_target_among_the_first_is_a_highest_rank() -> None:
    row = target(indicator_code="4.1", unit="rank", value="nhóm 5 địa phương đứng đầu")
    assert (row["kind"], row["low"], row["high"]) == ("at_most", "", "5")


def test_one_title_over_several_documents_is_told_apart_by_the_note() -> None:
    assert target(source_title="Page", note="first")["framework"] == "Plan 1"
    [(what, _, _)] = faults(other=[other_row(source_title="Page", note="second")])
    assert what == "no document is declared for 'Page'"


def test_a_national_target_is_for_the_country_in_the_unit_of_the_series() -> None:
    [row] = ingest_rows(Collected(national=[national_row()]), facts()).comparison_targets
    assert (row["area_id"], row["framework"], row["period"]) == ("VN", "Resolution 2", "2025")
    assert (row["unit_source"], row["unit_id"]) == ("", "percent")
    assert (row["kind"], row["low"], row["high"]) == ("exact", "95", "95")


# Successions


def test_a_succession_is_told_by_agency_ids_in_both_languages() -> None:
    [row] = ingest_rows(Collected(successions=[succession_row()]), facts()).agency_successions
    assert row == {
        "predecessor_id": "so-y-te",
        "successor_id": "so-noi-vu",
        "effective": "2025-03",
        "scope_vi": "y tế",
        "scope_en": "health",
        "source_id": "statistics-nd",
        "confidence": "reported",
        "note": "",
    }


def test_a_succession_without_scope_has_none() -> None:
    rows = ingest_rows(Collected(successions=[succession_row(scope="")]), facts())
    assert rows.agency_successions[0]["scope_vi"] == ""


@pytest.mark.parametrize("effective", ["", "2025", "2025-13", "03/2025"])
def test_a_succession_needs_its_month(effective: str) -> None:
    [(what, _, mend)] = faults(successions=[succession_row(effective=effective)])
    assert what == f"{effective!r} is no month or day"
    assert mend == "write 2025-03 or 2025-03-01"


def test_a_scope_without_translation_is_refused() -> None:
    [(what, _, _)] = faults(successions=[succession_row(scope="trade")])
    assert what == "the scope 'trade' has no Vietnamese wording"


# A further collection


def test_a_further_collection_is_added_after_what_was_recorded() -> None:
    first = ingest_rows(Collected(values=[value_row()]), facts())
    more = Collected(values=[value_row(period="2025"), value_row(published="2026-01")])
    both = ingest_rows(more, facts(), recorded_on=date(2027, 1, 5), onto=first)
    assert both.observations[0] is first.observations[0]
    assert [(row["observation_id"], row["source_id"], row["recorded_on"])
            for row in both.observations[1:]] == [
        ("obs-0002", "statistics-2025-01-02", "2027-01-05"),
        ("obs-0003", "statistics-2026-01", "2027-01-05"),
    ]  # fmt: skip
    assert both.sources[: len(first.sources)] == first.sources


def test_a_row_recorded_before_on_the_same_day_is_refused() -> None:
    first = ingest_rows(Collected(values=[value_row()]), facts())
    with pytest.raises(CollectedError, match="repeats a row recorded before"):
        ingest_rows(Collected(values=[value_row()]), facts(), onto=first)


# Files


def test_tables_are_written_and_read_back_as_they_are(tmp_path: Path) -> None:
    for path, _ in TABLES.values():
        (tmp_path / path).parent.mkdir(exist_ok=True)
    rows = Collected([value_row(note='said "so",\nhere')], [succession_row()], [], [other_row()])
    done = ingest_rows(rows, facts())
    write(done, tmp_path)
    assert read_tables(tmp_path) == done


def test_written_tables_have_unix_line_ends_and_no_mark(tmp_path: Path) -> None:
    for path, _ in TABLES.values():
        (tmp_path / path).parent.mkdir(exist_ok=True)
    write(Ingested(), tmp_path)
    columns = TABLES["observations"][1]
    written = (tmp_path / "observed/observations.csv").read_bytes()
    assert written == (",".join(columns) + "\n").encode()


def test_a_folder_may_hold_some_of_the_files(tmp_path: Path) -> None:
    write_rows(tmp_path / VALUES, LAYOUT[VALUES], [value_row()])
    assert read_collected(tmp_path) == Collected([value_row()], [], [], [])


def test_a_folder_without_any_of_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectedError, match="nothing collected"):
        read_collected(tmp_path)


def test_all_files_with_other_columns_are_refused_together(tmp_path: Path) -> None:
    for name in LAYOUT:
        write_rows(tmp_path / name, ["indicator", "value"], [])
    with pytest.raises(CollectedError) as caught:
        read_collected(tmp_path)
    assert [Path(error.where).name for error in caught.value.errors] == list(LAYOUT)


def test_rows_with_a_cell_too_many_or_too_few_are_refused_together(tmp_path: Path) -> None:
    path = tmp_path / VALUES
    write_rows(path, LAYOUT[VALUES], [value_row(), value_row(), value_row()])
    header, first, second, third = path.read_text().splitlines()
    path.write_text("\n".join([header, first + ",more", second, third.rpartition(",")[0], ""]))
    with pytest.raises(CollectedError) as caught:
        read_collected(tmp_path)
    assert [error.where for error in caught.value.errors] == [
        f"{VALUES}, row 2",
        f"{VALUES}, row 4",
    ]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / VALUES).write_text("")
    with pytest.raises(CollectedError, match="the columns are not those of the layout"):
        read_collected(tmp_path)


def test_a_note_that_refers_to_the_one_above_is_given_that_note() -> None:
    rows = [{"note": text} for text in ("As above.", "Merged.", "As above.", "", "As above.", "x")]
    assert [row["note"] for row in spelled_out(rows)] == ["", "Merged.", "Merged.", "", "", "x"]
