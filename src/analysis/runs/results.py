"""The results as data: one job of the run's own process, after the reports, published whole.

Verdicts of the whole plan are ready in a second and need no notebook. What is written is a data
package of its own (:func:`analysis.results.write_results`), which is checked like the one that it
is made of before it takes the place of the last.
"""

from __future__ import annotations

import shutil
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from analysis.api import DEFAULT_BASE_YEAR, keep
from analysis.runs import gate, publish
from analysis.runs.accept import LOG, digest
from analysis.runs.failure import Failure
from analysis.runs.parameters import Selection, Value
from analysis.runs.places import RESULTS, Outputs
from analysis.runs.record import DONE, FAILED, FRESH, KEPT, NOT_RUN, now, write_text

Maker = Callable[[Path], str]
"""Writes the results into an empty folder and returns the last day of assessment for which they
hold; raises if they are not what they should be."""


@dataclass(frozen=True)
class ResultsRecord:
    """What came of the results, as it stands in ``run.json``.

    Parameters
    ----------
    status
        ``done``, ``fresh`` (they were there, and all that they depend on is the same), ``failed``
        or ``not_run`` (the run was stopped before).
    folder
        Where they are, or what is left of a failure, relative to the outputs; else empty.
    parameters
        The day of assessment and the base year.
    started, finished
        In UTC, ISO 8601; empty if they were not made.
    seconds
        How long it took.
    files
        SHA-256 digests by name.
    failure
        Why they were not made.
    """

    status: str = NOT_RUN
    folder: str = ""
    parameters: Mapping[str, Value] = field(default_factory=dict)
    started: str = ""
    finished: str = ""
    seconds: float = 0.0
    files: Mapping[str, str] = field(default_factory=dict)
    failure: Failure | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the record as it is written."""
        return asdict(self)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> ResultsRecord:
        """Return the record of results that were there already."""
        return cls(status=FRESH, **{name: told[name] for name in KEPT})


def parameters_of(selection: Selection) -> dict[str, Value]:
    """Return the day and the base year of a run; the gap reports' where they are made."""
    years = [
        selection.parameters[kind]["base_year"]
        for kind in ("gap", "trend", *selection.parameters)
        if "base_year" in selection.parameters.get(kind, {})
    ]
    return {"as_of": selection.as_of, "base_year": next(iter(years), DEFAULT_BASE_YEAR)}


def maker(data: Path, selection: Selection) -> Maker:
    """Return what writes and checks the results of the package in a folder."""
    chosen = parameters_of(selection)

    def make(folder: Path) -> str:
        from analysis.results.validity import holds_until

        day = date.fromisoformat(str(chosen["as_of"]))
        plan = keep(data, as_of=day)
        plan.write_results(folder, base_year=int(chosen["base_year"]), as_of=day)
        gate.refuse_invalid_results(folder)
        return holds_until(plan.tables, as_of=day).isoformat()

    return make


def publish_results(
    outputs: Outputs, make: Maker, selection: Selection
) -> tuple[ResultsRecord, str]:
    """Make the results in the workplace and put them in place; tell what came of it.

    Also returns the last day of assessment for which they hold.

    A failure is told, never raised: the reports stand whatever comes of the results, and results
    of before stay as they are. What was raised is kept in ``failed/results/log.txt``.
    """
    started, clock = now(), time.monotonic()
    files, until, failure = _attempt(outputs, make)
    record = ResultsRecord(
        status=FAILED if failure else DONE,
        folder=f"failed/{RESULTS}" if failure else RESULTS,
        parameters=parameters_of(selection),
        started=started,
        finished=now(),
        seconds=round(time.monotonic() - clock, 2),
        files=files,
        failure=failure,
    )
    return record, until


def _attempt(outputs: Outputs, make: Maker) -> tuple[dict[str, str], str, Failure | None]:
    """Return the digests of the published files and how long they hold, or why there are none."""
    folder = outputs.work / RESULTS
    try:
        folder.mkdir()
        until = make(folder)
        files = {path.name: digest(path) for path in sorted(folder.iterdir())}
        publish.put_in_place(folder, outputs.results, outputs.retired_results)
    except Exception as error:
        with suppress(OSError):  # where nothing can be written, no log can be either
            outputs.failed_results.mkdir(parents=True, exist_ok=True)
            write_text(outputs.failed_results / LOG, traceback.format_exc())
        first_line, *_ = str(error).splitlines() or [""]
        return {}, "", Failure("results", f"{type(error).__name__}: {first_line}")
    shutil.rmtree(outputs.failed_results, ignore_errors=True)
    return files, until, None
