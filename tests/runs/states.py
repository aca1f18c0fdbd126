"""Small snapshots: one series with two targets, one source, one record, one task."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from analysis.runs.changes import Change, Comparison
from analysis.runs.sentences import Teller
from analysis.runs.snapshot import Snapshot, State
from analysis.words import Words

AT = "2026-12-06T03:12:00+00:00"
LATER = "2027-01-02T03:12:00+00:00"


def both(vi: str, en: str = "") -> dict[str, str]:
    return {"vi": vi, "en": en or vi}


def source(**changed: Any) -> State:
    return {
        "title": "Báo cáo bảo hiểm y tế",
        "publisher": "Sở Y tế",
        "url": "https://example.org/bhyt",
        "tier": "official",
        "published": "2025-12-28",
        **changed,
    }


def value(**changed: Any) -> State:
    return {
        "observation_id": "obs-1",
        "period": "2025-H1",
        "value": 95.71,
        "level_id": "none",
        "status": "actual",
        "comparability": "exact",
        "source_id": "health-2025",
        "shown": both("95,71 %", "95.71 %"),
        **changed,
    }


NEW = value(
    observation_id="obs-2",
    period="2025",
    value=95.76,
    source_id="health-2026",
    shown=both("95,76 %", "95.76 %"),
)
"""The same series half a year later."""


def observation(latest: State | None = None, **changed: Any) -> State:
    one = dict(latest or value())
    del one["observation_id"]
    place = {"series_id": "5.7", "measure": None, "area_id": "QN", "area": None}
    return {**one, **place, "text": None, "unit_id": "percent", **changed}


def target(verdict: str, reason: str = "", grade: str = "A", **changed: Any) -> State:
    return {
        "verdict": verdict,
        "reason": reason,
        "grade": grade,
        "judged_year": 2025,
        "judged_value": 95.71,
        "observation_id": "obs-1",
        "gap": 1.29,
        "shown": both("97 %"),
        "stated": {"kind": "exact", "low": 97.0},
        **changed,
    }


def series(latest: State | None = None, **targets: State) -> State:
    judged = {"2025": target("NOT_MET", grade=""), "2030": target("OFF_TRACK")}
    return {
        "indicator_id": "5.7",
        "group_id": 5,
        "agency_ids": ["so-y-te"],
        "label": both("5.7 Dân số tham gia BHYT", "5.7 Population in health insurance"),
        "latest": latest,
        "breaks": [],
        "targets": {**judged, **{year.removeprefix("y"): one for year, one in targets.items()}},
    }


def task(**changed: Any) -> State:
    return {
        "task_group_id": "IV",
        "agency_ids": ["so-lao-dong"],
        "name": both("Hỗ trợ việc làm", "Support employment"),
        "source_ids": [],
        "status": "not_reported",
        "status_date": None,
        "standing": "unreported",
        "cycle": None,
        "schedule": "until",
        "phase": "running",
        "due_on": "2027-03-31",
        "reports": [],
        **changed,
    }


REPORTED = task(
    status="under_way",
    status_date="2026-12-01",
    standing="under_way",
    source_ids=["health-2025"],
    reports=[["2026-12-01", "under_way", "health-2025"]],
)


def snapshot(**changed: Any) -> Snapshot:
    parts: dict[str, Any] = {
        "data": {"name": "small", "version": "1.0.0", "sha256": "a" * 64},
        "as_of": "2026-11-25",
        "base_year": 2020,
        "results": "r1",
        "holds_until": "2026-12-31",
        "series": {"5.7": series(value())},
        "sources": {"health-2025": source()},
        "observations": {"obs-1": observation()},
        "tasks": {"IV.1": task()},
    }
    return Snapshot(**{**parts, **changed})


BEFORE = snapshot()


def later(**changed: Any) -> Snapshot:
    """A snapshot of other data, half a month later."""
    data = {"name": "small", "version": "1.1.0", "sha256": "b" * 64}
    return replace(BEFORE, **{"data": data, "as_of": "2026-12-06", "results": "r2", **changed})


def changes(
    now: Snapshot, before: Snapshot = BEFORE, seen: Snapshot | None = None
) -> tuple[Change, ...]:
    """The changes between two snapshots; ``seen``: the data of now on the day of before."""
    return Comparison(before, now, lambda: seen or replace(now, as_of=before.as_of)).changes()


def told(change: Change, now: Snapshot, language: str, before: Snapshot = BEFORE) -> list[str]:
    """The sentences on a change; the last, on which day and data it rests, is left out."""
    return Teller(before, now, Words(language)).lines(change)[:-1]


def headline(change: Change, now: Snapshot, language: str, before: Snapshot = BEFORE) -> str:
    return Teller(before, now, Words(language)).title(change)
