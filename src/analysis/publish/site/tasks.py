"""The section tasks: all tasks by group and by lead agency; each group with its tasks in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.publish.site.agencies_tables import shown, to_agencies, to_tasks
from analysis.publish.site.figures import task_timeline
from analysis.publish.site.groups_tables import ShownTable
from analysis.publish.site.page import Link, SitePage
from analysis.publish.site.tasks_links import report_path
from analysis.publish.site.tasks_rows import Assigned, ShownTask, TaskReader
from analysis.publish.site.writer import Writer
from analysis.reports import TasksReport
from analysis.reports.prose import Prose
from analysis.reports.table import Table
from analysis.reports.task_opening import UNREPORTED, task_sentences

PHASES = (
    "past_end", "due", "running", "open_ended", "at_reviews", "no_time_stated", "not_begun",
)  # fmt: skip
"""The phases in the order of the index: what is most urgent first."""


@dataclass(frozen=True)
class TaskGroup:
    """A group of tasks on the index.

    Attributes
    ----------
    task_group_id
        Its Roman number.
    link
        Number and name, and its page.
    tasks
        Its tasks in plan order.
    """

    task_group_id: str
    link: Link
    tasks: tuple[ShownTask, ...]


@dataclass(frozen=True)
class Lead:
    """A lead agency on the index, and the tasks that the plan gives to it."""

    assigned: Assigned
    tasks: tuple[ShownTask, ...]


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the index of all tasks, then a page for each group."""
    reader = TaskReader(writer)
    ids = [str(name) for name in writer.edition.plan["task_groups"]["task_group_id"]]
    reports = [reader.report(name) for name in ids]
    groups = [
        TaskGroup(name, writer.task_group(name), reader.tasks(report))
        for name, report in zip(ids, reports, strict=True)
    ]
    yield _index(writer, groups)
    for place, report in enumerate(reports):
        yield _group_page(writer, report, groups, place)


def _index(writer: Writer, groups: Sequence[TaskGroup]) -> SitePage:
    tasks = [task for group in groups for task in group.tasks]
    say = writer.say
    size = {"n": len(tasks), "groups": len(groups)}
    content = {
        "lead": say("tasks.lead", **size),
        "facts": _facts(writer),
        "sentences": _sentences(writer),
        "phases": list(_phases(writer, tasks)),
        "figure": task_timeline(writer),
        "groups": groups,
        "leads": leads(tasks),
        "method": _method(writer),
    }
    return SitePage(
        "tasks.html",
        "tasks.html.j2",
        say("tasks.title"),
        say("tasks.description", **size),
        "tasks",
        content,
    )


def _facts(writer: Writer) -> list[tuple[int, str]]:
    """Return how many tasks there are, whose time is over or about to be, and are reported on."""
    frame, say = writer.edition.tasks, writer.say
    phases = frame["phase"].value_counts()
    told = int((~frame["standing"].isin(UNREPORTED)).sum())
    return [
        (len(frame), say("tasks.fact.tasks")),
        (int(phases.get("past_end", 0)), writer.words("task.phase.past_end")),
        (int(phases.get("due", 0)), writer.words("task.phase.due")),
        (told, say("tasks.fact.told")),
    ]


def _sentences(writer: Writer) -> list[str]:
    """Return what is reported of all tasks, and who leads most of them."""
    edition = writer.edition
    size, phases, due, *rest = task_sentences(edition.tasks, edition.plan.tables, writer.words)
    del size, phases, due  # the page shows them
    return rest


def _phases(
    writer: Writer, tasks: Iterable[ShownTask]
) -> Iterator[tuple[str, tuple[ShownTask, ...]]]:
    """Yield every phase that occurs, with its tasks."""
    every = tuple(tasks)
    for phase in PHASES:
        if found := tuple(task for task in every if task.phase == phase):
            yield writer.words(f"task.phase.{phase}"), found


def leads(tasks: Iterable[ShownTask]) -> list[Lead]:
    """Return the lead agencies with their tasks: who leads most first, then in plan order."""
    found: dict[Link, tuple[Assigned, list[ShownTask]]] = {}
    for task in tasks:
        for assigned in task.agencies("lead"):
            found.setdefault(assigned.agency, (assigned, []))[1].append(task)
    by_agency = [Lead(assigned, tuple(mine)) for assigned, mine in found.values()]
    return sorted(by_agency, key=lambda lead: -len(lead.tasks))


def _method(writer: Writer) -> tuple[str, ...]:
    names = ["task_time", "task_status", "source_line"]
    if writer.language == "en":
        names.append("unofficial")
    return tuple(writer.words(f"note.{name}") for name in names)


def _group_page(
    writer: Writer, report: TasksReport, groups: Sequence[TaskGroup], place: int
) -> SitePage:
    group, name = groups[place], groups[place].link.text
    n = len(group.tasks)
    content = {
        "group": group,
        "sentences": report.opening().paragraphs,
        "figure": task_timeline(writer, group.task_group_id),
        "who": shown(report.who(), to_agencies(writer)),
        "told": _table(report.reported(), writer),
        "missing": _table(report.missing(), writer),
        "reporting": report.reporting(),
        "method": _method(writer),
        "before": groups[place - 1].link if place else None,
        "after": groups[place + 1].link if place + 1 < len(groups) else None,
        "report": report_path(writer, "tasks", group.task_group_id),
    }
    return SitePage(
        group.link.path,
        "tasks_group.html.j2",
        writer.say("tasks.group_title", name=name),
        writer.say("tasks.group_description", n=n, name=name),
        "tasks",
        content,
    )


def _table(part: Table | Prose, writer: Writer) -> ShownTable | None:
    """Return a table whose first column names tasks; nothing if the report has words only."""
    return shown(part, to_tasks(writer)) if isinstance(part, Table) else None
