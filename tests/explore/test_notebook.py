"""The notebook for exploring: what it is made of, and that it runs in a real kernel."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from analysis.explore.explorer import WIDGET
from analysis.runs.kernel import KERNEL_NAME, OwnKernelManager
from analysis.words import Words
from tests.explore.blocking import BLOCK

NAME = "explore.ipynb"
LONGEST_CELL = 12


@pytest.fixture(scope="module")
def notebook(root: Path) -> Any:
    return nbformat.read(root / "notebooks" / NAME, as_version=4)


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook: Any, tag: str) -> list[Any]:
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


# What it is made of


def test_it_begins_with_what_it_is_for_and_its_parameters(notebook: Any) -> None:
    first, second = notebook.cells[:2]
    assert [first] == tagged(notebook, "about")
    assert [second] == tagged(notebook, "parameters")
    assert first.cell_type == "markdown"


def test_its_parameters_are_those_of_a_group_with_types_and_defaults(notebook: Any) -> None:
    (cell,) = tagged(notebook, "parameters")
    stated = {
        line.target.id: (line.annotation.id, ast.literal_eval(line.value))
        for line in ast.parse(cell.source).body
        if isinstance(line, ast.AnnAssign)
        and isinstance(line.target, ast.Name)
        and isinstance(line.annotation, ast.Name)
        and line.value is not None
    }
    assert stated == {
        "group_id": ("int", 5),
        "language": ("str", "vi"),
        "base_year": ("int", 2020),
        "as_of": ("str", ""),
        "data": ("str", ""),
        "results": ("str", ""),
    }


def test_its_cells_are_short_and_numbered(notebook: Any) -> None:
    assert [cell.id for cell in notebook.cells] == [
        f"explore-{number:02}" for number in range(len(notebook.cells))
    ]
    assert max(len(cell.source.splitlines()) for cell in notebook.cells) <= LONGEST_CELL


def test_every_text_is_in_both_languages(notebook: Any) -> None:
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert all("*" in text for text in texts), "English stands in italics"


def test_every_link_leads_to_a_file(notebook: Any, root: Path) -> None:
    text = "\n".join(cell.source for cell in notebook.cells)
    links = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert links
    assert [link for link in links if not (root / "notebooks" / link).is_file()] == []


@pytest.mark.parametrize("group_id", range(1, 12))
def test_its_cells_work_for_every_group(notebook: Any, root: Path, group_id: int) -> None:
    names: dict[str, Any] = {}
    parameters, *cells = code_cells(notebook)
    exec(parameters.source, names)
    names |= {"group_id": group_id, "as_of": "2026-11-25", "data": str(root)}
    for cell in cells:
        exec(cell.source, names)
    assert names["explorer"].choice.group_id == group_id


# In a real kernel


def run(root: Path, folder: Path, language: str) -> Any:
    """Run the notebook as papermill does for a user, and return it."""
    return papermill.execute_notebook(
        str(root / "notebooks" / NAME),
        str(folder / NAME),
        parameters={
            "language": language,
            "as_of": "2026-11-25",
            "data": str(root),
            "results": str(folder / "results"),
        },
        kernel_name=KERNEL_NAME,
        kernel_manager_class=OwnKernelManager,
        cwd=str(folder),
        progress_bar=False,
        start_timeout=60,
        execution_timeout=120,
    )


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def shown_as(notebook: Any, kind: str) -> list[Any]:
    return [output.data[kind] for output in outputs(notebook) if kind in output.get("data", {})]


@pytest.mark.e2e
@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_runs_in_both_languages_and_writes_what_it_says(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root / "src"))
    done = run(root, tmp_path, language)
    assert {output.output_type for output in outputs(done)} == {"execute_result"}
    assert len(shown_as(done, WIDGET)) == 2
    text = "\n".join(shown_as(done, "text/html"))
    words = Words(language)
    assert words("explore.caption.verdicts") in text
    assert words("explore.is_default") in text
    assert words("explore.supposed", n=1) in text
    assert {"verdicts.csv", "verdicts.json", "chart.png"} <= {
        path.name for path in (tmp_path / "results").iterdir()
    }


@pytest.mark.e2e
def test_it_runs_without_ipywidgets_and_says_how_to_choose_otherwise(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(BLOCK, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{root / 'src'}")
    done = run(root, tmp_path, "vi")
    assert shown_as(done, WIDGET) == []
    hint = Words("vi")("explore.hint")
    assert sum(hint in html for html in shown_as(done, "text/html")) == 2
