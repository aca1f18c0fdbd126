"""What a check says: findings, one result per rule, and the report of them all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.errors import UserError

if TYPE_CHECKING:
    from rich.console import RenderableType

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found.

    Attributes
    ----------
    rule
        Name of the rule.
    severity
        ``error`` (the package may not be published), ``warning`` (look at it) or ``info``.
    where
        File, line and column, or the place in the descriptor.
    mend
        What to do about it.
    """

    rule: str
    severity: Severity
    where: str
    what: str
    mend: str


@dataclass(frozen=True)
class Check:
    """The result of one rule.

    Attributes
    ----------
    checked
        How many things the rule looked at; 0 says that there was nothing to look at.
    """

    rule: str
    title_vi: str
    title_en: str
    checked: int
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(finding.severity == severity for finding in self.findings)


@dataclass(frozen=True)
class Report:
    """The results of all rules, in the order in which they ran."""

    checks: tuple[Check, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, rule by rule."""
        return tuple(finding for check in self.checks for finding in check.findings)

    @property
    def ok(self) -> bool:
        """Whether there is no error; warnings are allowed."""
        return not any(check.count("error") for check in self.checks)

    @property
    def exit_code(self) -> int:
        """The exit code of a command that shows this report: 0 if ok, 1 if not."""
        return 0 if self.ok else 1

    def table(self) -> list[dict[str, Any]]:
        """Return one row per rule: ``rule, title_vi, title_en, checked, errors, warnings``."""
        return [
            {
                "rule": check.rule,
                "title_vi": check.title_vi,
                "title_en": check.title_en,
                "checked": check.checked,
                "errors": check.count("error"),
                "warnings": check.count("warning"),
            }
            for check in self.checks
        ]

    def to_json(self) -> str:
        """Return the report as JSON: ``{"ok": …, "checks": [...], "findings": [...]}``."""
        content = {
            "ok": self.ok,
            "checks": self.table(),
            "findings": [asdict(finding) for finding in self.findings],
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def check_of_errors(
    rule: str, titles: tuple[str, str], checked: int, errors: Iterable[UserError]
) -> Check:
    """Return a check whose findings are these faults; ``titles`` are Vietnamese and English."""
    findings = tuple(
        Finding(rule, "error", error.where, error.what, error.mend) for error in errors
    )
    return Check(rule, *titles, checked, findings)


def render(report: Report, language: str = "en") -> RenderableType:
    """Return the report as something that :mod:`rich` prints: a table, then the findings.

    Parameters
    ----------
    report
        The report to show.
    language
        ``vi`` or ``en``: the language of the rules' titles.
    """
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    table.add_column("rule")
    table.add_column("title")
    for name in ("checked", "errors", "warnings"):
        table.add_column(name, justify="right")
    for row in report.table():
        style = "red" if row["errors"] else "yellow" if row["warnings"] else ""
        numbers = [str(row[name]) for name in ("checked", "errors", "warnings")]
        table.add_row(row["rule"], row[f"title_{language}"], *numbers, style=style)
    return Group(table, *[Text(_finding_text(one)) for one in report.findings], _verdict(report))


def _finding_text(finding: Finding) -> str:
    head = f"\n{finding.severity}: {finding.what} ({finding.rule})"
    return f"{head}\n  where: {finding.where}\n  mend:  {finding.mend}"


def _verdict(report: Report) -> str:
    errors = sum(check.count("error") for check in report.checks)
    warnings = sum(check.count("warning") for check in report.checks)
    word = "valid" if report.ok else "not valid"
    return f"\n{word}: {len(report.checks)} rules, {errors} errors, {warnings} warnings"
