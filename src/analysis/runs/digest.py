"""The run as a letter: ``run.md`` and ``run.en.md``, and the table at the end in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from analysis.runs.kinds import Kind
from analysis.runs.plain import clean, markdown
from analysis.runs.record import DONE, FAILED, FRESH, NOT_RUN

if TYPE_CHECKING:
    from rich.table import Table

    from analysis.runs.history import Entry
    from analysis.runs.snapshot import Snapshot, State
    from analysis.runs.summary import RunRecord
    from analysis.words import Words

FILES: Final = {"vi": "run.md", "en": "run.en.md"}
"""The file of each language, relative to the outputs."""

FOLDER: Final = "changes"
"""Where the feeds and the history of changes lie, relative to the outputs."""

HISTORY: Final = "history.json"
INDEX: Final = "index.html"
TEMPLATE: Final = "run.md.j2"
MOST_CHANGES: Final = 40
SHORT_DIGEST: Final = 12
STATUSES: Final = (DONE, FRESH, FAILED, NOT_RUN)

COMPARED, BEGAN, NOT_COMPARED = "compared", "began", "not_compared"
"""What came of the change feed: changes were looked for; the first state was noted; the results
were not published, so there was nothing to compare. A fourth is :data:`FAILED`."""

_OVER: Final = ("done", "done_late", "done_after", "dropped")


@dataclass(frozen=True)
class Told:
    """What came of the change feed in a run.

    Parameters
    ----------
    outcome
        :data:`COMPARED`, :data:`BEGAN`, :data:`NOT_COMPARED` or :data:`FAILED`.
    entries
        The changes that were new.
    now
        What the plan says now, if it is known.
    failure
        Why the feed could not be made.
    """

    outcome: str
    entries: tuple[Entry, ...] = ()
    now: Snapshot | None = None
    failure: str = ""


@dataclass(frozen=True)
class Count:
    """How many reports of one kind ended in each way, and how long those that were made took."""

    name: str
    by_status: Mapping[str, int]
    seconds: float


def counts(content: Mapping[str, Any]) -> list[Count]:
    """Return the counts of a run by kind of report, in the order of its jobs.

    Parameters
    ----------
    content
        What ``run.json`` holds.
    """
    jobs = content["jobs"]
    kinds = dict.fromkeys(job["kind"] for job in jobs)
    return [_count(kind, [job for job in jobs if job["kind"] == kind]) for kind in kinds]


def _count(name: str, parts: Sequence[Mapping[str, Any]]) -> Count:
    statuses = [part["status"] for part in parts]
    # What is fresh keeps the seconds of the run that made it.
    seconds = sum(part["seconds"] for part in parts if part["status"] in (DONE, FAILED))
    return Count(name, {one: statuses.count(one) for one in STATUSES}, round(seconds, 2))


def _results(content: Mapping[str, Any]) -> Count:
    return _count("results", [content["results"]])


def _total(parts: Iterable[Count]) -> Count:
    every = list(parts)
    by_status = {one: sum(part.by_status[one] for part in every) for one in STATUSES}
    return Count("all", by_status, round(sum(part.seconds for part in every), 2))


@dataclass(frozen=True)
class Digest:
    """What a run did, what came of it, what has changed and what is due, in one language.

    Parameters
    ----------
    content
        What ``run.json`` holds.
    as_of
        The day of assessment (ISO 8601).
    told
        What came of the change feed.
    kinds
        The kinds of report that there are.
    words
        The wording.
    """

    content: Mapping[str, Any]
    as_of: str
    told: Told
    kinds: Sequence[Kind]
    words: Words

    def text(self) -> str:
        """Return the digest as Markdown that can be read as it stands, for example in a mail."""
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        from analysis.runs.html import template_folder

        environment = Environment(  # no HTML: the parts escape what comes from data
            loader=FileSystemLoader(template_folder()),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        return environment.get_template(TEMPLATE).render(digest=self, say=self.words)

    @property
    def title(self) -> str:
        """The title, with the day of the run."""
        return self.words("run.title", day=self.words.date(self.content["finished"]))

    @property
    def facts(self) -> list[str]:
        """When it ran, for which day, of which data."""
        words, content, data = self.words, self.content, self.content["data"]
        finished = {
            "time": content["finished"][11:16],
            "day": words.date(content["finished"]),
            "seconds": words.number(content["seconds"], 1),
        }
        shown = {name: markdown(data[name]) for name in ("name", "version")}
        digest = data["sha256"][:SHORT_DIGEST]
        return [
            words("run.facts.finished", **finished),
            words("run.facts.as_of", day=words.date(self.as_of)),
            words("run.facts.data", **shown, sha256=digest),
        ]

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The ways to end that are shown: those of a run that was stopped only if it was."""
        stopped = self.rows[-1][0].by_status[NOT_RUN]
        return STATUSES if stopped else STATUSES[:-1]

    @property
    def has_fresh(self) -> bool:
        """Whether anything was there already."""
        return self.rows[-1][0].by_status[FRESH] > 0

    @cached_property
    def rows(self) -> list[tuple[Count, str]]:
        """The counts with their names, the results and the sum last."""
        titles = {kind.name: kind.title(self.words.language) for kind in self.kinds}
        parts = [(one, clean(titles.get(one.name, one.name))) for one in counts(self.content)]
        parts.append((_results(self.content), self.words("run.row.results")))
        total = _total(one for one, _ in parts)
        return [*parts, (total, self.words("run.row.all"))]

    def table(self) -> str:
        """Return the counts as a Markdown table whose columns also stand under each other."""
        words = self.words
        names = ("kind", *self.used, "seconds")
        lines = [[words(f"run.column.{name}") for name in names]]
        for one, name in self.rows:
            numbers = [words.number(one.by_status[status], 0) for status in self.used]
            lines.append([markdown(name), *numbers, words.number(one.seconds, 1)])
        return _markdown_table(lines)

    @property
    def failures(self) -> list[str]:
        """What failed, why, and where its log is."""
        jobs = [(job["id"], job) for job in self.content["jobs"]]
        parts = [*jobs, (self.words("run.row.results"), self.content["results"])]
        return [self._failure(name, one) for name, one in parts if one["status"] == FAILED]

    def _failure(self, name: str, part: Mapping[str, Any]) -> str:
        failure = part["failure"] or {"what": "", "cell": None}
        key = "failure_cell" if failure["cell"] else "failure"
        values = {"report": markdown(name), "cell": failure["cell"]}
        line = self.words(f"run.{key}", what=markdown(failure["what"]), **values)
        return f"{line} ({_link(self.words('run.evidence'), part['folder'] + '/log.txt')})"

    @property
    def changes(self) -> list[str]:
        """The new changes, one line each; the rest is counted."""
        entries = self.told.entries
        lines = [self._change(entry) for entry in entries[:MOST_CHANGES]]
        rest = len(entries) - len(lines)
        if rest:
            path = f"{FOLDER}/{HISTORY}"
            file = _link(path, path)
            lines.append(self.words("run.changes.more", n=rest, file=file))
        return lines

    def _change(self, entry: Entry) -> str:
        texts = entry["texts"][self.words.language]
        return markdown(" ".join(texts["lines"][:-1]) or texts["title"])  # the last is the basis

    @property
    def verdict_on_changes(self) -> str:
        """How many changes there are, or why it is not known."""
        told, words = self.told, self.words
        if told.entries:
            return words("run.changes.counted", n=len(told.entries))
        if told.outcome == COMPARED:
            return words("run.changes.none")
        return words(f"run.changes.{told.outcome}", what=markdown(told.failure))

    @property
    def next(self) -> list[str]:
        """The tasks that fall due or whose time is over, and how long the results hold."""
        now, words = self.told.now, self.words
        if now is None:
            return [words("run.next.unknown")]
        lines = [
            words("run.next.due", day=words.date(day), list=words.listing(tasks))
            for day, tasks in sorted(_due(now).items())
        ]
        past = [name for name, one in now.tasks.items() if one["standing"] == "past_unreported"]
        if past:
            lines.append(words("run.next.past", n=len(past), list=words.listing(past)))
        return [*lines, words("run.next.holds", day=words.date(now.holds_until))]

    @property
    def foot(self) -> str:
        """Where the details are."""
        return self.words("run.foot", record=_link("run.json", "run.json"))

    @property
    def index(self) -> str:
        """The link to all reports."""
        return _link(self.words("run.facts.index"), INDEX)


def _due(now: Snapshot) -> dict[str, list[str]]:
    """Return the tasks that fall due soon and are not known to be over, by their day."""
    found: dict[str, list[str]] = {}
    for name, task in now.tasks.items():
        if task["phase"] == "due" and not _over(task):
            found.setdefault(str(task["due_on"]), []).append(name)
    return found


def _over(task: State) -> bool:
    return task["standing"] in _OVER


def _link(text: str, target: str) -> str:
    return f"[{text}]({target})"


def _markdown_table(lines: list[list[str]]) -> str:
    """Return a table whose first column is of texts and the others of numbers."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    head, *body = [_aligned(line, widths) for line in lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *body))


def _aligned(line: list[str], widths: list[int]) -> list[str]:
    name, *numbers = line
    numbers = [one.rjust(width) for one, width in zip(numbers, widths[1:], strict=True)]
    return [name.ljust(widths[0]), *numbers]


def run_table(record: RunRecord) -> Table:
    """Return what came of a run as a table for the terminal.

    It has no lines and no colours of its own, so that it stays plain where the output is not a
    terminal.

    Parameters
    ----------
    record
        What came of the run.

    Returns
    -------
    rich.table.Table
        One row a kind of report, then the results and the sum: made, fresh (there already, and
        not made again), failed, seconds; also how many were not run if the run was stopped.
    """
    from rich.table import Table

    rows = [*counts(record.content), _results(record.content)]
    rows.append(_total(rows))
    used = STATUSES if rows[-1].by_status[NOT_RUN] else STATUSES[:-1]
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("kind")
    for name in (*used, "seconds"):
        table.add_column(name.replace("_", " "), justify="right")
    for one in rows:
        numbers = [str(one.by_status[status]) for status in used]
        table.add_row(one.name, *numbers, f"{one.seconds:.1f}")
    return table
