"""What a rule is: a name, a title in both languages, and a function that looks at a package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analysis.package.raw import RawPackage
from analysis.package.report import Check, Finding, Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be."""

    where: str
    what: str
    mend: str
    severity: Severity = "error"


Outcomes = Iterator[Problem | None]
"""One item for each thing looked at: ``None`` if it is as it should be."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the project.

    Attributes
    ----------
    look
        Yields one outcome for each thing looked at, so that the report can say how many.
    """

    name: str
    title_vi: str
    title_en: str
    look: Callable[[RawPackage], Outcomes]

    def run(self, raw: RawPackage) -> Check:
        """Apply the rule to a package."""
        outcomes = list(self.look(raw))
        findings = tuple(
            Finding(self.name, one.severity, one.where, one.what, one.mend)
            for one in outcomes
            if one is not None
        )
        return Check(self.name, self.title_vi, self.title_en, len(outcomes), findings)


def rule(name: str, *, vi: str, en: str) -> Callable[[Callable[[RawPackage], Outcomes]], Rule]:
    """Make a rule of the function below this line."""

    def make(look: Callable[[RawPackage], Outcomes]) -> Rule:
        return Rule(name, vi, en, look)

    return make
