"""The committed data as they may look later: added to, corrected, and partly taken back."""

from __future__ import annotations

import csv
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from analysis.package import Tables, load, write_descriptor
from tests.conftest import ROOT

REPORT = "so-y-te-2026-12-01"
"""A report on paper: title, publisher and day, no address."""

MISTAKE = "so-y-te-2026-12-02"
"""A source of which everything was taken back."""

REASON = "Nhập nhầm cột năm"

REVISED, CORRECTION, STANDS, GONE = "obs-0126", "obs-0549", "obs-0550", "obs-0551"
"""A value of 5.7 that was corrected, what corrected it, a new value that stands, one taken back."""

WITHDRAWN = ("add-0003",)
DAYS = {"add-0002": "2026-12-01", "add-0003": "2026-12-02"}

Rows = dict[str, list[dict[str, str]]]


@cache
def amended(withdrawn: tuple[str, ...] = WITHDRAWN) -> Tables:
    """Return the tables of :func:`amend` as recorded; tests must not change them."""
    with tempfile.TemporaryDirectory() as folder:
        return load(amend(Path(folder), withdrawn))


def amend(root: Path, withdrawn: tuple[str, ...] = WITHDRAWN) -> Path:
    """Write the data after two further additions, of which some were withdrawn, into a folder.

    ``add-0002`` corrects the value of 5.7 for 2020, and adds from :data:`REPORT` a value of 5.7
    for the first half of 2026 and a report of task II.2. ``add-0003`` adds from :data:`MISTAKE` a
    value for 2026 and a later report of the same task.
    """
    shutil.copytree(ROOT / "data", root / "data")
    append(root, added())
    append(root, {"withdrawals": [taken_back(name) for name in withdrawn]})
    write_descriptor(root)
    return root


def append(root: Path, rows: Rows) -> None:
    """Put rows at the end of tables of observed data."""
    for name, new in rows.items():
        path = root / f"data/observed/{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file))
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, columns, restval="", lineterminator="\n").writerows(new)


def added() -> Rows:
    """Return the rows of both additions."""
    at_first = {"source_id": REPORT, "period": "2026-H1", "value": "95.9"}
    by_mistake = {"source_id": MISTAKE, "period": "2026", "value": "99"}
    return {
        "additions": [{"addition_id": name, "recorded_on": day} for name, day in DAYS.items()],
        "addition_files": [
            {"addition_id": name, "file": "a.xlsx", "layout": "form", "sha256": "0" * 64}
            for name in DAYS
        ],
        "sources": [_source(REPORT), _source(MISTAKE)],
        "observations": [
            _observation(CORRECTION, "add-0002", value="95.5"),
            _observation(STANDS, "add-0002", **at_first),
            _observation(GONE, "add-0003", **by_mistake),
        ],
        "revisions": [{"observation_id": CORRECTION, "revises_id": REVISED}],
        "task_updates": [
            _report(REPORT, "add-0002", status="under_way", date="2026-06-30"),
            _report(MISTAKE, "add-0003", status="done", date="2026-07-31"),
        ],
    }


def taken_back(name: str) -> dict[str, str]:
    """Return the row that withdraws an addition."""
    return {"addition_id": name, "withdrawn_on": "2026-12-03", "reason": REASON}


def _source(name: str) -> dict[str, str]:
    title, published = f"Báo cáo số {name[-2:]}/BC-SYT", name[-10:]
    told = {"publisher": "Sở Y tế", "tier": "official", "published": published}
    return {"source_id": name, "title": title, **told}


def _observation(name: str, addition: str, **cells: str) -> dict[str, str]:
    own = {"observation_id": name, "addition_id": addition, "recorded_on": DAYS[addition]}
    return {**_revised(), **own, "note": "", **cells}


@cache
def _revised() -> dict[Any, Any]:
    with (ROOT / "data/observed/observations.csv").open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["observation_id"] == REVISED)


def _report(source: str, addition: str, **cells: str) -> dict[str, str]:
    return {"task_id": "II.2", "source_id": source, "addition_id": addition, **cells}
