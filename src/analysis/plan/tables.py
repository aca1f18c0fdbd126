"""The tables that this room makes: names, columns in order, keys."""

from __future__ import annotations

from dataclasses import dataclass

Row = dict[str, str]
Rows = list[Row]


@dataclass(frozen=True)
class Table:
    """One table of data/plan: its columns in order and its primary key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


def _table(name: str, key: str, columns: str) -> Table:
    return Table(name, tuple(columns.split()), tuple(key.split()))


_ALL = (
    _table("indicator_groups", "group_id", "group_id name_vi name_en name_source source_line"),
    _table(
        "indicators",
        "indicator_id",
        "indicator_id group_id position name_vi name_en name_source source_line",
    ),
    _table(
        "units",
        "unit_id",
        "unit_id label_vi label_en symbol_vi symbol_en description_vi description_en ucum",
    ),
    _table("levels", "level_id", "level_id scale ordinal label_vi label_en"),
    _table(
        "series",
        "series_id",
        "series_id indicator_id position label_vi label_en part_vi part_en part_source dimension"
        " unit_id unit_source mode scale decimals natural_min natural_max source_line",
    ),
    _table(
        "readings",
        "reading_id",
        "reading_id kind place text_source reading reason_vi reason_en applied source_line",
    ),
    _table(
        "targets",
        "series_id year",
        "series_id year status kind low high level_id text_source text_en reading_id inherited"
        " source_line",
    ),
    _table("agencies", "agency_id", "agency_id name_vi name_en kind in_plan source_line"),
    _table(
        "indicator_agencies",
        "series_id agency_id role",
        "series_id agency_id role inherited text_source text_line reading_id source_line",
    ),
    _table(
        "task_groups",
        "task_group_id",
        "task_group_id position name_vi name_en name_source source_line",
    ),
    _table(
        "tasks",
        "task_id",
        "task_id task_group_id position subgroup subgroup_vi subgroup_en name_vi name_en"
        " name_source source_number time_source start end recurrence time_inherited reading_id"
        " source_line",
    ),
    _table(
        "task_agencies",
        "task_id agency_id role",
        "task_id agency_id role inherited text_source text_line reading_id source_line",
    ),
    _table(
        "sections",
        "section_id",
        "section_id level kind heading_vi heading_en text source_line",
    ),
    _table(
        "documents",
        "document_id",
        "document_id type_vi type_en issuer_vi issuer_en date title_vi source_line",
    ),
    _table(
        "citations",
        "document_id place_kind place_id source_line",
        "document_id place_kind place_id source_line text_source",
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
"""Every table of data/plan by name, in the order in which the package lists them."""


def flag(value: bool) -> str:
    """Write a boolean as the tables do."""
    return "true" if value else "false"
