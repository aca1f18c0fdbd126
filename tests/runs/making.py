"""Runs of the small project, as the command would make them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from analysis.runs import parameters
from analysis.runs.facts import read_facts
from analysis.runs.parameters import Request
from analysis.runs.results import Maker
from analysis.runs.runner import Hook, run
from analysis.runs.settings import STANDARD, Limits, Settings
from analysis.runs.summary import RunRecord
from tests.runs.project import KINDS

DAY = date(2026, 3, 1)


def a_table(folder: Path) -> str:
    """Results that need no package of the plan; they hold for a day."""
    (folder / "results_gap.csv").write_text("a\n1\n", encoding="utf-8")
    return DAY.isoformat()


def made(
    root: Path,
    limits: Limits | None = None,
    results: Maker = a_table,
    engine: str = STANDARD,
    workers: int = 2,
    force: bool = False,
    scheduler: str = "",
    *,
    check: Hook | None = None,
    **request: Any,
) -> RunRecord:
    facts = read_facts(root)
    if "groups" in request:
        request["subjects"] = {"group_id": request.pop("groups")}
    selection = parameters.select(Request(**request), facts, KINDS, root / "notebooks", DAY)
    places = (root / "notebooks", root / "outputs")
    settings = Settings(*places, workers, limits or Limits(), engine, scheduler)
    hooks = {"check": check} if check else {}
    return run(selection, facts, settings, results, force=force, **hooks)
