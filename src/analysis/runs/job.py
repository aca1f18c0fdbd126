"""A job is one notebook about one subject in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.runs.kinds import NAME, Kind
from analysis.words import LANGUAGES

_SUBJECT = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Job:
    """One report to make.

    Parameters
    ----------
    kind
        Which notebook: ``overview``, ``gap``, …
    subject
        What it is about, as the data write it: ``5`` (an indicator group), ``IV`` (a task group),
        ``so-y-te`` (an agency); empty for the whole plan.
    language
        ``vi`` or ``en``.
    """

    kind: str
    subject: str
    language: str

    @property
    def name(self) -> str:
        """Kind and subject as folders are called: ``overview``, ``gap-05``, ``tasks-IV``."""
        shown = f"{int(self.subject):02d}" if self.subject.isdecimal() else self.subject
        return f"{self.kind}-{shown}" if shown else self.kind

    @property
    def id(self) -> str:
        """A name that no other job has: ``vi-gap-05``."""
        return f"{self.language}-{self.name}"

    @property
    def folder(self) -> str:
        """The folder of the finished report, relative to the outputs: ``vi/gap-05``."""
        return f"{self.language}/{self.name}"

    def of_kind(self, kind: str) -> Job:
        """Return the report of another kind about the same subject."""
        return Job(kind, self.subject, self.language)

    def in_language(self, language: str) -> Job:
        """Return the same report in another language."""
        return Job(self.kind, self.subject, language)


Subjects = Mapping[str, Sequence[str]]
"""What reports can be about, by parameter (:data:`analysis.runs.kinds.SUBJECTS`)."""


def all_jobs(
    kinds: Iterable[Kind], subjects: Subjects, languages: Iterable[str]
) -> tuple[Job, ...]:
    """Return every combination: by language, then subject, then kind.

    Kinds that stand together and share their subject are told side by side: gap and trend of
    group 1, of group 2, …
    """
    together = [list(same) for _, same in groupby(kinds, key=lambda kind: kind.subject)]
    return tuple(
        Job(kind.name, subject, language)
        for language in languages
        for same in together
        for subject in (subjects.get(same[0].subject, ()) if same[0].subject else ("",))
        for kind in same
    )


def parse_folder(folder: str) -> Job | None:
    """Read a folder's name (``vi/gap-05``) back into its job; ``None`` if it is no report's."""
    language, _, name = folder.partition("/")
    kind, hyphen, shown = name.partition("-")
    if language not in LANGUAGES or NAME.fullmatch(kind) is None:
        return None
    if hyphen and _SUBJECT.fullmatch(shown) is None:
        return None
    job = Job(kind, str(int(shown)) if shown.isdecimal() else shown, language)
    return job if job.folder == folder else None
