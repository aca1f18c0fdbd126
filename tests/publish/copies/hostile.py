"""A small package full of texts that programs like to take for something else."""

from __future__ import annotations

import shutil
import unicodedata
from datetime import date
from pathlib import Path

from analysis.api import load
from analysis.publish import Edition, open_edition
from analysis.runs.places import Outputs
from tests.package.builder import Tables, build

ROOT = Path(__file__).parents[3]
PAPERS = ("CITATION.cff", "LICENSE", "LICENSE-DATA.md", "README.md", "README.vi.md")

TEXTS = (
    "=1+1",
    "+84 203 3825 531",
    "-5",
    "@SUM(A1:A9)",
    '=HYPERLINK("http://example.org","x")',
    "=cmd|'/c calc'!A0",
    "<script>alert('x')</script>",
    "</script><!-- & -->",
    "<r><t>rich</t></r>",
    "<r></t></si></sst>&</r>",
    'quotes " and \' and ""',
    "'; DROP TABLE series; --",
    "line one\nline two",
    "line one\r\nline two",
    "\ttab first",
    "  spaces around  ",
    unicodedata.normalize("NFD", "Tỷ lệ hộ nghèo ở Quảng Ninh"),
    "Tỷ lệ hộ nghèo, ₫ ‰ ≥ 😀",
    "_x0041_ and \x01 control",
    "NA",
    "NaN",
    "null",
    "TRUE",
    "2024-06-19",
    "1e5",
    "007",
    "https://example.org/?q=<b>&x=1",
    "internal:'codes'!A1",
    "`x` | {y} %s \\n",
)
LONG = "dài " * 10_000
"""Longer than a cell of a workbook."""


def hostile(folder: Path) -> Edition:
    """Return an edition of a small package with these texts, written into a folder."""
    root, outputs = folder / "package", Outputs(folder / "outputs")
    build(root, _change)
    source = root / "data" / "source" / "155-kh-ubnd.txt"
    source.parent.mkdir(parents=True)
    source.write_text("Kế hoạch\n", encoding="utf-8")
    for name in PAPERS:
        shutil.copyfile(ROOT / name, root / name)
    load(root).write_results(outputs.results, as_of=date(2026, 11, 25), base_year=2020)
    return open_edition(root, outputs)


def _change(tables: Tables) -> None:
    paragraph = tables["sections"][1]
    tables["sections"] += [
        {**paragraph, "section_id": f"I-p{number}", "text": text}
        for number, text in enumerate((*TEXTS, LONG), 2)
    ]
    for row, text in zip(tables["series"], TEXTS, strict=False):
        row["label_vi"], row["part_source"] = f"{text} ", text
    for row, text in zip(tables["tasks"], TEXTS, strict=False):
        row["name_vi"] = text
    tables["observations"][0]["note"] = tables["agencies"][0]["name_vi"] = TEXTS[0]
    tables["sources"][0] |= {"title": TEXTS[8], "url": "https://example.org/'\"<x>"}
    tables["documents"][0]["date"] = "1899-12-31"
