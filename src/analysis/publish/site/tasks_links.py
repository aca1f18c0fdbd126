"""Links from pages of the site to the reports of a run."""

from __future__ import annotations

from analysis.publish.site.writer import Writer
from analysis.runs.job import Job
from analysis.runs.publish import PAGE


def report_path(writer: Writer, kind: str, subject: str = "") -> str:
    """Return where a report lies below the site's folder; empty if the run has not made it.

    Parameters
    ----------
    writer
        In whose language the report is wanted.
    kind, subject
        As of :class:`analysis.runs.job.Job`.
    """
    job = Job(kind, subject, writer.language)
    made = writer.edition.outputs.place(job) / PAGE
    return f"/reports/{job.folder}/{PAGE}" if made.is_file() else ""
