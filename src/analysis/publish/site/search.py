"""The section search: a page that finds words and codes; without a script it lists all pages."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analysis.publish.site.page import Link, SitePage
from analysis.publish.site.writer import Writer
from analysis.words.collation import collation

OTHERS: Final = (
    ("index.html", "nav.home"),
    ("indicators.html", "nav.indicators"),
    ("tasks.html", "nav.tasks"),
    ("agencies.html", "nav.agencies"),
    ("coverage.html", "nav.coverage"),
    ("reports.html", "reports.title"),
    ("data.html", "data.title"),
    ("dictionary.html", "data.dictionary.title"),
    ("methods.html", "nav.methods"),
    ("changes.html", "changes.title"),
    ("about.html", "about.title"),
)
"""Pages that are of no single indicator, task or agency: path, and text of the title."""

SECTIONS: Final = {
    "index.html": "nav.home",
    "groups/": "search.group",
    "indicators": "nav.indicators",
    "tasks": "nav.tasks",
    "agencies": "nav.agencies",
    "coverage": "nav.coverage",
    "reports": "reports.title",
    "data": "nav.data",
    "dictionary": "nav.data",
    "methods": "nav.methods",
    "changes": "nav.changes",
    "about": "nav.about",
}
"""What the path of a page begins with, and the text that names its section."""

TEXTS: Final = ("found", "found_one", "first", "none", "more", "searching", "names_only", "inside")
"""What the script says."""


@dataclass(frozen=True)
class Entry:
    """A page, or a place in one, that is found by its name or code.

    Parameters
    ----------
    link
        Where it is, and what it is called.
    codes
        What it can be asked for by.
    below
        What belongs to it.
    also
        Its Vietnamese name on a page in another language.
    """

    link: Link
    codes: Sequence[str] = ()
    below: Sequence[Entry] = ()
    also: str = ""


@dataclass(frozen=True)
class Shelf:
    """Entries of one sort."""

    name: str
    entries: Sequence[Entry]


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the page of the search; the search itself does not find it."""
    content = {
        "shelves": list(shelves(writer)),
        "told": {name: writer.say(f"search.{name}", n="{n}", q="{q}") for name in TEXTS},
        "sections": {path: writer.say(text) for path, text in SECTIONS.items()},
    }
    title, description = writer.say("search.title"), writer.say("search.description")
    yield SitePage(
        "search.html", "search.html.j2", title, description, "search", content, searchable=False
    )


def shelves(writer: Writer) -> Iterator[Shelf]:
    """Give all that has a page: indicators by group, tasks by group, agencies, other pages."""
    yield Shelf("indicators", list(_groups(writer)))
    yield Shelf("tasks", list(_task_groups(writer)))
    yield Shelf("agencies", _agencies(writer))
    yield Shelf("others", [Entry(Link(path, writer.say(text))) for path, text in OTHERS])


def _groups(writer: Writer) -> Iterator[Entry]:
    plan = writer.edition.plan
    parts = plan["series"].groupby("indicator_id")["series_id"].agg(list)
    for group_id in plan["indicator_groups"]["group_id"]:
        mine = plan["indicators"].loc[plan["indicators"]["group_id"] == group_id, "indicator_id"]
        codes = {name: list(dict.fromkeys([name, *parts[name]])) for name in mine}
        below = [Entry(writer.indicator(name), some) for name, some in codes.items()]
        yield Entry(writer.group(group_id), [str(group_id)], below)


def _task_groups(writer: Writer) -> Iterator[Entry]:
    plan = writer.edition.plan
    for group_id, tasks in plan["tasks"].groupby("task_group_id", sort=False):
        below = [_task(writer, row) for row in tasks.to_dict("records")]
        yield Entry(writer.task_group(str(group_id)), [str(group_id)], below)


def _task(writer: Writer, row: Mapping[Hashable, Any]) -> Entry:
    name = str(row["task_id"])
    path = f"tasks/{row['task_group_id']}.html#{name}"
    return Entry(Link(path, f"{name}. {writer.name(row)}"), [name])


def _agencies(writer: Writer) -> list[Entry]:
    rows = writer.edition.plan["agencies"].to_dict("records")
    foreign = writer.language != "vi"
    entries = [
        Entry(writer.agency(row["agency_id"]), [row["agency_id"]], also=row["name_vi"] * foreign)
        for row in rows
    ]
    return sorted(entries, key=lambda entry: collation(entry.link.text))
