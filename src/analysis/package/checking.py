"""``plan155 check``: everything that is known about a sound package, in one report."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import UserError
from analysis.package.changing import settle
from analysis.package.raw import RawPackage, read_raw
from analysis.package.report import Check, Report, check_of_errors
from analysis.package.rules import RULES
from analysis.package.standard import check_database, check_frictionless, check_profile

_READABLE = ("readable", ("Mọi tệp có mặt và đọc được", "Every file is there and readable"))


def check(root: str | Path) -> Report:
    """Check the package in a folder.

    Parameters
    ----------
    root
        The folder that holds ``datapackage.json``.

    Returns
    -------
    Report
        One result for each rule. If a file is missing or cannot be read, the report holds that
        one result alone, since nothing else could be judged soundly.
    """
    settle(Path(root))
    errors: list[UserError] = []
    raw = read_raw(Path(root), errors)
    readable = check_of_errors(*_READABLE, checked=len(raw.files), errors=errors)
    if errors:
        return Report((readable,))
    return Report((readable, *standard_checks(raw), *own_checks(raw)))


def standard_checks(raw: RawPackage) -> tuple[Check, ...]:
    """Check against the standard: the profile, frictionless, and a database."""
    return check_profile(raw), check_frictionless(raw), check_database(raw)


def own_checks(raw: RawPackage) -> tuple[Check, ...]:
    """Check the project's own rules (:data:`analysis.package.rules.RULES`)."""
    return tuple(rule.run(raw) for rule in RULES)
