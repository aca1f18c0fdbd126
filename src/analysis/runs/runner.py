"""The run: what is not fresh is made, each job in a process of its own; a record of it all."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.errors import UserError, raise_all
from analysis.runs import fresh, overview, publish
from analysis.runs.accept import LOG, MARKER, NOTEBOOK, marker_faults, read_marker
from analysis.runs.execute import Ended, Order
from analysis.runs.facts import PackageFacts
from analysis.runs.failure import Failure, mark_failed
from analysis.runs.follow import follow
from analysis.runs.html import Page
from analysis.runs.job import Job
from analysis.runs.keys import Surroundings
from analysis.runs.notes import remember
from analysis.runs.parameters import Selection, Value
from analysis.runs.places import RESULTS, Outputs, relative
from analysis.runs.record import (
    DONE,
    FAILED,
    FRESH,
    NOT_RUN,
    RECORD,
    JobRecord,
    fresh_record,
    now,
    write_json,
)
from analysis.runs.results import Maker, ResultsRecord, parameters_of, publish_results
from analysis.runs.sealed import write_sealed
from analysis.runs.settings import Settings
from analysis.runs.signals import Stop, interruptible
from analysis.runs.summary import Records, RunRecord, data_of, summarise
from analysis.runs.wording import say

Hook = Callable[["Run"], object]


def _nothing(_: Run) -> None:
    """Do nothing."""


PLACES = ("data", "results")
WHOLE = (NOTEBOOK, publish.PAGE, MARKER, LOG)
"""What is in every report besides the files of its notebook."""

ROUNDS = 2
"""How often a report is made in one run, if another notebook spoils it when it is in its place."""


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
    began
        The digest of the data when the run began.
    checks
        What is waited for before anything comes to its place: that the data are good.
    """

    selection: Selection
    facts: PackageFacts
    settings: Settings
    force: bool = False
    records: dict[Job, JobRecord] = field(default_factory=dict)
    began: str = ""
    checks: Future[object] = field(default_factory=Future)
    admitted: bool = False

    def admit(self) -> None:
        """Wait until the data are found good; only then may anything come to its place.

        Raises what the checks raise.
        """
        if not self.admitted:
            self.checks.result()
            self.keep_fresh()
            self.admitted = True

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

    @property
    def results_state(self) -> fresh.State:
        """Whether the results are fresh."""
        state = fresh.of_results(parameters_of(self.selection), self.around, self.outputs)
        return replace(state, reasons=(*state.reasons, "forced")) if self.force else state

    @property
    def kind_names(self) -> list[str]:
        """The kinds of report, to which a page can lead."""
        return [kind.name for kind in self.selection.kinds]

    def weight(self, job: Job) -> float:
        """Guess how long a job takes: as long as last time, or by the data that it depends on.

        The longest go first, so that no core waits long for the last one.
        """
        known = self.states[job].record.get("seconds")
        if isinstance(known, int | float):
            return float(known)
        chosen = self.around.data.of_subject(self.selection.kind(job.kind).subject, job.subject)
        return sum(map(len, chosen.values())) / 1000

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
        """Return the order for a job, and make the empty folder that it works in.

        No other notebook can guess what it is called.
        """
        place = self.outputs.workplace(job).absolute()
        folder = place.with_name(f"{place.name}-{secrets.token_hex(4)}")
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
        job = order.job
        record = JobRecord(
            job=job,
            status=FAILED if ended.failure else DONE,
            folder=job.folder,
            parameters=order.parameters,
            data=data_of(self.facts),
            started=now(ago=seconds),
            finished=now(),
            seconds=seconds,
            engine=ended.engine,
            failure=ended.failure,
            reasons=self.states[job].reasons,
        )
        if record.failure is None:
            record = self._publish(order, ended, record)
        if record.failure is not None:
            record = self._keep(order.folder, record)
        self.records[job] = record
        return record

    def _publish(self, order: Order, ended: Ended, record: JobRecord) -> JobRecord:
        """Publish a report that its worker has found good; return its record.

        The worker was the notebook's own process. So its folder is looked at once more, from
        outside, and that nothing was changed under its hands.
        """
        try:
            faults = [*self.changed(), *self._faults(order)]
            if not faults:
                marker = read_marker(order.folder) or {}
                made = self.made(order, ended, marker)
                record = replace(record, files=marker["files"])
                sealed = {**record.as_dict(), "made": made.as_dict()}
                write_sealed(order.folder / RECORD, sealed)
                publish.publish(self.outputs, order.job, order.folder)
        except OSError as error:
            faults = [f"it cannot be published: {error}"]
        if not faults:
            return record
        failure = Failure("results", "; ".join(faults))
        return replace(record, status=FAILED, files={}, failure=failure)

    def _faults(self, order: Order) -> list[str]:
        """Return what keeps a report from being published."""
        absent = [f"{name} is not there" for name in WHOLE if not (order.folder / name).is_file()]
        return [*absent, *marker_faults(order.folder, order.job)]

    def changed(self) -> list[str]:
        """Return what has changed since the run began: nobody could say what a report is of."""
        try:
            now = Surroundings(self.facts.root, self.settings.notebooks).data_digest
        except (OSError, ValueError, AttributeError, TypeError):
            now = "cannot be read any more"
        return [] if now == self.began else ["the data were changed while the run was at work"]

    def _keep(self, folder: Path, record: JobRecord) -> JobRecord:
        """Keep what is left of a failure, if anything can be kept; return its record."""
        record = replace(record, folder=f"failed/{record.job.id}")
        try:
            kept = publish.keep_failed(self.outputs, record.job, folder)
            write_json(kept / RECORD, record.as_dict())
            if record.failure is not None:
                mark_failed(kept / NOTEBOOK, record.failure)
        except OSError:  # there is no room, or no right, even for that
            pass
        except Exception as error:  # the executed notebook is not what a notebook looks like
            with suppress(OSError), (kept / LOG).open("a", encoding="utf-8") as log:
                log.write(f"{NOTEBOOK} cannot be marked: {type(error).__name__}: {error}\n")
        return record

    def spoilt(self) -> list[Job]:
        """Return the reports that were good when they came to their place, and are not any more.

        A notebook that writes where it should not can do that. They count as never ended.
        """
        found = {
            job: names
            for job, record in self.records.items()
            if record.status in (DONE, FRESH) and (names := fresh.spoilt(self.outputs.place(job)))
        }
        for job, names in found.items():
            self.states[job] = replace(self.states[job], reasons=tuple(names))
            del self.records[job]
        return list(found)

    def withdraw(self, job: Job) -> None:
        """Take a spoilt report away: nothing is better than half of it."""
        names = ", ".join(self.states[job].reasons)
        what = f"it was changed, again and again, after it had come to its place ({names})"
        folder = self.outputs.workplace(job)
        with suppress(FileNotFoundError):
            self.outputs.place(job).rename(folder)
        record = JobRecord(job, FAILED, data=data_of(self.facts), failure=Failure("results", what))
        self.records[job] = self._keep(folder, record)

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
            parts=self.states[job].parts,
            data=around.data_of_job(job, kind),
            data_digest=around.data_digest,
            texts=texts,
            texts_of_them=around.digest_of_texts(texts),
            texts_digest=around.texts_digest,
            since=day,
            until=max(day, marker.get("holds_until", day)),
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

    @property
    def ended(self) -> dict[Job, JobRecord]:
        """A record for every job, in the order of the selection."""
        return {
            job: self.records.get(job, JobRecord(job, NOT_RUN, reasons=self.states[job].reasons))
            for job in self.selection.jobs
        }


def run(
    selection: Selection,
    facts: PackageFacts,
    settings: Settings,
    make_results: Maker,
    *,
    warm_up: Hook = _nothing,
    check: Hook = _nothing,
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
    warm_up
        Called with the run before it begins, if there are reports to be made.
    check
        Called with the run beside the first reports, in another thread. Nothing comes to its place
        before it returns; what it raises ends the run, and all is as it was before.
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
    with interruptible() as stop, publish.exclusive(this.outputs):
        this.began = this.around.data_digest
        if this.due:
            warm_up(this)
        state = this.results_state
        work = bool(this.due) or not state.fresh
        with _beside(this, check, work, stop) as beside:
            results = _make(this, make_results, stop, beside) if work else _kept(this, state)
        signal_code = stop.exit_code if work and stop.signum else 0
        times = (started, now(), round(time.monotonic() - clock, 2))
        records = Records(tuple(this.ended.values()), results)
        result = summarise(selection, facts, settings, records, times, signal_code)
        result = follow(this.outputs, facts, selection, result)
        overview.write_overview(this, work)
        write_json(this.outputs.summary, result.content)
    return result


@contextmanager
def _beside(this: Run, check: Hook, work: bool, stop: Stop) -> Iterator[ThreadPoolExecutor]:
    """Have the data checked in a thread, and what else is to be done beside the reports after it.

    Data that are not good end the reports that are being made.
    """

    def checked() -> None:
        try:
            check(this)
        except BaseException:
            stop.call_off()
            raise
        if work:
            overview.begin(this.outputs)

    with ThreadPoolExecutor(1) as beside:
        this.checks = beside.submit(checked)
        if not this.due:
            this.admit()
        try:
            yield beside
        except Exception:
            this.checks.result()  # data that are not good explain whatever went wrong with them
            raise


def _make(this: Run, make_results: Maker, stop: Stop, beside: ThreadPoolExecutor) -> ResultsRecord:
    """Make what is due; return what came of the results, which are made beside the reports."""
    jobs, state = this.due, this.results_state
    due = jobs and not state.fresh
    early = beside.submit(_results, this, state, make_results) if due else None
    for _ in range(ROUNDS if jobs else 0):
        _make_reports(this, jobs, stop)
        this.admit()
        jobs = this.spoilt()
        if stop.requested or not jobs:
            break
    results = early.result() if early is not None else None
    if stop.requested:
        return results or ResultsRecord()
    for job in jobs:
        this.withdraw(job)
    return _settled(this, make_results, results)


def _settled(this: Run, make_results: Maker, results: ResultsRecord | None) -> ResultsRecord:
    """Return what came of the results, made if they are not; a notebook may have spoilt them."""
    if results is not None and results.status == FAILED:
        return results
    state = this.results_state
    if state.fresh:
        return results or _kept(this, state)
    return _results(this, state, make_results)


def _make_reports(this: Run, jobs: Iterable[Job], stop: Stop) -> None:
    from analysis.runs import cluster, pool
    from analysis.runs.progress import Progress

    jobs, settings = sorted(jobs, key=this.weight, reverse=True), this.settings
    with Progress(len(jobs)) as progress:
        orders = map(this.order, jobs)

        def finish(order: Order, ended: Ended, seconds: float) -> None:
            this.admit()
            progress.ended(this.end(order, ended, seconds))

        if settings.scheduler:
            cluster.run_all(orders, settings.scheduler, finish, stop)
        else:
            pool.run_all(orders, settings.workers, finish, stop)


def _kept(this: Run, state: fresh.State) -> ResultsRecord:
    """Keep the results, which are fresh, and note that they hold for today."""
    renewed = fresh.renewed(state, this.around, this.basis)
    if renewed is not None:
        remember(this.outputs, **{RESULTS: renewed})
    return ResultsRecord.read(state.record)


def _results(this: Run, state: fresh.State, make_results: Maker) -> ResultsRecord:
    """Make the results, and remember what they were made of."""
    this.checks.result()

    def make(folder: Path) -> str:
        until = make_results(folder)
        raise_all(UserError(what) for what in this.changed())
        return until

    record, until = publish_results(this.outputs, make, this.selection)
    if record.status == DONE:
        around, day = this.around, str(parameters_of(this.selection)["as_of"])
        made = fresh.Made(
            parts=state.parts,
            data=around.whole_data,
            data_digest=around.data_digest,
            texts=(),
            texts_of_them=around.digest_of_texts(()),
            texts_digest=around.texts_digest,
            since=day,
            until=max(day, until),
            outputs=fresh.output_digests(this.outputs.results),
            confirmed=this.basis,
        )
        remember(this.outputs, **{RESULTS: {**record.as_dict(), "made": made.as_dict()}})
    return record
