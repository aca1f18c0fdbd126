"""Links from a page to the reports that a run has made, with what can be downloaded beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from analysis.publish.site.page import Link
from analysis.publish.site.writer import Writer
from analysis.runs.job import Job
from analysis.runs.publish import PAGE
from analysis.words import LANGUAGES

BESIDE: Final = ("results.csv", "results.json", "report.ipynb")
"""What lies beside a report."""


@dataclass(frozen=True)
class ReportLink:
    """A report that has been made.

    Attributes
    ----------
    link
        Its page.
    language
        The language in which it is, where that is not the page's; else empty.
    files
        What can be downloaded.
    """

    link: Link
    language: str
    files: tuple[Link, ...]


def report_links(writer: Writer, kinds: Iterable[str], subject: str) -> list[ReportLink]:
    """Return the reports on a subject: in the own language, else in another; none not made.

    Parameters
    ----------
    writer
        What the pages are written with.
    kinds
        The kinds of reports (``gap``, ``trend``).
    subject
        What they are about, as of :class:`analysis.runs.job.Job`.
    """
    found = (_report(writer, kind, subject) for kind in kinds)
    return [one for one in found if one]


def _report(writer: Writer, kind: str, subject: str) -> ReportLink | None:
    for language in sorted(LANGUAGES, key=lambda name: name != writer.language):
        job = Job(kind, subject, language)
        place = writer.edition.outputs.place(job)
        if (place / PAGE).is_file():
            text = writer.words(f"page.kind.{kind}")
            files = tuple(
                Link(f"/reports/{job.folder}/{name}", writer.words(f"page.file.{name}"))
                for name in BESIDE
                if (place / name).is_file()
            )
            other = "" if language == writer.language else language
            return ReportLink(Link(f"/reports/{job.folder}/{PAGE}", text), other, files)
    return None
