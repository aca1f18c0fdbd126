"""What a rule is: a code, a severity, and a function that looks at one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from analysis.intake.checks.known import Known, Report
from analysis.intake.checks.subject import Key, Subject, TaskSubject
from analysis.intake.model import Finding, Severity

S = TypeVar("S", Subject, TaskSubject)


@dataclass(frozen=True)
class Around:
    """What a rule may look at beside its row.

    Parameters
    ----------
    known
        What the tables say.
    form
        Whether the file is a filled form, whose units were printed in it.
    rows, task_rows
        The rows of the file that make the same statement, in the order of the file.
    reports
        Task → what is reported of it, by the tables and by the file, in order of time.
    """

    known: Known
    form: bool
    rows: Mapping[Key, tuple[Subject, ...]]
    task_rows: Mapping[Key, tuple[TaskSubject, ...]]
    reports: Mapping[str, tuple[Report, ...]]


@dataclass(frozen=True)
class Said:
    """What a rule says of a row: about which column, what is found, and how to mend it."""

    column: str
    what: str
    mend: str


Look: TypeAlias = Callable[[S, Around], Said | None]


@dataclass(frozen=True)
class Rule(Generic[S]):
    """A rule; its function returns ``None`` where nothing is to be said."""

    code: str
    severity: Severity
    look: Look[S]

    def found(self, subject: S, around: Around) -> Finding | None:
        """Apply the rule to a row."""
        said = self.look(subject, around)
        if said is None:
            return None
        place = subject.entry.at(said.column)
        return Finding(self.code, self.severity, f"{subject.label}: {said.what}", place, said.mend)


def rule(code: str, severity: Severity) -> Callable[[Look[S]], Rule[S]]:
    """Make a rule of the function below this line."""

    def make(look: Look[S]) -> Rule[S]:
        return Rule(code, severity, look)

    return make


def apply(rules: Iterable[Rule[S]], subjects: Iterable[S], around: Around) -> Iterator[Finding]:
    """Apply every rule to every row, row by row."""
    rules = tuple(rules)
    for subject in subjects:
        for one in rules:
            finding = one.found(subject, around)
            if finding is not None:
                yield finding
