"""A job is one notebook for one indicator group in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

KINDS = ("trend", "gap")
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, order=True)
class Job:
    """One report to make.

    Parameters
    ----------
    kind
        Which notebook: ``trend`` or ``gap``.
    group_id
        The indicator group, 1 to 11.
    language
        ``vi`` or ``en``.
    """

    kind: str
    group_id: int
    language: str

    @property
    def name(self) -> str:
        """Kind and group as folders are called: ``gap-05``."""
        return f"{self.kind}-{self.group_id:02d}"

    @property
    def id(self) -> str:
        """A name that no other job has: ``vi-gap-05``."""
        return f"{self.language}-{self.name}"

    @property
    def folder(self) -> str:
        """The folder of the finished report, relative to the outputs: ``vi/gap-05``."""
        return f"{self.language}/{self.name}"

    @property
    def siblings(self) -> dict[str, Job]:
        """The other kind of report of this group, and this report in the other language."""
        kind = next(k for k in KINDS if k != self.kind)
        language = next(name for name in LANGUAGES if name != self.language)
        return {
            "kind": Job(kind, self.group_id, self.language),
            "language": Job(self.kind, self.group_id, language),
        }


def all_jobs(
    kinds: Iterable[str], groups: Iterable[int], languages: Iterable[str]
) -> tuple[Job, ...]:
    """Return every combination, by language, then group, then kind."""
    kinds, groups = tuple(kinds), tuple(groups)
    return tuple(
        Job(kind, group, language) for language in languages for group in groups for kind in kinds
    )


def parse_folder(folder: str) -> Job | None:
    """Read a folder's name (``vi/gap-05``) back into its job; ``None`` if it is no report's."""
    language, _, name = folder.partition("/")
    kind, _, number = name.partition("-")
    if language not in LANGUAGES or kind not in KINDS or not number.isdecimal():
        return None
    job = Job(kind, int(number), language)
    return job if job.folder == folder else None
