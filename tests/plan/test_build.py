"""The whole build: what it makes, what stops it, what it writes."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.plan import TABLES, PlanError, build, write
from analysis.plan.build import build_from, to_csv
from analysis.plan.sources import Sources
from analysis.plan.tables import Rows

Alter = Callable[[int, str, str], Sources]
Fault = Callable[[Sources], str]


def changed(sources: Sources, field: str, change: Callable[[Any], None]) -> Sources:
    """Return the sources with a copy of one file changed in place."""
    content = copy.deepcopy(getattr(sources, field))
    change(content)
    return replace(sources, **{field: content})


# What the build makes


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("indicator_groups", 11),
        ("indicators", 99),
        ("series", 110),
        ("targets", 220),
        ("task_groups", 9),
        ("tasks", 41),
        ("documents", 21),
    ],
)
def test_the_tables_have_as_many_rows_as_the_plan(
    tables: dict[str, Rows], table: str, rows: int
) -> None:
    assert len(tables[table]) == rows


def test_every_table_has_its_columns_in_order_and_its_key_once(tables: dict[str, Rows]) -> None:
    assert list(tables) == list(TABLES)
    for name, table in TABLES.items():
        assert {tuple(row) for row in tables[name]} == {table.columns}
        keys = [tuple(row[column] for column in table.key) for row in tables[name]]
        assert len(set(keys)) == len(keys)


FOREIGN = {
    "indicators.group_id": "indicator_groups",
    "series.indicator_id": "indicators",
    "series.unit_id": "units",
    "targets.series_id": "series",
    "targets.level_id": "levels",
    "targets.reading_id": "readings",
    "indicator_agencies.series_id": "series",
    "indicator_agencies.agency_id": "agencies",
    "indicator_agencies.reading_id": "readings",
    "tasks.task_group_id": "task_groups",
    "tasks.reading_id": "readings",
    "task_agencies.task_id": "tasks",
    "task_agencies.agency_id": "agencies",
    "task_agencies.reading_id": "readings",
    "citations.document_id": "documents",
}


@pytest.mark.parametrize(("column", "parent"), FOREIGN.items())
def test_every_reference_leads_to_a_row(tables: dict[str, Rows], column: str, parent: str) -> None:
    table, name = column.split(".")
    known = {row[TABLES[parent].key[0]] for row in tables[parent]}
    assert {row[name] for row in tables[table]} <= known


@pytest.mark.parametrize(
    ("table", "column", "offset"),
    [
        ("indicator_groups", "group_id", 0),
        ("task_groups", "task_group_id", 0),
        ("tasks", "source_number", 0),
    ],
)
def test_the_source_line_of_a_row_holds_its_code(
    sources: Sources, tables: dict[str, Rows], table: str, column: str, offset: int
) -> None:
    lines = sources.text.split("\n")
    for row in tables[table]:
        assert lines[int(row["source_line"]) - 1 + offset] == row[column]


def test_every_quoted_agency_cell_stands_on_its_line(
    sources: Sources, tables: dict[str, Rows]
) -> None:
    lines = sources.text.split("\n")
    for row in (*tables["indicator_agencies"], *tables["task_agencies"]):
        printed = lines[int(row["text_line"]) - 1]
        assert row["text_source"].startswith(printed)
        inherited = int(row["text_line"]) < int(row["source_line"])
        assert row["inherited"] == ("true" if inherited else "false")


AGENCY_STARTS = (
    "Sở ", "UBND ", "- UBND ", "- Các Sở", "Các sở", "Ban Quản lý", "Ban Dân tộc", "Công an",
    "Bảo hiểm xã hội tỉnh;", "Ngân hàng", "Hội Liên hiệp",
)  # fmt: skip


def test_every_agency_cell_of_the_appendices_is_quoted(
    sources: Sources, tables: dict[str, Rows]
) -> None:
    printed = {
        number
        for number, line in enumerate(sources.text.split("\n"), start=1)
        if number > 243 and line.startswith(AGENCY_STARTS)
    }
    quoted = {
        int(row["text_line"]) for row in (*tables["indicator_agencies"], *tables["task_agencies"])
    }
    # The six group rows that name agencies, and are quoted by the rows below them, are among these.
    assert printed == quoted


def test_no_clean_name_keeps_an_abbreviation_or_a_second_spelling(tables: dict[str, Rows]) -> None:
    names = [
        row["name_vi"]
        for table in ("indicator_groups", "indicators", "tasks")
        for row in tables[table]
    ]
    for mark in ("LLLĐ", "BHXH", "BHTN", "BHYT", "NCC", "Tỉ lệ", "  "):
        assert not [name for name in names if mark in name]


def test_every_reading_is_applied(tables: dict[str, Rows]) -> None:
    for row in tables["readings"]:
        assert (int(row["applied"]) > 0) == (row["reading_id"] != "none")


def test_two_builds_are_the_same_byte_for_byte(sources: Sources, tables: dict[str, Rows]) -> None:
    again = build_from(sources)
    assert [to_csv(name, again[name]) for name in TABLES] == [
        to_csv(name, tables[name]) for name in TABLES
    ]


def test_the_committed_tables_are_those_of_a_fresh_build(source_dir: Path, plan_dir: Path) -> None:
    fresh = {f"{name}.csv": to_csv(name, rows) for name, rows in build(source_dir).items()}
    committed = {path.name: path.read_bytes().decode("utf-8") for path in plan_dir.glob("*.csv")}
    assert committed == fresh


# What is written


def test_tables_are_written_as_csv_with_line_feeds(tmp_path: Path) -> None:
    rows = [{"level_id": "a", "scale": 'x"y', "ordinal": "1", "label_vi": "Tỷ, lệ", "label_en": ""}]
    (path,) = write({"levels": rows}, tmp_path / "plan")
    assert path.read_bytes().decode("utf-8") == (
        'level_id,scale,ordinal,label_vi,label_en\na,"x""y",1,"Tỷ, lệ",\n'
    )


def test_nothing_is_written_when_one_table_cannot_be(tmp_path: Path) -> None:
    good = [dict.fromkeys(TABLES["levels"].columns, "new")]
    write({"levels": [dict.fromkeys(TABLES["levels"].columns, "old")]}, tmp_path)
    before = (tmp_path / "levels.csv").read_bytes()
    with pytest.raises(ValueError, match="fields"):
        write({"levels": good, "units": [{"strange": "x"}]}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["levels.csv"]
    assert (tmp_path / "levels.csv").read_bytes() == before


# What stops the build


def test_a_changed_total_in_the_text_stops_the_build(alter: Alter, fault: Fault) -> None:
    old = (
        "2. Các mục tiêu, chỉ tiêu cụ thể đến năm 2030"
        " (Phụ lục 01 gồm 11 nhóm chỉ tiêu, 99 chỉ tiêu cụ thể)."
    )
    shown = fault(alter(41, old, old.replace("99", "98").replace("11", "12")))
    assert "11 indicator_groups were read, 12 are declared" in shown
    assert "99 indicators were read, 98 are declared" in shown


def test_a_changed_total_of_tasks_stops_the_build(alter: Alter, fault: Fault) -> None:
    old = "III. NHIỆM VỤ CỤ THỂ (Phụ lục 02, gồm 09 nhóm nhiệm vụ, 41 nhiệm vụ cụ thể)."
    shown = fault(alter(47, old, old.replace("09", "8").replace("41", "40")))
    assert "9 task_groups were read, 8 are declared" in shown
    assert "41 tasks were read, 40 are declared" in shown


def test_a_changed_total_of_series_stops_the_build(sources: Sources, fault: Fault) -> None:
    broken = changed(sources, "series", lambda file: file.update(total=109))
    assert "110 series were read, 109 are declared" in fault(broken)


def test_a_text_not_in_nfc_stops_the_build(alter: Alter, fault: Fault) -> None:
    assert "line 961" in fault(alter(961, "Y tế", "Y te\u0302\u0301"))


@pytest.mark.parametrize(
    ("line", "old", "new", "message"),
    [
        (273, "19.000-20.000", "19.000~20.000", "'19.000~20.000' is none"),
        (925, "Duy trì và nâng cao mức độ 3", "Nâng cao", "row 7.14 has 0 of 2 targets"),
        (1097, "Giảm tối đa tỷ lệ nhiễm mới", "Giảm", "row 8.10 has 0 of 2 targets"),
        (677, "Sở Tư pháp", "Sở Ngoại vụ", "'Sở Ngoại vụ' in row 6.9 matches nothing"),
        (1616, "Công an tỉnh", "Bộ Công an", "'Bộ Công an' in row II.2 matches nothing"),
        (1696, "Quý III/2024", "Quý ba", "'Quý ba' in row IV.2 matches nothing"),
        (327, "3.3", "3.2", "the code 3.2 is repeated or out of order: 3.3 is due"),
        (1652, "Về thực hiện tốt chính sách ưu đãi người có công với cách mạng", "9", "'9'"),
        (1664, "2", "3", "the number 3 is repeated or out of order: 2 is due"),
        (1730, "V", "IV", "the number IV is repeated or out of order: V is due"),
        (1371, "Nông thôn (tối thiểu 60 lít/người/ngày)", "Đảo", "'Đảo' of 11.1 is not declared"),
        (555, ">90", ">190", "the target 190 of 5.9 passes its limits 0..100"),
        (571, "%", "Người", "the unit 'Người' of 5.11 means 'persons', not 'percent'"),
        (29, "2. Yêu cầu", "3. Yêu cầu", "the heading '3. Yêu cầu' is repeated or out of order"),
        (253, "Đơn vị", "Cột", "'Cột' where 'Đơn vị' is due"),
    ],
)
def test_a_text_that_reads_otherwise_stops_the_build(
    alter: Alter, fault: Fault, line: int, old: str, new: str, message: str
) -> None:
    assert message in fault(alter(line, old, new))


LEARNING = "Đề án Xây dựng xã học tập giai đoạn 2024 - 2030 trên địa bàn tỉnh Quảng Ninh"


@pytest.mark.parametrize(
    ("line", "old", "new", "reading_id"),
    [
        (1323, "85-90", "85-91", "R07"),
        (517, "TH", "MN", "R09"),
        (533, "> =95,75", ">=95,75", "R11"),
        (1557, "- UBND các huyện, thị xã,", "- UBND các huyện, thị xã, thành phố", "R28"),
        (1870, "Về nước sạch vệ sinh môi trường", "Về nước sạch", "R49"),
        (1792, LEARNING, "Đề án", "R48"),
    ],
)
def test_a_reading_that_the_text_contradicts_stops_the_build(
    alter: Alter, fault: Fault, line: int, old: str, new: str, reading_id: str
) -> None:
    shown = fault(alter(line, old, new))
    assert f"readings.yaml, {reading_id}" in shown or f"{reading_id} corrects" in shown


def test_a_reading_of_nothing_stops_the_build(sources: Sources, fault: Fault) -> None:
    extra = {**sources.readings[-1], "id": f"R{len(sources.readings) + 1:02d}"}
    extra["cells"] = [{"place": "9/KH-UBND", "text": "32/1/2024"}]
    assert "is not used" in fault(replace(sources, readings=[*sources.readings, extra]))


CONFIRMING = {
    "R11": "the grammar reads the blank in '> =95,75' too",
    "R27": "the registry knows the short names of the seven committees too",
}


@pytest.mark.parametrize("number", range(1, 55))
def test_without_a_reading_the_build_stops_or_reads_otherwise(
    sources: Sources, tables: dict[str, Rows], number: int
) -> None:
    kept = [entry for entry in sources.readings if entry["id"] != f"R{number:02d}"]
    assert len(kept) == len(sources.readings) - 1
    renumbered = [{**entry, "id": f"R{n:02d}"} for n, entry in enumerate(kept, start=1)]
    try:
        without = build_from(replace(sources, readings=renumbered))
    except PlanError:
        return
    same = _without_readings(without) == _without_readings(tables)
    assert same == (f"R{number:02d}" in CONFIRMING)


def _without_readings(tables: dict[str, Rows]) -> dict[str, Rows]:
    return {
        name: [{key: row[key] for key in row if key != "reading_id"} for row in rows]
        for name, rows in tables.items()
        if name != "readings"
    }


def test_a_series_without_facts_stops_the_build(sources: Sources, fault: Fault) -> None:
    broken = changed(sources, "series", lambda file: file["series"].pop("7.5"))
    assert "series 7.5 (line 829) has no facts" in fault(broken)


def test_facts_without_a_series_stop_the_build(sources: Sources, fault: Fault) -> None:
    entry = {"mode": "up", "unit": "percent"}
    broken = changed(sources, "series", lambda file: file["series"].update({"7.18": entry}))
    assert "series 7.18 has facts, but no row in the plan" in fault(broken)


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ("groups", 3),
        ("indicators", "7.5"),
        ("parts", "8.4-beds"),
        ("task_groups", "IX"),
        ("subgroups", "VI.5"),
        ("tasks", "VI.1.1"),
        ("headings", "IV.6.2"),
        ("target_texts", "10.2"),
        ("short", "7.5"),
    ],
)
def test_a_missing_or_superfluous_translation_stops_the_build(
    sources: Sources, fault: Fault, section: str, key: object
) -> None:
    def move(file: dict[str, Any]) -> None:
        file[section]["X.99"] = file[section].pop(key)

    shown = fault(changed(sources, "translations", move))
    assert f"{section} > {key}" in shown
    assert "has no text" in shown
    assert f"{section} > X.99" in shown
    assert "names nothing in the plan" in shown


def test_a_group_named_otherwise_stops_the_build(sources: Sources, fault: Fault) -> None:
    broken = changed(sources, "translations", lambda file: file["groups"][8].update(vi="Sức khỏe"))
    assert "group 8 is named 'Sức khỏe'; the plan, as read, says 'Y tế'" in fault(broken)


def test_an_agency_that_the_plan_never_names_stops_the_build(
    sources: Sources, fault: Fault
) -> None:
    extra = {**sources.agencies[0], "id": "so-la", "name_vi": "Sở Lạ", "aliases": []}
    broken = replace(sources, agencies=[*sources.agencies, extra])
    assert "so-la: the plan never names it, but successor_only is false" in fault(broken)


def test_a_unit_or_level_that_is_malformed_stops_the_build(sources: Sources, fault: Fault) -> None:
    without_none = [level for level in sources.levels if level["id"] != "none"]
    assert "none is missing" in fault(replace(sources, levels=without_none))
    broken = changed(sources, "units", lambda file: file[0].pop("ucum"))
    assert "the fields are" in fault(broken)


def test_all_faults_of_a_build_are_shown_together(
    alter: Alter, sources: Sources, fault: Fault
) -> None:
    text = alter(677, "Sở Tư pháp", "Sở Ngoại vụ").text
    broken = changed(
        replace(sources, text=text), "translations", lambda file: file["tasks"].pop("I.1")
    )
    shown = fault(broken)
    assert "Sở Ngoại vụ" in shown
    assert "tasks > I.1 has no text" in shown


def test_an_appendix_loses_no_cell_unnoticed(sources: Sources) -> None:
    """Blank each cell of the appendices in turn; every such text stops the build."""
    lines = sources.text.split("\n")
    heads = {247, 1564}  # the second line of each appendix's title says nothing that is read
    cells = [n for n, line in enumerate(lines, start=1) if n > 243 and line and n not in heads]
    unnoticed = [n for n in cells[::13] if _builds(sources, [*lines[: n - 1], "", *lines[n:]])]
    assert unnoticed == []


def _builds(sources: Sources, lines: list[str]) -> bool:
    try:
        build_from(replace(sources, text="\n".join(lines)))
    except PlanError:
        return False
    return True


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_text_is_read_or_refused_with_its_faults(sources: Sources, data: st.DataObject) -> None:
    """Edit the text at random: the build gives tables or a PlanError, nothing else."""
    lines = sources.text.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        other = data.draw(st.integers(0, len(lines) - 1))
        junk = data.draw(
            st.sampled_from(["", "-", "1", "VI", "99.9", "%", "Hằng năm", "x", "XIII. A"])
        )
        edit = data.draw(st.sampled_from(["blank", "copy", "swap", "cut"]))
        if edit == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif edit == "cut":
            del lines[max(at, 300) :]
            break
        else:
            lines[at] = lines[other] if edit == "copy" else junk
    _builds(sources, lines)
