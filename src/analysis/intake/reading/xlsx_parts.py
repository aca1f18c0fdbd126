"""The parts of an Office Open XML workbook: which there are, of what type, and how they relate."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analysis.intake.reading.archive import Archive
from analysis.intake.reading.desk import Desk
from analysis.intake.reading.faults import Fault, damaged, quoted
from analysis.intake.reading.hazards import LINKS, check_signs, names_of
from analysis.intake.reading.markup import Attributes, Outline, walk

CONTENT_TYPES: Final = "[Content_Types].xml"
_ROOT: Final = "_rels/.rels"


@dataclass(frozen=True)
class Relation:
    """That one part refers to another.

    Parameters
    ----------
    kind
        The last word of the relationship's type: ``worksheet``, ``styles``.
    part
        The name of the part referred to; of a link to the outside its address.
    """

    kind: str
    part: str


@dataclass(frozen=True)
class Parts:
    """The workbook part of an archive, and what it refers to.

    Parameters
    ----------
    workbook
        The name of its main part.
    relations
        What the main part refers to, by id.
    """

    workbook: str
    relations: Mapping[str, Relation]

    def of_kind(self, kind: str) -> str | None:
        """Return the part of a kind of which there is one; ``None`` if there is none."""
        found = (each.part for each in self.relations.values() if each.kind == kind)
        return next(found, None)


def read_parts(archive: Archive, desk: Desk) -> Parts:
    """Find the main part and what it refers to; note macros, links and embedded objects.

    Raises
    ------
    UserError
        If the archive is damaged or has no workbook.
    """
    signs = [f"/{name}" for name in names_of(archive)]
    signs += content_types(archive, desk)
    for name in archive.names:
        if name.casefold().endswith(".rels"):
            _, kinds = _relations(archive, name, desk)
            signs += kinds
    check_signs(signs, desk, ods=False)
    main, _ = _relations(archive, _ROOT, desk)
    books = [each.part for each in main.values() if each.kind == "officeDocument"]
    if len(books) != 1:
        raise damaged(desk.file, "it does not say which of its parts is the workbook")
    relations, _ = _relations(archive, _relations_of(books[0]), desk)
    return Parts(books[0], relations)


def content_types(archive: Archive, desk: Desk) -> list[str]:
    """Return the content types of the parts that are there.

    Raises
    ------
    UserError
        If their list is damaged.
    """
    found = list[str]()
    endings = {posixpath.splitext(name)[1].lstrip(".").casefold() for name in archive.names}

    def default(attributes: Attributes) -> None:
        if attributes.get("Extension", "").casefold() in endings:
            found.append(attributes.get("ContentType", ""))

    def override(attributes: Attributes) -> None:
        found.append(attributes.get("ContentType", ""))

    starts = {"types:Types/types:Default": default, "types:Types/types:Override": override}
    outline = Outline(through=["/types:Types"], starts=starts)
    walk(archive.chunks(CONTENT_TYPES), outline, desk, CONTENT_TYPES)
    return found


def _relations(archive: Archive, name: str, desk: Desk) -> tuple[dict[str, Relation], list[str]]:
    """Return the relations in a part, by id, and the full types of all of them."""
    found, kinds = dict[str, Relation](), list[str]()
    folder = posixpath.dirname(posixpath.dirname(name))

    def relation(attributes: Attributes) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        kinds.append(kind)
        short = kind.rpartition("/")[2]
        if attributes.get("TargetMode") != "External":
            found[attributes.get("Id", "")] = Relation(short, _resolved(folder, target))
        elif short != "hyperlink":
            what = f"the file refers to {quoted(target)} outside it"
            desk.faults.add(Fault(what, LINKS))

    outline = Outline(
        through=["/rels:Relationships"],
        starts={"rels:Relationships/rels:Relationship": relation},
    )
    walk(archive.chunks(name), outline, desk, name)
    return found, kinds


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
