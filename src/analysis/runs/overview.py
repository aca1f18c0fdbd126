"""What stands around the reports, and whether it is still that of what is there.

The index, and on each page the links to others and the word that it was kept, are written when all
else is done. When a run begins to make something it notes that they are out of date: the next one
writes them, if this one is killed before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from analysis.runs import publish
from analysis.runs.keys import digest
from analysis.runs.notes import remember, remembered
from analysis.runs.places import Outputs
from analysis.runs.record import FAILED, NOT_RUN

if TYPE_CHECKING:
    from analysis.runs.runner import Run

_NOTE: Final = "index"
_OUT_OF_DATE: Final = ""


def begin(outputs: Outputs) -> None:
    """Note that what stands around the reports is out of date."""
    remember(outputs, **{_NOTE: {**_noted(outputs), "sha256": _OUT_OF_DATE}})


def unfinished(outputs: Outputs) -> bool:
    """Return whether a run has begun to make something and has not, or not yet, come to its end."""
    return bool(_noted(outputs).get("sha256") == _OUT_OF_DATE)


def write_overview(this: Run, work: bool) -> None:
    """Write what stands around the reports, if it can have changed.

    Parameters
    ----------
    this
        The run, with everything made that it was to make.
    work
        Whether anything was.
    """
    stale = {job: record.status in (FAILED, NOT_RUN) for job, record in this.ended.items()}
    note = {
        "basis": [this.basis, this.kind_names],
        "marked": _marked(this.outputs, {job.id: still for job, still in stale.items()}),
    }
    index = this.outputs.index
    if work or not index.is_file() or _noted(this.outputs) != _with_digest(note, this.outputs):
        from analysis.runs.index import write_index

        publish.tidy_pages(this.outputs, stale)
        write_index(this.outputs, this.facts, this.selection.kinds, this.selection.as_of)
        remember(this.outputs, **{_NOTE: _with_digest(note, this.outputs)})


def _noted(outputs: Outputs) -> dict[str, Any]:
    noted: dict[str, Any] = remembered(outputs).get(_NOTE, {})
    return noted


def _marked(outputs: Outputs, stale: Mapping[str, bool]) -> list[str]:
    """Return the reports that say they were kept: those of this run, and of others before."""
    before = {*_noted(outputs).get("marked", ()), *(job.id for job in publish.failed(outputs))}
    return sorted((before - stale.keys()) | {name for name, still in stale.items() if still})


def _with_digest(note: Mapping[str, Any], outputs: Outputs) -> dict[str, Any]:
    return {**note, "sha256": digest(outputs.index.read_bytes())}
