"""What an addition would do, before anything is done: new, known, corrected, contradicted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

from analysis.intake.model import SEVERITIES, Entry, Finding, Place, Submission, TaskEntry
from analysis.intake.recorded import KEY, Recorded
from analysis.observe.collected import observed
from analysis.observe.facts import Facts
from analysis.observe.origins import Origin, origin_of, resolve, stated
from analysis.observe.rows import Row
from analysis.observe.terms import STATUSES

Kind = Literal["new", "revision", "conflict", "same"]

KINDS: Final[tuple[Kind, ...]] = ("new", "revision", "conflict", "same")
"""``new``: nothing is known of it. ``revision``: it replaces what the same publisher said before.
``conflict``: another statement says otherwise; both are kept, and the rules of the current view
choose between them. ``same``: recorded already, not taken again."""

_COMPARED: Final = ("level_id", "text", "unit_source", "status", "comparability", "note")


@dataclass(frozen=True)
class Line:
    """One value of a file, beside what is recorded.

    Parameters
    ----------
    said
        The observation without how it came in (:func:`analysis.observe.collected.observed`).
    origin
        Its source.
    against
        The recorded observations that it repeats, replaces or contradicts.
    """

    entry: Entry
    kind: Kind
    said: Row
    origin: Origin
    against: tuple[Row, ...] = ()


@dataclass(frozen=True)
class TaskLine:
    """One report of a task, beside what is recorded; ``kind`` is ``new`` or ``same``."""

    entry: TaskEntry
    kind: Kind
    origin: Origin


@dataclass(frozen=True)
class Preview:
    """What an addition of some files would do.

    Parameters
    ----------
    submissions
        The files as read.
    lines, tasks
        Their values and reports, in order.
    findings
        All that was found, worst first.
    """

    submissions: tuple[Submission, ...]
    lines: tuple[Line, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    def of(self, severity: str) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(one for one in self.findings if one.severity == severity)

    @property
    def counts(self) -> dict[str, int]:
        """How many values and reports there are of each kind."""
        found = Counter([one.kind for one in self.lines] + [one.kind for one in self.tasks])
        return {kind: found[kind] for kind in KINDS}

    @property
    def taken(self) -> tuple[Line, ...]:
        """The values that would be recorded."""
        return tuple(line for line in self.lines if line.kind != "same")

    @property
    def tasks_taken(self) -> tuple[TaskLine, ...]:
        """The reports of tasks that would be recorded."""
        return tuple(line for line in self.tasks if line.kind != "same")

    def with_findings(self, more: Iterable[Finding]) -> Preview:
        """Return the preview with further findings, all of them worst first."""
        found = [*self.findings, *more]
        found.sort(key=lambda one: (SEVERITIES.index(one.severity), one.place))
        return replace(self, findings=tuple(found))

    def new_of(self, submission: Submission) -> Submission:
        """Return one of the files with nothing but what would be recorded of it."""
        entries = {id(line.entry) for line in self.taken} | {id(x.entry) for x in self.tasks_taken}
        return replace(
            submission,
            entries=tuple(one for one in submission.entries if id(one) in entries),
            tasks=tuple(one for one in submission.tasks if id(one) in entries),
        )

    @property
    def nothing_new(self) -> bool:
        """Whether nothing would be recorded."""
        return not (self.taken or self.tasks_taken)


def preview(submissions: Sequence[Submission], recorded: Recorded, facts: Facts) -> Preview:
    """Lay files beside what is recorded.

    Parameters
    ----------
    submissions
        The files; the cells of all their rows can be read.
    recorded, facts
        What is recorded, and what is declared.
    """
    entries = [entry for one in submissions for entry in one.entries]
    reports = [task for one in submissions for task in one.tasks]
    rows = [entry.row for entry in (*entries, *reports)]
    resolved = resolve(map(stated, rows), map(origin_of, recorded.rows["sources"]))
    lines = tuple(_line(entry, resolved[stated(entry.row)], recorded, facts) for entry in entries)
    tasks = tuple(_task_line(one, resolved[stated(one.row)], recorded) for one in reports)
    shown = Preview(tuple(submissions), lines, tasks)
    return shown.with_findings([*_unsure(lines), *_contradicted(tasks, recorded)])


def is_recorded(row: Row, recorded: Recorded, facts: Facts) -> bool:
    """Tell whether a row of collected values says just what is recorded."""
    if row["indicator_code"] not in facts.series:
        return False
    known = map(origin_of, recorded.rows["sources"])
    origin = resolve([stated(row)], known)[stated(row)]
    return _line(Entry(row, {"value": Place("")}), origin, recorded, facts).kind == "same"


def _line(entry: Entry, origin: Origin, recorded: Recorded, facts: Facts) -> Line:
    said = observed(entry.row, facts)
    about = recorded.by_key.get(tuple(said[name] for name in KEY), ())
    beside = [(row, origin_of(recorded.sources[row["source_id"]])) for row in about]
    same = [row for row, other in beside if other == origin and _alike(row, said)]
    if same:
        return Line(entry, "same", said, origin, tuple(same[:1]))
    earlier = [row for row, other in beside if _replaces(said, origin, row, other, facts)]
    if earlier:
        return Line(entry, "revision", said, origin, tuple(earlier))
    others = [row for row in about if _contradicts(row, said)]
    return Line(entry, "conflict" if others else "new", said, origin, tuple(others))


def _alike(row: Row, said: Row) -> bool:
    """Tell whether two rows say the same; a spreadsheet drops the last zero of 2.30."""
    return _equal(row, said) and all(row[name] == said[name] for name in _COMPARED)


def _replaces(said: Row, origin: Origin, row: Row, earlier: Origin, facts: Facts) -> bool:
    """Tell whether what is said now replaces what was said earlier.

    So does what the same text says of the same thing, and what a later text of the same state body
    says: a newspaper only reports. A text may state several things of one period (in dollars and
    in dong, of clean and of safe water): only a value in the same unit is replaced, and a proxy
    replaces no value that counts, nor is it replaced by one, unless the number is the same. What
    was final is not replaced by a later estimate.
    """
    if row["unit_id"] != said["unit_id"]:
        return False
    if origin == earlier:
        return _of_the_same(row, said) or _equal(row, said)
    publisher = facts.publishers.get(origin.publisher)
    official = publisher is not None and publisher.tier == "official"
    later = origin.publisher == earlier.publisher and _not_older(origin, earlier)
    firmer = STATUSES.index(said["status"]) <= STATUSES.index(row["status"])
    return official and later and firmer and _of_the_same(row, said)


def _of_the_same(row: Row, said: Row) -> bool:
    """Tell whether both count, or both are proxies for which the same reason is noted."""
    proxies = [one["comparability"] == "proxy" for one in (row, said)]
    return not any(proxies) or (all(proxies) and row["note"] == said["note"])


def _not_older(origin: Origin, earlier: Origin) -> bool:
    return not origin.published or origin.published[: len(earlier.published)] >= earlier.published


def _contradicts(row: Row, said: Row) -> bool:
    """Tell whether two values that can be compared are not the same number or level."""
    if "proxy" in {row["comparability"], said["comparability"]}:
        return False
    if row["unit_id"] != said["unit_id"]:
        return False
    return not _equal(row, said)


def _equal(row: Row, said: Row) -> bool:
    """Tell whether two values are the same number, level or words."""
    return _worth(row) == _worth(said)


def _worth(row: Row) -> tuple[object, ...]:
    number = _number(row["value"])
    return number, row["level_id"], row["text"] if number is None else ""


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _unsure(lines: Sequence[Line]) -> Iterator[Finding]:
    """Tell what is contradicted, and where a correction cannot be one of a single row."""
    replacing: dict[str, Line] = {}
    for line in lines:
        said, place = ", ".join(map(_recorded, line.against)), line.entry.at("value")
        if line.kind == "conflict":
            what = f"recorded is {said}; here {_value(line.said)}"
            mend = "both are kept; the rules of the current view choose between them"
            yield Finding("conflict", "notice", what, place, mend)
        elif line.kind == "revision" and len(line.against) > 1:
            what = f"{line.origin.publisher} gave several values for this period: {said}"
            mend = "it is recorded beside them and replaces none; to replace one, take back first"
            yield Finding("several-earlier", "warning", what, place, mend)
        elif line.kind == "revision":
            first = replacing.setdefault(line.against[0]["observation_id"], line)
            if first is not line:
                what = f"it would replace {said}, and so would {first.entry.at('value')}"
                mend = "keep the one that replaces it; hand in the other one later, or not at all"
                yield Finding("replaced-twice", "error", what, place, mend)


def _recorded(row: Row) -> str:
    return f"{_value(row)} ({row['observation_id']}, {row['source_id']})"


def _value(row: Mapping[str, str]) -> str:
    return row["value"] or row["text"] or row["level_id"]


def _task_line(entry: TaskEntry, origin: Origin, recorded: Recorded) -> TaskLine:
    said = entry.row
    same = any(
        all(row[name] == said[name] for name in ("status", "note"))
        for row in _reported(entry, origin, recorded)
    )
    return TaskLine(entry, "same" if same else "new", origin)


def _reported(entry: TaskEntry, origin: Origin, recorded: Recorded) -> Iterator[Row]:
    """Give what the same source said of the same task and day before."""
    for row in recorded.reports.get((entry.row["task_id"], entry.row["date"]), ()):
        if origin_of(recorded.sources[row["source_id"]]) == origin:
            yield row


def _contradicted(tasks: Sequence[TaskLine], recorded: Recorded) -> Iterator[Finding]:
    """Refuse a report that says otherwise of the same day than its own source did before."""
    for line in tasks:
        if line.kind == "new":
            for row in _reported(line.entry, line.origin, recorded):
                noted = f" ({row['note']})" if row["note"] else ""
                what = f"this source said {row['status']!r} of that day before{noted}"
                mend = "give the day of the new state, or take the earlier addition back first"
                place = line.entry.at("status")
                yield Finding("contradicts-itself", "error", what, place, mend)
