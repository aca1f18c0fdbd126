"""The run: every job in a process of its own, good reports moved into place, a record of it all."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.runs import pool, publish
from analysis.runs.accept import NOTEBOOK, read_marker
from analysis.runs.execute import Ended, Order
from analysis.runs.facts import PackageFacts
from analysis.runs.failure import mark_failed
from analysis.runs.html import Page
from analysis.runs.index import write_index
from analysis.runs.job import Job
from analysis.runs.parameters import Selection, Value
from analysis.runs.places import Outputs, relative
from analysis.runs.progress import Progress
from analysis.runs.record import DONE, FAILED, NOT_RUN, RECORD, JobRecord, now, write_json
from analysis.runs.results import Maker, ResultsRecord, publish_results
from analysis.runs.settings import Settings
from analysis.runs.signals import interruptible
from analysis.runs.summary import Records, RunRecord, data_of, summarise
from analysis.runs.wording import say

PLACES = ("data", "results")


@dataclass
class Run:
    """A run under way.

    Parameters
    ----------
    selection, facts, settings
        What is run, of what, and how.
    records
        What came of the jobs that have ended.
    """

    selection: Selection
    facts: PackageFacts
    settings: Settings
    records: dict[Job, JobRecord] = field(default_factory=dict)

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
        )
        write_json(order.folder / RECORD, record.as_dict())
        if failure is None:
            publish.publish(self.outputs, job)
        else:
            mark_failed(order.folder / NOTEBOOK, failure)
            publish.keep_failed(self.outputs, job)
        self.records[job] = record
        return record

    def all_records(self) -> list[JobRecord]:
        """Return a record for every job, in the order of the selection."""
        return [self.records.get(job, JobRecord(job, NOT_RUN)) for job in self.selection.jobs]


def run(
    selection: Selection, facts: PackageFacts, settings: Settings, make_results: Maker
) -> RunRecord:
    """Make the reports of a selection, and the results of the whole plan as data.

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

    Returns
    -------
    RunRecord
        What came of it; also written as ``run.json``. A report that fails does not stop the
        others, nor the results; a signal stops all, and what was not finished is not published.

    Raises
    ------
    UserError
        If another run is at work on the same outputs.
    """
    this = Run(selection, facts, settings)
    started, clock = now(), time.monotonic()
    with (
        publish.exclusive(this.outputs),
        Progress(len(selection.jobs)) as progress,
        interruptible() as stop,
    ):
        orders = [this.order(job) for job in selection.jobs]
        pool.run_all(
            orders, settings.workers, lambda *ended: progress.ended(this.end(*ended)), stop
        )
        results = ResultsRecord()
        if not stop.requested:
            results = publish_results(this.outputs, make_results, selection)
        times = (started, now(), round(time.monotonic() - clock, 2))
        signal_code = stop.exit_code if stop.requested else 0
        records = Records(tuple(this.all_records()), results)
        result = summarise(selection, facts, settings, records, times, signal_code)
        _write_overview(this, result)
    return result


def _write_overview(this: Run, result: RunRecord) -> None:
    publish.show_links_that_lead_somewhere(this.outputs)
    write_index(this.outputs, this.facts, this.selection.kinds, this.selection.as_of)
    write_json(this.outputs.summary, result.content)
