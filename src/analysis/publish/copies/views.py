"""Views of the database that answer common questions, with names and labels in both languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from analysis.publish.copies.about import Text, both
from analysis.publish.copies.tables import Cell, Content, Field, Table
from analysis.words import LANGUAGES


@dataclass(frozen=True)
class View:
    """A view: its name, its query, and the tables whose columns it shows.

    Attributes
    ----------
    tables
        Where a column of the view is explained: in the first of these tables that has it.
    """

    name: str
    tables: Sequence[str]
    query: str

    @property
    def statement(self) -> str:
        """The ``CREATE VIEW`` statement."""
        return f'CREATE VIEW "{self.name}" AS\n{self.query.strip()}'


def _label(table: str, column: str, row: str) -> str:
    """Return the columns with the meaning of a code, in both languages."""
    return ", ".join(
        f"(SELECT label_{language} FROM codes WHERE table_name = '{table}' "
        f"AND column_name = '{column}' AND code = {row}.{column}) AS {column}_{language}"
        for language in LANGUAGES
    )


def _labels(table: str, row: str, *columns: str) -> str:
    """Return the columns of several codes, each followed by its meanings."""
    parts = [f"{row}.{column}, {_label(table, column, row)}" for column in columns]
    return ",\n  ".join(parts)


_NAMES: Final = """
  {row}.series_id, {row}.indicator_id, {row}.group_id,
  indicator_groups.name_vi AS group_vi, indicator_groups.name_en AS group_en,
  indicators.name_vi AS indicator_vi, indicators.name_en AS indicator_en,
  {row}.label_vi, {row}.label_en,
  {row}.unit_id, units.label_vi AS unit_vi, units.label_en AS unit_en"""

_JOINS: Final = """
JOIN series ON series.series_id = {row}.series_id
JOIN indicators ON indicators.indicator_id = series.indicator_id
JOIN indicator_groups ON indicator_groups.group_id = indicators.group_id
JOIN units ON units.unit_id = {row}.unit_id"""


def _gap() -> View:
    tables = ("results_gap", "targets", "series", "sources")
    query = f"""
SELECT{_NAMES.format(row="gap")},
  gap.target_year, gap.target_status, gap.kind, gap.low, gap.high, gap.text_source,
  targets.text_en, targets.source_line,
  {_labels("results_gap", "gap", "verdict", "reason", "grade")}, gap.flags,
  gap.judged_year, gap.judged_value, gap.value_period, gap.gap, gap.pace_ratio,
  gap.value_source_id, sources.publisher, sources.title, sources.url
FROM results_gap AS gap{_JOINS.format(row="gap")}
JOIN targets ON targets.series_id = gap.series_id AND targets.year = gap.target_year
LEFT JOIN sources ON sources.source_id = gap.value_source_id
ORDER BY series.position, gap.target_year"""
    return View("v_gap", tables, query)


def _trend() -> View:
    query = f"""
SELECT{_NAMES.format(row="trend")},
  trend.n, trend.years, trend.first_year, trend.first_value, trend.last_year, trend.last_value,
  trend.change, trend.slope, trend.slope_low, trend.slope_high,
  {_labels("results_trend", "trend", "direction", "movement")}, trend.clear
FROM results_trend AS trend{_JOINS.format(row="trend")}
ORDER BY series.position"""
    return View("v_trend", ("results_trend", "series"), query)


_STANDING: Final = """
WITH RECURSIVE kept AS (
  SELECT observation_id FROM observations
  WHERE addition_id NOT IN (SELECT addition_id FROM withdrawals)
),
replaced (observation_id) AS (
  SELECT revises_id FROM revisions WHERE observation_id IN (SELECT observation_id FROM kept)
  UNION
  SELECT revisions.revises_id FROM revisions
  JOIN replaced ON replaced.observation_id = revisions.observation_id
)"""
"""What was taken back, and what was replaced: as :mod:`analysis.observe.standing` has it."""


def _observations() -> View:
    query = f"""{_STANDING}
SELECT seen.observation_id, seen.series_id, series.label_vi, series.label_en, seen.measure,
  seen.area_id, areas.name_vi AS area_vi, areas.name_en AS area_en,
  seen.period, seen.value, seen.level_id, levels.label_vi AS level_vi, levels.label_en AS level_en,
  seen.text, seen.unit_id, units.label_vi AS unit_vi, units.label_en AS unit_en,
  {_labels("observations", "seen", "status", "comparability", "comparability_rule")},
  seen.note, seen.source_id, sources.publisher, sources.title, sources.url, sources.published,
  sources.tier, {_label("sources", "tier", "sources")}
FROM observations AS seen
JOIN series ON series.series_id = seen.series_id
JOIN areas ON areas.area_id = seen.area_id
JOIN levels ON levels.level_id = seen.level_id
JOIN units ON units.unit_id = seen.unit_id
JOIN sources ON sources.source_id = seen.source_id
WHERE seen.observation_id IN (SELECT observation_id FROM kept)
  AND seen.observation_id NOT IN (SELECT observation_id FROM replaced)
ORDER BY series.position, seen.period, seen.observation_id"""
    return View("v_observations", ("observations", "series", "sources"), query)


def _answers() -> View:
    query = f"""
WITH named AS (
  SELECT 'indicator' AS item, series_id, NULL AS task_id, position, label_vi, label_en,
    agency_id, role, inherited, text_source, text_line
  FROM indicator_agencies JOIN series USING (series_id)
  UNION ALL
  SELECT 'task', NULL, task_id, position, name_vi, name_en,
    agency_id, role, inherited, text_source, text_line
  FROM task_agencies JOIN tasks USING (task_id)
)
SELECT named.item, named.series_id, named.task_id, named.label_vi, named.label_en,
  {_labels("indicator_agencies", "named", "role")},
  named.agency_id, agencies.name_vi AS agency_vi, agencies.name_en AS agency_en,
  named.inherited, named.text_source, named.text_line,
  later.successor_id, heirs.name_vi AS successor_vi, heirs.name_en AS successor_en,
  later.effective, later.scope_vi, later.scope_en,
  {_labels("agency_successions", "later", "confidence")},
  later.source_id, sources.url
FROM named
JOIN agencies ON agencies.agency_id = named.agency_id
LEFT JOIN agency_successions AS later ON later.predecessor_id = named.agency_id
LEFT JOIN agencies AS heirs ON heirs.agency_id = later.successor_id
LEFT JOIN sources ON sources.source_id = later.source_id
ORDER BY named.item, named.position, named.text_line, named.role, named.agency_id,
  later.successor_id"""
    tables = ("indicator_agencies", "tasks", "series", "agency_successions", "sources")
    return View("v_answers", tables, query)


def _tasks() -> View:
    leads = ", ".join(
        f"(SELECT group_concat(name_{language}, '; ') FROM (SELECT name_{language} "
        "FROM task_agencies JOIN agencies USING (agency_id) "
        "WHERE task_id = state.task_id AND role = 'lead' "
        f"ORDER BY task_agencies.rowid)) AS lead_{language}"
        for language in LANGUAGES
    )
    query = f"""
SELECT state.task_id, state.task_group_id,
  task_groups.name_vi AS task_group_vi, task_groups.name_en AS task_group_en,
  tasks.subgroup_vi, tasks.subgroup_en, state.name_vi, state.name_en,
  state.time_source, state.start, state."end",
  {_labels("results_tasks", "state", "schedule", "phase")}, state.cycle, state.due_on,
  {_labels("results_tasks", "state", "status")}, state.status_date,
  {_labels("results_tasks", "state", "standing")},
  {leads}, state.source_line
FROM results_tasks AS state
JOIN tasks ON tasks.task_id = state.task_id
JOIN task_groups ON task_groups.task_group_id = state.task_group_id
ORDER BY state.position"""
    return View("v_tasks", ("results_tasks", "tasks"), query)


def _other_targets() -> View:
    query = f"""
SELECT{_NAMES.format(row="other")},
  other.framework, other.area_id, areas.name_vi AS area_vi, areas.name_en AS area_en,
  other.period, other.target_year, other.kind, other.low, other.high, other.text_source,
  other.plan_text_source,
  {_labels("results_targets", "other", "ambition", "ambition_reason", "outcome")},
  other.judged_year, other.judged_value,
  other.target_source_id, sources.publisher, sources.title, sources.url
FROM results_targets AS other{_JOINS.format(row="other")}
JOIN areas ON areas.area_id = other.area_id
JOIN sources ON sources.source_id = other.target_source_id
ORDER BY series.position, other.period, other.rowid"""
    return View("v_other_targets", ("results_targets", "sources"), query)


def _country() -> View:
    query = f"""
SELECT{_NAMES.format(row="both")},
  both.year, both.is_latest, both.province_value, both.country_value, both.difference,
  {_labels("results_areas", "both", "better")}, both.definition_note,
  both.province_source_id, province.url AS province_url,
  both.country_source_id, country.url AS country_url
FROM results_areas AS both{_JOINS.format(row="both")}
JOIN sources AS province ON province.source_id = both.province_source_id
JOIN sources AS country ON country.source_id = both.country_source_id
ORDER BY series.position, both.year"""
    return View("v_country", ("results_areas",), query)


def views() -> tuple[View, ...]:
    """Return all views, each resting on tables and on table ``codes`` alone."""
    makers = (_gap, _trend, _observations, _answers, _tasks, _other_targets, _country)
    return tuple(make() for make in makers)


def read_view(connection: sqlite3.Connection, view: View, content: Content) -> Table:
    """Return a view of a database as a table, described and typed by the fields that it shows."""
    cursor = connection.execute(f'SELECT * FROM "{view.name}"')
    fields = [view_field(view, column, content) for column, *_ in cursor.description]
    resource = {
        "name": view.name,
        "titles": both(f"view.{view.name}.title"),
        "descriptions": both(f"view.{view.name}.description"),
        "schema": {"fields": fields},
    }
    return Table(resource, tuple(_typed(row, fields) for row in cursor))


def view_field(view: View, column: str, content: Content) -> Field:
    """Return what a view's column is, as a schema says it.

    It is the field of the same name in the view's tables; a column that ends in ``_vi`` or
    ``_en`` gives the name or meaning of what stands before, and the rest is worded.

    Raises
    ------
    analysis.words.WordingError
        If nothing explains the column.
    """
    field = _field(view, column, content)
    if field is not None:
        return field
    stem, _, language = column.rpartition("_")
    if stem and language in LANGUAGES:
        named = _field(view, stem, content)
        subject = both(f"name.{stem}") if named is None else named["titles"]
        titles: Text = {
            each: f"{subject[each]} ({both(f'in.{language}')[each]})" for each in LANGUAGES
        }
        texts = both("in.text", column=stem)
    else:
        titles, texts = both(f"column.{column}.title"), both(f"column.{column}.description")
    return {"name": column, "type": "string", "titles": titles, "descriptions": texts}


def _field(view: View, column: str, content: Content) -> Field | None:
    """Return the field of this name in the first of the view's tables that has it."""
    fields = (field for name in view.tables for field in content[name].fields)
    return next((field for field in fields if field["name"] == column), None)


def _typed(row: Sequence[Any], fields: Sequence[Field]) -> tuple[Cell, ...]:
    return tuple(
        None if value is None else _TYPES[field["type"]](value)
        for value, field in zip(row, fields, strict=True)
    )


_TYPES: Final[Mapping[str, Callable[[Any], Cell]]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": date.fromisoformat,
}
