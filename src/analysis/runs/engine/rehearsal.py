"""What each notebook would do first, done once in the process that all are forked from.

Libraries compile patterns, templates and validators when these are first needed, and read fonts
when a first letter is drawn. A fork that finds it done needs not do it. Nothing of the plan is
computed here and nothing is kept but what the libraries keep by themselves.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from analysis.words import LANGUAGES, unasked

if TYPE_CHECKING:
    from analysis.charts.chart import Chart

ALPHABET = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY ạảãàáằẳẵặắ 0123456789,.%()–≥≤"


def rehearse() -> None:
    """Make a page of a notebook that shows a table and a figure, in each language; forget it.

    The texts of it are forgotten as well, for a fork tells which texts its own report is made with.
    """
    from analysis.results import result_facts

    with unasked():
        result_facts()
        for language in LANGUAGES:
            _page(language)


def _page(language: str) -> None:
    import nbformat

    from analysis.runs.html import Page, to_html
    from analysis.runs.job import Job

    written = nbformat.writes(_notebook())  # type: ignore[no-untyped-call]
    notebook = nbformat.reads(written, as_version=4)  # type: ignore[no-untyped-call]
    to_html(notebook, Page(Job("gap", "1", language), "", {"gap": "gap"}, (), "", "", {}))


def _notebook() -> Any:
    from nbformat import v4

    from analysis.reports.table import Cell, Table

    table = Table(ALPHABET, ("a", "b"), ((Cell(ALPHABET), Cell("1", kind="number")),))
    shown = {"text/html": table._repr_html_()}, _picture(_chart())
    outputs = [v4.new_output("display_data", data=one) for one in shown]  # type: ignore[no-untyped-call]
    cells = [
        v4.new_markdown_cell(f"# {ALPHABET}"),  # type: ignore[no-untyped-call]
        v4.new_code_cell("", outputs=outputs),  # type: ignore[no-untyped-call]
    ]
    return v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call]


def _chart() -> Chart:
    from matplotlib.figure import Figure

    from analysis.charts.chart import Chart
    from analysis.charts.style import house_style

    with house_style():
        figure = Figure(layout="constrained")
        axes = figure.add_subplot(title=ALPHABET, xlabel=ALPHABET)
        axes.plot([0, 1], [0, 1], label=ALPHABET)
        axes.text(0, 0, ALPHABET, weight="bold")
        axes.legend()
    return Chart(figure, ALPHABET)


def _picture(chart: Chart) -> dict[str, str]:
    for theme in ("light", "dark"):
        chart.svg(theme)
    return {"image/png": base64.b64encode(chart.png()).decode("ascii")}
