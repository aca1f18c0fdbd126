"""Results: tables and the current view, laid out as arrays, measured, and named again.

This is the one place where the plan's targets meet the observed values. It holds no formula
(those are in :mod:`analysis.measures`). Every result is also a table to publish
(:func:`write_results`), whose columns and codes are declared in ``facts/``.
"""

from __future__ import annotations

from analysis.results.agencies import (
    AGENCY_COLUMNS,
    WORK_COLUMNS,
    WORK_STANDINGS,
    agency_frame,
    agency_work,
)
from analysis.results.areas import AREA_COLUMNS, BETTER, DEFINITION_NOTES, area_frame
from analysis.results.coverage import (
    COVERAGE_CLASSES,
    COVERAGE_COLUMNS,
    COVERAGE_COUNTS,
    coverage_frame,
)
from analysis.results.declared import PAGES, result_columns, result_facts
from analysis.results.documents import (
    AMBITION_REASONS,
    AMBITIONS,
    DOCUMENT_COLUMNS,
    OUTCOMES,
    document_frame,
)
from analysis.results.files import result_csv, result_json, result_records
from analysis.results.gap import GAP_COLUMNS, gap_frame
from analysis.results.generated import generated_texts
from analysis.results.panel import Panel, panel
from analysis.results.published import ASKED, CATEGORY_VERDICTS
from analysis.results.rollup import CLASSES, ROLLUP_COLUMNS, rollup_frame
from analysis.results.sensitivity import (
    AXES,
    BASE_YEARS,
    SENSITIVITY_COLUMNS,
    sensitivity_frame,
)
from analysis.results.tasks import (
    TASK_PHASES,
    TASK_SCHEDULES,
    TASK_STANDINGS,
    TASK_STATUSES,
    next_change,
    task_frame,
)
from analysis.results.trend import TREND_COLUMNS, trend_frame
from analysis.results.writing import result_frames, write_results

__all__ = [
    "AGENCY_COLUMNS",
    "AMBITIONS",
    "AMBITION_REASONS",
    "AREA_COLUMNS",
    "ASKED",
    "AXES",
    "BASE_YEARS",
    "BETTER",
    "CATEGORY_VERDICTS",
    "CLASSES",
    "COVERAGE_CLASSES",
    "COVERAGE_COLUMNS",
    "COVERAGE_COUNTS",
    "DEFINITION_NOTES",
    "DOCUMENT_COLUMNS",
    "GAP_COLUMNS",
    "OUTCOMES",
    "PAGES",
    "ROLLUP_COLUMNS",
    "SENSITIVITY_COLUMNS",
    "TASK_PHASES",
    "TASK_SCHEDULES",
    "TASK_STANDINGS",
    "TASK_STATUSES",
    "TREND_COLUMNS",
    "WORK_COLUMNS",
    "WORK_STANDINGS",
    "Panel",
    "agency_frame",
    "agency_work",
    "area_frame",
    "coverage_frame",
    "document_frame",
    "gap_frame",
    "generated_texts",
    "next_change",
    "panel",
    "result_columns",
    "result_csv",
    "result_facts",
    "result_frames",
    "result_json",
    "result_records",
    "rollup_frame",
    "sensitivity_frame",
    "task_frame",
    "trend_frame",
    "write_results",
]
