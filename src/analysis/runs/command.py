"""What ``plan155 run`` and ``plan155 status`` do, from what was typed to what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import UserError
from analysis.runs import gate
from analysis.runs.facts import PackageFacts, read_facts
from analysis.runs.kinds import SUBJECTS, read_kinds
from analysis.runs.parameters import Request, Selection, select
from analysis.runs.places import Outputs
from analysis.runs.settings import Limits, Settings, choose_engine, cores

if TYPE_CHECKING:
    from analysis.runs.summary import RunRecord, State


def make(root: Path, options: Mapping[str, Any]) -> RunRecord:
    """Check the request and the data, then run.

    Parameters
    ----------
    root
        The project's folder.
    options
        What was typed, by the names of the options of ``plan155 run``; empty where nothing was.

    Raises
    ------
    UserError, UserErrors
        If anything is wrong; then nothing was started.
    """
    facts = read_facts(Path(options["data"] or root).absolute())
    settings = _settings(root, options)
    kinds = read_kinds(settings.notebooks)
    selection = select(_request(options), facts, kinds, settings.notebooks, date.today())
    return _run(selection, facts, settings)


def _run(selection: Selection, facts: PackageFacts, settings: Settings) -> RunRecord:
    from analysis.runs.pool import warm_up
    from analysis.runs.results import maker
    from analysis.runs.runner import run

    warm_up(settings.engine)  # the workers' imports go on beside the checks
    gate.refuse_stale(facts.root)
    gate.refuse_invalid(facts.root)
    return run(selection, facts, settings, maker(facts.root, selection))


def _settings(root: Path, options: Mapping[str, Any]) -> Settings:
    return Settings(
        notebooks=Path(options["notebooks"] or root / "notebooks"),
        outputs=Path(options["outputs"] or root / "outputs"),
        workers=options["workers"] or cores(),
        limits=Limits(options["cell"], options["whole"], options["start"], options["memory"]),
        engine=choose_engine(options["engine"] or ""),
    )


def _request(options: Mapping[str, Any]) -> Request:
    return Request(
        kinds=options["kinds"],
        subjects={name: options.get(name, ()) for name in SUBJECTS},
        language=options["language"],
        base_year=options["base_year"],
        as_of=options["as_of"],
        extra=options["extra"],
    )


def look(root: Path, outputs: Path) -> State:
    """Return what the outputs hold.

    Raises
    ------
    UserError
        If nothing was ever run there.
    """
    from analysis.runs.summary import read_state

    kinds = read_kinds(root / "notebooks")
    state = read_state(Outputs(outputs), kinds, read_facts(root).subject_ids)
    if state is None:
        raise UserError("there is no record of a run", str(outputs), "run `plan155 run`")
    return state
