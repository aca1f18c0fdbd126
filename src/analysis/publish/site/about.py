"""The section about: who made this from what, what is protected, and how open places were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from analysis.errors import UserError
from analysis.publish.site.markdown import Document, document
from analysis.publish.site.page import Link, SitePage
from analysis.publish.site.writer import Writer

if TYPE_CHECKING:
    import pandas as pd

LICENCE: Final = "LICENSE-DATA.md"
VIETNAMESE: Final = "\n## Tiếng Việt\n"
"""The heading that parts the two languages of the licence."""

TEXT: Final = "/data/source/155-kh-ubnd.txt"
"""The text of the plan in the site."""

LAWS: Final = ("ip", "data", "open", "doubt")
AS_PRINTED: Final = "none"
"""The reading of what needs none."""


@dataclass(frozen=True)
class Origin:
    """A source of the data: what it is called, and where it is if it says so."""

    title: str
    link: str


@dataclass(frozen=True)
class Reading:
    """How a place of the plan's text is read that the text leaves open.

    Parameters
    ----------
    reading_id
        Its code, which rows of the data name.
    kind
        What sort of reading it is, in words.
    places
        Where it applies: links to indicators and groups of tasks, or just codes.
    printed
        What is printed there; empty where nothing is.
    read_as
        The value that the reading gives.
    reason
        Why.
    line
        The line of the text.
    """

    reading_id: str
    kind: str
    places: Sequence[Link]
    printed: str
    read_as: str
    reason: str
    line: int


def pages(writer: Writer) -> Iterator[SitePage]:
    """Give the page about the project.

    Raises
    ------
    UserError
        If the licence is not where the package is.
    """
    descriptor = writer.edition.descriptor
    content = {
        "licence": licence(writer),
        "laws": LAWS,
        "origins": [_origin(writer, one) for one in descriptor["sources"]],
        "keeper": _keeper(writer),
        "contact": _contact(writer),
        "readings": list(readings(writer)),
        "text": TEXT,
    }
    title, description = writer.say("about.title"), writer.say("about.description")
    yield SitePage("about.html", "about.html.j2", title, description, "about", content)


def licence(writer: Writer) -> Document:
    """Return the terms of the data in the writer's language, as HTML."""
    path = writer.edition.root / LICENCE
    if not path.is_file():
        what = "the licence of the data is not there"
        raise UserError(what, str(path), "publish from the project's folder")
    english, _, vietnamese = path.read_text(encoding="utf-8").partition(VIETNAMESE)
    text = vietnamese if writer.language == "vi" else english.split("\n\n", 2)[2]
    return document(
        f"# {writer.say('about.part.licence')}\n\n{text}",
        lambda target: target if target.startswith("https:") else None,
        lambda number, heading: f"{heading}{writer.words('page.table', n=number)}",
    )


def _origin(writer: Writer, source: Mapping[str, Any]) -> Origin:
    path = str(source.get("path", ""))
    local = path and not path.startswith("https:")
    return Origin(source["titles"][writer.language], f"/{path}" if local else path)


def _keeper(writer: Writer) -> str:
    from analysis.publish.catalogue.record import Record

    return Record(writer.edition.descriptor).creator[writer.language]


def _contact(writer: Writer) -> str:
    """Return the address of mail that the descriptor names, if it names one."""
    from analysis.publish.catalogue.record import Record

    found = Record(writer.edition.descriptor).contact
    return str(found["email"]) if found else ""


def readings(writer: Writer) -> Iterator[Reading]:
    """Give the readings in their order, without the one that says that none is needed."""
    frame = writer.edition.plan["readings"]
    kinds = _kinds(writer)
    for row in frame[frame["reading_id"] != AS_PRINTED].to_dict("records"):
        yield Reading(
            reading_id=row["reading_id"],
            kind=kinds[row["kind"]],
            places=[_place(writer, name) for name in str(row["place"]).split()],
            printed=_told(row["text_source"]),
            read_as=_told(row["reading"]),
            reason=row[f"reason_{writer.language}"],
            line=int(row["source_line"]),
        )


def _kinds(writer: Writer) -> dict[str, str]:
    resources = {one["name"]: one for one in writer.edition.descriptor["resources"]}
    fields = {one["name"]: one for one in resources["readings"]["schema"]["fields"]}
    labels: Mapping[str, Mapping[str, str]] = fields["kind"]["enumLabels"]
    return {code: text[writer.language] for code, text in labels.items()}


def _told(value: object) -> str:
    return value if isinstance(value, str) else ""


def _place(writer: Writer, name: str) -> Link:
    """Return the page of an indicator, a series or a task; of another place its code alone."""
    plan = writer.edition.plan
    for table, column in (("indicators", "indicator_id"), ("series", "series_id")):
        frame: pd.DataFrame = plan[table]
        found = frame.loc[frame[column] == name, "indicator_id"]
        if len(found):
            return Link(f"indicators/{found.iloc[0]}.html", name)
    tasks = plan["tasks"]
    group = tasks.loc[tasks["task_id"] == name, "task_group_id"]
    return Link(f"tasks/{group.iloc[0]}.html" if len(group) else "", name)
