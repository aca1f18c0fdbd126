"""A small project, laid out as the examples expect the real one: ``.venv/bin/plan155`` runs it."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.runs.project import good, only_for, write_project

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "scheduling"
INSTALLED = "/opt/plan155"
"""Where the examples say that the project lies."""

PROGRAM = f"""\
import sys
sys.path[:0] = [{str(ROOT / "src")!r}, {str(ROOT)!r}]
if __name__ == "__main__":
    from analysis.cli import main
    from analysis.runs import command, gate
    # A small package of a test is no valid package of the plan.
    gate.refuse_invalid = lambda _: None
    command.maker = lambda *_: lambda _: "2026-01-01"
    main()
"""


def write_script(path: Path, text: str) -> Path:
    """A program for the shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def small_project(root: Path, *, fails: bool = False) -> Path:
    """A project of six reports, two of which fail if they should; its log goes to ``log``."""
    cells = good("gap", only_for(2, "1 / 0")) if fails else good("gap")
    write_project(root, gap=cells)
    (root / "notebooks/trend.ipynb").unlink()
    (root / "program.py").write_text(PROGRAM, encoding="utf-8")
    write_script(root / ".venv/bin/plan155", f'exec "{sys.executable}" "{root}/program.py" "$@"')
    (root / "log").mkdir()
    return root


def example(name: str, root: Path) -> str:
    """An example, with the project's place filled in as an operator would."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    return text.replace("/var/log/plan155", f"{root}/log").replace(INSTALLED, str(root))
