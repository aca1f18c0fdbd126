"""A series with everything that is known of it, and who answers for it."""

from __future__ import annotations

from typing import Final

from analysis.publish.interface.library import Library
from analysis.publish.interface.rows import Json, reference
from analysis.publish.interface.shapes import lists, record, whole, worded

VERDICT: Final = (
    "series_id", "label_vi", "label_en", "target_year", "text_source", "verdict", "verdict_label",
    "reason", "reason_label", "grade", "grade_label",
)  # fmt: skip
"""What lists say of a verdict: some of the properties of a row of ``results_gap``."""

_LISTS: Final = {
    "targets": "targets",
    "breaks": "breaks",
    "observations": "observations",
    "current_view": "current_view",
    "gap": "results_gap",
    "other_targets": "results_targets",
    "country": "results_areas",
}
"""Lists of rows of a series, and their tables."""

_ONES: Final = {"trend": "results_trend", "coverage": "results_coverage"}
"""Single rows of a series, and their tables."""


def series_body(library: Library, series_id: str) -> Json:
    """Return a series: its row, its unit, and all rows of other tables about it."""
    row = library.row("series", "series_id", series_id)
    rows = {key: library.rows(table, "series_id", series_id) for key, table in _LISTS.items()}
    ones = {key: library.row(table, "series_id", series_id) for key, table in _ONES.items()}
    return {
        **row,
        "unit": library.row("units", "unit_id", row["unit_id"]),
        "answers": answers(library, "indicator_agencies", "series_id", series_id),
        **rows,
        **ones,
        "sensitivity": sensitivity(library, series_id),
    }


def answers(library: Library, table: str, column: str, value: str) -> list[Json]:
    """Return the agencies that the plan names, each with those that have taken over from it.

    Parameters
    ----------
    library
        The tables.
    table
        ``indicator_agencies`` or ``task_agencies``.
    column, value
        Which rows of it are meant.
    """
    return [
        {**row, "now": library.rows("agency_successions", "predecessor_id", row["agency_id"])}
        for row in library.rows(table, column, value)
    ]


def sensitivity(library: Library, series_id: str) -> list[Json]:
    """Return for each target year how many other choices change the verdict, and which."""
    rows = library.rows("results_sensitivity", "series_id", series_id)
    years = dict.fromkeys(row["target_year"] for row in rows)
    return [_summary([row for row in rows if row["target_year"] == year]) for year in years]


def _summary(rows: list[Json]) -> Json:
    others = [row for row in rows if row["axis"] != "default"]
    axes = dict.fromkeys(row["axis"] for row in others)
    first = rows[0]
    return {
        **{key: first[key] for key in ("target_year", "default_verdict", "default_verdict_label")},
        **_counts(others),
        "by_axis": [_axis([row for row in others if row["axis"] == axis]) for axis in axes],
        "differing": [row for row in others if row["differs"]],
    }


def _axis(rows: list[Json]) -> Json:
    return {**{key: rows[0][key] for key in ("axis", "axis_label")}, **_counts(rows)}


def _counts(rows: list[Json]) -> Json:
    return {
        "n_scenarios": len(rows),
        "n_judged": sum(row["differs"] is not None for row in rows),
        "n_differing": sum(row["differs"] is True for row in rows),
    }


def verdicts(library: Library, column: str, value: str) -> list[Json]:
    """Return the verdicts of a series or an indicator, as lists show them."""
    rows = library.rows("results_gap", column, value)
    return [{key: row[key] for key in VERDICT} for row in rows]


def definitions(library: Library) -> dict[str, Json]:
    """Return the JSON Schemas of a series and its parts."""
    gap = library.properties("results_gap")
    spread = library.properties("results_sensitivity")
    counts = {name: whole(name) for name in ("n_scenarios", "n_judged", "n_differing")}
    keys = ("target_year", "default_verdict", "default_verdict_label")
    axis = {key: spread[key] for key in ("axis", "axis_label")}
    return {
        "verdict": record({key: gap[key] for key in VERDICT}),
        "indicator_answer": answer_schema(library, "indicator_agencies"),
        "sensitivity_axis": record({**axis, **counts}),
        "sensitivity": record(
            {
                **{key: spread[key] for key in keys},
                **counts,
                **lists(by_axis="sensitivity_axis", differing="results_sensitivity"),
            }
        ),
        "series_body": record(
            {
                **library.properties("series"),
                "unit": worded(reference("units"), "unit"),
                **{key: worded(reference(table), key) for key, table in _ONES.items()},
                **lists(answers="indicator_answer", **_LISTS, sensitivity="sensitivity"),
            }
        ),
    }


def answer_schema(library: Library, table: str) -> Json:
    """Return the JSON Schema of a row of :func:`answers`."""
    return record({**library.properties(table), **lists(now="agency_successions")})
