"""Tables of tasks made by hand, for tests of the task frame, its chart and its report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

Tables = dict[str, pd.DataFrame]

_TASK = {
    "task_group_id": "I",
    "subgroup": None,
    "subgroup_vi": None,
    "subgroup_en": None,
    "source_number": "1",
    "time_inherited": False,
    "reading_id": "none",
    "source_line": 10,
}

# What the plan prints, and as what it is read.
TIMES: dict[str, tuple[str | None, str | None, str]] = {
    "Năm 2024": ("2024-01-01", "2024-12-31", "once"),
    "Năm 2025": ("2025-01-01", "2025-12-31", "once"),
    "Năm 2027": ("2027-01-01", "2027-12-31", "once"),
    "Quý III/2024": ("2024-07-01", "2024-09-30", "once"),
    "Tháng 6/2024": ("2024-06-01", "2024-06-30", "once"),
    "Tháng 2/2028": ("2028-02-01", "2028-02-29", "once"),
    "Giai đoạn 2024-2030": ("2024-01-01", "2030-12-31", "continuous"),
    "Năm 2024 - 2025": ("2024-01-01", "2025-12-31", "continuous"),
    "Đến năm 2030": (None, "2030-12-31", "continuous"),
    "Năm 2025 và thường xuyên": ("2025-01-01", None, "continuous"),
    "Hằng năm": (None, None, "yearly"),
    "Sơ kết, tổng kết Chương trình": (None, None, "milestone"),
    "": (None, None, "not_stated"),
}

Update = tuple[str, str, str]
"""Task, day and status; the source is ``paper``."""


def task(task_id: str, time: str, **cells: Any) -> dict[str, Any]:
    """A row of table ``tasks`` whose time is one of :data:`TIMES`."""
    start, end, recurrence = TIMES[time]
    named = {"name_vi": f"Việc {task_id}", "name_en": f"Work {task_id}"}
    named["name_source"] = named["name_vi"]
    dated = {"start": start, "end": end, "recurrence": recurrence, "time_source": time or None}
    return {**_TASK, "task_id": task_id, **named, **dated, **cells}


def tasks(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows)).assign(position=range(1, len(rows) + 1))
    days = {name: pd.to_datetime(frame[name]).astype("datetime64[s]") for name in ("start", "end")}
    return frame.assign(**days)


def updates(*rows: Update | tuple[str, str, str, str]) -> pd.DataFrame:
    columns = ["task_id", "date", "status", "source_id"]
    frame = pd.DataFrame([(*row, "paper")[:4] for row in rows], columns=columns)
    return frame.assign(date=pd.to_datetime(frame["date"]).astype("datetime64[s]"), note="")


def task_tables(
    rows: Sequence[dict[str, Any]],
    told: Sequence[Update | tuple[str, str, str, str]] = (),
    led: Sequence[tuple[str, str, str]] = (),
) -> Tables:
    """Return the tables of these tasks; ``led`` has rows of task, agency and role."""
    columns = ["task_id", "agency_id", "role"]
    return {
        "tasks": tasks(*rows),
        "task_updates": updates(*told),
        "task_agencies": pd.DataFrame(list(led), columns=columns).assign(
            inherited=False, text_line=12, reading_id="none"
        ),
        "agency_successions": pd.DataFrame(
            {
                "predecessor_id": ["labour", "labour", "labour", "culture"],
                "successor_id": ["home", "health", "home", "culture"],
                "confidence": ["reported", "inferred", "reported", "reported"],
            }
        ),
    }
