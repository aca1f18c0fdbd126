"""A small valid package, built row by row: the base of the tests of this room.

It has the plan's counts (11 groups, 99 indicators, 110 series, 220 targets, 9 groups of 41 tasks)
with made-up texts, and a handful of rows everywhere else. Of its observations one replaces another,
and one came in by an addition that was taken back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from analysis.package import write_descriptor
from analysis.package.declared import declared

Row = dict[str, str]
Tables = dict[str, list[Row]]

SIZES = {1: 1, 2: 1, 3: 6, 4: 6, 5: 11, 6: 18, 7: 17, 8: 14, 9: 9, 10: 5, 11: 11}
PARTS = {
    "8.4": ("beds", "doctors", "pharmacists", "nurses"),
    "9.1": ("remote", "other"),
    "10.3": ("", "urban", "rural"),
    "10.4": ("", "urban", "rural"),
    "11.1": ("urban", "rural"),
    "11.2": ("urban", "rural"),
    "11.8": ("halong", "dongtrieu"),
}
TASKS = {"I": 2, "II": 5, "III": 3, "IV": 6, "V": 5, "VI": 11, "VII": 3, "VIII": 2, "IX": 4}


def tiny() -> Tables:
    """Return the rows of every table, each cell a text."""
    tables: Tables = {
        "indicator_groups": [{"group_id": str(group), **_named(group)} for group in SIZES],
        "indicators": list(_indicators()),
        "units": [_unit("none"), _unit("percent"), _unit("level"), _unit("rank")],
        "levels": list(_levels()),
        "series": list(_series()),
        "readings": [_reading("none", "none", "0"), _reading("R01", "inherited_cells", "1")],
        "agencies": [_agency("so-y-te"), _agency("so-tai-chinh")],
        "task_groups": [
            {"task_group_id": group, "position": str(place), **_named(place)}
            for place, group in enumerate(TASKS, 1)
        ],
        "tasks": list(_tasks()),
        "sections": list(_sections()),
        "documents": [_document()],
        "citations": [_citation("section", "I-p1"), _citation("task", "I.1")],
        "task_updates": [],
    }
    tables |= _added()
    tables["targets"] = [_target(row, year) for row in tables["series"] for year in (2025, 2030)]
    tables["indicator_agencies"] = [
        _assigned("series_id", row["series_id"]) for row in tables["series"]
    ]
    tables["task_agencies"] = [_assigned("task_id", row["task_id"]) for row in tables["tasks"]]
    return tables | _observed() | _reference()


def build(root: Path, change: Callable[[Tables], None] | None = None) -> Path:
    """Write the small package into a folder, after a change of its rows; return the folder."""
    tables = tiny()
    if change is not None:
        change(tables)
    for facts in declared().resources:
        columns = [field.name for field in facts.fields]
        write_csv(root / facts.path, columns, tables[facts.name])
    write_descriptor(root)
    return root


def write_csv(path: Path, columns: list[str], rows: list[Row]) -> None:
    """Write rows as every table of the package is written."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def _named(number: int) -> Row:
    return {
        "name_vi": f"Tên {number}",
        "name_en": f"Name {number}",
        "name_source": f"Tên {number}",
        "source_line": str(100 + number),
    }


def _indicators() -> Iterator[Row]:
    place = 0
    for group, size in SIZES.items():
        for number in range(1, size + 1):
            place += 1
            code = str(group) if size == 1 else f"{group}.{number}"
            yield {
                "indicator_id": code,
                "group_id": str(group),
                "position": str(place),
                **_named(place),
            }


def _series() -> Iterator[Row]:
    place = 0
    for indicator in _indicators():
        code = indicator["indicator_id"]
        for part in PARTS.get(code, ("",)):
            place += 1
            yield {
                "series_id": f"{code}-{part}" if part else code,
                "indicator_id": code,
                "position": str(place),
                "label_vi": f"Nhãn {place}",
                "label_en": f"Label {place}",
                "part_vi": f"Phần {part}" if part else "",
                "part_en": f"Part {part}" if part else "",
                "dimension": "area" if part else "none",
                "decimals": "1",
                "source_line": str(300 + place),
                **_measured(code),
            }


def _measured(code: str) -> Row:
    if code == "4.1":
        return {"unit_id": "rank", "mode": "level", "scale": "none", "natural_min": "1"}
    if code == "7.14":
        return {"unit_id": "level", "mode": "level", "scale": "universal-education"}
    mode = "down" if code == "3.1" else "band" if code == "8.1" else "up"
    return {
        "unit_id": "percent",
        "unit_source": "%",
        "mode": mode,
        "scale": "none",
        "natural_min": "0",
        "natural_max": "100",
    }


def _target(series: Row, year: int) -> Row:
    row = {
        "series_id": series["series_id"],
        "year": str(year),
        "status": "stated",
        "level_id": "none",
        "reading_id": "none",
        "inherited": "false",
        "source_line": series["source_line"],
    }
    return row | _stated(series, year)


def _stated(series: Row, year: int) -> Row:
    if series["series_id"] == "3.1":
        return {"kind": "less_than", "high": "2", "text_source": "<2"}
    if series["series_id"] == "4.1":
        worded = {"text_source": "nhóm 5 địa phương đứng đầu", "text_en": "among the first five"}
        return {"kind": "at_most", "high": "5", **worded}
    if series["series_id"] == "6.3" and year == 2025:
        return {"status": "not_stated", "kind": "none", "text_source": "-"}
    if series["series_id"] == "7.14":
        worded = {"text_source": "Mức độ 3", "text_en": "Level 3"}
        return {"kind": "level", "level_id": "education-3", **worded}
    if series["series_id"] == "10.4":
        return {"kind": "between", "low": "85", "high": "90", "text_source": "85-90"}
    return {"kind": "exact", "low": "95.5", "high": "95.5", "text_source": "95,5"}


def _unit(code: str) -> Row:
    columns = ("label_vi", "label_en", "description_vi", "description_en")
    return {"unit_id": code, **dict.fromkeys(columns, f"Đơn vị {code}")}


def _levels() -> Iterator[Row]:
    yield {"level_id": "none", "scale": "none", "ordinal": "0", **_labels("none")}
    for number in ("1", "2", "3"):
        level = f"education-{number}"
        scale = "universal-education"
        yield {"level_id": level, "scale": scale, "ordinal": number, **_labels(level)}
    yield {"level_id": "literacy-1", "scale": "literacy", "ordinal": "1", **_labels("literacy-1")}


def _labels(code: str) -> Row:
    return {"label_vi": f"Mức {code}", "label_en": f"Level {code}"}


def _reading(code: str, kind: str, applied: str) -> Row:
    reasons = {"reason_vi": "Ô gộp.", "reason_en": "A merged cell."}
    return {"reading_id": code, "kind": kind, "applied": applied, **reasons}


def _agency(code: str) -> Row:
    names = {"name_vi": f"Sở {code}", "name_en": f"Department {code}"}
    return {"agency_id": code, "kind": "department", "in_plan": "true", "source_line": "9", **names}


def _tasks() -> Iterator[Row]:
    place = 0
    for group, size in TASKS.items():
        for number in range(1, size + 1):
            place += 1
            yield {
                "task_id": f"{group}.{number}",
                "task_group_id": group,
                "position": str(place),
                **_named(place),
                "source_number": str(number),
                "time_source": "Giai đoạn 2024-2030",
                "start": "2024-01-01",
                "end": "2030-12-31",
                "recurrence": "continuous",
                "time_inherited": "false",
                "reading_id": "none",
            }


def _assigned(key: str, value: str) -> Row:
    return {
        key: value,
        "agency_id": "so-y-te",
        "role": "lead",
        "inherited": "false",
        "text_source": "- Sở Y tế;",
        "text_line": "400",
        "reading_id": "none",
        "source_line": "400",
    }


def _sections() -> Iterator[Row]:
    heading = {"heading_vi": "MỤC ĐÍCH", "heading_en": "PURPOSE", "text": "I. MỤC ĐÍCH"}
    yield {"section_id": "I", "level": "1", "kind": "heading", "source_line": "20", **heading}
    text = "- Thực hiện Nghị quyết số 42-NQ/TW"
    row = {"section_id": "I-p1", "level": "1", "kind": "paragraph", "source_line": "22"}
    yield {**row, "text": text}


def _document() -> Row:
    return {
        "document_id": "42-NQ/TW",
        "type_vi": "Nghị quyết",
        "type_en": "Resolution",
        "date": "2023-11-24",
        "source_line": "22",
    }


def _citation(kind: str, place: str) -> Row:
    return {
        "document_id": "42-NQ/TW",
        "place_kind": kind,
        "place_id": place,
        "source_line": "22",
        "text_source": "42-NQ/TW",
    }


REVISED = {"series_id": "5.7", "addition_id": "add-0002", "recorded_on": "2026-11-26"}
WITHDRAWN = {"series_id": "5.7", "addition_id": "add-0003", "recorded_on": "2026-11-27"}


def _added() -> Tables:
    """Return three additions: a first one, one that revises a value, one that was taken back."""
    days = ("2026-11-25", "2026-11-26", "2026-11-27")
    additions = [
        {"addition_id": f"add-{number:04}", "recorded_on": day}
        for number, day in enumerate(days, 1)
    ]
    file = {"file": "observed_values.csv", "layout": "collected", "sha256": "0" * 64}
    return {
        "additions": additions,
        "addition_files": [{"addition_id": one["addition_id"], **file} for one in additions],
        "revisions": [{"observation_id": "obs-0007", "revises_id": "obs-0002"}],
        "withdrawals": [
            {"addition_id": "add-0003", "withdrawn_on": "2026-11-28", "reason": "Nhập nhầm"}
        ],
    }


def _observed() -> Tables:
    source = {"title": "Báo cáo", "publisher": "Cục Thống kê", "tier": "official"}
    seen = [
        {"series_id": "5.7", "period": "2020", "value": "93.5"},
        {"series_id": "5.7", "period": "2024-H1", "value": "95.76"},
        {"series_id": "5.7", "period": "2016-2020", "value": "90"},
        {"series_id": "4.1", "period": "2024", "value": "6", "unit_id": "rank"},
        {"series_id": "7.14", "period": "2023", "level_id": "education-3", "unit_id": "level"},
        {
            "series_id": "6.1",
            "period": "2022",
            "value": "1200",
            "unit_id": "none",
            "measure": "Số người",
            "comparability": "proxy",
            "comparability_rule": "related_measure",
        },
        {**REVISED, "period": "2024-H1", "value": "95.8"},
        {**WITHDRAWN, "period": "2025", "value": "9.59"},
    ]
    return {
        "observations": [_observation(number, row) for number, row in enumerate(seen, 1)],
        "sources": [{"source_id": "cuc-thong-ke-2024", "published": "2024", **source}],
    }


def _observation(number: int, row: Row) -> Row:
    return {
        "observation_id": f"obs-{number:04}",
        "area_id": "QN",
        "level_id": "none",
        "unit_id": "percent",
        "status": "actual",
        "comparability": "exact",
        "comparability_rule": "as_collected",
        "source_id": "cuc-thong-ke-2024",
        "recorded_on": "2026-11-25",
        "addition_id": "add-0001",
        **row,
    }


def _reference() -> Tables:
    succession = {"predecessor_id": "so-y-te", "successor_id": "so-tai-chinh"}
    target = {"series_id": "3.1", "framework": "42-NQ/TW", "area_id": "QN", "period": "2030"}
    return {
        "areas": list(_areas()),
        "breaks": [
            {
                "series_id": "5.7",
                "from_period": "2022",
                "area_id": "QN",
                "reason_vi": "Cách tính mới.",
                "reason_en": "A new measure.",
            }
        ],
        "agency_successions": [
            {
                **succession,
                "effective": "2025-03",
                "source_id": "cuc-thong-ke-2024",
                "confidence": "reported",
            }
        ],
        "comparison_targets": [
            {
                **target,
                "text_source": "<3",
                "kind": "less_than",
                "high": "3",
                "level_id": "none",
                "unit_id": "percent",
                "source_id": "cuc-thong-ke-2024",
            }
        ],
        "unit_aliases": [{"unit_text": "%", "unit_id": "percent"}],
    }


def _areas() -> Iterator[Row]:
    yield {"area_id": "QN", "name_vi": "Tỉnh", "name_en": "Province", "kind": "province"}
    names = {"name_vi": "Hạ Long", "name_en": "Hạ Long", "kind": "district"}
    days = {"valid_from": "2013-01-01", "valid_to": "2025-06-30"}
    yield {"area_id": "QN-ha-long", **names, **days}
