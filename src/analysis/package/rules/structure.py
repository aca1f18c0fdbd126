"""Rules on how the plan hangs together: identifiers, order, leads, readings, totals."""

from __future__ import annotations

from itertools import count

from analysis.package.raw import RawPackage, Row
from analysis.package.rules.rule import Outcomes, Problem, rule

TOTALS = {
    "indicator_groups": 11,
    "indicators": 99,
    "series": 110,
    "targets": 220,
    "task_groups": 9,
    "tasks": 41,
}
"""Rows that the plan itself declares (groups, indicators, tasks), or that follow from them."""

MAY_BE_EMPTY = ("revisions", "task_updates", "withdrawals")

APPENDICES = ("appendix-01", "appendix-02")


@rule("rows-present", vi="Không bảng nào trống", en="No table is empty")
def rows_present(raw: RawPackage) -> Outcomes:
    """Look at every table; those of :data:`MAY_BE_EMPTY` are until a first row comes in."""
    for table in raw.tables.values():
        if table.rows or table.name in MAY_BE_EMPTY:
            yield None
        else:
            yield Problem(table.path, "the table has no rows", "restore its rows")


@rule(
    "plan-totals",
    vi="Số nhóm, chỉ tiêu, mục tiêu, nhiệm vụ đúng như Kế hoạch nêu",
    en="Groups, indicators, targets and tasks are as many as the plan declares",
)
def plan_totals(raw: RawPackage) -> Outcomes:
    """Look at the six tables whose length the plan fixes."""
    for name, total in TOTALS.items():
        rows = len(raw.rows(name))
        where = raw.tables[name].path if name in raw.tables else name
        what = f"{rows} rows where the plan has {total}"
        mend = "mend data/source/readings.yaml and run `plan155 build`"
        yield None if rows == total else Problem(where, what, mend)


@rule(
    "identifiers-nested",
    vi="Mã chỉ tiêu, dòng chỉ tiêu, nhiệm vụ mở đầu bằng mã cấp trên",
    en="Identifiers of indicators, series and tasks begin with that of their parent",
)
def identifiers_nested(raw: RawPackage) -> Outcomes:
    """Look at every indicator (5.7 is in 5), series (8.4-beds in 8.4) and task (II.1 in II)."""
    parents = (
        ("indicators", "indicator_id", "group_id", "."),
        ("series", "series_id", "indicator_id", "-"),
        ("tasks", "task_id", "task_group_id", "."),
    )
    for table, own, parent, mark in parents:
        for row in raw.rows(table):
            nested = row[own] == row[parent] or row[own].startswith(row[parent] + mark)
            what = f"{row[own]!r} does not begin with its {parent} {row[parent]!r}"
            yield None if nested else Problem(row.at(own), what, "correct one of the two")


@rule(
    "positions-in-order",
    vi="Thứ tự trong Kế hoạch đánh số liên tục từ 1",
    en="Positions count from 1 without a gap, in file order",
)
def positions_in_order(raw: RawPackage) -> Outcomes:
    """Look at every row of the tables that have a position."""
    for table in ("indicators", "series", "task_groups", "tasks"):
        for row, position in zip(raw.rows(table), count(1), strict=False):
            what = f"position {row['position']} where {position} follows"
            mend = "restore the order of the plan"
            good = row["position"] == str(position)
            yield None if good else Problem(row.at("position"), what, mend)


@rule(
    "every-series-has-lead",
    vi="Dòng chỉ tiêu nào cũng có cơ quan chủ trì",
    en="Every series has a lead agency",
)
def every_series_has_lead(raw: RawPackage) -> Outcomes:
    """Look at every series."""
    yield from _led(raw, "series", "series_id", "indicator_agencies")


@rule(
    "every-task-has-lead",
    vi="Nhiệm vụ nào cũng có cơ quan chủ trì",
    en="Every task has a lead agency",
)
def every_task_has_lead(raw: RawPackage) -> Outcomes:
    """Look at every task."""
    yield from _led(raw, "tasks", "task_id", "task_agencies")


def _led(raw: RawPackage, table: str, key: str, links: str) -> Outcomes:
    led = {row[key] for row in raw.rows(links) if row["role"] == "lead"}
    for row in raw.rows(table):
        what = f"{row[key]} has no lead in table {links}"
        mend = "name its lead, or state in readings.yaml from which row it is inherited"
        yield None if row[key] in led else Problem(row.at(key), what, mend)


@rule(
    "inherited-has-reading",
    vi="Giá trị kế thừa từ dòng trên có cách đọc làm căn cứ",
    en="Whatever is inherited from a row above names the reading that says so",
)
def inherited_has_reading(raw: RawPackage) -> Outcomes:
    """Look at every row that is marked as inherited."""
    for table in ("targets", "indicator_agencies", "tasks", "task_agencies"):
        for row in raw.rows(table):
            if "true" in {row["inherited"], row["time_inherited"]}:
                mend = "name the reading of readings.yaml"
                what = "inherited, but no reading is named"
                stated = row["reading_id"] not in {"none", ""}
                yield None if stated else Problem(row.at("reading_id"), what, mend)


@rule(
    "readings-used",
    vi="Mỗi cách đọc được dùng ít nhất một lần",
    en="Every reading is used at least once",
)
def readings_used(raw: RawPackage) -> Outcomes:
    """Look at every reading but the placeholder ``none``."""
    for row in raw.rows("readings"):
        if row["reading_id"] != "none":
            yield _unused(row)


def _unused(row: Row) -> Problem | None:
    if row["applied"] not in {"0", ""}:
        return None
    what = f"reading {row['reading_id']} was applied nowhere"
    return Problem(row.at("applied"), what, "delete it, or mend its place", "warning")


@rule(
    "cited-place-exists",
    vi="Nơi viện dẫn văn bản có trong gói dữ liệu",
    en="The place that cites a document exists",
)
def cited_place_exists(raw: RawPackage) -> Outcomes:
    """Look at every citation: in a paragraph, a task, a heading or the title of an appendix."""
    sections = raw.by("sections", "section_id")
    known = {
        "section": sections.keys(),
        "heading": {*sections, *APPENDICES},
        "task": raw.by("tasks", "task_id").keys(),
    }
    for row in raw.rows("citations"):
        what = f"{row['place_kind']} {row['place_id']!r} does not exist"
        found = row["place_id"] in known.get(row["place_kind"], ())
        yield None if found else Problem(row.at("place_id"), what, "correct the place")


RULES = (
    rows_present,
    plan_totals,
    identifiers_nested,
    positions_in_order,
    every_series_has_lead,
    every_task_has_lead,
    inherited_has_reading,
    readings_used,
    cited_place_exists,
)
