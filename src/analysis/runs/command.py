"""What ``plan155 run`` and ``plan155 status`` do, from what was typed to what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from analysis.errors import UserError
from analysis.package.changing import reading, settle
from analysis.runs import gate, publish
from analysis.runs.facts import read_facts
from analysis.runs.kinds import SUBJECTS, read_kinds
from analysis.runs.notes import remember, remembered
from analysis.runs.overview import unfinished
from analysis.runs.parameters import Request, select
from analysis.runs.places import Outputs
from analysis.runs.record import read_json
from analysis.runs.results import maker
from analysis.runs.runner import Run, run
from analysis.runs.settings import Limits, Settings, choose_engine, cores
from analysis.runs.summary import RunRecord, State
from analysis.words import LANGUAGES


def make(root: Path, options: Mapping[str, Any]) -> RunRecord:
    """Check the request and the data, then run; nobody adds to the data meanwhile.

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
    data = Path(options["data"] or root).absolute()
    with reading(data):
        return _make(root, data, options)


def _make(root: Path, data: Path, options: Mapping[str, Any]) -> RunRecord:
    facts = read_facts(data)
    settings = _settings(root, options)
    kinds = read_kinds(settings.notebooks)
    selection = select(_request(options), facts, kinds, settings.notebooks, date.today())
    return run(
        selection,
        facts,
        settings,
        maker(facts.root, selection),
        warm_up=_warm_up,
        check=_check,
        force=options["force"],
    )


def _warm_up(this: Run) -> None:
    """Start what the reports' processes are forked from; a cluster has its own."""
    from analysis.runs.pool import warm_up

    if not this.settings.scheduler:
        warm_up(this.settings.engine, this.facts.root, this.selection.as_of)


def _check(this: Run) -> None:
    """Check the data, unless these very data were found good before."""
    checks = this.around.checks
    if remembered(this.outputs).get("checked") != checks:
        gate.refuse_stale(this.facts.root)
        gate.refuse_invalid(this.facts.root)
        remember(this.outputs, checked=checks)


def _settings(root: Path, options: Mapping[str, Any]) -> Settings:
    return Settings(
        notebooks=Path(options["notebooks"] or root / "notebooks"),
        outputs=Path(options["outputs"] or root / "outputs"),
        workers=options["workers"] or cores(),
        limits=Limits(options["cell"], options["whole"], options["start"], options["memory"]),
        engine=choose_engine(options["engine"] or ""),
        scheduler=options["scheduler"] or "",
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
    """Return what the outputs hold, as a run without options would find it today.

    Raises
    ------
    UserError
        If nothing was ever run there, or the data cannot be read.
    """
    place = Outputs(outputs)
    record = read_json(place.summary)
    at_work, begun = publish.at_work(place), unfinished(place)
    if record is None and not (at_work or begun):
        raise UserError("there is no record of a run", str(outputs), "run `plan155 run`")
    settle(root)
    facts, notebooks = read_facts(root), root / "notebooks"
    kinds = read_kinds(notebooks)
    failed = publish.failed(place)
    used = {job.language for job in (*publish.published(place), *failed)}
    request = Request(language="all" if len(used) > 1 else next(iter(used), LANGUAGES[0]))
    selection = select(request, facts, kinds, notebooks, date.today())
    this = Run(selection, facts, Settings(notebooks, outputs))
    there = {job: state for job, state in this.states.items() if place.place(job).exists()}
    return State(
        run=record or {},
        at_work=at_work,
        unfinished=begun,
        fresh=tuple(job for job, state in there.items() if state.fresh),
        stale={job: state.reasons for job, state in there.items() if not state.fresh},
        failed=failed,
        missing=tuple(job for job in selection.jobs if job not in {*there, *failed}),
        results=this.results_state,
    )
