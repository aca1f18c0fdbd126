"""The run: what is not fresh is made, each job in a process of its own; a record of it all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.runs import fresh, publish
from analysis.runs.accept import NOTEBOOK, read_marker
from analysis.runs.execute import Ended, Order
from analysis.runs.facts import PackageFacts
from analysis.runs.failure import mark_failed
from analysis.runs.follow import follow
from analysis.runs.html import Page
from analysis.runs.job import Job
from analysis.runs.keys import Surroundings, digest
from analysis.runs.parameters import Selection, Value
from analysis.runs.places import RESULTS, Outputs, relative
from analysis.runs.record import (
    DONE,
    FAILED,
    NOT_RUN,
    RECORD,
    JobRecord,
    fresh_record,
    now,
    write_json,
)
from analysis.runs.results import Maker, ResultsRecord, parameters_of, publish_results
from analysis.runs.sealed import read_sealed, write_sealed
from analysis.runs.settings import Settings
from analysis.runs.signals import interruptible
from analysis.runs.summary import Records, RunRecord, data_of, summarise
from analysis.runs.wording import say

Prepare = Callable[["Run"], object]


def _nothing(_: Run) -> None:
    """Need no preparation."""


def remembered(outputs: Outputs) -> dict[str, Any]:
    """Return what a run has noted besides the reports; nothing if the note is damaged."""
    return read_sealed(outputs.state) or {}


def remember(outputs: Outputs, **notes: Any) -> None:
    """Note something besides the reports."""
    write_sealed(outputs.state, {**remembered(outputs), **notes})


PLACES = ("data", "results")


@dataclass
class Run:
    """A run under way.

    Parameters
    ----------
    selection, facts, settings
        What is run, of what, and how.
    force
        Make everything, whether it is fresh or not.
    records
        What came of the jobs that have ended.
    """

    selection: Selection
    facts: PackageFacts
    settings: Settings
    force: bool = False
    records: dict[Job, JobRecord] = field(default_factory=dict)

    @cached_property
    def around(self) -> Surroundings:
        """What the reports depend on."""
        return Surroundings(self.facts.root, self.settings.notebooks)

    @cached_property
    def states(self) -> dict[Job, fresh.State]:
        """Which reports are fresh, as it was before anything was made."""
        return {job: self.state(job) for job in self.selection.jobs}

    def state(self, job: Job) -> fresh.State:
        """Return whether a report is fresh."""
        kind = self.selection.kind(job.kind)
        given = {**self.selection.parameters[job.kind], "kinds": self.kind_names}
        state = fresh.of_job(job, kind, given, self.around, self.outputs)
        return replace(state, reasons=(*state.reasons, "forced")) if self.force else state

    @cached_property
    def results_state(self) -> fresh.State:
        """Whether the results are fresh, as it was before anything was made."""
        state = fresh.of_results(parameters_of(self.selection), self.around, self.outputs)
        return replace(state, reasons=(*state.reasons, "forced")) if self.force else state

    @property
    def kind_names(self) -> list[str]:
        """The kinds of report, to which a page can lead."""
        return [kind.name for kind in self.selection.kinds]

    @property
    def basis(self) -> dict[str, str]:
        """The day of assessment and the version of the data."""
        return {"as_of": self.selection.as_of, "version": self.facts.version}

    @property
    def due(self) -> list[Job]:
        """The jobs to be done."""
        return [job for job in self.selection.jobs if not self.states[job].fresh]

    @property
    def outputs(self) -> Outputs:
        """Where the reports go."""
        return Outputs(self.settings.outputs)

    def order(self, job: Job) -> Order:
        """Return the order for a job, and make the empty folder that it works in."""
        folder = self.outputs.workplace(job).absolute()
        folder.mkdir()
        parameters = self.parameters(job, folder)
        page = self.page(job, {n: v for n, v in parameters.items() if n not in PLACES})
        notebook = relative(self.settings.notebooks / f"{job.kind}.ipynb", folder)
        settings = self.settings
        return Order(job, notebook, folder, parameters, settings.limits, page, settings.engine)

    def page(self, job: Job, parameters: Mapping[str, Value]) -> Page:
        """Return what a job's page says besides the notebook."""
        name = self.selection.kind(job.kind).subject
        beside = [one for one in self.selection.kinds if one.subject in ("", name)]
        subject = self.facts.subject(name, job.subject).name(job.language) if name else ""
        numbered = {"n": job.subject, "name": subject}
        return Page(
            job=job,
            subject=say(f"subject.{name}", job.language, **numbered) if name else "",
            kinds={one.name: one.title(job.language) for one in beside},
            whole_plan=tuple(one.name for one in beside if not one.subject),
            data_name=self.facts.name,
            data_version=self.facts.version,
            parameters=parameters,
        )

    def about(self, job: Job) -> dict[str, Value]:
        """Return the parameter that says what a job is about; a group's number is a number."""
        name = self.selection.kind(job.kind).subject
        if not name:
            return {}
        return {name: int(job.subject) if name == "group_id" else job.subject}

    def parameters(self, job: Job, folder: Path) -> Mapping[str, Value]:
        """Return what a job's notebook is given; places as seen from the folder it works in."""
        return {
            **self.about(job),
            "language": job.language,
            **self.selection.parameters[job.kind],
            "data": relative(self.facts.root, folder),
            "results": ".",
        }

    def end(self, order: Order, ended: Ended, seconds: float) -> JobRecord:
        """Record how a job ended, and publish its report or keep what is left of it."""
        job, failure = order.job, ended.failure
        marker = read_marker(order.folder) or {}
        record = JobRecord(
            job=job,
            status=FAILED if failure else DONE,
            folder=f"failed/{job.id}" if failure else job.folder,
            parameters=order.parameters,
            data=data_of(self.facts),
            started=now(ago=seconds),
            finished=now(),
            seconds=seconds,
            engine=ended.engine,
            files={} if failure else marker.get("files", {}),
            failure=failure,
            reasons=self.states[job].reasons,
        )
        if failure is None:
            made = self.made(order, ended, marker)
            write_sealed(order.folder / RECORD, {**record.as_dict(), "made": made.as_dict()})
            publish.publish(self.outputs, job)
        else:
            write_json(order.folder / RECORD, record.as_dict())
            mark_failed(order.folder / NOTEBOOK, failure)
            publish.keep_failed(self.outputs, job)
        self.records[job] = record
        return record

    def made(self, order: Order, ended: Ended, marker: Mapping[str, Any]) -> fresh.Made:
        """Return what a good report was made of.

        A notebook that does not say how long its report holds, or with which texts it is made,
        holds for its day alone and depends on all texts.
        """
        job, around = order.job, self.around
        kind = self.selection.kind(job.kind)
        given = {**self.selection.parameters[job.kind], "kinds": self.kind_names}
        day = str(given["as_of"])
        texts = tuple(sorted({*marker.get("words", around.texts), *ended.texts, *self.texts(job)}))
        return fresh.Made(
            parts=around.of_job(job, kind, given),
            data=around.data_of_job(job, kind),
            data_digest=around.data_digest,
            texts=texts,
            texts_of_them=around.digest_of_texts(texts),
            texts_digest=around.texts_digest,
            since=day,
            until=max(day, str(marker.get("holds_until", day))),
            outputs=fresh.output_digests(order.folder),
            confirmed=self.basis,
        )

    def texts(self, job: Job) -> set[str]:
        """Return the texts on a report's page that come from outside its process."""
        names = [f"page.kind.{name}" for name in self.kind_names]
        parameter = self.selection.kind(job.kind).subject
        return {f"{job.language}/{name}" for name in (*names, f"page.subject.{parameter}")}

    def keep_fresh(self) -> None:
        """Note what is fresh: as the record of its job, and as known to be so with today's data."""
        for job, state in self.states.items():
            if state.fresh:
                renewed = fresh.renewed(state, self.around, self.basis)
                if renewed is not None:
                    write_sealed(self.outputs.place(job) / RECORD, renewed)
                publish.forget_failure(self.outputs, job)
                self.records[job] = fresh_record(job, state.record)

    def all_records(self) -> list[JobRecord]:
        """Return a record for every job, in the order of the selection."""
        return [
            self.records.get(job, JobRecord(job, NOT_RUN, reasons=self.states[job].reasons))
            for job in self.selection.jobs
        ]


def run(
    selection: Selection,
    facts: PackageFacts,
    settings: Settings,
    make_results: Maker,
    *,
    prepare: Prepare = _nothing,
    force: bool = False,
) -> RunRecord:
    """Make the reports of a selection that are not fresh, and the results of the whole plan.

    Parameters
    ----------
    selection
        Checked jobs and parameters (:func:`analysis.runs.parameters.select`).
    facts
        The data package.
    settings
        Where, and how hard to work.
    make_results
        Writes the results (:func:`analysis.runs.results.maker`).
    prepare
        Called with the run before anything is made, if anything is; what it raises ends the run.
    force
        Make everything, whether it is fresh or not.

    Returns
    -------
    RunRecord
        What came of it; also written as ``run.json``. A report that fails does not stop the
        others, nor the results; a signal stops all, and what was not finished is not published.

    Raises
    ------
    analysis.runs.publish.LockedError
        If another run is at work on the same outputs.
    UserError
        If the data cannot be read, or the outputs cannot be written.
    """
    this = Run(selection, facts, settings, force)
    started, clock = now(), time.monotonic()
    with publish.exclusive(this.outputs):
        this.keep_fresh()
        work = bool(this.due) or not this.results_state.fresh
        if work:
            prepare(this)
        results, signal_code = _make(this, make_results) if work else (_results(this), 0)
        times = (started, now(), round(time.monotonic() - clock, 2))
        records = Records(tuple(this.all_records()), results)
        result = summarise(selection, facts, settings, records, times, signal_code)
        result = follow(this.outputs, facts, selection, result)
        _write_overview(this, result, work)
    return result


def _make(this: Run, make_results: Maker) -> tuple[ResultsRecord, int]:
    """Make what is due; return what came of the results, and the code of a signal."""
    from analysis.runs import pool
    from analysis.runs.progress import Progress

    with Progress(len(this.due)) as progress, interruptible() as stop:
        orders = [this.order(job) for job in this.due]
        workers = this.settings.workers
        pool.run_all(orders, workers, lambda *ended: progress.ended(this.end(*ended)), stop)
        if stop.requested:
            return ResultsRecord(), stop.exit_code
        return _results(this, make_results), 0


def _results(this: Run, make_results: Maker | None = None) -> ResultsRecord:
    """Make the results if they are not fresh, and remember what they were made of."""
    state = this.results_state
    if state.fresh or make_results is None:
        renewed = fresh.renewed(state, this.around, this.basis)
        if renewed is not None:
            remember(this.outputs, **{RESULTS: renewed})
        return ResultsRecord.read(state.record)
    record, until = publish_results(this.outputs, make_results, this.selection)
    if record.status == DONE:
        around, given = this.around, parameters_of(this.selection)
        made = fresh.Made(
            parts=around.of_results(given),
            data=around.whole_data,
            data_digest=around.data_digest,
            texts=(),
            texts_of_them=around.digest_of_texts(()),
            texts_digest=around.texts_digest,
            since=str(given["as_of"]),
            until=max(str(given["as_of"]), until),
            outputs=fresh.output_digests(this.outputs.results),
            confirmed=this.basis,
        )
        remember(this.outputs, **{RESULTS: {**record.as_dict(), "made": made.as_dict()}})
    return record


def _write_overview(this: Run, result: RunRecord, work: bool) -> None:
    """Write what stands around the reports, if it can have changed."""
    basis = [this.selection.as_of, this.facts.version, this.kind_names]
    known = remembered(this.outputs).get("index", {})
    intact = this.outputs.index.is_file() and known == _index_state(this, basis)
    if work or not intact:
        from analysis.runs.index import write_index

        stale = {record.job for record in this.all_records() if record.status in (FAILED, NOT_RUN)}
        publish.tidy_pages(this.outputs, stale)
        write_index(this.outputs, this.facts, this.selection.kinds, this.selection.as_of)
        remember(this.outputs, index=_index_state(this, basis))
    write_json(this.outputs.summary, result.content)


def _index_state(this: Run, basis: list[Any]) -> dict[str, Any]:
    return {"basis": basis, "sha256": digest(this.outputs.index.read_bytes())}
