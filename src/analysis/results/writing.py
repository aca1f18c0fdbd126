"""The results as a data package of their own: every frame for the whole plan, described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from analysis.package.declared import Facts
from analysis.package.describing import DESCRIPTOR, describe, descriptor_text
from analysis.package.tables import Tables
from analysis.results.areas import area_frame
from analysis.results.coverage import coverage_frame
from analysis.results.declared import result_columns, result_facts
from analysis.results.documents import document_frame
from analysis.results.files import result_csv, result_json
from analysis.results.gap import gap_frame
from analysis.results.grouping import ROLES
from analysis.results.rollup import UNITS, rollup_frame
from analysis.results.sensitivity import sensitivity_frame
from analysis.results.tasks import task_frame
from analysis.results.trend import trend_frame

MADE_BY: Final = "plan155 run"

AS_JSON: Final = ("results_gap", "results_trend")
"""Tables that are written as JSON beside their CSV."""

Frames = dict[str, pd.DataFrame]


def result_frames(
    tables: Mapping[str, pd.DataFrame],
    views: Mapping[bool, pd.DataFrame],
    *,
    as_of: date,
    base_year: int = 2020,
) -> Frames:
    """Compute every result table for the whole plan.

    Parameters
    ----------
    tables
        The package's frames.
    views
        The current view (see :func:`analysis.observe.current_view`) without proxies (False) and
        with them (True).
    as_of
        The day of assessment.
    base_year
        The declared base year.

    Returns
    -------
    dict
        By name of the table, with the columns that its facts declare (``facts/*.yaml``), in
        their order: ``results_gap, results_trend, results_sensitivity, results_rollup,
        results_coverage, results_coverage_parts, results_areas, results_targets,
        results_tasks``.
    """
    view = views[False]
    gap = gap_frame(tables, view, as_of=as_of, base_year=base_year)
    frames = {
        "results_gap": gap,
        "results_trend": trend_frame(tables, view, as_of=as_of),
        "results_sensitivity": sensitivity_frame(tables, views, as_of=as_of, base_year=base_year),
        "results_rollup": _rollups(tables, gap),
        "results_coverage": coverage_frame(tables, view, as_of=as_of),
        "results_coverage_parts": _coverage_parts(tables, view, as_of),
        "results_areas": area_frame(tables, view),
        "results_targets": document_frame(tables, view, as_of=as_of, base_year=base_year),
        "results_tasks": task_frame(tables, as_of=as_of),
    }
    return {name: frame[result_columns(name)] for name, frame in frames.items()}


def write_results(
    tables: Tables,
    views: Mapping[bool, pd.DataFrame],
    folder: str | Path,
    *,
    as_of: date,
    base_year: int = 2020,
) -> tuple[Path, ...]:
    """Write every result table and ``datapackage.json`` into a folder.

    Parameters
    ----------
    tables
        The loaded data package. Its version and day are those of the results, and the descriptor
        names it (``basedOn``).
    views, as_of, base_year
        As for :func:`result_frames`.
    folder
        Made if it does not exist; files of the same names are written over. It should hold
        nothing else.

    Returns
    -------
    tuple of Path
        The files, the descriptor last. The same package, day and base year give the same bytes.

    Raises
    ------
    ValueError
        If a value is not of its declared type.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    frames = result_frames(tables, views, as_of=as_of, base_year=base_year)
    for name, frame in frames.items():
        files.append(_write(folder / f"{name}.csv", result_csv(name, frame)))
        if name in AS_JSON:
            files.append(_write(folder / f"{name}.json", result_json(name, frame)))
    descriptor = _descriptor(folder, tables, as_of, base_year)
    return (*files, _write(folder / DESCRIPTOR, descriptor_text(descriptor)))


def _rollups(tables: Mapping[str, pd.DataFrame], gap: pd.DataFrame) -> pd.DataFrame:
    """Count by every part of the plan, in series and in indicators."""
    parts = [
        _headed(by, rollup_frame(tables, gap, by=by, unit=unit, roles=ROLES))
        for by in ("plan", "group", "agency")
        for unit in UNITS
    ]
    return pd.concat(parts, ignore_index=True)


def _coverage_parts(
    tables: Mapping[str, pd.DataFrame], view: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    parts = [
        _headed(by, coverage_frame(tables, view, as_of=as_of, by=by, roles=ROLES))
        for by in ("plan", "group", "agency")
    ]
    return pd.concat(parts, ignore_index=True)


def _headed(by: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return counts with the same heads whatever they are counted by, so that they can stack."""
    part = pd.Series("plan", frame.index) if by == "plan" else frame[f"{by}_id"].astype("str")
    heads: dict[str, Any] = {
        "by": by,
        "part_id": part,
        "role": "none",
        "name_vi": "Cả Kế hoạch",
        "name_en": "The whole plan",
        "successor_ids": "",
        "inferred_successor_ids": "",
    }
    return frame.assign(**{name: head for name, head in heads.items() if name not in frame})


def _descriptor(folder: Path, tables: Tables, as_of: date, base_year: int) -> dict[str, Any]:
    based_on = tables.descriptor
    facts: Facts = replace(
        result_facts(), version=tables.version, created=str(based_on.get("created", ""))
    )
    told = describe(folder, facts)
    resources = told.pop("resources")
    return {
        **told,
        "generatedBy": MADE_BY,
        "assessedOn": as_of.isoformat(),
        "baseYear": base_year,
        "basedOn": {
            "name": str(based_on.get("name", "")),
            "version": tables.version,
            "sha256": tables.sha256,
        },
        "resources": resources,
    }


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
