"""The section reports: every report that the notebooks have made, with its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from analysis.publish.site.page import Link, SitePage
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    from analysis.runs.contents import Card, Report, Section, Topic

FOLDER: Final = "reports"
"""Where the copies of the reports lie, below the site's folder."""

NOTEBOOKS: Final = "notebooks"


@dataclass(frozen=True)
class Made:
    """A report that is there.

    Parameters
    ----------
    kind
        What sort of report it is.
    subject
        What it is about; empty for the whole plan.
    page
        The link to it.
    language
        Its language: that of the page if there is one.
    sentence
        What it says in a sentence; may be empty.
    files
        Links to the files beside it.
    other_basis
        Day and version of its data, if they are not those of the site.
    """

    kind: str
    subject: str
    page: Link
    language: str
    sentence: str
    files: Sequence[Link]
    other_basis: Mapping[str, str] | None


@dataclass(frozen=True)
class Shelf:
    """The reports on subjects of one sort.

    Parameters
    ----------
    name
        ``plan``, ``group``, ``task_group`` or ``agency``.
    cards
        The reports by subject, in the order of the plan; agencies by the alphabet.
    """

    name: str
    cards: Sequence[tuple[Link | None, Sequence[Made]]]


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the page that lists the reports.

    Raises
    ------
    UserError
        If the notebooks cannot be read.
    """
    content = {"shelves": list(shelves(writer))}
    title, description = writer.say("reports.title"), writer.say("reports.description")
    yield SitePage("reports.html", "reports.html.j2", title, description, "reports", content)


def shelves(writer: Writer) -> Iterator[Shelf]:
    """Give the reports that there are, by what they are about."""
    for section in _sections(writer):
        cards = [(card, _made(writer, card)) for card in section.cards]
        linked = [(subject_link(writer, section, card), made) for card, made in cards if made]
        if linked:
            yield Shelf(section.name, linked)


def _sections(writer: Writer) -> list[Section]:
    from analysis.runs.contents import read_sections
    from analysis.runs.facts import read_facts
    from analysis.runs.kinds import read_kinds

    edition = writer.edition
    facts, kinds = read_facts(edition.root), read_kinds(edition.root / NOTEBOOKS)
    basis = {"as_of": edition.as_of.isoformat(), "version": edition.version}
    return read_sections(edition.outputs, facts, kinds, basis)


def subject_link(writer: Writer, section: Section, card: Card) -> Link | None:
    """Return the link to the page of what reports are about; None for the whole plan."""
    name = card.subject.subject_id
    if section.name == "group":
        return writer.group(int(name))
    finders = {"task_group": writer.task_group, "agency": writer.agency}
    return finders[section.name](name) if section.name in finders else None


def _made(writer: Writer, card: Card) -> list[Made]:
    found = [_report(writer, card, topic) for topic in card.topics]
    return [one for one in found if one]


def _report(writer: Writer, card: Card, topic: Topic) -> Made | None:
    """Return the report in the writer's language, else in the other one, if there is any."""
    made = [one for one in topic.reports if one.made]
    made.sort(key=lambda one: one.job.language != writer.language)
    if not made:
        return None
    report = made[0]
    kind = topic.titles[writer.language]
    return Made(
        kind=kind,
        subject=card.names[writer.language],
        page=Link(f"/{FOLDER}/{report.page}", kind),
        language=report.job.language,
        sentence=topic.sentence.get(writer.language, ""),
        files=list(_files(writer, report)),
        other_basis=report.other_basis,
    )


def _files(writer: Writer, report: Report) -> Iterator[Link]:
    for name in ("results.csv", "results.json", "report.ipynb"):
        path = f"{report.job.folder}/{name}"
        if (writer.edition.outputs.root / path).is_file():
            yield Link(f"/{FOLDER}/{path}", writer.words(f"page.short.{name}"))
