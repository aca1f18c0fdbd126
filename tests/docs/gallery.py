"""Draws the pictures of the two READMEs: ``python -m tests.docs.gallery``, or ``make gallery``.

They are charts of the committed data, judged as of a fixed day and made small.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from analysis.api import Plan, load
from analysis.charts import Chart, coverage_map
from analysis.reports import (
    CoverageReport,
    GapReport,
    OverviewReport,
    TasksReport,
    TrendReport,
)
from analysis.words import LANGUAGES
from tests.conftest import AS_OF, ROOT

FOLDER = ROOT / "docs" / "gallery"
COMMAND = "make gallery"
GROUP, TASK_GROUP = 5, "II"
WIDEST = 900
"""Pixels; about what a page of a repository shows."""
COLOURS = 96
"""Enough for the house style with its smoothed edges, in a third of the bytes."""


def drawings(plan: Plan, language: str, as_of: date) -> Mapping[str, Chart]:
    """Return the charts of the gallery by the name of their file."""
    gap = GapReport(plan, GROUP, language, as_of=as_of)
    charts = {
        "verdicts": OverviewReport(plan, language, as_of=as_of).matrix(),
        "gap": gap.figure(),
        "trend": TrendReport(plan, GROUP, language, as_of=as_of).figure(),
        "scenarios": gap.method_figure(),
        "country": gap.country_figure(),
        "coverage": _coverage(plan, language, as_of),
        "tasks": TasksReport(plan, TASK_GROUP, language, as_of=as_of).figure(),
    }
    return {name: chart for name, chart in charts.items() if isinstance(chart, Chart)}


def _coverage(plan: Plan, language: str, as_of: date) -> Chart:
    """Draw the group alone: the map of the whole plan is too tall for a README."""
    report = CoverageReport(plan, language, as_of=as_of)
    context = report.recorded[~report.recorded["own"]]
    gap = report.whole_gap.query("group_id == @GROUP")
    groups = plan["indicator_groups"]
    return coverage_map(report.view, context, gap, groups, language, last_year=as_of.year)


def small(chart: Chart, language: str) -> bytes:
    """Return a chart as a small PNG that says what makes it and, in words, what it shows."""
    picture = Image.open(io.BytesIO(chart.png())).convert("RGB")
    height = round(picture.height * WIDEST / picture.width)
    picture = picture.resize((WIDEST, height), Image.Resampling.LANCZOS)
    # One round of k-means brings even grounds back to their own colours.
    plain = {"method": Image.Quantize.MAXCOVERAGE, "dither": Image.Dither.NONE, "kmeans": 1}
    picture = picture.quantize(COLOURS, **plain)
    facts = PngInfo()
    facts.add_text("Comment", f"Made by `{COMMAND}`. Do not edit.")
    facts.add_itxt("Description", chart.alt, language, zip=True)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True, pnginfo=facts)
    return buffer.getvalue()


def gallery(plan: Plan) -> dict[str, tuple[Chart, bytes]]:
    """Return every chart with its small picture, by file name."""
    return {
        f"{name}.{language}.png": (chart, small(chart, language))
        for language in LANGUAGES
        for name, chart in drawings(plan, language, AS_OF).items()
    }


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, (_, picture) in gallery(load(ROOT)).items():
        (folder / name).write_bytes(picture)


if __name__ == "__main__":
    main()
