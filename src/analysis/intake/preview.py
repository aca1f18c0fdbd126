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

Kind = Literal["new", "revision", "conflict", "same"]

KINDS: Final[tuple[Kind, ...]] = ("new", "revision", "conflict", "same")
"""``new``: nothing is known of it. ``revision``: it replaces what the same publisher said before.
``conflict``: another source says otherwise; both are kept, and the rules of the current view
choose between them. ``same``: recorded already, not taken again."""

_COMPARED: Final = ("value", "level_id", "text", "unit_source", "status", "comparability", "note")


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
    origins = {
        row["observation_id"]: origin_of(recorded.sources[row["source_id"]]) for row in about
    }
    same = [row for row in about if origins[row["observation_id"]] == origin and _alike(row, said)]
    if same:
        return Line(entry, "same", said, origin, tuple(same[:1]))
    earlier = [row for row in about if _replaces(origin, origins[row["observation_id"]], facts)]
    earlier = [row for row in earlier if row["unit_id"] == said["unit_id"]] or earlier
    if earlier:
        return Line(entry, "revision", said, origin, tuple(earlier))
    others = [row for row in about if _contradicts(row, said)]
    return Line(entry, "conflict" if others else "new", said, origin, tuple(others))


def _alike(row: Row, said: Row) -> bool:
    return all(row[name] == said[name] for name in _COMPARED)


def _replaces(origin: Origin, earlier: Origin, facts: Facts) -> bool:
    """Tell whether what one source says replaces what an earlier one said.

    So does the same text, and a later one of the same state body: a newspaper only reports.
    """
    if origin == earlier:
        return True
    publisher = facts.publishers.get(origin.publisher)
    official = publisher is not None and publisher.tier == "official"
    return official and origin.publisher == earlier.publisher and _not_older(origin, earlier)


def _not_older(origin: Origin, earlier: Origin) -> bool:
    return not origin.published or origin.published[: len(earlier.published)] >= earlier.published


def _contradicts(row: Row, said: Row) -> bool:
    """Tell whether two values that can be compared are not the same number or level."""
    if "proxy" in {row["comparability"], said["comparability"]}:
        return False
    if row["unit_id"] != said["unit_id"]:
        return False
    return (_number(row["value"]), row["level_id"]) != (_number(said["value"]), said["level_id"])


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _unsure(lines: Sequence[Line]) -> Iterator[Finding]:
    """Ask where a correction cannot be one of a single row, and tell what is contradicted."""
    for line in lines:
        if line.kind == "revision" and len(line.against) > 1:
            said = ", ".join(f"{row['observation_id']} ({_value(row)})" for row in line.against)
            what = f"{line.origin.publisher} gave several values for this period: {said}"
            mend = "it is recorded beside them and replaces none; to replace one, take back first"
            yield Finding("several-earlier", "warning", what, line.entry.at("value"), mend)
        elif line.kind == "conflict":
            said = ", ".join(f"{_value(row)} ({row['source_id']})" for row in line.against)
            what = f"another source says {said}; here {_value(line.said)}"
            mend = "both are kept; the rules of the current view choose between them"
            yield Finding("conflict", "notice", what, line.entry.at("value"), mend)


def _value(row: Mapping[str, str]) -> str:
    return row["value"] or row["text"] or row["level_id"]


def _task_line(entry: TaskEntry, origin: Origin, recorded: Recorded) -> TaskLine:
    same = any(_same_report(row, entry, origin, recorded) for row in recorded.task_updates)
    return TaskLine(entry, "same" if same else "new", origin)


def _same_report(row: Row, entry: TaskEntry, origin: Origin, recorded: Recorded) -> bool:
    said = entry.row
    alike = all(row[name] == said[name] for name in ("task_id", "date", "status", "note"))
    return alike and origin_of(recorded.sources[row["source_id"]]) == origin


def _contradicted(tasks: Sequence[TaskLine], recorded: Recorded) -> Iterator[Finding]:
    """Refuse a report that says otherwise of the same day than its own source did before."""
    for line in tasks:
        said = line.entry.row
        for row in recorded.task_updates if line.kind == "new" else ():
            about = (row["task_id"], row["date"]) == (said["task_id"], said["date"])
            if about and origin_of(recorded.sources[row["source_id"]]) == line.origin:
                what = f"this source said {row['status']!r} of that day before"
                mend = "give the day of the new state, or take the earlier addition back first"
                yield Finding("contradicts-itself", "error", what, line.entry.at("status"), mend)
