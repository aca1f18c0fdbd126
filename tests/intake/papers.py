"""What the tests of the intake hand in: rows as people write them, in files of each kind."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from analysis.intake.layouts.collected import LAYOUTS, TASKS
from analysis.observe.layout import VALUES
from tests.conftest import ROOT

DAY = date(2026, 11, 30)
"""The day of entry; the committed rows were recorded before."""

COLUMNS = LAYOUTS[VALUES]
TASK_COLUMNS = LAYOUTS[TASKS]

Row = dict[str, str]


def value(**cells: str) -> Row:
    """Sở Y tế says for the first time how many beds there are in 2026, and that it is not final."""
    row = {
        "indicator_code": "8.4",
        "part": "Số giường bệnh",
        "area": "QN",
        "period": "2026",
        "value": "59.5",
        "unit": "Giường/10.000 dân",
        "status": "preliminary",
        "comparability": "exact",
        "source_url": "",
        "source_title": "Báo cáo số 12/BC-SYT",
        "publisher": "Sở Y tế",
        "published": "2026-11-15",
        "note": "",
    }
    return row | cells


def report(**cells: str) -> Row:
    """Sở Y tế says that a task is under way."""
    row = {
        "task_id": "IV.1",
        "date": "2026-06-30",
        "status": "under_way",
        "source_url": "",
        "source_title": "Báo cáo số 7/BC-SYT",
        "publisher": "Sở Y tế",
        "published": "2026-07-15",
        "note": "",
    }
    return row | cells


def table(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> str:
    """Return rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def values_file(path: Path, *rows: Row) -> Path:
    """Write values in the layout of collected rows."""
    path.write_text(table(rows, COLUMNS), encoding="utf-8", newline="")
    return path


def tasks_file(path: Path, *rows: Row) -> Path:
    """Write reports of tasks in their layout."""
    path.write_text(table(rows, TASK_COLUMNS), encoding="utf-8", newline="")
    return path


def workbook(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    """Write a workbook: the name of each sheet, and its rows of cells."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def project(folder: Path) -> Path:
    """Lay out a copy of the project's data and of the pages that describe them."""
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.png"))
    shutil.copy(ROOT / "datapackage.json", folder)
    return folder


def digest(folder: Path) -> str:
    """Return the digest of everything in a folder: names, bytes and when they were changed."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        told = path.stat().st_mtime_ns if path.is_file() else 0
        found.update(f"{path.relative_to(folder)}\0{told}\0".encode())
        found.update(path.read_bytes() if path.is_file() else b"")
    return found.hexdigest()
