"""The committed data as they may look later: added to, corrected, and partly taken back."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.api import Plan
from analysis.package.tables import Tables

REPORT = "so-y-te-2026-12-01"
"""A report on paper: title, publisher and day, no address."""

MISTAKE = "so-y-te-2026-12-02"
"""A source of which everything was taken back."""

REASON = "Nhập nhầm cột năm"

REVISED, CORRECTION, STANDS, GONE = "obs-0126", "obs-0549", "obs-0550", "obs-0551"
"""A value of 5.7 that was corrected, what corrected it, a new value that stands, one taken back."""


def amended(plan: Plan, *, withdrawn: tuple[str, ...] = ("add-0003",)) -> Tables:
    """Return the tables as recorded after two further additions, of which some were withdrawn.

    ``add-0002`` corrects the value of 5.7 for 2020, and adds from :data:`REPORT` a value of 5.7
    for the first half of 2026 and a report of task II.2. ``add-0003`` adds from :data:`MISTAKE` a
    value for 2026 and a later report of the same task.
    """
    more = {
        "observations": [
            {"observation_id": CORRECTION, "value": 95.5, "addition_id": "add-0002"},
            {
                "observation_id": STANDS,
                "period": "2026-H1",
                "value": 95.9,
                "addition_id": "add-0002",
                "source_id": REPORT,
            },
            {
                "observation_id": GONE,
                "period": "2026",
                "value": 99.0,
                "addition_id": "add-0003",
                "source_id": MISTAKE,
            },
        ],
        "sources": [_source(REPORT), _source(MISTAKE)],
        "task_updates": [
            _report(REPORT, "under_way", "2026-06-30", "add-0002"),
            _report(MISTAKE, "done", "2026-07-31", "add-0003"),
        ],
        "additions": [
            {"addition_id": "add-0002", "recorded_on": pd.Timestamp(2026, 12, 1)},
            {"addition_id": "add-0003", "recorded_on": pd.Timestamp(2026, 12, 2)},
        ],
        "revisions": [{"observation_id": CORRECTION, "revises_id": REVISED}],
        "withdrawals": [
            {
                "addition_id": name,
                "withdrawn_on": pd.Timestamp(2026, 12, 3),
                "reason": REASON,
            }
            for name in withdrawn
        ],
    }
    frames = {name: plan.recorded[name] for name in plan.recorded}
    days = {row["addition_id"]: row["recorded_on"] for row in more["additions"]}
    more["observations"] = [
        {**_revised(frames["observations"]), "recorded_on": days[row["addition_id"]], **row}
        for row in more["observations"]
    ]
    joined = {name: _joined(frames[name], rows) for name, rows in more.items() if rows}
    return Tables({**frames, **joined}, plan.recorded.descriptor, plan.recorded.root)


def _revised(observations: pd.DataFrame) -> dict[Any, Any]:
    (row,) = observations[observations["observation_id"].eq(REVISED)].to_dict("records")
    return row


def _source(name: str) -> dict[str, Any]:
    return {
        "source_id": name,
        "title": f"Báo cáo số {name[-2:]}/BC-SYT",
        "publisher": "Sở Y tế",
        "tier": "official",
        "published": name[-10:],
    }


def _report(source: str, status: str, day: str, addition: str) -> dict[str, Any]:
    return {
        "task_id": "II.2",
        "date": pd.Timestamp(day),
        "source_id": source,
        "status": status,
        "addition_id": addition,
    }


def _joined(frame: pd.DataFrame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    more = pd.DataFrame(rows).reindex(columns=frame.columns).astype(frame.dtypes.to_dict())
    return pd.concat([frame, more], ignore_index=True)
