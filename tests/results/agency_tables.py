"""A plan of three series and three tasks among a few agencies, small enough to count by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd

Tables = dict[str, pd.DataFrame]

# agency, kind, named by the plan, first line that names it
AGENCIES = (
    ("labour", "department", True, 10),
    ("health", "department", True, 20),
    ("planning", "department", True, 30),
    ("finance", "department", True, 40),
    ("office", "statistics", True, 50),
    ("sectors", "collective", True, 60),
    ("building", "department", True, 70),
    ("committee", "committee", True, 80),
    ("farming", "department", False, None),
    ("science", "department", False, None),
)

# predecessor, successor, scope, confidence
SUCCESSIONS = (
    ("labour", "health", "children", "inferred"),
    ("labour", "farming", "", "inferred"),
    ("labour", "science", "wages", "reported"),
    ("planning", "finance", "", "reported"),
    ("building", "building", "", "reported"),
    ("farming", "science", "", "reported"),
)


def assigned(item: str, agency: str, role: str, line: int, **cells: Any) -> dict[str, Any]:
    """One row of either table of assignments; the caller names the column of the item."""
    row = {"item": item, "agency_id": agency, "role": role, "text_line": line}
    known = {"inherited": False, "text_source": agency, "reading_id": "none", "source_line": line}
    return {**row, **known, **cells}


INDICATORS = (
    assigned("1", "labour", "lead", 101),
    assigned("1", "office", "statistics", 101),
    assigned("1", "sectors", "coordinating", 102),
    assigned("2-a", "health", "lead", 103),
    assigned("2-b", "health", "lead", 103, inherited=True, reading_id="R1"),
    assigned("2-b", "planning", "lead", 104),
)
TASKS = (
    assigned("II.2", "finance", "lead", 201),
    assigned("II.1", "planning", "lead", 202),
    assigned("II.2", "planning", "lead", 201),
    assigned("II.1", "finance", "coordinating", 203),
    assigned("III.1", "building", "lead", 204),
)


def agency_tables(**changed: list[dict[str, Any]]) -> Tables:
    """Return the tables that the results of agencies look at; rows can be given instead."""
    names = ["agency_id", "kind", "in_plan", "source_line"]
    agencies = pd.DataFrame(list(AGENCIES), columns=names)
    agencies["source_line"] = agencies["source_line"].astype("Int64")
    successions = pd.DataFrame(
        list(SUCCESSIONS), columns=["predecessor_id", "successor_id", "scope_vi", "confidence"]
    )
    frames = {
        "agencies": agencies.assign(
            name_vi="Sở " + agencies["agency_id"], name_en="Department of " + agencies["agency_id"]
        ),
        "agency_successions": successions.assign(
            scope_en=successions["scope_vi"], effective="2025-03", source_id="paper", note=""
        ),
        "series": pd.DataFrame(
            {"series_id": ["1", "2-a", "2-b"], "indicator_id": ["1", "2", "2"]}
        ).assign(position=[1, 2, 3]),
        "tasks": pd.DataFrame({"task_id": ["II.1", "II.2", "III.1"], "position": [1, 2, 3]}),
        "indicator_agencies": pd.DataFrame(list(INDICATORS)).rename(columns={"item": "series_id"}),
        "task_agencies": pd.DataFrame(list(TASKS)).rename(columns={"item": "task_id"}),
    }
    return {**frames, **{name: pd.DataFrame(rows) for name, rows in changed.items()}}
