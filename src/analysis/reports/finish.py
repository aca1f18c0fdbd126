"""Finishing a report: its result table and the marker that says it is complete."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.results import result_csv, result_records
from analysis.words import asked_for

if TYPE_CHECKING:
    from analysis.reports.report import Report


def finish(report: Report, folder: Path, files: list[Path]) -> None:
    """Write ``results.csv``, ``results.json`` and then ``done.json`` into ``folder``.

    The marker is written last and by rename: where it stands, the report is complete, and the
    hashes in it tell whether a file has changed since. It also says how long the report holds if
    nothing but the day changes, and which texts it is made with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = report.result_rows()
    table = _replace(folder / "results.csv", result_csv(report.resource, rows))
    written = [*files, table, _write_json(report, rows, folder)]
    marker: dict[str, object] = {
        "kind": report.kind,
        "subject": report.subject,
        "language": report.language,
        "files": {path.relative_to(folder).as_posix(): _sha256(path) for path in written},
        "summary": report.summary(),
        "holds_until": (report.next_change - timedelta(days=1)).isoformat(),
        "words": [],
    }
    marker["words"] = asked_for()
    _replace(folder / "done.json", _json(marker))


def _write_json(report: Report, rows: pd.DataFrame, folder: Path) -> Path:
    document = {
        "kind": report.kind,
        "subject": report.subject,
        "as_of": report.as_of.isoformat(),
        "base_year": report.base_year,
        "package_version": report.plan.tables.version,
        "rows": result_records(report.resource, rows),
    }
    return _replace(folder / "results.json", _json(document))


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n"


def _replace(path: Path, text: str) -> Path:
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    return part.replace(path)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
