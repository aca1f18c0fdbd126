"""Rules on rows of one file that make the same statement."""

from __future__ import annotations

from analysis.intake.checks.numbers import short
from analysis.intake.checks.rule import Around, Said, rule
from analysis.intake.checks.subject import Subject

_WHERE = "same series, area, period and source"


def _said_as(subject: Subject) -> object:
    """Return what a row says: its number, or its words."""
    return subject.entry.row["value"] if subject.number is None else subject.number


def _before(subject: Subject, around: Around) -> list[Subject]:
    """Return the rows above it that make the same statement; none for a row without a value."""
    if not subject.entry.row["value"]:
        return []
    above: list[Subject] = []
    for one in around.rows[subject.key]:
        if one is subject:
            break
        above.append(one)
    return [one for one in above if one.entry.row["value"]]


def _same(subject: Subject, around: Around) -> Subject | None:
    said = _said_as(subject)
    return next((one for one in _before(subject, around) if _said_as(one) == said), None)


@rule("duplicate-in-file", "error")
def duplicate_in_file(subject: Subject, around: Around) -> Said | None:
    """Say that a row repeats one above it."""
    first = _same(subject, around)
    if first is None:
        return None
    place = first.entry.at("value")
    what = f"repeats {short(subject.entry.row['value'])} of {place} ({_WHERE})"
    return Said("value", what, "delete one of the two rows")


@rule("two-values-in-file", "question")
def two_values_in_file(subject: Subject, around: Around) -> Said | None:
    """Ask which of two values of one statement is meant."""
    above = _before(subject, around)
    if not above or _same(subject, around):
        return None
    row, other = subject.entry.row, above[0].entry
    return Said(
        "value",
        f"{short(row['value'])} here and {short(other.row['value'])} in {other.at('value')} "
        f"({_WHERE}): which one?",
        "delete one of the two rows; if they measure different things, name each in column part",
    )


RULES = (duplicate_in_file, two_values_in_file)
