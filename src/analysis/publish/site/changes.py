"""The section changes: what the feeds tell, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from analysis.publish.site.page import Link, SitePage
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.publish.edition import Edition
    from analysis.runs.feeds import Feed
    from analysis.runs.history import Entry, History

FORMS: Final = ("atom", "json")
"""The forms of the feed, as their files end."""


@dataclass(frozen=True)
class Source:
    """A source of a change: what it is called, and its address if it has one."""

    name: str
    address: str


@dataclass(frozen=True)
class Told:
    """A change as the page tells it.

    Parameters
    ----------
    anchor
        Its place in the page.
    kind
        What sort of change it is, in words.
    title, lines
        What the feed says.
    links
        The pages that it is about.
    sources
        What it rests on.
    """

    anchor: str
    kind: str
    title: str
    lines: Sequence[str]
    links: Sequence[Link]
    sources: Sequence[Source]


@dataclass(frozen=True)
class Run:
    """The changes that one run has found.

    Parameters
    ----------
    day
        The day of the run, ISO 8601.
    changes
        In the order of the plan.
    """

    day: str
    changes: Sequence[Told]


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the page of the changes.

    Raises
    ------
    UserError
        If the history of changes is there and cannot be read.
    """
    history = read_history(writer.edition)
    content: dict[str, Any] = {"began": "", "runs": (), "told": 0, "all": 0, "files": {}}
    if history:
        feed = _feed(history, writer.language)
        content = {
            "began": history.began,
            "runs": runs(writer, feed),
            "told": len(feed.newest),
            "all": len(history.entries),
            "files": files(writer),
        }
    title, description = writer.say("changes.title"), writer.say("changes.description")
    yield SitePage("changes.html", "changes.html.j2", title, description, "changes", content)


def read_history(edition: Edition) -> History | None:
    """Return the history of changes; None if no run has begun one.

    Raises
    ------
    UserError
        If it cannot be read.
    """
    from analysis.runs.digest import FOLDER, HISTORY
    from analysis.runs.history import History
    from analysis.runs.record import read_json

    path = edition.outputs.root / FOLDER / HISTORY
    return History.read(read_json(path)) if path.is_file() else None


def _feed(history: History, language: str) -> Feed:
    from analysis.runs.feeds import Feed

    return Feed(history, language, lambda *_: "")


def files(writer: Writer) -> dict[str, str]:
    """Return the files of the change feed that are there, by what they are."""
    from analysis.runs.digest import FOLDER, HISTORY

    names = {form: f"feed.{writer.language}.{form}" for form in FORMS} | {"history": HISTORY}
    place = writer.edition.outputs.root / FOLDER
    return {what: f"/{FOLDER}/{name}" for what, name in names.items() if (place / name).is_file()}


def runs(writer: Writer, feed: Feed) -> tuple[Run, ...]:
    """Return the newest changes by the run that found them, the newest run first."""
    found = groupby(feed.newest, key=lambda entry: str(entry["at"]))
    return tuple(Run(at[:10], [_told(writer, feed, one) for one in some]) for at, some in found)


def _told(writer: Writer, feed: Feed, entry: Entry) -> Told:
    title, lines = feed.told(entry)
    return Told(
        anchor=f"change-{entry['id'].rpartition(':')[2]}",
        kind=writer.words(f"change.kind.{entry['kind']}"),
        title=title,
        lines=lines,
        links=list(_links(writer, entry["subject"])),
        sources=[_source(source) for source in entry["sources"]],
    )


def _links(writer: Writer, subject: Mapping[str, Any]) -> Iterator[Link]:
    """Give the pages that a change is about, as far as the plan still has them."""
    finders = {
        "indicator_id": writer.indicator,
        "task_group_id": writer.task_group,
    }
    for name, find in finders.items():
        try:
            yield find(subject[name])
        except KeyError:
            continue


def _source(source: Mapping[str, Any]) -> Source:
    from analysis.runs.plain import clean, web_address

    name = str(source.get("title") or source.get("publisher") or source["source_id"])
    return Source(clean(name), web_address(source.get("url")))
